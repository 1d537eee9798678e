/** Who may mediate a dispute. */

import "./words/mediation";
import type { IncidentRow } from "./api";

export type Mediator = NonNullable<IncidentRow["mediator"]>;

export const MEDIATORS: readonly Mediator[] = ["community_judge", "legal_adviser", "peoples_mediator"];
