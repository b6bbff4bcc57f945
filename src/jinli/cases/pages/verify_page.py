"""What the public is told of a paper: whether it is real, and whether it still holds. Nothing else personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jinli.cases.models import Paper
from jinli.cases.selectors.names import named
from jinli.cases.selectors.papers import paper_title
from jinli.cases.services.printing import document_of
from jinli.domain.errors import RefusedError
from jinli.town.masking import mask_name
from jinli.ui.dates import day_text, moment_text
from jinli.ui.parts import Fact
from jinli.ui.words import say, tongue

#: How loud the notice of each state is.
_TONES: Final = {
    Paper.State.VALID: "info",
    Paper.State.REPLACED: "warning",
    Paper.State.SUSPENDED: "warning",
    Paper.State.REVOKED: "danger",
}


@dataclass(frozen=True, kw_only=True)
class VerifyPage:
    """One paper as anybody may see it.

    Attributes
    ----------
    altered : what is stored is not what was issued; then nothing of it is shown as good.
    """

    title: str
    number: str
    state: str
    told: str
    tone: str
    facts: tuple[Fact, ...]
    simulated: bool
    altered: bool


def verify_page(paper: Paper) -> VerifyPage:
    """Return what is said of a paper."""
    try:
        document = document_of(paper)
        altered = False
    except RefusedError as refused:
        document, altered = {}, refused.code == "cases.paper.altered"
    title = document["title"][tongue()] if document else paper_title(paper.town, paper.kind)
    return VerifyPage(
        title=title,
        number=paper.number,
        state=say(f"cases.paper.state.{paper.state}"),
        told=_told(paper),
        tone=_TONES[Paper.State(paper.state)],
        facts=_facts(paper, title, document),
        simulated=paper.simulated,
        altered=altered,
    )


def _told(paper: Paper) -> str:
    """Return the present state in one sentence, with since when; why is between the body and the holder."""
    if paper.state == Paper.State.VALID:
        return say("cases.verifying.valid", day=_day(paper.issued_at))
    number = paper.replaced_by.number if paper.replaced_by else ""
    at = _day(paper.state_at or paper.issued_at)
    return say(f"cases.verifying.{paper.state}", at=at, number=number)


def _day(at: datetime) -> str:
    return day_text(at, tongue=tongue(), weekday=False)


def _facts(paper: Paper, title: str, document: dict[str, object]) -> tuple[Fact, ...]:
    holder = str(document.get("holder", ""))
    erased = say("cases.verifying.erased", day=_day(paper.erased_at)) if paper.erased_at else ""
    rows = [
        Fact(label=say("cases.verifying.kind"), value=title),
        Fact(label=say("cases.verifying.number"), value=paper.number),
        Fact(label=say("cases.verifying.body"), value=named(paper.sealed_by)),
        Fact(label=say("cases.verifying.issued"), value=moment_text(paper.issued_at, tongue=tongue())),
        Fact(label=say("cases.verifying.state"), value=say(f"cases.paper.state.{paper.state}")),
    ]
    if holder or erased:
        rows.insert(3, Fact(label=say("cases.verifying.holder"), value=mask_name(holder) or erased))
    return tuple(rows)
