"""Which days and hours a town works: public holidays and make-up working days by year, office hours by period."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinli.domain.errors import InvalidInputError

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Moments before or after these years are refused as mistyped."""
PROVISIONAL_FROM = (12, 25)
"""From this month and day on, next year's paper may still name make-up days (house convention)."""


class DayKind(StrEnum):
    """What a day is: two kinds that are worked, two that are not."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True, kw_only=True)
class DayFact:
    """What one day is, what it is called, which year's paper says so, and whether that may still change."""

    kind: DayKind
    name: str
    paper: str
    paper_year: int
    provisional: bool


@dataclass(frozen=True, kw_only=True)
class CalendarEdition:
    """One edition of a year's paper: the days off and the make-up working days, each with its name.

    A paper may name days of the neighbouring years. An edition that is not published is kept and counts as plain
    weekdays. Raises InvalidInputError `domain.time.calendar_twice`, `domain.time.calendar_year`.
    """

    year: int
    edition: int
    published: bool
    paper: str
    off: Mapping[date, str]
    make_up: Mapping[date, str]

    def __post_init__(self) -> None:
        for day in self.off.keys() & self.make_up.keys():
            raise InvalidInputError("domain.time.calendar_twice", field="days", day=day)
        for day in (*self.off, *self.make_up):
            if abs(day.year - self.year) > 1:
                raise InvalidInputError("domain.time.calendar_year", field="days", day=day, year=self.year)


@dataclass(frozen=True, kw_only=True)
class OfficeHoursPeriod:
    """Office hours on a working day, from `valid_from` through `valid_to`; None means without end.

    Raises InvalidInputError `domain.time.office_hours` when the spans do not follow one another.
    """

    spans: tuple[tuple[time, time], ...]
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise InvalidInputError("domain.time.office_hours", field="spans")


def parse_calendar(found: Mapping[str, Any], *, edition: int = 1) -> CalendarEdition:
    """Return the edition that a calendar file holds: `year`, `papers`, `days` with `name`, `date`, `isOffDay`.

    A file without papers is unpublished. Raises InvalidInputError `domain.time.calendar_file` naming the field.
    """
    year, papers, days = found.get("year"), found.get("papers", []), found.get("days", [])
    if not isinstance(year, int) or isinstance(year, bool) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInputError("domain.time.calendar_file", field="year", value=str(year))
    if not isinstance(papers, list) or not all(isinstance(paper, str) for paper in papers):
        raise InvalidInputError("domain.time.calendar_file", field="papers", value=str(papers))
    if not isinstance(days, list):
        raise InvalidInputError("domain.time.calendar_file", field="days", value=str(days))
    off: dict[date, str] = {}
    make_up: dict[date, str] = {}
    for number, item in enumerate(days):
        try:
            day, name, is_off = date.fromisoformat(item["date"]), item["name"], item["isOffDay"]
        except (KeyError, TypeError, ValueError):
            raise InvalidInputError("domain.time.calendar_file", field=f"days[{number}]", value=str(item)) from None
        if not isinstance(name, str) or not isinstance(is_off, bool):
            raise InvalidInputError("domain.time.calendar_file", field=f"days[{number}]", value=str(item))
        if day in off or day in make_up:
            raise InvalidInputError("domain.time.calendar_twice", field=f"days[{number}]", day=day)
        (off if is_off else make_up)[day] = name
    return CalendarEdition(
        year=year, edition=edition, published=bool(papers), paper=" ".join(papers), off=off, make_up=make_up
    )


class WorkCalendar:
    """Working days and office hours of a town in its own zone.

    Of several editions of a year the highest counts. Years without a published edition are plain weekdays and
    provisional. Days are handled as ordinals (`date.toordinal`) where speed matters: the ordinals of all working days
    lie in one sorted list, so that counting is a bisect. Raises InvalidInputError `domain.time.unknown_zone`.
    """

    def __init__(
        self, editions: Sequence[CalendarEdition], hours: Sequence[OfficeHoursPeriod] = (), zone: str = "Asia/Shanghai"
    ) -> None:
        try:
            self.zone = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise InvalidInputError("domain.time.unknown_zone", field="zone", value=zone) from None
        self.hours = tuple(sorted(hours, key=lambda period: period.valid_from or date.min))
        self._editions: dict[int, CalendarEdition] = {}
        for one in sorted(editions, key=lambda one: one.edition):
            self._editions[one.year] = one
        self._named: dict[date, tuple[DayKind, str, CalendarEdition]] = {}
        for _, one in sorted(self._editions.items()):  # a later year's paper wins on days both name
            if one.published:
                self._named.update({day: (DayKind.HOLIDAY, name, one) for day, name in one.off.items()})
                self._named.update({day: (DayKind.MAKE_UP, name, one) for day, name in one.make_up.items()})
        years = sorted(self._editions) or [2020]
        self._years = (years[0], years[0])
        self._working: list[int] = []
        self._first = self._last = 0
        self._reach(years[0] - 1, years[-1] + 2)
        self.day_end = lru_cache(maxsize=20_000)(self._day_end)
        self.openings = lru_cache(maxsize=5_000)(self._openings)
        self.standing = lru_cache(maxsize=2_000)(self._standing)
        self.held: dict[tuple[int, int], Any] = {}  # ends of days as due moments, kept by those who reckon them

    @property
    def editions(self) -> tuple[CalendarEdition, ...]:
        """Return the edition that counts for each year."""
        return tuple(one for _, one in sorted(self._editions.items()))

    def _reach(self, first_year: int, last_year: int) -> None:
        """Lay out the working days of these years and of all laid out before."""
        if self._working:
            first_year, last_year = min(first_year, self._years[0]), max(last_year, self._years[1])
        first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
        working = {day for day in range(first, last + 1) if (day - 1) % 7 < 5}
        for named, (kind, _, _) in self._named.items():
            ordinal = named.toordinal()
            if first <= ordinal <= last:
                (working.discard if kind is DayKind.HOLIDAY else working.add)(ordinal)
        self._years, self._first, self._last, self._working = (first_year, last_year), first, last, sorted(working)

    def _hold(self, first: int, last: int) -> list[int]:
        """Return the working days, laid out at least from `first` through `last`."""
        if first < self._first or last > self._last:
            self._reach(date.fromordinal(first).year, date.fromordinal(last).year)
        return self._working

    def local_day(self, at: datetime) -> int:
        """Return the day of the town on which the moment lies.

        Raises InvalidInputError `domain.time.out_of_range`.
        """
        local = at.astimezone(self.zone)
        if not FIRST_YEAR <= local.year <= LAST_YEAR:
            raise InvalidInputError("domain.time.out_of_range", field="moment", first=FIRST_YEAR, last=LAST_YEAR)
        return local.toordinal()

    def day_itself(self, at: datetime) -> int:
        """Return the day that does not count: that of the moment, and for exactly 00:00 the day just ended."""
        local = at.astimezone(self.zone)
        if not FIRST_YEAR <= local.year <= LAST_YEAR:
            raise InvalidInputError("domain.time.out_of_range", field="moment", first=FIRST_YEAR, last=LAST_YEAR)
        ordinal = local.toordinal()
        if not (local.hour or local.minute or local.second or local.microsecond):
            return ordinal - 1
        # a zone whose summer time starts at midnight
        if local.hour <= 1 and self.day_end(ordinal - 1) == at.astimezone(UTC):
            return ordinal - 1
        return ordinal

    def day_ended(self, at: datetime) -> date | None:
        """Return the day that ends with this very moment, None for one within a day.

        Raises InvalidInputError `domain.time.out_of_range`.
        """
        local = at.astimezone(self.zone)
        if local.hour > 1 and FIRST_YEAR <= local.year <= LAST_YEAR:  # no zone begins its summer time later than that
            return None
        return local.date() - timedelta(days=1) if self.day_itself(at) < local.toordinal() else None

    def is_working(self, day: date) -> bool:
        """Return whether the day is worked."""
        named = self._named.get(day)
        return day.weekday() < 5 if named is None else named[0] is DayKind.MAKE_UP

    def is_provisional(self, day: date) -> bool:
        """Return whether a paper not yet published may still change what the day is."""
        if not self._published(day.year):
            return True
        return (day.month, day.day) >= PROVISIONAL_FROM and not self._published(day.year + 1)

    def _published(self, year: int) -> bool:
        one = self._editions.get(year)
        return one is not None and one.published

    def day(self, day: date) -> DayFact:
        """Return what the day is, by which paper."""
        named = self._named.get(day)
        if named is not None:
            kind, name, edition = named
            paper, year = edition.paper, edition.year
        else:
            kind, name, year = (DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND), "", day.year
            paper = self._editions[year].paper if self._published(year) else ""
        return DayFact(kind=kind, name=name, paper=paper, paper_year=year, provisional=self.is_provisional(day))

    def editions_between(self, first: date, last: date) -> dict[int, int]:
        """Return year -> edition that the days from `first` through `last` rest on; 0 where there is none.

        The last week of December rests on the next year's edition, too.
        """
        return dict(self.standing(first.year, last.year, (last.month, last.day) >= PROVISIONAL_FROM)[1])

    def _standing(self, first_year: int, last_year: int, late: bool) -> tuple[bool, tuple[tuple[int, int], ...]]:
        """Return whether days of these years may still change, and the (year, edition) pairs they rest on.

        `late`: the days run into the last week of December.
        """
        years = range(first_year, last_year + (2 if late else 1))
        pairs = tuple((year, self._editions[year].edition if year in self._editions else 0) for year in years)
        return not all(self._published(year) for year in years), pairs

    def nth_working(self, after: int, count: int) -> int:
        """Return the `count`-th working day after the day `after` (ordinals)."""
        working = self._working
        place = bisect_right(working, after) + count - 1
        if after < self._first or place >= len(working):
            working = self._hold(after, after + 2 * count + 60)
            place = bisect_right(working, after) + count - 1
        return working[place]

    def count_working(self, after: int, through: int) -> int:
        """Return how many working days follow the day `after` up to and including `through` (ordinals)."""
        if through <= after:
            return 0
        working = self._hold(after, through)
        return bisect_right(working, through) - bisect_right(working, after)

    def _day_end(self, ordinal: int) -> datetime:
        """Return the exclusive end of a day in UTC: its 24:00 in the town."""
        following = date.fromordinal(ordinal + 1)
        return datetime.combine(following, time(), tzinfo=self.zone).astimezone(UTC)

    def hours_on(self, day: date) -> OfficeHoursPeriod | None:
        """Return the office hours valid on a day, the latest to begin if several are."""
        for period in reversed(self.hours):
            if (period.valid_from is None or period.valid_from <= day) and (
                period.valid_to is None or day <= period.valid_to
            ):
                return period
        return None

    def _openings(self, ordinal: int) -> tuple[tuple[datetime, datetime], ...]:
        """Return when the offices are open on a day, in UTC; nothing on a rest day."""
        day = date.fromordinal(ordinal)
        period = self.hours_on(day) if self.is_working(day) else None
        if period is None:
            return ()
        return tuple(
            (
                datetime.combine(day, opens, tzinfo=self.zone).astimezone(UTC),
                datetime.combine(day, closes, tzinfo=self.zone).astimezone(UTC),
            )
            for opens, closes in period.spans
        )

    def last_day_with_hours(self) -> int | None:
        """Return the last day on which offices open; None means without end.

        Raises InvalidInputError `domain.time.no_office_hours` when no hours are known at all.
        """
        if not self.hours:
            raise InvalidInputError("domain.time.no_office_hours", field="unit")
        ends = [period.valid_to for period in self.hours]
        return None if None in ends else max(end.toordinal() for end in ends if end is not None)


def changed_days(old: WorkCalendar, new: WorkCalendar, *, year: int) -> frozenset[date]:
    """Return the days on which two calendars differ when the paper of one year is new."""
    first = date(year - 1, 12, 1)
    days = (first + timedelta(days=number) for number in range(31 + 366 + 31))
    return frozenset(day for day in days if old.is_working(day) != new.is_working(day))
