/** The photos of an incident: a strip, of which a click makes one large; Esc makes it small again. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import * as api from "../shared/api";
import { t } from "../shared/language";
import { IconButton } from "../shared/ui/parts";
import { moment } from "./clock";
import { whoOf } from "./words";
import "./Photos.css";

export function Photos({ one }: { one: api.Incident }) {
  const large = useSignal<api.Photo | null>(null);
  const there = one.photos.filter(({ erased }) => !erased);
  if (!there.length) return null;
  const { district, code } = one.incident;
  return (
    <section class="section">
      <h3>{t("photo.title")}</h3>
      <ul class="photos">
        {there.map((photo) => (
          <li key={photo.id}>
            <button
              type="button"
              aria-label={t("photo.open", { n: photo.id })}
              onClick={() => {
                large.value = photo;
              }}
            >
              <Shown district={district} code={code} photo={photo} small />
            </button>
          </li>
        ))}
      </ul>
      {large.value && (
        <Large
          district={district}
          code={code}
          photo={large.value}
          by={whoOf(one, large.value.actor)}
          onClose={() => {
            large.value = null;
          }}
        />
      )}
    </section>
  );
}

interface Of {
  district: string;
  code: string;
  photo: api.Photo;
}

function Shown({ district, code, photo, small = false }: Of & { small?: boolean }) {
  const failed = useSignal(false);
  if (failed.value) return <small>{t("photo.failed")}</small>;
  return (
    <img
      src={api.photoAddress(district, code, photo.id, small)}
      width={photo.width}
      height={photo.height}
      alt={t("photo.alt", { code, n: photo.id })}
      loading="lazy"
      decoding="async"
      onError={() => {
        failed.value = true;
      }}
    />
  );
}

function Large({ by, onClose, ...of }: Of & { by: string; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="photo-large"
      aria-label={t("photo.alt", { code: of.code, n: of.photo.id })}
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <Shown {...of} />
      <p>
        <span class="grow">
          {moment(of.photo.at)} · {by}
        </span>
        <IconButton icon="close" label={t("photo.close")} hint="Esc" onClick={() => dialog.current?.close()} />
      </p>
    </dialog>
  );
}
