/** The marks of incidents: the symbol of the style's sheet with the ring of its clock, and clusters with theirs. */

import type { IncidentCluster, IncidentRow, SymbolImage } from "../shared/api";
import { token } from "../shared/theme";
import { clockOf } from "./clock";
import { makeResponder } from "./nearMap";

/** Arcs of the running-out ring come in so many lengths. */
const ARCS = 12;
const SIZE = 34;
const RING = 12.5;

/** The name of the mark of an incident: what it is, whether somebody is going, and how its clock stands. */
export function markOf(row: IncidentRow, at: number): string {
  if (row.state === "closed") return "incident-closed";
  const clock = clockOf(row, at);
  const going = row.state === "dispatched" || row.state === "on_site";
  const done = row.state === "handled" || row.state === "verified";
  const symbol = `incident-${row.priority ?? 4}${done ? "-handled" : going ? "-attended" : ""}`;
  if (clock.state === "overdue") return `desk/${symbol}/over`;
  if (clock.state !== "running_out") return symbol;
  return `desk/${symbol}/${Math.max(1, Math.round(clock.share * ARCS))}`;
}

function arc(radius: number, from: number, to: number): string {
  const at = (share: number): string => {
    const angle = 2 * Math.PI * share - Math.PI / 2;
    return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
  };
  return `M${at(from)}A${radius},${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}`;
}

function ring(clock: string): string {
  const halo = `<circle r="${RING}" fill="none" stroke="${token("--map-halo")}" stroke-width="3.4"/>`;
  if (clock === "over") {
    const red = token("--clock-overdue");
    return (
      `${halo}<circle r="${RING}" fill="none" stroke="${red}" stroke-width="3" stroke-dasharray="3.6 2.2"/>` +
      `<g transform="translate(9.4,-9.4)"><circle r="5.2" fill="${red}" stroke="${token("--map-halo")}" stroke-width="1.2"/>` +
      `<path d="M0,-2.6V.6M0,2.4V2.5" stroke="${token("--map-halo")}" stroke-width="1.6" stroke-linecap="round"/></g>`
    );
  }
  const amber = token("--clock-soon");
  const share = Math.min(Number(clock) / ARCS, 0.999);
  return (
    `${halo}<circle r="${RING}" fill="none" stroke="${amber}" stroke-opacity=".3" stroke-width="2.4"/>` +
    `<path d="${arc(RING, 0, share)}" fill="none" stroke="${amber}" stroke-width="3" stroke-linecap="round"/>`
  );
}

function svg(size: number, body: string): SymbolImage {
  const half = size / 2;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="${-half} ${-half} ${size} ${size}">`;
  return { svg: `${head}${body}</svg>`, width: size, height: size };
}

/** Shares of a cluster's ring come in so many steps. */
const STEPS = 16;
const CLUSTER = 48;
const CLUSTER_RING = 16;

/** What the names of marks of clusters begin with. */
export const CLUSTER_MARK = "cluster/";

/** The name of the mark of a cluster: where the share of each priority ends, in sixteenths, and what is overdue. */
export function clusterMark({ priorities, count, overdue }: IncidentCluster): string {
  let sum = 0;
  const ends = priorities.map((each) => {
    sum += each;
    return Math.round((STEPS * sum) / count);
  });
  return `${CLUSTER_MARK}${ends.join(".")}/${overdue ? (overdue > 99 ? "99+" : overdue) : ""}`;
}

function cluster(shares: string, overdue: string): SymbolImage {
  let from = 0;
  const parts = shares.split(".").map((each, index) => {
    const [begin, end] = [from, Number(each)];
    from = end;
    if (end <= begin) return "";
    const whole = end - begin >= STEPS;
    const shape = whole ? `<circle r="${CLUSTER_RING}"` : `<path d="${arc(CLUSTER_RING, begin / STEPS, end / STEPS)}"`;
    return `${shape} fill="none" stroke="${token(`--priority-${index + 1}`)}" stroke-width="4"/>`;
  });
  const plate = `<circle r="18.6" fill="${token("--map-halo")}" opacity=".92"/>`;
  return svg(CLUSTER, plate + parts.join("") + badge(overdue));
}

/** Over its corner: how many are overdue. */
function badge(overdue: string): string {
  if (!overdue) return "";
  const width = 9 + 6 * overdue.length;
  const plate = `<rect x="${23.5 - width}" y="-23" width="${width}" height="15" rx="7.5" fill="${token("--danger-fill")}" stroke="${token("--map-halo")}" stroke-width="1.5"/>`;
  const look = `font-family="sans-serif" font-size="10" font-weight="700" text-anchor="middle" fill="${token("--danger-on")}"`;
  return `${plate}<text x="${23.5 - width / 2}" y="-12" ${look}>${overdue}</text>`;
}

/** Make the marks that the sheet does not hold. */
export function makeMark(id: string, sheet: Record<string, SymbolImage>): SymbolImage | undefined {
  const [kind, name = "", more = ""] = id.split("/");
  if (kind === "cluster") return cluster(name, more);
  if (kind === "responder") return makeResponder(id);
  if (kind !== "desk") return undefined;
  const base = sheet[name];
  if (!base) return undefined;
  const place = `<svg x="${-base.width / 2}" y="${-base.height / 2}" `;
  return svg(SIZE, base.svg.replace("<svg ", place) + ring(more));
}
