/** The way to the printable operations map of the area that answers for an incident. */

import type * as api from "../shared/api";
import { language, t } from "../shared/language";

/** The levels that have one. */
const LEVELS: readonly string[] = ["community", "grid", "compound"];

export function OperationsMapLink({ one }: { one: api.Incident }) {
  const area = one.owners.find((owner) => owner.code === one.incident.responsible && LEVELS.includes(owner.level));
  if (!area?.code) return null;
  const query = `?f=pdf&lang=${language.value}`;
  return (
    <p class="operations-map">
      <a target="_blank" rel="noopener" href={`/operations-map/${one.incident.district}/${area.code}${query}`}>
        {t("one.operations_map")}
      </a>
    </p>
  );
}
