/** What the browser remembers of a person's choices. Works without storage: then nothing is remembered. */

const PREFIX = "gridscape.";

export type Choice = "language" | "theme" | "single_keys" | "way" | `alerts.${string}`;

/** Where a report that is being written is kept: its form in the tab's own memory, its photo in a database. */
export const DRAFT = { form: `${PREFIX}report`, database: "gridscape-report" } as const;

/** Changes when somebody signs out in this browser: other tabs hear of it. */
export const SIGNED_OUT = `${PREFIX}signed_out`;

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

/** Tell the other tabs of this browser that somebody signed out. */
export function tellSignedOut(): void {
  try {
    localStorage.setItem(SIGNED_OUT, new Date().toISOString());
  } catch {
    // Without storage other tabs notice when the server refuses them.
  }
}

/** Erase what is kept of a person's work; how the pages look is the browser's and stays. */
export async function wipe(): Promise<void> {
  try {
    sessionStorage.clear();
  } catch {
    // Without storage nothing was kept.
  }
  await new Promise<void>((resolve) => {
    try {
      const asked = indexedDB.deleteDatabase(DRAFT.database);
      asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
    } catch {
      resolve();
    }
  });
}
