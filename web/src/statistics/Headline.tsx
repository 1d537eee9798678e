/** The figures of the whole, each with what it is of, and what of it is not known. */

import type { ComponentChildren } from "preact";
import type { IncidentStatistics } from "../shared/api";
import { count } from "../shared/format";
import { t } from "../shared/language";
import { change, duration, share } from "./say";
import "./Headline.css";

export function Headline({ told }: { told: IncidentStatistics }) {
  const { total, total_before: before } = told;
  // a period of which only a part is known is nothing to compare with
  const comparable = told.known_since !== null && told.known_since <= told.period_before.first_day;
  const against = (now: number, then: number) =>
    comparable && t("statistics.before", { n: told.period.days, change: change(now - then) });
  const unknown = (n: number) => (n > 0 ? t("statistics.unknown", { n: count(n) }) : null);
  const within = (seconds: number | null) =>
    seconds === null ? null : t("statistics.within", { time: duration(seconds) });
  return (
    <dl class="headline">
      <Figure name="reported" label={t("statistics.reported")} value={count(total.reported)}>
        <span>{against(total.reported, before.reported)}</span>
        {total.merged > 0 && <span>{t("statistics.merged", { n: count(total.merged) })}</span>}
      </Figure>
      <Figure name="closed" label={t("statistics.closed")} value={count(total.closed)}>
        <span>{against(total.closed, before.closed)}</span>
        {total.reopened > 0 && (
          <span>
            {t("statistics.reopened")} {count(total.reopened)}
          </span>
        )}
      </Figure>
      <Figure name="open_now" label={t("statistics.open_now")} value={count(total.open_now)}>
        <span>{t("statistics.of_period")}</span>
      </Figure>
      <Figure name="response" label={t("statistics.response")} value={duration(total.response_median_s)}>
        <span>{within(total.response_p90_s)}</span>
        <span>{unknown(total.response_unknown)}</span>
        {total.late_arrivals_of > 0 && (
          <span data-test="late-arrivals">
            {t("statistics.late_arrivals", {
              share: share(total.late_arrivals_share),
              n: count(total.late_arrivals),
              of: count(total.late_arrivals_of),
            })}
          </span>
        )}
      </Figure>
      <Figure name="closing" label={t("statistics.closing")} value={duration(total.closing_median_s)}>
        <span>{within(total.closing_p90_s)}</span>
        <span>{unknown(total.closing_unknown)}</span>
      </Figure>
      <Figure name="overdue" label={t("statistics.overdue")} value={share(total.overdue_share)}>
        <span>{t("statistics.share", { n: count(total.overdue), of: count(total.overdue_of) })}</span>
        {total.overdue_pending > 0 && <span>{t("statistics.pending", { n: count(total.overdue_pending) })}</span>}
        <span>{unknown(total.overdue_unknown)}</span>
      </Figure>
    </dl>
  );
}

interface Shown {
  name: string;
  label: string;
  value: string;
  children: ComponentChildren;
}

function Figure({ name, label, value, children }: Shown) {
  return (
    <div data-figure={name}>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b>
        <small>{children}</small>
      </dd>
    </div>
  );
}
