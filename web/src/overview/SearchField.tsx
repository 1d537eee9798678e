/** The search field of the top bar; its results are in the left panel, and the arrow keys go through them. */

import { useRef } from "preact/hooks";
import { language, t } from "../shared/language";
import { known } from "../shared/remote";
import { typed } from "../shared/typed";
import { Icon } from "../shared/ui/icons";
import { Key } from "../shared/ui/parts";
import { openLeft } from "./panels";
import * as state from "./state";
import { closeSearch, openHit } from "./steps";
import "./SearchField.css";

const PAUSE_MS = 140;

export function SearchField() {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef(0);

  const type = (text: string): void => {
    state.query.value = text;
    state.searchOpen.value = true;
    openLeft();
    state.sheet.value = "place";
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void state.runSearch(), PAUSE_MS);
  };

  /** Open the chosen hit, once the hits are those of what is typed. */
  const enter = async (): Promise<void> => {
    clearTimeout(timer.current);
    const late = state.typedOn.peek() || state.hits.peek().status === "loading";
    if (late && !(await state.runSearch())) return;
    await openHit(state.activeHit.peek());
  };

  const move = (by: number): void => {
    const rows = known(state.hits.value)?.length ?? 0;
    if (rows) state.activeHit.value = (state.activeHit.value + by + rows) % rows;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") void enter();
    else if (event.key === "Escape") {
      closeSearch();
      field.current?.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const expanded = state.searchOpen.value && state.query.value.trim() !== "";
  return (
    <search class="search">
      <Icon name="search" />
      <input
        ref={field}
        id="search"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        aria-label={t("search.label")}
        aria-expanded={expanded}
        aria-controls="results"
        aria-activedescendant={expanded ? `hit-${state.activeHit.value}` : undefined}
        aria-autocomplete="list"
        lang={language.value === "zh" ? "zh-CN" : "en"}
        placeholder={t(state.goingTo.value ? "search.go_to" : "search.placeholder")}
        value={state.query.value}
        {...typed(type)}
        onFocus={() => {
          state.searchOpen.value = true;
          if (state.query.value) state.sheet.value = "place";
        }}
        onBlur={() => {
          state.goingTo.value = false;
          if (!state.query.value) state.searchOpen.value = false;
        }}
        onKeyDown={onKeyDown}
      />
      {state.query.value ? (
        <button
          type="button"
          class="clear"
          aria-label={t("search.clear")}
          onClick={() => {
            closeSearch();
            field.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      ) : (
        <Key>/</Key>
      )}
    </search>
  );
}
