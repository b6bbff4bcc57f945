"""When a promise is due: computed from the start, the limit, pauses and extensions, never counted down.

House conventions, each named again in the explanation: a day ends at 24:00; a moment at exactly 00:00 belongs to the
day just ended; a pause excludes, in day units, the days after the one on which it begins up to and including the one
on which it ends, and in hour units the exact interval; nothing after the due moment moves it. (Civil Code articles
201-203 by analogy.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from jinli.domain.calendar import PROVISIONAL_FROM, WorkCalendar
from jinli.domain.counting import (
    Runs,
    Spans,
    after_clock_time,
    after_office_time,
    base_days,
    clock_time,
    count_counted,
    nth_counted,
    office_time,
    unite,
)
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import CLOCK_UNITS, EndRule, TimeLimit, Unit, require_amount, require_aware

PERCENT_LEFT = 30
"""Share of the limit left at which a promise is near, unless the pack says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Pause:
    """A time that does not count, by an article and from its written notice on.

    `until` is the latest resumption told in the notice; the pause never excludes more. Raises InvalidInputError
    `domain.time.naive`, `domain.time.pause_backwards`, `domain.time.pause_without_end`.
    """

    kind: str
    began_at: datetime
    ended_at: datetime | None
    notice_at: datetime
    until: datetime | None
    article: str

    def __post_init__(self) -> None:
        require_aware(self.began_at, field="began_at")
        require_aware(self.notice_at, field="notice_at")
        for field, end in (("ended_at", self.ended_at), ("until", self.until)):
            if end is not None:
                require_aware(end, field=field)
                if end.astimezone(UTC) < self.began_at.astimezone(UTC):
                    raise InvalidInputError("domain.time.pause_backwards", field=field)
        if self.ended_at is None and self.until is None:
            raise InvalidInputError("domain.time.pause_without_end", field="until")

    @property
    def closes_at(self) -> datetime:
        """Return the moment up to which the pause excludes time: its end, at most the latest resumption told."""
        ends = [end.astimezone(UTC) for end in (self.ended_at, self.until) if end is not None]
        return min(ends)

    def opens_at(self, started_at: datetime) -> datetime:
        """Return the moment from which it excludes: the later of begin and notice, not before the clock's start."""
        return max(one.astimezone(UTC) for one in (self.began_at, self.notice_at, started_at))


@dataclass(frozen=True, kw_only=True)
class Extension:
    """More of the limit's own unit, asked and approved.

    Raises InvalidInputError `domain.time.naive`, `domain.time.amount`, `domain.time.extension_backwards`.
    """

    amount: int
    asked_at: datetime
    approved_at: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        require_aware(self.asked_at, field="asked_at")
        require_aware(self.approved_at, field="approved_at")
        require_amount(self.amount, Unit.MINUTE, field="amount")
        if self.approved_at.astimezone(UTC) < self.asked_at.astimezone(UTC):
            raise InvalidInputError("domain.time.extension_backwards", field="approved_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMoment:
    """The exclusive moment, in UTC, before which the promise must be kept.

    `last_day` for day units; `provisional` while a paper may still move it; `at_the_latest` while an open pause is
    computed to its latest resumption; `editions` are the (year, edition) pairs the count rests on.
    """

    at: datetime
    last_day: date | None
    provisional: bool
    at_the_latest: bool
    editions: tuple[tuple[int, int], ...]


class Standing(StrEnum):
    """What became of a pause or an extension in the reckoning."""

    COUNTED = "counted"
    TOO_LATE = "too_late"


@dataclass(frozen=True, kw_only=True)
class Event:
    """A pause or an extension at the moment from which it acts, and what became of it."""

    at: datetime
    standing: Standing
    pause: Pause | None = None
    extension: Extension | None = None


@dataclass(frozen=True, kw_only=True)
class Settled:
    """The whole reckoning: total amount, what became of each event, excluded days or time, and the due moment."""

    due: DueMoment
    amount: int
    events: tuple[Event, ...]
    runs: Runs
    spans: Spans


def due_at(
    started_at: datetime,
    limit: TimeLimit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> DueMoment:
    """Return the due moment.

    Raises InvalidInputError `domain.time.naive`, `domain.time.out_of_range`, `domain.time.no_office_hours`,
    `domain.time.extension_of_fixed`. (Civil Code articles 200-204; Licensing Law article 82.)
    """
    if not pauses and not extensions:
        if started_at.tzinfo is not UTC:
            require_aware(started_at, field="started_at")
        return _reckon(started_at, limit, limit.amount, calendar, ())
    return settle(started_at, limit, calendar, pauses, extensions).due


def settle(
    started_at: datetime,
    limit: TimeLimit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Settled:
    """Return the due moment and what led to it, pauses and extensions taken in the order in which they act.

    One that acts at or after the due moment found so far is too late. Raises as `due_at`.
    """
    require_aware(started_at, field="started_at")
    if extensions and limit.unit is Unit.FIXED:
        raise InvalidInputError("domain.time.extension_of_fixed", field="extensions")
    waiting: list[tuple[datetime, int, Pause | Extension]] = [(p.opens_at(started_at), 0, p) for p in pauses]
    for one in extensions:
        acts_at = one.asked_at if limit.late_approval else one.approved_at
        waiting.append((acts_at.astimezone(UTC), 1, one))
    amount, counted, events = limit.amount, list[Pause](), list[Event]()
    due = _reckon(started_at, limit, amount, calendar, ())
    for at, _, event in sorted(waiting, key=lambda item: item[:2]):
        standing = Standing.COUNTED if at < due.at else Standing.TOO_LATE
        if isinstance(event, Pause):
            events.append(Event(at=at, standing=standing, pause=event))
        else:
            events.append(Event(at=at, standing=standing, extension=event))
        if standing is Standing.TOO_LATE:
            continue
        if isinstance(event, Pause):
            counted.append(event)
        else:
            amount += event.amount
            require_amount(amount, limit.unit, field="extensions")
        due = _reckon(started_at, limit, amount, calendar, counted)
    open_ones = [pause for pause in counted if pause.ended_at is None]
    if open_ones:
        closed = [pause for pause in counted if pause.ended_at is not None]
        without = _reckon(started_at, limit, amount, calendar, closed)
        due = replace(due, at_the_latest=without.at != due.at)
    return Settled(
        due=due,
        amount=amount,
        events=tuple(events),
        runs=_runs(started_at, counted, calendar) if limit.unit.counts_days else (),
        spans=_spans(started_at, counted),
    )


def _reckon(
    started_at: datetime, limit: TimeLimit, amount: int, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> DueMoment:
    """Return the due moment of a total amount with the pauses that count."""
    unit = limit.unit
    if unit is Unit.FIXED:
        return _fixed(limit, calendar)
    if unit is Unit.WORKING_DAY:
        start = calendar.day_itself(started_at)
        if pauses:
            last = nth_counted(start, amount, _runs(started_at, pauses, calendar), calendar, working=True)
        else:
            last = calendar.nth_working(start, amount)
        return _end_of_day(start + 1, last, calendar)
    if unit.counts_days:
        start = calendar.day_itself(started_at)
        runs = _runs(started_at, pauses, calendar) if pauses else ()
        base = nth_counted(start, base_days(start, unit, amount), runs, calendar, working=False)
        if limit.end_rule is EndRule.STAY:
            return _end_of_day(None, base, calendar)
        last = nth_counted(base - 1, 1, runs, calendar, working=True)
        return _end_of_day(base, last, calendar)
    begin = started_at.astimezone(UTC)
    if unit in CLOCK_UNITS:
        return _plain(after_clock_time(begin, _clock_length(unit, amount), _spans(started_at, pauses)))
    at = after_office_time(begin, timedelta(hours=amount), _spans(started_at, pauses), calendar)
    first, last = calendar.local_day(begin), calendar.local_day(at)
    provisional, editions = _standing(first, date.fromordinal(last), calendar)
    return DueMoment(at=at, last_day=None, provisional=provisional, at_the_latest=False, editions=editions)


def _clock_length(unit: Unit, amount: int) -> timedelta:
    return timedelta(minutes=amount) if unit is Unit.MINUTE else timedelta(hours=amount)


def _end_of_day(first: int | None, last: int, calendar: WorkCalendar) -> DueMoment:
    """Return the end of a day; `first` begins the days whose kind the count rests on, None if it rests on none.

    The calendar holds on to it: promises of many cases end on the same few days.
    """
    key = (0 if first is None else date.fromordinal(first).year, last)
    found: DueMoment | None = calendar.held.get(key)
    if found is None:
        last_day = date.fromordinal(last)
        provisional, editions = (False, ()) if first is None else _standing(first, last_day, calendar)
        found = calendar.held[key] = DueMoment(
            at=calendar.day_end(last),
            last_day=last_day,
            provisional=provisional,
            at_the_latest=False,
            editions=editions,
        )
    return found


def _standing(first: int, last_day: date, calendar: WorkCalendar) -> tuple[bool, tuple[tuple[int, int], ...]]:
    late = (last_day.month, last_day.day) >= PROVISIONAL_FROM
    return calendar.standing(date.fromordinal(first).year, last_day.year, late)


def _plain(at: datetime, last_day: date | None = None) -> DueMoment:
    return DueMoment(at=at, last_day=last_day, provisional=False, at_the_latest=False, editions=())


def _fixed(limit: TimeLimit, calendar: WorkCalendar) -> DueMoment:
    """Return the moment itself; if it is the end of a day, with that day."""
    assert limit.fixed_at is not None
    at = limit.fixed_at.astimezone(UTC)
    return _plain(at, calendar.day_ended(at))


def _runs(started_at: datetime, pauses: Iterable[Pause], calendar: WorkCalendar) -> Runs:
    """Return the days that pauses exclude: after the day it begins up to and including the day it ends."""
    return unite(
        (calendar.day_itself(pause.opens_at(started_at)), calendar.day_itself(pause.closes_at)) for pause in pauses
    )


def _spans(started_at: datetime, pauses: Iterable[Pause]) -> Spans:
    """Return the exact intervals that pauses cut out."""
    return unite((pause.opens_at(started_at), pause.closes_at) for pause in pauses)


def warn_at(
    started_at: datetime,
    limit: TimeLimit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    *,
    percent_left: int = PERCENT_LEFT,
) -> datetime:
    """Return the moment from which the promise is near: so much of the limit is left.

    In day units the beginning of the first of the last whole days, at least of the last one. Raises as `due_at`, and
    InvalidInputError `domain.time.percent`.
    """
    settled = settle(started_at, limit, calendar, pauses, extensions)
    return _near(started_at, limit, settled.amount, calendar, settled.due, settled.runs, settled.spans, percent_left)


def near_at(
    started_at: datetime, limit: TimeLimit, calendar: WorkCalendar, due: DueMoment, percent_left: int
) -> datetime:
    """Return `warn_at` of a promise that was neither paused nor extended, from its due moment."""
    return _near(started_at, limit, limit.amount, calendar, due, (), (), percent_left)


def _near(
    started_at: datetime, limit: TimeLimit, amount: int, calendar: WorkCalendar, due: DueMoment,
    runs: Runs, spans: Spans, percent_left: int,
) -> datetime:  # fmt: skip
    if not 0 < percent_left < 100:
        raise InvalidInputError("domain.time.percent", field="percent_left", value=percent_left)
    begin = started_at.astimezone(UTC)
    used = 100 - percent_left
    if limit.unit is Unit.FIXED:
        return min(due.at, begin + max(due.at - begin, timedelta()) * used / 100)
    if limit.unit.counts_days:
        assert due.last_day is not None
        start, working = calendar.day_itself(started_at), limit.unit is Unit.WORKING_DAY
        total = count_counted(start, due.last_day.toordinal(), runs, calendar, working=working)
        near = max(1, total * percent_left // 100)
        first = nth_counted(start, total - near + 1, runs, calendar, working=working)
        return calendar.day_end(first - 1)
    if limit.unit is Unit.WORKING_HOUR:
        length = timedelta(hours=amount) * used / 100
        return after_office_time(begin, length, spans, calendar)
    return after_clock_time(begin, _clock_length(limit.unit, amount) * used / 100, spans)


@dataclass(frozen=True, kw_only=True)
class Left:
    """How much is left or how late it is: a code of the words and the numbers they name."""

    code: str
    facts: Mapping[str, int]


def time_left(
    now: datetime, due: DueMoment, limit: TimeLimit, calendar: WorkCalendar, pauses: Sequence[Pause] = ()
) -> Left:
    """Return what is left: whole days after today, or time in the limit's own hours; lateness once it is due.

    Codes `domain.left.*`. Raises InvalidInputError `domain.time.naive`.
    """
    require_aware(now, field="now")
    moment = now.astimezone(UTC)
    if moment >= due.at:
        return lateness(now, due, limit, calendar)
    if due.last_day is not None:
        today, last = calendar.local_day(moment), due.last_day.toordinal()
        runs, working = _runs(moment, pauses, calendar), limit.unit is Unit.WORKING_DAY
        days = count_counted(today, last, runs, calendar, working=working)
        if today == last or not days:
            return Left(code="domain.left.today", facts={})
        return Left(code="domain.left.working_days" if working else "domain.left.days", facts={"days": days})
    if limit.unit is Unit.WORKING_HOUR:
        time = office_time(moment, due.at, _spans(moment, pauses), calendar)
        return _hours("domain.left", "working_time", time, below="moment")
    if limit.unit is Unit.FIXED:
        days = calendar.local_day(due.at) - calendar.local_day(moment)
        if days:
            return Left(code="domain.left.days", facts={"days": days})
    return _hours("domain.left", "clock_time", clock_time(moment, due.at, _spans(moment, pauses)), below="moment")


def lateness(now: datetime, due: DueMoment, limit: TimeLimit, calendar: WorkCalendar) -> Left:
    """Return how late it is at a moment that is not before the due moment; today counts.

    Codes `domain.late.*`. Raises InvalidInputError `domain.time.naive`, `domain.time.not_late`.
    """
    require_aware(now, field="now")
    moment = now.astimezone(UTC)
    if moment < due.at:
        raise InvalidInputError("domain.time.not_late", field="now")
    if due.last_day is not None:
        today, last = calendar.local_day(moment), due.last_day.toordinal()
        if limit.unit is not Unit.WORKING_DAY:
            return Left(code="domain.late.days", facts={"days": today - last})
        days = calendar.count_working(last, today)
        return Left(code="domain.late.working_days" if days else "domain.late.rest_day", facts={"days": days})
    if limit.unit is Unit.WORKING_HOUR:
        time = office_time(due.at, moment, (), calendar)
        return _hours("domain.late", "working_time", time, below="moment" if time else "closed")
    return _hours("domain.late", "clock_time", moment - due.at, below="moment")


def balance(
    now: datetime,
    started_at: datetime,
    limit: TimeLimit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Left:
    """Return what is used and what is left, today counted as used; for paused promises.

    Codes `domain.balance.*` with `used` and `left`, in days or in minutes. Raises as `due_at`.
    """
    require_aware(now, field="now")
    settled = settle(started_at, limit, calendar, pauses, extensions)
    begin, end = started_at.astimezone(UTC), settled.due.at
    moment = min(max(now.astimezone(UTC), begin), end)
    if limit.unit.counts_days:
        assert settled.due.last_day is not None
        start, working = calendar.day_itself(started_at), limit.unit is Unit.WORKING_DAY
        last = settled.due.last_day.toordinal()
        total = count_counted(start, last, settled.runs, calendar, working=working)
        today = min(calendar.local_day(moment), last)
        used = count_counted(start, today, settled.runs, calendar, working=working)
        code = "domain.balance.working_days" if working else "domain.balance.days"
        return Left(code=code, facts={"used": used, "left": total - used})
    if limit.unit is Unit.WORKING_HOUR:
        before = office_time(begin, moment, settled.spans, calendar)
        after = office_time(moment, end, settled.spans, calendar)
        code = "domain.balance.working_time"
    else:
        before, after = clock_time(begin, moment, settled.spans), clock_time(moment, end, settled.spans)
        code = "domain.balance.clock_time"
    return Left(code=code, facts={"used": before // timedelta(minutes=1), "left": after // timedelta(minutes=1)})


def _hours(room: str, kind: str, time: timedelta, *, below: str) -> Left:
    """Return hours and minutes under the code `room.kind`; under one minute the code `room.below`."""
    hours, minutes = divmod(time // timedelta(minutes=1), 60)
    if not hours and not minutes:
        return Left(code=f"{room}.{below}", facts={})
    return Left(code=f"{room}.{kind}", facts={"hours": hours, "minutes": minutes})


def span_meets(days: Iterable[date], started_at: datetime, due: DueMoment, calendar: WorkCalendar) -> bool:
    """Return whether one of the days lies in the span of a clock, so that its due moment must be computed anew."""
    first = date.fromordinal(calendar.day_itself(started_at))
    last = due.last_day or date.fromordinal(calendar.local_day(due.at))
    return any(first < day <= last for day in days)
