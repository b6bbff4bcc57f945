"""The exchange as Django installs it, and how its cases stand to the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from jinli.cases import above, lines

if TYPE_CHECKING:
    from jinli.cases.selectors.case_view import CaseView
    from jinli.cases.work import Work
    from jinli.town.acting import Acting
    from jinli.town.models import Division

_TASK: Final = {
    "receive": "exchange:task-new",
    "answer_at_once": "exchange:task-answer-at-once",
    "accept": "exchange:task-accept",
    "cooperate": "exchange:task-cooperate",
    "object": "exchange:task-object",
    "accept_unlisted": "exchange:task-accept-unlisted",
    "fill": "exchange:task",
    "answer": "exchange:task-answer",
    "finish": "exchange:task-finish",
    "do_anyway": "exchange:task-do-anyway",
}


class ExchangeConfig(lines.TellsSystems, above.AddsToPages, lines.LineConfig):
    name = "jinli.exchange"
    label = "exchange"
    move_pages: ClassVar[dict[tuple[str, str], str]] = {("inbound_task", move): page for move, page in _TASK.items()}
    strict: ClassVar[frozenset[str]] = frozenset({"inbound_task"})

    def system_names(self, town: int) -> Mapping[str, str]:
        """Return the names of the sources of a town by code."""
        from jinli.exchange.models import Source

        return dict(Source.objects.filter(town=town).order_by("name").values_list("code", "name"))

    def case_panel(self, work: Work, acting: Acting) -> lines.Panel | None:
        """Show on a task the way to its answer, on a mirror whose date is whose and how each was reckoned."""
        from jinli.exchange.pages.clock_panel import clock_panel

        if work.case.type_code == "inbound_task":
            return lines.Panel(template="exchange/_task_panel.html") if acting.reads_all else None
        return clock_panel(work, acting)

    def beside(self, view: CaseView) -> above.Beside | None:
        """Show where the case stands in other systems, and the sheets to retype it there."""
        from jinli.exchange.pages.sheet_page import elsewhere

        found = elsewhere(view)
        return above.Beside(template="exchange/_elsewhere.html", shown=found) if found else None

    def ways_out(self, town: Division, acting: Acting, listing: str, query: str) -> tuple[above.WayOut, ...]:
        """Offer the layouts of the town for a list."""
        from jinli.exchange.pages.layout_page import ways_out

        return ways_out(town, listing, query)
