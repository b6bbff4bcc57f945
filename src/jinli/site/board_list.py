"""The list behind a number: the same condition, the same moment, so that it is exactly as long."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse

from jinli.cases.editions import pinned
from jinli.cases.figures import CASES, CLOCKS, ENTRIES, NOWHERE, ORDER, Asked, month_of, part_of
from jinli.cases.models import Case, Clock, Entry
from jinli.domain.rates import DEFINITIONS
from jinli.lines.services.selectors.items import item_names
from jinli.site.definitions import definition
from jinli.site.figures import PARTS, list_url, rows_of
from jinli.site.promise_words import case_url, moment_words, place_of, promise_line, titled
from jinli.site.registers import own_name
from jinli.town.models import Division, Place
from jinli.ui.parts import Crumb, PageKeys
from jinli.ui.words import has_words, say

PAGE: Final = 100
MOST: Final = 20_000
_WITH: Final = {
    CLOCKS: ("case", "case__place", "owed_by", "owed_to"),
    CASES: ("place", "owner"),
    ENTRIES: ("case", "case__place"),
}


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One row: the case, what of it counts, when, and how it stands."""

    number: str
    title: str
    url: str
    place: str
    owes: str
    when: str
    look: str
    stands: str


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """The list behind a number; `span`, `where` say what selects it."""

    title: str
    crumbs: tuple[Crumb, ...]
    about: str
    span: str
    where: str
    total: int
    as_of: str
    rows: tuple[ListRow, ...]
    pages: PageKeys
    csv_url: str
    excel_url: str


def list_page(asked: Asked, town: Division, after: str = "") -> ListPage:
    """Return one page of the list. Raises InvalidInputError for a filter that nothing answers to."""
    rows = rows_of(asked, town)
    kind = part_of(asked.part, PARTS).kind
    total = rows.count()
    shown = list(_joined(_beyond(rows, kind, after), kind)[: PAGE + 1])
    page = shown[:PAGE]
    base, title = list_url(asked), say(f"site.board.part.{asked.part}")
    last = page[-1] if len(shown) > PAGE else None
    key = f"{getattr(last, ORDER[kind]).isoformat()}~{last.pk}" if last is not None else ""
    return ListPage(
        title=title,
        crumbs=(Crumb(label=say("site.board.title"), url=reverse("board:board")), Crumb(label=title)),
        about=about(asked, town),
        span=span(asked, town),
        where=where(asked, town),
        total=total,
        as_of=moment_words(asked.as_of, town, _long_ago(asked.as_of)),
        rows=tuple(_row(one, kind, town, asked.as_of) for one in page),
        pages=PageKeys(
            shown=len(page),
            total=total,
            first_url=base if after else "",
            next_url=f"{base}&{urlencode({'after': key})}" if key else "",
        ),
        csv_url=f"{base}&as=csv",
        excel_url=f"{base}&as=xlsx",
    )


def whole(asked: Asked, town: Division) -> Iterator[ListRow]:
    """Yield every row of the list, for exports; at most 20,000."""
    kind = part_of(asked.part, PARTS).kind
    for one in _joined(rows_of(asked, town), kind)[:MOST]:
        yield _row(one, kind, town, asked.as_of)


def about(asked: Asked, town: Division) -> str:
    """Return what counts in this list, empty where the title says it all."""
    code, _, name = asked.part.rpartition(".")
    one = DEFINITIONS.get(code)
    if one is None or name not in (one.numerator, one.denominator):
        return ""
    said = definition(code, town)
    return said.numerator if name == one.numerator else said.denominator


def span(asked: Asked, town: Division) -> str:
    """Return the period a list is about, empty for what stands at one moment."""
    if asked.start is None or asked.end is None:
        return ""
    if (asked.start, asked.end) == month_of(town, asked.start):
        first = asked.start.astimezone(ZoneInfo(town.zone))
        return say("site.board.whole_month", year=first.year, month=say(f"site.board.month.{first.month}"))
    first_text = moment_words(asked.start, town, _long_ago(asked.as_of))
    return say("site.board.span", first=first_text, last=moment_words(asked.end, town, asked.as_of))


def where(asked: Asked, town: Division) -> str:
    """Return the place, the direction or the matter a list is narrowed to, empty for the whole town."""
    if asked.matter:
        return item_names(town).get(asked.matter, asked.matter)
    if asked.arrow:
        key = f"site.board.arrow.{asked.arrow}"
        return say(key) if has_words(key) else ""
    if asked.place == NOWHERE:
        return say("site.board.no_place")
    if asked.place:
        found = Place.objects.filter(town=town, pk=int(asked.place)).first()
        return own_name(found) if found else ""
    return ""


def _long_ago(at: datetime) -> datetime:
    return at.replace(year=at.year - 1, day=1)


def _joined(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.select_related(*_WITH.get(kind, _WITH[ENTRIES]))


def _beyond(rows: QuerySet[Any], kind: str, after: str) -> QuerySet[Any]:
    """Return the rows behind a key; a key that cannot be read begins at the first."""
    text, _, pk = after.replace(" ", "+").partition("~")
    try:
        at = datetime.fromisoformat(text)
        last: UUID | int = int(pk) if pk.isdecimal() else UUID(pk)
    except ValueError:
        return rows
    field = ORDER[kind]
    if at.tzinfo is None:
        return rows
    return rows.filter(Q(**{f"{field}__gt": at}) | Q(**{field: at, "pk__gt": last}))


def _row(one: Any, kind: str, town: Division, as_of: datetime) -> ListRow:
    if kind == CLOCKS:
        return _clock_row(one, town, as_of)
    case: Case = one if kind == CASES else one.case
    stage = titled(pinned(town, case.procedure).case.stages[case.stage].title)
    at: datetime = getattr(one, ORDER[kind])
    return ListRow(
        number=case.number,
        title=case.title,
        url=case_url(case),
        place=place_of(case.place),
        owes=_said(one, kind, town),
        when=moment_words(at, town, as_of),
        look="",
        stands=stage,
    )


def _clock_row(clock: Clock, town: Division, as_of: datetime) -> ListRow:
    line = promise_line(clock, town, as_of)
    return ListRow(
        number=line.number,
        title=line.title,
        url=line.url,
        place=line.place,
        owes=line.owes,
        when=line.due,
        look=line.look,
        stands=line.stands,
    )


def _said(one: Any, kind: str, town: Division) -> str:
    """Return what of the case counts: the act and its answer, or the score."""
    if kind == CASES:
        return own_name(one.owner) if one.owner else ""
    if kind == ENTRIES:
        return _act(one, town)
    return say("site.board.score", score=one.score)


def _act(entry: Entry, town: Division) -> str:
    moves = pinned(town, entry.case.procedure).case.moves
    title = titled(moves[entry.move].title) if entry.move in moves else entry.move
    answer = json.loads(entry.body).get("given", {}).get("answer", "")
    key = f"grid.answer.{answer}"
    return say("site.board.answered", act=title, answer=say(key)) if answer and has_words(key) else title
