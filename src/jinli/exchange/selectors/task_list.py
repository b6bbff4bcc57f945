"""The list of tasks: what was sent down, by whom, until when, and how it stands."""

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
from jinli.cases.export import MOST, Table
from jinli.cases.selectors.names import named, titled
from jinli.exchange.models import Task
from jinli.exchange.selectors.tasks import tasks_of
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.ui.parts import PageKeys, Scope
from jinli.ui.wording_time import word_due, word_moment
from jinli.ui.words import say, tongue

PAGE: Final = 50
SHOWN: Final = ("open", "closed", "all")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the address asks for."""

    show: str = "open"
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """One task of the list."""

    number: str
    url: str
    title: str
    way: str
    asker: str
    fit: str
    asked: int
    again: int
    received: str
    due: str
    look: str
    stage: str
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class TaskListPage:
    """The page of the list."""

    scopes: tuple[Scope, ...]
    rows: tuple[TaskRow, ...]
    keys: PageKeys
    csv_url: str
    xlsx_url: str
    show: str
    may_act: bool


def read(query: Mapping[str, str]) -> Wish:
    """Return what an address asks for; what it does not know it leaves out."""
    show = query.get("show", "")
    return Wish(show=show if show in SHOWN else "open", after=query.get("after", "")[:80])


def _found(town: Division, wish: Wish) -> QuerySet[Task]:
    rows = tasks_of(town)
    if wish.show == "open":
        return rows.filter(case__closed_at=None)
    return rows.filter(case__closed_at__isnull=False) if wish.show == "closed" else rows


def task_list(town: Division, wish: Wish, now: datetime, acting: Acting) -> TaskListPage:
    """Return one page of the list. Two statements: rows and count."""
    found = _found(town, wish)
    rows = list(_beyond(found, wish.after)[: PAGE + 1])
    shown, base = rows[:PAGE], reverse("exchange:tasks")
    query = {"show": wish.show}
    further = {**query, "after": _key(shown[-1])} if len(rows) > PAGE else {}
    export = f"{reverse('exchange:tasks-export')}?{urlencode(query)}"
    return TaskListPage(
        scopes=tuple(
            Scope(
                label=say(f"exchange.tasks.show.{one}"),
                url=f"{base}?{urlencode({'show': one})}",
                current=one == wish.show,
            )
            for one in SHOWN
        ),
        rows=tuple(_row(one, town, now) for one in shown),
        keys=PageKeys(
            shown=len(shown),
            total=found.order_by().count(),
            first_url=f"{base}?{urlencode(query)}" if wish.after else "",
            next_url=f"{base}?{urlencode(further)}" if further else "",
        ),
        csv_url=export,
        xlsx_url=f"{export}&as=xlsx",
        show=wish.show,
        may_act="command_centre" in acting.roles,
    )


def _beyond(rows: QuerySet[Task], after: str) -> QuerySet[Task]:
    """Return the tasks behind a key; a key that cannot be read begins at the first."""
    text, _, pk = after.replace(" ", "+").partition("~")
    try:
        at, last = datetime.fromisoformat(text), UUID(pk)
    except ValueError:
        return rows
    if at.tzinfo is None:
        return rows
    return rows.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=last))


def _key(one: Task) -> str:
    return f"{one.received_at.isoformat()}~{one.pk}"


def _row(one: Any, town: Division, now: datetime) -> TaskRow:
    case, calendar = one.case, book_of(town).calendar
    local = now.astimezone(calendar.zone)
    stage = titled(pinned(town, case.procedure).case.stages[case.stage].title)
    at = case.closed_at or case.due_at
    due, look = "", ""
    if case.closed_at is not None:
        due = say("exchange.tasks.closed_at", at=word_moment(at, lang=tongue(), now=local, calendar=calendar))
        look = "kept"
    elif at is not None:
        due = word_due(at, lang=tongue(), now=local, calendar=calendar)
        late = at <= now
        due = say("exchange.tasks.late", due=due) if late else due
        look = "late" if late else "near" if at.astimezone(calendar.zone).date() <= local.date() else "later"
    return TaskRow(
        number=case.number,
        url=reverse("exchange:task", args=[case.pk]),
        title=case.title,
        way=say(f"exchange.way.{one.way}"),
        asker=named(one.asker) if one.asker else one.asker_name,
        fit=say(f"exchange.fit.{one.fit}") if one.fit else "",
        asked=one.asked,
        again=one.again,
        received=word_moment(one.received_at, lang=tongue(), now=local, calendar=calendar),
        due=due,
        look=look,
        stage=stage,
        simulated=case.simulated,
    )


def task_table(town: Division, wish: Wish, now: datetime) -> Table:
    """Return the whole list as a table."""
    names = ("number", "title", "asker", "way", "received", "due", "stage", "fit", "asked", "again", "simulated")
    return Table(
        name=f"tasks-{now.astimezone(ZoneInfo(town.zone)):%Y%m%d-%H%M}",
        heads=[say(f"exchange.tasks.column.{name}") for name in names],
        rows=_table_rows(_found(town, wish), town, now),
    )


def _table_rows(found: QuerySet[Task], town: Division, now: datetime) -> Iterator[list[object]]:
    for one in found[:MOST]:
        row = _row(one, town, now)
        simulated = say("ui.yes") if row.simulated else ""
        yield [
            row.number, row.title, row.asker, row.way, row.received, row.due, row.stage, row.fit, row.asked, row.again,
            simulated,
        ]  # fmt: skip
