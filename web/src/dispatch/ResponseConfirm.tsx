/** The dialogs before a response is switched: the consequence in figures, and a button that names the act. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ResponseWhole } from "../shared/api";
import { connection } from "../shared/connection";
import { count } from "../shared/format";
import { nameOf, pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { useReturn } from "../shared/ui/layer";
import { now } from "./clock";
import { Figures, figuresOf } from "./ResponsePreview";
import { overtaken, refused, report, sending, switchOff, switchOn } from "./responseActs";
import { draft, preview } from "./responseDraft";
import { dayOf } from "./responseShape";
import { confirming, titleOf, whereOf } from "./responses";

interface Asked {
  title: string;
  sub?: string;
  act: string;
  ready: boolean;
  onTake: () => void;
  children: ComponentChildren;
}

function Confirm({ title, sub, act, ready, onTake, children }: Asked) {
  const dialog = useRef<HTMLDialogElement>(null);
  useReturn(true, () => document.getElementById("responses"));
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  const close = (): void => {
    confirming.value = null;
  };
  const failure = refused.value;
  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-label={title}
      // told late: by then it may have gone already, and another one be open
      onClose={(event) => {
        if (event.currentTarget.isConnected) close();
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (!sending.value) close();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !sending.value) onTake();
        }}
      >
        <h2>{title}</h2>
        {sub && <p class="dim">{sub}</p>}
        {children}
        {failure && (
          <p class="refused" role="alert">
            <b>{failure.problem.problem ?? t("response.refused")}</b> {failure.problem.remedy}
          </p>
        )}
        {overtaken.value && (
          <p class="refused" role="alert">
            <b>{t("response.overtaken")}</b>
          </p>
        )}
        {sending.value === "waiting" && <p role="status">{t("response.waiting")}</p>}
        <div class="act-line">
          <button type="submit" class="button primary" disabled={!ready || sending.value !== null}>
            {sending.value ? t("response.sending") : act}
          </button>
          <button type="button" class="button" disabled={sending.value !== null} onClick={close}>
            {t("response.cancel")}
          </button>
        </div>
      </form>
    </dialog>
  );
}

const online = (): boolean => connection.value.state === "online";

export function SwitchOn() {
  if (confirming.value !== "on") return null;
  const read = known(preview.value);
  const name = read ? nameOf(read.area) || (read.path.split("/").at(-1) ?? "") : "";
  const where = t("response.in", { kind: t(`response.kind.${draft.value.kind}`), name });
  const act = t("response.switch_on", { level: t(`response.level_name_${draft.value.level}`) });
  return (
    <Confirm title={act} sub={where} ready={online()} act={act} onTake={() => void switchOn()}>
      <p>{t("response.confirm_on")}</p>
      {read && <Figures lines={figuresOf(read)} />}
      <p class="written">{draft.value.reason}</p>
    </Confirm>
  );
}

export function SwitchOff({ whole }: { whole: ResponseWhole }) {
  if (confirming.value !== "off") return null;
  const one = whole.response;
  const act = t("response.switch_off", { level: pick(one.level_name) });
  const posts = whole.convened.reduce((sum, each) => sum + each.posts, 0);
  const lines: [string, string][] = [
    [t("response.fig_days"), t("response.n_days", { n: dayOf(one.opened_at, now.value) })],
    [t("response.fig_posts"), count(posts)],
    [t("response.fig_incidents"), count(whole.incidents.length)],
  ];
  return (
    <Confirm
      title={act}
      sub={`${titleOf(one, now.value)} · ${whereOf(one)}`}
      ready={online() && report.value.trim() !== "" && one.active}
      act={act}
      onTake={() => void switchOff(one)}
    >
      <Figures lines={lines} />
      <label>
        <span>{t("response.confirm_off")}</span>
        <textarea
          class="field"
          rows={4}
          maxLength={4000}
          required
          value={report.value}
          onInput={(event) => {
            report.value = event.currentTarget.value;
          }}
        />
      </label>
    </Confirm>
  );
}
