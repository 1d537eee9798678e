/** The pages of the house, as each page's top bar lists them. */

import { useSignal } from "@preact/signals";
import { language, t } from "../language";
import { theme } from "../theme";
import { Icon } from "./icons";
import { Menu } from "./Menu";
import "./top.css";

export type Page = "overview" | "dispatch" | "statistics" | "report";

const PATHS: Record<Page, string> = {
  overview: "/",
  dispatch: "/dispatch",
  statistics: "/statistics",
  report: "/report",
};

/** The way to a page: it keeps the district, and the language and the theme that this page's address has. */
function addressOf(page: Page, district: string | null): string {
  const kept = new URLSearchParams(district ? { district } : {});
  const here = new URLSearchParams(location.search);
  if (here.has("lang")) kept.set("lang", language.value);
  // who reports is out of doors, where the page is light by itself
  if (here.has("theme") && page !== "report") kept.set("theme", theme.value);
  return kept.size ? `${PATHS[page]}?${kept}` : PATHS[page];
}

/** The page that is looked at, and the ways to the others; in a narrow window a menu. */
export function Pages({ current, district }: { current: Page; district: string | null }) {
  const open = useSignal(false);
  const links = (Object.keys(PATHS) as Page[]).map((page) => (
    <a key={page} href={addressOf(page, district)} aria-current={page === current ? "page" : undefined}>
      {t(`page.${page}`)}
    </a>
  ));
  return (
    <>
      <nav class="pages" aria-label={t("page.all")}>
        {links}
      </nav>
      <Menu
        class="scope pages-menu"
        open={open}
        label={`${t("page.all")}: ${t(`page.${current}`)}`}
        face={
          <>
            <b>{t(`page.${current}`)}</b>
            <Icon name="down" />
          </>
        }
      >
        <nav class="menu" aria-label={t("page.all")}>
          {links}
        </nav>
      </Menu>
    </>
  );
}
