"""The map's alphabet: own SVG symbols by name, coloured from the tokens of a theme.

Names: `incident-<1–4>` with `-attended`, `-handled`, `incident-closed`, `state-<state>`, `station-<tier>`,
`camera-<state>` and `camera-finding` (pointing north), `asset-<kind>`, `disc-<type token>`, `hatch-<type token>`,
`hatch-three-no`, `hatch-response`, `tree`. A hatch is a tile that repeats without a seam.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from layers.outlines import OUTLINES
from layers.tokens import tokens
from spatial.errors import NotFound
from spatial.text import Text
from spatial.vocabulary import AssetKind, CameraState, IncidentState, Priority, StationTier

Ink = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Symbol:
    """One picture: a whole SVG document and its size in pixels."""

    svg: str
    width: int
    height: int
    hatch: bool = False


def _drawn(width: int, height: int, body: str) -> Symbol:
    """Return a symbol whose origin is in its middle."""
    box = f"{-width / 2:g} {-height / 2:g} {width} {height}"
    return Symbol(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{box}">{body}</svg>',
        width,
        height,
    )


def _tile(side: int, body: str) -> Symbol:
    return Symbol(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}">'
        f"{body}</svg>",
        side,
        side,
        hatch=True,
    )


def _path(
    shape: str,
    stroke: str | None = None,
    width: float = 1.5,
    *,
    fill: str = "none",
    dash: str | None = None,
    opacity: float = 1.0,
) -> str:
    """Return an SVG path with round joins and ends."""
    drawn = f'<path d="{shape}" fill="{fill}"'
    if stroke is not None:
        drawn += f' stroke="{stroke}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round"'
    if dash is not None:
        drawn += f' stroke-dasharray="{dash}"'
    if opacity != 1:
        drawn += f' opacity="{opacity:g}"'
    return drawn + "/>"


def _round(radius: float) -> str:
    return f"M0,{-radius:g}A{radius:g},{radius:g} 0 1 1 0,{radius:g}A{radius:g},{radius:g} 0 1 1 0,{-radius:g}Z"


_TICK = "M-2.8,.2L-.8,2.2L2.9,-1.9"

# incidents: shape and fill say the priority

_SHAPES: dict[Priority, tuple[str, str]] = {
    # solid, and a little smaller for the hollow one, whose outline adds to it
    Priority.URGENT: ("M0,-8.5L8.5,0L0,8.5L-8.5,0Z", "M0,-7.6L7.6,0L0,7.6L-7.6,0Z"),
    Priority.HIGH: ("M0,-8.4L8,6L-8,6Z", "M0,-7.6L7.2,5.4L-7.2,5.4Z"),
    Priority.NORMAL: (
        "M0,-7A7,7 0 1 1 0,7A7,7 0 1 1 0,-7Z",
        "M0,-6.2A6.2,6.2 0 1 1 0,6.2A6.2,6.2 0 1 1 0,-6.2Z",
    ),
    Priority.LOW: ("M-6,-6H6V6H-6Z", "M-5.3,-5.3H5.3V5.3H-5.3Z"),
}


def _incident(ink: Ink, priority: Priority, state: str) -> Symbol:
    solid, hollow = _SHAPES[priority]
    fill = ink(f"priority-{priority.value}")
    ground, ring = ink("map-halo"), ink("clock-running")
    plate = _path(_round(12.5), fill=ground, opacity=0.85) + _path(_round(12.5), ring, 1.6, opacity=0.8)
    if state == "":
        return _drawn(30, 30, plate + _path(solid, ink("priority-ink"), 1, fill=fill))
    outline = _path(hollow, fill, 2, fill=ground)
    if state == "-attended":
        return _drawn(30, 30, plate + outline + _path(_round(1.9), fill=fill))
    faint = _path(_round(11.5), fill=ground, opacity=0.8) + _path(_round(11.5), ring, 1.2, dash="2 2.6", opacity=0.5)
    return _drawn(30, 30, faint + outline + _path("M-2.6,.6L-.7,2.5L2.8,-1.4", fill, 1.5))


def _closed(ink: Ink) -> Symbol:
    ground = ink("map-halo")
    return _drawn(16, 16, _path(_round(6.2), ground, 1, fill=ink("state-closed")) + _path(_TICK, ground, 1.6))


# states of an incident: a dial that fills

_STATE_TOKENS: dict[IncidentState, str] = {
    IncidentState.REPORTED: "state-reported",
    IncidentState.FILED: "state-filed",
    IncidentState.DISPATCHED: "state-dispatched",
    IncidentState.ON_SITE: "state-onsite",
    IncidentState.HANDLED: "state-handled",
    IncidentState.VERIFIED: "state-verified",
    IncidentState.CLOSED: "state-closed",
    IncidentState.RETURNED: "state-reported",
    IncidentState.SUSPENDED: "state-suspended",
}

_PARTS: dict[IncidentState, str] = {
    IncidentState.DISPATCHED: "M0,0V-3.6A3.6,3.6 0 0 1 3.6,0Z",
    IncidentState.ON_SITE: "M0,0V-3.6A3.6,3.6 0 0 1 0,3.6Z",
    IncidentState.HANDLED: "M0,0V-3.6A3.6,3.6 0 1 1 -3.6,0Z",
}


def _state(ink: Ink, state: IncidentState) -> Symbol:
    own = ink(_STATE_TOKENS[state])
    dial = _path(_round(5.6), own)
    match state:
        case IncidentState.VERIFIED | IncidentState.CLOSED:
            body = _path(_round(6.2), fill=own) + _path(_TICK, ink("surface-1"), 1.6)
        case IncidentState.REPORTED:
            body = _path(_round(5.6), own, dash="2.2 1.9")
        case IncidentState.RETURNED:
            body = dial + _path("M2.6,1.4V-1H-2.4M-.6,-2.8L-2.4,-1L-.6,.8", own)
        case IncidentState.SUSPENDED:
            body = dial + _path("M-1.6,-2.2V2.2M1.6,-2.2V2.2", own)
        case IncidentState.FILED:
            body = dial
        case IncidentState.DISPATCHED | IncidentState.ON_SITE | IncidentState.HANDLED:
            body = dial + _path(_PARTS[state], fill=own)
    return _drawn(14, 14, body)


# stations: one house, size and bars tell the tier

_HOUSES: dict[StationTier, tuple[str, float, int]] = {
    # tier → token, half width, bars
    StationTier.DISTRICT_CENTRE: ("tier-district", 13, 3),
    StationTier.STREET_CENTRE: ("tier-street", 11, 2),
    StationTier.COMMUNITY_STATION: ("tier-community", 9, 1),
    StationTier.GOVERNANCE: ("tier-community", 9, 1),
    StationTier.PARTY_SERVICE: ("tier-compound", 7, 0),
    StationTier.DOORSTEP: ("tier-compound", 7, 0),
    StationTier.REGISTRATION: ("tier-compound", 7, 0),
    StationTier.CIVIC_PRACTICE: ("tier-compound", 7, 0),
    StationTier.SHARED_SPACE: ("tier-compound", 7, 0),
}


def _station(ink: Ink, tier: StationTier) -> Symbol:
    if tier is StationTier.MICRO:
        return _drawn(10, 10, f'<circle r="3.6" fill="{ink("tier-micro")}"/>')
    token, half, bars = _HOUSES[tier]
    own, ground = ink(token), ink("map-halo")
    house = f"M0,{-1.1 * half:g}L{half:g},{-0.2 * half:g}V{0.9 * half:g}H{-half:g}V{-0.2 * half:g}Z"
    # a halo first, so that the house stands off lines and labels
    body = _path(house, ground, 4.5, opacity=0.85) + _path(house, own, 1.9, fill=ground)
    for bar in range(bars):
        height = 0.9 * half - 3.6 * (bar + 1) + 0.1
        body += f'<path d="M{-half / 2:g},{height:g}H{half / 2:g}" stroke="{own}" stroke-width="1.8"/>'
    side = 2 * round(1.1 * half + 3)
    return _drawn(side, side, body)


# cameras: a body that points north until the map turns it

_BODY = "M-3.6,5H3.6L2.6,-1L5,-5H-5L-2.6,-1Z"


def _camera(ink: Ink, state: str) -> Symbol:
    own, ground = ink(f"camera-{state}"), ink("map-halo")
    fill = ground if state == CameraState.OFFLINE else own
    body = _path(_BODY, ground, 4) + _path(_BODY, own, 1.3, fill=fill)
    match state:
        case CameraState.OFFLINE:
            body += _path("M-7,-7L7,7", ground, 3.6) + _path("M-7,-7L7,7", own, 1.6)
        case CameraState.FAULT:
            sign = _path(_round(4), own, 1.1, fill=ground) + _path("M0,-2.2V.2M0,1.9V2", own, 1.5)
            body += f'<g transform="translate(6.4,-6)">{sign}</g>'
        case "finding":
            body += _path("M-6,-11H6V-6H-6Z", ground, 0.8, fill=own)
        case _:
            pass
    return _drawn(24, 24, body)


# assets: one ink, a small plate and a plain sign

_SIGNS: dict[AssetKind, str] = {
    AssetKind.GATE: "M-4,4V-3H4V4M-1.4,4V-.5H1.4V4",
    AssetKind.LIGHT: "M-1,4.5V-3Q-1,-4.5 .6,-4.5H2.6M1,-3.2H4.2",
    AssetKind.PARKING_CAR: "M-2,4.5V-4.5H.6A2.5,2.5 0 0 1 .6,.6H-2",
    AssetKind.PARKING_TWO_WHEELER: (
        "M-4.8,2.4A1.9,1.9 0 1 1 -1,2.4A1.9,1.9 0 1 1 -4.8,2.4Z"
        "M1,2.4A1.9,1.9 0 1 1 4.8,2.4A1.9,1.9 0 1 1 1,2.4ZM-2.9,2.4L-.8,-1.6H2L2.9,2.4M-1.8,-3H-.2"
    ),
    AssetKind.BENCH: "M-4.4,-.6H4.4M-4.4,-3H4.4M-3.4,-.6V3.4M3.4,-.6V3.4",
    AssetKind.SPORTS_GROUND: "M-4.6,-3.2H4.6V3.2H-4.6ZM0,-3.2V3.2M-1.3,0A1.3,1.3 0 1 1 1.3,0A1.3,1.3 0 1 1 -1.3,0Z",
    AssetKind.LED_SCREEN: "M-4.6,-3.6H4.6V2H-4.6ZM-2.4,4.2H2.4M0,2V4.2",
    AssetKind.SERVICE_MACHINE: "M-3,-4.6H3V4.6H-3ZM-1.4,-2.8H1.4V-.2H-1.4ZM-1.2,2.2H1.2",
    AssetKind.RECREATION: "M-4.4,-1.2H4.4M-3.4,-3V.6M3.4,-3V.6M-2,3.6L0,-1.2L2,3.6",
}


def _asset(ink: Ink, kind: AssetKind) -> Symbol:
    own = ink("light" if kind is AssetKind.LIGHT else "asset")
    plate = (
        f'<rect x="-8" y="-8" width="16" height="16" rx="4" fill="{ink("map-halo")}" fill-opacity=".88" '
        f'stroke="{own}" stroke-opacity=".5" stroke-width=".8"/>'
    )
    return _drawn(18, 18, plate + _path(_SIGNS[kind], own, 1.3))


# six community types: tint, hatch and one character

TYPE_CHARACTERS: dict[str, str] = {
    "type-open": "街",
    "type-old": "老",
    "type-commodity": "商",
    "type-resettle": "迁",
    "type-business": "圈",
    "type-mixed": "混",
}

_DOTS = "M4,4h.01"

_HATCHES: dict[str, str] = {
    # lines run on past the tile's edge, so that the corners are whole where tiles meet
    "type-open": "",
    "type-old": "M-2,10L10,-2M-2,2L2,-2M6,10L10,6",
    "type-commodity": "M4,0V8",
    "type-resettle": "M0,4H8",
    "type-business": "M-1,-1L9,9M9,-1L-1,9",
    "type-mixed": _DOTS,
}


def _disc(ink: Ink, name: str) -> Symbol:
    character = OUTLINES[TYPE_CHARACTERS[name]]
    return _drawn(
        26,
        26,
        _path(_round(11), ink(name), 2, fill=ink("map-halo"))
        + f'<g transform="scale(.13)">{_path(character, fill=ink("map-label-1"))}</g>',
    )


def _type_hatch(ink: Ink, name: str) -> Symbol:
    path = _HATCHES[name]
    return _tile(8, _path(path, ink(name), 3 if path == _DOTS else 1.4) if path else "")


_RISING = "M-2.5,12.5L12.5,-2.5M-2.5,2.5L2.5,-2.5M7.5,12.5L12.5,7.5"
_FALLING = "M-2.5,-2.5L12.5,12.5M7.5,-2.5L12.5,2.5M-2.5,7.5L2.5,12.5"


def _tree(ink: Ink) -> Symbol:
    return _drawn(12, 12, f'<circle r="5" fill="{ink("map-tree")}"/>')


@cache
def symbols(theme: str) -> Mapping[str, Symbol]:
    """Return every symbol of a theme by name; raises NotFound for a theme that there is not."""
    ink = tokens(theme).__getitem__
    found: dict[str, Symbol] = {"incident-closed": _closed(ink), "tree": _tree(ink)}
    for priority in Priority:
        for state in ("", "-attended", "-handled"):
            found[f"incident-{priority.value}{state}"] = _incident(ink, priority, state)
    found.update((f"state-{state.value}", _state(ink, state)) for state in IncidentState)
    found.update((f"station-{tier.value}", _station(ink, tier)) for tier in StationTier)
    found.update((f"camera-{state}", _camera(ink, state)) for state in (*(one.value for one in CameraState), "finding"))
    found.update((f"asset-{kind.value}", _asset(ink, kind)) for kind in AssetKind)
    for token in TYPE_CHARACTERS:
        found[f"disc-{token}"] = _disc(ink, token)
        found[f"hatch-{token}"] = _type_hatch(ink, token)
    found["hatch-three-no"] = _tile(10, _path(_RISING, ink("three-no"), 1.3, opacity=0.5))
    found["hatch-response"] = _tile(10, _path(_FALLING, ink("warn"), 1, opacity=0.28))
    return MappingProxyType(found)


def symbol(theme: str, name: str) -> Symbol:
    """Return one symbol; raises NotFound where there is none of that name."""
    found = symbols(theme).get(name)
    if found is None:
        raise NotFound(
            Text(f"没有名为 {name} 的符号", f"There is no symbol {name}"),
            Text("所有符号见 symbols.json", "All of them are in symbols.json"),
        )
    return found


def catalogue(theme: str) -> dict[str, dict[str, str | int]]:
    """Return name → svg, width and height: what `symbols.json` holds."""
    return {name: {"svg": one.svg, "width": one.width, "height": one.height} for name, one in symbols(theme).items()}
