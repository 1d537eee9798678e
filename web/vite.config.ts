import { defineConfig } from "vite";
import { everyPageHasItsWords } from "./tools/words.mjs";

/** Drops the older .woff files that stand beside each .woff2 slice: every browser with WebGL 2 reads .woff2. */
const onlyWoff2 = {
  postcssPlugin: "only-woff2",
  Declaration: {
    src(declaration: { value: string }) {
      declaration.value = declaration.value.replace(/,\s*url\([^)]*\.woff\) format\(['"]woff['"]\)/, "");
    },
  },
};

const server = process.env["GRIDSCAPE_SERVER"] ?? "http://127.0.0.1:8000";
const served = [
  "/districts",
  "/layers",
  "/locate",
  "/search",
  "/styles",
  "/collections",
  "/health",
  "/api",
  "/incidents",
  "/events",
  "/session",
  "/operations-map",
];

export default defineConfig({
  base: "/",
  plugins: [everyPageHasItsWords()],
  css: { postcss: { plugins: [onlyWoff2] } },
  server: { proxy: Object.fromEntries(served.map((path) => [path, server])) },
  build: {
    target: "es2022",
    assetsDir: "assets",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: {
        overview: "index.html",
        dispatch: "dispatch.html",
        statistics: "statistics.html",
        report: "report.html",
      },
    },
  },
});
