"""What follows from the told acts of a recorded history: written once their cases are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jinli.cases.work import Work
from jinli.lines.services.services.acts.making import Telling
from jinli.town.inserts import insert


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What follows from an act beside its case, to be written once the case is."""

    number: str
    run: Callable[[], object]


def follow_told(telling: Telling, work: Work) -> None:
    """Write what follows from a told act, now that its case is written."""
    if telling.along is not None:
        insert(*telling.along(telling.matter, work))
    if telling.after is not None:
        telling.after(telling.matter)
