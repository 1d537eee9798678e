/** The clicked place: what it is, who owns it and why, who answers, what is near. */

import { useEffect } from "preact/hooks";
import { coordinates, count } from "../shared/format";
import { nameOf, pick, secondName, t } from "../shared/language";
import { known } from "../shared/remote";
import { Icon } from "../shared/ui/icons";
import { Code, Empty, Failed, IconButton, Key, Waiting } from "../shared/ui/parts";
import { theMap, zoomToSelection } from "./camera";
import { Near } from "./Near";
import { NearestAreas } from "./NearestAreas";
import { OwnershipChain } from "./OwnershipChain";
import * as state from "./state";
import { ThingFacts } from "./ThingFacts";
import "../shared/ui/panel.css";
import "./PlaceCard.css";

export function PlaceCard() {
  const place = state.place.value;
  const located = state.located.value;
  const answer = known(located);
  if (!place) return null;
  return (
    <>
      <Head />
      <div class="scroll">
        {located.status === "failed" && <Failed failure={located.failure} onRetry={() => void state.readPlace()} />}
        {located.status === "loading" && <Waiting rows={6} label={t("place.loading")} />}
        {answer && !answer.district && (
          <>
            <Empty title={t("place.outside")} help={t("place.outside_help")} />
            <NearestAreas areas={answer.nearest} />
          </>
        )}
        {answer?.district && (
          <>
            <ThingFacts />
            <Why />
            <AreaFacts />
            <OwnershipChain />
            <OtherTrees />
            <Near />
          </>
        )}
      </div>
      {answer?.district && <Actions />}
    </>
  );
}

function Head() {
  const thing = state.thing.value;
  const area = state.area.value;
  const place = state.place.value;
  const named = thing ? (thing.properties as { name?: string; name_en?: string }) : area;
  const title = (named && nameOf(named)) || (area ? nameOf(area) : "") || t("place.title");
  const second = named ? secondName(named) : "";
  const code = thing?.code ?? area?.code;
  return (
    <header class="card-head">
      <div class="title">
        <h2>
          {title}
          {second && <small lang="zh-CN">{second}</small>}
        </h2>
        <IconButton icon="close" label={t("place.close")} hint="Esc" onClick={() => state.unselect()} />
      </div>
      <div class="line">
        {code ? <Code code={code} /> : null}
        {place && <span class="code-text">{coordinates(place.lon, place.lat)}</span>}
      </div>
    </header>
  );
}

function Why() {
  const tree = state.mainTree.value;
  if (!tree) return null;
  return (
    <div class="section why">
      <h3 class="visually-hidden">{t("place.why")}</h3>
      <p>{pick(tree.reason)}</p>
    </div>
  );
}

/** A few figures of the area that is looked at. */
function AreaFacts() {
  const area = state.area.value;
  const slug = known(state.located.value)?.district?.slug;
  const code = area?.code;
  useEffect(() => {
    if (area && slug) void state.readFacts(area, slug);
  }, [code, area?.level, slug]);
  const facts = known(state.facts.value);
  if (!facts) return null;
  const cells = [
    ["place.facts.floors", facts.floors],
    ["place.facts.staircases", facts.staircases],
    ["place.facts.households", facts.households],
    ["place.facts.elderly", facts.elderly_alone],
    ["place.facts.built", facts.built],
  ] as const;
  const told = cells.filter(([, value]) => value !== null && value !== undefined);
  if (!told.length) return null;
  return (
    <dl class="cells">
      {told.slice(0, 4).map(([key, value]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>{key === "place.facts.built" ? value : count(Number(value))}</dd>
        </div>
      ))}
    </dl>
  );
}

function OtherTrees() {
  const others = (known(state.located.value)?.trees ?? []).filter(
    (tree) => tree.tree !== "main" && tree.owners.some((owner) => owner.code),
  );
  if (!others.length) return null;
  return (
    <div class="section">
      <h3>{t("place.other_trees")}</h3>
      <ul class="plain">
        {others.flatMap((tree) =>
          tree.owners
            .filter((owner) => owner.code)
            .map((owner) => (
              <li key={`${tree.tree}/${owner.code}`} class="pair">
                <span>{nameOf(owner) || t("place.no_name")}</span>
                <Code code={owner.code ?? ""} />
              </li>
            )),
        )}
      </ul>
    </div>
  );
}

function Actions() {
  const place = state.place.value;
  if (!place) return null;
  return (
    <footer class="actions">
      <button
        type="button"
        class="button primary"
        onClick={() => {
          state.walking.value = { lon: place.lon, lat: place.lat, bearing: theMap()?.getBearing() ?? 0 };
        }}
      >
        <Icon name="person" />
        {t("place.stand")}
        <Key>P</Key>
      </button>
      <button type="button" class="button" disabled={!state.selectedGeometry.value} onClick={() => zoomToSelection()}>
        <Icon name="fit" />
        {t("place.zoom")}
      </button>
    </footer>
  );
}
