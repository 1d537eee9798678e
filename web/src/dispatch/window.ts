/** What the desk tells tests and the console: WebGL has no DOM to look at. */

import { connection } from "../shared/connection";
import { language } from "../shared/language";
import { known } from "../shared/remote";
import { theme } from "../shared/theme";
import { expose } from "../shared/window";
import { keyOf } from "./filter";
import { hands } from "./handsLater";
import { link } from "./link";
import { near } from "./near";
import { onDuty } from "./onDuty";
import { heatOn, told } from "./picture";
import { responsesDrawn } from "./responseMap";
import { active, looked, making, keyOf as responseKey } from "./responses";
import { said } from "./said";
import * as state from "./state";

function snapshot() {
  const one = known(state.detail.value);
  return {
    ready: hands.value !== null && state.mapReady.value && state.boardStatus.value !== "loading",
    board: state.boardStatus.value,
    tab: state.tab.value,
    filters: state.filters.value,
    order: state.order.value,
    behind: [...state.behind.value],
    gone: [...state.gone.value],
    matched: state.matched.value,
    tally: state.tally.value,
    selected: state.selected.value,
    detail: one && { code: one.incident.code, state: one.incident.state, version: one.version },
    detailStatus: state.detail.value.status,
    near: near.value && {
      responders: near.value.responders.map((each) => [each.account, each.freshness]),
      cameras: near.value.cameras.length,
    },
    people: onDuty.value?.responders.map((each) => [each.account, each.freshness, each.lon, each.lat]) ?? null,
    said: said.value?.text ?? null,
    event: state.lastEvent.value,
    streaming: state.streaming.value,
    connection: connection.value.state,
    drawn: state.drawn.value,
    clusters: state.clusters.value,
    fromServer: told.value !== null,
    heat: heatOn.value,
    here: state.here.value && { keys: state.here.value.rows.map(keyOf), total: state.here.value.total },
    legs: state.spread.value?.keys ?? [],
    camera: state.camera.value,
    moving: state.mapMoving.value,
    responses: active.value.map(responseKey),
    hatched: responsesDrawn().features.filter(({ geometry }) => geometry.type !== "Point").length,
    panel: state.responsesOpen.value && (making.value ? "form" : (looked.value ?? "list")),
    side: state.side.value,
    language: language.value,
    theme: theme.value,
    link: link.value,
    failure: state.mapFailure.value,
    ...hands.value?.snapshot(),
  };
}

export function tell(): void {
  expose(snapshot, () => state.mapReady.value);
}
