/** Whose board it is: the areas that bound who is signed in, and those below them that can be chosen. */

import { batch, computed } from "@preact/signals";
import { readSession, session } from "../shared/account";
import * as api from "../shared/api";
import { ownStep } from "../shared/link";
import { known, load, remote } from "../shared/remote";
import * as state from "./state";

type Area = api.Collections["areas"]["properties"];

/** The areas that bound who is signed in; null where nothing does. */
export const bounds = computed(() => {
  const areas = known(session.value)?.scope ?? [];
  return areas.length ? areas : null;
});

/** The districts that are one's own, wholly or in part. */
export const ownDistricts = computed(() => {
  const all = known(state.districts.value) ?? [];
  const mine = bounds.value;
  return mine ? all.filter((each) => mine.some((area) => area.path.startsWith(`/${each.code}`))) : all;
});

/** The areas to choose from below one's own: streets of a district, communities of a street, grids of a community. */
export const parts = remote<Area[]>();

const NEXT: Record<string, string> = { district: "street", street: "community", community: "grid", grid: "compound" };

export async function loadSession(): Promise<void> {
  await readSession();
  const mine = bounds.peek();
  const first = mine?.[0];
  // Who answers for one area alone begins with it.
  if (first?.district && state.filters.peek().district === null) {
    const district = new Set(mine?.map((each) => each.district)).size === 1 ? first.district : null;
    if (district) {
      ownStep();
      state.narrow({ district });
    }
  }
}

export async function loadParts(slug: string): Promise<void> {
  const mine = bounds.peek()?.filter((each) => each.district === slug) ?? null;
  const top = mine?.length === 1 ? mine[0] : undefined;
  const level = NEXT[top?.level ?? "district"];
  await load(
    parts,
    async (stop) => {
      if (!level) return [];
      const found = await api.allItems("areas", { district: slug, level }, 1000, stop);
      const areas = found.map((each) => each.properties);
      const within = mine ? areas.filter((area) => mine.some((one) => isBelow(String(area.path), one.path))) : areas;
      return within.sort((a, b) => String(a.code).localeCompare(String(b.code)));
    },
    false,
  );
}

function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}

export function chooseScope(district: string | null, area: string | null): void {
  batch(() => {
    state.scopeOpen.value = false;
    state.select(null);
    state.narrow({ district, area });
  });
}
