// Weighs the JavaScript that a page needs before deck.gl is asked for, MapLibre's worker included, and fails above the
// budget. Run after `npm run build`.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 500_000;
const assets = new URL("../dist/assets/", import.meta.url);
const dist = new URL("../dist/", import.meta.url);

/** @param {string} name */
const text = (name) => readFileSync(new URL(name, assets), "utf8");
/** @param {string} name */
const weight = (name) => gzipSync(readFileSync(new URL(name, assets)), { level: 9 }).length;

/** The scripts that the first picture of `html` needs: its own, what those import without waiting, and the map.
 * @param {string} html */
function atOnce(html) {
  const page = readFileSync(new URL(html, dist), "utf8");
  const found = new Set([...page.matchAll(/assets\/([\w.-]+\.m?js)/g)].map((match) => match[1] ?? ""));
  for (const name of found) {
    for (const match of text(name).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.m?js)["']/g))
      found.add(match[1] ?? "");
    for (const match of text(name).matchAll(/import\(\s*["'`]\.\/(map-[\w.-]+\.js)["'`]/g)) found.add(match[1] ?? "");
  }
  return found;
}

const worker = readdirSync(assets).filter((name) => name.includes("maplibre-gl-worker") && name.endsWith("js"));
let failed = worker.length !== 1;
if (failed) console.error("MapLibre's worker is not among the assets; build first: npm run build");
for (const html of readdirSync(dist).filter((name) => name.endsWith(".html"))) {
  const parts = [...atOnce(html), ...worker].map((name) => ({ name, bytes: weight(name) }));
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  for (const part of parts) console.log(`${(part.bytes / 1000).toFixed(1).padStart(8)} kB  ${part.name}`);
  console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  ${html} in all, of ${BUDGET_BYTES / 1000} kB (gzip)`);
  if (total > BUDGET_BYTES) {
    console.error(`${html} is over its budget: load what is not needed for the first picture with import()`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
