/** The vectors that Python wrote: index files, points, and their owners. tests/vectors.py describes the file. */

import { readFileSync } from "node:fs";

export interface Vectors {
  readonly file: ArrayBuffer;
  readonly lons: Float64Array;
  readonly lats: Float64Array;
  /** Positions into the codes, −1 for none. */
  readonly owners: Int32Array;
}

/** Return all coverages of the file that GRIDSCAPE_VECTORS names. */
export function vectors(): Vectors[] {
  const path = process.env["GRIDSCAPE_VECTORS"];
  if (!path)
    throw new Error("GRIDSCAPE_VECTORS names no file; tests/unit/test_grid_index_ts.py writes one and runs this");
  const bytes = new Uint8Array(readFileSync(path)).buffer;
  const view = new DataView(bytes);
  let at = 0;
  const number = () => {
    at += 8;
    return Number(view.getBigUint64(at - 8, true));
  };
  const block = (size: number) => {
    const begin = at;
    at += size + ((8 - (size % 8)) % 8);
    return bytes.slice(begin, begin + size);
  };
  const found = Array.from({ length: number() }, () => {
    const [size, points] = [number(), number()];
    return {
      file: block(size),
      lons: new Float64Array(block(8 * points)),
      lats: new Float64Array(block(8 * points)),
      owners: new Int32Array(block(4 * points)),
    };
  });
  if (at !== bytes.byteLength) throw new Error(`${bytes.byteLength - at} bytes are left over`);
  return found;
}
