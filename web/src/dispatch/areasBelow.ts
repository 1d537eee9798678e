/** The areas right below one, whatever their level is: the district's own table of levels decides what follows. */

import * as api from "../shared/api";
import { known } from "../shared/remote";
import * as state from "./state";

export interface Area {
  path: string;
  code: string;
  level: string;
  name: string | null;
  name_en: string | null;
}

const MOST = 2000;
const read = new Map<string, Promise<Area[]>>();

/** Return the areas right below `path`, by their codes; asked for once in each edition of the district. */
export function areasBelow(district: string, path: string): Promise<Area[]> {
  const edition = known(state.districts.peek())?.find((each) => each.slug === district)?.edition;
  const key = `${district} ${edition} ${path}`;
  let found = read.get(key);
  if (!found) {
    found = api.allItems("areas", { district, parent: path.split("/").at(-1) ?? "" }, MOST).then((features) =>
      features
        .map(({ properties: { path: own, code, level, name, name_en } }) => ({
          path: String(own),
          code: String(code),
          level: String(level),
          name: name ?? null,
          name_en: name_en ?? null,
        }))
        .filter((area) => area.path.startsWith(`${path}/`))
        .sort((a, b) => a.code.localeCompare(b.code)),
    );
    found.catch(() => read.delete(key));
    read.set(key, found);
  }
  return found;
}
