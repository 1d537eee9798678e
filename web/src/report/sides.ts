/** On which side of a place each of the areas lies that may own it, told from who owns the places around. */

export interface Rose {
  lon: number[];
  lat: number[];
}

export interface Side {
  /** One of eight winds, clockwise from north; null for an area that lies around the place. */
  wind: number | null;
  /** Where its letter stands on a map: longitude and latitude of a place that it owns. */
  at: [number, number];
}

const BEARINGS = 32;
/** Rings, as parts of how far it is looked. */
const RINGS = [0.25, 0.5, 0.75, 1];
const METRES_PER_DEGREE = 111_320;
/** The mean of unit vectors is shorter than this for an area that lies around the place. */
const ONE_SIDED = 0.35;

const turn = (which: number): number => (2 * Math.PI * (which % BEARINGS)) / BEARINGS;

/** Places around a place in degrees, up to so many metres away: ring by ring, each clockwise from north. */
export function rose(lon: number, lat: number, metres: number): Rose {
  const high = metres / METRES_PER_DEGREE;
  const wide = high / Math.cos((lat * Math.PI) / 180);
  const around = RINGS.flatMap((part) =>
    Array.from({ length: BEARINGS }, (_, which): [number, number] => [
      lon + wide * part * Math.sin(turn(which)),
      lat + high * part * Math.cos(turn(which)),
    ]),
  );
  return { lon: around.map(([x]) => x), lat: around.map(([, y]) => y) };
}

/** The side of each area that owns something of a rose; `owners`: the code that owns each of its places. */
export function sides({ lon, lat }: Rose, owners: readonly (string | null)[]): Map<string, Side> {
  const places = new Map<string, number[]>();
  for (const [which, code] of owners.entries()) {
    if (code !== null) places.set(code, [...(places.get(code) ?? []), which]);
  }
  return new Map(
    [...places].map(([code, own]) => {
      const east = own.reduce((sum, which) => sum + Math.sin(turn(which)), 0) / own.length;
      const north = own.reduce((sum, which) => sum + Math.cos(turn(which)), 0) / own.length;
      const along = (which: number): number => east * Math.sin(turn(which)) + north * Math.cos(turn(which));
      const best = own.reduce((a, b) => (along(b) >= along(a) - 1e-9 ? b : a));
      const wind = Math.round((Math.atan2(east, north) / (2 * Math.PI)) * 8 + 8) % 8;
      return [code, { wind: Math.hypot(east, north) < ONE_SIDED ? null : wind, at: [lon[best] ?? 0, lat[best] ?? 0] }];
    }),
  );
}
