/** What an act needs to be told, asked where the buttons are: a reason, and for some one thing more. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type * as api from "../shared/api";
import { coordinates } from "../shared/format";
import { nameOf, pick, t } from "../shared/language";
import { MEDIATORS } from "../shared/mediators";
import { known } from "../shared/remote";
import { useReturn } from "../shared/ui/layer";
import { Key } from "../shared/ui/parts";
import { bodyOf, type Form as Filled, form as filled, take } from "./acts";
import { asked, newOwner } from "./moving";
import { tabbed, theDrawer } from "./panels";
import { say } from "./said";
import * as state from "./state";
import { canWrite, sending } from "./writing";
import "../shared/ui/signIn.css";

const UNITS = ["hours", "days", "working_hours", "working_days"] as const;

function change(part: Partial<Filled>): void {
  const now = filled.peek();
  if (now) filled.value = { ...now, ...part };
}

/** Where the map is another tab: the way to it. A place that is chosen there leads back. */
function OnTheMap() {
  if (!tabbed.value) return null;
  return (
    <button
      type="button"
      class="button"
      data-test="move-on-map"
      onClick={() => {
        state.side.value = "map";
        say(t("act.move_where"));
      }}
    >
      {t("act.move_pick")}
    </button>
  );
}

/** Where it is moved to, and who would answer for it there. */
function NewPlace({ form }: { form: Filled }) {
  if (!form.at)
    return (
      <>
        <p role="status">{t("act.move_where")}</p>
        <OnTheMap />
      </>
    );
  const before = known(state.detail.value)?.incident.responsible;
  const owner = newOwner.value;
  return (
    <div class="new-place" role="status" data-test="new-place">
      <span class="code-text">{coordinates(...form.at)}</span>
      {asked.value === "loading" && <span class="dim">{t("place.loading")}</span>}
      {asked.value === "failed" && <span>{t("error.title")}</span>}
      {asked.value === "ready" && !owner && <b>{t("place.outside")}</b>}
      {owner && (
        <b>{t(owner.code === before ? "act.move_same" : "act.move_owner", { owner: nameOf(owner) || owner.code })}</b>
      )}
      <OnTheMap />
    </div>
  );
}

/** Who is to mediate: one of three. */
function Mediators({ form }: { form: Filled }) {
  const choices = useRef<HTMLFieldSetElement>(null);
  useLayoutEffect(() => choices.current?.querySelector<HTMLInputElement>("input:checked, input")?.focus(), []);
  return (
    <fieldset ref={choices} class="mediators">
      <legend>{t("mediator.title")}</legend>
      {MEDIATORS.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="mediator"
            value={each}
            checked={form.mediator === each}
            onChange={() => change({ mediator: each })}
          />
          {t(`mediator.${each}`)}
        </label>
      ))}
    </fieldset>
  );
}

export function Form({ form, failure }: { form: Filled; failure: api.Failure | undefined }) {
  const reason = useRef<HTMLTextAreaElement>(null);
  const { act } = form;
  useReturn(true, theDrawer);
  // before the next key can come: it is of the reason already
  useLayoutEffect(() => reason.current?.focus(), [act]);
  const complete =
    (!act.reason || form.reason.trim() !== "") &&
    (act.act !== "move" || form.at !== null) &&
    (act.act !== "mediate" || form.mediator !== null) &&
    (act.act !== "merge" || form.into.trim() !== "") &&
    (act.act !== "ask_extension" || Number(form.amount) > 0);
  const send = (event?: Event): void => {
    event?.preventDefault();
    const one = known(state.detail.peek());
    if (one && complete && canWrite()) void take(act, bodyOf(act, form, one));
  };
  const title = act.act === "note" ? t("act.note") : t("act.why", { act: pick(act.name) });
  return (
    <form class="acts ask" aria-label={pick(act.name)} onSubmit={send}>
      {act.act === "merge" && (
        <label>
          <span>{t("act.into")}</span>
          <input
            type="text"
            class="field code-text"
            value={form.into}
            onInput={(event) => change({ into: event.currentTarget.value })}
          />
        </label>
      )}
      {act.act === "ask_extension" && (
        <div class="by">
          <label>
            <span>{t("act.by")}</span>
            <input
              type="number"
              class="field"
              min="1"
              step="1"
              value={form.amount}
              onInput={(event) => change({ amount: event.currentTarget.value })}
            />
          </label>
          <select
            class="field"
            aria-label={t("act.by")}
            value={form.unit}
            onChange={(event) => {
              const unit = UNITS.find((each) => each === event.currentTarget.value);
              if (unit) change({ unit });
            }}
          >
            {UNITS.map((unit) => (
              <option key={unit} value={unit}>
                {t(`act.${unit}`)}
              </option>
            ))}
          </select>
        </div>
      )}
      {act.act === "move" && <NewPlace form={form} />}
      {act.act === "mediate" && <Mediators form={form} />}
      <label hidden={act.act === "mediate"}>
        <span>{title}</span>
        <textarea
          ref={reason}
          class="field"
          rows={2}
          maxLength={500}
          value={form.reason}
          onInput={(event) => change({ reason: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
          }}
        />
      </label>
      {failure && (
        <p class="refused" role="alert">
          <b>{failure.problem.problem ?? t("error.refused")}</b> {failure.problem.remedy}
        </p>
      )}
      {sending.value === "waiting" && <p role="status">{t("act.waiting")}</p>}
      <div class="act-line">
        <button type="submit" class="button primary" disabled={!complete || !canWrite()}>
          <span class="cut">{sending.value ? t("act.sending") : pick(act.name)}</span> <Key>↵</Key>
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            filled.value = null;
          }}
        >
          {t("act.cancel")} <Key>Esc</Key>
        </button>
      </div>
    </form>
  );
}
