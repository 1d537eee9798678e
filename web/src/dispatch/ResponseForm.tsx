/** Switching a response on: level, shape and reason, with what it would mean in figures before it is meant. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { ResponseLevel } from "../shared/api";
import { connection } from "../shared/connection";
import { nameOf, t } from "../shared/language";
import { Segmented } from "../shared/ui/parts";
import { ResponseArea } from "./ResponseArea";
import { SwitchOn } from "./ResponseConfirm";
import { ResponseHead } from "./ResponseHead";
import { Preview } from "./ResponsePreview";
import { CircleShape, DrawnShape } from "./ResponseShapes";
import { confirm, sending } from "./responseActs";
import { change, draft, type Kind, ofDistrict, wanted } from "./responseDraft";
import { ownDistricts } from "./scope";
import "../shared/ui/signIn.css";

const LEVELS: readonly ResponseLevel[] = [1, 2, 3];
const KINDS: readonly Kind[] = ["area", "circle", "drawn"];

export function ResponseForm() {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector("button")?.focus(), []);
  const { level, kind, reason } = draft.value;
  const ready = wanted.value !== null && reason.trim() !== "" && connection.value.state === "online";
  return (
    <>
      <ResponseHead title={t("response.begin_title")} back />
      <form
        ref={form}
        class="scroll response-form"
        id="response-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !sending.value) confirm("on");
        }}
      >
        <section class="section">
          <h3>{t("response.level")}</h3>
          <Segmented
            label={t("response.level")}
            value={String(level)}
            options={LEVELS.map((each) => ({ value: String(each), label: t(`response.level_${each}`) }))}
            onChoose={(value) => change({ level: Number(value) as ResponseLevel })}
          />
          <small>{t(`response.convenes_${level}`)}</small>
        </section>
        <section class="section">
          <h3>{t("response.shape")}</h3>
          {ownDistricts.value.length > 1 && <District />}
          <Segmented
            label={t("response.shape")}
            value={kind}
            options={KINDS.map((each) => ({ value: each, label: t(`response.by_${each}`) }))}
            onChoose={(value) => change({ kind: value })}
          />
          {kind === "area" && <ResponseArea />}
          {kind === "circle" && <CircleShape />}
          {kind === "drawn" && <DrawnShape />}
        </section>
        <section class="section">
          <label>
            <span>{t("response.reason")}</span>
            <textarea
              class="field"
              rows={3}
              maxLength={500}
              required
              value={reason}
              onInput={(event) => change({ reason: event.currentTarget.value })}
            />
          </label>
        </section>
        <Preview />
      </form>
      <div class="actions">
        <button type="submit" form="response-form" class="button primary" disabled={!ready}>
          {t("response.switch_on", { level: t(`response.level_name_${level}`) })}
        </button>
      </div>
      <SwitchOn />
    </>
  );
}

function District() {
  return (
    <label>
      <span>{t("response.district")}</span>
      <select
        class="field"
        value={ofDistrict.value ?? ""}
        onChange={(event) =>
          change({ district: event.currentTarget.value, areas: [], centre: null, ring: [], closed: false })
        }
      >
        {ownDistricts.value.map((each) => (
          <option key={each.slug} value={each.slug}>
            {nameOf(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
