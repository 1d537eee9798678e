/** Noto Sans SC from our own origin, in slices that load as their characters are met: for the page and for the map. */

import sheetAddress from "./fonts.css?url";

export interface FontFace {
  url: string;
  "unicode-range": string[];
}

const WEIGHTS = { regular: 400, semibold: 600 } as const;

let sheet: Promise<CSSStyleSheet | null> | null = null;

/** Add the sheet of slices without holding up the first paint: the system's font stands in until then. */
export function loadFonts(): Promise<CSSStyleSheet | null> {
  sheet ??= new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = sheetAddress;
    link.onload = () => resolve(link.sheet);
    link.onerror = () => resolve(null);
    document.head.append(link);
  });
  return sheet;
}

/** Return the slices of a weight, as the map's style wants them: read from the sheet, so that no list exists twice. */
export async function fontFaces(weight: number): Promise<FontFace[]> {
  const rules = [...((await loadFonts())?.cssRules ?? [])].filter((rule) => rule instanceof CSSFontFaceRule);
  const nearest = weight >= 550 ? WEIGHTS.semibold : WEIGHTS.regular;
  return rules
    .filter((rule) => rule.style.getPropertyValue("font-weight") === String(nearest))
    .flatMap((rule) => {
      const source = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"))?.[1];
      const ranges = rule.style.getPropertyValue("unicode-range");
      if (!source) return [];
      const url = new URL(source, rule.parentStyleSheet?.href ?? location.href).href;
      return [{ url, "unicode-range": ranges.split(",").map((range) => range.trim()) }];
    });
}
