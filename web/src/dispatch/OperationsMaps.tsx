/** The ways to printable operations maps. */

import type * as api from "../shared/api";
import { language, nameOf, t } from "../shared/language";
import { chosen, topsOf } from "./scope";
import * as state from "./state";

/** The levels that have one. */
const LEVELS = ["community", "grid", "compound"] as const;

/** The other ways to have one: what it is written as, and on which paper. */
const OTHERS = [
  ["pdf", "a3"],
  ["png", "a4"],
  ["png", "a3"],
] as const;

function address(district: string, code: string, as = "pdf", paper = "a4"): string {
  const of = `${encodeURIComponent(district)}/${encodeURIComponent(code)}`;
  return `/operations-map/${of}?f=${as}&paper=${paper}&lang=${language.value}`;
}

/** To one map: as a PDF of A4 under a name, and small beside it the other ways. */
function Ways({ district, code, name, face }: { district: string; code: string; name: string; face: string }) {
  return (
    <span class="ways">
      <a target="_blank" rel="noopener" aria-label={name} href={address(district, code)}>
        {face}
      </a>
      {OTHERS.map(([as, paper]) => {
        return (
          <a
            key={as + paper}
            class="way"
            target="_blank"
            rel="noopener"
            aria-label={`${name}, ${as.toUpperCase()} ${paper.toUpperCase()}`}
            href={address(district, code, as, paper)}
          >
            {as === "png" && paper === "a4" ? "PNG A4" : paper.toUpperCase()}
          </a>
        );
      })}
    </span>
  );
}

/** To those of the areas in which an incident lies. */
export function OperationsMapLinks({ one }: { one: api.Incident }) {
  const areas = LEVELS.flatMap((level) => one.owners.find((owner) => owner.level === level && owner.code) ?? []);
  if (!areas.length) return null;
  return (
    <section class="section">
      <h3>{t("one.operations_map")}</h3>
      <ul class="operations-map of-one">
        {areas.map((area) => {
          const name = nameOf(area) || (area.code ?? "");
          return (
            <li key={area.level}>
              <span>{name}</span>
              <Ways
                district={one.incident.district}
                code={area.code ?? ""}
                name={`${t("one.operations_map")}: ${name}`}
                face="PDF A4"
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** To that of the area whose incidents are listed. */
export function OperationsMapOfList() {
  const { district, area } = state.filters.value;
  // who answers for one area alone looks at it before anything is chosen
  const own = topsOf(district);
  const one = area === null && own.length === 1 ? own[0] : chosen.value.find(({ path }) => path === area);
  if (!district || !one || !LEVELS.some((level) => level === one.level)) return null;
  const said = t("desk.operations_map", { area: nameOf(one) || one.code });
  return (
    <p class="operations-map of-list">
      <Ways district={district} code={one.code} name={said} face={said} />
    </p>
  );
}
