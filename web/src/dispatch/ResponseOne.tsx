/** One response: where, since when and why, who is convened with vacancies climbing, and its end. */

import type { GradedResponse } from "../shared/api";
import { connection } from "../shared/connection";
import { count, fullDate } from "../shared/format";
import { pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { Code, Failed, Waiting } from "../shared/ui/parts";
import { fitShape } from "./camera";
import { moment, now } from "./clock";
import { SwitchOff } from "./ResponseConfirm";
import { ResponseHead } from "./ResponseHead";
import { Convened } from "./ResponseRoster";
import { confirm } from "./responseActs";
import { ringsOf } from "./responseShape";
import { board, keyOf, readWhole, titleOf, whereOf, whole } from "./responses";

export function ResponseOne({ id }: { id: string }) {
  const listed = known(board.value)?.responses.find((each) => keyOf(each) === id);
  const remote = whole.value;
  const read = known(remote);
  const mine = read && keyOf(read.response) === id ? read : null;
  // the list is told first of what happens; only the whole of it has the version that was read
  const one = listed ?? mine?.response;
  return (
    <>
      <ResponseHead title={one ? titleOf(one, now.value) : id} {...(one ? { sub: whereOf(one) } : {})} back />
      <div class="scroll">
        {one && <Facts one={one} {...(mine ? { incidents: mine.incidents.length } : {})} />}
        {mine && (one?.active || mine.convened_at) && (
          <Convened meetings={mine.convened} then={mine.convened_at ? when(mine.convened_at) : undefined} />
        )}
        {!mine && remote.status === "failed" && <Failed failure={remote.failure} onRetry={() => void readWhole()} />}
        {!mine && remote.status !== "failed" && <Waiting rows={5} label={t("response.loading")} />}
      </div>
      {mine && one?.active && one.may_end && (
        <div class="actions">
          <button
            type="button"
            class="button grow"
            disabled={connection.value.state === "offline"}
            title={connection.value.state === "offline" ? t("response.offline") : undefined}
            onClick={() => confirm("off")}
          >
            {t("response.switch_off", { level: pick(one.level_name) })}
          </button>
        </div>
      )}
      {mine && one && <SwitchOff whole={mine} />}
    </>
  );
}

/** A moment; the ledger reaches back over years, and then the date has its year. */
function when(iso: string): string {
  return iso.slice(0, 4) === new Date(now.peek()).toISOString().slice(0, 4) ? moment(iso) : fullDate(iso);
}

function Facts({ one, incidents }: { one: GradedResponse; incidents?: number }) {
  return (
    <section class="section response-facts">
      <p class="facts-line">
        <Code code={one.code} />
        {one.active && ringsOf(one.geometry).length > 0 && (
          <button type="button" class="textual" onClick={() => fitShape(ringsOf(one.geometry))}>
            {t("response.show")}
          </button>
        )}
      </p>
      <h3>{t("response.reason")}</h3>
      <p class="written">{one.reason}</p>
      <small>{t("response.opened", { by: one.opened_by, at: when(one.opened_at) })}</small>
      {one.report && (
        <>
          <h3>{t("response.report")}</h3>
          <p class="written">{one.report}</p>
        </>
      )}
      {one.closed_by && one.closed_at && (
        <small>{t("response.closed", { by: one.closed_by, at: when(one.closed_at) })}</small>
      )}
      {one.active && incidents !== undefined && <p>{t("response.inside", { n: count(incidents) })}</p>}
    </section>
  );
}
