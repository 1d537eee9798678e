/** The language of the page: chosen by the address, else what was chosen before, else the browser's. */

import { computed, signal } from "@preact/signals";
import { remember, remembered } from "./memory";
import { type Language, sentence } from "./words/book";
import type { Key } from "./words/keys";

export type { Language } from "./words/book";
export type { Key } from "./words/keys";

/** A text of the server in both languages. */
export interface Text {
  zh: string;
  en: string;
}

/** What has a Chinese and perhaps an English name. */
export interface Named {
  name?: string | null;
  name_en?: string | null;
}

function preferred(): Language {
  const chosen = remembered("language");
  if (chosen === "zh" || chosen === "en") return chosen;
  return navigator.languages.some((each) => each.toLowerCase().startsWith("zh")) ? "zh" : "en";
}

export const language = signal<Language>(preferred());

export const locale = computed(() => (language.value === "zh" ? "zh-CN" : "en-GB"));

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  remember("language", chosen);
}

export function otherLanguage(): void {
  chooseLanguage(language.peek() === "zh" ? "en" : "zh");
}

/** Return a sentence in the page's language, with `{name}` replaced by `values.name`. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const said = sentence(language.value, key) ?? key;
  return said.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Return the words for a value of a closed set, or the value itself where there are none. */
export function word(prefix: string, value: string): string {
  return sentence(language.value, `${prefix}.${value}`) ?? value.replaceAll("_", " ");
}

export function pick(text: Text): string {
  return text[language.value];
}

/** Return the name in the page's language; the Chinese name stands in where there is no English one. */
export function nameOf(thing: Named): string {
  const own = thing.name ?? "";
  return language.value === "zh" ? own || (thing.name_en ?? "") : (thing.name_en ?? "") || own;
}

/** Return the Chinese name to show below an English one; empty where it would say the same again. */
export function secondName(thing: Named): string {
  return language.value === "en" && thing.name && thing.name !== nameOf(thing) ? thing.name : "";
}
