/** A choice among few, as a chip that opens the browser's own list. */

import { SETS } from "../words/sets";
import { Icon } from "./icons";
import "./choice.css";

export interface Option {
  value: string;
  label: string;
}

/** The members of a closed set, in their order. */
export function valuesOf(set: string): string[] {
  const prefix = `${set}.`;
  return Object.keys(SETS)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

interface Asked {
  name: string;
  label: string;
  /** What stands for no choice; where it is not there, one has to be chosen. */
  all?: string;
  value: string | null;
  options: Option[];
  onChoose: (value: string | null) => void;
}

export function Choice({ name, label, all, value, options, onChoose }: Asked) {
  return (
    <span class="choice" data-set={all !== undefined && value !== null}>
      <select
        aria-label={label}
        data-filter={name}
        value={value ?? ""}
        onChange={(event) => onChoose(event.currentTarget.value || null)}
      >
        {all !== undefined && <option value="">{all}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}
