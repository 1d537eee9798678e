/** The bar above everything: mark, scope, pages, state of the stream, language, theme. */

import { useEffect, useRef } from "preact/hooks";
import { connection } from "../shared/connection";
import { age } from "../shared/format";
import { chooseLanguage, language, nameOf, t } from "../shared/language";
import { known } from "../shared/remote";
import { chooseTheme, theme } from "../shared/theme";
import { ConnectionChip } from "../shared/ui/ConnectionChip";
import { Icon, Mark } from "../shared/ui/icons";
import { IconButton, Segmented } from "../shared/ui/parts";
import { now } from "./clock";
import { DemoControl } from "./DemoControl";
import * as state from "./state";
import "../shared/ui/top.css";

export function TopBar() {
  const slug = state.filters.value.district;
  return (
    <header class="top">
      <a class="skip" href="#incidents">
        {t("app.skip_list")}
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
        <a href={slug ? `/?district=${slug}` : "/"}>{t("page.overview")}</a>
        <a href="/dispatch" aria-current="page">
          {t("page.dispatch")}
        </a>
        <a href={slug ? `/report?district=${slug}` : "/report"}>{t("page.report")}</a>
      </nav>
      <div class="grow" />
      <DemoControl />
      <Live />
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

const RECENT_MS = 5000;

function Live() {
  const heard = state.heardAt.value;
  if (connection.value.state === "offline") return <ConnectionChip />;
  if (!state.streaming.value || heard === null) return <ConnectionChip online={t("live.joining")} />;
  // The tick of the page's clock makes this age.
  now.value;
  const since = Date.now() - heard;
  return <ConnectionChip online={since < RECENT_MS ? t("live.now") : t("live.last", { age: age(since) })} />;
}

function Scope() {
  const root = useRef<HTMLDivElement>(null);
  const open = state.scopeOpen;
  useEffect(() => {
    const away = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) open.value = false;
    };
    addEventListener("pointerdown", away);
    return () => removeEventListener("pointerdown", away);
  }, [open]);
  const district = state.district.value;
  const name = district ? nameOf(district) : t("desk.everywhere");
  const choose = (slug: string | null): void => {
    open.value = false;
    state.select(null);
    state.narrow({ district: slug, area: null });
  };
  return (
    <div class="scope" ref={root}>
      <button
        type="button"
        aria-haspopup="true"
        aria-expanded={open.value}
        aria-label={`${t("scope.choose")}: ${name}`}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <b>{name}</b>
        <Icon name="down" />
      </button>
      {open.value && (
        <ul class="menu">
          <li>
            <button type="button" aria-current={district === null} onClick={() => choose(null)}>
              {t("desk.everywhere")}
            </button>
          </li>
          {(known(state.districts.value) ?? []).map((each) => (
            <li key={each.slug}>
              <button type="button" aria-current={each.slug === district?.slug} onClick={() => choose(each.slug)}>
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
