"""One point of a store that is not held in memory: only the trees that may own it are read."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from spatial.locate.answers import Located
from spatial.locate.index_files import IndexFiles
from spatial.locate.locator import BESIDE_M, CONFIDENCE, DEVIATIONS, WITHIN_M, Locator
from spatial.locate.times import editions_at, newest
from spatial.locate.trees import METRES, AreaSource
from spatial.ownership.candidates import deviation_m
from spatial.positions import check_position
from spatial.store.parts import Duties
from spatial.store.records import Box, Edition, Query


class LocatingSource(AreaSource, Duties, Protocol):
    """What is read of a store: its areas, and who answers for them."""


@dataclass(frozen=True, slots=True)
class Once:
    """The answer for one point, and what was read for it, whose indexes may be kept."""

    located: Located
    locator: Locator


def locate_once(
    store: LocatingSource,
    lon: float,
    lat: float,
    accuracy_m: float | None = None,
    confidence: float = CONFIDENCE,
    *,
    at: datetime | None = None,
    files: IndexFiles | None = None,
) -> Once:
    """Return what `Locator.locate` answers over the whole store, reading the trees alone that matter for the point.

    `at`: as they were at a time; raises BadParameter where nothing had been published by then, BadPosition for a
    position that cannot be meant. `files`: where built indexes may lie; nothing is written there.
    """
    check_position(lon, lat)
    known = store.editions()
    editions = newest(known) if at is None else editions_at(known, at)
    reach = BESIDE_M if accuracy_m is None else max(BESIDE_M, DEVIATIONS * deviation_m(accuracy_m, confidence))
    locator = Locator.reading(store, _near(store, editions, lon, lat, reach), files=files)
    located = locator.locate(lon, lat, accuracy_m, confidence, nearest=False)
    owners = {owner.code for tree in located.trees for owner in tree.owners if owner.code}
    if not owners:
        # then the nearest areas are told, wherever they are
        locator = Locator.reading(store, _near(store, editions, lon, lat, max(reach, WITHIN_M)), [locator], files)
        return Once(locator.locate(lon, lat, accuracy_m, confidence), locator)
    locator = locator.with_posts(store.duty_holders(areas=sorted(owners)))
    return Once(locator.locate(lon, lat, accuracy_m, confidence), locator)


def _near(store: AreaSource, editions: tuple[Edition, ...], lon: float, lat: float, reach_m: float) -> list[Edition]:
    """Return the editions of which the box of an area comes within some metres of a point."""
    boxes = list(_boxes(lon, lat, reach_m))
    return [
        edition
        for edition in editions
        if any(
            store.count("areas", Query(district=edition.district, tree=edition.tree, edition=edition.number, box=box))
            for box in boxes
        )
    ]


def _boxes(lon: float, lat: float, reach_m: float) -> Iterator[Box]:
    """Yield boxes that meet the box of whatever comes within some metres of a point.

    What lies across the meridian of 180° and is not cut there has a box that leads around the other side of the earth:
    it holds the meridian of 0°.
    """
    south, north = max(lat - reach_m / METRES, -90.0), min(lat + reach_m / METRES, 90.0)
    narrowest = math.cos(math.radians(max(abs(south), abs(north))))
    across = reach_m / METRES / narrowest if narrowest > 1e-6 else 360.0
    if across >= 180.0:
        yield -180.0, south, 180.0, north
        return
    west, east = lon - across, lon + across
    yield (west + 360.0 if west < -180.0 else west), south, (east - 360.0 if east > 180.0 else east), north
    yield 0.0, south, 0.0, north
