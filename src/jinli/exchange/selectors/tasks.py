"""Tasks sent down: found, matched to the duty list, and the bodies that may ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jinli.domain.errors import InvalidInputError
from jinli.domain.likeness import bare, covered, pairs
from jinli.exchange.models import Ask, Task
from jinli.lines.grid.selectors.whistles import departments
from jinli.town.models import Division, DutyLine, Organisation
from jinli.town.selectors import duty_lines_at

TYPE: Final = "inbound_task"
#: From this share of a line's words on, the line is proposed; the best of them is chosen first only from the second.
LIKE, ALIKE = 0.3, 0.5
SHOWN: Final = 4
#: Moves by which the town does what its list does not have, or has given back.
OUTSIDE: Final = ("accept_unlisted", "do_anyway")


def department_of(town: Division, code: str, day: date) -> Organisation:
    """Return a department above the town. Raises InvalidInputError `exchange.tasks.no_such_body`."""
    found = next((one for one in departments(town, day) if one.code == code), None)
    if found is None:
        raise InvalidInputError("exchange.tasks.no_such_body", field="asker", found=code)
    return found


def line_of(town: Division, code: str, day: date) -> DutyLine:
    """Return a line of the duty list in force. Raises InvalidInputError `exchange.tasks.no_such_line`."""
    found = duty_lines_at(town, day).filter(code=code).first()
    if found is None:
        raise InvalidInputError("exchange.tasks.no_such_line", field="line", found=code)
    return found


def task_of(town: int, pk: UUID) -> Task:
    """Return a task of the town. Raises Task.DoesNotExist."""
    return Task.objects.select_related("case__town", "town", "asker", "line__lead").get(pk=pk, town=town)


def tasks_of(town: Division) -> QuerySet[Task]:
    """Return the tasks of a town, newest first, each with the number of its questions and of those asked before."""
    rows = Task.objects.filter(town=town).select_related("case", "asker", "line")
    asked = Count("asks")
    again = Count("asks", filter=Q(asks__first__isnull=False))
    return rows.annotate(asked=asked, again=again).order_by("-received_at", "-case_id")


@dataclass(frozen=True, kw_only=True)
class Fits:
    """The lines of the duty list that share words with a task, the nearest first, and the one to begin with."""

    lines: tuple[DutyLine, ...]
    others: tuple[DutyLine, ...]
    first: DutyLine | None


def fits_of(text: str, lines: Sequence[DutyLine], asker: int | None = None) -> Fits:
    """Return which lines a task may stand on: by shared words, of equals the one that the asker leads.

    A proposal only: a person chooses the line.
    """
    said = pairs(text)
    scored = [
        (covered(pairs(bare(one.title)), said), one.lead_id is not None and one.lead_id == asker, one) for one in lines
    ]
    near = sorted(
        (row for row in scored if row[0] >= LIKE),
        key=lambda row: (-row[0], not row[1], row[2].number or 0, row[2].code),
    )
    shown = tuple(one for _, _, one in near[:SHOWN])
    first = near[0][2] if near and near[0][0] >= ALIKE else None
    return Fits(lines=shown, others=tuple(one for one in lines if one not in shown), first=first)


def words_of(task_text: str, asks: Sequence[Ask]) -> str:
    """Return everything a task says, for matching."""
    return " ".join([task_text, *(one.text for one in asks)])
