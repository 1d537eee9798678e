/** The names of the areas that answer for incidents whose place nobody has put into words. */

import { signal } from "@preact/signals";
import * as api from "../shared/api";
import type { Named } from "../shared/language";

const names = signal<ReadonlyMap<string, Named>>(new Map());
const asked = new Set<string>();

async function read(district: string, code: string): Promise<void> {
  const page = await api.items("areas", { district, code, limit: 1 }).catch(() => null);
  const found = page?.features[0]?.properties;
  if (found) names.value = new Map(names.peek()).set(code, { name: found.name, name_en: found.name_en });
  else if (!page) asked.delete(code);
}

/** The names of an area, asked for once; null until they are known. */
export function areaNames(district: string, code: string): Named | null {
  const known = names.value.get(code);
  if (!known && !asked.has(code)) {
    asked.add(code);
    void read(district, code);
  }
  return known ?? null;
}
