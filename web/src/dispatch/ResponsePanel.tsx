/** The panel of graded responses: those that are on, the ledger of all, and the way to switch one on. */

import "../shared/words/responsePanel";
import { connection } from "../shared/connection";
import { count, fullDate } from "../shared/format";
import { pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { Icon } from "../shared/ui/icons";
import { Empty, Failed, Waiting } from "../shared/ui/parts";
import { now } from "./clock";
import { floating } from "./panels";
import { ResponseForm } from "./ResponseForm";
import { ResponseHead } from "./ResponseHead";
import { ResponseLedger } from "./ResponseLedger";
import { ResponseOne } from "./ResponseOne";
import {
  active,
  board,
  keyOf,
  lookAt,
  looked,
  making,
  maySwitch,
  past,
  readResponses,
  titleOf,
  whereOf,
} from "./responses";
import "../shared/ui/panel.css";
import "./Drawer.css";
import "./Responses.css";

export function ResponsePanel() {
  return (
    <aside
      class="drawer responses"
      id="responses"
      tabIndex={-1}
      aria-label={t("response.title")}
      data-floating={floating.value}
    >
      {making.value ? <ResponseForm /> : looked.value !== null ? <ResponseOne id={looked.value} /> : <Overview />}
    </aside>
  );
}

function Overview() {
  const remote = board.value;
  const read = known(remote);
  return (
    <>
      <ResponseHead title={t("response.title")} />
      <div class="scroll">
        {read && <Active />}
        {read && <ResponseLedger ledger={read.ledger} />}
        {read && past.value.length > 0 && <Past />}
        {!read && remote.status === "failed" && (
          <Failed failure={remote.failure} onRetry={() => void readResponses()} />
        )}
        {!read && remote.status !== "failed" && <Waiting rows={6} label={t("response.loading")} />}
      </div>
      {maySwitch.value && (
        <div class="actions">
          <button
            type="button"
            class="button primary"
            onClick={() => {
              making.value = true;
            }}
          >
            <Icon name="plus" />
            {t("response.begin")}
          </button>
        </div>
      )}
    </>
  );
}

function Active() {
  const on = active.value;
  return (
    <section class="section" aria-label={t("response.on")}>
      <h3>
        {t("response.on")} {on.length > 0 && <span>{count(on.length)}</span>}
      </h3>
      {connection.value.state === "offline" && <p class="stale">{t("response.stale")}</p>}
      {on.length === 0 && <Empty title={t("response.none")} help={t("response.none_help")} />}
      <ul class="response-cards">
        {on.map((one) => (
          <li key={keyOf(one)}>
            <button type="button" class="response-card" onClick={() => lookAt(keyOf(one))}>
              <b>
                <i class="hatch" />
                {titleOf(one, now.value)}
              </b>
              <span>{whereOf(one)}</span>
              <small class="two-lines">{one.reason}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Past() {
  return (
    <section class="section" aria-label={t("response.past")}>
      <h3>
        {t("response.past")} <span>{count(past.value.length)}</span>
      </h3>
      <ul class="response-past">
        {past.value.map((one) => (
          <li key={keyOf(one)}>
            <button type="button" onClick={() => lookAt(keyOf(one))}>
              <span class="grow">
                <span class="cut">{whereOf(one)}</span>
                <small>
                  {pick(one.level_name)} · {fullDate(one.opened_at)}
                </small>
              </span>
              <span class="number days">{t("response.n_days", { n: count(one.days) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
