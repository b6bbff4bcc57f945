"""Counting days and office time around excluded stretches. Days are ordinals, moments are UTC."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

from jinli.domain.calendar import WorkCalendar
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import Unit

Runs = tuple[tuple[int, int], ...]
"""United excluded days as (after, through) pairs, sorted, apart from one another."""
Spans = tuple[tuple[datetime, datetime], ...]
"""United excluded intervals, sorted, apart from one another."""
Edge = TypeVar("Edge", int, datetime)


def unite(found: Iterable[tuple[Edge, Edge]]) -> tuple[tuple[Edge, Edge], ...]:
    """Return the stretches sorted, overlapping and touching ones united, empty ones left out."""
    united: list[tuple[Edge, Edge]] = []
    for begin, end in sorted(found):
        if end <= begin:
            continue
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((begin, end))
    return tuple(united)


def base_days(start: int, unit: Unit, amount: int) -> int:
    """Return how many calendar days follow the start day up to the corresponding day, or to the end of its month.

    (Civil Code article 202.)
    """
    if unit is Unit.CALENDAR_DAY:
        return amount
    return corresponding_day(start, unit, amount) - start


def corresponding_day(start: int, unit: Unit, amount: int) -> int:
    """Return the day of the same number, months or years later; the last of the month where there is none."""
    day = date.fromordinal(start)
    months = day.year * 12 + day.month - 1 + amount * (12 if unit is Unit.YEAR else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])).toordinal()


def nth_counted(after: int, count: int, runs: Runs, calendar: WorkCalendar, *, working: bool) -> int:
    """Return the `count`-th day after `after` that is not excluded and, if `working`, is worked (ordinals)."""
    for begin, end in runs:
        if end <= after:
            continue
        if begin > after:
            free = calendar.count_working(after, begin) if working else begin - after
            if free >= count:
                break
            count -= free
        after = end
    return calendar.nth_working(after, count) if working else after + count


def count_counted(after: int, through: int, runs: Runs, calendar: WorkCalendar, *, working: bool) -> int:
    """Return how many days of (after, through] are not excluded and, if `working`, are worked (ordinals)."""
    total = 0
    for begin, end in (*runs, (max(through, after), max(through, after))):
        if end <= after:
            continue
        edge = min(begin, through)
        if edge > after:
            total += calendar.count_working(after, edge) if working else edge - after
        after = end
    return total


def after_clock_time(at: datetime, length: timedelta, spans: Spans) -> datetime:
    """Return the moment when so much absolute time outside the excluded intervals has run."""
    for begin, end in spans:
        if end <= at:
            continue
        if begin - at >= length:
            break
        length -= max(begin - at, timedelta())
        at = end
    return at + length


def after_office_time(at: datetime, length: timedelta, spans: Spans, calendar: WorkCalendar) -> datetime:
    """Return the earliest moment when so much office time outside the excluded intervals has run.

    Raises InvalidInputError `domain.time.no_office_hours` when the known office hours do not suffice.
    """
    last = calendar.last_day_with_hours()
    ordinal = calendar.local_day(at)
    while last is None or ordinal <= last:
        for opens, closes in calendar.openings(ordinal):
            for begin, end in open_parts(max(opens, at), closes, spans):
                if end - begin >= length:
                    return begin + length
                length -= end - begin
        ordinal += 1
    raise InvalidInputError("domain.time.no_office_hours", field="unit")


def open_parts(opens: datetime, closes: datetime, spans: Spans) -> list[tuple[datetime, datetime]]:
    """Return what is left of an opening when the excluded intervals are cut out."""
    parts = []
    for begin, end in spans:
        if end <= opens or begin >= closes:
            continue
        if begin > opens:
            parts.append((opens, begin))
        opens = end
    if opens < closes:
        parts.append((opens, closes))
    return parts


def office_time(first: datetime, last: datetime, spans: Spans, calendar: WorkCalendar) -> timedelta:
    """Return the office time between two moments, outside the excluded intervals."""
    total = timedelta()
    if last > first:
        for ordinal in range(calendar.local_day(first), calendar.local_day(last) + 1):
            for opens, closes in calendar.openings(ordinal):
                for begin, end in open_parts(max(opens, first), min(closes, last), spans):
                    total += end - begin
    return total


def clock_time(first: datetime, last: datetime, spans: Spans) -> timedelta:
    """Return the absolute time between two moments, outside the excluded intervals."""
    return sum((end - begin for begin, end in open_parts(first, last, spans)), timedelta())
