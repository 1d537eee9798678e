/** The bar above everything: mark, scope, pages, state of the stream, language, theme. */

import { connection } from "../shared/connection";
import { age } from "../shared/format";
import { t } from "../shared/language";
import { Account } from "../shared/ui/Account";
import { ConnectionChip } from "../shared/ui/ConnectionChip";
import { Mark } from "../shared/ui/icons";
import { later } from "../shared/ui/later";
import { Pages } from "../shared/ui/Pages";
import { IconButton } from "../shared/ui/parts";
import { Tools } from "../shared/ui/Tools";
import { alertsOn, mute } from "./alertsOn";
import { now } from "./clock";
import { demo } from "./demo";
import { hands } from "./handsLater";
import { ResponseChip } from "./ResponseChip";
import { Scope } from "./Scope";
import * as state from "./state";
import "../shared/ui/top.css";

const DemoControl = later(() => import("./DemoControl").then((module) => module.DemoControl), {
  id: "demo",
  className: "demo",
  label: () => t("page.dispatch"),
});

export function TopBar() {
  const slug = state.filters.value.district;
  return (
    <header class="top">
      <a class="skip" href="#incidents">
        {t("app.skip_list")}
      </a>
      <a class="skip" href="#map">
        {t("app.skip_map")}
      </a>
      <div class="brand">
        <Mark />
        <span>{t("app.name")}</span>
      </div>
      <Scope />
      <Pages current="dispatch" district={slug} />
      <div class="grow" />
      <ResponseChip />
      {demo.value !== null && <DemoControl />}
      <Live />
      <IconButton
        icon="bell"
        label={t(mute.value ? "alerts.mute" : alertsOn.value ? "alerts.turn_off" : "alerts.turn_on")}
        pressed={alertsOn.value}
        onClick={() => void hands.value?.switchAlerts()}
      />
      <div class="tools-wide">
        <Tools />
      </div>
      <Account crowded />
    </header>
  );
}

const RECENT_MS = 5000;

function Live() {
  const heard = state.heardAt.value;
  if (connection.value.state === "offline") return <ConnectionChip />;
  if (!state.streaming.value || heard === null) return <ConnectionChip online={t("live.joining")} />;
  // The tick of the page's clock makes this age.
  now.value;
  const since = Date.now() - heard;
  return <ConnectionChip online={since < RECENT_MS ? t("live.now") : t("live.last", { age: age(since) })} />;
}
