/** The scope: one's own area and the parts of it that can be looked at alone. What is outside it is not listed. */

import { Fragment } from "preact";
import { nameOf, t } from "../shared/language";
import { known } from "../shared/remote";
import { Icon } from "../shared/ui/icons";
import { Menu } from "../shared/ui/Menu";
import { bounds, chooseScope, ownDistricts, parts } from "./scope";
import * as state from "./state";

/** The one area of a district that bounds who is signed in, where it is not the whole of it. */
function onlyPart(slug: string) {
  const own = (bounds.value ?? []).filter((each) => each.district === slug);
  return own.length === 1 && own[0]?.level !== "district" ? own[0] : undefined;
}

/** The names of what is looked at, from the top down. */
function chain(): string[] {
  const district = state.district.value;
  if (!district) return [t("desk.everywhere")];
  const only = onlyPart(district.slug);
  const area = state.filters.value.area;
  const part = area ? (known(parts.value) ?? []).find((each) => each.path === area) : undefined;
  const names = [nameOf(district)];
  if (only) names.push(nameOf(only) || only.code);
  if (part) names.push(nameOf(part));
  return names;
}

export function Scope() {
  const names = chain();
  const district = state.district.value;
  const { area } = state.filters.value;
  const below = district ? (known(parts.value) ?? []) : [];
  return (
    <Menu
      class="scope"
      open={state.scopeOpen}
      label={`${t("scope.choose")}: ${names.join(" › ")}`}
      face={
        <>
          {names.slice(0, -1).map((name) => (
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
          const chosen = each.slug === district?.slug;
          const only = onlyPart(each.slug);
          return (
            <Fragment key={each.slug}>
              <Choice
                name={only ? nameOf(only) || only.code : nameOf(each)}
                code={only?.code ?? each.code}
                current={chosen && area === null}
                onChoose={() => chooseScope(each.slug, null)}
              />
              {chosen &&
                below.map((one) => (
                  <Choice
                    key={one.code}
                    name={nameOf(one)}
                    code={one.code}
                    below
                    current={one.path === area}
                    onChoose={() => chooseScope(each.slug, String(one.path))}
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
  below?: boolean;
  onChoose: () => void;
}

function Choice({ name, code, current, below, onChoose }: Chosen) {
  return (
    <li data-below={below}>
      <button type="button" aria-current={current} onClick={onChoose}>
        <span>{name}</span>
        {code && <span class="number">{code}</span>}
      </button>
    </li>
  );
}
