/** What stands over a map that cannot be drawn or does not come. */

import type { Signal } from "@preact/signals";
import { t } from "../language";
import { Empty } from "./parts";
import "./NoMap.css";

export function NoMap({ failure, ready }: { failure: "webgl" | "style" | null; ready: Signal<boolean> }) {
  if (failure === null || (failure === "style" && ready.value)) return null;
  const help = failure === "webgl" ? "map.no_webgl_help" : "error.network_help";
  return (
    <div class="over-map">
      <Empty title={t(failure === "webgl" ? "map.no_webgl" : "map.failed")} help={t(help)} />
    </div>
  );
}
