"""One promise in words, for the board and the lists behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from jinli.cases.book import book_of
from jinli.cases.editions import pinned
from jinli.cases.models import Case, Clock
from jinli.cases.selectors.names import asker
from jinli.domain.deadlines import DueMoment, time_left
from jinli.domain.errors import DomainError
from jinli.domain.limits import TimeLimit
from jinli.domain.procedure import Title
from jinli.domain.rates import Promise, Standing, standing
from jinli.site.registers import own_name
from jinli.town.models import Division, Place, Status
from jinli.ui.wording_time import word_due, word_left, word_moment
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class PromiseLine:
    """One promise: what, whose, by when, and how it stands.

    Attributes
    ----------
    look : the state by which `clock_line` chooses drawing and colour.
    """

    number: str
    title: str
    url: str
    place: str
    owes: str
    due: str
    look: str
    stands: str
    mirror: bool
    simulated: bool


def case_url(case: Case) -> str:
    """Return the address of the page of a case, empty while no room has one."""
    try:
        return reverse("cases:case", args=[case.pk])
    except NoReverseMatch:
        return ""


def titled(title: Title) -> str:
    """Return a title of a procedure in the reader's language."""
    return title.en if tongue() == "en" else title.zh


def clock_title(clock: Clock, town: Division) -> str:
    """Return what a clock is called in the procedure of its case."""
    return titled(pinned(town, clock.case.procedure).clocks[clock.code].title)


def place_of(place: Place | None) -> str:
    """Return the name of a place; empty without one, unknown where no source gives a name."""
    if place is None:
        return ""
    return say("ui.unknown") if place.status == Status.UNKNOWN and not place.name else own_name(place)


def moment_words(at: datetime, town: Division, now: datetime) -> str:
    """Return a moment in the town's zone, the year only where it differs."""
    return word_moment(at, lang=tongue(), now=now, calendar=book_of(town).calendar)


def due_words(clock: Clock, town: Division, now: datetime) -> str:
    """Return the due moment of a clock."""
    return word_due(_due(clock), lang=tongue(), now=now, calendar=book_of(town).calendar, marks=True)


def _due(clock: Clock) -> DueMoment:
    return DueMoment(
        at=clock.due_at,
        last_day=clock.last_day,
        provisional=clock.provisional,
        at_the_latest=clock.at_the_latest,
        editions=(),
    )


def left_words(clock: Clock, town: Division, now: datetime) -> str:
    """Return what is left of a running promise or how late it is, empty where it cannot be counted."""
    try:
        found = time_left(now, _due(clock), TimeLimit.from_json(clock.limit), book_of(town).calendar)
    except DomainError:
        return ""
    return word_left(found, lang=tongue())


def standing_of(clock: Clock, as_of: datetime) -> Standing:
    """Return how a clock counts at a moment."""
    return standing(
        Promise(
            code=clock.code,
            right=clock.right,
            started_at=clock.started_at,
            due_at=clock.due_at,
            ended_at=clock.ended_at,
            verdict=clock.verdict,
        ),
        as_of,
    )


def _look(clock: Clock, as_of: datetime) -> str:
    found = standing_of(clock, as_of)
    if found is Standing.KEPT:
        return "kept"
    if found is Standing.DONE_LATE:
        return "broken_done"
    ended = clock.ended_at is not None and clock.ended_at <= as_of
    if found in (Standing.RIGHT, Standing.SUPERVISION) and ended:
        words = {"kept": "used" if clock.right else "kept", "lapsed": "lapsed", "broken": "broken_done"}
        return words.get(clock.verdict, "void")
    if found is Standing.VOID:
        return "void"
    if clock.due_at <= as_of:
        return "late"
    return "near" if clock.warn_at <= as_of else "running"


def promise_line(clock: Clock, town: Division, as_of: datetime) -> PromiseLine:
    """Return a clock with its case, place and bodies (to be joined by the caller) in words as of a moment."""
    case = clock.case
    look = _look(clock, as_of)
    running = look in ("late", "near", "running")
    owner = own_name(clock.owed_by) if clock.owed_by else asker(case.type_code)
    other = own_name(clock.owed_to) if clock.owed_to else asker(case.type_code)
    return PromiseLine(
        number=case.number,
        title=say("site.board.promise", title=case.title, clock=clock_title(clock, town)),
        url=case_url(case),
        place=place_of(case.place),
        owes=say("site.board.within", body=owner) if owner == other else say("site.board.owes", by=owner, to=other),
        due=due_words(clock, town, as_of),
        look=look,
        stands=(left_words(clock, town, as_of) if running else "") or say(f"ui.clock.{look}"),
        mirror=case.system_of_record != "jinli",
        simulated=case.simulated,
    )
