"""What one cell says: a moment, a text, a number, a place on the map, a telephone, a credit code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from stdnum.cn import uscc

from jinli.domain.errors import InvalidInputError
from jinli.domain.written import read_moment
from jinli.exchange.reading.tables import Cell, Spoilt


@dataclass(frozen=True, slots=True)
class Written:
    """A moment as a cell gives it, aware; `has_clock` is False for a bare date, which stands at noon of its day."""

    at: datetime
    has_clock: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit that stood behind it, `""` when there was none; nothing is converted."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which degrees a point may lie."""

    west: float
    south: float
    east: float
    north: float


CHINA = Bounds(73, 3, 136, 54)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees. `lon` and `lat` are None when the cells give none that can be trusted; `notes` say why."""

    lon: float | None
    lat: float | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A telephone or code in its usual spelling, and whether it is one by its form and check digit."""

    value: str
    valid: bool


@lru_cache(maxsize=65536)
def read_moment_cell(value: Cell, zone: ZoneInfo) -> Written | None:
    """Return the moment of a cell, None for an empty one; without a zone of its own it is in `zone`.

    Raises InvalidInputError `exchange.not_a_moment` whose `field` is empty: the caller knows the heading.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return Written(value if value.tzinfo else value.replace(tzinfo=zone), value.time() != time())
    try:
        found = read_moment(str(value), zone)
    except ValueError:
        raise InvalidInputError("exchange.not_a_moment", field="", value=str(value)) from None
    return Written(found.at, found.has_clock)


def read_text(value: Cell) -> str:
    """Return the text of a cell, "" for an empty one. Raises InvalidInputError of a `Spoilt` cell's code."""
    if isinstance(value, Spoilt):
        raise InvalidInputError(value.code, field="", value=str(value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def read_number_cell(value: Cell) -> Quantity | None:
    """Return number and unit. Raises InvalidInputError `exchange.not_a_number`."""
    text = read_text(value)
    try:
        return Quantity(Decimal(text), "") if text else None
    except ArithmeticError:
        raise InvalidInputError("exchange.not_a_number", field="", value=text) from None


def read_point(lon_value: Cell, lat_value: Cell, *, bounds: Bounds = CHINA) -> Point | None:
    """Return the point of two cells, None when both are empty."""
    lon, lat = read_number_cell(lon_value), read_number_cell(lat_value)
    if lon is None and lat is None:
        return None
    if lon is None or lat is None:
        return Point(None, None, ("exchange.point_half",))
    return Point(float(lon.value), float(lat.value))


def read_telephone(value: Cell) -> Checked | None:
    """Return a telephone number, None for an empty cell."""
    text = read_text(value)
    return Checked(text, text.isdigit()) if text else None


def read_credit_code(value: Cell) -> Checked | None:
    """Return a unified social credit code (GB 32100-2015), None for an empty cell."""
    text = read_text(value)
    return Checked(text, uscc.is_valid(text)) if text else None
