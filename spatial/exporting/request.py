"""What is to be exported, and where it comes from."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from spatial.crs import check_position
from spatial.errors import BadParameter
from spatial.levels import MAIN_TREE
from spatial.schema import Collection, collection
from spatial.store.protocol import Store
from spatial.store.records import Box, Query
from spatial.text import Text
from spatial.vocabulary import Audience


@dataclass(frozen=True, slots=True)
class Request:
    """Which rows are wanted: collections by id, and what restricts all of them.

    `level` and `tree` restrict areas only; `box` is west, south, east, north in degrees.
    """

    layers: tuple[str, ...]
    district: str | None = None
    level: str | None = None
    tree: str | None = None
    box: Box | None = None
    audience: Audience = Audience.STAFF

    def collections(self) -> list[Collection]:
        """Return the collections; raises NotFound for an id that is none."""
        return [collection(layer) for layer in self.layers]

    def query(self, wanted: Collection) -> Query:
        """Return the query for one of the collections."""
        of_areas = wanted.stored_in == "areas"
        equal: dict[str, Any] = {"level": self.level} if self.level and wanted.id == "areas" else {}
        return Query(district=self.district, box=self.box, equal=equal, tree=self.tree if of_areas else None)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where exported rows come from: said in the file where its format has a place for it.

    `editions` names the newest edition of each main tree by district; `at` is when the rows were read.
    """

    at: datetime
    districts: tuple[str, ...] = ()
    synthetic: bool = False
    editions: dict[str, int] = field(default_factory=dict)
    audience: Audience = Audience.STAFF

    @classmethod
    def of(cls, store: Store, request: Request, at: datetime) -> "Provenance":
        """Read where the rows of a request come from."""
        districts = [one for one in store.districts() if request.district in (None, one.slug)]
        slugs = {one.slug for one in districts}
        editions = {
            edition.district: edition.number
            for edition in store.editions(request.district, MAIN_TREE)
            if edition.district in slugs
        }
        return cls(
            at.astimezone(UTC),
            tuple(one.slug for one in districts),
            any(one.synthetic for one in districts),
            editions,
            request.audience,
        )

    def sentence(self) -> Text:
        """Say in one sentence what a reader has to know."""
        editions = ", ".join(f"{district} {number}" for district, number in self.editions.items()) or "–"
        time = self.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return Text(
            f"{'合成数据，非真实情况。' if self.synthetic else ''}Gridscape 导出于 {time}，版本：{editions}",
            f"{'Synthetic data, nothing real. ' if self.synthetic else ''}"
            f"Exported by Gridscape at {time}; editions: {editions}",
        )

    def facts(self) -> dict[str, Any]:
        """Return the same for machines."""
        return {
            "source": "Gridscape",
            "exported_at": self.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "districts": list(self.districts),
            "editions": self.editions,
            "synthetic": self.synthetic,
            "audience": self.audience.value,
        }

    def for_audience(self, audience: Audience) -> "Provenance":
        """Return the same for another audience."""
        return replace(self, audience=audience)


def parse_box(text: str) -> Box:
    """Return a bounding box from `west,south,east,north` in degrees; raises BadParameter or BadPosition.

    A box whose west lies east of its east crosses the 180° meridian.
    """
    example = Text("例：105.36,29.14,105.39,29.16", "Such as 105.36,29.14,105.39,29.16")
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadParameter(Text(f"范围 {text} 不是四个数", f"The box {text} is not four numbers"), example) from error
    check_position(west, south)
    check_position(east, north)
    if south > north:
        raise BadParameter(
            Text("范围的南边在北边之上", "The south of the box lies north of its north"),
            Text("顺序为 西,南,东,北", "The order is west,south,east,north"),
        )
    return west, south, east, north
