/** What a click on the map means: a shape or a place that is being chosen, an incident, a cluster, a response. */

import type { Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import { closePoint, openRows, openTold } from "./atPoint";
import { fitBox } from "./camera";
import { keyOf } from "./filter";
import { isApart, isIn } from "./gather";
import { movesTo } from "./moving";
import { enterDrawer, floating } from "./panels";
import { rowsAt, tooMany, zoomNow } from "./picture";
import { drawsAt } from "./responseDraw";
import { responseAt } from "./responseMap";
import { enterPanel } from "./responsePanels";
import { lookAt } from "./responses";
import * as state from "./state";
import { legAt, personAt, type Under, under } from "./under";

const ONE_POINT_PX = 4;

/** Take a click: for what is being drawn or moved, else for what lies under it. */
export async function click(from: MapLibre, event: MapMouseEvent): Promise<void> {
  if (drawsAt(from, event) || movesTo(event.lngLat)) return;
  const leg = legAt(from, event.point);
  if (leg) {
    state.select(leg);
    return;
  }
  closePoint();
  state.person.value = null;
  const found = under(from, event.point);
  // the selected stands above the cluster that it is of: what is not open yet is meant
  const own = found[0]?.key != null && found[0].key === state.selected.peek();
  const first = (own && found.find(({ cluster }) => cluster)) || found[0];
  if (!first) {
    const person = personAt(from, event.point, event.originalEvent);
    if (person !== null) {
      state.person.value = person;
      return;
    }
    const response = responseAt(from, event.point);
    if (response) {
      lookAt(response);
      enterPanel();
    }
    return;
  }
  if (first.cluster) {
    await openCluster(from, first.cluster);
    return;
  }
  const centre = from.project(first.at);
  const together = found.filter((each) => each.key && from.project(each.at).dist(centre) <= ONE_POINT_PX);
  const keys = [...new Set(together.flatMap((each) => each.key ?? []))];
  if (keys.length > 1) {
    openRows(first.at, (row) => keys.includes(keyOf(row)));
  } else if (first.key) {
    state.select(first.key);
    if (!floating.peek()) enterDrawer();
  }
}

const MOST_HERE = 200;
/** So far apart at most are those that share a point, at a zoom where a house fills the screen. */
const SAME_PX = 4;

/** Zoom to a cluster's extent; where that tells nobody apart, spread it out. */
async function openCluster(from: MapLibre, { bbox, path, zoom }: NonNullable<Under["cluster"]>): Promise<void> {
  const [west, south, east, north] = bbox;
  const apart = from.project([west, south]).dist(from.project([east, north])) * 2 ** (20 - from.getZoom());
  if (apart > SAME_PX && !isApart(zoomNow())) {
    fitBox(bbox);
    return;
  }
  const at: [number, number] = [(west + east) / 2, (south + north) / 2];
  if (tooMany.peek()) await openTold(at, (stop) => rowsAt(bbox, path, MOST_HERE, stop));
  else openRows(at, (row) => isIn(row, bbox, path, zoom));
}
