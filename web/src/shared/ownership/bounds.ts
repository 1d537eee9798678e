/** Whether all numbers of a file lead to places within it, so that no walk leaves it or goes round in circles. */

import { damaged } from "./errors";
import type { Saved } from "./file";

/** A divided cell has at most 2 to this power cells across. */
const LARGEST_DIVISION = 8;

/** A cell of the raster is divided, again and again, into at most 2 to this power cells across. */
const DEEPEST_DIVISION = 88;

/** Throw BadFile where a number is not what it can be; reads cells, records and edges once each. */
export function checkBounds({ cells, stream, ends, sides, codes }: Saved): void {
  const areas = codes.length;
  const edges = sides.length / 2;
  if (sides.some((owner) => owner < 0 || owner > areas)) throw outside();
  if (!ends.every(Number.isFinite)) throw outside();
  for (let edge = 0; edge < ends.length; edge += 4) {
    if ((ends[edge] as number) > (ends[edge + 2] as number)) throw outside();
  }
  // records lie behind each other without gaps: one pass finds where each begins. Of each: 1, and the power of two that
  // its cell was divided by before
  const divided = new Uint8Array(stream.length);
  for (let record = 0; record < stream.length; record += sizeOf(stream, record)) divided[record] = 1;
  const refer = (value: number, after: number, power: number): void => {
    if (value >= 0) {
      if (value > areas) throw outside();
      return;
    }
    const record = -1 - value;
    // records that only ever lead further on cannot lead in a circle
    if (record <= after || !divided[record] || power > DEEPEST_DIVISION) throw outside();
    divided[record] = Math.max(divided[record], 1 + power);
  };
  for (const value of cells) refer(value, -1, 0);
  for (let record = 0; record < stream.length; ) {
    const stop = record + sizeOf(stream, record);
    const head = stream[record] as number;
    if (head < 0) {
      const power = (divided[record] as number) - 1 - head;
      for (let place = record + 1; place < stop; place++) refer(stream[place] as number, record, power);
    } else {
      for (let place = record + 2; place < stop; place += 2) {
        const edge = stream[place] as number;
        if (edge < 0 || edge >= edges) throw outside();
        const both = (sides[2 * edge] as number) ^ (sides[2 * edge + 1] as number);
        if (stream[place + 1] !== both) throw outside();
      }
    }
    record = stop;
  }
}

/** Return how many numbers a record has; throws BadFile where it does not end within the stream. */
function sizeOf(stream: Int32Array, record: number): number {
  const head = stream[record] as number;
  const count = head < 0 ? 0 : (stream[record + 1] ?? -1);
  if (head < -LARGEST_DIVISION || count < 0) throw outside();
  const size = head < 0 ? 1 + (1 << (-2 * head)) : 2 + 2 * count;
  if (record + size > stream.length) throw outside();
  return size;
}

function outside() {
  return damaged("数值超出范围", "it has a number out of range");
}
