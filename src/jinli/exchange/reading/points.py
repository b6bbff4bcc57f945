"""Two cells that say where something is, and what people do to them on the way.

Columns are swapped, cut to whole degrees, left at zero, or hold the address's town instead. Nothing is guessed: a
swapped pair is turned back where only one reading lies within bounds, everything else gives no point and says why.
Degrees are taken as they stand; whether they are WGS 84, CGCS2000 or GCJ-02 no export says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jinli.exchange.reading.values import Cell, Spoilt, plain


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which degrees a point may lie."""

    west: float
    south: float
    east: float
    north: float

    def hold(self, lon: float, lat: float) -> bool:
        """Return whether a place lies within."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


CHINA = Bounds(73, 3, 136, 54)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees. `lon` and `lat` are None when the cells give none that can be trusted; `notes` say why."""

    lon: float | None
    lat: float | None
    notes: tuple[str, ...] = ()


_NUMBER = re.compile(r"[-+]?\d{1,9}(?:\.\d*)?")
_PAIR = re.compile(r"[^\d+-]*([-+]?\d{1,3}(?:\.\d+)?)\s*[,;、\s]\s*([-+]?\d{1,3}(?:\.\d+)?)[^\d]*")
_ARC = re.compile(
    r"(?P<before>[NSEW]|[东西]经|[南北]纬)?\s*(?P<d>\d{1,3})\s*[°度]\s*(?:(?P<m>\d{1,2}(?:\.\d+)?)\s*['′’分]\s*)?"
    r"(?:(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:[\"″”秒]|''|′′)\s*)?(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_ARC_PAIR = re.compile(r"(?<=[NSEWnsew秒分度\"″”])\s*[,;、\s]\s*(?=[NSEWnsew\d东西南北])")


def read_point(lon_value: Cell, lat_value: Cell, *, bounds: Bounds = CHINA) -> Point | None:
    """Return the point of two cells, or of a pair in one of them; None when both are empty.

    Without a point to trust, `lon` and `lat` are None and `notes` carry the key of the reason.
    """
    if isinstance(lon_value, Spoilt) or isinstance(lat_value, Spoilt):
        return Point(None, None, ("exchange.point_unreadable",))
    first, second = _shown(lon_value), _shown(lat_value)
    if not first and not second:
        return None
    if not first or not second or first == second:
        pair = _pair(first or second)
        if pair is None and not (first and second):
            return Point(None, None, ("exchange.point_half",))
        first, second = pair or (first, second)
    lon, lat = _degrees(first), _degrees(second)
    if lon is None or lat is None:
        return Point(None, None, ("exchange.point_unreadable",))
    return _judged(lon, lat, bounds)


def _judged(lon: float, lat: float, bounds: Bounds) -> Point:
    if lon == 0 and lat == 0:
        return Point(None, None, ("exchange.point_zero",))
    if lon == 0 or lat == 0:
        return Point(None, None, ("exchange.point_half",))
    if lon.is_integer() and lat.is_integer():
        return Point(None, None, ("exchange.point_whole_degrees",))
    if bounds.hold(lon, lat):
        return Point(lon, lat)
    if bounds.hold(lat, lon):
        return Point(lat, lon, ("exchange.point_swapped",))
    return Point(None, None, ("exchange.point_outside",))


def _shown(value: Cell) -> str:
    return "" if value is None else plain(str(value))


def _pair(text: str) -> tuple[str, str] | None:
    if found := _PAIR.fullmatch(text):
        return found[1], found[2]
    parts = _ARC_PAIR.split(text)
    return (parts[0], parts[1]) if len(parts) == 2 else None


def _degrees(text: str) -> float | None:
    """Return degrees, written as a number or as degrees, minutes and seconds; None for anything else."""
    if _NUMBER.fullmatch(text):
        return float(text)
    found = _ARC.fullmatch(text)
    if found is None:
        return None
    minutes, seconds = float(found["m"] or 0), float(found["s"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    degrees = int(found["d"]) + minutes / 60 + seconds / 3600
    return -degrees if (found["before"] or found["after"] or "").upper() in {"S", "W", "西经", "南纬"} else degrees
