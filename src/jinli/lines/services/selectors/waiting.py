"""How the walk-in queue of today stands: who waits, who is called where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jinli.lines.services.models import Ticket
from jinli.lines.services.selectors.items import Item, offered_items
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.ui.words import say, tongue

#: Numbers called last that the display shows.
SHOWN: Final = 8


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The queue: numbers called and still there, how many wait, the next few."""

    called: tuple[Ticket, ...]
    next: tuple[Ticket, ...]
    count: int


def waiting_at(town: Division, now: datetime) -> Waiting:
    """Return the queue of today, in three statements whatever its length."""
    rows = Ticket.objects.filter(town=town, day=local_day(town, now))
    waiting = rows.filter(state=Ticket.State.WAITING).order_by("number")
    called = rows.filter(state=Ticket.State.CALLED).order_by("-called_at", "-number")
    return Waiting(called=tuple(called[:SHOWN]), next=tuple(waiting[:SHOWN]), count=waiting.count())


def ahead_of(ticket: Ticket) -> int:
    """Return how many wait before a number."""
    rows = Ticket.objects.filter(town=ticket.town_id, day=ticket.day, state=Ticket.State.WAITING)
    return rows.filter(number__lt=ticket.number).count()


def taken_at_counter(town: Division, now: datetime) -> tuple[Item, ...]:
    """Return the items that the counter takes in."""
    return tuple(
        one
        for one in offered_items(town, local_day(town, now))
        if one.row.procedure and one.row.offered in ("online", "counter")
    )


def themes_of(items: tuple[Item, ...]) -> Mapping[str, str]:
    """Return the themes people can choose when they take a number: key -> words; the last is for anything else."""
    found = {one.row.theme: (tongue() == "en" and one.row.theme_en) or one.row.theme for one in items if one.row.theme}
    return {theme[:40]: words for theme, words in sorted(found.items())} | {"": say("services.kiosk.other")}
