"""The town's book of time: due moments from the calendar and office hours in force, and where organisations stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from jinli.domain.calendar import WorkCalendar
from jinli.domain.deadlines import DueMoment, due_at, near_at, warn_at
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit
from jinli.domain.state import ClockState
from jinli.town.models import Division, Organisation
from jinli.town.selectors import chain_of, work_calendar


class TownBook:
    """Computes due moments for one town; remembers them per clock, since a clock's facts are immutable values."""

    def __init__(self, calendar: WorkCalendar, percent_left: int) -> None:
        self.calendar = calendar
        self.percent_left = percent_left
        self._due: dict[tuple[object, ...], DueMoment] = {}

    def due(self, clock: ClockState) -> DueMoment:
        """Return when the clock falls due (see `jinli.domain.deadlines.due_at`)."""
        key = (clock.limit, clock.started_at, clock.pauses, clock.extensions, clock.not_before)
        found = self._due.get(key)
        if found is None:
            found = due_at(clock.started_at, clock.limit, self.calendar, clock.pauses, clock.extensions)
            if clock.not_before is not None and found.at < clock.not_before:
                found = replace(found, at=clock.not_before)
            if len(self._due) > 20_000:
                self._due.clear()
            self._due[key] = found
        return found

    def due_of(self, started_at: datetime, limit: TimeLimit) -> DueMoment:
        """Return when a plain limit ends."""
        return due_at(started_at, limit, self.calendar)

    def near(self, started_at: datetime, limit: TimeLimit, due: DueMoment) -> datetime:
        """Return from when a plain limit that falls due at `due` is near."""
        return near_at(started_at, limit, self.calendar, due, self.percent_left)

    def warns_at(self, clock: ClockState) -> datetime:
        """Return from when the clock is shown as near: the town's share of the limit is left."""
        return warn_at(
            clock.started_at, clock.limit, self.calendar, clock.pauses, clock.extensions, percent_left=self.percent_left
        )


_books: dict[int, tuple[UUID, TownBook]] = {}
_organisations: dict[int, tuple[UUID, dict[str, int]]] = {}


def book_of(town: Division) -> TownBook:
    """Return the town's book, kept in the process until a calendar or the office hours change."""
    held = _books.get(town.pk)
    if held is None or held[0] != town.time_stamp:
        percent = int(town.settings.get("warn_share", 30))
        held = (town.time_stamp, TownBook(work_calendar(town), percent))
        _books[town.pk] = held
    return held[1]


def organisation_id(town: Division, code: str) -> int:
    """Return the primary key of the organisation with this code, seen from the town: the nearest division wins.

    Organisations are never deleted and never change their code, so the process may remember them
    while the stamp of the town stands.

    Raises
    ------
    InvalidInputError : no organisation of the town or the divisions above it has this code.
    """
    stamp, held = _organisations.get(town.pk, (None, {}))
    if stamp != town.time_stamp or code not in held:
        held = {}
        chain = chain_of(town)
        rows = list(Organisation.objects.filter(division__in=chain).values_list("division_id", "code", "id"))
        for division in chain[::-1]:
            held.update({name: pk for owner, name, pk in rows if owner == division.pk})
        _organisations[town.pk] = (town.time_stamp, held)
    try:
        return held[code]
    except KeyError:
        raise InvalidInputError("cases.organisation_unknown", field="body", unknown=code) from None


def forget() -> None:
    """Forget what the process remembers (tests that replace the database)."""
    _books.clear()
    _organisations.clear()
