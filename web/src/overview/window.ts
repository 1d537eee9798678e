/** What the page tells tests and the console: WebGL has no DOM to look at. */

import { connection } from "../shared/connection";
import { language } from "../shared/language";
import { known } from "../shared/remote";
import { theme } from "../shared/theme";
import { expose } from "../shared/window";
import { link } from "./link";
import * as state from "./state";

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
    searching: state.typedOn.value ? "typing" : state.hits.value.status,
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

export function tell(): void {
  expose(snapshot, () => state.mapReady.value);
}
