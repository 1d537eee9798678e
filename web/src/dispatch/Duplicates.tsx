/** What may be of the same thing: offered with its reason, compared side by side, merged by a person. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import * as api from "../shared/api";
import { pick, t, word } from "../shared/language";
import { forget, known, load, type Remote } from "../shared/remote";
import { Failed, Waiting } from "../shared/ui/parts";
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
  const other = useSignal<Remote<api.IncidentRow>>({ status: "idle" });
  const read = (): void => {
    void load(other, async (stop) => (await api.incident(district, like.code, stop)).incident);
  };
  useEffect(() => {
    const listed = state.rows.peek().get(`${district}/${like.code}`);
    if (listed) other.value = { status: "ready", value: listed };
    else read();
    return () => forget(other);
  }, [district, like.code, other]);
  const that = known(other.value);
  if (other.value.status === "failed") return <Failed failure={other.value.failure} onRetry={read} />;
  if (!that) return <Waiting rows={3} label={t("one.loading")} />;
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
