"""One question with what is known of it, and the list behind a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse

from jinli.cases.book import book_of
from jinli.cases.editions import pinned
from jinli.cases.export import Table
from jinli.cases.figures import CASES, CLOCKS, ORDER, Asked, asked_of, listed, part_of
from jinli.cases.models import Case
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import named, titled
from jinli.exchange import catalogue
from jinli.exchange.models import Ask, Task
from jinli.exchange.selectors.asks import GIVEN, best_of, stamp_of
from jinli.exchange.selectors.task_pages import FILLABLE, list_url, period_words
from jinli.town.models import Division, Place
from jinli.town.selectors import local_day
from jinli.ui.parts import Crumb, PageKeys
from jinli.ui.wording_time import word_due, word_moment
from jinli.ui.words import say, tongue

PAGE: Final = 100
MOST: Final = 20_000


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """One answer given to the same question."""

    value: str
    when: str
    asker: str
    number: str
    url: str
    source: str
    first: bool


@dataclass(frozen=True, kw_only=True)
class AskPage:
    """The page of one question."""

    text: str
    period: str
    place: str
    asker: str
    crumbs: tuple[Crumb, ...]
    task_url: str
    earlier: tuple[Earlier, ...]
    proposed: str
    proposed_value: str
    definition: str
    list_url: str
    answered: str
    open: bool
    stamp: str


@dataclass(frozen=True, kw_only=True)
class OpenAsk:
    """A question as it stands, with the figures that may answer it and the way that is chosen first."""

    ask: Ask
    page: AskPage
    figures: tuple[tuple[str, str], ...]
    source: str
    figure: str


def ask_of(town: int, pk: UUID) -> Ask:
    """Return a question put to the town. Raises Ask.DoesNotExist."""
    return Ask.objects.select_related("task__case", "task__town", "place").get(pk=pk, town=town)


def open_ask(view: CaseView, task: Task, ask: Ask) -> OpenAsk:
    """Return the page of one question."""
    calendar = view.work.book.calendar
    local = view.now.astimezone(calendar.zone)
    offers = catalogue.offers(view.town, local_day(view.town, view.now))
    asks = best_of(task, view.now, offers)
    best = next(one for other, one in asks if other.pk == ask.pk)
    root = ask.first_id or ask.pk
    same = Ask.objects.filter(Q(pk=root) | Q(first=root), source__in=GIVEN, town=task.town_id).exclude(pk=ask.pk)
    rows = list(same.select_related("task__case").order_by("answered_at", "ordinal")[:50])

    def word(at: datetime | None) -> str:
        return word_moment(at, lang=tongue(), now=local, calendar=calendar) if at else ""

    wanted = {"it": catalogue.Wanted(code=ask.figure, period=ask.period, place=ask.place_id)} if ask.figure else {}
    worth = catalogue.worths(wanted, offers, view.town, view.now).get("it")
    page = AskPage(
        text=ask.text,
        period=period_words(ask.period),
        place=named(ask.place),
        asker=task.asker_name,
        crumbs=(
            Crumb(label=say("exchange.tasks.title"), url=reverse("exchange:tasks")),
            Crumb(label=view.case.number, url=reverse("exchange:task", args=[task.pk])),
            Crumb(label=say("exchange.ask.title")),
        ),
        task_url=reverse("exchange:task", args=[task.pk]),
        earlier=tuple(
            Earlier(
                value=one.value,
                when=word(one.answered_at),
                asker=one.task.asker_name,
                number=one.task.case.number,
                url=reverse("exchange:task", args=[one.task_id]),
                source=say(f"exchange.source.{one.source}"),
                first=number == 0,
            )
            for number, one in enumerate(rows)
        ),
        proposed=best.offer.title if best.offer else "",
        proposed_value=worth.text if worth else "",
        definition=best.offer.definition if best.offer else "",
        list_url=list_url(dict(worth.query)) if worth else "",
        answered=f"{say(f'exchange.source.{ask.source}')} {ask.value}".strip() if ask.source else "",
        open=view.work.state.stage in FILLABLE and "command_centre" in view.acting.roles,
        stamp=stamp_of(other for other, _ in asks),
    )
    figures = tuple((one.code, one.title) for one in offers if one.part or one.fact is not None)
    return OpenAsk(ask=ask, page=page, figures=figures, source=ask.source or best.source, figure=ask.figure)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """One row of the list behind a figure."""

    number: str
    title: str
    url: str
    place: str
    who: str
    when: str
    stage: str


@dataclass(frozen=True, kw_only=True)
class FigurePage:
    """The list behind a figure: the same condition, the same moment, so that it is exactly as long."""

    title: str
    definition: str
    crumbs: tuple[Crumb, ...]
    where: str
    span: str
    as_of: str
    total: int
    rows: tuple[Behind, ...]
    keys: PageKeys
    csv_url: str
    xlsx_url: str


@dataclass(frozen=True, kw_only=True)
class FigureList:
    """A list that is asked for by its address."""

    asked: Asked
    town: Division
    after: str = ""

    @property
    def parts(self) -> Mapping[str, Any]:
        """All parts, and that of the class if one is asked for."""
        return catalogue.parts_for([self.asked.part])

    @property
    def kind(self) -> str:
        """Which rows it has."""
        return part_of(self.asked.part, self.parts).kind

    def rows(self) -> QuerySet[Any]:
        """Return the rows with what they are worded from."""
        joined = {CLOCKS: ("case", "case__place", "owed_by"), CASES: ("place", "owner")}
        rows = listed(self.asked, self.town, self.parts)
        return rows.select_related(*joined.get(self.kind, ("case", "case__place", "case__owner")))


def figure_list(query: Mapping[str, str], town: Division, now: datetime) -> FigureList:
    """Return the list an address asks for. Raises InvalidInputError for a filter that nothing answers to."""
    asked = asked_of(query, now)
    found = FigureList(asked=asked, town=town, after=query.get("after", ""))
    part_of(asked.part, found.parts)
    return found


def figure_page(found: FigureList) -> FigurePage:
    """Return one page of the list behind a figure. Three statements, and one for the published facts."""
    asked, town = found.asked, found.town
    title, definition = catalogue.part_titles(asked.part, catalogue.offers(town, local_day(town, asked.as_of)))
    rows = found.rows()
    total = rows.count()
    held = list(_beyond(rows, found)[: PAGE + 1])
    shown, last = held[:PAGE], held[PAGE - 1] if len(held) > PAGE else None
    key = f"{getattr(last, ORDER[found.kind]).isoformat()}~{last.pk}" if last is not None else ""
    base = list_url(asked.query())
    place = Place.objects.filter(town=town, pk=int(asked.place)).first() if asked.place.isdecimal() else None
    return FigurePage(
        title=title,
        definition=definition,
        crumbs=(Crumb(label=say("exchange.tasks.title"), url=reverse("exchange:tasks")), Crumb(label=title)),
        where=named(place),
        span=_span(asked, town),
        as_of=_moment(asked.as_of, found),
        total=total,
        rows=tuple(_behind(one, found) for one in shown),
        keys=PageKeys(
            shown=len(shown),
            total=total,
            first_url=base if found.after else "",
            next_url=f"{base}&{urlencode({'after': key})}" if key else "",
        ),
        csv_url=f"{base}&as=csv",
        xlsx_url=f"{base}&as=xlsx",
    )


def _beyond(rows: QuerySet[Any], found: FigureList) -> QuerySet[Any]:
    """Return the rows behind a key; a key that cannot be read begins at the first."""
    text, _, pk = found.after.replace(" ", "+").partition("~")
    try:
        at = datetime.fromisoformat(text)
        last: UUID | int = int(pk) if pk.isdecimal() else UUID(pk)
    except ValueError:
        return rows
    if at.tzinfo is None:
        return rows
    field = ORDER[found.kind]
    return rows.filter(Q(**{f"{field}__gt": at}) | Q(**{field: at, "pk__gt": last}))


def figure_table(found: FigureList) -> Table:
    """Return the whole list as a table."""
    return Table(
        name=f"figure-{found.asked.as_of.astimezone(ZoneInfo(found.town.zone)):%Y%m%d-%H%M}",
        heads=[say(f"exchange.behind.{name}") for name in ("number", "what", "place", "who", "when", "stage")],
        rows=_cells(found),
    )


def _cells(found: FigureList) -> Iterator[list[str]]:
    for one in found.rows()[:MOST]:
        row = _behind(one, found)
        yield [row.number, row.title, row.place, row.who, row.when, row.stage]


def _moment(at: datetime, found: FigureList) -> str:
    calendar = book_of(found.town).calendar
    return word_moment(at, lang=tongue(), now=found.asked.as_of.astimezone(calendar.zone), calendar=calendar)


def _span(asked: Asked, town: Division) -> str:
    if asked.start is None or asked.end is None:
        return ""
    calendar = book_of(town).calendar
    local = asked.as_of.astimezone(calendar.zone)
    first = word_moment(asked.start, lang=tongue(), now=local, calendar=calendar)
    return say(
        "exchange.behind.span", first=first, last=word_due(asked.end, lang=tongue(), now=local, calendar=calendar)
    )


def _behind(one: Any, found: FigureList) -> Behind:
    case: Case = one if found.kind == CASES else one.case
    body = one.owed_by if found.kind == CLOCKS else case.owner
    calendar = book_of(found.town).calendar
    local = found.asked.as_of.astimezone(calendar.zone)
    at: datetime = getattr(one, ORDER[found.kind])
    word = word_due if found.kind == CLOCKS else word_moment
    return Behind(
        number=case.number,
        title=case.title,
        url=reverse("cases:case", args=[case.pk]),
        place=named(case.place),
        who=named(body),
        when=word(at, lang=tongue(), now=local, calendar=calendar),
        stage=titled(pinned(found.town, case.procedure).case.stages[case.stage].title),
    )
