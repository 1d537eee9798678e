/** What hands do at the desk: keys and clicks, steps and drags, drawing, and what is said of all that. */

import { effect, untracked } from "@preact/signals";
import type { Map as MapLibre } from "maplibre-gl";
import { pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { KeysPanel } from "../shared/ui/KeysPanel";
import { forgetSteps, form, isOwn, overtaken } from "./acts";
import { sounded, watchAlerts } from "./alerts";
import { followPoint } from "./atPoint";
import { goToSelected, map } from "./camera";
import { candidates, nameOfChoice, target } from "./candidates";
import { click } from "./clicks";
import { readDetail } from "./detail";
import { drag, dropKey, verdict } from "./drag";
import { Held } from "./Held";
import { watchHand } from "./hand";
import { BINDINGS, listen } from "./keyboard";
import * as live from "./live";
import { movesTo } from "./moving";
import { followMove } from "./movingMap";
import { RESPONDERS } from "./nearMap";
import { PEOPLE } from "./onDutyMap";
import { draft, followDraft, preview } from "./responseDraft";
import { followDraftMap } from "./responseDraftMap";
import { listenDrawing } from "./responseDraw";
import { confirming, drawing } from "./responses";
import { Said } from "./Said";
import { say } from "./said";
import { asking, cancelAsking } from "./sending";
import * as state from "./state";
import { overOf, personAt, under } from "./under";
import { titleOf, whoOf } from "./words";
import { sending } from "./writing";

export { switchAlerts } from "./alerts";

/** What lies over the map. */
export function Hands() {
  return (
    <>
      <Said />
      <Held />
      <KeysPanel shown={state.keysOpen} bindings={BINDINGS} />
    </>
  );
}

/** Begin to listen. */
export function begin(): void {
  listenDrawing();
  listen();
  watchAlerts();
  followDraft();
  followDraftMap();
  let before = state.selected.peek();
  effect(() => {
    if (state.selected.value === before) return;
    before = state.selected.peek();
    untracked(() => {
      form.value = null;
      cancelAsking();
    });
  });
  effect(() => {
    if (state.nobody.value) untracked(forgetSteps);
  });
  live.onTold(sayOther);
  effect(() => {
    const on = map.value;
    if (on) untracked(() => take(on));
  });
}

function take(on: MapLibre): void {
  followPoint(on);
  watchHand(on, [PEOPLE, RESPONDERS], (point) => overOf(on, point));
  on.on("click", (event) => void click(on, event));
  on.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (movesTo(on.getCenter())) return;
    const middle = on.project(on.getCenter());
    const person = under(on, middle).length ? null : personAt(on, middle);
    if (person !== null) state.person.value = person;
    else goToSelected();
  });
  followMove(on);
}

/** Somebody else's step on the selected incident is said; ours has been. */
function sayOther({ district, code }: live.Told): void {
  const key = `${district}/${code}`;
  if (key !== state.selected.peek() || sending.peek() !== null) return;
  const before = known(state.detail.peek())?.version ?? 0;
  void readDetail().then(() => {
    const one = known(state.detail.peek());
    const step = one?.history.at(-1);
    if (!one || !step || one.version <= before || isOwn(key, one.version)) return;
    say(t("said.other", { name: titleOf(one.incident), actor: whoOf(one, step.actor), act: pick(step.act_name) }));
  });
}

/** What the page tells of them. */
export function snapshot() {
  const one = known(state.detail.value);
  const aim = one && target(one);
  return {
    chosen: aim ? candidates(one).findIndex((each) => nameOfChoice(each) === nameOfChoice(aim)) : 0,
    sent: aim?.name ?? null,
    drag: drag.value && { who: drag.value.who.account, to: dropKey.value, says: verdict.value?.text },
    asking: asking.value?.who.account ?? null,
    sounded: sounded.value,
    sending: sending.value,
    overtaken: [...overtaken.value.keys()][0] ?? null,
    drawing: drawing.value,
    vertices: draft.value.ring.length,
    preview: preview.value.status,
    confirming: confirming.value,
  };
}
