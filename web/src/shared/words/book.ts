/** The sentences that this page carries, in Chinese and in English. */

export type Language = "zh" | "en";

const BOOK: Record<Language, Map<string, string>> = { zh: new Map(), en: new Map() };

/** Put sentences, each Chinese and then English, into the page's book; returns them, for the sake of their keys. */
export function inBook<Pairs extends Record<string, readonly [zh: string, en: string]>>(pairs: Pairs): Pairs {
  for (const [key, [zh, en]] of Object.entries(pairs)) {
    BOOK.zh.set(key, zh);
    BOOK.en.set(key, en);
  }
  return pairs;
}

/** Return the sentence of a key; undefined where this page does not carry it. */
export function sentence(language: Language, key: string): string | undefined {
  return BOOK[language].get(key);
}
