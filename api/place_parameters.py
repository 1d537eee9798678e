"""The parameters that say where and when: a position, its datum, its accuracy and the time that is meant."""

from functools import partial

from api.parameters import Parameter, parsed_choice, parsed_moment, parsed_number, unusable
from spatial.datums import Datum, convert
from spatial.positions import check_position
from spatial.text import Text

ACCURACY_MAXIMUM_M = 5000.0
"""Beyond this an accuracy says nothing of grids, and half the buildings of a town would be candidates."""


def accuracy_in_metres(metres: float) -> float:
    """Return an accuracy as it was given; raises BadParameter for one outside 0 to ACCURACY_MAXIMUM_M metres."""
    if not 0 <= metres <= ACCURACY_MAXIMUM_M:
        said = f"0 – {ACCURACY_MAXIMUM_M:g}"
        raise unusable(
            "accuracy", f"{metres:g}", Text(f"以米为单位，取值范围：{said}", f"It is in metres and runs from {said}")
        )
    return metres


def confidence_of_accuracy(probability: float) -> float:
    """Return a confidence as it was given; raises BadParameter for one outside 0.01 to 0.999."""
    if not 0.01 <= probability <= 0.999:
        remedy = Text(
            "它是概率，取值范围：0.01 – 0.999；Android 为 0.68，浏览器为 0.95",
            "It is a probability from 0.01 to 0.999; Android means 0.68, browsers mean 0.95",
        )
        raise unusable("confidence", f"{probability:g}", remedy)
    return probability


def wgs84_position(lon: float, lat: float, datum: Datum = Datum.WGS84) -> tuple[float, float]:
    """Return a position of a datum as WGS 84 longitude, latitude; raises BadPosition for one that cannot be meant."""
    check_position(lon, lat)
    if datum in (Datum.WGS84, Datum.CGCS2000):  # which differ by less than a decimetre
        return lon, lat
    lons, lats = convert(lon, lat, datum, Datum.WGS84)
    return float(lons), float(lats)


LON = Parameter(
    "lon",
    Text("经度（度，基准见 crs）", "Longitude in degrees of the datum `crs`"),
    {"type": "number", "minimum": -180, "maximum": 180},
    partial(parsed_number, "lon"),
    required=True,
)
LAT = Parameter(
    "lat",
    Text("纬度（度，基准见 crs）", "Latitude in degrees of the datum `crs`"),
    {"type": "number", "minimum": -90, "maximum": 90},
    partial(parsed_number, "lat"),
    required=True,
)
CRS = Parameter(
    "crs",
    Text(
        "经纬度的基准：wgs84（默认，卫星定位）、cgcs2000、gcj02（高德、腾讯地图）、bd09（百度地图）",
        "The datum of the position: wgs84 (the default; satellites), cgcs2000, gcj02 (AMap, Tencent) or bd09 (Baidu)",
    ),
    {"type": "string", "enum": [datum.value for datum in Datum], "default": Datum.WGS84.value},
    lambda text: Datum(parsed_choice("crs", text.lower(), [datum.value for datum in Datum])),
)
ACCURACY = Parameter(
    "accuracy",
    Text(
        f"定位精度（米，0 – {ACCURACY_MAXIMUM_M:g}）：真实位置以 confidence 的概率在此半径内；"
        "给出后各层级按概率排列候选区域",
        f"The accuracy of the position, 0 – {ACCURACY_MAXIMUM_M:g} metres: the true place lies within this radius with"
        " the probability `confidence`; with it each level ranks the areas that may own the place",
    ),
    {"type": "number", "minimum": 0, "maximum": ACCURACY_MAXIMUM_M},
    lambda text: accuracy_in_metres(parsed_number("accuracy", text)),
)
CONFIDENCE = Parameter(
    "confidence",
    Text(
        "精度的置信度，0.01 – 0.999，默认 0.68（Android）；浏览器的定位精度为 0.95",
        "The probability that `accuracy` stands for, 0.01 – 0.999: 0.68 by default (Android); browsers mean 0.95",
    ),
    {"type": "number", "minimum": 0.01, "maximum": 0.999, "default": 0.68},
    lambda text: confidence_of_accuracy(parsed_number("confidence", text)),
)
AT = Parameter(
    "at",
    Text(
        "按该时刻有效的版本回答（RFC 3339，须带时区）；只写日期时取当日终了（UTC）",
        "Answer with the editions of this time (RFC 3339 with its zone); a mere day means its end in UTC",
    ),
    {"type": "string"},
    partial(parsed_moment, ends=True, name="at"),
)
