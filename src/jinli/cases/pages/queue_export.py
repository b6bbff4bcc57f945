"""The queue as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from jinli.cases import queue
from jinli.cases.export import MOST, Table
from jinli.cases.pages.queue_page import RowWorder
from jinli.cases.queue import Choice
from jinli.cases.selectors.names import staff_of
from jinli.town.acting import Acting
from jinli.ui.words import say


def queue_table(acting: Acting, choice: Choice, now: datetime, zone: ZoneInfo) -> Table:
    """Return every clock of the choice as a table; simulated cases say so in a column of their own."""
    names = ("number", "what", "place", "clock", "limit", "due", "state", "role", "who", "simulated")
    return Table(
        name=f"queue-{now.astimezone(zone):%Y%m%d-%H%M}",
        heads=[say(f"cases.export.{name}") for name in names],
        rows=_rows(acting, choice, now, zone),
    )


def _rows(acting: Acting, choice: Choice, now: datetime, zone: ZoneInfo) -> Iterator[list[str]]:
    clocks = list(queue.whole(acting, choice, now, zone)[:MOST])
    worder = RowWorder(
        acting=acting,
        town=queue.town_of(acting),
        now=now,
        staff=staff_of(acting),
        assignments=queue.assignments_of(clocks),
    )
    for clock in clocks:
        row = worder.row(clock)
        due = say("cases.export.provisional", due=row.standing.due) if row.standing.provisional else row.standing.due
        state = row.standing.text
        simulated = say("ui.yes") if row.simulated else ""
        yield [row.number, row.title, row.place, row.clock, row.limit, due, state, row.role, row.who, simulated]
    if len(clocks) == MOST:
        yield [say("cases.export.cut", count=MOST)]
