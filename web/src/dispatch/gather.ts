/** Incidents gathered for the map by the server's own rule: by cell of the zoom, never across a boundary in work. */

import rule from "../../../spatial/incidents/clusters.json";
import type { Box, IncidentCluster, IncidentRow } from "../shared/api";
import { clockOf } from "./clock";

const WORLD_PX = 512;
const HEAT_PX = 8;

/** The cluster of some rows: everything that the map says about them. */
export interface Gathered {
  clusters: IncidentCluster[];
  alone: IncidentRow[];
}

type Placed = IncidentRow & { lon: number; lat: number };

export function isPlaced(row: IncidentRow): row is Placed {
  return row.lon !== null && row.lat !== null;
}

function down(lat: number): number {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

function cellOf(lon: number, lat: number, zoom: number, px: number): string {
  const across = (WORLD_PX * 2 ** zoom) / px;
  return `${Math.floor(((lon + 180) / 360) * across)},${Math.floor(down(lat) * across)}`;
}

/** Only what shares a point is gathered at this zoom. */
export function isApart(zoom: number): boolean {
  return zoom >= rule.apart_from_zoom;
}

/** The path of the area of the level in work that a row lies in. */
export function areaAt(path: string | null, zoom: number): string | null {
  const steps = rule.levels.reduce((deepest, each) => (each.from_zoom <= zoom ? each.steps : deepest), 1);
  return path === null
    ? null
    : path
        .split("/")
        .slice(0, steps + 1)
        .join("/");
}

export function gather(rows: Iterable<IncidentRow>, zoom: number, at: number): Gathered {
  const px = isApart(zoom) ? rule.apart_cell_px : rule.cell_px;
  const of = new Map<string, Placed[]>();
  for (const row of rows) {
    if (!isPlaced(row)) continue;
    const key = `${cellOf(row.lon, row.lat, Math.min(zoom, rule.apart_from_zoom), px)} ${areaAt(row.path, zoom)}`;
    const group = of.get(key);
    if (group) group.push(row);
    else of.set(key, [row]);
  }
  const found: Gathered = { clusters: [], alone: [] };
  for (const group of of.values()) {
    const [first] = group;
    if (first && group.length === 1) found.alone.push(first);
    else if (first) found.clusters.push(clusterOf(group, areaAt(first.path, zoom), at));
  }
  return found;
}

function clusterOf(group: Placed[], path: string | null, at: number): IncidentCluster {
  const priorities = [0, 0, 0, 0];
  const bbox: Box = [180, 90, -180, -90];
  let [lon, lat, overdue] = [0, 0, 0];
  for (const row of group) {
    const index = (row.priority ?? 4) - 1;
    priorities[index] = (priorities[index] ?? 0) + 1;
    if (clockOf(row, at).state === "overdue") overdue += 1;
    lon += row.lon / group.length;
    lat += row.lat / group.length;
    bbox[0] = Math.min(bbox[0], row.lon);
    bbox[1] = Math.min(bbox[1], row.lat);
    bbox[2] = Math.max(bbox[2], row.lon);
    bbox[3] = Math.max(bbox[3], row.lat);
  }
  return { lon, lat, count: group.length, priorities, overdue, bbox, path };
}

/** Whether a row is one of a cluster's. */
export function isIn(row: IncidentRow, bbox: Box, path: string | null, zoom: number): boolean {
  const [west, south, east, north] = bbox;
  if (!isPlaced(row) || areaAt(row.path, zoom) !== path) return false;
  return row.lon >= west && row.lon <= east && row.lat >= south && row.lat <= north;
}

/** Longitude, latitude and count of small cells. */
export function heatOf(rows: Iterable<IncidentRow>, zoom: number): number[][] {
  const of = new Map<string, number[]>();
  for (const row of rows) {
    if (!isPlaced(row)) continue;
    const key = cellOf(row.lon, row.lat, zoom, HEAT_PX);
    const [lon, lat, count] = of.get(key) ?? [0, 0, 0];
    of.set(key, [(lon ?? 0) + row.lon, (lat ?? 0) + row.lat, (count ?? 0) + 1]);
  }
  return [...of.values()].map(([lon = 0, lat = 0, count = 1]) => [lon / count, lat / count, count]);
}

/** The most that lies in any cell as wide as the heat of one incident: what is darkest. */
export function densest(cells: readonly number[][], zoom: number, px: number): number {
  const sums = new Map<string, number>();
  for (const [lon = 0, lat = 0, count = 0] of cells) {
    const key = cellOf(lon, lat, zoom, px);
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return Math.max(1, ...sums.values());
}
