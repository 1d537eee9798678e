/** Left: the search's results, else the clicked place, else the district. */

import { language, t } from "../shared/language";
import { IconButton } from "../shared/ui/parts";
import { DistrictCard } from "./DistrictCard";
import { PlaceCard } from "./PlaceCard";
import { leftShown, openLeft } from "./panels";
import { SearchResults } from "./SearchResults";
import * as state from "./state";
import "../shared/ui/panel.css";
import "./LeftPanel.css";

export function LeftPanel() {
  const searching = state.searchOpen.value && state.query.value.trim() !== "";
  const empty = !searching && !state.place.value;
  if (!leftShown.value && !searching) {
    return (
      <div class="stack reopen wide-only">
        <IconButton icon="right" label={t("panel.open")} hint="[" onClick={openLeft} />
      </div>
    );
  }
  return (
    <section
      id="panel"
      class="panel left"
      tabIndex={-1}
      aria-label={t(searching ? "search.results" : state.place.value ? "place.title" : "district.counts")}
      lang={language.value === "zh" ? "zh-CN" : "en"}
      data-empty={empty}
    >
      {searching ? <SearchResults /> : state.place.value ? <PlaceCard /> : <DistrictCard />}
    </section>
  );
}
