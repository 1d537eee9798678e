/** What is counted: district and area, category, department, item, and the days. */

import { nameOf, t, word } from "../shared/language";
import { known } from "../shared/remote";
import { Choice, valuesOf } from "../shared/ui/Choice";
import { Icon } from "../shared/ui/icons";
import { daysOf, isDay, SPANS } from "./address";
import * as state from "./state";
import "./Filters.css";

export function Filters() {
  const { district, category, department, item } = state.asked.value;
  const named = (set: string) => valuesOf(set).map((value) => ({ value, label: word(set, value) }));
  return (
    <search class="asked-for" aria-label={t("statistics.filters")}>
      <div class="choices">
        <Choice
          name="district"
          label={t("statistics.district")}
          all={t("statistics.everywhere")}
          value={district}
          options={state.ownDistricts.value.map((each) => ({ value: each.slug, label: nameOf(each) }))}
          onChoose={(slug) => state.lookAt(slug, null)}
        />
        <Choice
          name="category"
          label={t("filter.category")}
          all={t("filter.category.all")}
          value={category}
          options={named("category")}
          onChoose={(chosen) => state.ask({ category: chosen })}
        />
        <Choice
          name="department"
          label={t("filter.department")}
          all={t("filter.department.all")}
          value={department}
          options={named("department")}
          onChoose={(chosen) => state.ask({ department: chosen })}
        />
        {item && (
          <button type="button" class="chosen" onClick={() => state.ask({ item: null })}>
            {state.itemName(item)}
            <Icon name="close" />
            <span class="visually-hidden">{t("statistics.clear")}</span>
          </button>
        )}
        {state.narrowed.value && (
          <button type="button" class="textual" onClick={state.clear}>
            {t("statistics.clear")}
          </button>
        )}
      </div>
      <Period />
    </search>
  );
}

function Period() {
  const { weeks } = state.asked.value;
  const { first, last } = daysOf(state.asked.value, Date.now());
  const choose = (change: { first?: string; last?: string }): void => {
    const days = { first, last, ...change };
    if (!isDay(days.first) || !isDay(days.last)) return;
    // the day that was just chosen stands, the other one follows it
    if (days.first > days.last) {
      if (change.first) days.last = days.first;
      else days.first = days.last;
    }
    state.ask({ weeks: null, ...days });
  };
  return (
    <fieldset class="period">
      <legend class="visually-hidden">{t("statistics.period")}</legend>
      <span class="segmented">
        {SPANS.map((span) => (
          <button
            key={span}
            type="button"
            aria-pressed={weeks === span}
            onClick={() => state.ask({ weeks: span, first: null, last: null })}
          >
            {t("statistics.weeks", { n: span })}
          </button>
        ))}
      </span>
      <span class="days">
        <input
          type="date"
          aria-label={t("statistics.first")}
          value={first}
          onChange={(event) => choose({ first: event.currentTarget.value })}
        />
        <span class="dim">{t("statistics.to")}</span>
        <input
          type="date"
          aria-label={t("statistics.last")}
          value={last}
          onChange={(event) => choose({ last: event.currentTarget.value })}
        />
      </span>
    </fieldset>
  );
}

/** The chosen area and those above it: each leads there, the first back to the whole. */
export function Chain() {
  const told = known(state.counted.value);
  const { area, district } = state.asked.value;
  if (!district && !area) return null;
  const chain = area ? (told?.chain ?? []) : [];
  const slug = district;
  const whole = state.ownDistricts.value.length > 1;
  const steps = [
    ...(whole ? [{ key: "", label: t("statistics.everywhere"), go: () => state.lookAt(null, null) }] : []),
    ...(state.district.value && chain[0]?.level !== "district"
      ? [{ key: slug ?? "", label: nameOf(state.district.value), go: () => state.lookAt(slug, null) }]
      : []),
    ...chain.map((each) => ({
      key: each.path,
      label: nameOf(each) || each.code,
      go: () => state.lookAt(slug, each.level === "district" && slug ? null : each.path),
    })),
  ];
  return (
    <nav class="chain" aria-label={t("statistics.chain")}>
      <ol>
        {steps.map(({ key, label, go }, at) => (
          <li key={key}>
            {at < steps.length - 1 ? (
              <button type="button" class="textual" onClick={go}>
                {label}
              </button>
            ) : (
              <b aria-current="location">{label}</b>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
