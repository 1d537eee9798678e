"""Whether the rows of a file fit their district better in another datum than the one that was declared."""

import numpy as np
import shapely

from spatial.datum_evidence import DatumFinding, Evidence, NearShapes, OwnedAtAll, Verdict, suspect_datum
from spatial.datums import Datum, convert
from spatial.importing import new_district
from spatial.importing.plan import ImportRequest
from spatial.importing.projection import parse
from spatial.importing.source import Source
from spatial.levels import MAIN_TREE
from spatial.ownership import GridIndex
from spatial.positions import Fault, faults
from spatial.store.protocol import Store
from spatial.store.records import District, Query
from spatial.text import Text
from spatial.vocabulary import LevelSlug

_MOST = 5000
# what stands on buildings or beside roads; what a file brings of these themselves lies on nothing yet
_BESIDE_STREETS = ("cameras", "stations", "assets")
# a datum is worth a word only where it mends most of what is wrong
_MENDED = 0.6


def note(store: Store, district: District, request: ImportRequest, source: Source) -> Text | None:
    """Return a warning where another datum fits better than the declared one, None where it does not or nobody knows.

    The rows should lie in the district; cameras, stations and assets also on its buildings and roads.
    """
    said = None if request.crs is None else parse(request.crs)
    declared = said if isinstance(said, Datum) else Datum.WGS84
    points = shapely.point_on_surface(source.geometry[~shapely.is_missing(source.geometry)])
    points = points[:: max(1, len(points) // _MOST)]
    lons, lats = shapely.get_x(points), shapely.get_y(points)
    good = faults(lons, lats) == Fault.NONE
    written = np.column_stack(convert(lons[good], lats[good], Datum.WGS84, declared))
    for evidence in _evidence(store, district, request):
        finding = suspect_datum(written, declared, evidence)
        if finding.verdict is Verdict.DECLARED_FITS:
            return None
        if finding.verdict is Verdict.ANOTHER_FITS and _worth_a_word(finding, declared):
            return _said(finding)
    return None


def _evidence(store: Store, district: District, request: ImportRequest) -> "list[Evidence]":
    outline = Query(district=district.slug, tree=MAIN_TREE, equal={"level": LevelSlug.DISTRICT.value})
    top = store.read("areas", outline)
    found: list[Evidence] = []
    if len(top) and not any(new_district.follows_data(extra) for extra in top["extra"]):
        found.append(OwnedAtAll(GridIndex.build(top.geometry, top["code"], repair=True)))
    if request.collection in _BESIDE_STREETS:
        shapes = [store.read(name, Query(district=district.slug)).geometry for name in ("buildings", "roads")]
        if sum(map(len, shapes)):
            found.append(NearShapes(np.concatenate(shapes)))
    return found


def _worth_a_word(finding: DatumFinding, declared: Datum) -> bool:
    assert finding.best is not None
    own = Datum.WGS84 if declared is Datum.CGCS2000 else declared
    return finding.misfit[finding.best] <= _MENDED * finding.misfit[own]


def _said(finding: DatumFinding) -> Text:
    best = finding.best
    assert best is not None
    return Text(
        f"坐标更像是 {best.upper()}，而不是 {finding.declared.upper()}：{finding.reason.zh}。"
        f"如是，用 --crs {best} 导入",
        f"The coordinates look like {best.upper()}, not {finding.declared.upper()}: {finding.reason.en}. "
        f"If so, import with --crs {best}",
    )
