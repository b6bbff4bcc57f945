"""What is asked of a town: how much time was left, which month is meant, whether two questions are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from jinli.domain.calendar import WorkCalendar
from jinli.domain.counting import office_time
from jinli.domain.likeness import plain

_TELEPHONE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY: Final = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MARKER: Final = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.、．]|[①-⑳]|[-*·•])\s*")
_REQUEST: Final = re.compile(r"^(?:请|各|按时|尽快|报送|上报|填报|提供|统计|报|一下)+")
_NOT_SAID: Final = re.compile(r"[\W_]+")
_MONTH: Final = re.compile(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})月份?(?!\d*日)")
_QUARTER: Final = re.compile(r"(?:(\d{4})年)?第?([一二三四1-4])季度")
_HALF: Final = re.compile(r"(?:(\d{4})年)?([上下])半年")
_YEAR: Final = re.compile(r"(\d{4})年度?")
_THIS_MONTH: Final = re.compile(r"本月|当月")
_LAST_MONTH: Final = re.compile(r"上个?月")
_THIS_YEAR: Final = re.compile(r"今年以来|今年|本年度?|全年|年内")
_DIGITS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, kw_only=True)
class TimeGiven:
    """The working time between a question and its deadline.

    Attributes
    ----------
    minutes : office time left, None while no office hours are known.
    days : working days after the day of the question, through the last day.
    rest_day : the deadline lies on a day that is not worked; the date stands all the same.
    next_worked : the first working day after a deadline on a rest day.
    """

    minutes: int | None
    days: int
    last_day: date
    rest_day: bool
    next_worked: date | None


def time_given(asked_at: datetime, due_at: datetime, calendar: WorkCalendar) -> TimeGiven:
    """Return how much working time an asker left. `due_at` is exclusive: 00:00 belongs to the day before.

    Raises InvalidInputError `domain.time.out_of_range`.
    """
    last, first = calendar.day_itself(due_at), calendar.local_day(asked_at)
    last_day = date.fromordinal(last)
    rest = not calendar.is_working(last_day)
    spent = office_time(asked_at.astimezone(UTC), due_at.astimezone(UTC), (), calendar)
    return TimeGiven(
        minutes=int(spent.total_seconds() // 60) if calendar.hours else None,
        days=calendar.count_working(first, last),
        last_day=last_day,
        rest_day=rest,
        next_worked=date.fromordinal(calendar.nth_working(last, 1)) if rest else None,
    )


def looks_personal(text: str) -> bool:
    """Return whether a text holds what looks like a mobile or an identity number."""
    return bool(_TELEPHONE.search(text) or _IDENTITY.search(text))


def asked_lines(text: str) -> tuple[str, ...]:
    """Return the questions of a pasted list, one a line, without their numbering, each once."""
    lines = (_MARKER.sub("", line).strip(" \t;；,，。") for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def period_of(text: str, day: date) -> str:
    """Return the period a question names, seen from the day it came: `2026-09`, `2026-Q3`, `2026-H1`, `2026`, or ``.

    A month later in the year than the day means that of the year before.
    """
    said = plain(text)
    if found := _MONTH.search(said):
        month = int(found[2])
        if 1 <= month <= 12:
            year = int(found[1]) if found[1] else day.year - (month > day.month)
            return f"{year}-{month:02d}"
    if found := _QUARTER.search(said):
        number = _DIGITS.get(found[2]) or int(found[2])
        return f"{found[1] or day.year}-Q{number}"
    if found := _HALF.search(said):
        return f"{found[1] or day.year}-H{1 if found[2] == '上' else 2}"
    if _THIS_MONTH.search(said):
        return f"{day:%Y-%m}"
    if _LAST_MONTH.search(said):
        return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"
    if found := _YEAR.search(said):
        return found[1]
    return f"{day.year}" if _THIS_YEAR.search(said) else ""


def without_period(text: str) -> str:
    """Return a question without its period."""
    said = plain(text)
    for one in (_MONTH, _QUARTER, _HALF, _THIS_MONTH, _LAST_MONTH, _YEAR, _THIS_YEAR):
        said = one.sub("", said)
    return said


def subject_of(text: str) -> str:
    """Return what a question is about, so that the same question in another list is known again."""
    said = _REQUEST.sub("", _NOT_SAID.sub("", without_period(text)))
    return said[:100]


def bounds_of(period: str, zone: str) -> tuple[datetime, datetime] | None:
    """Return the first moment of a period and of what follows it, None for none or one that cannot be read."""
    year, _, part = period.partition("-")
    if not re.fullmatch(r"\d{4}", year) or not 2000 <= int(year) <= 2100:
        return None
    if not part:
        first, months = 1, 12
    elif re.fullmatch(r"Q[1-4]", part):
        first, months = 3 * int(part[1]) - 2, 3
    elif re.fullmatch(r"H[12]", part):
        first, months = 6 * int(part[1]) - 5, 6
    elif re.fullmatch(r"0[1-9]|1[0-2]", part):
        first, months = int(part), 1
    else:
        return None
    begin, after = int(year) * 12 + first - 1, int(year) * 12 + first - 1 + months
    held = ZoneInfo(zone)
    return (
        datetime(begin // 12, begin % 12 + 1, 1, tzinfo=held),
        datetime(after // 12, after % 12 + 1, 1, tzinfo=held),
    )
