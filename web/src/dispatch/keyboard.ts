/** The keys of the desk. Single letters do nothing in a text field, and can be turned off. */

import { type Binding, ofEveryPage } from "../shared/keys";
import { known } from "../shared/remote";
import { singleKeys } from "../shared/singleKeys";
import { isTyping, takesLetters } from "../shared/typing";
import { closeLast } from "../shared/ui/layer";
import { begin, canLeave, leave, likeliest, suspension, undo } from "./acts";
import { closePoint } from "./atPoint";
import { showNew } from "./board";
import { goToSelected, zoomBy } from "./camera";
import { candidates, choose as chooseWho } from "./candidates";
import { cancelDrag } from "./hand";
import { enterDrawer, enterList, unselect } from "./panels";
import { closePanel, enterPanel, leavePanel } from "./responsePanels";
import { cancelAsking } from "./sending";
import * as state from "./state";

function move(by: number): void {
  const order = state.order.peek();
  if (!order.length) return;
  const selected = state.selected.peek();
  const at = selected === null ? -1 : order.indexOf(selected);
  const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : Math.min(order.length - 1, Math.max(0, at + by));
  state.select(order[next] ?? null);
}

function open(): void {
  goToSelected();
  enterDrawer();
}

function takeNext(): void {
  const one = known(state.detail.peek());
  const act = one && likeliest(one);
  if (act) begin(act);
}

function pause(): void {
  const one = known(state.detail.peek());
  const act = one && suspension(one);
  if (act) begin(act);
}

function choose(digit: string): void {
  const one = known(state.detail.peek());
  const candidate = one && candidates(one)[Number(digit) - 1];
  if (candidate) chooseWho(candidate);
}

export const BINDINGS: Binding[] = [
  { keys: ["j", "ArrowDown"], words: "keys.next", printed: ["J", "K", "↓", "↑"], act: () => move(1) },
  { keys: ["k", "ArrowUp"], words: "keys.next", printed: [], act: () => move(-1) },
  { keys: ["Enter"], words: "keys.open", act: open },
  { keys: ["Escape"], words: "keys.back", printed: ["Esc"] },
  { keys: ["."], words: "keys.new", act: showNew },
  { keys: ["/"], words: "keys.find", act: () => document.getElementById("find")?.focus() },
  { keys: ["x"], words: "keys.clear", printed: ["X"], act: state.clearFilters },
  { keys: ["d"], words: "keys.do", printed: ["D"], act: takeNext },
  { keys: ["s"], words: "keys.suspend", printed: ["S"], act: pause },
  {
    keys: ["m"],
    words: "keys.more",
    printed: ["M"],
    act: () => {
      state.moreOpen.value = state.selected.peek() !== null && !state.moreOpen.peek();
    },
  },
  { keys: [..."123456789"], words: "keys.choose", printed: ["1", "–", "9"], act: choose },
  { keys: ["u"], words: "keys.undo", printed: ["U"], act: () => void undo() },
  {
    keys: ["l"],
    words: "keys.layers",
    printed: ["L"],
    act: () => {
      state.layersOpen.value = !state.layersOpen.peek();
    },
  },
  {
    keys: ["r"],
    words: "keys.responses",
    printed: ["R"],
    act: () => (state.responsesOpen.peek() ? closePanel() : enterPanel()),
  },
  { keys: ["+", "="], words: "keys.zoom", printed: ["+", "−"], act: () => zoomBy(1) },
  { keys: ["-"], words: "keys.zoom", printed: [], act: () => zoomBy(-1) },
  ...ofEveryPage(state.keysOpen),
];

/** Esc: one step back, the innermost first. Returns whether there was one. */
function back(target: EventTarget | null): boolean {
  if (cancelDrag() || cancelAsking()) return true;
  if (closeLast()) return true;
  if (leavePanel()) return true;
  if (canLeave()) {
    leave();
    enterList();
  } else if (state.moreOpen.peek()) state.moreOpen.value = false;
  else if (isTyping(target)) enterList();
  else if (state.comparing.peek()) state.comparing.value = null;
  else if (inDrawer(target)) enterList();
  else if (state.spread.peek() || state.here.peek()) closePoint();
  else if (state.selected.peek()) unselect();
  else return false;
  return true;
}

/** The keyboard is in a drawer beside a list to which it can return. */
function inDrawer(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(".drawer[data-floating=true]") !== null;
}

const OF_CONTROLS = new Set(["Enter", "ArrowDown", "ArrowUp"]);

/** A button or the map under the keyboard has its own meaning for these keys. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, canvas") !== null;
}

export function listen(): void {
  addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      if (document.querySelector("dialog[open]")) return; // what is large has the keyboard
      const undoes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey;
      if (undoes && !isTyping(event.target)) {
        event.preventDefault();
        void undo();
        return;
      }
      if (event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") {
        if (back(event.target)) event.preventDefault();
        return;
      }
      if (takesLetters(event.target)) return;
      const named = event.key.length > 1;
      if (!named && !singleKeys.peek()) return;
      if (OF_CONTROLS.has(event.key) && isControl(event.target)) return;
      const key = named ? event.key : event.key.toLowerCase();
      const binding = BINDINGS.find((each) => each.act && each.keys.includes(key));
      if (!binding?.act || (event.repeat !== false && !/^(Arrow|j$|k$)/.test(key))) return;
      event.preventDefault();
      event.stopPropagation();
      binding.act(key);
    },
    true,
  );
}
