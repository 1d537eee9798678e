/** Sound and a notification of the browser for what has just been reported, if somebody wants them. */

import { signal } from "@preact/signals";
import { isDemo, session } from "../shared/account";
import { nameOf, pick, t } from "../shared/language";
import { known } from "../shared/remote";
import { alertsOn, awake, rememberAlerts } from "./alertsOn";
import { serverNow } from "./clock";
import { ownCentres } from "./escalated";
import { onTold } from "./live";
import { say } from "./said";
import * as state from "./state";
import { placeOf, titleOf } from "./words";

/** What was reported longer ago is told again after an interruption, or late: it is in the list, and makes no noise. */
const FRESH_MS = 20_000;
/** Between two sounds. */
const APART_MS = 1500;
const [HIGH_HZ, LOW_HZ] = [880, 660];

/** How many sounds were made; nothing else tells of a sound. */
export const sounded = signal(0);

let speaker: AudioContext | null = null;
let soundedAt = 0;

/** Browsers make no sound before somebody has touched the page or a key. */
function wake(): void {
  if (!speaker) {
    const made = new AudioContext();
    const tell = (): void => {
      awake.value = made.state === "running";
    };
    made.onstatechange = tell;
    speaker = made;
    tell();
  }
  if (speaker.state === "suspended") void speaker.resume().catch(() => undefined);
}

export async function switchAlerts(): Promise<void> {
  const on = !alertsOn.peek();
  rememberAlerts(on);
  if (!on) return;
  wake();
  chime(false);
  const allowed = "Notification" in window ? await Notification.requestPermission() : "denied";
  say(t(allowed === "granted" ? "alerts.both" : "alerts.sound_only"));
}

/** Two short tones, falling where it is urgent. */
function chime(urgent: boolean): void {
  const now = performance.now();
  if (!speaker || now - soundedAt < APART_MS) return;
  soundedAt = now;
  sounded.value += 1;
  for (const [which, pitch] of (urgent ? [HIGH_HZ, LOW_HZ, HIGH_HZ] : [LOW_HZ, HIGH_HZ]).entries()) {
    const tone = speaker.createOscillator();
    const loud = speaker.createGain();
    const from = speaker.currentTime + which * 0.16;
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0.0001, from);
    loud.gain.exponentialRampToValueAtTime(0.2, from + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.15);
    tone.connect(loud).connect(speaker.destination);
    tone.start(from);
    tone.stop(from + 0.16);
  }
}

function notify(key: string, title: string, body: string): void {
  if (!("Notification" in window) || Notification.permission !== "granted" || !document.hidden) return;
  try {
    const shown = new Notification(title, { body, tag: key });
    shown.onclick = () => {
      window.focus();
      state.select(key);
      shown.close();
    };
  } catch {
    // Some browsers of phones let pages notify through a service worker alone; the sound is heard.
  }
}

export function watchAlerts(): void {
  for (const touched of ["pointerdown", "keydown"] as const)
    addEventListener(touched, () => alertsOn.peek() && wake(), { passive: true, capture: true });
  onTold(({ act, actor, at, district, code, incident }) => {
    const me = known(session.peek());
    const own = me !== null && !isDemo(me) && actor === me.account;
    if (own || serverNow() - Date.parse(at) > FRESH_MS) return;
    const asked = state.filters.peek();
    if (asked.district !== null && asked.district !== district) return;
    if (asked.area !== null && !`${incident.path ?? ""}/`.startsWith(`${asked.area}/`)) return;
    const climbed = act === "escalate" && ownCentres.peek().includes(incident.escalated_to ?? "");
    if (climbed) say(t("escalated.now", { name: titleOf(incident), place: placeOf(incident) }));
    if (!alertsOn.peek() || !(climbed || act === "report")) return;
    chime(incident.priority === 1);
    notify(`${district}/${code}`, nameOf(incident) || code, incident.place ? pick(incident.place) : "");
  });
}
