/** Sending a report, once: under one key, as often as the way needs, and its photo after it. */

import { batch, effect, untracked } from "@preact/signals";
import { readSession, session } from "../shared/account";
import * as api from "../shared/api";
import { comebacks } from "../shared/connection";
import { load } from "../shared/remote";
import { keepPhoto } from "./kept";
import * as state from "./state";

function bodyOf(form: state.Form): api.ReportBody | null {
  const { place, kind } = form;
  if (!place || !kind) return null;
  const body: api.ReportBody = { lon: place.lon, lat: place.lat, kind };
  if (place.accuracy !== null) {
    body.accuracy = place.accuracy;
    body.confidence = 0.95; // what the W3C means by a position's accuracy
  }
  if (form.note.trim()) body.note = form.note.trim();
  if (state.building.peek()) {
    if (form.floor !== "") body.floor = Number(form.floor);
    if (form.staircase !== "") body.staircase = Number(form.staircase);
  }
  if (state.item.peek()?.dispute && form.mediator) body.mediator = form.mediator;
  const stated = state.stated.peek();
  if (stated !== null) body.stated_owner = stated;
  return body;
}

export async function send(): Promise<void> {
  const form = state.form.peek();
  const body = form.pending ?? bodyOf(form);
  if (!body || form.answer || state.sending.peek() === "sending") return;
  batch(() => {
    state.refused.value = null;
    state.sending.value = "sending";
    state.change({ pending: body });
  });
  try {
    const answer = await api.report(body, form.key);
    batch(() => {
      state.sending.value = null;
      state.change({ answer, pending: null });
    });
  } catch (error) {
    const failure = api.Failure.of(error);
    batch(() => {
      state.sending.value = failure.away ? "waiting" : null;
      // refused is done with: what is mended is another request
      if (!failure.away) {
        state.refused.value = failure;
        state.change({ pending: null, key: state.newKey() });
        if (failure.status === 401 || failure.status === 404) void readSession();
      }
    });
    return;
  }
  await Promise.all([readWhole(), sendPhoto()]);
}

export async function readWhole(): Promise<void> {
  const { answer } = state.form.peek();
  if (answer) await load(state.whole, (stop) => api.incident(answer.district, answer.code, stop));
}

let uploading = false;

export async function sendPhoto(): Promise<void> {
  const { answer, key, photo: stands } = state.form.peek();
  const photo = state.photo.peek();
  if (!answer || !photo || stands !== "with" || uploading) return;
  uploading = true;
  try {
    await api.addPhoto(answer.district, answer.code, photo, `${key}-photo`);
    state.change({ photo: "sent" });
    await keepPhoto(null);
  } catch (error) {
    const failure = api.Failure.of(error);
    if (failure.status === 401) {
      await readSession(); // it stays to be sent by whoever signs in
    } else if (!failure.away) {
      state.photoFailure.value = failure;
      state.change({ photo: "refused" });
    }
  } finally {
    uploading = false;
  }
}

/** Go on with what was interrupted: at the start, and whenever the connection is back. */
export function goOn(): void {
  effect(() => {
    comebacks.value;
    untracked(() => {
      if (state.sending.peek() === "waiting") void send();
      else if (state.form.peek().answer) void Promise.all([readWhole(), sendPhoto()]);
      else if (state.located.peek().status === "failed") void state.locate();
      if (state.list.peek().status === "failed") void state.readList();
      if (session.peek().status === "failed") void readSession();
    });
  });
}
