/** What it is: one item of the district's event list, found by its words or by its category. */

import { useSignal } from "@preact/signals";
import type * as api from "../shared/api";
import { nameOf, pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { typed } from "../shared/typed";
import { Empty, Failed, Waiting } from "../shared/ui/parts";
import { Question } from "./App";
import * as state from "./state";

export function What() {
  const text = useSignal("");
  return (
    <main>
      <div class="scroll">
        <Question title={t("report.what")} />
        <input
          type="search"
          class="field find"
          aria-label={t("report.find")}
          placeholder={t("report.find")}
          value={text.value}
          {...typed((said) => {
            text.value = said;
          })}
        />
        <Items text={text.value.trim().toLowerCase()} />
      </div>
      <footer class="thumb">
        {state.item.value && <p class="cut">{pick(state.item.value.name)}</p>}
        <button
          type="button"
          class="button primary"
          disabled={!state.item.value}
          onClick={() => state.change({ step: "send" })}
        >
          {t("report.next")}
        </button>
      </footer>
    </main>
  );
}

function Items({ text }: { text: string }) {
  const list = state.list.value;
  const read = known(list);
  if (list.status === "failed") {
    return list.failure.status === 404 ? (
      <Empty title={nameOf(state.district.value ?? {})} help={t("report.no_list")} />
    ) : (
      <Failed failure={list.failure} onRetry={() => void state.readList()} />
    );
  }
  if (!read) return <Waiting rows={6} label={t("report.list_loading")} />;
  const groups = new Map<string, api.EventItem[]>();
  for (const item of read.items) {
    const said = [item.code, item.name.zh, item.name.en, item.category_name.zh, item.category_name.en];
    if (!said.some((each) => each.toLowerCase().includes(text))) continue;
    groups.set(item.category, [...(groups.get(item.category) ?? []), item]);
  }
  if (!groups.size) return <Empty title={t("report.none_found")} />;
  const chosen = state.form.value.kind;
  return (
    <>
      {[...groups.values()].map((items) => (
        <fieldset key={items[0]?.category} class="items">
          <legend>{items[0] && pick(items[0].category_name)}</legend>
          {items.map((item) => (
            <label key={item.code} class="item">
              <input
                type="radio"
                name="kind"
                checked={item.code === chosen}
                onChange={() => state.change({ kind: item.code, mediator: "" })}
              />
              <span class="main">
                {pick(item.name)}
                <small>{pick(item.department_name)}</small>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </>
  );
}
