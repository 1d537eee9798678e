/** The pages of the house, as each page's top bar lists them. */

import { useSignal } from "@preact/signals";
import { t } from "../language";
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

/** The page that is looked at, and the ways to the others, which keep the district; in a narrow window a menu. */
export function Pages({ current, district }: { current: Page; district: string | null }) {
  const query = district ? `?district=${encodeURIComponent(district)}` : "";
  const open = useSignal(false);
  const links = (Object.keys(PATHS) as Page[]).map((page) => (
    <a key={page} href={`${PATHS[page]}${query}`} aria-current={page === current ? "page" : undefined}>
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
