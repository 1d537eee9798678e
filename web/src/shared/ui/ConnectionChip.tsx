/** Whether the server answers; while it does not, for how long. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask, connection } from "../connection";
import { age } from "../format";
import { t } from "../language";

/** `online`: what to say while it does answer. */
export function ConnectionChip({ online }: { online?: string }) {
  const now = useSignal(Date.now());
  const offline = connection.value.state === "offline";
  useEffect(() => {
    if (!offline) return;
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  }, [offline, now]);
  if (connection.value.state === "online") {
    return (
      <span class="live" role="status">
        <i />
        <span>{online ?? t("connection.online")}</span>
      </span>
    );
  }
  return (
    <span class="chip warn" data-test="offline">
      <span role="status">{t("connection.offline", { age: age(now.value - connection.value.since) })}</span>
      <button type="button" onClick={() => void ask()}>
        {t("connection.retry")}
      </button>
    </span>
  );
}
