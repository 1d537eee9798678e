/** The statistics page: what is counted, the figures of the whole, week by week, and by group. */

import { readSession, session } from "../shared/account";
import type { IncidentFigures, IncidentStatistics, StatisticsLine } from "../shared/api";
import { connection } from "../shared/connection";
import { count } from "../shared/format";
import { t } from "../shared/language";
import { known } from "../shared/remote";
import { Account } from "../shared/ui/Account";
import { ConnectionChip } from "../shared/ui/ConnectionChip";
import { Icon, Mark } from "../shared/ui/icons";
import { Pages } from "../shared/ui/Pages";
import { Empty, Failed, Key, Waiting } from "../shared/ui/parts";
import { SignIn } from "../shared/ui/SignIn";
import { Tools } from "../shared/ui/Tools";
import { Chain, Filters } from "./Filters";
import { Groups } from "./Groups";
import { Headline } from "./Headline";
import { Plot } from "./Plot";
import { clock, day, duration, share } from "./say";
import * as state from "./state";
import "../shared/ui/top.css";
import "./App.css";

export function App() {
  return (
    <div class="statistics">
      <TopBar />
      <main id="statistics">
        <Body />
      </main>
    </div>
  );
}

function TopBar() {
  return (
    <header class="top">
      <a class="skip" href="#groups-title">
        {t("statistics.groups")}
      </a>
      <div class="brand">
        <Mark />
        <span>{t("app.name")}</span>
      </div>
      <Pages current="statistics" district={state.asked.value.district} />
      <div class="grow" />
      {connection.value.state === "offline" ? <ConnectionChip /> : <AsOf />}
      <Tools />
      <Account />
    </header>
  );
}

/** When what is shown was counted; a key counts again. */
function AsOf() {
  const told = known(state.counted.value);
  if (!told) return null;
  return (
    <span class="as-of">
      <span class="dim" role="status">
        {t("statistics.as_of", { at: clock(told.now) })}
      </span>
      <button
        type="button"
        class="button"
        title={`${t("statistics.refresh")} (R)`}
        disabled={state.counted.value.status === "loading"}
        onClick={() => void state.read()}
      >
        <Icon name="retry" />
        <span class="said">{t("statistics.refresh")}</span>
        <Key>R</Key>
      </button>
    </span>
  );
}

async function signedIn(): Promise<void> {
  await readSession();
}

function Body() {
  const counted = state.counted.value;
  const asking = session.value;
  const told = known(counted);
  if (state.nobody.value) return <SignIn onDone={signedIn} />;
  if (asking.status === "failed" && !known(asking))
    return <Failed failure={asking.failure} onRetry={() => void signedIn()} />;
  return (
    <>
      <h1 class="visually-hidden">{t("page.statistics")}</h1>
      <Filters />
      <Chain />
      {counted.status === "failed" && (
        <div class="failure">
          <Failed failure={counted.failure} onRetry={() => void state.read()} />
          {told && <p class="dim">{t("statistics.kept", { at: clock(told.now) })}</p>}
        </div>
      )}
      {told ? (
        <div class="told" aria-busy={counted.status === "loading"} data-old={counted.status === "failed"}>
          <Told told={told} />
        </div>
      ) : (
        counted.status !== "failed" && <Waiting rows={9} label={t("statistics.reading")} />
      )}
    </>
  );
}

function Told({ told }: { told: IncidentStatistics }) {
  const { total } = told;
  if (total.reported + total.closed + total.reopened + total.closing_unknown === 0) return <Nothing told={told} />;
  return (
    <>
      <Headline told={told} />
      <Weeks weeks={told.weeks} />
      <Groups told={told} />
      <p class="notes">
        {t("statistics.notes")}
        {(known(state.districts.value) ?? []).some((each) => each.synthetic) && ` ${t("app.synthetic")}.`}
      </p>
    </>
  );
}

function Nothing({ told }: { told: IncidentStatistics }) {
  const days = { first: day(told.period.first_day), last: day(told.period.last_day) };
  const filters = state.filterNames.value.join(" · ");
  return (
    <div class="nothing">
      <Empty
        title={t("statistics.empty")}
        help={filters ? t("statistics.empty_by", { ...days, filters }) : t("statistics.empty_help", days)}
      >
        {state.narrowed.value && (
          <button type="button" class="button" onClick={state.clear}>
            {t("statistics.clear")}
          </button>
        )}
      </Empty>
    </div>
  );
}

const of =
  (name: "reported" | "closed" | "response_median_s" | "closing_median_s" | "overdue_share") =>
  ({ figures }: { figures: IncidentFigures }): number | null =>
    figures[name];

function Weeks({ weeks }: { weeks: readonly StatisticsLine[] }) {
  const number = (value: number | null): string => (value === null ? duration(null) : count(value));
  return (
    <section aria-labelledby="weeks-title">
      <h2 id="weeks-title" class="visually-hidden">
        {t("statistics.by_week")}
      </h2>
      <div class="plots">
        <Plot
          title={t("statistics.plot.counts")}
          weeks={weeks}
          kind="count"
          say={number}
          series={[
            { name: "first", label: t("statistics.reported"), value: of("reported") },
            { name: "second", label: t("statistics.closed"), value: of("closed") },
          ]}
        />
        <Plot
          title={t("statistics.plot.overdue")}
          weeks={weeks}
          kind="share"
          say={share}
          series={[{ name: "late", label: t("statistics.overdue"), value: of("overdue_share") }]}
          of={({ figures }) => t("statistics.share", { n: count(figures.overdue), of: count(figures.overdue_of) })}
        />
        <Plot
          title={t("statistics.plot.response")}
          weeks={weeks}
          kind="time"
          say={duration}
          series={[{ name: "first", label: t("statistics.response"), value: of("response_median_s") }]}
        />
        <Plot
          title={t("statistics.plot.closing")}
          weeks={weeks}
          kind="time"
          say={duration}
          series={[{ name: "first", label: t("statistics.closing"), value: of("closing_median_s") }]}
        />
      </div>
    </section>
  );
}
