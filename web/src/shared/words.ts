/** Every sentence of the interface, in Chinese and in English. A key that one of them lacks does not compile. */

import { ACCOUNT } from "./accountWords";
import { ALERTS } from "./alertWords";
import { DEMO } from "./demoWords";
import { DESK } from "./deskWords";
import { MAP } from "./mapWords";
import { NEAR } from "./nearWords";
import { PAGE } from "./pageWords";
import { PEOPLE } from "./peopleWords";
import { PLACE } from "./placeWords";
import { REPORT } from "./reportWords";
import { RESPONSE } from "./responseWords";
import { SETS } from "./sets";
import { STATISTICS } from "./statisticsWords";

const PAIRS = {
  ...PAGE,
  ...ACCOUNT,
  ...PLACE,
  ...MAP,
  ...SETS,
  ...DESK,
  ...DEMO,
  ...ALERTS,
  ...NEAR,
  ...PEOPLE,
  ...RESPONSE,
  ...REPORT,
  ...STATISTICS,
};
export type Key = keyof typeof PAIRS;

export type Language = "zh" | "en";
export const WORDS: Record<Language, Record<Key, string>> = { zh: column(0), en: column(1) };

function column(index: 0 | 1): Record<Key, string> {
  return Object.fromEntries(Object.entries(PAIRS).map(([key, words]) => [key, words[index]])) as Record<Key, string>;
}

export function isKey(key: string): key is Key {
  return key in WORDS.zh;
}
