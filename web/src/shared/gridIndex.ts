/**
 * Which area of one coverage owns a point, answered in the browser from the very file that Python's `GridIndex.save`
 * wrote; the answers are the same, bit for bit. spatial/ownership/raster.py gives the rule, docs/index-file.md the bytes.
 */

import { checkBounds } from "./ownership/bounds";
import { BadPosition, damaged } from "./ownership/errors";
import { read, type Saved, verify } from "./ownership/file";
import { reaches } from "./ownership/orientation";

export { BadFile, BadPosition, GridIndexError } from "./ownership/errors";

export interface LoadOptions {
  /** Compare all digests with the content, as far as the browser can; true where nothing is said. */
  readonly verify?: boolean;
}

export class GridIndex {
  /** The codes of the areas, to which the answers of `owners` are positions. */
  readonly codes: readonly string[];
  /** What the index was built of, a word of whoever built it. */
  readonly edition: string;
  /**
   * Whether all SHA-256 digests of the file were compared. False where that was not asked for, and where the page came
   * over plain http from another machine: browsers then keep `crypto.subtle` away. Bounds are checked in any case.
   */
  readonly verified: boolean;
  readonly #saved: Saved;

  private constructor(saved: Saved, verified: boolean) {
    this.#saved = saved;
    this.codes = saved.codes;
    this.edition = saved.edition;
    this.verified = verified;
  }

  /** Read a file, which stays in use and must not be changed; throws BadFile for one that is foreign or damaged. */
  static async load(bytes: ArrayBuffer, { verify: asked = true }: LoadOptions = {}): Promise<GridIndex> {
    const saved = read(bytes);
    const subtle: SubtleCrypto | undefined = asked ? globalThis.crypto?.subtle : undefined;
    if (subtle) await verify(bytes, subtle);
    checkBounds(saved);
    return new GridIndex(saved, subtle !== undefined);
  }

  /** Return the code of the area that owns a point in degrees, null where none does; throws BadPosition. */
  owner(lon: number, lat: number): string | null {
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) throw new BadPosition();
    const position = this.#positionOf(lon, lat);
    return position < 0 ? null : (this.codes[position] as string);
  }

  /**
   * Return positions into `codes` for points in degrees, −1 where none owns the point.
   *
   * Throws BadPosition for the first point that is NaN or infinite, RangeError where one array is longer.
   */
  owners(lons: Float64Array, lats: Float64Array): Int32Array {
    if (lons.length !== lats.length) throw new RangeError(`${lons.length} longitudes for ${lats.length} latitudes`);
    const found = new Int32Array(lons.length);
    for (let row = 0; row < found.length; row++) {
      const lon = lons[row] as number;
      const lat = lats[row] as number;
      if (!Number.isFinite(lon) || !Number.isFinite(lat)) throw new BadPosition(row);
      found[row] = this.#positionOf(lon, lat);
    }
    return found;
  }

  #positionOf(lon: number, lat: number): number {
    const owner = find(this.#saved, this.#saved.frame.turned ? eastward(lon) : westward(lon), lat);
    if (owner > this.codes.length) throw damaged("数值超出范围", "it has a number out of range");
    return owner - 1;
  }
}

/** Return a longitude between 0 and 360 for one of −180 to 180. */
function eastward(lon: number): number {
  return lon < 0 ? lon + 360 : lon;
}

/** Return −180 for 180, which is the same meridian. */
function westward(lon: number): number {
  return lon === 180 ? -180 : lon;
}

/**
 * Return the owner of a place in the degrees of the frame, counted from 1, 0 for none. As spatial/ownership/single.py.
 *
 * `checkBounds` has shown that every position here is one.
 */
function find({ frame, cells, stream, ends }: Saved, x: number, y: number): number {
  let finerX = 2 ** frame.kx;
  let finerY = 2 ** frame.ky;
  // scaling by powers of two does not round: the cell is the right one on every machine
  let across = Math.floor(x * finerX);
  let down = Math.floor(y * finerY);
  const column = across - frame.firstColumn;
  const row = down - frame.firstRow;
  if (!(column >= 0 && column < frame.columns && row >= 0 && row < frame.rows)) return 0;
  let value = cells[row * frame.columns + column] as number;
  while (value < 0) {
    const record = -1 - value;
    const head = stream[record] as number;
    if (head >= 0) return leafOwner(stream, ends, record, across / finerX, x, y);
    const size = 1 << -head;
    finerX *= size;
    finerY *= size;
    const nextAcross = Math.floor(x * finerX);
    const nextDown = Math.floor(y * finerY);
    value = stream[record + 1 + (nextDown - down * size) * size + (nextAcross - across * size)] as number;
    across = nextAcross;
    down = nextDown;
  }
  return value;
}

/** Return the owner of a point in a cell that edges cross, whose western side is `west`. */
function leafOwner(stream: Int32Array, ends: Float64Array, record: number, west: number, x: number, y: number): number {
  let owner = stream[record] as number;
  const stop = record + 2 + 2 * (stream[record + 1] as number);
  for (let place = record + 2; place < stop; place += 2) {
    const edge = 4 * (stream[place] as number);
    const x1 = ends[edge] as number;
    const y1 = ends[edge + 1] as number;
    const x2 = ends[edge + 2] as number;
    const y2 = ends[edge + 3] as number;
    const below = y1 <= y;
    let changed = below && x1 < west;
    if (below !== y2 <= y && reaches(x1, y1, x2, y2, x, y)) changed = !changed;
    if (changed) owner ^= stream[place + 1] as number;
  }
  return owner;
}
