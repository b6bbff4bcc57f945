"""What a list of cases shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.urls import reverse

from jinli.cases import above
from jinli.cases.book import book_of
from jinli.cases.editions import pinned
from jinli.cases.export import MOST, Table
from jinli.cases.models import Case
from jinli.cases.pages.queue_page import Filter, count_text, filter_of
from jinli.cases.selectors.listing import COUNTED, DUES, ON_A_PAGE, PHASES, WHISTLE, Asked, beyond, found_cases, key_of
from jinli.cases.selectors.names import Systems, named, titled, types_of
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import local_day, villages_at
from jinli.ui.parts import PageKeys
from jinli.ui.wording_time import word_due, word_moment
from jinli.ui.words import say, tongue

#: Name of the address of a list -> what it lists; a search lists cases.
_LISTINGS: Final = {"list": "cases", "search": "cases", "whistles": "whistles"}


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One case in a list."""

    number: str
    url: str
    title: str
    mirror: str
    place: str
    type: str
    stage: str
    phase: str
    look: str
    due: str
    opened: str
    owner: str
    handler: str
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A list with its filters and the way to go on; without `asked` text a search lists nothing."""

    heading: str
    note: str
    base: str
    asked: Asked
    filters: tuple[Filter, ...]
    rows: tuple[CaseRow, ...]
    keys: PageKeys
    export_csv: str
    export_xlsx: str
    ways_out: tuple[above.WayOut, ...]
    clear_url: str
    waiting: bool


def list_page(acting: Acting, town: Division, asked: Asked, now: datetime, *, name: str) -> ListPage:
    """Return the page of a list. Three statements: rows, count, places. `name` is that of the address."""
    base = reverse(f"cases:{name}")
    waiting = name == "search" and not asked.text
    cases = found_cases(acting, asked, town, now)
    rows = [] if waiting else list(beyond(cases, asked.after)[: ON_A_PAGE + 1])
    total = 0 if waiting else cases.order_by()[:COUNTED].count()
    systems = Systems(town.pk)
    worder = _Worder(town, now, systems)
    shown = rows[:ON_A_PAGE]
    further = asked.url(base, after=key_of(shown[-1])) if len(rows) > ON_A_PAGE else ""
    export = asked.url(reverse(f"cases:{name}-export" if name != "search" else "cases:list-export"))
    return ListPage(
        heading=say(f"cases.list.{name}"),
        note=say("cases.list.count", count=count_text(total)) if not waiting else "",
        base=base,
        asked=asked,
        filters=_filters(town, asked, now, systems),
        rows=tuple(worder.row(case) for case in shown),
        keys=PageKeys(
            shown=len(shown),
            total=total if total < COUNTED and not asked.after else None,
            first_url=asked.url(base) if asked.after else "",
            next_url=further,
        ),
        export_csv=export,
        export_xlsx=f"{export}{'&' if '?' in export else '?'}as=xlsx",
        ways_out=above.ways_out(town, acting, _LISTINGS[name], export.partition("?")[2]),
        clear_url=base,
        waiting=waiting,
    )


def list_table(acting: Acting, town: Division, asked: Asked, now: datetime) -> Table:
    """Return the whole list as a table; simulated cases say so in a column of their own."""
    names = ("number", "what", "type", "place", "opened", "stage", "due", "owner", "handler", "simulated")
    return Table(
        name=f"cases-{now.astimezone(ZoneInfo(town.zone)):%Y%m%d-%H%M}",
        heads=[say(f"cases.export.{name}") for name in names],
        rows=_table_rows(acting, town, asked, now),
    )


def _table_rows(acting: Acting, town: Division, asked: Asked, now: datetime) -> Iterator[list[str]]:
    cases = list(found_cases(acting, asked, town, now)[:MOST])
    worder = _Worder(town, now, Systems(town.pk))
    for case in cases:
        row = worder.row(case)
        what = [row.number, row.title, row.type, row.place, row.opened, row.stage, row.due, row.owner, row.handler]
        yield [*what, say("ui.yes") if row.simulated else ""]
    if len(cases) == MOST:
        yield [say("cases.export.cut", count=MOST)]


class _Worder:
    """Words the rows of one list."""

    def __init__(self, town: Division, now: datetime, systems: Systems) -> None:
        self.town, self.now, self.systems = town, now, systems
        self.calendar = book_of(town).calendar

    def row(self, case: Case) -> CaseRow:
        """Return one case as a row."""
        procedure = pinned(self.town, case.procedure)
        due, look = self._due(case)
        return CaseRow(
            number=case.number,
            url=reverse("cases:case", args=[case.pk]),
            title=case.title,
            mirror=self.systems.name_of(case.system_of_record),
            place=named(case.place) if case.place else "",
            type=titled(procedure.title),
            stage=titled(procedure.case.stages[case.stage].title),
            phase=say(f"cases.phase.{case.phase}"),
            look=look,
            due=due,
            opened=word_moment(case.opened_at, lang=tongue(), now=self.now),
            owner=named(case.owner) if case.owner else "",
            handler=named(case.handler_body) if case.handler_body and case.handler_body != case.owner else "",
            simulated=case.simulated,
        )

    def _due(self, case: Case) -> tuple[str, str]:
        """Return the nearest due moment, or when the case ended, and how that is drawn."""
        local = self.now.astimezone(self.calendar.zone)
        if case.closed_at is not None:
            return say("cases.list.closed", at=word_moment(case.closed_at, lang=tongue(), now=local)), "kept"
        if case.due_at is None:
            return "", ""
        text = word_due(case.due_at, lang=tongue(), now=local, calendar=self.calendar)
        if case.phase == "paused":
            return say("domain.due.at_the_latest", due=text), "paused"
        late = case.due_at <= self.now
        text = say("cases.list.late", due=text) if late else text
        today = case.due_at.astimezone(self.calendar.zone).date() == local.date()
        return text, "late" if late else "near" if today else "later"


def _filters(town: Division, asked: Asked, now: datetime, systems: Systems) -> tuple[Filter, ...]:
    types = [one for one in types_of(town) if not asked.kind or one.code.startswith(WHISTLE)]
    places = [(str(place.pk), named(place)) for place in villages_at(town, local_day(town, now)) if place.name]
    found = (
        filter_of("line", [(one.code, titled(one.procedure.title)) for one in types], asked.line),
        filter_of("phase", [(phase, say(f"cases.phase.{phase}")) for phase in PHASES], asked.phase),
        filter_of("due", [(due, say(f"cases.filter.due.{due}")) for due in DUES], asked.due),
        filter_of("place", places, asked.place),
    )
    if asked.kind or not systems.names:  # a whistle is always ours
        return found
    return (*found, filter_of("system", list(systems.names.items()), asked.system))
