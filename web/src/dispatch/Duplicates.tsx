/** What may be of the same thing: offered with its reason, compared side by side, merged by a person. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../shared/api";
import { pick, t, word } from "../shared/language";
import { begin } from "./acts";
import { moment } from "./clock";
import * as state from "./state";
import { placeOf, titleOf } from "./words";

type Likeness = api.Incident["duplicates"][number];

export function Duplicates({ one }: { one: api.Incident }) {
  if (!one.duplicates.length) return null;
  return (
    <section class="section duplicates">
      <h3>{t("one.duplicates")}</h3>
      <ul>
        {one.duplicates.map((like) => (
          <Duplicate key={like.code} one={one} like={like} />
        ))}
      </ul>
    </section>
  );
}

function Duplicate({ one, like }: { one: api.Incident; like: Likeness }) {
  const open = state.comparing.value === like.code;
  return (
    <li>
      <div class="line">
        <span class="grow">{pick(like.why)}</span>
        <button
          type="button"
          class="textual"
          aria-expanded={open}
          onClick={() => {
            state.comparing.value = open ? null : like.code;
          }}
        >
          {t(open ? "one.hide" : "one.compare")}
        </button>
      </div>
      {open && <Comparison one={one} like={like} />}
    </li>
  );
}

function Comparison({ one, like }: { one: api.Incident; like: Likeness }) {
  const { district } = one.incident;
  const other = useSignal<api.IncidentRow | null>(state.rows.peek().get(`${district}/${like.code}`) ?? null);
  useEffect(() => {
    if (other.peek()) return;
    const stop = new AbortController();
    api.incident(district, like.code, stop.signal).then(
      (read) => {
        other.value = read.incident;
      },
      () => undefined,
    );
    return () => stop.abort();
  }, [district, like.code, other]);
  const that = other.value;
  if (!that) return null;
  const both = [one.incident, that] as const;
  const lines: [string, (row: api.IncidentRow) => string][] = [
    [t("one.what"), titleOf],
    [t("one.where"), placeOf],
    [t("one.when"), (row) => (row.reported_at ? moment(row.reported_at) : "—")],
    [t("one.state"), (row) => word("state", row.state ?? "")],
    [t("one.note"), (row) => row.note ?? "—"],
  ];
  const merge = one.acts.find((act) => act.act === "merge");
  return (
    <div class="comparison">
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("one.this")}</th>
            <th scope="col">{t("one.that")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([name, of]) => (
            <tr key={name} data-same={of(both[0]) === of(both[1])}>
              <th scope="row">{name}</th>
              <td>{of(both[0])}</td>
              <td>{of(both[1])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {merge && (
        <button type="button" class="button" onClick={() => begin(merge, { into: like.code, reason: pick(like.why) })}>
          {t("act.merge", { code: like.code })}
        </button>
      )}
    </div>
  );
}
