/** On which side of an edge a point lies, exactly: bit for bit as spatial/ownership/orientation.py. */

/** (3 + 16 ε) ε with ε = 2⁻⁵³: the share of the two products' sum that the determinant may be wrong by. */
const ERROR_SHARE = 3.3306690738754716e-16;

/** Below this a product may have lost bits to underflow, which the bound does not cover. */
const LEAST_CERTAIN = 1e-290;

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/** Return a finite number as a whole number of 2⁻¹⁰⁷⁴, which every one is. */
function whole(value: number): bigint {
  float[0] = value;
  const raw = bits[0] ?? 0n;
  const exponent = (raw >> 52n) & 0x7ffn;
  const fraction = raw & 0xfffffffffffffn;
  const size = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return raw >> 63n ? -size : size;
}

/** As `reaches`, by whole numbers. */
export function reachesExactly(x1: number, y1: number, x2: number, y2: number, x: number, y: number): boolean {
  const run = whole(x2) - whole(x1);
  const rise = whole(y2) - whole(y1);
  const turn = run * (whole(y) - whole(y1)) - rise * (whole(x) - whole(x1));
  return rise > 0n ? turn <= 0n : turn >= 0n;
}

/**
 * Return whether an edge passes at or to the west of a point of the same height.
 *
 * One end of the edge is at or below the point, the other above it; `x1` is not above `x2`.
 */
export function reaches(x1: number, y1: number, x2: number, y2: number, x: number, y: number): boolean {
  if (x < x1) return false;
  if (x >= x2) return true;
  const left = (x2 - x1) * (y - y1);
  const right = (y2 - y1) * (x - x1);
  const determinant = left - right;
  if (Math.abs(determinant) > ERROR_SHARE * (Math.abs(left) + Math.abs(right)) + LEAST_CERTAIN) {
    return determinant < 0 === y2 > y1;
  }
  return reachesExactly(x1, y1, x2, y2, x, y);
}
