/** Whose board it is: the areas that bound who is signed in, and those below them that can be chosen. */

import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { readSession, session } from "../shared/account";
import { comebacks } from "../shared/connection";
import { ownStep } from "../shared/link";
import { known } from "../shared/remote";
import { type Area, areasBelow } from "./areasBelow";
import * as state from "./state";

/** An area that can be looked at alone, and how many of those that are listed lie above it. */
export interface Part {
  area: Area;
  depth: number;
}

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

/** One's own areas in a district: the whole of it where nothing bounds who is signed in. */
export function topsOf(slug: string | null): Area[] {
  const mine = (bounds.value ?? []).filter((each) => each.district === slug);
  if (mine.length) return mine.map(({ level, ...one }) => ({ ...one, level: level ?? "" }));
  const whole = ownDistricts.value.find((each) => each.slug === slug);
  if (!whole) return [];
  const { code, name, name_en } = whole;
  return [{ path: `/${code}`, code, level: "district", name, name_en }];
}

const tops = computed(() => topsOf(state.filters.value.district));

/** What is known to lie right below an area, by its path. */
const below = signal<ReadonlyMap<string, readonly Area[]>>(new Map());

export function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}

/** The chosen area and those above it, up to one's own: their parts are listed. */
const open = computed(() => {
  const { area } = state.filters.value;
  const top = tops.value.length === 1 ? tops.value[0] : tops.value.find((each) => area && isBelow(area, each.path));
  if (!top) return [];
  const steps = area && isBelow(area, top.path) ? area.slice(top.path.length).split("/").slice(1) : [];
  return [top.path, ...steps.map((_, index) => `${top.path}/${steps.slice(0, index + 1).join("/")}`)];
});

/** The areas to choose from, each above its own parts: what is below one's one area, or one's several areas. */
export const parts = computed((): Part[] => {
  const listed = (areas: readonly Area[], depth: number): Part[] =>
    areas.flatMap((area) => [{ area, depth }, ...partsOf(area.path, depth + 1)]);
  const partsOf = (path: string, depth: number): Part[] =>
    open.value.includes(path) ? listed(below.value.get(path) ?? [], depth) : [];
  const [first, ...others] = tops.value;
  if (!first) return [];
  return others.length ? listed(tops.value, 0) : partsOf(first.path, 0);
});

/** The areas that were chosen, one below the other. */
export const chosen = computed((): Area[] => {
  const { area: path } = state.filters.value;
  return path === null ? [] : parts.value.flatMap(({ area }) => (isBelow(path, area.path) ? area : []));
});

/** Keep what can be chosen in step with who is signed in and what is chosen. */
export function followScope(): void {
  effect(() => {
    comebacks.value;
    const slug = state.filters.value.district;
    const answered = known(session.value) !== null || session.value.status === "failed";
    const wanted = answered && slug ? open.value : [];
    untracked(() => {
      for (const path of wanted) void read(slug ?? "", path);
    });
  });
}

async function read(slug: string, path: string): Promise<void> {
  // what cannot be read is not offered; it is asked for again when the server is back
  const found = await areasBelow(slug, path).catch(() => null);
  if (!found) return;
  // nobody answers for a building
  below.value = new Map(below.peek()).set(
    path,
    found.filter(({ level }) => level !== "building"),
  );
}

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

export function chooseScope(district: string | null, area: string | null): void {
  batch(() => {
    state.scopeOpen.value = false;
    state.select(null);
    state.narrow({ district, area });
  });
}
