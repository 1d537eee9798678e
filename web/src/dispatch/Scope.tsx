/** The scope: one's own area and the parts of it that can be looked at alone. What is outside it is not listed. */

import { Fragment } from "preact";
import { nameOf, t } from "../shared/language";
import { Icon } from "../shared/ui/icons";
import { Menu } from "../shared/ui/Menu";
import type { Area } from "./areasBelow";
import { enterList } from "./panels";
import { chooseScope, chosen, ownDistricts, parts, topsOf } from "./scope";
import * as state from "./state";

/** The areas of a district that bound who is signed in, where they are not the whole of it. */
function ownParts(slug: string): Area[] {
  return topsOf(slug).filter((each) => each.level !== "district");
}

const titleOf = (area: Area): string => nameOf(area) || area.code;

/** The names of what is looked at, from the top down. */
function chain(): string[] {
  const district = state.district.value;
  if (!district) return [t("desk.everywhere")];
  const own = ownParts(district.slug);
  const names = [nameOf(district), ...chosen.value.map(titleOf)];
  // several of one's own stand together while none of them is chosen
  if (own.length === 1 || !chosen.value.length) names.splice(1, 0, own.map(titleOf).join(t("desk.and")));
  return names.filter(Boolean);
}

/** So many names have room in the bar: the last ones. */
const NAMES = 2;

export function Scope() {
  const names = chain();
  const district = state.district.value;
  const { area } = state.filters.value;
  return (
    <Menu
      class="scope"
      open={state.scopeOpen}
      label={`${t("scope.choose")}: ${names.join(" › ")}`}
      face={
        <>
          {names.slice(-NAMES, -1).map((name) => (
            <span key={name} class="above">
              {name} ›
            </span>
          ))}
          <b>{names.at(-1)}</b>
          <Icon name="down" />
        </>
      }
    >
      <ul class="menu">
        {ownDistricts.value.length > 1 && (
          <Choice name={t("desk.everywhere")} current={district === null} onChoose={() => chooseScope(null, null)} />
        )}
        {ownDistricts.value.map((each) => {
          const looked = each.slug === district?.slug;
          const [only, ...others] = ownParts(each.slug);
          const top = only && !others.length ? only : each;
          return (
            <Fragment key={each.slug}>
              <Choice
                name={nameOf(top) || top.code}
                code={top.code}
                current={looked && area === null}
                onChoose={() => chooseScope(each.slug, null)}
              />
              {looked &&
                parts.value.map(({ area: one, depth }) => (
                  <Choice
                    key={one.path}
                    name={titleOf(one)}
                    code={one.code}
                    depth={depth + 1}
                    current={one.path === area}
                    onChoose={() => chooseScope(each.slug, one.path)}
                  />
                ))}
            </Fragment>
          );
        })}
      </ul>
    </Menu>
  );
}

interface Chosen {
  name: string;
  code?: string;
  current: boolean;
  depth?: number;
  onChoose: () => void;
}

function Choice({ name, code, current, depth = 0, onChoose }: Chosen) {
  return (
    <li style={{ "--depth": depth }}>
      <button
        type="button"
        aria-current={current}
        onClick={(event) => {
          onChoose();
          // by keyboard, back to the button: one goes down level by level
          if (event.detail) enterList();
          else document.querySelector<HTMLElement>(".scope > button")?.focus();
        }}
      >
        <span>{name}</span>
        {code && <span class="number">{code}</span>}
      </button>
    </li>
  );
}
