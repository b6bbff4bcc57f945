"""What one cell says: a moment, a text, a number, a telephone, a credit code. Points are in `points`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from stdnum.cn import uscc

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading.points import CHINA, Bounds, Point, read_point
from jinli.exchange.reading.spellings import FIRST_YEAR, LAST_YEAR, NOON, UnreadableError, parse_moment, serial_moment
from jinli.exchange.reading.values import DIGITS_LOST, FIRST_UNSURE, Cell, Spoilt, plain

__all__ = [
    "CHINA", "Bounds", "Checked", "Point", "Quantity", "Written", "read_credit_code", "read_moment_cell",
    "read_number_cell", "read_point", "read_telephone", "read_text",
]  # fmt: skip


class Written(NamedTuple):
    """A moment as a cell gives it, aware; `has_clock` is False for a bare date, which stands at noon of its day."""

    at: datetime
    has_clock: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit that stood around it, `""` when there was none; nothing is converted."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A telephone or code in its usual spelling, and whether it is one by its form and check digit."""

    value: str
    valid: bool


_QUANTITY = re.compile(r"([¥￥$€])?\s*([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[-+]?\.\d+)\s*(.*)", re.ASCII)
_UNIT = re.compile(r"%|‰|[A-Za-z\u4e00-\u9fff㎡㎥℃㎏㎞][A-Za-z\u4e00-\u9fff/²³]{0,7}")
_MONEY = {"¥": "元", "￥": "元", "$": "$", "€": "€"}
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(
    r"(?:0(?:10|2\d|[3-9]\d\d))?[2-8]\d{6,7}(?:-\d{1,6})?|[48]00\d{7}|9[56]\d{3,6}|1[12]\d{1,3}|12[34]\d{2}", re.ASCII
)
_APART = re.compile(r"[,;/、]|\s{2,}|或")
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
_UNUSUAL = re.compile("[\u200b-\u200d\u2060\ufeff\u00a0\u3000]")
_FAST = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.ASCII)


@lru_cache(maxsize=8192)
def read_moment_cell(value: Cell, zone: ZoneInfo) -> Written | None:
    """Return the moment of a cell, None for an empty one; without a zone of its own it is in `zone`.

    Excel has no bare dates: its midnight is taken for one. Spellings are those of `spellings`.

    Raises InvalidInputError `exchange.not_a_moment` with `why`, a key of words, or `exchange.digits_lost`; their
    `field` is empty, since only the caller knows the heading.
    """
    try:
        if isinstance(value, str):
            return None if not value or value.isspace() else _written(value, zone)
        if value is None:
            return None
        if isinstance(value, datetime):
            return _of_datetime(value, zone)
        if isinstance(value, date):
            return _of_datetime(datetime.combine(value, time()), zone)
        if 1e7 <= value < FIRST_UNSURE and value == int(value):
            return Written(*parse_moment(str(int(value)), zone))
        return Written(*serial_moment(value, zone))
    except UnreadableError as error:
        raise InvalidInputError("exchange.not_a_moment", field="", value=_shown(value), why=error.why) from None


def _written(text: str, zone: ZoneInfo) -> Written:
    if isinstance(text, Spoilt):
        raise InvalidInputError(text.code, field="", value=str(text))
    if _FAST.fullmatch(text):  # what most systems write, and four times as fast
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return Written(*parse_moment(text, zone))
        if FIRST_YEAR <= at.year <= LAST_YEAR:
            bare = len(text) == 10
            return Written(datetime.combine(at, NOON if bare else at.time(), zone), not bare)
    return Written(*parse_moment(text, zone))


def _of_datetime(value: datetime, zone: ZoneInfo) -> Written:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise UnreadableError("exchange.moment.far_year")
    if value.tzinfo is not None:
        return Written(value.astimezone(zone), True)
    if value.time() == time():
        return Written(datetime.combine(value, NOON, tzinfo=zone), False)
    return Written(value.replace(tzinfo=zone), True)


def _shown(value: Cell) -> str:
    return "" if value is None else str(value)


def read_text(value: Cell) -> str:
    """Return the text of a cell, "" for an empty one; lines stay, spaces at the ends and invisible signs go.

    Raises InvalidInputError `exchange.digits_lost` for a number that Excel has cut, or the code of a `Spoilt` cell.
    """
    if isinstance(value, str):
        if isinstance(value, Spoilt):
            raise InvalidInputError(value.code, field="", value=str(value))
        if value.isascii() or not _UNUSUAL.search(value):
            return value.strip()
        return _INVISIBLE.sub("", value).replace("\u00a0", " ").replace("\u3000", " ").strip()
    if value is None:
        return ""
    if isinstance(value, (datetime, date)):
        bare = not isinstance(value, datetime) or value.time() == time()
        return value.strftime("%Y-%m-%d" if bare else "%Y-%m-%d %H:%M:%S")
    if abs(value) >= FIRST_UNSURE:
        raise InvalidInputError(DIGITS_LOST, field="", value=repr(value))
    return str(int(value)) if value == int(value) else repr(value)


def read_number_cell(value: Cell) -> Quantity | None:
    """Return number and unit, None for an empty cell: `1，234.5 亩` is 1234.5 in 亩; nothing is converted.

    Raises InvalidInputError `exchange.not_a_number`, or as `read_text` does.
    """
    text = plain(read_text(value))
    if not text:
        return None
    found = _QUANTITY.fullmatch(text)
    if found is None or (found[3] and not _UNIT.fullmatch(found[3])):
        raise InvalidInputError("exchange.not_a_number", field="", value=text)
    return Quantity(Decimal(found[2].replace(",", "")), found[3] or _MONEY.get(found[1] or "", ""))


def read_telephone(value: Cell) -> Checked | None:
    """Return a telephone number without spaces and the country's prefix, None for an empty cell.

    Several numbers are kept, parted by `、`. Valid by form: mobile, fixed line with or without area code, service.
    """
    text = plain(read_text(value))
    if not text:
        return None
    parts = [re.sub(r"^(?:\+|00)86[- ]?", "", one.strip()) for one in _APART.split(text) if one.strip()]
    numbers = [_number(one) for one in parts]
    if numbers and all(numbers):
        return Checked("、".join(one for one in numbers if one), True)
    return Checked(text, False)


def _number(text: str) -> str | None:
    """Return a number in its usual spelling, None when it is none."""
    compact = re.sub(r"[ ()]", "", text)
    digits = compact.replace("-", "")
    if _MOBILE.fullmatch(digits):
        return digits
    joined = re.sub(r"^(0\d{2,3})-", r"\1", compact)
    return compact if _LANDLINE.fullmatch(joined) else None


def read_credit_code(value: Cell) -> Checked | None:
    """Return a unified social credit code in capitals, None for an empty cell; valid by form and check digit.

    By GB 32100-2015 the first two places may be letters: a village's own economic organisation begins with N2.
    """
    text = re.sub(r"[\s-]", "", plain(read_text(value))).upper()
    if not text:
        return None
    return Checked(text, bool(_CREDIT.fullmatch(text)) and uscc.calc_check_digit(text[:-1]) == text[-1])
