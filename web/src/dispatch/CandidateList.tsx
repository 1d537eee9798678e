/** Who can be sent, with a digit each: who is near first; the first is preselected, and nobody is sent unasked. */

import type * as api from "../shared/api";
import { age } from "../shared/format";
import { t, word } from "../shared/language";
import { Failed, Key, Segmented, Waiting } from "../shared/ui/parts";
import { type Candidate, candidates, choose, nameOfChoice, target } from "./candidates";
import { now } from "./clock";
import { takeFromDrawer } from "./hand";
import { chooseMode, everybody, mode, near, OFFERED, offerEverybody, read, readNear } from "./near";
import { initial } from "./nearMap";
import { minutes } from "./words";
import "./Near.css";

/** The keyboard has so many digits. */
const DIGITS = 9;

export function CandidateList({ one }: { one: api.Incident }) {
  if (!one.acts.some((act) => act.act === "dispatch")) return null;
  const found = candidates(one);
  const aim = target(one);
  const people = found.filter((each) => each.near);
  const others = found.filter((each) => !each.near);
  const remote = read.value;
  const list = (some: Candidate[], from: number) =>
    some.map((candidate, index) => (
      <button
        key={nameOfChoice(candidate)}
        type="button"
        aria-pressed={aim !== null && nameOfChoice(candidate) === nameOfChoice(aim)}
        onClick={() => choose(candidate)}
        data-hand={candidate.near !== null}
        onPointerDown={(event) => candidate.near && takeFromDrawer(candidate.near.account, event)}
      >
        {from + index < DIGITS ? <Key>{from + index + 1}</Key> : <span class="no-key" />}
        {candidate.near ? <Person candidate={candidate} one={candidate.near} /> : <Other candidate={candidate} />}
      </button>
    ));
  return (
    <section class="section">
      <div class="near-head">
        <h3 id="who">{t("near.title")}</h3>
        <Segmented
          label={t("near.how")}
          value={mode.value}
          options={[
            { value: "walking", label: t("near.walking") },
            { value: "driving", label: t("near.driving") },
          ]}
          onChoose={chooseMode}
        />
      </div>
      {!near.value && remote.status === "failed" && <Failed failure={remote.failure} onRetry={() => void readNear()} />}
      {!near.value && remote.status !== "failed" && <Waiting rows={2} label={t("near.loading")} />}
      {near.value && !people.length && (
        <p class="dim" data-test="nobody">
          {t("near.nobody_now")}
        </p>
      )}
      <fieldset class="candidates" aria-labelledby="who">
        {list(people, 0)}
        <Everybody />
        {people.length > 0 && others.length > 0 && <p class="near-also">{t("near.also")}</p>}
        {list(others, people.length)}
      </fieldset>
    </section>
  );
}

/** Beyond the first few: the others who are near, asked for. */
function Everybody() {
  const others = (near.value?.responders.length ?? 0) - OFFERED;
  if (others <= 0) return null;
  return (
    <button
      type="button"
      class="near-more"
      data-test="near-more"
      aria-expanded={everybody.value}
      onClick={() => offerEverybody(!everybody.peek())}
    >
      {everybody.value ? t("near.fewer") : t("near.more", { n: others })}
    </button>
  );
}

function Other({ candidate }: { candidate: Candidate }) {
  return (
    <>
      <b class="cut">{candidate.name}</b>
      <span class="dim">{candidate.why}</span>
    </>
  );
}

/** How old a position is, and what somebody has to do, in words. */
export function factsOf(one: Pick<api.NearResponder, "seen_at" | "busy" | "freshness">): string {
  const since = one.seen_at === null ? null : now.value - Date.parse(one.seen_at);
  const seen = since === null ? "" : since < 5000 ? t("near.seen_now") : t("near.seen", { age: age(since) });
  const facts = [
    seen,
    one.busy ? t("near.busy", { n: one.busy }) : t("near.free"),
    one.freshness === "ageing" || one.freshness === "stale" ? t(`near.${one.freshness}`) : "",
  ];
  return facts.filter(Boolean).join(" · ");
}

function Person({ candidate, one }: { candidate: Candidate; one: api.NearResponder }) {
  return (
    <>
      <i class="near-disc" data-freshness={one.freshness} aria-hidden="true">
        {initial(candidate.name)}
      </i>
      <span class="near-who">
        <b class="cut">
          {candidate.name}
          {one.department && ` · ${word("department", one.department)}`}
        </b>
        <small>{factsOf(one)}</small>
      </span>
      {one.way ? (
        <span class="near-time">{minutes(one.way.seconds)}</span>
      ) : (
        <span class="dim">{t("near.no_way")}</span>
      )}
    </>
  );
}
