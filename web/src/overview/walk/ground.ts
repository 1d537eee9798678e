/** What stands and lies around a point, in metres east and north of it. */

import * as api from "../../shared/api";

export type Ring = [number, number][];

export interface Block {
  rings: Ring[];
  height: number;
  kind: "building" | "structure";
}
export interface Patch {
  rings: Ring[];
  kind: string;
}
export interface Way {
  path: Ring;
  width: number;
  kind: string;
}
export interface Ground {
  blocks: Block[];
  patches: Patch[];
  ways: Way[];
  trees: Ring;
}

const AROUND_M = 700;
/** Trees are many, and behind the first few rows nobody sees them. */
const TREES_AROUND_M = 350;
/** Bottom first: what comes later lies on top. */
const LYING = ["farmland", "block", "green", "plaza", "sports", "water", "structure"] as const;
const MOST = 4000;
const METRES_PER_DEGREE = 111_194.93;
const FLOOR_M = 3;

/** Degrees to metres around `lon`, `lat`: good to centimetres over the few hundred metres that are in view. */
export function metresAround(lon: number, lat: number) {
  const east = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return {
    to: (position: GeoJSON.Position): [number, number] => [
      ((position[0] ?? 0) - lon) * east,
      ((position[1] ?? 0) - lat) * METRES_PER_DEGREE,
    ],
    back: (x: number, y: number): [number, number] => [lon + x / east, lat + y / METRES_PER_DEGREE],
  };
}

function polygons(geometry: GeoJSON.Geometry | null): GeoJSON.Position[][][] {
  if (geometry?.type === "Polygon") return [geometry.coordinates];
  return geometry?.type === "MultiPolygon" ? geometry.coordinates : [];
}

/** Read what is around a point. */
export async function readGround(lon: number, lat: number, stop: AbortSignal): Promise<Ground> {
  const { to, back } = metresAround(lon, lat);
  const box = (metres: number): string =>
    [...back(-metres, -metres), ...back(metres, metres)].map((each) => each.toFixed(6)).join(",");
  const bbox = box(AROUND_M);
  const [buildings, roads, ground] = await Promise.all([
    api.allItems("buildings", { bbox }, MOST, stop),
    api.allItems("roads", { bbox }, MOST, stop),
    Promise.all([
      ...LYING.map((kind) => api.allItems("ground", { bbox, kind }, MOST, stop)),
      api.allItems("ground", { bbox: box(TREES_AROUND_M), kind: "tree" }, MOST, stop),
    ]),
  ]);
  const found: Ground = { blocks: [], patches: [], ways: [], trees: [] };
  const shapes = (feature: { geometry: GeoJSON.Geometry | null }): Ring[][] =>
    polygons(feature.geometry).map((rings) => rings.map((ring) => ring.map(to)));
  for (const feature of buildings) {
    const { height_m, floors } = feature.properties;
    const height = height_m ?? (floors ?? 2) * FLOOR_M;
    for (const rings of shapes(feature)) found.blocks.push({ rings, height, kind: "building" });
  }
  for (const feature of ground.flat()) {
    const kind = feature.properties.kind ?? "";
    if (feature.geometry?.type === "Point") found.trees.push(to(feature.geometry.coordinates));
    for (const rings of shapes(feature)) {
      if (kind === "structure") found.blocks.push({ rings, height: feature.properties.height_m ?? 8, kind });
      else found.patches.push({ rings, kind });
    }
  }
  for (const feature of roads) {
    if (feature.geometry?.type !== "LineString") continue;
    const kind = feature.properties.kind ?? "";
    found.ways.push({ path: feature.geometry.coordinates.map(to), width: feature.properties.width_m ?? 4, kind });
  }
  return found;
}

/** The height of what stands over a point, 0 on open ground. For the eye's place only, never for ownership. */
export function heightAt(blocks: Block[], x: number, y: number): number {
  let height = 0;
  for (const block of blocks) {
    let inside = false;
    for (const ring of block.rings) {
      for (let index = 0; index + 1 < ring.length; index += 1) {
        const [x1, y1] = ring[index] ?? [0, 0];
        const [x2, y2] = ring[index + 1] ?? [0, 0];
        if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
      }
    }
    if (inside) height = Math.max(height, block.height);
  }
  return height;
}
