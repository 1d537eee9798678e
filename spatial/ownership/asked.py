"""Whether what is asked about a place can be meant."""

from math import isfinite

from spatial.errors import BadParameter, BadPosition
from spatial.text import Text


def check_finite(lon: float, lat: float, row: int | None = None) -> None:
    """Raise BadPosition for NaN and infinite numbers; `row` says which of many it is, counted from 0."""
    if not (isfinite(lon) and isfinite(lat)):
        where = Text("", "") if row is None else Text(f"第 {row + 1} 个点：", f"Point {row + 1}: ")
        raise BadPosition(
            Text(f"{where.zh}经度或纬度不是有限的数", f"{where.en}longitude or latitude is not a finite number"),
            Text("请以度为单位给出经度和纬度", "Give longitude and latitude in degrees"),
            lon=str(lon),
            lat=str(lat),
            row=row,
        )


def check_accuracy(accuracy_m: float, confidence: float) -> None:
    """Raise BadParameter where a position cannot be known like that."""
    if not (0 <= accuracy_m <= 100_000):
        raise BadParameter(
            Text(f"精度 {accuracy_m:g} 米超出范围", f"An accuracy of {accuracy_m:g} m is out of range"),
            Text("精度为 0 至 100000 米", "It runs from 0 to 100,000 metres"),
        )
    if not (0 < confidence < 1):
        raise BadParameter(
            Text(f"置信度 {confidence:g} 超出范围", f"A confidence of {confidence:g} is out of range"),
            Text("置信度大于 0、小于 1，例如 0.68 或 0.95", "It lies between 0 and 1, such as 0.68 or 0.95"),
        )
