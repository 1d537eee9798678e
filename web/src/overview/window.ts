/** What the page tells tests and the console: WebGL has no DOM to look at. */

import { effect } from "@preact/signals";
import { connection } from "../shared/connection";
import { language } from "../shared/language";
import { known } from "../shared/remote";
import { theme } from "../shared/theme";
import { link } from "./link";
import * as state from "./state";

export interface App {
  /** The map has drawn its first whole picture. */
  readonly ready: boolean;
  readonly state: Snapshot;
  /** Settles when the condition holds; rejects with the state as it is when it has not for so long. */
  until: (holds: (state: Snapshot) => boolean, milliseconds?: number) => Promise<void>;
}

type Snapshot = ReturnType<typeof snapshot>;

function snapshot() {
  return {
    ready: state.mapReady.value,
    district: state.districtSlug.value,
    camera: state.camera.value,
    moving: state.mapMoving.value,
    solid: state.solid.value,
    layers: [...state.visibleLayers.value],
    place: state.place.value,
    thing: state.thing.value,
    area: state.area.value?.code ?? null,
    chain: state.owners.value.map((owner) => owner.code),
    responsible: state.mainTree.value?.responsible?.code ?? null,
    locating: state.located.value.status,
    hits: (known(state.hits.value) ?? []).map((hit) => hit.code),
    searching: state.hits.value.status,
    inView: state.inView.value.rows.length + state.inView.value.more,
    drawn: [...new Set(state.inView.value.rows.map((row) => row.collection))],
    legs: state.spread.value?.rows.map((row) => row.code) ?? [],
    hovered: state.hovered.value?.type ?? null,
    selectionDrawn: state.selectedGeometry.value !== null,
    walking: state.walking.value,
    walkReady: state.walkReady.value,
    language: language.value,
    theme: theme.value,
    link: link.value,
    connection: connection.value.state,
    failure: state.mapFailure.value,
  };
}

declare global {
  interface Window {
    app: App;
  }
}

const PATIENCE_MS = 20_000;

function until(holds: (state: Snapshot) => boolean, milliseconds = PATIENCE_MS): Promise<void> {
  return new Promise((resolve, reject) => {
    let over = false;
    const finish = (settle: () => void): void => {
      over = true;
      clearTimeout(timer);
      settle();
      queueMicrotask(() => stop());
    };
    const timer = setTimeout(() => finish(() => reject(new Error(JSON.stringify(snapshot())))), milliseconds);
    const stop = effect(() => {
      const now = snapshot();
      if (!over && holds(now)) finish(resolve);
    });
  });
}

export function tell(): void {
  window.app = {
    get ready() {
      return state.mapReady.value;
    },
    get state() {
      return snapshot();
    },
    until,
  };
}
