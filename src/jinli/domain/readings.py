"""Other ways in which a limit is counted: which of them gives exactly the date that another system shows.

Our own count follows the law (`jinli.domain.deadlines`). Other systems often count plainer: days of the calendar,
Monday to Friday without the yearly paper, the opening day as the first. Nothing here says why they do; it says only
which count reproduces their date, so that a page can call it a likely cause and name it as our inference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jinli.domain.calendar import DayKind, WorkCalendar
from jinli.domain.counting import base_days
from jinli.domain.deadlines import DueMoment, due_at
from jinli.domain.limits import EndRule, TimeLimit, Unit, require_aware

#: Units whose end is a moment of a day, not the end of one.
_HOURS = frozenset({Unit.MINUTE, Unit.URGENT_HOUR, Unit.WORKING_HOUR})
_MINUTE = timedelta(minutes=1)
#: A count that only refines a plainer one is not named beside it when both give the same day.
_PLAINER = {"calendar_days_rolled": "calendar_days", "no_make_up": "weekdays", "no_holidays": "weekdays"}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Another way of counting the same limit from the same start.

    `code` is a key of the words. `last_day` is the last day it gives, `at` the exclusive moment for limits in hours.
    """

    code: str
    last_day: date | None
    at: datetime | None
    fits: bool


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How far their date lies from ours, in the limit's own unit: a code of the words and the number they name."""

    code: str
    facts: Mapping[str, int]


def readings_of(
    started_at: datetime, limit: TimeLimit, calendar: WorkCalendar, theirs: datetime
) -> tuple[Reading, ...]:
    """Return the plainer counts whose result differs from ours, each with whether it is exactly `theirs`.

    `theirs` is exclusive, as every due moment. For limits in days the last day is compared and not the hour, for
    limits in hours the minute. Nothing for a fixed date, and none fits when theirs is the same as ours. Several may
    fit: then nobody can say which it was.
    Raises InvalidInputError as `due_at`.
    """
    require_aware(theirs, field="theirs")
    if limit.unit is Unit.FIXED:
        return ()
    ours = due_at(started_at, limit, calendar)
    if limit.unit in _HOURS:
        return tuple(_of_hours(started_at, limit, calendar, theirs, ours))
    assert ours.last_day is not None
    their_day, own = last_day_of(theirs, calendar), ours.last_day.toordinal()
    found: dict[str, int] = {}
    for name, day in _of_days(calendar.day_itself(started_at), limit, calendar):
        if day != own and found.get(_PLAINER.get(name, "")) != day:
            found[name] = day
    return tuple(
        Reading(code=f"domain.reading.{name}", last_day=date.fromordinal(day), at=None, fits=day == their_day)
        for name, day in found.items()
    )


def gap_of(ours: DueMoment, theirs: datetime, limit: TimeLimit, calendar: WorkCalendar) -> Gap:
    """Return how much earlier or later theirs is: working days, days, or minutes as the limit counts.

    Codes `domain.gap.*`. Theirs on the same last day is `same_day`, whatever its hour.
    """
    if ours.last_day is None:
        minutes = abs(theirs - ours.at) // _MINUTE
        if not minutes:
            return Gap(code="domain.gap.same_moment", facts={})
        name = "earlier_time" if theirs < ours.at else "later_time"
        return Gap(code=f"domain.gap.{name}", facts={"minutes": minutes})
    own, their = ours.last_day.toordinal(), last_day_of(theirs, calendar)
    if own == their:
        return Gap(code="domain.gap.same_day", facts={})
    side = "earlier" if their < own else "later"
    if limit.unit is Unit.WORKING_DAY:
        days = calendar.count_working(min(own, their), max(own, their))
        if days:
            return Gap(code=f"domain.gap.{side}_working_days", facts={"days": days})
    return Gap(code=f"domain.gap.{side}_days", facts={"days": abs(own - their)})


def last_day_of(theirs: datetime, calendar: WorkCalendar) -> int:
    """Return the last day on which an exclusive moment can still be met; 00:00 belongs to the day just ended."""
    return calendar.day_itself(theirs)


def _of_days(start: int, limit: TimeLimit, calendar: WorkCalendar) -> Iterator[tuple[str, int]]:
    """Yield other counts of a limit in days, the plainest first, as name and last day (ordinals)."""
    amount = limit.amount

    def kind(day: int) -> DayKind:
        return calendar.day(date.fromordinal(day)).kind

    def weekday(day: int) -> bool:
        return (day - 1) % 7 < 5

    if limit.unit is Unit.WORKING_DAY:
        yield "calendar_days", start + amount
        yield "weekdays", _nth(start, amount, weekday)
        yield "no_make_up", _nth(start, amount, lambda day: weekday(day) and kind(day) is not DayKind.HOLIDAY)
        yield "no_holidays", _nth(start, amount, lambda day: weekday(day) or kind(day) is DayKind.MAKE_UP)
        yield "first_day_counts", calendar.nth_working(start - 1, amount)
        yield "calendar_days_rolled", _rolled(start + amount, calendar)
        yield "calendar_days_first", start + amount - 1
        yield "weekdays_first", _nth(start - 1, amount, weekday)
        return
    base = start + base_days(start, limit.unit, amount)
    if limit.end_rule is EndRule.ROLL:
        yield "not_rolled", base
    else:
        yield "rolled", _rolled(base, calendar)
    yield "first_day_counts", base - 1
    if limit.unit is Unit.CALENDAR_DAY:
        yield "working_days", calendar.nth_working(start, amount)
        yield "weekdays", _nth(start, amount, weekday)
        return
    days = amount * (30 if limit.unit is Unit.MONTH else 365)
    yield "thirty_days" if limit.unit is Unit.MONTH else "plain_years", start + days


def _of_hours(
    started_at: datetime, limit: TimeLimit, calendar: WorkCalendar, theirs: datetime, ours: DueMoment
) -> Iterator[Reading]:
    """Yield other counts of a limit in hours; a minute more or less is how a moment was written."""
    if limit.unit is Unit.MINUTE:
        return
    hours, own = limit.amount, ours.at
    found: list[tuple[str, datetime]] = []
    if limit.unit is Unit.WORKING_HOUR:
        found.append(("clock_hours", started_at + timedelta(hours=hours)))
    elif calendar.hours:
        spent = TimeLimit(amount=hours, unit=Unit.WORKING_HOUR)
        found.append(("office_hours", due_at(started_at, spent, calendar).at))
    found.append(("end_of_day", calendar.day_end(calendar.local_day(own))))
    for name, at in found:
        if abs(at - own) > _MINUTE:
            yield Reading(code=f"domain.reading.{name}", last_day=None, at=at, fits=abs(at - theirs) <= _MINUTE)


def _nth(after: int, count: int, counts: Callable[[int], bool]) -> int:
    """Return the `count`-th day after `after` that counts."""
    day = after
    while count:
        day += 1
        count -= counts(day)
    return day


def _rolled(day: int, calendar: WorkCalendar) -> int:
    """Return the day, or the next working day when it is a rest day."""
    return calendar.nth_working(day - 1, 1)
