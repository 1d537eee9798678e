/** What a click on the map means: a shape or a place that is being chosen, an incident, a cluster, a response. */

import type { Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import * as api from "../shared/api";
import { legsAt, MOST_LEGS } from "../shared/map/legs";
import { fitBox } from "./camera";
import { now } from "./clock";
import { keyOf, morePressing } from "./filter";
import { isApart, isIn } from "./gather";
import { markOf } from "./marks";
import { movesTo } from "./moving";
import { enterDrawer, floating } from "./panels";
import { rowsAt, tooMany, zoomNow } from "./picture";
import { drawsAt } from "./responseDraw";
import { responseAt } from "./responseMap";
import { enterPanel } from "./responsePanels";
import { lookAt } from "./responses";
import { say } from "./said";
import * as state from "./state";
import { legAt, type Under, under } from "./under";

const ONE_POINT_PX = 4;

/** Take a click: for what is being drawn or moved, else for what lies under it. */
export async function click(from: MapLibre, event: MapMouseEvent): Promise<void> {
  if (drawsAt(from, event) || movesTo(event.lngLat)) return;
  const leg = legAt(from, event.point);
  if (leg) {
    state.select(leg);
    return;
  }
  state.spread.value = null;
  state.here.value = null;
  const found = under(from, event.point);
  const [first] = found;
  if (!first) {
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
    const rows = keys.flatMap((key) => state.rows.peek().get(key) ?? []).sort(morePressing);
    open(from, rows, rows.length, first.at);
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
  if (tooMany.peek()) {
    try {
      const [rows, total] = await rowsAt(bbox, path, MOST_HERE);
      open(from, rows, total, at);
    } catch (error) {
      say(api.Failure.of(error).message);
    }
    return;
  }
  const rows = [...state.rows.peek().values()].filter((row) => isIn(row, bbox, path, zoom)).sort(morePressing);
  open(from, rows, rows.length, at);
}

/** Show those of one point: on legs, or in a list where they are too many for that. */
function open(from: MapLibre, rows: api.IncidentRow[], total: number, at: [number, number]): void {
  state.here.value = null;
  if (total > MOST_LEGS) {
    state.here.value = { rows, total };
    return;
  }
  const marks = rows.map((row) => markOf(row, now.peek()));
  state.spread.value = { keys: rows.map(keyOf), drawn: legsAt(from, at, marks) };
}
