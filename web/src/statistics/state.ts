/** What the statistics page knows: what is asked for, and what was counted. */

import { batch, computed, effect, signal } from "@preact/signals";
import { readSession, session } from "../shared/account";
import * as api from "../shared/api";
import { nameOf, pick, word } from "../shared/language";
import { forget, known, load, remote } from "../shared/remote";
import { type Asked, daysOf, FILTERS, NOTHING, parse, queryOf, type Sort } from "./address";

export const opened = parse(location.search);

const { sort: openedSort, down: openedDown, language: _language, theme: _theme, ...openedAsked } = opened;
export const asked = signal<Asked>(openedAsked);
export const sort = signal<Sort | null>(openedSort);
export const down = signal(openedDown);

export const districts = remote<api.District[]>();
export const counted = remote<api.IncidentStatistics>();

/** Nobody is signed in who would be told. */
export const nobody = computed(() => {
  const me = known(session.value);
  return me !== null && me.role === null;
});

/** The account that asks; null before it is known, and where nobody is signed in. */
export const who = computed(() => {
  const me = known(session.value);
  return me?.role ? (me.account ?? "") : null;
});

export async function readDistricts(): Promise<void> {
  await load(districts, async (stop) => (await api.districts(stop)).districts);
}

/** The districts that are one's own, wholly or in part. */
export const ownDistricts = computed(() => {
  const all = known(districts.value) ?? [];
  const scope = known(session.value)?.scope ?? [];
  return scope.length ? all.filter((each) => scope.some(({ path }) => path.split("/")[1] === each.code)) : all;
});

export const district = computed(
  () => known(districts.value)?.find((each) => each.slug === asked.value.district) ?? null,
);

export async function read(): Promise<void> {
  await load(counted, (stop) => api.statistics(queryOf(asked.peek(), Date.now()), stop));
  const { value } = counted;
  // the session has ended: whoever it was, who signs in again sees it anew
  if (value.status === "failed" && value.failure.unknown) await readSession();
  if (nobody.peek()) forget(counted);
}

export const days = computed(() => {
  const told = known(counted.value);
  // what is shown says which days it is of; before anything is, what is asked for does
  return told && counted.value.status === "ready"
    ? { first: told.period.first_day, last: told.period.last_day }
    : daysOf(asked.value, Date.now());
});

export function ask(change: Partial<Asked>): void {
  asked.value = { ...asked.peek(), ...change };
}

/** Look at an area alone, or at a district: the table then shows what is below it. */
export function lookAt(slug: string | null, path: string | null): void {
  ask({ district: slug, area: path, level: null });
}

export function clear(): void {
  const { by, weeks, first, last } = asked.peek();
  ask({ ...NOTHING, by, weeks, first, last });
}

export const narrowed = computed(() => FILTERS.some((name) => asked.value[name] !== null));

/** The names of items as they were last told: the filter says them when the table shows something else. */
const itemNames = signal<ReadonlyMap<string, { zh: string; en: string }>>(new Map());
effect(() => {
  const told = known(counted.value);
  if (told?.by !== "item") return;
  const names = new Map(itemNames.peek());
  for (const line of told.groups) if (line.key) names.set(line.key, line.name);
  itemNames.value = names;
});

export function itemName(code: string): string {
  const name = itemNames.value.get(code);
  return name ? pick(name) : code;
}

/** The filters that are set, in words. */
export const filterNames = computed(() => {
  const { area, category, department, item } = asked.value;
  const last = known(counted.value)?.chain.at(-1);
  return [
    district.value && !area && nameOf(district.value),
    area && (last?.path === area ? nameOf(last) || last.code : area),
    category && word("category", category),
    department && word("department", department),
    item && itemName(item),
  ].filter((each): each is string => Boolean(each));
});

export function sortBy(column: Sort): void {
  batch(() => {
    // counts and times begin with the most, names with the first
    down.value = sort.peek() === column ? !down.peek() : column !== "name";
    sort.value = column;
  });
}
