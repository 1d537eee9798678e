"""What an import of areas would do: the next edition of a tree, with what is there and what comes in."""

from typing import Any

from spatial.importing import areas as placing
from spatial.importing import new_district
from spatial.importing.plan import ImportRequest, Plan, existing_areas, good_rows, outgrown, outlined, taken_codes
from spatial.importing.source import Problem, Source
from spatial.levels import MAIN_TREE, Level, of_tree
from spatial.store.protocol import Store
from spatial.store.records import District
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import LevelSlug


def plan_areas(
    store: Store,
    request: ImportRequest,
    source: Source,
    district: District,
    levels: list[Level],
    new: bool,
    filled: dict[str, list[Any]],
    problems: list[Problem],
) -> Plan:
    tree = of_tree(levels, district.slug, request.tree)
    good = good_rows(source, problems)
    incoming = Table(source.geometry, filled).take(good)
    rows = [source.rows[at] for at in good]
    notes = list(source.notes)
    base, existing = existing_areas(store, district, request.tree, new)
    if new and not any(level == LevelSlug.DISTRICT for level in incoming["level"]) and len(incoming):
        existing = new_district.outline_row(district, new_district.outline_of(district, incoming.geometry))
        notes.append(outlined(district))
    elif not new and request.tree == MAIN_TREE:
        wider = new_district.grown(district, existing, incoming.geometry) if len(incoming) else None
        if wider is not None:
            existing = wider
            notes.append(outgrown(district))
    replaced: list[str] = []
    taken = set(zip(existing["level"], existing["code"], strict=True)) if len(existing) else set()
    if request.replace:
        coming = set(zip(incoming["level"], incoming["code"], strict=True)) & taken
        replaced = sorted(str(code) for _, code in coming)
        stay = [at for at, key in enumerate(zip(existing["level"], existing["code"], strict=True)) if key not in coming]
        existing = existing.take(stay)
    else:
        found = taken_codes(list(incoming["code"]), rows, {str(code) for _, code in taken})
        problems += found
        good = good_rows(source, problems)
        incoming = Table(source.geometry, filled).take(good)
        rows = [source.rows[at] for at in good]
    placed = placing.place(incoming, rows, existing, tree, district, request.limits)
    if placed.slivers:
        notes.append(
            Text(
                f"有 {placed.slivers} 处微小重叠，未作处理", f"{placed.slivers} overlaps too small to matter were left"
            )
        )
    whole = Table.concatenate([existing, placed.rows]) if len(existing) else placed.rows
    problems = sorted([*problems, *placed.problems], key=lambda problem: problem.row)
    return Plan(
        request, source, [], district, placed.rows, problems, notes, levels, new, whole, base, replaced
    )  # fmt: skip
