/** The tabs of the list: which states each of them holds. */

export const TABS = {
  open: ["reported", "filed", "dispatched", "on_site", "handled", "verified", "returned", "suspended"],
  waiting: ["reported", "filed", "returned"],
  at_work: ["dispatched", "on_site"],
  to_check: ["handled", "verified"],
  held: ["suspended"],
  closed: ["closed"],
} as const;

export type Tab = keyof typeof TABS;
export const TAB_NAMES = Object.keys(TABS) as Tab[];

export function isTab(name: string): name is Tab {
  return name in TABS;
}

export function isIn(tab: Tab, state: string | null): boolean {
  return (TABS[tab] as readonly string[]).includes(state ?? "");
}
