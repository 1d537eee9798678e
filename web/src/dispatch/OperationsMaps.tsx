/** The ways to printable operations maps. */

import type * as api from "../shared/api";
import { language, nameOf, t } from "../shared/language";
import { chosen, topsOf } from "./scope";
import * as state from "./state";

/** The levels that have one. */
const LEVELS = ["community", "grid", "compound"] as const;

function address(district: string, code: string): string {
  return `/operations-map/${encodeURIComponent(district)}/${encodeURIComponent(code)}?f=pdf&lang=${language.value}`;
}

/** To those of the areas in which an incident lies. */
export function OperationsMapLinks({ one }: { one: api.Incident }) {
  const areas = LEVELS.flatMap((level) => one.owners.find((owner) => owner.level === level && owner.code) ?? []);
  if (!areas.length) return null;
  return (
    <p class="operations-map">
      <span class="dim">{t("one.operations_map")}</span>
      {areas.map((area) => (
        <a
          key={area.level}
          target="_blank"
          rel="noopener"
          aria-label={`${t("one.operations_map")}: ${nameOf(area) || area.code}`}
          href={address(one.incident.district, area.code ?? "")}
        >
          {t(`level.${area.level as (typeof LEVELS)[number]}`)}
        </a>
      ))}
    </p>
  );
}

/** To that of the area whose incidents are listed. */
export function OperationsMapOfList() {
  const { district, area } = state.filters.value;
  // who answers for one area alone looks at it before anything is chosen
  const own = topsOf(district);
  const one = area === null && own.length === 1 ? own[0] : chosen.value.find(({ path }) => path === area);
  if (!district || !one || !LEVELS.some((level) => level === one.level)) return null;
  return (
    <p class="operations-map of-list">
      <a target="_blank" rel="noopener" href={address(district, one.code)}>
        {t("desk.operations_map", { area: nameOf(one) || one.code })}
      </a>
    </p>
  );
}
