"""The rows that every layer of one district draws, read once: what the renderers of whole files start from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from layers.catalog import LAYERS
from layers.circles import circles
from layers.model import Layer, Rule, matches
from spatial.audience import seen_by
from spatial.errors import NotFound
from spatial.levels import MAIN_TREE
from spatial.schema import Collection, collection
from spatial.store.protocol import Store
from spatial.store.records import District, Edition, Query
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import Audience

Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class GatheredLayer:
    """One layer with what it draws.

    `rows`: positions in the table of its source. `rules`: each rule with the positions that it draws.
    """

    layer: Layer
    source: str
    rows: Positions
    rules: tuple[tuple[Rule, Positions], ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """One district, ready to be drawn.

    `sources`: the rows by the name of their source, which several layers may share: a collection, or `areas.<level>`.
    """

    district: District
    edition: Edition | None
    audience: Audience
    sources: Mapping[str, Table]
    layers: tuple[GatheredLayer, ...]

    def layer(self, identifier: str) -> GatheredLayer:
        """Return one layer; raises NotFound where it is not among them."""
        for one in self.layers:
            if one.layer.id == identifier:
                return one
        raise NotFound(Text(f"没有图层 {identifier}", f"There is no layer {identifier}"))

    def codes(self, identifier: str) -> list[str]:
        """Return the codes of what a layer draws, sorted."""
        one = self.layer(identifier)
        codes = self.sources[one.source]["code"]
        return sorted(str(codes[position]) for position in one.rows)


def gather(
    store: Store, district: str, audience: Audience = Audience.STAFF, wanted: Sequence[Layer] = LAYERS
) -> Gathered:
    """Read what the layers of a district draw, as an audience may see it; raises NotFound for an unknown district.

    Areas are those of the newest edition of the main tree. A layer that the audience may not see is left out.
    """
    found = next((one for one in store.districts() if district in (one.slug, one.code)), None)
    if found is None:
        known = ", ".join(one.slug for one in store.districts()) or "–"
        raise NotFound(
            Text(f"没有区县 {district}", f"There is no district {district}"),
            Text(f"可用：{known}", f"There are: {known}"),
        )
    sources: dict[str, Table] = {}
    drawn = []
    for layer in wanted:
        if not layer.shown_to(audience):
            continue
        source = source_of(layer)
        if source not in sources:
            sources[source] = _read(store, found, layer, audience)
        table = sources[source]
        mask = layer.selects(table)
        rules = tuple((rule, np.flatnonzero(mask & matches(table, rule.where))) for rule in layer.rules)
        # a row that the layer has but no rule draws is not on the map
        rows = np.unique(np.concatenate([np.empty(0, dtype=np.intp), *(positions for _, positions in rules)]))
        drawn.append(GatheredLayer(layer, source, rows, rules))
    editions = store.editions(found.slug, MAIN_TREE)
    return Gathered(found, editions[-1] if editions else None, audience, sources, tuple(drawn))


def source_of(layer: Layer) -> str:
    """Return the name of the source that a layer shares with others of the same rows."""
    return layer.collection if layer.level is None else f"{layer.collection}.{layer.level.value}"


def collection_of(layer: Layer) -> Collection:
    """Return the collection that describes the columns of a layer; that of circles is their stations'."""
    return collection("stations" if layer.collection == "circles" else layer.collection)


def _read(store: Store, district: District, layer: Layer, audience: Audience) -> Table:
    described = collection_of(layer)
    equal = {"level": layer.level.value} if layer.level is not None else {}
    tree = MAIN_TREE if described.stored_in == "areas" else None
    rows = seen_by(described, store.read(described.id, Query(district=district.slug, equal=equal, tree=tree)), audience)
    return circles(rows) if layer.collection == "circles" else rows
