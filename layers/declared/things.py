"""Things: camera sites (staff only), lights, parking, benches and the other assets that a grid looks after."""

from layers.declared.words import kinds
from layers.model import Cluster, Dot, Icon, Is, Layer, Mark, Rule, Sector, Shape, Stack
from spatial.text import Text
from spatial.vocabulary import AssetKind, Audience, CameraState, Element, word


def _camera(state: CameraState, token: str, opacity: float, dash: tuple[float, ...]) -> Rule:
    return Rule(
        state.value,
        (
            Sector(Stack.SIGHT, token, opacity, dash, zooms=(16, 24)),
            Dot(Stack.CAMERA, token, ((13, 1.6), (15, 3)), "map-halo", 0.8, zooms=(13, 15)),
            Icon(
                Stack.CAMERA,
                f"camera-{state.value}",
                size=((15, 0.7), (17, 1)),
                turned_by="bearing",
                zooms=(15, 24),
            ),
        ),
        where=(Is("state", (state.value,)),),
        title=word(state),
    )


CAMERAS = Layer(
    "cameras",
    Element.THINGS,
    Text("监控点位", "Camera sites"),
    "cameras",
    Shape.POINT,
    (
        Rule("cluster", (Cluster(Stack.CAMERA, "camera-online", "map-label-1"),)),
        _camera(CameraState.ONLINE, "camera-online", 0.13, ()),
        _camera(CameraState.OFFLINE, "camera-offline", 0.0, (3, 3)),
        _camera(CameraState.FAULT, "camera-fault", 0.12, (3, 3)),
    ),
    audience=Audience.STAFF,
    columns=("state", "place", "height_m", "bearing", "field_of_view", "range_m", "compound"),
)


def _assets(identifier: str, title: Text, *rules: Rule, visible: bool = False, zoom: float = 10) -> Layer:
    wanted = tuple(AssetKind(value) for rule in rules for condition in rule.where for value in _values(condition))
    gathered = Rule("cluster", (Cluster(Stack.THING, "asset", "map-label-1"),))
    return Layer(
        identifier,
        Element.THINGS,
        title,
        "assets",
        Shape.POINT,
        (gathered, *rules) if zoom < 13 else rules,
        where=kinds(*wanted),
        zooms=(zoom, 24),
        visible=visible,
        columns=("kind", "compound"),
    )


def _values(condition: object) -> tuple[str, ...]:
    return tuple(str(value) for value in condition.values) if isinstance(condition, Is) else ()


def _asset(kind: AssetKind, *marks: Mark) -> Rule:
    return Rule(kind.value, marks, where=kinds(kind), title=word(kind))


def _symbol(kind: AssetKind, dot: str) -> tuple[Mark, ...]:
    return (
        Dot(Stack.THING, dot, ((13, 1.4), (16, 2.6)), "map-halo", 0.6, zooms=(13, 16)),
        Icon(Stack.THING, f"asset-{kind.value}", size=((16, 0.7), (18, 1)), always=False, zooms=(16, 24)),
    )


GATES = _assets(
    "gates",
    Text("小区出入口", "Gates of compounds"),
    _asset(
        AssetKind.GATE,
        Icon(Stack.THING, "asset-gate", size=((15, 0.6), (17, 1)), always=False, zooms=(15, 24)),
    ),
    zoom=15,
)
LIGHTS = _assets(
    "lights",
    Text("路灯", "Street lights"),
    _asset(AssetKind.LIGHT, *_symbol(AssetKind.LIGHT, "light")),
)
PARKING = _assets(
    "parking",
    Text("停车位", "Parking"),
    _asset(AssetKind.PARKING_CAR, *_symbol(AssetKind.PARKING_CAR, "asset")),
    _asset(AssetKind.PARKING_TWO_WHEELER, *_symbol(AssetKind.PARKING_TWO_WHEELER, "asset")),
)
BENCHES = _assets(
    "benches",
    Text("休闲座椅", "Benches"),
    _asset(AssetKind.BENCH, *_symbol(AssetKind.BENCH, "asset")),
)
AMENITIES = _assets(
    "amenities",
    Text("文体与便民设施", "Amenities"),
    *(
        _asset(kind, *_symbol(kind, "asset"))
        for kind in (
            AssetKind.SPORTS_GROUND,
            AssetKind.RECREATION,
            AssetKind.LED_SCREEN,
            AssetKind.SERVICE_MACHINE,
        )
    ),
)

THINGS = (GATES, LIGHTS, PARKING, BENCHES, AMENITIES, CAMERAS)
