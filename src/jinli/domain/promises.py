"""A promise against the law: compared by the day on which each falls due, never by the numbers alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from jinli.domain.calendar import WorkCalendar
from jinli.domain.deadlines import due_at
from jinli.domain.limits import EndRule, TimeLimit

_NOON = time(12)


def later_than_law(promise: TimeLimit, law: TimeLimit, calendar: WorkCalendar, days: Iterable[date]) -> date | None:
    """Return the first of these start days on which the promise falls due after the law, or None.

    Five working days and seven calendar days mostly end together, and then a holiday parts them: so both are counted
    from each day. A promise may shorten what the law gives and never lengthen it (GB/T 39554: promised at most the
    statutory limit).
    """
    if promise.unit is law.unit and (promise.end_rule is law.end_rule or promise.end_rule is EndRule.STAY):
        return next(iter(days), None) if promise.amount > law.amount else None
    for day in days:
        start = datetime.combine(day, _NOON, tzinfo=calendar.zone)
        if due_at(start, promise, calendar).at > due_at(start, law, calendar).at:
            return day
    return None


def days_of_year(year: int) -> tuple[date, ...]:
    """Return every day of a year."""
    first = date(year, 1, 1)
    return tuple(first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days))
