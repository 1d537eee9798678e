/** The first-person view itself: buildings raised from their footprints, seen from 1.6 m above where one stands. */

import {
  AmbientLight,
  COORDINATE_SYSTEM,
  Deck,
  DirectionalLight,
  FirstPersonView,
  LightingEffect,
} from "@deck.gl/core";
import { ColumnLayer, PathLayer, SolidPolygonLayer } from "@deck.gl/layers";
import { SimpleMeshLayer } from "@deck.gl/mesh-layers";
import { Geometry } from "@luma.gl/engine";
import { theme, token } from "../../shared/theme";
import { Facade } from "./facade";
import { type Block, type Ground, heightAt, metresAround, type Patch, readGround, type Way } from "./ground";

export interface Standing {
  lon: number;
  lat: number;
  bearing: number;
  /** Metres of building under the feet. */
  above: number;
  buildings: number;
}

export interface Scene {
  press: (event: KeyboardEvent) => void;
  release: (event: KeyboardEvent) => void;
  recolour: () => void;
  close: () => void;
}

const EYE_M = 1.6;
const WALK_M_PER_S = 6;
const RUN = 3;
const TURN_PER_S = 70;
const FIELD_OF_VIEW = 62;
const DRAG_DEGREES_PER_PIXEL = 0.16;

type Colour = [number, number, number];

/** A token's colour as three bytes. */
function bytes(name: string): Colour {
  const text = token(name);
  const pair = (at: number): number => Number.parseInt(text.slice(at, at + 2), 16);
  return [pair(1), pair(3), pair(5)];
}

function ratio(of: Colour, to: Colour): Colour {
  return [of[0] / to[0], of[1] / to[1], of[2] / to[2]];
}

const PATCHES: Record<string, string> = {
  water: "--map-water",
  green: "--map-green",
  farmland: "--map-green",
  block: "--map-land",
  plaza: "--map-plaza",
  sports: "--map-track",
};
const FOOTWAYS = new Set(["footpath", "drive"]);

export async function openScene(
  canvas: HTMLCanvasElement,
  start: { lon: number; lat: number; bearing: number },
  stop: AbortSignal,
  report: (standing: Standing) => void,
): Promise<Scene> {
  const ground = await readGround(start.lon, start.lat, stop);
  const { back } = metresAround(start.lon, start.lat);
  const eye = { x: 0, y: 0, bearing: start.bearing, pitch: 0 };
  // From a roof one looks down on the town, from the street a little up at it.
  eye.pitch = heightAt(ground.blocks, 0, 0) > 0 ? 14 : -5;

  const view = (): Record<string, unknown> => {
    const above = heightAt(ground.blocks, eye.x, eye.y);
    const [lon, lat] = back(eye.x, eye.y);
    report({ lon, lat, bearing: eye.bearing, above, buildings: ground.blocks.length });
    return {
      longitude: start.lon,
      latitude: start.lat,
      position: [eye.x, eye.y, above + EYE_M],
      bearing: eye.bearing,
      pitch: eye.pitch,
    };
  };

  const deck = new Deck({
    canvas,
    width: "100%",
    height: "100%",
    views: new FirstPersonView({ id: "eye", fovy: FIELD_OF_VIEW, near: 0.3, far: 3000, controller: false }),
    viewState: view(),
    layers: layersOf(ground, start),
    effects: [light()],
    useDevicePixels: Math.min(devicePixelRatio, 1.5),
    parameters: { depthCompare: "less-equal" },
  });
  const look = (): void => deck.setProps({ viewState: view() });

  const held = new Set<string>();
  let frame = 0;
  let last = 0;
  const step = (now: number): void => {
    const seconds = Math.min(0.1, (now - last) / 1000);
    last = now;
    const along = (held.has("w") ? 1 : 0) - (held.has("s") ? 1 : 0);
    const aside = (held.has("d") ? 1 : 0) - (held.has("a") ? 1 : 0);
    const pace = WALK_M_PER_S * (held.has("shift") ? RUN : 1) * seconds;
    const angle = (eye.bearing * Math.PI) / 180;
    walk(
      (Math.sin(angle) * along + Math.cos(angle) * aside) * pace,
      (Math.cos(angle) * along - Math.sin(angle) * aside) * pace,
    );
    turn(
      ((held.has("arrowright") ? 1 : 0) - (held.has("arrowleft") ? 1 : 0)) * TURN_PER_S * seconds,
      ((held.has("arrowdown") ? 1 : 0) - (held.has("arrowup") ? 1 : 0)) * TURN_PER_S * 0.6 * seconds,
    );
    look();
    frame = held.size ? requestAnimationFrame(step) : 0;
  };
  /** Walls stop a walker; on a roof its edge does. */
  function walk(x: number, y: number): void {
    const here = heightAt(ground.blocks, eye.x, eye.y) > 0;
    if (heightAt(ground.blocks, eye.x + x, eye.y + y) > 0 !== here) return;
    eye.x += x;
    eye.y += y;
  }
  function turn(right: number, down: number): void {
    eye.bearing = (eye.bearing + right + 360) % 360;
    eye.pitch = Math.max(-70, Math.min(70, eye.pitch + down));
  }

  const MOVES = new Set(["w", "a", "s", "d", "arrowleft", "arrowright", "arrowup", "arrowdown"]);
  const stopDragging = drag(canvas, (right, down) => {
    turn(-right * DRAG_DEGREES_PER_PIXEL, -down * DRAG_DEGREES_PER_PIXEL);
    look();
  });
  const rest = (): void => held.clear();
  canvas.addEventListener("blur", rest);

  return {
    press(event) {
      const key = event.key.toLowerCase();
      if (key === "shift") held.add(key);
      if (!MOVES.has(key) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      held.add(key);
      if (!frame) {
        last = performance.now();
        frame = requestAnimationFrame(step);
      }
    },
    release(event) {
      held.delete(event.key.toLowerCase());
    },
    recolour() {
      deck.setProps({ layers: layersOf(ground, start), effects: [light()] });
    },
    close() {
      cancelAnimationFrame(frame);
      canvas.removeEventListener("blur", rest);
      stopDragging();
      deck.finalize();
    },
  };
}

function drag(canvas: HTMLCanvasElement, by: (right: number, down: number) => void): () => void {
  const move = (event: PointerEvent): void => {
    if (canvas.hasPointerCapture(event.pointerId)) by(event.movementX, event.movementY);
  };
  const down = (event: PointerEvent): void => canvas.setPointerCapture(event.pointerId);
  canvas.addEventListener("pointerdown", down);
  canvas.addEventListener("pointermove", move);
  return () => {
    canvas.removeEventListener("pointerdown", down);
    canvas.removeEventListener("pointermove", move);
  };
}

function light(): LightingEffect {
  const dark = theme.peek() === "dark";
  return new LightingEffect({
    ambient: new AmbientLight({ intensity: dark ? 0.9 : 1.05 }),
    // From the south-west, as on an afternoon in these latitudes.
    sun: new DirectionalLight({ intensity: dark ? 1.1 : 0.75, direction: [0.6, 0.75, -0.9] }),
  });
}

function layersOf(ground: Ground, origin: { lon: number; lat: number }) {
  const dark = theme.peek() === "dark";
  const place: Place = {
    coordinateSystem: COORDINATE_SYSTEM.METER_OFFSETS,
    coordinateOrigin: [origin.lon, origin.lat, 0],
  };
  const options = {
    haze: bytes("--scene-haze"),
    window: bytes("--scene-window"),
    lit: bytes("--scene-window-lit"),
    roof: ratio(bytes("--scene-roof"), bytes("--scene-facade")),
    litShare: dark ? 0.3 : 0,
  };
  const hazy = new Facade({ ...options, windows: false });
  const windowed = new Facade({ ...options, windows: true });
  const far = 2500;
  const flat = { extruded: false, ...place, extensions: [hazy] };
  return [
    new SolidPolygonLayer<Ring>({
      id: `land-${theme.peek()}`,
      data: [
        [
          [-far, -far],
          [far, -far],
          [far, far],
          [-far, far],
        ],
      ],
      getPolygon: (ring) => ring,
      getFillColor: bytes("--map-land"),
      ...flat,
      parameters: { depthWriteEnabled: false },
    }),
    new SolidPolygonLayer<Patch>({
      id: `patches-${theme.peek()}`,
      data: ground.patches.filter((patch) => PATCHES[patch.kind]),
      getPolygon: (patch) => patch.rings,
      getFillColor: (patch) => bytes(PATCHES[patch.kind] ?? "--map-block"),
      ...flat,
      parameters: { depthWriteEnabled: false },
    }),
    new PathLayer<Way>({
      id: `ways-${theme.peek()}`,
      data: ground.ways,
      getPath: (way) => way.path,
      getWidth: (way) => way.width,
      widthUnits: "meters",
      jointRounded: true,
      capRounded: true,
      getColor: (way) => bytes(FOOTWAYS.has(way.kind) ? "--map-path" : "--scene-road"),
      ...place,
      extensions: [hazy],
      parameters: { depthWriteEnabled: false },
    }),
    new SolidPolygonLayer<Block>({
      id: `blocks-${theme.peek()}`,
      data: ground.blocks,
      extruded: true,
      getPolygon: (block) => block.rings,
      getElevation: (block) => block.height,
      getFillColor: (block) => bytes(block.kind === "building" ? "--scene-facade" : "--scene-structure"),
      material: { ambient: 0.6, diffuse: 0.6, specularColor: [0, 0, 0] },
      ...place,
      extensions: [windowed],
    }),
    ...treesOf(ground.trees, place),
  ];
}

const CROWN = crown();

/** A crown of a few facets, as wide as high: a tree from a few metres on, cheap enough for thousands. */
function crown(): Geometry {
  const around = 7;
  const rings = [-1, -0.55, 0.35, 1];
  const positions: number[] = [];
  const point = (ring: number, step: number): number[] => {
    const height = rings[ring] ?? 0;
    const radius = Math.sqrt(Math.max(0, 1 - height * height));
    const angle = (step / around) * 2 * Math.PI;
    return [Math.cos(angle) * radius, Math.sin(angle) * radius, height];
  };
  for (let ring = 0; ring + 1 < rings.length; ring += 1) {
    for (let step = 0; step < around; step += 1) {
      const [a, b, c, d] = [point(ring, step), point(ring, step + 1), point(ring + 1, step + 1), point(ring + 1, step)];
      positions.push(...a, ...b, ...c, ...a, ...c, ...d);
    }
  }
  const value = new Float32Array(positions);
  return new Geometry({
    topology: "triangle-list",
    attributes: {
      positions: { value, size: 3 },
      // On a ball the normal is the position.
      normals: { value: new Float32Array(positions), size: 3 },
      texCoords: { value: new Float32Array((positions.length / 3) * 2), size: 2 },
    },
  });
}

function treesOf(trees: Ring, place: Place) {
  // No two trees are alike, yet each is the same on every visit.
  const size = ([x, y]: [number, number]): number => 1.3 + Math.abs(Math.sin(x * 12.9 + y * 7.3)) * 0.7;
  return [
    new ColumnLayer<[number, number]>({
      id: `trunks-${theme.peek()}`,
      data: trees,
      diskResolution: 6,
      radius: 0.16,
      extruded: true,
      getPosition: ([x, y]) => [x, y, 0],
      getElevation: 2.6,
      getFillColor: bytes("--scene-trunk"),
      ...place,
    }),
    new SimpleMeshLayer<[number, number]>({
      id: `crowns-${theme.peek()}`,
      data: trees,
      mesh: CROWN,
      getPosition: (tree) => [tree[0], tree[1], 2 + size(tree)],
      getScale: (tree) => [size(tree), size(tree), size(tree) * 1.15],
      getColor: bytes("--scene-tree"),
      material: { ambient: 0.75, diffuse: 0.5, specularColor: [0, 0, 0] },
      ...place,
    }),
  ];
}

interface Place {
  coordinateSystem: typeof COORDINATE_SYSTEM.METER_OFFSETS;
  coordinateOrigin: [number, number, number];
}
type Ring = [number, number][];
