/** A button with a menu under it, closed by a click elsewhere and by Esc. */

import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useLayer } from "./layer";

interface Shown {
  open: Signal<boolean>;
  /** What the button is for, for those who do not see it. */
  label: string;
  face: ComponentChildren;
  class: string;
  children: ComponentChildren;
}

export function Menu({ open, label, face, class: name, children }: Shown) {
  const root = useRef<HTMLDivElement>(null);
  const close = (): void => {
    open.value = false;
    root.current?.querySelector("button")?.focus();
  };
  useLayer(open.value, close);
  useEffect(() => {
    const away = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) open.value = false;
    };
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || !open.peek()) return;
      event.stopPropagation();
      close();
    };
    const here = root.current;
    addEventListener("pointerdown", away);
    here?.addEventListener("keydown", leave);
    return () => {
      removeEventListener("pointerdown", away);
      here?.removeEventListener("keydown", leave);
    };
  }, [open]);
  return (
    <div class={name} ref={root}>
      <button
        type="button"
        aria-haspopup="true"
        aria-expanded={open.value}
        aria-label={label}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {face}
      </button>
      {open.value && children}
    </div>
  );
}
