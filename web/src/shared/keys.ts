/** What the keys of every page have in common. */

import type { Signal } from "@preact/signals";
import { type Key, otherLanguage } from "./language";
import { otherTheme } from "./theme";

/** A key as it is listed: what is printed on it, where it is not the character itself, and what it does. */
export interface Listed {
  keys: string[];
  words: Key;
  printed?: string[];
}

/** A key that may do something. */
export interface Binding extends Listed {
  act?: (key: string) => void;
}

/** The keys of every page; `list` is where all of its keys are shown. */
export function ofEveryPage(list: Signal<boolean>): Binding[] {
  return [
    { keys: ["t"], words: "keys.theme", printed: ["T"], act: otherTheme },
    { keys: ["e"], words: "keys.language", printed: ["E"], act: otherLanguage },
    {
      keys: ["?"],
      words: "keys.all",
      act: () => {
        list.value = !list.peek();
      },
    },
  ];
}
