"""Whether longitudes and latitudes can be meant: one at a time, or whole columns of them."""

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.errors import BadPosition
from spatial.text import Text

Degrees = NDArray[np.float64]


class Fault(IntEnum):
    """What is wrong with a position; NONE where nothing is."""

    NONE = 0
    NOT_FINITE = 1
    SWAPPED = 2
    OUT_OF_RANGE = 3


_REMEDIES = {
    Fault.NOT_FINITE: Text("请以度为单位给出经度和纬度", "Give longitude and latitude in degrees"),
    Fault.SWAPPED: Text("经度在前，纬度在后", "Longitude comes first, then latitude"),
    Fault.OUT_OF_RANGE: Text(
        "经度范围 −180 至 180 度，纬度范围 −90 至 90 度",
        "Longitude runs from −180 to 180 degrees, latitude from −90 to 90",
    ),
}


def faults(lons: ArrayLike, lats: ArrayLike) -> NDArray[np.uint8]:
    """Return the Fault of each position in degrees, shape (n,).

    A latitude beyond 90 whose longitude would be one is most likely swapped.
    """
    x, y = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    finite = np.isfinite(x) & np.isfinite(y)
    # what is not finite compares as false and would pass
    outside = ~((np.abs(x) <= 180) & (np.abs(y) <= 90))
    swapped = (np.abs(y) > 90) & (np.abs(y) <= 180) & (np.abs(x) <= 90)
    chosen = np.select([~finite, swapped, outside], [Fault.NOT_FINITE, Fault.SWAPPED, Fault.OUT_OF_RANGE], Fault.NONE)
    return chosen.astype(np.uint8)


def said(fault: Fault, lon: float, lat: float) -> Text:
    """Return what is wrong with one position as a sentence."""
    match fault:
        case Fault.SWAPPED:
            return Text(
                f"纬度 {lat:g} 超出范围，经纬度可能写反了", f"Latitude {lat:g} is out of range; the two look swapped"
            )
        case Fault.OUT_OF_RANGE:
            return Text(f"位置 ({lon:g}, {lat:g}) 不在地球上", f"The position ({lon:g}, {lat:g}) is not on the globe")
        case _:
            return Text("经度或纬度不是有限的数", "Longitude or latitude is not a finite number")


def check_position(lon: float, lat: float) -> tuple[float, float]:
    """Return a position in degrees as it was given; raises BadPosition for NaN, infinite or out-of-range values.

    A latitude beyond 90 whose longitude would be one is most likely swapped, and the error says so.
    """
    # a server asks this of every request: plain comparisons, no arrays; NaN fails both
    if -180 <= lon <= 180 and -90 <= lat <= 90:
        return lon, lat
    fault = Fault(int(faults([lon], [lat])[0]))
    shown: dict[str, Any] = {"lon": lon, "lat": lat}
    if fault is Fault.NOT_FINITE:
        shown = {"lon": str(lon), "lat": str(lat)}  # JSON has no word for NaN
    raise BadPosition(said(fault, lon, lat), _REMEDIES[fault], **shown)


def check_positions(lons: ArrayLike, lats: ArrayLike) -> tuple[Degrees, Degrees]:
    """Return columns of positions in degrees as float64 arrays of one shape.

    Raises BadPosition for NaN, infinite, swapped or out-of-range values; it names the first such row, counted from 1,
    and how many there are (`row` and `rows` of the details), and for columns of different lengths.
    """
    x, y = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
    if x.shape != y.shape:
        raise BadPosition(
            Text(f"有 {x.size} 个经度，却有 {y.size} 个纬度", f"{x.size} longitudes stand beside {y.size} latitudes"),
            Text("每个位置要有一个经度和一个纬度", "Give one longitude and one latitude for each position"),
        )
    found = faults(x, y).ravel()
    wrong = np.flatnonzero(found)
    if not len(wrong):
        return x, y
    first = int(wrong[0])
    fault = Fault(int(found[first]))
    problem = said(fault, float(x.flat[first]), float(y.flat[first]))
    others = len(wrong) - 1
    more = Text(f"；另有 {others} 行也不可用", f"; and {others} more rows") if others else Text("", "")
    remedy = _REMEDIES[fault]
    raise BadPosition(
        Text(f"第 {first + 1} 行：{problem.zh}{more.zh}", f"Row {first + 1}: {problem.en}{more.en}"),
        Text(f"{remedy.zh}；改正或去掉这些行", f"{remedy.en}; mend these rows or leave them out"),
        row=first + 1,
        rows=len(wrong),
    )
