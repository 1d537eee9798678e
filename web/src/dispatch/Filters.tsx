/** The filters of the list: area, category, department, clock and text. */

import { nameOf, t, word } from "../shared/language";
import { typed } from "../shared/typed";
import { Choice as Chosen, type Option, valuesOf } from "../shared/ui/Choice";
import { Icon } from "../shared/ui/icons";
import { IconButton, Key } from "../shared/ui/parts";
import { OperationsMapOfList } from "./OperationsMaps";
import { parts } from "./scope";
import * as state from "./state";
import { TABS } from "./tabs";
import "./Filters.css";

const STATES = [...TABS.open, ...TABS.closed];
const CLOCKS = ["overdue", "running_out", "running", "paused"];

/** Before an area, for each that it lies in: a list of the browser has no other way to say so. */
const INDENT = "\u2003";

/** The name of an area of the filter, as far as it is known; its code otherwise. */
function areaName(path: string): string {
  const part = parts.value.find(({ area }) => area.path === path);
  return (part && nameOf(part.area)) || (path.split("/").at(-1) ?? path);
}

/** The filters that are set, in words. */
export function filterNames(): string[] {
  const { area, category, department, clock, centre, state: stands, text } = state.filters.value;
  return [
    area && areaName(area),
    category && word("category", category),
    department && word("department", department),
    clock && word("clock", clock),
    centre && t("escalated.only"),
    stands && word("state", stands),
    text && `“${text}”`,
  ].filter((each): each is string => Boolean(each));
}

export function Filters() {
  const filters = state.filters.value;
  const areas = parts.value.map(
    ({ area, depth }): Option => ({ value: area.path, label: INDENT.repeat(depth) + areaName(area.path) }),
  );
  if (filters.area && !areas.some((each) => each.value === filters.area)) {
    areas.push({ value: filters.area, label: areaName(filters.area) });
  }
  const options = (set: string, values: string[]): Option[] =>
    values.map((value) => ({ value, label: word(set, value) }));
  return (
    <search class="filters" aria-label={t("desk.filters")}>
      <TextFilter />
      <div class="choices">
        {areas.length > 0 && <Choice name="area" options={areas} />}
        <Choice name="category" options={options("category", valuesOf("category"))} />
        <Choice name="department" options={options("department", valuesOf("department"))} />
        <Choice name="clock" options={options("clock", CLOCKS)} />
        <Choice name="state" options={options("state", STATES)} />
      </div>
      <OperationsMapOfList />
    </search>
  );
}

function Choice({
  name,
  options,
}: {
  name: "area" | "category" | "department" | "clock" | "state";
  options: Option[];
}) {
  const value = state.filters.value[name];
  return (
    <Chosen
      name={name}
      label={t(`filter.${name}`)}
      all={value === null ? t(`filter.${name}`) : t(`filter.${name}.all`)}
      value={value}
      options={options}
      onChoose={(chosen) => state.narrow({ [name]: chosen })}
    />
  );
}

/** What is typed narrows the list at once, and again at most so often. */
const TYPING_MS = 50;
let typing = 0;
let narrowedAt = Number.NEGATIVE_INFINITY;

function narrowSoon(text: string): void {
  clearTimeout(typing);
  const before = state.filters.peek().text;
  const narrow = (): void => {
    if (state.filters.peek().text !== before) return; // it has been cleared, or the address says another one
    narrowedAt = performance.now();
    state.narrow({ text });
  };
  if (performance.now() - narrowedAt >= TYPING_MS) narrow();
  else typing = window.setTimeout(narrow, TYPING_MS);
}

function TextFilter() {
  const { text } = state.filters.value;
  return (
    <div class="find">
      <Icon name="search" />
      <input
        id="find"
        type="text"
        autocomplete="off"
        spellcheck={false}
        placeholder={t("desk.text")}
        aria-label={t("desk.text.label")}
        value={text}
        {...typed(narrowSoon)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.isComposing) event.currentTarget.blur();
        }}
      />
      {text ? <IconButton icon="close" label={t("desk.clear_text")} onClick={() => narrowSoon("")} /> : <Key>/</Key>}
    </div>
  );
}
