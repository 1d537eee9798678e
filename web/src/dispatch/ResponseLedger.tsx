/** The ledger: how often responses were on and for how many days, by level and by year, and as a file. */

import type { GradedResponses } from "../shared/api";
import * as api from "../shared/api";
import { count } from "../shared/format";
import { nameOf, pick, t } from "../shared/language";
import * as state from "./state";

interface Line {
  name: string;
  activations: number;
  days: number;
}

export function ResponseLedger({ ledger }: { ledger: GradedResponses["ledger"] }) {
  const district = state.district.value;
  const levels = ledger.by_level.map((line) => ({ ...line, name: pick(line.name) }));
  const years = ledger.by_year.map((line) => ({ ...line, name: String(line.year) }));
  return (
    <section class="section response-ledger" aria-label={t("response.ledger")} data-test="ledger">
      <h3>{district ? t("response.ledger_of", { name: nameOf(district) }) : t("response.ledger")}</h3>
      <p class="response-total">
        {t("response.times")} <b>{count(ledger.activations)}</b> {t("response.days")} <b>{count(ledger.days)}</b>
      </p>
      {ledger.activations > 0 && (
        <>
          <Lines head={t("response.level_col")} lines={levels} />
          <Lines head={t("response.year_col")} lines={years} />
        </>
      )}
      <p>
        <a class="textual" href={api.ledgerAddress(district?.slug ?? null)} download="responses.csv">
          {t("response.csv")}
        </a>
      </p>
      <small>{t("response.count_help")}</small>
    </section>
  );
}

function Lines({ head, lines }: { head: string; lines: Line[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{t("response.times")}</th>
          <th scope="col">{t("response.days")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name}>
            <th scope="row">{line.name}</th>
            <td>{count(line.activations)}</td>
            <td>{count(line.days)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
