/** What the browser remembers of a person's choices. Works without storage: then nothing is remembered. */

const PREFIX = "gridscape.";

export type Choice = "language" | "theme" | "single_keys" | "way";

export function remembered(choice: Choice): string | null {
  try {
    return localStorage.getItem(PREFIX + choice);
  } catch {
    return null;
  }
}

export function remember(choice: Choice, value: string): void {
  try {
    localStorage.setItem(PREFIX + choice, value);
  } catch {
    // Storage is full or forbidden: the choice holds until the page is left.
  }
}
