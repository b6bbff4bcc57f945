"""What the pages for filing, answering and solving a report show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from jinli.cases.book import book_of
from jinli.cases.models import Case
from jinli.cases.services.opening import actor_of
from jinli.cases.work import Work, take
from jinli.domain.guards import refusal
from jinli.domain.procedure import Move
from jinli.lines.grid.models import ClassStandard
from jinli.lines.grid.selectors.bodies import handlers_at
from jinli.lines.grid.selectors.places import reportable_places
from jinli.lines.grid.selectors.progress import private_of, where_words
from jinli.lines.grid.selectors.routes import RouteTold, route_of, tell_route
from jinli.lines.grid.selectors.standards import (
    MinorClass,
    classes_of,
    find_classes,
    limit_of,
    repeats_of,
    standards_at,
)
from jinli.lines.grid.selectors.steps import due_words, limit_words
from jinli.town.acting import Acting
from jinli.town.masking import mask_telephone
from jinli.town.models import Organisation
from jinli.town.selectors import local_day, organisations_by_code
from jinli.ui.words import say, say_error, tongue


@dataclass(frozen=True, kw_only=True)
class ReportHead:
    """The first facts of a report on the page of a move, and why the move is closed to the reader if it is."""

    pk: UUID
    number: str
    title: str
    text: str
    where: str
    telephone: str
    channel: str
    foreign_number: str
    reported_at: datetime
    stage: str
    due: str
    version: int
    closed: str


def report_in_hand(acting: Acting, pk: UUID, move: str, now: datetime) -> tuple[Work, ReportHead]:
    """Return a report with its head for the page of a move. Raises Case.DoesNotExist for other towns and cases."""
    work, _ = take(pk, lock=False)
    case = work.case
    if case.town_id != acting.town or case.type_code != "grid_report":
        raise Case.DoesNotExist
    version = work.state.version
    work.settle(now)
    private = private_of(case)
    rule = work.procedure.case.moves[move]
    telephone = str(private.get("telephone", ""))
    live = [clock for clock in work.state.clocks.values() if clock.state == "running" and clock.code != "supervision"]
    return work, ReportHead(
        pk=case.pk,
        number=case.number,
        title=str(work.state.facts.get("title", case.title)),
        text=str(private.get("text", "")) or say("grid.track.erased"),
        where=where_words(case, private),
        telephone=mask_telephone(telephone) if telephone else "",
        channel=say(f"domain.channel.{case.channel}"),
        foreign_number=case.foreign_number,
        reported_at=case.opened_at,
        stage=_title(work, work.state.stage),
        due=due_words(case.town, work.book.due(live[-1]), now) if live else "",
        version=version,
        closed=_closed(work, rule, acting, now),
    )


def _title(work: Work, stage: str) -> str:
    title = work.procedure.case.stages[stage].title
    return title.en if tongue() == "en" else title.zh


def _closed(work: Work, move: Move, acting: Acting, now: datetime) -> str:
    why = refusal(work.state, work.procedure, move, "case", actor_of(acting), now, work.book)
    if why is None:
        return ""
    track = work.procedure.case
    titles = [(code, one.title) for code, one in track.stages.items()]
    titles += [(code, one.title) for code, one in track.moves.items()]
    english = tongue() == "en"
    return say_error(why, {code: one.en if english else one.zh for code, one in titles})


@dataclass(frozen=True, kw_only=True)
class StandardRow:
    """One class standard beside the others of its class, with the moment by which it would have to be done."""

    code: str
    condition: str
    closing: str
    limit: str | None
    due: str
    overdue: bool
    self_solved: bool
    source: str


@dataclass(frozen=True, kw_only=True)
class ClassLink:
    """One minor class as a choice."""

    code: str
    name: str
    major: str
    url: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """An earlier report of the same place and class."""

    number: str
    title: str
    opened_at: datetime
    url: str


@dataclass(frozen=True, kw_only=True)
class FilingPage:
    """Everything the filing page shows for one choice of class."""

    query: str
    classes: tuple[ClassLink, ...]
    chosen: ClassLink | None
    standards: tuple[StandardRow, ...]
    route: RouteTold | None
    repeats: tuple[Repeat, ...]
    handlers: tuple[tuple[str, str], ...]

    @property
    def unknown(self) -> bool:
        """Return whether one of the standards has no limit that can be used."""
        return any(one.limit is None for one in self.standards)


def filing_page(work: Work, head: ReportHead, *, query: str, class_code: str, now: datetime) -> FilingPage:
    """Return the classes that fit the words, and for the chosen one its standards, its route and its repeats."""
    case = work.case
    day = local_day(case.town, now)
    classes = classes_of(standards_at(case.town, day))
    code = class_code or case.class_code
    chosen = next((one for one in classes if one.code == code), None)
    found = find_classes(classes, query or head.text)
    if chosen is not None and chosen not in found:
        found = [chosen, *found]
    links = tuple(_link(case, one, query, chosen) for one in found)
    handlers = handlers_at(case.town, day)
    return FilingPage(
        query=query,
        classes=links,
        chosen=next((one for one in links if one.current), None),
        standards=_rows(work, chosen.standards, now) if chosen else (),
        route=_route(case, chosen.code) if chosen else None,
        repeats=tuple(_repeat(one) for one in repeats_of(case.town, case.place_id, code, now, but=case)),
        handlers=tuple((one.code, _named(one)) for one in handlers),
    )


def _link(case: Case, one: MinorClass, query: str, chosen: MinorClass | None) -> ClassLink:
    asked = urlencode({"q": query, "class": one.code} if query else {"class": one.code})
    url = f"{reverse('grid:file', args=[case.pk])}?{asked}#standards"
    return ClassLink(code=one.code, name=one.name, major=one.major, url=url, current=one is chosen)


def _rows(work: Work, standards: Sequence[ClassStandard], now: datetime) -> tuple[StandardRow, ...]:
    return tuple(_row(work, one, now) for one in standards)


def _row(work: Work, one: ClassStandard, now: datetime) -> StandardRow:
    limit = limit_of(one)
    due = book_of(work.case.town).due_of(work.case.opened_at, limit) if limit else None
    english = tongue() == "en"
    return StandardRow(
        code=one.code,
        condition=(english and one.condition_en) or one.condition,
        closing=(english and one.closing_en) or one.closing,
        limit=limit_words(limit) if limit else None,
        due=due_words(work.case.town, due, now) if due else "",
        overdue=due is not None and due.at <= now,
        self_solved=one.self_solved,
        source=one.source,
    )


def _route(case: Case, class_code: str) -> RouteTold:
    found = route_of(case.town, place=case.place, class_code=class_code, at=case.opened_at)
    places = {one.code: one.name for one in reportable_places(case.town, local_day(case.town, case.opened_at))}
    return tell_route(found, organisations_by_code(case.town), places)


def _repeat(case: Case) -> Repeat:
    return Repeat(
        number=case.number, title=case.title, opened_at=case.opened_at, url=reverse("cases:case", args=[case.pk])
    )


def _named(body: Organisation) -> str:
    return (tongue() == "en" and body.name_en) or body.name


def handler_choices(work: Work, now: datetime) -> tuple[tuple[str, str], ...]:
    """Return the bodies a report may be given to, without the one that has it."""
    present = work.state.bodies.get("handler")
    rows = handlers_at(work.case.town, local_day(work.case.town, now))
    return tuple((one.code, _named(one)) for one in rows if one.code != present)
