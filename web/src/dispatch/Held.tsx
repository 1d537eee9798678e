/** Who is in the hand, and what letting go would do; and the question that a second sending asks. */

import { useEffect, useRef } from "preact/hooks";
import type * as api from "../shared/api";
import { t, word } from "../shared/language";
import { useReturn } from "../shared/ui/layer";
import { Key } from "../shared/ui/parts";
import { drag, verdict } from "./drag";
import { initial } from "./nearMap";
import { theDrawer } from "./panels";
import { type Asking, cancelAsking, confirm } from "./sending";
import { whoOf } from "./words";
import { canWrite } from "./writing";
import "./Held.css";

/** Beside the pointer: the disc, and a sentence. */
export function Held() {
  const held = drag.value;
  const found = verdict.value;
  if (!held || !found) return null;
  const left = held.x > innerWidth - 280;
  return (
    <div
      class="held"
      role="status"
      data-kind={found.kind}
      data-left={left}
      style={{ transform: `translate(${held.x}px, ${held.y}px)` }}
    >
      <i aria-hidden="true" data-letter={initial(held.who.name)} />
      <span>{found.text}</span>
    </div>
  );
}

/** Where the buttons are: who has it now, and what becomes of that. */
export function Again({ one, wanted }: { one: api.Incident; wanted: Asking }) {
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const waiting = setTimeout(() => yes.current?.focus());
    return () => clearTimeout(waiting);
  }, []);
  useReturn(true, theDrawer);
  const { incident } = one;
  const department = incident.department ? word("department", incident.department) : "";
  const now = incident.responder ? whoOf(one, incident.responder) : department;
  return (
    <section class="acts again" role="alertdialog" aria-label={t("send.confirm", { who: wanted.who.name })}>
      <p>
        <b>{t("send.confirm", { who: wanted.who.name })}</b>{" "}
        {t("send.confirm_help", { now: now || t("send.somebody"), state: word("state", incident.state ?? "") })}
      </p>
      <div class="act-line">
        <button
          ref={yes}
          type="button"
          class="button primary"
          data-test="send-again"
          disabled={!canWrite()}
          onClick={() => void confirm()}
        >
          {t("send.confirm_do", { who: wanted.who.name })}
        </button>
        <button type="button" class="button" onClick={() => cancelAsking()}>
          {t("act.cancel")} <Key>Esc</Key>
        </button>
      </div>
    </section>
  );
}
