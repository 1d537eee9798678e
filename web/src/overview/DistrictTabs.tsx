/** The five districts, one click apart. */

import { nameOf, t } from "../shared/language";
import { known } from "../shared/remote";
import { Segmented } from "../shared/ui/parts";
import * as state from "./state";
import { flyToDistrict } from "./steps";
import "./DistrictTabs.css";

export function DistrictTabs() {
  const all = known(state.districts.value);
  if (!all || all.length < 2) return null;
  return (
    <div class="districts">
      <Segmented
        label={t("scope.districts")}
        value={state.districtSlug.value}
        options={all.map((each, index) => ({
          value: each.slug,
          label: nameOf(each),
          hint: `${each.code} (${index + 1})`,
        }))}
        onChoose={flyToDistrict}
      />
    </div>
  );
}
