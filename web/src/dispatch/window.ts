/** What the desk tells tests and the console: WebGL has no DOM to look at. */

import { connection } from "../shared/connection";
import { language } from "../shared/language";
import { known } from "../shared/remote";
import { theme } from "../shared/theme";
import { expose } from "../shared/window";
import { overtaken, said, sending } from "./acts";
import { sounded } from "./alerts";
import { candidates, nameOfChoice, target } from "./candidates";
import { drag, dropKey, verdict } from "./drag";
import { keyOf } from "./filter";
import { link } from "./link";
import { near } from "./near";
import { onDuty } from "./onDuty";
import { heatOn, told } from "./picture";
import { confirming } from "./responseActs";
import { draft, drawing, preview } from "./responseDraft";
import { responsesDrawn } from "./responseMap";
import { active, looked, making, keyOf as responseKey } from "./responses";
import { asking } from "./sending";
import * as state from "./state";

function snapshot() {
  const one = known(state.detail.value);
  const aim = one && target(one);
  return {
    ready: state.mapReady.value && state.boardStatus.value !== "loading",
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
    chosen: aim ? candidates(one).findIndex((each) => nameOfChoice(each) === nameOfChoice(aim)) : 0,
    sent: aim?.name ?? null,
    near: near.value && {
      responders: near.value.responders.map((each) => [each.account, each.freshness]),
      cameras: near.value.cameras.length,
    },
    people: onDuty.value?.responders.map((each) => [each.account, each.freshness, each.lon, each.lat]) ?? null,
    drag: drag.value && { who: drag.value.who.account, to: dropKey.value, says: verdict.value?.text },
    asking: asking.value?.who.account ?? null,
    sounded: sounded.value,
    sending: sending.value,
    overtaken: overtaken.value?.key ?? null,
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
    drawing: drawing.value,
    vertices: draft.value.ring.length,
    preview: preview.value.status,
    confirming: confirming.value,
    side: state.side.value,
    language: language.value,
    theme: theme.value,
    link: link.value,
    failure: state.mapFailure.value,
  };
}

export function tell(): void {
  expose(snapshot, () => state.mapReady.value);
}
