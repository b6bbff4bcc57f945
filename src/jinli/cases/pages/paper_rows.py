"""The papers of a case as its page lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from jinli.cases.models import Case, Paper
from jinli.cases.selectors.papers import paper_title
from jinli.cases.services.restating import restates, states_after
from jinli.town.acting import Acting
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

#: Tone and drawing of each state; the word stands beside them.
LOOKS: Final = {
    Paper.State.VALID: ("", "tick"),
    Paper.State.REPLACED: ("strong", "copy"),
    Paper.State.SUSPENDED: ("warning", "pause"),
    Paper.State.REVOKED: ("strong", "cross"),
}


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One paper; without `url` it cannot be printed any more, and `note` says why."""

    title: str
    number: str
    when: str
    state: str
    tone: str
    icon: str
    note: str
    url: str
    english_url: str
    verify_url: str
    state_url: str


def paper_rows(papers: Sequence[Paper], case: Case, acting: Acting, now: datetime) -> tuple[PaperRow, ...]:
    """Return the papers of a case as somebody sees them, the oldest first."""
    return tuple(_row(one, case, acting, now) for one in papers)


def _row(one: Paper, case: Case, acting: Acting, now: datetime) -> PaperRow:
    open_ = bool(states_after(one.state)) and restates(acting, one, case.owner_id)
    tone, icon = LOOKS[Paper.State(one.state)]
    url = "" if one.erased_at else reverse("cases:paper", args=[one.pk])
    return PaperRow(
        title=paper_title(case.town, one.kind),
        number=one.number,
        when=word_moment(one.issued_at, lang=tongue(), now=now),
        state=say(f"cases.paper.state.{one.state}"),
        tone=tone,
        icon=icon,
        note=_note(one),
        url=url,
        english_url=f"{url}?lang=en" if url else "",
        verify_url=reverse("cases:verify", args=[one.token]),
        state_url=reverse("cases:paper-state", args=[one.pk]) if open_ else "",
    )


def _note(one: Paper) -> str:
    if one.erased_at:
        return say("cases.papers.erased")
    if one.replaced_by is not None:
        return say("cases.papers.replaced_by", number=one.replaced_by.number)
    return say(f"cases.paper.reason.{one.state_reason}") if one.state_reason else ""
