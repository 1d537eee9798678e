/** Small parts that every panel is put together from. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Failure } from "../api";
import { t } from "../language";
import { Icon, type IconName } from "./icons";
import "./parts.css";

export function Key({ children }: { children: ComponentChildren }) {
  return <kbd>{children}</kbd>;
}

export function IconButton(props: {
  icon: IconName;
  label: string;
  hint?: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      title={props.hint ? `${props.label} (${props.hint})` : props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}

const SAID_MS = 1600;

/** A code that one click copies. Codes are never grouped or shortened. */
export function Code({ code }: { code: string }) {
  const said = useSignal<"" | "done" | "failed">("");
  useEffect(() => {
    if (!said.value) return;
    const timer = setTimeout(() => {
      said.value = "";
    }, SAID_MS);
    return () => clearTimeout(timer);
  }, [said.value]);
  const copy = async (event: Event): Promise<void> => {
    event.stopPropagation();
    try {
      await navigator.clipboard.writeText(code);
      said.value = "done";
    } catch {
      said.value = "failed";
    }
  };
  const words = said.value === "done" ? "copy.done" : said.value === "failed" ? "copy.failed" : "copy.do";
  return (
    <button
      type="button"
      class="code"
      data-said={said.value}
      aria-label={t(words, { code })}
      title={t(words, { code })}
      onClick={copy}
    >
      {code}
      <Icon name="copy" />
    </button>
  );
}

/** Grey rows of the final height, after 150 ms, so that nothing flashes. */
export function Waiting({ rows, label }: { rows: number; label: string }) {
  return (
    <div class="waiting" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <i key={row} />
      ))}
    </div>
  );
}

/** A failure in words: what it is, and what to do. */
export function problemOf({ offline, problem, status }: Failure): { title: string; help: string } {
  if (offline) return { title: t("error.network"), help: t("error.network_help") };
  const title = problem.problem ?? t("error.server", { status: status ?? "" });
  return { title, help: problem.remedy ?? t("error.server_help") };
}

/** What failed, what was kept, what to do. */
export function Failed({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const { title, help } = problemOf(failure);
  return (
    <div class="notice failed" role="alert">
      <strong>{title}</strong>
      <p>{help}</p>
      <button type="button" class="button" onClick={onRetry}>
        <Icon name="retry" />
        {t("error.retry")}
      </button>
    </div>
  );
}

export function Empty({ title, help, children }: { title: string; help?: string; children?: ComponentChildren }) {
  return (
    <div class="notice">
      <strong>{title}</strong>
      {help && <p>{help}</p>}
      {children}
    </div>
  );
}

export function Segmented<T extends string>(props: {
  label: string;
  value: T | null;
  options: { value: T; label: string; lang?: string; hint?: string }[];
  onChoose: (value: T) => void;
}) {
  return (
    <fieldset class="segmented" aria-label={props.label}>
      {props.options.map((option) => (
        <button
          key={option.value}
          type="button"
          lang={option.lang}
          title={option.hint}
          aria-pressed={option.value === props.value}
          onClick={() => props.onChoose(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
