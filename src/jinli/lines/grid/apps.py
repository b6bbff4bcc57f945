from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from jinli.cases import lines

if TYPE_CHECKING:
    from jinli.cases.work import Work
    from jinli.town.acting import Acting

_REPORT: Final = {
    "report": "grid:intake",
    "file": "grid:file",
    "exit": "grid:exit",
    "reroute": "grid:reroute",
    "solve": "grid:solve",
    "solve_at_once": "grid:solve",
    "call_back": "grid:call-back",
    "blow": "grid:whistle-blow",
}
_WHISTLE: Final = {
    "approve": "grid:whistle-approve",
    "decline": "grid:whistle-approve",
    "dispatch": "grid:whistle-dispatch",
    "dispatch_now": "grid:whistle-dispatch",
    "add_body": "grid:whistle-dispatch",
    "refuse": "grid:whistle-refuse",
    "uphold": "grid:whistle-arbitrate",
    "overrule": "grid:whistle-arbitrate",
    "verify_passed": "grid:whistle-verify",
    "verify_returned": "grid:whistle-verify",
    "confirm_arrival": "grid:whistle-arrival",
    "rate_department": "grid:whistle-rate",
}
_PAGES: Final = {"grid_report": _REPORT, "whistle": _WHISTLE, "whistle_onsite": _WHISTLE}


class GridConfig(lines.LineConfig):
    name = "jinli.lines.grid"
    label = "grid"
    figure_names: ClassVar[tuple[str, ...]] = ("response", "resolution", "satisfaction", "whistle")
    move_pages: ClassVar[dict[tuple[str, str], str]] = {
        (procedure, move): page for procedure, moves in _PAGES.items() for move, page in moves.items()
    }

    def case_panel(self, work: Work, acting: Acting) -> lines.Panel | None:
        """Show repeats of a whistle, and to the command centre the way to links and answers by telephone."""
        if work.case.type_code != "whistle":
            return None
        links = "command_centre" in acting.roles and bool(work.state.open_assignments())
        shown = links or work.state.facts.get("repeats")
        return lines.Panel(template="grid/_whistle_panel.html") if shown else None
