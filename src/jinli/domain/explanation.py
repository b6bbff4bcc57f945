"""How a due moment was reckoned, line by line; each line names its article or the house convention it follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from jinli.domain.calendar import DayKind, WorkCalendar
from jinli.domain.counting import base_days, corresponding_day, nth_counted, office_time, open_parts
from jinli.domain.deadlines import DueMoment, Event, Extension, Pause, Settled, Standing, settle
from jinli.domain.limits import EndRule, TimeLimit, Unit

CIVIL_201 = "domain.basis.civil_201"
CIVIL_201_HOURS = "domain.basis.civil_201_hours"
CIVIL_202 = "domain.basis.civil_202"
CIVIL_203 = "domain.basis.civil_203"
WEEK = "domain.basis.week"
PAPER = "domain.basis.paper"
UNPUBLISHED = "domain.basis.unpublished"
HOUSE = "domain.basis.house"
HOUSE_DAY_END = "domain.basis.house_day_end"
HOUSE_HOUR_END = "domain.basis.house_hour_end"
HOUSE_PAUSE_DAYS = "domain.basis.house_pause_days"
HOUSE_PAUSE_HOURS = "domain.basis.house_pause_hours"
LIMIT = "domain.basis.limit"
ARTICLE = "domain.basis.article"
GIVEN = "domain.basis.given"


@dataclass(frozen=True, kw_only=True)
class ExplainedLine:
    """One step of the reckoning: a day or a run of days, whether it counts, why, and by which rule.

    `count` is the number the day has in the count, None for a line that does not count. `code` and `basis` are keys
    of the words; `article` is the rule as the limit or the pause writes it, where there is one.
    """

    first: date
    last: date | None = None
    count: int | None = None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    basis: str
    article: str = ""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The lines of a reckoning, the due moment last, and what it was about.

    `amount` is the total with extensions, `calendars` the published years it rests on.
    """

    lines: tuple[ExplainedLine, ...]
    due: DueMoment
    started_at: datetime
    limit: TimeLimit
    amount: int
    paused: int
    extended: int
    calendars: tuple[int, ...]
    zone: str


def explain(
    started_at: datetime,
    limit: TimeLimit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Explanation:
    """Return the reckoning of `due_at`, line by line. Raises as `due_at`."""
    settled = settle(started_at, limit, calendar, pauses, extensions)
    teller = _Teller(started_at.astimezone(UTC), limit, calendar, settled)
    counted = [event for event in settled.events if event.standing is Standing.COUNTED]
    return Explanation(
        lines=tuple(teller.lines()),
        due=settled.due,
        started_at=started_at,
        limit=limit,
        amount=settled.amount,
        paused=sum(1 for event in counted if event.pause),
        extended=sum(1 for event in counted if event.extension),
        calendars=tuple(
            year for year, _ in settled.due.editions if calendar.day(date(year, 1, 1)).provisional is False
        ),
        zone=str(calendar.zone),
    )


class _Teller:
    """Tells one settled reckoning; days are ordinals as in the calendar."""

    def __init__(self, begin: datetime, limit: TimeLimit, calendar: WorkCalendar, settled: Settled) -> None:
        self.begin, self.limit, self.calendar, self.settled = begin, limit, calendar, settled
        self.due = settled.due
        self.start = calendar.day_itself(begin)
        self.rule = limit.article or limit.source

    def lines(self) -> Iterator[ExplainedLine]:
        """Yield the lines: the start, the days or hours with events in between, what is provisional, the due moment."""
        unit = self.limit.unit
        if unit is Unit.FIXED:
            yield self._line(self._day(self.begin), "fixed", LIMIT if self.rule else HOUSE, article=self.rule)
        else:
            yield self._start()
            if unit in (Unit.MONTH, Unit.YEAR):
                yield self._corresponding()
            if unit is Unit.WORKING_DAY:
                body = self._working_days()
            elif unit.counts_days:
                body = self._calendar_days()
            elif unit is Unit.WORKING_HOUR:
                body = self._office_hours()
            else:
                body = self._clock_hours()
            yield from self._with_events(body)
        if self.due.provisional:
            years = [year for year, _ in self.due.editions if self.calendar.is_provisional(date(year, 1, 1))]
            yield self._line(self._last(), "provisional", UNPUBLISHED, facts={"years": years})
        if self.due.at_the_latest:
            yield self._line(self._last(), "at_the_latest", HOUSE)
        yield self._due()

    def _line(
        self,
        first: int,
        name: str,
        basis: str,
        *,
        last: int | None = None,
        count: int | None = None,
        article: str = "",
        facts: Mapping[str, object] | None = None,
    ) -> ExplainedLine:
        """Return a line; days as ordinals."""
        return ExplainedLine(
            first=date.fromordinal(first),
            last=None if last is None or last == first else date.fromordinal(last),
            count=count,
            code=f"domain.explain.{name}",
            facts=facts or {},
            basis=basis,
            article=article,
        )

    def _day(self, at: datetime) -> int:
        return self.calendar.local_day(at)

    def _last(self) -> int:
        """Return the day of the due moment; the one that ends with it for day units."""
        return self.due.last_day.toordinal() if self.due.last_day else self._day(self.due.at)

    def _start(self) -> ExplainedLine:
        if self.limit.unit.counts_days:
            if self.start < self._day(self.begin):
                return self._line(self.start, "start_midnight", HOUSE, facts={"at": self.begin})
            return self._line(self.start, "start_day", CIVIL_201, facts={"at": self.begin})
        today = self._day(self.begin)
        if self.limit.unit is Unit.WORKING_HOUR and not self._open_at(self.begin):
            return self._line(today, "start_closed", HOUSE, facts={"at": self.begin})
        return self._line(today, "start_hours", CIVIL_201_HOURS, facts={"at": self.begin})

    def _open_at(self, at: datetime) -> bool:
        return any(opens <= at < closes for opens, closes in self.calendar.openings(self._day(at)))

    def _due(self) -> ExplainedLine:
        last = self._last()
        if self.limit.unit is Unit.FIXED:
            name = "due_time" if self.due.last_day is None else "due_day"
            return self._line(last, name, LIMIT if self.rule else HOUSE, article=self.rule, facts={"at": self.due.at})
        if self.due.last_day:
            return self._line(last, "due_day", HOUSE_DAY_END, facts={"at": self.due.at})
        return self._line(last, "due_time", HOUSE_HOUR_END, facts={"at": self.due.at})

    # days

    def _excluded(self, day: int) -> Event | None:
        """Return the pause that excludes a day, if one does."""
        for event in self.settled.events:
            if event.pause is not None and event.standing is Standing.COUNTED:
                begin, end = self.calendar.day_itself(event.at), self.calendar.day_itself(event.pause.closes_at)
                if begin < day <= end:
                    return event
        return None

    def _rest(self, day: int) -> tuple[str, str, dict[str, object]]:
        """Return why a rest day does not count: name of the line, basis, facts."""
        fact = self.calendar.day(date.fromordinal(day))
        if fact.kind is DayKind.HOLIDAY:
            return "holiday", PAPER, {"name": fact.name, "paper": fact.paper, "year": fact.paper_year}
        return "weekend", WEEK, {}

    def _working_days(self) -> Iterator[ExplainedLine]:
        """Yield a line a counted day; runs of days that do not count and have one reason are folded."""
        last, count = self._last(), 0
        for day in range(self.start + 1, last + 1):
            event = self._excluded(day)
            if event is not None and event.pause is not None:
                yield self._line(day, "paused", ARTICLE if event.pause.article else GIVEN, article=event.pause.article)
                continue
            fact = self.calendar.day(date.fromordinal(day))
            if fact.kind in (DayKind.WEEKEND, DayKind.HOLIDAY):
                name, basis, facts = self._rest(day)
                yield self._line(day, name, basis, facts=facts)
                continue
            count += 1
            suffix = "_last" if day == last else ""
            if fact.kind is DayKind.MAKE_UP:
                why = {"name": fact.name, "paper": fact.paper, "year": fact.paper_year}
                yield self._line(day, f"make_up{suffix}", PAPER, count=count, facts=why)
            else:
                basis = LIMIT if self.rule else UNPUBLISHED if fact.provisional else WEEK
                yield self._line(day, f"workday{suffix}", basis, count=count, article=self.rule)

    def _corresponding(self) -> ExplainedLine:
        """Return the day of the same number, months or years later."""
        amount, unit = self.settled.amount, self.limit.unit
        target = corresponding_day(self.start, unit, amount)
        same = date.fromordinal(target).day == date.fromordinal(self.start).day
        facts = {"amount": amount, "unit": unit.value}
        return self._line(target, "month_day" if same else "month_end", CIVIL_202, facts=facts)

    def _calendar_days(self) -> Iterator[ExplainedLine]:
        """Yield runs of counted and paused days, and the roll at the end."""
        unit, amount = self.limit.unit, self.settled.amount
        total = base_days(self.start, unit, amount)
        base = nth_counted(self.start, total, self.settled.runs, self.calendar, working=False)
        if unit is Unit.CALENDAR_DAY or self.settled.runs:
            yield from self._calendar_runs(base)
        fact = self.calendar.day(date.fromordinal(base))
        resting = fact.kind in (DayKind.WEEKEND, DayKind.HOLIDAY)
        if self.limit.end_rule is EndRule.STAY:
            if resting:
                yield self._line(base, "stays", LIMIT if self.rule else HOUSE, article=self.rule)
            return
        last = self._last()
        for day in range(base, last):
            event = self._excluded(day)
            if event is not None and event.pause is not None:
                yield self._line(day, "paused", ARTICLE if event.pause.article else GIVEN, article=event.pause.article)
            else:
                _, _, facts = self._rest(day)
                yield self._line(day, "rolls_holiday" if facts else "rolls_weekend", CIVIL_203, facts=facts)
        if last > base:
            yield self._line(last, "rolled_to", CIVIL_203)

    def _calendar_runs(self, base: int) -> Iterator[ExplainedLine]:
        """Yield counted days as runs, broken only by pauses; `count` is the number the run ends with."""
        count = 0
        basis = LIMIT if self.rule else CIVIL_201
        days = range(self.start + 1, base + 1)
        for event, run in groupby(days, key=lambda day: self._excluded(day)):
            held = list(run)
            if event is not None and event.pause is not None:
                article = event.pause.article
                yield self._line(held[0], "paused", ARTICLE if article else GIVEN, last=held[-1], article=article)
            else:
                since, count = count + 1, count + len(held)
                yield self._line(
                    held[0],
                    "calendar_days",
                    basis,
                    last=held[-1],
                    count=count,
                    article=self.rule,
                    facts={"since": since},
                )

    # hours

    def _clock_hours(self) -> Iterator[ExplainedLine]:
        basis = LIMIT if self.rule else CIVIL_201_HOURS
        facts = {"amount": self.settled.amount, "unit": self.limit.unit.value}
        yield self._line(
            self._day(self.begin), "clock_hours", basis, last=self._day(self.due.at), article=self.rule, facts=facts
        )

    def _office_hours(self) -> Iterator[ExplainedLine]:
        """Yield a line for each stretch of office time that counts, with the minutes used so far."""
        used = timedelta()
        for day in range(self._day(self.begin), self._day(self.due.at) + 1):
            openings = self.calendar.openings(day)
            if not openings and not self.calendar.is_working(date.fromordinal(day)):
                name, basis, facts = self._rest(day)
                yield self._line(day, name, basis, facts=facts)
            for opens, closes in openings:
                for first, last in open_parts(max(opens, self.begin), min(closes, self.due.at), self.settled.spans):
                    used += last - first
                    yield self._line(
                        day,
                        "office_span",
                        LIMIT if self.rule else HOUSE,
                        article=self.rule,
                        facts={
                            "opens": first,
                            "closes": last,
                            "minutes": (last - first) // timedelta(minutes=1),
                            "used": used // timedelta(minutes=1),
                        },
                    )

    # pauses and extensions, told before the first line of a later day

    def _with_events(self, body: Iterator[ExplainedLine]) -> Iterator[ExplainedLine]:
        waiting = list(self.settled.events)
        for line in _folded(body):
            while waiting and self._told_on(waiting[0]) < line.first.toordinal():
                yield self._event(waiting.pop(0))
            yield line
        for event in waiting:
            yield self._event(event)

    def _told_on(self, event: Event) -> int:
        return self.calendar.day_itself(event.at) if self.limit.unit.counts_days else self._day(event.at) - 1

    def _event(self, event: Event) -> ExplainedLine:
        day, late = self._day(event.at), event.standing is Standing.TOO_LATE
        if event.pause is not None:
            return self._pause_line(event, event.pause, day, late)
        assert event.extension is not None
        name = "extension_too_late" if late else "extension"
        basis = HOUSE if late or not self.rule else LIMIT
        facts = {
            "amount": event.extension.amount,
            "unit": self.limit.unit.value,
            "total": self.settled.amount,
            "at": event.extension.approved_at,
            "reason": event.extension.reason,
        }
        return self._line(day, name, basis, article="" if late else self.rule, facts=facts)

    def _pause_line(self, event: Event, pause: Pause, day: int, late: bool) -> ExplainedLine:
        facts: dict[str, object] = {"at": event.at, "until": pause.closes_at, "by": pause.article}
        if late:
            return self._line(day, "pause_too_late", HOUSE, facts=facts)
        if not self.limit.unit.counts_days:
            name = "pause_hours_open" if pause.ended_at is None else "pause_hours"
            facts["minutes"] = self._excluded_minutes(event.at, pause.closes_at)
            return self._line(day, name, HOUSE_PAUSE_HOURS, article=pause.article, facts=facts)
        first, last = self.calendar.day_itself(event.at) + 1, self.calendar.day_itself(pause.closes_at)
        if last < first:
            return self._line(day, "pause_same_day", HOUSE_PAUSE_DAYS, article=pause.article, facts=facts)
        if first > self._last():
            return self._line(day, "pause_last_day", HOUSE_PAUSE_DAYS, article=pause.article, facts=facts)
        name = "pause_days_open" if pause.ended_at is None else "pause_days"
        facts |= {"excluded_from": date.fromordinal(first), "excluded_to": date.fromordinal(last)}
        return self._line(day, name, HOUSE_PAUSE_DAYS, article=pause.article, facts=facts)

    def _excluded_minutes(self, first: datetime, last: datetime) -> int:
        if self.limit.unit is Unit.WORKING_HOUR:
            return office_time(first, last, (), self.calendar) // timedelta(minutes=1)
        return max(last - first, timedelta()) // timedelta(minutes=1)


def _folded(lines: Iterator[ExplainedLine]) -> Iterator[ExplainedLine]:
    """Yield the lines, following days that do not count for one reason folded into a run."""
    held: ExplainedLine | None = None
    for line in lines:
        if (
            held is not None
            and line.count is None
            and held.count is None
            and (held.code, held.basis, held.article, held.facts) == (line.code, line.basis, line.article, line.facts)
            and (held.last or held.first) + timedelta(days=1) == line.first
        ):
            held = ExplainedLine(
                first=held.first,
                last=line.last or line.first,
                code=held.code,
                facts=held.facts,
                basis=held.basis,
                article=held.article,
            )
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held
