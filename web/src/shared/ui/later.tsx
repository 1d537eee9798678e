/** Parts of a page whose scripts come when they are first shown. */

import { signal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { Failure } from "../api";
import { comebacks } from "../connection";
import { Failed } from "./parts";

interface Place {
  /** Of the part's outermost element, which the keyboard is led into: what stands in for it takes the keys meanwhile. */
  id: string;
  className: string;
  label: () => string;
}

/** A part that is an empty panel until its scripts are here; where they do not come, it says so and asks again. */
export function later(load: () => Promise<FunctionComponent>, place: Place): FunctionComponent {
  const part = signal<FunctionComponent | null>(null);
  const failure = signal<Failure | null>(null);
  let asked = -1;
  const ask = (): void => {
    failure.value = null;
    load().then(come, (error: unknown) => {
      failure.value = Failure.of(error);
    });
  };
  const come = (Part: FunctionComponent): void => {
    const held = document.activeElement?.id === place.id;
    part.value = Part;
    if (held) requestAnimationFrame(() => document.getElementById(place.id)?.focus());
  };
  return () => {
    const round = comebacks.value;
    if (!part.value && asked !== round) {
      asked = round;
      queueMicrotask(ask);
    }
    const Part = part.value;
    if (Part) return <Part />;
    const failed = failure.value;
    return (
      <aside class={place.className} id={place.id} tabIndex={-1} aria-label={place.label()} aria-busy={!failed}>
        {failed && <Failed failure={failed} onRetry={ask} />}
      </aside>
    );
  };
}
