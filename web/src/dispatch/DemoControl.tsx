/** The demo in the top bar: that it is one, how fast it plays, and a key to pause it. */

import "../shared/words/demo";
import { t } from "../shared/language";
import { Icon } from "../shared/ui/icons";
import { demo } from "./demo";
import { steer } from "./demoSteer";
import "./DemoControl.css";

export function DemoControl() {
  const now = demo.value;
  if (now === null) return null;
  if (now.ended) {
    return (
      <span class="demo" data-test="demo" title={t("demo.ended")}>
        <b>{t("demo.name")}</b>
        <span role="status">{t("demo.over")}</span>
      </span>
    );
  }
  const speeds = [...new Set([...now.speeds, now.speed])].sort((a, b) => a - b);
  return (
    <span class="demo" data-test="demo" data-paused={now.paused}>
      <b title={t("demo.why")}>{t("demo.name")}</b>
      <select
        aria-label={t("demo.speed")}
        title={t("demo.speed")}
        value={String(now.speed)}
        onChange={(event) => void steer({ speed: Number(event.currentTarget.value), paused: false })}
      >
        {speeds.map((speed) => (
          <option key={speed} value={String(speed)}>
            ×{speed}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-label={t(now.paused ? "demo.go_on" : "demo.pause")}
        title={t(now.paused ? "demo.go_on" : "demo.pause")}
        aria-pressed={now.paused}
        onClick={() => void steer({ paused: !now.paused })}
      >
        <Icon name={now.paused ? "play" : "pause"} />
      </button>
    </span>
  );
}
