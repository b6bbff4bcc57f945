"""The whistles in the air: who has them, how far they are, when they fall due, what was done about lateness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinli.cases.editions import pinned
from jinli.cases.figures import Asked, live
from jinli.cases.models import Assignment, Case, Clock
from jinli.domain.rates import SUPERVISION
from jinli.site.figures import Linked, list_url, rows_of
from jinli.site.promise_words import case_url, due_words, left_words, moment_words, place_of, titled
from jinli.site.registers import own_name
from jinli.town.models import Division
from jinli.ui.words import say

SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class WhistleLine:
    """One whistle on its way; `bodies` with their role, `notes` on supervision and arbitration."""

    number: str
    title: str
    url: str
    place: str
    bodies: tuple[tuple[str, str], ...]
    step: str
    due: str
    look: str
    left: str
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WhistleBox:
    """The whistles in the air: how many, how many nobody signed for or wait for arbitration, and the next due."""

    total: Linked
    unsigned: Linked
    refused: Linked
    lines: tuple[WhistleLine, ...]

    @property
    def more(self) -> bool:
        """Return whether the list holds more than the lines shown."""
        return self.total.count > len(self.lines)


def whistle_box(asked: Asked, found: dict[str, int], town: Division) -> WhistleBox:
    """Return the box: three statements for its rows, however many there are."""
    rows = rows_of(asked.of("whistles"), town).select_related("place").order_by("due_at", "pk")
    cases: list[Case] = list(rows[:SHOWN])
    clocks: dict[Any, list[Clock]] = {case.pk: [] for case in cases}
    for clock in Clock.objects.filter(live(asked), case__in=cases).select_related("owed_by").order_by("due_at", "id"):
        clocks[clock.case_id].append(clock)
    assignments: dict[Any, list[Assignment]] = {case.pk: [] for case in cases}
    for row in Assignment.objects.filter(case__in=cases, outcome="").select_related("body").order_by("opened_at", "id"):
        assignments[row.case_id].append(row)
    return WhistleBox(
        **{
            name: Linked(count=found[part], url=list_url(asked.of(part)))
            for name, part in (
                ("total", "whistles"),
                ("unsigned", "whistles.unsigned"),
                ("refused", "whistles.refused"),
            )
        },
        lines=tuple(_line(case, clocks[case.pk], assignments[case.pk], town, asked.as_of) for case in cases),
    )


def _line(
    case: Case, clocks: Sequence[Clock], assignments: Sequence[Assignment], town: Division, now: datetime
) -> WhistleLine:
    owed = [clock for clock in clocks if not clock.right and clock.code not in SUPERVISION]
    first = min(owed, key=lambda clock: clock.due_at, default=None)
    look = "running"
    if first is not None and first.warn_at <= now:
        look = "late" if first.due_at <= now else "near"
    return WhistleLine(
        number=case.number,
        title=case.title,
        url=case_url(case),
        place=place_of(case.place),
        bodies=tuple((say(f"site.board.role.{row.role}"), own_name(row.body)) for row in assignments),
        step=_step(case, assignments, town),
        due=due_words(first, town, now) if first else "",
        look=look,
        left=left_words(first, town, now) if first else "",
        notes=tuple(_notes(clocks, town, now)),
    )


def _step(case: Case, assignments: Sequence[Assignment], town: Division) -> str:
    """Return where on its way a whistle is: the slowest department decides while they work."""
    procedure = pinned(town, case.procedure)
    if case.stage != "dispatched" or not assignments:
        return titled(procedure.case.stages[case.stage].title)
    stages = {row.stage for row in assignments}
    if "refusing" in stages:
        return say("site.board.step.refused")
    if stages == {"sent"}:
        return say("site.board.step.unsigned")
    return say("site.board.step.partly") if "sent" in stages else say("site.board.step.working")


def _notes(clocks: Sequence[Clock], town: Division, now: datetime) -> list[str]:
    found = []
    for clock in clocks:
        if clock.code in SUPERVISION:
            key = "site.board.supervised" if clock.due_at > now else "site.board.escalated"
            begun, due = moment_words(clock.started_at, town, now), due_words(clock, town, now)
            found.append(say(key, begun=begun, due=due))
        elif clock.code == "arbitrate" and clock.owed_by is not None:
            found.append(say("site.board.arbitrated", body=own_name(clock.owed_by)))
    return found
