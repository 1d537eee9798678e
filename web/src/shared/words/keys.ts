/** The keys of every sentence of the interface. Only types: a page carries the sentences that it imports itself. */

import type { ACCOUNT } from "./account";
import type { ALERT } from "./alert";
import type { DEMO } from "./demo";
import type { DESK } from "./desk";
import type { DRAWER } from "./drawer";
import type { LAYERS } from "./layers";
import type { MAP } from "./map";
import type { MEDIATION } from "./mediation";
import type { NEAR } from "./near";
import type { PAGE } from "./page";
import type { PEOPLE } from "./people";
import type { PHOTO } from "./photo";
import type { PLACE } from "./place";
import type { REPORT } from "./report";
import type { RESPONSE } from "./response";
import type { RESPONSE_PANEL } from "./responsePanel";
import type { RESPONSE_SHAPES } from "./responseShapes";
import type { SETS } from "./sets";
import type { STATISTICS } from "./statistics";
import type { THINGS } from "./things";

type Book = typeof ACCOUNT &
  typeof ALERT &
  typeof DEMO &
  typeof DESK &
  typeof DRAWER &
  typeof MEDIATION &
  typeof LAYERS &
  typeof MAP &
  typeof NEAR &
  typeof PAGE &
  typeof PEOPLE &
  typeof PHOTO &
  typeof PLACE &
  typeof REPORT &
  typeof RESPONSE &
  typeof RESPONSE_PANEL &
  typeof RESPONSE_SHAPES &
  typeof SETS &
  typeof STATISTICS &
  typeof THINGS;

export type Key = keyof Book;
