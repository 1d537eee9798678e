/** Left: the search's results, else the clicked place, else the district. */

import { language } from "../shared/language";
import { DistrictCard } from "./DistrictCard";
import { PlaceCard } from "./PlaceCard";
import { SearchResults } from "./SearchResults";
import * as state from "./state";

export function LeftPanel() {
  const searching = state.searchOpen.value && state.query.value.trim() !== "";
  const empty = !searching && !state.place.value;
  return (
    <section
      id="panel"
      class="panel left"
      tabIndex={-1}
      lang={language.value === "zh" ? "zh-CN" : "en"}
      data-empty={empty}
      hidden={!state.leftOpen.value && !searching}
    >
      {searching ? <SearchResults /> : state.place.value ? <PlaceCard /> : <DistrictCard />}
    </section>
  );
}
