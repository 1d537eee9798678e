/** What a camera can see, as a shape on the map: a sector by its true bearing, field and range. */

type Seeing = { lon: number; lat: number; bearing: number; field_of_view: number; range_m: number };

const METRES_PER_DEGREE = 111_320;
const STEP_DEGREES = 5;

/** The ring of a sector in degrees, closed; a full circle has no corner at the camera. */
export function sector({ lon, lat, bearing, field_of_view, range_m }: Seeing): [number, number][] {
  const steps = Math.max(1, Math.ceil(field_of_view / STEP_DEGREES));
  const arc = Array.from({ length: steps + 1 }, (_, index): [number, number] => {
    const angle = ((bearing - field_of_view / 2 + (field_of_view * index) / steps) * Math.PI) / 180;
    const east = (range_m * Math.sin(angle)) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
    return [lon + east, lat + (range_m * Math.cos(angle)) / METRES_PER_DEGREE];
  });
  if (field_of_view >= 360) return [...arc.slice(0, -1), arc[0] as [number, number]];
  return [[lon, lat], ...arc, [lon, lat]];
}

/** The place halfway along a line, by its length. */
export function middle(line: readonly (readonly [number, number])[]): [number, number] | null {
  const lengths = line.slice(1).map((to, index) => {
    const from = line[index] as readonly [number, number];
    return Math.hypot((to[0] - from[0]) * Math.cos((to[1] * Math.PI) / 180), to[1] - from[1]);
  });
  let left = lengths.reduce((sum, each) => sum + each, 0) / 2;
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [line[index], line[index + 1]];
    if (!from || !to) break;
    if (length >= left) {
      const share = length === 0 ? 0 : left / length;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    }
    left -= length;
  }
  const [only] = line;
  return only ? [only[0], only[1]] : null;
}
