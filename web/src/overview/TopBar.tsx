/** The bar above everything: mark, scope, pages, state of the connection, search, language, theme. */

import { nameOf, t } from "../shared/language";
import { known } from "../shared/remote";
import { Account } from "../shared/ui/Account";
import { ConnectionChip } from "../shared/ui/ConnectionChip";
import { Icon, Mark } from "../shared/ui/icons";
import { Menu } from "../shared/ui/Menu";
import { Pages } from "../shared/ui/Pages";
import { Tools } from "../shared/ui/Tools";
import { SearchField } from "./SearchField";
import * as state from "./state";
import { flyToDistrict } from "./steps";
import "../shared/ui/top.css";

export function TopBar() {
  return (
    <header class="top">
      <a class="skip" href="#panel">
        {t("app.skip_panel")}
      </a>
      <a class="skip" href="#map">
        {t("app.skip_map")}
      </a>
      <div class="brand">
        <Mark />
        <span>{t("app.name")}</span>
      </div>
      <Scope />
      <Pages current="overview" district={state.districtSlug.value} />
      <div class="grow" />
      <ConnectionChip />
      <SearchField />
      <Tools />
      <Account />
    </header>
  );
}

/** The district in work; on narrow screens the only way to change it. */
function Scope() {
  const open = state.scopeOpen;
  const district = state.district.value;
  if (!district) return <div class="scope idle" />;
  return (
    <Menu
      class="scope"
      open={open}
      label={`${t("scope.choose")}: ${nameOf(district)}`}
      face={
        <>
          <b>{nameOf(district)}</b>
          <Icon name="down" />
        </>
      }
    >
      <ul class="menu">
        {(known(state.districts.value) ?? []).map((each) => (
          <li key={each.slug}>
            <button
              type="button"
              aria-current={each.slug === district.slug}
              onClick={() => {
                open.value = false;
                flyToDistrict(each.slug);
              }}
            >
              <span>{nameOf(each)}</span>
              <span class="number">{each.code}</span>
            </button>
          </li>
        ))}
      </ul>
    </Menu>
  );
}
