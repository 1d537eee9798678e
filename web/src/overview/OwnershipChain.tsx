/** The chain of ownership from the district down: at each level the owner, its code, and who answers for it. */

import { useSignal } from "@preact/signals";
import type { DutyHolder, Owner } from "../shared/api";
import { nameOf, pick, secondName, t } from "../shared/language";
import { Code } from "../shared/ui/parts";
import * as state from "./state";
import "../shared/ui/panel.css";
import "./OwnershipChain.css";

export function OwnershipChain() {
  const tree = state.mainTree.value;
  if (!tree) return null;
  const responsible = tree.responsible?.code ?? null;
  return (
    <div class="section chain">
      <h3>{t("place.chain")}</h3>
      <ol>
        {tree.owners.map((owner) => (
          <Link key={owner.level} owner={owner} responsible={owner.code !== null && owner.code === responsible} />
        ))}
      </ol>
    </div>
  );
}

function Link({ owner, responsible }: { owner: Owner; responsible: boolean }) {
  const level = pick(owner.level_name);
  if (owner.code === null) {
    return (
      <li class="link none">
        <span class="level">{level}</span>
        <span class="dim">{t("place.no_owner")}</span>
      </li>
    );
  }
  const code = owner.code;
  const second = secondName(owner);
  const kind = owner.kind_name ? pick(owner.kind_name) : null;
  return (
    <li class="link" data-code={code} data-level={owner.level} aria-current={state.area.value?.code === code}>
      <span class="level">{level}</span>
      <div class="main">
        <div class="line">
          <button
            type="button"
            class="name"
            onClick={() => {
              state.chosenArea.value = code;
            }}
          >
            {nameOf(owner) || t("place.no_name")}
          </button>
          {responsible && <span class="chip ok">{t("place.responsible")}</span>}
        </div>
        {second && <small lang="zh-CN">{second}</small>}
        <div class="line">
          <Code code={code} />
          {kind && <span class="dim">{kind}</span>}
        </div>
        {owner.duty_holders && owner.duty_holders.length > 0 && <Duty holders={owner.duty_holders} />}
      </div>
    </li>
  );
}

const SHOWN = 3;

function Duty({ holders }: { holders: DutyHolder[] }) {
  const all = useSignal(false);
  const vacant = holders.filter((holder) => holder.vacant).length;
  // Who is there first: a vacancy is told by its count even where its row is folded away.
  const order = [...holders].sort((a, b) => Number(a.vacant) - Number(b.vacant));
  const rows = all.value || holders.length <= SHOWN + 1 ? order : order.slice(0, SHOWN);
  return (
    <ul class="duty" aria-label={t("place.duty")}>
      {rows.map((holder, row) => (
        <li key={`${holder.post}/${holder.staircase}/${row}`}>
          <span class="dim">
            {pick(holder.post_name)}
            {holder.staircase ? ` · ${t("place.staircase", { n: holder.staircase })}` : ""}
          </span>
          {holder.vacant ? <span class="vacant">{t("place.vacant")}</span> : <b>{holder.holder}</b>}
        </li>
      ))}
      {holders.length > SHOWN + 1 && (
        <li class="fold">
          <button
            type="button"
            class="textual"
            aria-expanded={all.value}
            onClick={() => {
              all.value = !all.value;
            }}
          >
            {all.value ? t("place.less") : t("place.more", { n: holders.length })}
          </button>
          {vacant > 0 && !all.value && <span class="vacant">{t("place.vacancies", { n: vacant })}</span>}
        </li>
      )}
    </ul>
  );
}
