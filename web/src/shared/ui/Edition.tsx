/** Which edition of its boundaries a district shows, and since when. */

import type { District } from "../api";
import { shortDate } from "../format";
import { t } from "../language";

export function Edition({ of: district }: { of: District }) {
  if (district.edition === null || district.published_at === null) return null;
  return (
    <span class="edition dim">
      {t("app.edition", { edition: district.edition, date: shortDate(district.published_at) })}
    </span>
  );
}
