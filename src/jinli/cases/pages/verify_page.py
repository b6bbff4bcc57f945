"""What the public is told of a paper: whether it is real, and whether it still holds. Nothing else personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jinli.cases.lines import holder_url
from jinli.cases.models import Grant, Paper
from jinli.cases.pages.grants_page import span_of
from jinli.cases.selectors.grants import LIVE, shown_by
from jinli.cases.selectors.names import named
from jinli.cases.selectors.papers import paper_title
from jinli.cases.services.printing import document_of, verify_path
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
    holder_url : where its holder asks for renewal or change, empty where that is not possible.
    """

    title: str
    number: str
    state: str
    told: str
    tone: str
    facts: tuple[Fact, ...]
    simulated: bool
    altered: bool
    holder_url: str = ""


def verify_page(paper: Paper) -> VerifyPage:
    """Return what is said of a paper."""
    try:
        document = document_of(paper)
        altered = False
    except RefusedError as refused:
        document, altered = {}, refused.code == "cases.paper.altered"
    grant = shown_by(paper)
    title = document["title"][tongue()] if document else paper_title(paper.town, paper.kind)
    return VerifyPage(
        title=title,
        number=paper.number,
        state=say(f"cases.paper.state.{paper.state}"),
        told=_told(paper),
        tone=_TONES[Paper.State(paper.state)],
        facts=(*_facts(paper, title, document), *_grant_facts(grant)),
        simulated=paper.simulated,
        altered=altered,
        holder_url=holder_url(paper.town.code, grant.number) if grant is not None and grant.state in LIVE else "",
    )


def _grant_facts(grant: Grant | None) -> tuple[Fact, ...]:
    """Return what the register says of the grant that the paper shows: silence renews it without a new paper."""
    if grant is None:
        return ()
    state = say(f"domain.grant.state.{grant.state}")
    return (
        Fact(label=say("cases.verifying.grant"), value=state, note=say(f"domain.grant.act.{grant.reason}")),
        Fact(label=say("cases.verifying.valid_span"), value=span_of(grant)),
    )


def _following(paper: Paper) -> tuple[Fact, ...]:
    if paper.replaced_by is None:
        return ()
    number = paper.replaced_by.number
    return (Fact(label=say("cases.verifying.following"), value=number, href=verify_path(paper.replaced_by)),)


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
        *_following(paper),
    ]
    if holder or erased:
        rows.insert(3, Fact(label=say("cases.verifying.holder"), value=mask_name(holder) or erased))
    return tuple(rows)
