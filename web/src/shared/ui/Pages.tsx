/** The pages of the house, as each page's top bar lists them. */

import { t } from "../language";
import "./top.css";

export type Page = "overview" | "dispatch" | "report";

const PATHS: Record<Page, string> = { overview: "/", dispatch: "/dispatch", report: "/report" };

/** The page that is looked at, and the ways to the others, which keep the district. */
export function Pages({ current, district }: { current: Page; district: string | null }) {
  const query = district ? `?district=${encodeURIComponent(district)}` : "";
  return (
    <nav class="pages" aria-label={t("app.name")}>
      {(Object.keys(PATHS) as Page[]).map((page) => (
        <a key={page} href={`${PATHS[page]}${query}`} aria-current={page === current ? "page" : undefined}>
          {t(`page.${page}`)}
        </a>
      ))}
    </nav>
  );
}
