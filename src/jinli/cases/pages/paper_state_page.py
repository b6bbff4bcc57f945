"""The page on which the state of a paper is changed."""

from __future__ import annotations

from dataclasses import dataclass

from jinli.cases.models import Paper
from jinli.cases.selectors.papers import paper_title
from jinli.cases.services.restating import states_after
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class PaperStatePage:
    """One paper, its present state, and whether another may follow."""

    title: str
    number: str
    state: str
    back_id: str
    open: bool


def paper_state_page(paper: Paper) -> PaperStatePage:
    """Return the page of a paper."""
    return PaperStatePage(
        title=paper_title(paper.town, paper.kind),
        number=paper.number,
        state=say(f"cases.paper.state.{paper.state}"),
        back_id=str(paper.case_id),
        open=bool(states_after(paper.state)),
    )
