"""The collections: what each holds, column by column.

The stores' `.sql` files, the API's queryables, the importers' mappings and the exporters' fields all follow this
table; a contract test holds the stores to it.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TypedDict, Unpack

from spatial import vocabulary as v
from spatial.errors import NotFound
from spatial.governance import Mediator
from spatial.text import Text


class ColumnType(Enum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"
    TIME = "time"


class GeometryType(Enum):
    """What the geometry column of a collection holds, by its OGC Simple Features name."""

    POINT = "Point"
    LINE_STRING = "LineString"
    MULTI_POLYGON = "MultiPolygon"
    ANY = "Geometry"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a collection.

    `words`: the closed set that its values come from, if any. `people`: a count of residents, shown exactly to staff
    and rounded to 5 in public. `staff`: shown to staff only. `filterable`: a query parameter of the API.
    """

    name: str
    holds: ColumnType
    title: Text
    required: bool = False
    words: type[StrEnum] | None = None
    filterable: bool = False
    people: bool = False
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Collection:
    """A kind of feature that the store holds and the API offers.

    Codes are unique within (district, collection); for areas within (district, tree, level, edition).
    `view_of`: the collection whose rows these are, and the level that selects them.
    """

    id: str
    title: Text
    geometry: GeometryType
    columns: tuple[Column, ...]
    audience: v.Audience = v.Audience.PUBLIC
    time_column: str | None = None
    view_of: tuple[str, v.LevelSlug] | None = None

    @property
    def stored_in(self) -> str:
        """The collection whose table holds the rows."""
        return self.view_of[0] if self.view_of else self.id

    def column(self, name: str) -> Column | None:
        """Return the column of that name, None where there is none."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order; the geometry is not among them."""
        return tuple(column.name for column in self.columns)


class _More(TypedDict, total=False):
    """What a column may say beyond its name, content and title; see Column."""

    required: bool
    words: type[StrEnum] | None
    filterable: bool
    people: bool
    staff: bool


def _text(name: str, zh: str, en: str, **more: Unpack[_More]) -> Column:
    return Column(name, ColumnType.TEXT, Text(zh, en), **more)


def _integer(name: str, zh: str, en: str, **more: Unpack[_More]) -> Column:
    return Column(name, ColumnType.INTEGER, Text(zh, en), **more)


def _real(name: str, zh: str, en: str, **more: Unpack[_More]) -> Column:
    return Column(name, ColumnType.REAL, Text(zh, en), **more)


def _flag(name: str, zh: str, en: str) -> Column:
    return Column(name, ColumnType.BOOLEAN, Text(zh, en), filterable=True)


def _time(name: str, zh: str, en: str) -> Column:
    return Column(name, ColumnType.TIME, Text(zh, en))


_IDENTITY = (
    _text("code", "编码", "Code", required=True, filterable=True),
    _text("district", "区县", "District", required=True, filterable=True),
    _text("name", "名称", "Name", filterable=True),
    _text("name_en", "英文名称", "English name", filterable=True),
)
_TAG = (
    _text("responsible", "责任区域", "Responsible area", filterable=True),
    _text("path", "路径", "Path"),
)
_EXTRA = (_text("extra", "其他属性（JSON）", "Other attributes (JSON)"),)


def _kind(words: type[StrEnum] | None, zh: str = "类别", en: str = "Kind") -> Column:
    return _text("kind", zh, en, words=words, filterable=True)


_AREA_COLUMNS = (
    *_IDENTITY,
    _text("tree", "层级树", "Tree", required=True, filterable=True),
    _text("level", "层级", "Level", required=True, words=v.LevelSlug, filterable=True),
    _text("parent", "上级", "Parent", filterable=True),
    _text("path", "路径", "Path", required=True),
    _integer("from_edition", "起始版本", "From edition", required=True),
    _integer("to_edition", "终止版本", "To edition"),
    # kind: a CommunityType, CompoundKind or BuildingUse, by level
    _kind(None),
    _text("management", "管理方式", "Management", words=v.Management, filterable=True),
    _flag("model", "示范", "Model community"),
    _integer("households", "户数", "Households", people=True),
    _integer("elderly_alone", "独居老人", "Elderly people living alone", people=True),
    _integer("floors", "层数", "Floors"),
    _real("height_m", "高度（米）", "Height (m)"),
    _integer("staircases", "单元数", "Staircases"),
    _integer("built", "建成年份", "Year built"),
    *_EXTRA,
)

AREAS = Collection("areas", Text("区域", "Areas"), GeometryType.MULTI_POLYGON, _AREA_COLUMNS)
COMPOUNDS = Collection(
    "compounds",
    Text("小区", "Compounds"),
    GeometryType.MULTI_POLYGON,
    _AREA_COLUMNS,
    view_of=("areas", v.LevelSlug.COMPOUND),
)
BUILDINGS = Collection(
    "buildings",
    Text("楼栋", "Buildings"),
    GeometryType.MULTI_POLYGON,
    _AREA_COLUMNS,
    view_of=("areas", v.LevelSlug.BUILDING),
)
STATIONS = Collection(
    "stations",
    Text("服务站点", "Stations"),
    GeometryType.POINT,
    (
        *_IDENTITY,
        _kind(v.StationTier, "层级类别", "Tier"),
        # functions: slugs separated by commas
        _text("functions", "功能", "Functions"),
        _text("opens", "开放时间", "Opening hours"),
        *_TAG,
        *_EXTRA,
    ),
)
INCIDENTS = Collection(
    "incidents",
    Text("事件", "Incidents"),
    GeometryType.POINT,
    (
        *_IDENTITY,
        _kind(None, "事项", "Item"),
        _text("category", "大类", "Category", filterable=True),
        Column("state", ColumnType.TEXT, Text("状态", "State"), words=v.IncidentState, filterable=True),
        _integer("priority", "优先级", "Priority", filterable=True),
        _flag("dispute", "纠纷", "Dispute"),
        _text("department", "责任部门", "Department", filterable=True),
        _time("reported_at", "上报时间", "Reported"),
        _time("due_at", "时限", "Due"),
        _time("closed_at", "结案时间", "Closed"),
        _real("accuracy_m", "定位精度（米）", "Accuracy (m)"),
        _text("datum", "坐标系", "Datum"),
        _text("first_responsible", "首次归属", "First tagged with"),
        _integer("first_edition", "首次版本", "Edition of the first tag"),
        _text("note", "情况说明", "Note", staff=True),
        _integer("floor", "楼层", "Floor"),
        _integer("staircase", "单元", "Staircase"),
        _time("arrive_by", "到场时限", "To be there by"),
        _time("arrived_at", "到场时间", "Arrived"),
        _text("responder", "处置人员", "Responder", staff=True, filterable=True),
        _text("mediator", "调解人", "Mediator", words=Mediator),
        _text("merged_into", "并入事件", "Merged into"),
        _time("clock_from", "计时起点", "Clock from"),
        *_TAG,
        *_EXTRA,
    ),
    time_column="reported_at",
)
CAMERAS = Collection(
    "cameras",
    Text("监控点位", "Camera sites"),
    GeometryType.POINT,
    (
        *_IDENTITY,
        _kind(v.CameraKind, "设备类型", "Device type"),
        Column("state", ColumnType.TEXT, Text("状态", "State"), words=v.CameraState, filterable=True),
        _text("place", "安装位置", "Mounted at", words=v.CameraPlace, filterable=True),
        _real("height_m", "架设高度（米）", "Height (m)"),
        _real("bearing", "朝向（度）", "Bearing (°)"),
        _real("field_of_view", "水平视场角（度）", "Field of view (°)"),
        _real("range_m", "有效距离（米）", "Range (m)"),
        _text("compound", "所在小区", "Compound", filterable=True),
        *_TAG,
        *_EXTRA,
    ),
    audience=v.Audience.STAFF,
)
ROADS = Collection(
    "roads",
    Text("道路", "Roads"),
    GeometryType.LINE_STRING,
    (
        *_IDENTITY,
        _kind(v.RoadClass, "等级", "Class"),
        _real("width_m", "宽度（米）", "Width (m)"),
        _flag("walkable", "可步行", "Walkable"),
        _flag("drivable", "可行车", "Drivable"),
        *_EXTRA,
    ),
)
ASSETS = Collection(
    "assets",
    Text("部件设施", "Assets"),
    GeometryType.ANY,
    (
        *_IDENTITY,
        _kind(v.AssetKind),
        _text("compound", "所在小区", "Compound", filterable=True),
        *_TAG,
        *_EXTRA,
    ),
)
GROUND = Collection(
    "ground",
    Text("底图地物", "Ground"),
    GeometryType.ANY,
    (*_IDENTITY, _kind(v.GroundKind), _real("height_m", "高度（米）", "Height (m)"), *_EXTRA),
)

COLLECTIONS: dict[str, Collection] = {
    collection.id: collection
    for collection in (AREAS, COMPOUNDS, BUILDINGS, STATIONS, INCIDENTS, CAMERAS, ROADS, ASSETS, GROUND)
}
"""Every collection by its id."""

STORED = tuple(collection for collection in COLLECTIONS.values() if collection.view_of is None)
"""The collections that have a table of their own."""


def collection(identifier: str) -> Collection:
    """Return the collection of that id; raises NotFound where there is none."""
    found = COLLECTIONS.get(identifier)
    if found is None:
        known = ", ".join(COLLECTIONS)
        raise NotFound(
            Text(f"没有名为 {identifier} 的数据集", f"There is no collection {identifier}"),
            Text(f"可用：{known}", f"There are: {known}"),
        )
    return found
