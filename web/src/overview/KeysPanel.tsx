/** Every key of the page, beside the map: reading it closes nothing. */

import { useEffect, useRef } from "preact/hooks";
import { t } from "../shared/language";
import { IconButton, Key } from "../shared/ui/parts";
import { allowSingleKeys, BINDINGS, singleKeys } from "./keyboard";
import * as state from "./state";
import "./panel.css";
import "./KeysPanel.css";

export function KeysPanel() {
  const root = useRef<HTMLElement>(null);
  const open = state.keysOpen.value;
  useEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    root.current?.focus();
    // Closing it leads back to where one was.
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
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
            state.keysOpen.value = false;
          }}
        />
      </header>
      <dl>
        {BINDINGS.filter((binding) => (binding.printed ?? binding.keys).length > 0).map((binding) => (
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
