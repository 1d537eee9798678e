/** What else helps, and sending it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { nameOf, pick, t } from "../shared/language";
import { MEDIATORS } from "../shared/mediators";
import { Icon } from "../shared/ui/icons";
import { Question } from "./App";
import { send } from "./send";
import * as state from "./state";

const MOST_BYTES = 15_000_000;

export function Details() {
  const form = state.form.value;
  const { item, responsible } = { item: state.item.value, responsible: state.responsible.value };
  const fixed = form.pending !== null;
  return (
    <main>
      <div class="scroll">
        <Question title={t("report.details")} />
        <p class="summary">
          <b>{item ? pick(item.name) : form.kind}</b>
          {responsible && <span>{nameOf(responsible) || responsible.code}</span>}
        </p>
        <fieldset class="asked" disabled={fixed}>
          <label>
            <span>{t("report.note")}</span>
            <textarea
              class="field"
              rows={3}
              maxLength={1000}
              value={form.note}
              onInput={(event) => state.change({ note: event.currentTarget.value })}
            />
          </label>
          {state.building.value && (
            <div class="pair">
              <Numbered name="staircase" from={1} />
              <Numbered name="floor" from={-10} />
            </div>
          )}
          {item?.dispute && (
            <label>
              <span>{t("mediator.title")}</span>
              <select
                class="field"
                value={form.mediator}
                onChange={(event) => {
                  const chosen = MEDIATORS.find((each) => each === event.currentTarget.value);
                  state.change({ mediator: chosen ?? "" });
                }}
              >
                <option value="">{t("report.no_mediator")}</option>
                {MEDIATORS.map((each) => (
                  <option key={each} value={each}>
                    {t(`mediator.${each}`)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <PhotoField />
        </fieldset>
        <Stands />
      </div>
      <footer class="thumb">
        <button
          type="button"
          class="button primary"
          disabled={state.sending.value === "sending" || (!fixed && (!item || !responsible))}
          onClick={() => void send()}
        >
          <span class="cut">
            {state.sending.value === "sending"
              ? t("report.sending")
              : fixed
                ? t("report.again")
                : t("report.send", { what: item ? pick(item.name) : "" })}
          </span>
        </button>
      </footer>
    </main>
  );
}

function Numbered({ name, from }: { name: "staircase" | "floor"; from: number }) {
  return (
    <label>
      <span>{t(`report.${name}`)}</span>
      <input
        type="number"
        class="field"
        inputMode="numeric"
        min={from}
        max={200}
        step={1}
        value={state.form.value[name]}
        onInput={(event) => {
          const said = event.currentTarget;
          if (said.validity.valid) state.change({ [name]: said.value });
        }}
      />
    </label>
  );
}

function PhotoField() {
  const large = useSignal(false);
  const shown = useSignal<string | null>(null);
  const photo = state.photo.value;
  useEffect(() => {
    const address = photo ? URL.createObjectURL(photo) : null;
    shown.value = address;
    return () => {
      if (address) URL.revokeObjectURL(address);
    };
  }, [photo, shown]);
  const choose = (event: Event): void => {
    const field = event.currentTarget as HTMLInputElement;
    const chosen = field.files?.[0];
    field.value = "";
    large.value = (chosen?.size ?? 0) > MOST_BYTES;
    if (chosen && !large.peek()) void state.choosePhoto(chosen);
  };
  return (
    <div class="photo">
      {photo && shown.value ? (
        <>
          <img src={shown.value} alt={t("report.photo_alt")} />
          <button type="button" class="button" onClick={() => void state.choosePhoto(null)}>
            <Icon name="close" />
            {t("report.photo_remove")}
          </button>
        </>
      ) : (
        <label class="button wide">
          <input
            type="file"
            class="visually-hidden"
            accept="image/jpeg,image/png,image/webp"
            aria-label={t("report.photo_add")}
            onChange={choose}
          />
          <Icon name="plus" />
          {t("report.photo_add")}
        </label>
      )}
      <p class="dim">{t("report.photo_help")}</p>
      {large.value && (
        <p class="notice-line" role="alert">
          {t("report.photo_large")}
        </p>
      )}
    </div>
  );
}

/** How far sending has come, where it has not come through. */
function Stands() {
  const failure = state.refused.value;
  if (state.sending.value === "waiting")
    return (
      <p class="notice-line" role="status" data-test="unsent">
        <b>{t("report.unsent")}</b> {t("report.unsent_help")}
      </p>
    );
  if (!failure) return null;
  return (
    <p class="notice-line refused" role="alert">
      <b>{failure.problem.problem ?? t("report.refused_title")}</b> {failure.problem.remedy}
    </p>
  );
}
