/** Every key of a page, beside the map: reading it closes nothing. */

import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Listed } from "../keys";
import { t } from "../language";
import { allowSingleKeys, singleKeys } from "../singleKeys";
import { useLayer, useReturn } from "./layer";
import { IconButton, Key } from "./parts";
import "./panel.css";
import "./keys.css";

export function KeysPanel({ shown, bindings }: { shown: Signal<boolean>; bindings: Listed[] }) {
  const root = useRef<HTMLElement>(null);
  const open = shown.value;
  useLayer(open, () => {
    shown.value = false;
  });
  useReturn(open);
  useLayoutEffect(() => {
    if (open) root.current?.focus();
  }, [open]);
  if (!open) return null;
  return (
    <section ref={root} class="keys-panel" role="dialog" aria-label={t("keys.title")} tabIndex={-1}>
      <header class="panel-head">
        <h2>{t("keys.title")}</h2>
        <div class="grow" />
        <IconButton
          icon="close"
          label={t("keys.close")}
          hint="Esc"
          onClick={() => {
            shown.value = false;
          }}
        />
      </header>
      <dl>
        {bindings
          .filter((binding) => (binding.printed ?? binding.keys).length > 0)
          .map((binding) => (
            <div key={binding.words}>
              <dt>
                {(binding.printed ?? binding.keys).map((key) =>
                  key === "–" ? <span key={key}>–</span> : <Key key={key}>{key}</Key>,
                )}
              </dt>
              <dd>{t(binding.words)}</dd>
            </div>
          ))}
      </dl>
      <label class="switch-line">
        <input
          type="checkbox"
          role="switch"
          checked={singleKeys.value}
          aria-checked={singleKeys.value}
          onChange={(event) => allowSingleKeys(event.currentTarget.checked)}
        />
        <span class="track" />
        {t("keys.single")}
      </label>
    </section>
  );
}
