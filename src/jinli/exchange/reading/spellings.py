"""How moments are spelt in exports of Chinese systems.

The order is always year, month, day (GB/T 7408.1). What could be read in two ways is refused, with one convention of
ours: `26-9-24` with a year of 20 or more is 2026-09-24, since exports shorten years and no official form puts the day
first. Excel serial numbers count days from 1899-12-30 (ECMA-376 part 1, 18.17.4.1).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from jinli.exchange.reading.values import plain

NOON = time(12)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 -- Excel's days have no zone
FIRST_SERIAL, LAST_SERIAL = 36526, 73050
"""2000-01-01 and 2099-12-31 as Excel counts them; a number outside is no moment."""
FIRST_YEAR, LAST_YEAR = 1949, 2099
"""A year outside stands for something else, as 9999 does for 'without end'."""

_MARK = "〇零○一二三四五六七八九十"
_DIGIT = {sign: str(place) for place, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_CHINESE = re.compile(f"[{_MARK}]+(?=[年月日号时点分秒])")
_DAY = r"(?P<y>\d{4}|\d{2})\s*(?P<s1>[-/.年])\s*(?P<m>\d{1,2})\s*(?P<s2>[-/.月])\s*(?P<d>\d{1,2})\s*[日号]?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
_HALF = r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|[AaPp]\.?[Mm]\.?)?"
_CLOCK = (
    r"(?P<H>\d{1,2})\s*(?:[:时点]\s*(?:(?P<half_hour>半)|(?P<M>\d{1,2})\s*(?:分|:)?"
    r"(?:(?<=[:分])\s*(?P<S>\d{1,2})\s*秒?(?:[.,]\d{1,9})?)?)?)(?P<whole>整)?"
)
_ZONE = r"(?P<zone>Z|z|[+-]\d{2}:?\d{2})?"
_GAP = r"(?:[\sTt]+|(?<!\d)|(?!\d))"
"""Between day and hour: `2026-9-117:50` could be the first or the eleventh."""
_LONG = re.compile(rf"{_DAY}{_WEEKDAY}(?:{_GAP}{_HALF}\s*{_CLOCK}\s*(?P<after>[AaPp]\.?[Mm]\.?)?\s*{_ZONE})?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[\sT]*(\d{2}):?(\d{2})(?::?(\d{2})(?:\.?\d{3})?)?)?", re.ASCII)
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_DAY_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b.*", re.ASCII)
_NO_YEAR = re.compile(r"\d{1,2}(?:月\d{1,2}[日号]?|[-/.]\d{1,2})(?:\s.*)?", re.ASCII)


class UnreadableError(ValueError):
    """A text is no moment; `why` is the key of the words that say why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def parse_moment(text: str, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Return the aware moment of a text and whether it has a time of day; a bare date stands at noon.

    Raises UnreadableError.
    """
    cleaned = plain(text).replace("：", ":")
    if found := _COMPACT.fullmatch(cleaned):
        year, month, day, hour, minute, second = found.groups()
        return _moment(int(year), int(month), int(day), (hour, minute, second), zone)
    if _NUMBER.fullmatch(cleaned):
        return serial_moment(float(cleaned), zone)
    if any(sign in cleaned for sign in _MARK):
        cleaned = _CHINESE.sub(lambda found: _arabic(found[0]), cleaned)
    if found := _LONG.fullmatch(cleaned):
        return _long(found, zone)
    if _DAY_LAST.fullmatch(cleaned):
        raise UnreadableError("exchange.moment.year_last")
    if _NO_YEAR.fullmatch(cleaned):
        raise UnreadableError("exchange.moment.no_year")
    raise UnreadableError("exchange.moment.unknown_spelling")


def serial_moment(number: float, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Return the moment of an Excel serial number, to the second. Raises UnreadableError."""
    if not FIRST_SERIAL <= number < LAST_SERIAL + 1:
        raise UnreadableError("exchange.moment.number")
    at = _EPOCH + timedelta(seconds=round(number * 86400))
    if number == int(number):
        return datetime.combine(at.date(), NOON, tzinfo=zone), False
    return at.replace(tzinfo=zone), True


def _long(found: re.Match[str], zone: ZoneInfo) -> tuple[datetime, bool]:
    year, first, second = found["y"], found["s1"], found["s2"]
    if (first == "年") != (second == "月") or (first != "年" and first != second):
        raise UnreadableError("exchange.moment.unknown_spelling")
    if len(year) == 2:
        if int(year) < 20:
            raise UnreadableError("exchange.moment.short_year")
        year = f"20{year}"
    clock = (found["H"], "30" if found["half_hour"] else found["M"], found["S"])
    half = (found["half"] or "") + (found["after"] or "").lower().replace(".", "")
    return _moment(int(year), int(found["m"]), int(found["d"]), clock, zone, half.lower(), found["zone"] or "")


def _moment(
    year: int,
    month: int,
    day: int,
    clock: tuple[str | None, str | None, str | None],
    zone: ZoneInfo,
    half: str = "",
    offset: str = "",
) -> tuple[datetime, bool]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableError("exchange.moment.far_year")
    try:
        on = date(year, month, day)
    except ValueError:
        raise UnreadableError("exchange.moment.no_such_day") from None
    if clock[0] is None:
        return datetime.combine(on, NOON, tzinfo=zone), False
    hour, minute, second = int(clock[0]), int(clock[1] or 0), int(clock[2] or 0)
    hour = _of_day(hour, half)
    ends_day = hour == 24 and minute == 0 == second  # 24:00 is the end of the day, as GB/T 7408.1 writes it
    try:
        at = datetime.combine(on, time(0 if ends_day else hour, minute, second), tzinfo=zone)
    except ValueError:
        raise UnreadableError("exchange.moment.no_such_time") from None
    if ends_day:
        at += timedelta(days=1)
    return (at.replace(tzinfo=_offset(offset)).astimezone(zone) if offset else at), True


def _of_day(hour: int, half: str) -> int:
    """Return the hour of 24. `下午17:50` says it twice and is taken; `上午 17:50` contradicts itself."""
    if not half or half in {"夜间"}:
        return hour
    if half in {"下午", "傍晚", "晚上", "pm"}:
        if half == "晚上" and hour == 12:  # midnight or noon: nobody can tell
            raise UnreadableError("exchange.moment.no_such_time")
        return hour + 12 if 1 <= hour < 12 else hour
    if half == "中午":
        return hour + 12 if hour in {1, 2} else hour
    if hour > 12:
        raise UnreadableError("exchange.moment.no_such_time")
    return 0 if hour == 12 and half in {"am", "凌晨"} else hour


def _offset(text: str) -> timezone:
    if text in {"Z", "z"}:
        return timezone(timedelta(0))
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise UnreadableError("exchange.moment.no_such_time")
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _arabic(text: str) -> str:
    """Return a Chinese numeral as digits: 二〇二六 digit by digit, 二十四 with its ten."""
    if "十" not in text:
        return "".join(_DIGIT[sign] for sign in text)
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return "x"  # no number: the spelling will not fit
    return f"{_DIGIT[tens] if tens else 1}{_DIGIT[ones] if ones else 0}"
