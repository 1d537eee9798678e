/** Choosing an area: one's own, or a part of it, one level after the other. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { nameOf, t } from "../shared/language";
import { forget, known, load, type Remote } from "../shared/remote";
import { Failed, Waiting } from "../shared/ui/parts";
import { type Area, areasBelow } from "./areasBelow";
import { change, draft, ofDistrict, tops } from "./responseDraft";

export function ResponseArea() {
  const district = ofDistrict.value;
  if (district === null) return null;
  const chosen = draft.value.areas.length ? draft.value.areas : tops.value.slice(0, 1).map((area) => area.path);
  const [first] = chosen;
  const choose = (depth: number, path: string): void => {
    const kept = chosen.slice(0, depth);
    change({ areas: path ? [...kept, path] : kept });
  };
  return (
    <div class="response-areas">
      <label>
        <span>{t("response.by_area")}</span>
        <select class="field" value={first ?? ""} onChange={(event) => choose(0, event.currentTarget.value)}>
          {tops.value.map((area) => (
            <option key={area.path} value={area.path}>
              {nameOf(area)}
            </option>
          ))}
        </select>
      </label>
      {chosen.map((path, depth) => (
        <Part
          key={path}
          district={district}
          path={path}
          value={chosen[depth + 1] ?? ""}
          onChoose={(next) => choose(depth + 1, next)}
        />
      ))}
    </div>
  );
}

function Part(props: { district: string; path: string; value: string; onChoose: (path: string) => void }) {
  const { district, path } = props;
  const parts = useSignal<Remote<Area[]>>({ status: "idle" });
  const read = (): void => {
    void load(parts, () => areasBelow(district, path));
  };
  useEffect(() => {
    read();
    return () => forget(parts);
  }, [district, path]);
  const found = known(parts.value);
  if (parts.value.status === "failed") return <Failed failure={parts.value.failure} onRetry={read} />;
  if (!found) return <Waiting rows={1} label={t("response.areas_loading")} />;
  if (!found.length) return null;
  return (
    <label>
      <span>{t("response.part")}</span>
      <select class="field" value={props.value} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        <option value="">{t("response.all_of_it")}</option>
        {found.map((area) => (
          <option key={area.path} value={area.path}>
            {nameOf(area) || area.path.split("/").at(-1)}
          </option>
        ))}
      </select>
    </label>
  );
}
