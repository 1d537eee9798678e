/** The bar above everything: mark, scope, pages, state of the connection, search, language, theme. */

import { useEffect, useRef } from "preact/hooks";
import { chooseLanguage, language, nameOf, t } from "../shared/language";
import { known } from "../shared/remote";
import { chooseTheme, theme } from "../shared/theme";
import { ConnectionChip } from "../shared/ui/ConnectionChip";
import { Icon, Mark } from "../shared/ui/icons";
import { IconButton, Segmented } from "../shared/ui/parts";
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
      <nav class="pages" aria-label={t("app.name")}>
        <a href="/" aria-current="page">
          {t("page.overview")}
        </a>
        <a href={state.districtSlug.value ? `/dispatch?district=${state.districtSlug.value}` : "/dispatch"}>
          {t("page.dispatch")}
        </a>
      </nav>
      <div class="grow" />
      <ConnectionChip />
      <SearchField />
      <Segmented
        label={t("language.label")}
        value={language.value}
        options={[
          { value: "zh", label: "中", lang: "zh-CN" },
          { value: "en", label: "EN", lang: "en" },
        ]}
        onChoose={chooseLanguage}
      />
      <IconButton
        icon={theme.value === "dark" ? "sun" : "moon"}
        label={t(theme.value === "dark" ? "theme.to_light" : "theme.to_dark")}
        hint="T"
        onClick={() => chooseTheme(theme.value === "dark" ? "light" : "dark")}
      />
    </header>
  );
}

/** The district in work; on narrow screens the only way to change it. */
function Scope() {
  const open = state.scopeOpen;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const away = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) open.value = false;
    };
    addEventListener("pointerdown", away);
    return () => removeEventListener("pointerdown", away);
  }, [open]);
  const district = state.district.value;
  if (!district) return <div class="scope idle" />;
  return (
    <div class="scope" ref={root}>
      <button
        type="button"
        aria-haspopup="true"
        aria-expanded={open.value}
        aria-label={`${t("scope.choose")}: ${nameOf(district)}`}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <b>{nameOf(district)}</b>
        <Icon name="down" />
      </button>
      {open.value && (
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
      )}
    </div>
  );
}
