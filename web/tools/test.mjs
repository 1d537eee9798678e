/** Runs the tests in tests/ by Node's own runner: `node tools/test.mjs [node's options]`. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

const web = new URL("..", import.meta.url).pathname;
const names = readdirSync(join(web, "tests")).filter((name) => name.endsWith(".test.ts"));
const folder = mkdtempSync(join(tmpdir(), "gridscape-web-"));
try {
  await build({
    root: web,
    configFile: false,
    logLevel: "warn",
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: "es2022",
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name.replace(/\.ts$/, ""), join(web, "tests", name)])),
        output: { entryFileNames: "[name].mjs" },
      },
    },
  });
  const built = names.map((name) => join(folder, name.replace(/\.ts$/, ".mjs")));
  const ran = spawnSync(process.execPath, ["--test", ...process.argv.slice(2), ...built], { stdio: "inherit" });
  process.exitCode = ran.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
