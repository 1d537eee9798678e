/** What can go wrong with an index in the browser: as spatial/errors.py, in both languages. */

import type { Text } from "../language";

/** The root: what is wrong, and what the reader can do. */
export class GridIndexError extends Error {
  readonly problem: Text;
  readonly remedy: Text;

  constructor(problem: Text, remedy: Text) {
    super(`${problem.en}. ${remedy.en}`);
    this.name = new.target.name;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** The bytes are no index file, or one that was cut off, altered, or made by a program that errs. */
export class BadFile extends GridIndexError {}

/** A longitude or latitude that is NaN or infinite; `row` says which of many it is, counted from 0. */
export class BadPosition extends GridIndexError {
  readonly row: number | null;

  constructor(row: number | null = null) {
    const [zh, en] = row === null ? ["", "The"] : [`第 ${row + 1} 个点：`, `Point ${row + 1}: the`];
    super(
      { zh: `${zh}经度或纬度不是有限的数`, en: `${en} longitude or latitude is not a finite number` },
      { zh: "请以度为单位给出经度和纬度", en: "Give longitude and latitude in degrees" },
    );
    this.row = row;
  }
}

export function damaged(zh: string, en: string): BadFile {
  return new BadFile(
    { zh: `索引文件已损坏：${zh}`, en: `The index file is damaged: ${en}` },
    { zh: "请重新下载", en: "Download it again" },
  );
}
