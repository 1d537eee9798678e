/** Where it is: the device's position or a tap on the map, who owns the place, and the choice near an edge. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { coordinates } from "../shared/format";
import { nameOf, pick, secondName, t } from "../shared/language";
import { known } from "../shared/remote";
import { Icon } from "../shared/ui/icons";
import { Failed, Waiting } from "../shared/ui/parts";
import { WINDS } from "../shared/winds";
import { Question } from "./App";
import { askDevice } from "./device";
import { LETTERS } from "./letters";
import { createMap } from "./map";
import * as state from "./state";

export function Where() {
  const sure = state.responsible.value !== null;
  return (
    <main>
      <Canvas />
      <div class="scroll">
        <Question title={t("report.where")} help={state.place.value ? undefined : t("report.where_help")} />
        <Owner />
        <Candidates />
        <Device />
        <Typed />
      </div>
      <footer class="thumb">
        {state.place.value ? (
          <button
            type="button"
            class="button primary"
            disabled={!sure}
            onClick={() => state.change({ step: "what", stated: state.form.peek().stated ?? state.stated.peek() })}
          >
            {t("report.next")}
          </button>
        ) : (
          <Ask likeliest />
        )}
      </footer>
    </main>
  );
}

function Canvas() {
  const container = useRef<HTMLDivElement>(null);
  const drawn = useSignal(true);
  useEffect(() => {
    if (!container.current) return;
    const map = createMap(container.current);
    drawn.value = map !== null;
    if (!map) return;
    const watch = new ResizeObserver(() => map.resize());
    watch.observe(container.current);
    return () => {
      watch.disconnect();
      map.remove();
      state.mapReady.value = false;
    };
  }, [drawn]);
  useEffect(() => {
    container.current?.querySelector("canvas")?.setAttribute("aria-label", t("report.map"));
  });
  const place = state.place.value;
  const edge = state.main.value?.edge_m;
  return (
    <section class="map-pane" aria-label={t("map.name")}>
      <div id="map" ref={container} tabIndex={-1} />
      {!drawn.value && <p class="no-map">{t("map.no_webgl")}</p>}
      {place && (
        <p class="over-map">
          {place.accuracy === null
            ? t(place.from === "map" ? "report.from_map" : "report.from_typed")
            : t("report.accuracy", { m: Math.round(place.accuracy) })}
          {place.accuracy !== null && edge != null && ` · ${t("report.edge", { m: Math.round(edge) })}`}
        </p>
      )}
    </section>
  );
}

function Ask({ likeliest }: { likeliest?: boolean }) {
  const asking = state.device.value === "asking";
  return (
    <button type="button" class={likeliest ? "button primary" : "button wide"} disabled={asking} onClick={askDevice}>
      <Icon name="pin" />
      {t(asking ? "report.asking" : "report.use_device")}
    </button>
  );
}

function Device() {
  const stands = state.device.value;
  return (
    <>
      {state.place.value && <Ask />}
      {stands !== "idle" && stands !== "asking" && (
        <p class="notice-line" role="alert">
          {t(`report.${stands}`)}
        </p>
      )}
    </>
  );
}

const PAIR = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,2}(?:\.\d+)?)\s*$/;

function Typed() {
  const wrong = useSignal(false);
  const take = (event: SubmitEvent): void => {
    event.preventDefault();
    const said = PAIR.exec(String(new FormData(event.currentTarget as HTMLFormElement).get("place")));
    const [lon, lat] = [Number(said?.[1]), Number(said?.[2])];
    wrong.value = !said || Math.abs(lon) > 180 || Math.abs(lat) > 90;
    if (!wrong.peek()) state.setPlace({ lon, lat, accuracy: null, from: "typed" });
  };
  const place = state.place.value;
  return (
    <form class="typed" onSubmit={take}>
      <label>
        <span>{t("report.type")}</span>
        <input
          class="field code-text"
          name="place"
          inputMode="decimal"
          autocomplete="off"
          key={place ? `${place.lon} ${place.lat}` : ""}
          defaultValue={place ? coordinates(place.lon, place.lat) : ""}
        />
      </label>
      <button type="submit" class="button">
        {t("report.take")}
      </button>
      {wrong.value && (
        <p class="notice-line" role="alert">
          {t("report.type_wrong")}
        </p>
      )}
    </form>
  );
}

function Owner() {
  const answer = state.located.value;
  if (answer.status === "idle" || state.candidates.value.length) return null; // the cards name them
  if (answer.status === "failed") return <Failed failure={answer.failure} onRetry={() => void state.locate()} />;
  if (!known(answer)) return <Waiting rows={1} label={t("report.owner_asking")} />;
  const responsible = state.responsible.value;
  const reason = state.main.value?.reason;
  return (
    <section class="owner" aria-live="polite">
      <h3>{t("report.owner")}</h3>
      {responsible ? (
        <>
          <b>{nameOf(responsible) || responsible.code}</b>
          {secondName(responsible) && <small lang="zh-CN">{secondName(responsible)}</small>}
          {reason && <p>{pick(reason)}</p>}
        </>
      ) : (
        <p class="notice-line">{t("report.outside")}</p>
      )}
    </section>
  );
}

/** On which side an area lies and what stands there; before that is known, how far its edge is. */
function whereabouts(one: { code: string | null; distance_m: number }): string {
  const side = one.code === null ? undefined : state.sidesNow.value.get(one.code);
  const mark = one.code === null ? null : state.landmark(one.code);
  const wind = side?.wind == null ? undefined : WINDS[side.wind];
  const said = [wind ? t("report.side", { wind: t(wind) }) : "", mark ? nameOf(mark) : ""].filter(Boolean);
  return said.join(" · ") || t("report.edge", { m: Math.round(one.distance_m) });
}

function Candidates() {
  const listed = state.candidates.value;
  if (!listed.length) return null;
  const chosen = state.form.value.stated;
  const stated = state.stated.value;
  return (
    <fieldset class="cards">
      <legend>{t("report.near_edge")}</legend>
      <p>{t("report.near_edge_help")}</p>
      {listed.map((one, which) => (
        <label key={one.code} class="card">
          <span class="letter" data-which={which}>
            {LETTERS[which]}
          </span>
          <span class="main">
            <b>{nameOf(one) || one.code}</b>
            <small>{whereabouts(one)}</small>
          </span>
          <b class="number">{t("report.likely", { p: Math.round(one.probability * 100) })}</b>
          <input
            type="radio"
            name="stated"
            checked={chosen !== "" && one.code === stated}
            onChange={() => state.change({ stated: one.code })}
          />
        </label>
      ))}
      <label class="card">
        <span class="main">{t("report.unsure")}</span>
        <input type="radio" name="stated" checked={chosen === ""} onChange={() => state.change({ stated: "" })} />
      </label>
    </fieldset>
  );
}
