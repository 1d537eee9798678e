/** How the desk puts an incident into words. */

import { OPEN_DEMO } from "../shared/account";
import type { Incident, IncidentRow } from "../shared/api";
import { nameOf, pick, t, word } from "../shared/language";
import { areaNames } from "./names";

export function titleOf(row: IncidentRow): string {
  return nameOf(row) || word("category", row.category ?? "") || row.code;
}

/** The name of somebody who is told of with an incident; the login where the account has none, or is gone. */
export function whoOf({ names }: Pick<Incident, "names">, login: string): string {
  return names[login] ?? (login === OPEN_DEMO ? t("account.demo") : login);
}

/** How long a way takes: 2′05″. */
export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}′${String(seconds % 60).padStart(2, "0")}″`;
}

/** Where it is, to the floor where that is known. */
export function placeOf(row: IncidentRow): string {
  const area = row.place || !row.responsible ? null : areaNames(row.district, row.responsible);
  const parts = [row.place ? pick(row.place) : area ? nameOf(area) : (row.responsible ?? "")];
  if (row.staircase !== null) parts.push(t("one.staircase", { n: row.staircase }));
  if (row.floor !== null) parts.push(t("one.floor", { n: row.floor }));
  return parts.filter(Boolean).join(" ");
}
