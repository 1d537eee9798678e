/** The bytes of an index file, checked and viewed in place; docs/index-file.md says what each one means. */

import { BadFile, damaged } from "./errors";

const MAGIC = [0x89, 0x47, 0x53, 0x47, 0x52, 0x49, 0x44, 0x0a];
const VERSION = 1;
const TURNED = 1;

const HEADER_BYTES = 88;
const ENTRY_BYTES = 56;
const DIGEST_BYTES = 32;
const DIGEST_AT = 16;
/** Where an entry's own digest stands in it. */
const ENTRY_DIGEST_AT = 24;

/** The sections in their order, and the bytes of an element of each. */
const SECTIONS = [
  ["CELL", 4],
  ["STRM", 4],
  ["ENDS", 8],
  ["SIDE", 4],
  ["CODE", 1],
  ["EDIT", 1],
] as const;
const HEAD_BYTES = HEADER_BYTES + ENTRY_BYTES * SECTIONS.length;

/** No cell of the raster is larger or smaller than 2 to this power, in degrees. */
const LARGEST_POWER = 44;

/** Where the raster lies: cells are 2⁻ᵏˣ by 2⁻ᵏʸ degrees; the first column and row are counted from 0°. */
export interface Frame {
  readonly kx: number;
  readonly ky: number;
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly columns: number;
  readonly rows: number;
  /** Longitudes run from 0 to 360, because the coverage crosses the meridian of 180°. */
  readonly turned: boolean;
}

/** What a file holds: views of its bytes, which are not copied. */
export interface Saved {
  readonly frame: Frame;
  /** For each cell, row by row from the south, its owner, or −1 − the position of its record in `stream`. */
  readonly cells: Int32Array;
  readonly stream: Int32Array;
  /** x1, y1, x2, y2 of each edge, the western end first. */
  readonly ends: Float64Array;
  /** The owners to the left and to the right of each edge, counted from 1. */
  readonly sides: Int32Array;
  readonly codes: readonly string[];
  readonly edition: string;
}

interface Section {
  readonly at: number;
  readonly size: number;
}

/** Read the header, the directory and the views; throws BadFile where they do not fit the bytes. */
export function read(bytes: ArrayBuffer): Saved {
  const view = headerOf(bytes);
  const frame = frameOf(view);
  const areas = view.getUint32(72, true);
  const edges = view.getUint32(76, true);
  const wanted = [4 * frame.columns * frame.rows, null, 32 * edges, 8 * edges, null, null];
  const [cells, stream, ends, sides, codes, edition] = SECTIONS.map((_, number) =>
    sectionOf(view, number, wanted[number] ?? null),
  ) as [Section, Section, Section, Section, Section, Section];
  const named = areas ? textOf(bytes, codes).split("\n") : [];
  if (named.length !== areas) throw damaged("编码数目不符", "its codes are not as many as its areas");
  return {
    frame,
    cells: new Int32Array(bytes, cells.at, cells.size / 4),
    stream: new Int32Array(bytes, stream.at, stream.size / 4),
    ends: new Float64Array(bytes, ends.at, ends.size / 8),
    sides: new Int32Array(bytes, sides.at, sides.size / 4),
    codes: named,
    edition: textOf(bytes, edition),
  };
}

/** Compare a file that `read` took with all its digests; throws BadFile where one differs. */
export async function verify(bytes: ArrayBuffer, subtle: SubtleCrypto): Promise<void> {
  const view = new DataView(bytes);
  const head = new Uint8Array(bytes.slice(0, HEAD_BYTES));
  head.fill(0, DIGEST_AT, DIGEST_AT + DIGEST_BYTES);
  if (!(await agrees(subtle, head, bytes, DIGEST_AT))) throw damaged("文件头被改动", "its header was altered");
  for (const number of SECTIONS.keys()) {
    const { at, size } = sectionOf(view, number, null);
    const body = new Uint8Array(bytes, at, size);
    if (!(await agrees(subtle, body, bytes, HEADER_BYTES + ENTRY_BYTES * number + ENTRY_DIGEST_AT))) {
      throw damaged("内容被改动", "its content was altered");
    }
  }
}

async function agrees(subtle: SubtleCrypto, body: Uint8Array<ArrayBuffer>, bytes: ArrayBuffer, at: number) {
  const found = new Uint8Array(await subtle.digest("SHA-256", body));
  const said = new Uint8Array(bytes, at, DIGEST_BYTES);
  return found.every((byte, place) => byte === said[place]);
}

function headerOf(bytes: ArrayBuffer): DataView {
  if (bytes.byteLength < HEADER_BYTES) throw damaged("文件太短", "it is too short");
  const view = new DataView(bytes);
  if (MAGIC.some((byte, place) => byte !== view.getUint8(place))) {
    throw new BadFile(
      { zh: "这不是网格索引文件", en: "This is not an index file" },
      { zh: "请用 save 写出的 .gsi 文件", en: "Use a file that an index was saved to" },
    );
  }
  const version = view.getUint16(8, true);
  if (version !== VERSION) {
    throw new BadFile(
      { zh: `文件的格式版本为 ${version}`, en: `The file is of version ${version}` },
      { zh: `本程序可读版本 ${VERSION}，请更新或重新下载`, en: `This program reads version ${VERSION}; update either` },
    );
  }
  const length = Number(view.getBigUint64(80, true));
  if (length !== bytes.byteLength) {
    throw damaged(`应有 ${length} 字节，实有 ${bytes.byteLength}`, `${length} bytes became ${bytes.byteLength}`);
  }
  if (view.getUint32(12, true) !== HEAD_BYTES || length < HEAD_BYTES) throw unfit();
  return view;
}

function frameOf(view: DataView): Frame {
  const kx = view.getInt32(48, true);
  const ky = view.getInt32(52, true);
  const columns = view.getInt32(64, true);
  const rows = view.getInt32(68, true);
  if (Math.abs(kx) > LARGEST_POWER || Math.abs(ky) > LARGEST_POWER || columns < 0 || rows < 0) {
    throw damaged("栅格不符", "its raster does not fit");
  }
  return {
    kx,
    ky,
    firstColumn: view.getInt32(56, true),
    firstRow: view.getInt32(60, true),
    columns,
    rows,
    turned: (view.getUint16(10, true) & TURNED) !== 0,
  };
}

function sectionOf(view: DataView, number: number, wanted: number | null): Section {
  const [name, width] = SECTIONS[number] ?? ["", 1];
  const entry = HEADER_BYTES + ENTRY_BYTES * number;
  const found = String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(entry + place)));
  const at = Number(view.getBigUint64(entry + 8, true));
  const size = Number(view.getBigUint64(entry + 16, true));
  const fits = found === name && view.getUint32(entry + 4, true) === width && at % 8 === 0 && at >= HEAD_BYTES;
  if (!fits || at + size > view.byteLength || size % width || (wanted !== null && size !== wanted)) throw unfit();
  return { at, size };
}

function textOf(bytes: ArrayBuffer, { at, size }: Section): string {
  try {
    // a byte order mark is a part of the text like any other
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes, at, size));
  } catch {
    throw damaged("文字不是 UTF-8", "its text is not UTF-8");
  }
}

function unfit(): BadFile {
  return damaged("目录不符", "its directory does not fit");
}
