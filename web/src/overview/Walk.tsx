/** The first-person view over the map: what is seen from the clicked point. deck.gl comes when it is first asked for. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { coordinates, count } from "../shared/format";
import { nameOf, t } from "../shared/language";
import { theme } from "../shared/theme";
import { Empty, IconButton, Key } from "../shared/ui/parts";
import { WINDS } from "../shared/winds";
import * as state from "./state";
import type { Scene, Standing } from "./walk/scene";
import "./Walk.css";

export function Walk() {
  const start = state.walking.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  const standing = useSignal<Standing | null>(null);
  const failed = useSignal(false);
  const scene = useRef<Scene | null>(null);

  useEffect(() => {
    const on = canvas.current;
    if (!start || !on) return;
    const stop = new AbortController();
    const open = async (): Promise<void> => {
      const { openScene } = await import("./walk/scene");
      if (stop.signal.aborted) return;
      scene.current = await openScene(on, start, stop.signal, (now) => {
        standing.value = now;
      });
      if (stop.signal.aborted) scene.current.close();
      else state.walkReady.value = true;
    };
    open().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      console.error(error);
      failed.value = true;
    });
    on.focus();
    return () => {
      stop.abort();
      scene.current?.close();
      scene.current = null;
      state.walkReady.value = false;
      document.querySelector<HTMLElement>("#map canvas")?.focus();
    };
  }, [start?.lon, start?.lat]);

  useEffect(() => {
    scene.current?.recolour();
  }, [theme.value]);

  const now = standing.value;
  const chain = state.owners.value.slice(-3);
  return (
    <section class="walk" aria-label={t("walk.title")}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes keys, as the map's canvas does */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={t("walk.canvas")}
        onKeyDown={(event) => scene.current?.press(event)}
        onKeyUp={(event) => scene.current?.release(event)}
      />
      {now && <HeadingStrip bearing={now.bearing} />}
      {!now && !failed.value && (
        <p class="hint" role="status">
          {t("walk.loading")}
        </p>
      )}
      {failed.value && (
        <div class="over-map">
          <Empty title={t("error.title")} help={t("error.network_help")} />
        </div>
      )}
      <div class="walk-card">
        <div class="title">
          <h2>{t("walk.title")}</h2>
          <IconButton
            icon="close"
            label={t("walk.back")}
            hint="Esc"
            onClick={() => {
              state.walking.value = null;
            }}
          />
        </div>
        {now && (
          <>
            <p class="code-text">{coordinates(now.lon, now.lat)}</p>
            {chain.length > 0 && <p>{chain.map(nameOf).join(" › ")}</p>}
            <p class="dim">
              {now.buildings ? t("walk.buildings", { n: count(now.buildings) }) : t("walk.empty")}
              {" · "}
              {now.above > 1 ? t("walk.roof", { height: Math.round(now.above) }) : t("walk.ground")}
            </p>
          </>
        )}
      </div>
      <p class="hint low">
        {t("walk.keys")} <Key>Esc</Key> {t("walk.back")}
      </p>
    </section>
  );
}

const STRIP_DEGREES = 120;

/** The winds that lie ahead, each at its place, and the heading in the middle. */
function HeadingStrip({ bearing }: { bearing: number }) {
  const ahead = ((bearing % 360) + 360) % 360;
  return (
    <div class="heading" role="img" aria-label={t("walk.heading", { degrees: Math.round(ahead) })}>
      {WINDS.map((wind, index) => {
        const away = ((index * 45 - ahead + 540) % 360) - 180;
        if (Math.abs(away) > STRIP_DEGREES / 2) return null;
        return (
          <span key={wind} class={index % 2 ? "minor" : ""} style={{ left: `${50 + (away / STRIP_DEGREES) * 100}%` }}>
            {t(wind)}
          </span>
        );
      })}
      <b class="number">{Math.round(ahead) % 360}°</b>
    </div>
  );
}
