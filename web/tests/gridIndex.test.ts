/** The browser's index answers as Python's does, and refuses what is no index. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { BadFile, BadPosition, GridIndex, GridIndexError } from "../src/shared/gridIndex";
import { reaches, reachesExactly } from "../src/shared/ownership/orientation";
import { vectors } from "./vectors";

const ALL = vectors();

/** The smallest file that has edges, which every byte of can be tried. */
const SMALL = ALL.filter(({ owners }) => owners.some((owner) => owner >= 0)).reduce((best, each) =>
  each.file.byteLength < best.file.byteLength ? each : best,
);

test("every point of every coverage has the owner that Python gives, one by one and at once", async () => {
  let compared = 0;
  for (const { file, lons, lats, owners } of ALL) {
    const index = await GridIndex.load(file);
    assert.equal(index.verified, true);
    assert.deepEqual(index.owners(lons, lats), owners);
    for (const [row, expected] of owners.entries()) {
      assert.equal(index.owner(lons[row] as number, lats[row] as number), index.codes[expected] ?? null);
    }
    compared += owners.length;
  }
  assert.ok(compared >= 20_000, `${compared} points`);
});

test("codes and edition come out as they were saved", async () => {
  const indexes = await Promise.all(ALL.map(({ file }) => GridIndex.load(file)));
  assert.ok(indexes.some(({ codes, edition }) => codes.join() === "\ufeff甲,乙" && edition === "空"));
  assert.ok(indexes.some(({ codes, edition }) => codes.at(-1) === "新" && edition === "第一版 1"));
});

test("what is no number is refused, and the first such point named", async () => {
  const index = await GridIndex.load(SMALL.file);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    assert.throws(() => index.owner(bad, 29), BadPosition);
    assert.throws(() => index.owner(105, bad), BadPosition);
    assert.throws(
      () => index.owners(Float64Array.of(105, 105, bad), Float64Array.of(29, 29, 29)),
      (error) => error instanceof BadPosition && error.row === 2 && error.problem.zh.includes("第 3 个点"),
    );
  }
  assert.throws(() => index.owners(new Float64Array(2), new Float64Array(3)), RangeError);
  assert.equal(index.owner(1e308, -1e308), null);
});

test("a page over plain http says that it could not verify, and answers the same", async () => {
  // what a browser hands such a page: everything of crypto but subtle
  const whole = globalThis.crypto;
  Object.defineProperty(globalThis, "crypto", { value: { subtle: undefined }, configurable: true });
  try {
    const index = await GridIndex.load(SMALL.file, { verify: true });
    assert.equal(index.verified, false);
    assert.deepEqual(index.owners(SMALL.lons, SMALL.lats), SMALL.owners);
  } finally {
    Object.defineProperty(globalThis, "crypto", { value: whole, configurable: true });
  }
  assert.equal((await GridIndex.load(SMALL.file, { verify: false })).verified, false);
});

test("the exact test tells points apart that are one float beside an edge, whatever their size", () => {
  // the edge from (0, 0) to (3, 1), and one that is so small that its products vanish
  for (const unit of [1, 2 ** -1074, 2 ** -600, 2 ** 40]) {
    assert.equal(reachesExactly(0, 0, 9 * unit, 3 * unit, 3 * unit, unit), true);
    assert.equal(reachesExactly(0, 0, 9 * unit, 3 * unit, 2 * unit, unit), false);
    assert.equal(reachesExactly(0, 0, -9 * unit, -3 * unit, -3 * unit, -unit), true);
    assert.equal(reachesExactly(0, 0, -9 * unit, -3 * unit, -4 * unit, -unit), false);
    assert.equal(reachesExactly(0, 3 * unit, 9 * unit, 0, 6 * unit, unit), true);
    assert.equal(reachesExactly(0, 3 * unit, 9 * unit, 0, 5 * unit, unit), false);
  }
  const third = 1 / 3; // rounded down: the edge passes east of it
  assert.equal(reachesExactly(0, 0, 1, 3, third, 1), false);
  assert.equal(reachesExactly(0, 0, 1, 3, third + 2 ** -54, 1), true);
});

test("the quick test agrees with the exact one, where products lose their bits too", () => {
  let state = 7;
  const small = () => {
    state = (state * 48271) % 2147483647;
    return (state % 41) - 20;
  };
  let compared = 0;
  while (compared < 40_000) {
    const unit = [1, 0.1, 2 ** -537, 2 ** -540, 2 ** -1074][compared % 5] as number;
    const [x1, y1, x2, y2, x, y] = [small(), small(), small(), small(), small(), small()].map((n) => n * unit) as Six;
    if (x1 > x2 || y1 <= y === y2 <= y) continue;
    compared += 1;
    assert.equal(reaches(x1, y1, x2, y2, x, y), reachesExactly(x1, y1, x2, y2, x, y), `${[x1, y1, x2, y2, x, y]}`);
  }
});

type Six = [number, number, number, number, number, number];

test("any file that was cut off or is foreign is refused", async () => {
  const { file } = SMALL;
  for (let length = 0; length < file.byteLength; length++) {
    await assert.rejects(GridIndex.load(file.slice(0, length), { verify: length % 64 === 0 }), BadFile);
  }
  await assert.rejects(GridIndex.load(joined(file, new ArrayBuffer(1))), BadFile);
  await assert.rejects(GridIndex.load(joined(new ArrayBuffer(8), file)), BadFile);
  const zip = new Uint8Array(500);
  zip.set([0x50, 0x4b, 3, 4]);
  await assert.rejects(
    GridIndex.load(zip.buffer),
    (error) => error instanceof BadFile && /网格索引/.test(error.problem.zh),
  );
});

test("any byte altered is refused, or was padding", async () => {
  let padding = 0;
  for (const [place, byte] of new Uint8Array(SMALL.file).entries()) {
    const index = await loaded(altered(place, byte ^ (1 << (place % 8))), true);
    if (!index) continue;
    padding += 1;
    assert.equal(byte, 0);
    assert.deepEqual(index.owners(SMALL.lons, SMALL.lats), SMALL.owners);
  }
  assert.ok(padding < 8 * 6, `${padding} bytes are not looked at`);
});

test("without digests no altered byte makes it hang or break", { timeout: 120_000 }, async () => {
  for (const [place, byte] of new Uint8Array(SMALL.file).entries()) {
    for (const value of [byte ^ 1, byte ^ 0x80, byte ^ 0xff, byte + 1]) {
      answers(await loaded(altered(place, value), false));
    }
  }
});

test("without digests no altered number makes it hang or break", { timeout: 120_000 }, async () => {
  for (let place = 0; place + 4 <= SMALL.file.byteLength; place += 4) {
    for (const value of [0, 1, -1, -2, -8, -9, 31, 2 ** 31 - 1, -(2 ** 31), 0x7ff00000, 0x7ff80000]) {
      const changed = SMALL.file.slice(0);
      new DataView(changed).setInt32(place, value, true);
      answers(await loaded(changed, false));
    }
  }
});

test("numbers that lead out of the file or in a circle are refused", async () => {
  const leaf = [0, 1, 0, 1];
  const sound = made({ cells: [0, 1, -1, -5], stream: [...leaf, -1, 0, 1, -10, 1, ...leaf] });
  assert.equal((await GridIndex.load(sound, { verify: false })).owner(1.5, 0.5), "A");
  const divided = (times: number) => Array.from({ length: times }, (_, time) => [-1, -6 - 5 * time, 0, 0, 0]).flat();
  const wrong: Content[] = [
    { cells: [2, 0, 0, 0], stream: [] },
    { cells: [-1, 0, 0, 0], stream: [] },
    { cells: [-2, 0, 0, 0], stream: leaf },
    { cells: [-(2 ** 31), 0, 0, 0], stream: leaf },
    { cells: [-1, 0, 0, 0], stream: [0] },
    { cells: [-1, 0, 0, 0], stream: [0, -1] },
    { cells: [-1, 0, 0, 0], stream: [0, 2, 0, 1] },
    { cells: [-1, 0, 0, 0], stream: [0, 2 ** 30, 0, 1] },
    { cells: [-1, 0, 0, 0], stream: [0, 1, 1, 1] },
    { cells: [-1, 0, 0, 0], stream: [0, 1, -1, 1] },
    { cells: [-1, 0, 0, 0], stream: [0, 1, 1, 0] },
    { cells: [-1, 0, 0, 0], stream: [0, 1, 0, 3] },
    { cells: [-1, 0, 0, 0], stream: [-1, 0, 0, 0] },
    { cells: [-1, 0, 0, 0], stream: [-16, 0] },
    { cells: [-1, 0, 0, 0], stream: [-1, -1, 0, 0, 0] },
    { cells: [-5, 0, 0, 0], stream: [...leaf, -1, -1, 0, 0, 0] },
    { cells: [-1, 0, 0, 0], stream: [-1, 2, 0, 0, 0] },
    { cells: [-1, 0, 0, 0], stream: [...divided(89), ...leaf] },
    { sides: [2, 0] },
    { sides: [-1, 0] },
    { ends: [Number.NaN, 0, 1, 1] },
    { ends: [0, 0, 1, Number.POSITIVE_INFINITY] },
    { ends: [1, 0, 0, 1] },
    { kx: 45 },
    { kx: -(2 ** 31) },
  ];
  for (const content of wrong) {
    await assert.rejects(GridIndex.load(made(content), { verify: false }), BadFile, JSON.stringify(content));
  }
  const deepest = made({ cells: [-1, 0, 0, 0], stream: [...divided(88), ...leaf] });
  assert.ok(await GridIndex.load(deepest, { verify: false }));
});

interface Content {
  readonly kx?: number;
  readonly cells?: number[];
  readonly stream?: number[];
  readonly ends?: number[];
  readonly sides?: number[];
}

/** Return a file of two by two cells of a degree over one edge and the area A, without digests. */
function made({ kx = 0, cells = [0, 0, 0, 0], stream = [], ends = [0, 0, 1, 1], sides = [1, 0] }: Content) {
  const text = new TextEncoder();
  const sections: [string, ArrayBufferView][] = [
    ["CELL", Int32Array.from(cells)],
    ["STRM", Int32Array.from(stream)],
    ["ENDS", Float64Array.from(ends)],
    ["SIDE", Int32Array.from(sides)],
    ["CODE", text.encode("A")],
    ["EDIT", text.encode("")],
  ];
  const head = 88 + 56 * sections.length;
  const length = sections.reduce((total, [, { byteLength }]) => total + 8 * Math.ceil(byteLength / 8), head);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  file.set([0x89, ...text.encode("GSGRID\n"), 1]);
  view.setUint32(12, head, true);
  for (const [place, value] of [kx, 0, 0, 0, 2, 2, 1, 1].entries()) view.setInt32(48 + 4 * place, value, true);
  view.setBigUint64(80, BigInt(length), true);
  let at = head;
  for (const [number, [name, body]] of sections.entries()) {
    const entry = 88 + 56 * number;
    file.set(text.encode(name), entry);
    view.setUint32(entry + 4, name === "ENDS" ? 8 : number < 4 ? 4 : 1, true);
    view.setBigUint64(entry + 8, BigInt(at), true);
    view.setBigUint64(entry + 16, BigInt(body.byteLength), true);
    file.set(new Uint8Array(body.buffer), at);
    at += 8 * Math.ceil(body.byteLength / 8);
  }
  return file.buffer;
}

function altered(place: number, value: number): ArrayBuffer {
  const changed = SMALL.file.slice(0);
  new Uint8Array(changed)[place] = value;
  return changed;
}

function joined(one: ArrayBuffer, other: ArrayBuffer): ArrayBuffer {
  const both = new Uint8Array(one.byteLength + other.byteLength);
  both.set(new Uint8Array(one));
  both.set(new Uint8Array(other), one.byteLength);
  return both.buffer;
}

/** Return the index, or null where the file is refused; anything else than a refusal is thrown on. */
async function loaded(file: ArrayBuffer, verify: boolean): Promise<GridIndex | null> {
  try {
    return await GridIndex.load(file, { verify });
  } catch (error) {
    if (error instanceof BadFile && error.problem.zh && error.remedy.en) return null;
    throw error;
  }
}

/** Ask for all points; to say that the file is damaged is an answer. */
function answers(index: GridIndex | null): void {
  if (!index) return;
  try {
    for (const owner of index.owners(SMALL.lons, SMALL.lats)) {
      assert.ok(owner >= -1 && owner < index.codes.length);
    }
  } catch (error) {
    if (!(error instanceof GridIndexError)) throw error;
  }
}
