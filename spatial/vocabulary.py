"""The closed sets of the domain, each with its Chinese and English words.

A member's value is what stores, exports and addresses hold. `WORDS` is exhaustive: a test holds every member to it.
"""

from enum import IntEnum, StrEnum

from spatial.text import Text


class LevelSlug(StrEnum):
    """The ranks that a tree may use; which ones it uses, and in what order, is data (see spatial.levels)."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    COMPOUND = "compound"
    BUILDING = "building"
    LEGACY_GRID = "legacy_grid"


class CompoundKind(StrEnum):
    """What a compound is, by how it came to be and who looks after it."""

    COMMERCIAL = "commercial"
    OLD = "old"
    THREE_NO = "three_no"
    RESETTLEMENT = "resettlement"
    WORK_UNIT = "work_unit"
    SELF_BUILT = "self_built"


class Management(StrEnum):
    """Who manages a compound."""

    PROPERTY_COMPANY = "property_company"
    OWNERS = "owners"
    COMMUNITY = "community"
    NONE = "none"


class CommunityType(StrEnum):
    """The six types of community (六型)."""

    OPEN_STREET_BLOCK = "open_street_block"
    OLD_NEW_VILLAGE = "old_new_village"
    COMMERCIAL_HOUSING = "commercial_housing"
    RESETTLEMENT = "resettlement"
    BUSINESS_DISTRICT = "business_district"
    MIXED = "mixed"


class BuildingUse(StrEnum):
    """What a building is used for."""

    HOUSING = "housing"
    SHOP_HOUSE = "shop_house"
    OFFICE = "office"
    PUBLIC = "public"


class StationTier(StrEnum):
    """The kinds of station, by the tier that they stand on."""

    DISTRICT_CENTRE = "district_centre"
    STREET_CENTRE = "street_centre"
    COMMUNITY_STATION = "community_station"
    DOORSTEP = "doorstep"
    MICRO = "micro"
    REGISTRATION = "registration"
    CIVIC_PRACTICE = "civic_practice"
    SHARED_SPACE = "shared_space"
    PARTY_SERVICE = "party_service"
    GOVERNANCE = "governance"


class CameraKind(StrEnum):
    """The device types of GB/T 28181 that are cameras (digits 11 to 13 of the id)."""

    CAMERA = "131"
    NETWORK_CAMERA = "132"


class CameraState(StrEnum):
    """Whether a camera site works."""

    ONLINE = "online"
    OFFLINE = "offline"
    FAULT = "fault"


class CameraPlace(StrEnum):
    """What a camera site is mounted at."""

    GATE = "gate"
    WALL_CORNER = "wall_corner"
    ENTRANCE = "entrance"
    PATH = "path"
    STREET = "street"


class RoadClass(StrEnum):
    """The ranks of the street network, footpaths included."""

    ARTERIAL = "arterial"
    COLLECTOR = "collector"
    LANE = "lane"
    DRIVE = "drive"
    FOOTPATH = "footpath"


class GroundKind(StrEnum):
    """What covers the ground and is not governed: the base of the map."""

    WATER = "water"
    GREEN = "green"
    BLOCK = "block"
    PLAZA = "plaza"
    SPORTS = "sports"
    FARMLAND = "farmland"
    STRUCTURE = "structure"
    RAILWAY = "railway"
    WALL = "wall"
    TREE = "tree"


class AssetKind(StrEnum):
    """The things of public use that a grid looks after."""

    GATE = "gate"
    LIGHT = "light"
    PARKING_CAR = "parking.car"
    PARKING_TWO_WHEELER = "parking.two_wheeler"
    BENCH = "bench"
    SPORTS_GROUND = "sports_ground"
    LED_SCREEN = "led_screen"
    SERVICE_MACHINE = "service_machine"
    RECREATION = "recreation"


class IncidentState(StrEnum):
    """The steps of an incident's life, in order, and the two that stand beside it."""

    REPORTED = "reported"
    FILED = "filed"
    DISPATCHED = "dispatched"
    ON_SITE = "on_site"
    HANDLED = "handled"
    VERIFIED = "verified"
    CLOSED = "closed"
    RETURNED = "returned"
    SUSPENDED = "suspended"


class Priority(IntEnum):
    """How urgent an incident is; 1 is the most urgent."""

    URGENT = 1
    HIGH = 2
    NORMAL = 3
    LOW = 4


class Post(StrEnum):
    """The posts of the chain of duty holders."""

    DISTRICT_HEAD = "district_head"
    STREET_HEAD = "street_head"
    COMMUNITY_HEAD = "community_head"
    GRID_WORKER = "grid_worker"
    PART_TIME_WORKER = "part_time_worker"
    BUILDING_LEADER = "building_leader"
    UNIT_LEADER = "unit_leader"
    LANE_STEWARD = "lane_steward"


class Audience(StrEnum):
    """Who may see a layer, a collection or a field."""

    PUBLIC = "public"
    STAFF = "staff"


class Element(StrEnum):
    """The five elements of a grid (人地事物组织), by which layers are grouped."""

    PEOPLE = "people"
    PLACES = "places"
    EVENTS = "events"
    THINGS = "things"
    ORGANISATIONS = "organisations"


OPEN_STATES = tuple(state for state in IncidentState if state is not IncidentState.CLOSED)

WORDS: dict[tuple[type, str | int], Text] = {}
"""The name of every member of every enum above, by its enum and value: members of two enums may share a value."""


def _name(*members: tuple[StrEnum | IntEnum, str, str]) -> None:
    for member, zh, en in members:
        WORDS[type(member), member.value] = Text(zh, en)


_name(
    (LevelSlug.DISTRICT, "区县", "District"),
    (LevelSlug.STREET, "街道", "Street"),
    (LevelSlug.COMMUNITY, "社区", "Community"),
    (LevelSlug.GRID, "网格", "Grid"),
    (LevelSlug.COMPOUND, "小区", "Compound"),
    (LevelSlug.BUILDING, "楼栋", "Building"),
    (LevelSlug.LEGACY_GRID, "原部门网格", "Legacy grid"),
)
_name(
    (CompoundKind.COMMERCIAL, "商品房小区", "Commercial housing"),
    (CompoundKind.OLD, "老旧小区", "Old compound"),
    (CompoundKind.THREE_NO, "三无小区", "Three-no compound"),
    (CompoundKind.RESETTLEMENT, "安置小区", "Resettlement housing"),
    (CompoundKind.WORK_UNIT, "单位家属院", "Work-unit yard"),
    (CompoundKind.SELF_BUILT, "居民自建区", "Self-built housing"),
)
_name(
    (Management.PROPERTY_COMPANY, "物业公司", "Property company"),
    (Management.OWNERS, "业主自管", "Managed by its owners"),
    (Management.COMMUNITY, "社区代管", "Managed by the community"),
    (Management.NONE, "无人管理", "Nobody in charge"),
)
_name(
    (CommunityType.OPEN_STREET_BLOCK, "开放式街区型", "Open street block"),
    (CommunityType.OLD_NEW_VILLAGE, "老新村型", "Old new-village"),
    (CommunityType.COMMERCIAL_HOUSING, "普通商品房型", "Commercial housing"),
    (CommunityType.RESETTLEMENT, "动迁安置型", "Resettlement"),
    (CommunityType.BUSINESS_DISTRICT, "商圈型", "Business district"),
    (CommunityType.MIXED, "混合型", "Mixed"),
)
_name(
    (BuildingUse.HOUSING, "住宅", "Housing"),
    (BuildingUse.SHOP_HOUSE, "商住", "Shops with flats above"),
    (BuildingUse.OFFICE, "办公", "Offices"),
    (BuildingUse.PUBLIC, "公共建筑", "Public building"),
)
_name(
    (StationTier.DISTRICT_CENTRE, "区级中心", "District centre"),
    (StationTier.STREET_CENTRE, "街道服务中心", "Street service centre"),
    (StationTier.COMMUNITY_STATION, "社区服务站", "Community station"),
    (StationTier.DOORSTEP, "家门口服务站", "Doorstep station"),
    (StationTier.MICRO, "微阵地", "Micro service point"),
    (StationTier.REGISTRATION, "报到站", "Registration station"),
    (StationTier.CIVIC_PRACTICE, "新时代文明实践站", "Civic-practice post"),
    (StationTier.SHARED_SPACE, "小区共享空间", "Shared space"),
    (StationTier.PARTY_SERVICE, "小区党群服务中心", "Party-service centre"),
    (StationTier.GOVERNANCE, "网格治理中心（站）", "Grid-governance centre"),
)
_name(
    (CameraKind.CAMERA, "摄像机", "Camera"),
    (CameraKind.NETWORK_CAMERA, "网络摄像机", "Network camera"),
    (CameraState.ONLINE, "在线", "Online"),
    (CameraState.OFFLINE, "离线", "Offline"),
    (CameraState.FAULT, "故障", "Fault"),
    (CameraPlace.GATE, "大门", "Gate"),
    (CameraPlace.WALL_CORNER, "围墙转角", "Wall corner"),
    (CameraPlace.ENTRANCE, "单元门", "Stair entrance"),
    (CameraPlace.PATH, "内部道路", "Path inside"),
    (CameraPlace.STREET, "街面", "Street side"),
)
_name(
    (RoadClass.ARTERIAL, "主干路", "Arterial road"),
    (RoadClass.COLLECTOR, "次干路", "Collector road"),
    (RoadClass.LANE, "支路", "Lane"),
    (RoadClass.DRIVE, "小区道路", "Drive"),
    (RoadClass.FOOTPATH, "步道", "Footpath"),
)
_name(
    (GroundKind.WATER, "水面", "Water"),
    (GroundKind.GREEN, "绿地", "Green"),
    (GroundKind.BLOCK, "街坊", "Block"),
    (GroundKind.PLAZA, "广场", "Plaza"),
    (GroundKind.SPORTS, "运动场", "Sports field"),
    (GroundKind.FARMLAND, "农田", "Farmland"),
    (GroundKind.STRUCTURE, "建筑物", "Structure"),
    (GroundKind.RAILWAY, "铁路", "Railway"),
    (GroundKind.WALL, "围墙", "Wall"),
    (GroundKind.TREE, "树木", "Tree"),
)
_name(
    (AssetKind.GATE, "出入口", "Gate"),
    (AssetKind.LIGHT, "路灯", "Street light"),
    (AssetKind.PARKING_CAR, "机动车位", "Car space"),
    (AssetKind.PARKING_TWO_WHEELER, "非机动车位", "Two-wheeler space"),
    (AssetKind.BENCH, "休闲座椅", "Set of benches"),
    (AssetKind.SPORTS_GROUND, "运动场地", "Sports ground"),
    (AssetKind.LED_SCREEN, "LED 屏", "LED screen"),
    (AssetKind.SERVICE_MACHINE, "自助服务机", "Self-service machine"),
    (AssetKind.RECREATION, "文体设施", "Recreation facility"),
)
_name(
    (IncidentState.REPORTED, "已上报", "Reported"),
    (IncidentState.FILED, "已立案", "Filed"),
    (IncidentState.DISPATCHED, "已派遣", "Dispatched"),
    (IncidentState.ON_SITE, "已到场", "On site"),
    (IncidentState.HANDLED, "已处置", "Handled"),
    (IncidentState.VERIFIED, "已核查", "Verified"),
    (IncidentState.CLOSED, "已结案", "Closed"),
    (IncidentState.RETURNED, "已退回", "Returned"),
    (IncidentState.SUSPENDED, "挂起", "Suspended"),
    (Priority.URGENT, "一级 紧急", "1 urgent"),
    (Priority.HIGH, "二级 高", "2 high"),
    (Priority.NORMAL, "三级 中", "3 normal"),
    (Priority.LOW, "四级 低", "4 low"),
)
_name(
    (Post.DISTRICT_HEAD, "区县网格长", "District grid head"),
    (Post.STREET_HEAD, "镇街网格长", "Street grid head"),
    (Post.COMMUNITY_HEAD, "社区网格长", "Community grid head"),
    (Post.GRID_WORKER, "专职网格员", "Grid worker"),
    (Post.PART_TIME_WORKER, "兼职网格员", "Part-time grid worker"),
    (Post.BUILDING_LEADER, "楼栋长", "Building leader"),
    (Post.UNIT_LEADER, "单元长", "Unit leader"),
    (Post.LANE_STEWARD, "小巷管家", "Lane steward"),
)
_name(
    (Audience.PUBLIC, "公开", "Public"),
    (Audience.STAFF, "工作人员", "Staff"),
    (Element.PEOPLE, "人", "People"),
    (Element.PLACES, "地", "Places"),
    (Element.EVENTS, "事", "Events"),
    (Element.THINGS, "物", "Things"),
    (Element.ORGANISATIONS, "组织", "Organisations"),
)


def word(member: StrEnum | IntEnum) -> Text:
    """Return the name of a member of a closed set."""
    return WORDS[type(member), member.value]
