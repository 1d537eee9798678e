/** Dark for the command centre, light for the office; every colour comes from layers/tokens.css. */

import { effect, signal } from "@preact/signals";
import { remember, remembered } from "./memory";

export type Theme = "dark" | "light";

export const theme = signal<Theme>(remembered("theme") === "light" ? "light" : "dark");

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen;
  remember("theme", chosen);
}

export function otherTheme(): void {
  chooseTheme(theme.peek() === "dark" ? "light" : "dark");
}

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
});

/** Return the value of a token, such as `--select`, in the theme of the page. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
