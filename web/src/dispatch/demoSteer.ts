/** Steering a demo that plays: only its control needs that. */

import * as api from "../shared/api";
import { t } from "../shared/language";
import { problemOf } from "../shared/ui/parts";
import { demo, readDemo } from "./demo";
import { say } from "./said";

/** Let it play at another speed, or pause it: shown at once, and taken back where the server says no. */
export async function steer(change: { speed?: number; paused?: boolean }): Promise<void> {
  const before = demo.peek();
  if (before === null) return;
  const wanted = { speed: change.speed ?? before.speed, paused: change.paused ?? before.paused };
  demo.value = { ...before, ...wanted };
  try {
    demo.value = await api.steerDemo(wanted);
  } catch (error) {
    demo.value = before;
    say(t("demo.refused", { why: problemOf(api.Failure.of(error)).title }));
    await readDemo();
  }
}
