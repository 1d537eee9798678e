/** Everything about the selected incident, in the order of the questions that are asked about it. */

import "../shared/words/drawer";
import "../shared/words/mediation";
import "../shared/words/near";
import "../shared/words/photo";
import type * as api from "../shared/api";
import { language, nameOf, pick, secondName, t, word } from "../shared/language";
import { known } from "../shared/remote";
import { Icon } from "../shared/ui/icons";
import { Code, Failed, IconButton, Waiting } from "../shared/ui/parts";
import { Actions } from "./Actions";
import { CandidateList } from "./CandidateList";
import { ClockCard } from "./ClockCard";
import { moment } from "./clock";
import { Duplicates } from "./Duplicates";
import { readDetail } from "./detail";
import { dropKey } from "./drag";
import { EscalatedLine } from "./Escalated";
import { History } from "./History";
import { Life } from "./Life";
import { Mark } from "./Mark";
import { NearThings } from "./NearThings";
import { OperationsMapLinks } from "./OperationsMaps";
import { Photos } from "./Photos";
import { floating, unselect } from "./panels";
import { InResponse } from "./ResponseChip";
import * as state from "./state";
import { placeOf, titleOf, whoOf } from "./words";
import "../shared/ui/panel.css";
import "./Drawer.css";

export function Drawer() {
  const key = state.selected.value;
  if (key === null) return null;
  const row = state.selectedRow.value;
  const remote = state.detail.value;
  const read = known(remote);
  const one = read && `${read.incident.district}/${read.incident.code}` === key ? read : null;
  return (
    <aside
      class="drawer"
      id="drawer"
      tabIndex={-1}
      aria-label={t("one.title")}
      data-floating={floating.value}
      data-drop={dropKey.value === key}
    >
      {row ? <Head row={row} /> : <Bare code={key.split("/")[1] ?? key} />}
      <div class="scroll">
        {row && <ClockCard row={row} />}
        {row && <EscalatedLine row={row} />}
        {row && <InResponse row={row} />}
        {row && <Life state={row.state ?? ""} />}
        {one && row && <Body one={one} row={row} />}
        {!one && remote.status === "failed" && <Failed failure={remote.failure} onRetry={() => void readDetail()} />}
        {!one && remote.status !== "failed" && <Waiting rows={6} label={t("one.loading")} />}
      </div>
      {one && <Actions one={one} />}
    </aside>
  );
}

function Close() {
  return floating.value ? (
    <IconButton icon="close" label={t("one.close")} hint="Esc" onClick={unselect} />
  ) : (
    <button type="button" class="button back" onClick={unselect}>
      <Icon name="left" />
      {t("one.back")}
    </button>
  );
}

function Bare({ code }: { code: string }) {
  return (
    <header class="drawer-head">
      <div class="main">
        <h2>{code}</h2>
      </div>
      <Close />
    </header>
  );
}

function Head({ row }: { row: api.IncidentRow }) {
  const second = secondName(row);
  return (
    <>
      {!floating.value && (
        <div class="drawer-back">
          <Close />
        </div>
      )}
      <header class="drawer-head">
        <Mark row={row} />
        <div class="main">
          <h2>{titleOf(row)}</h2>
          {second && <small lang="zh-CN">{second}</small>}
          <p>{placeOf(row)}</p>
          {language.value === "en" && row.place && row.place.zh !== row.place.en && (
            <small lang="zh-CN">{row.place.zh}</small>
          )}
          <p class="facts-line">
            <Code code={row.code} />
            <span>{word("priority", String(row.priority ?? 4))}</span>
            {row.reported_at && <span>{t("clock.reported", { at: moment(row.reported_at) })}</span>}
          </p>
        </div>
        {floating.value && <Close />}
      </header>
    </>
  );
}

function Body({ one, row }: { one: api.Incident; row: api.IncidentRow }) {
  return (
    <>
      <Why one={one} />
      {row.note && (
        <section class="section">
          <h3>{t("one.note")}</h3>
          <p>{row.note}</p>
        </section>
      )}
      <Photos one={one} />
      <CandidateList one={one} />
      <NearThings />
      <Duplicates one={one} />
      <History one={one} />
      <OperationsMapLinks one={one} />
    </>
  );
}

function Why({ one }: { one: api.Incident }) {
  const { reason, route, owners, incident } = one;
  return (
    <section class="section why-them">
      <h3>{t("one.why")}</h3>
      {reason && <p>{pick(reason)}</p>}
      {route && <p>{pick(route.why)}</p>}
      {incident.responder && <p>{t("one.responder", { who: whoOf(one, incident.responder) })}</p>}
      {incident.dispute && (
        <p data-test="mediator">
          {t("mediator.title")} <b>{t(`mediator.${incident.mediator ?? "none"}`)}</b>
        </p>
      )}
      {incident.merged_into && <p>{t("one.merged", { code: incident.merged_into })}</p>}
      {one.merged.length > 0 && <p>{t("one.received", { codes: one.merged.join(", ") })}</p>}
      {owners.length > 0 && (
        <ol class="owners" aria-label={t("one.chain")}>
          {owners.slice(1).map((owner) => (
            <li key={owner.level} aria-current={owner.code === incident.responsible}>
              {nameOf(owner) || owner.code}
            </li>
          ))}
        </ol>
      )}
      {incident.responsible && <Code code={incident.responsible} />}
    </section>
  );
}
