"""The exchange as Django installs it, and how its cases stand to the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from jinli.cases import lines

if TYPE_CHECKING:
    from jinli.cases.work import Work
    from jinli.town.acting import Acting

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


class ExchangeConfig(lines.TellsSystems, lines.LineConfig):
    name = "jinli.exchange"
    label = "exchange"
    move_pages: ClassVar[dict[tuple[str, str], str]] = {("inbound_task", move): page for move, page in _TASK.items()}

    strict: ClassVar[frozenset[str]] = frozenset({"inbound_task"})

    def system_names(self, town: int) -> Mapping[str, str]:
        """Return the names of the sources of a town by code."""
        from jinli.exchange.models import Source

        return dict(Source.objects.filter(town=town).order_by("name").values_list("code", "name"))

    def case_panel(self, work: Work, acting: Acting) -> str | None:
        """Show the way from the case of a task to its questions and its drafted answer."""
        return "exchange/_task_panel.html" if work.case.type_code == "inbound_task" and acting.reads_all else None
