"""What the holder of grants sees: each with its end, what runs on it, and its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse

from jinli.cases.editions import pinned
from jinli.cases.models import Case, Grant, GrantChange, Paper
from jinli.cases.pages.grants_page import left_of, span_of
from jinli.cases.selectors.grants import GRANT_CHANGE, LIVE, RENEWAL, held_by
from jinli.cases.selectors.papers import paper_title
from jinli.cases.services.printing import verify_path
from jinli.domain.grants import GrantState, asked_in_time
from jinli.town.models import Division, Party
from jinli.town.selectors import local_day
from jinli.ui.dates import due_text
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class MyGrant:
    """One grant in its holder's list."""

    number: str
    title: str
    url: str
    valid: str
    left: str
    state: str
    urgent: bool


@dataclass(frozen=True, kw_only=True)
class Running:
    """A renewal or change of a grant: how it stands and by when it is decided."""

    number: str
    title: str
    stage: str
    due: str


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper with its PDF, and how it stands."""

    title: str
    number: str
    state: str
    valid: bool
    url: str
    verify_url: str


@dataclass(frozen=True, kw_only=True)
class MyGrantPage:
    """One grant as its holder sees it.

    Attributes
    ----------
    renewing : what asking for renewal now means, empty where it cannot be asked for; `why_not` then says why.
    changing : whether a change can be asked for.
    """

    number: str
    title: str
    state: str
    tone: str
    valid: str
    left: str
    conditions: tuple[str, ...]
    running: tuple[Running, ...]
    papers: tuple[PaperLine, ...]
    history: tuple[tuple[str, str], ...]
    renewing: str
    in_time: bool
    why_not: str
    changing: bool
    simulated: bool


def my_grants(town: Division, party: Party, now: datetime) -> tuple[MyGrant, ...]:
    """Return the grants of a party. One statement."""
    today = local_day(town, now)
    return tuple(
        MyGrant(
            number=one.number,
            title=one.title,
            url=f"{reverse('services:my-grant', args=[town.code])}?{urlencode({'grant': one.number})}",
            valid=span_of(one),
            left=left_of(one, today),
            state=say(f"domain.grant.state.{one.state}"),
            urgent=one.state in LIVE and one.valid_to is not None and (one.valid_to - today).days <= 60,
        )
        for one in held_by(town, party)[:_SHOWN]
    )


def my_grant_page(grant: Grant, now: datetime) -> MyGrantPage:
    """Return the page of one grant for its holder. Three statements."""
    town, today = grant.town, local_day(grant.town, now)
    changes = list(GrantChange.objects.filter(grant=grant).select_related("case").order_by("-seq"))
    rows = Case.objects.filter(origin=grant.case_id, type_code__in=(RENEWAL, GRANT_CHANGE), reporter=grant.holder_id)
    linked = list(rows.order_by("-opened_at"))
    open_ = [one for one in linked if one.closed_at is None]
    papers = Paper.objects.filter(case__in=[grant.case_id, *(one.pk for one in linked)]).defer("content", "salt")
    renewing, why_not = _renewing(grant, open_, today)
    state = GrantState(grant.state)
    return MyGrantPage(
        number=grant.number,
        title=grant.title,
        state=say(f"domain.grant.state.{grant.state}"),
        tone="info" if state is GrantState.VALID else "warning" if state is GrantState.SUSPENDED else "danger",
        valid=span_of(grant),
        left=left_of(grant, today),
        conditions=tuple(grant.conditions.splitlines()),
        running=tuple(_running(town, one, now) for one in open_),
        papers=paper_lines(town, list(papers.order_by("-issued_at", "kind"))),
        history=tuple(
            (word_moment(one.at, lang=tongue(), now=now), say(f"domain.grant.act.{one.act}")) for one in changes
        ),
        renewing=renewing,
        in_time=grant.valid_to is not None and asked_in_time(grant.valid_to, today),
        why_not=why_not,
        changing=state is GrantState.VALID and not any(_undecided(one, GRANT_CHANGE) for one in open_),
        simulated=grant.simulated,
    )


def paper_lines(town: Division, papers: list[Paper]) -> tuple[PaperLine, ...]:
    """Return papers with the address of their PDF for whom they concern. No query while the templates stand."""
    return tuple(
        PaperLine(
            title=paper_title(town, one.kind),
            number=one.number,
            state=say(f"cases.paper.state.{one.state}"),
            valid=one.state == Paper.State.VALID,
            url=f"{reverse('services:my-paper', args=[town.code])}?paper={one.pk}",
            verify_url=verify_path(one),
        )
        for one in papers
    )


def _undecided(case: Case, kind: str) -> bool:
    return case.type_code == kind and case.stage in ("asked", "proposed")


def _renewing(grant: Grant, open_: list[Case], today: date) -> tuple[str, str]:
    asked = next((one for one in open_ if _undecided(one, RENEWAL)), None)
    if asked is not None:
        return "", say("cases.grant.renew.open", number=asked.number)
    if grant.valid_to is None:
        return "", say("services.grant.no_end")
    if grant.state != GrantState.VALID or grant.valid_to < today:
        return "", say("services.grant.not_now", state=say(f"domain.grant.state.{grant.state}"))
    in_time = asked_in_time(grant.valid_to, today)
    return say("cases.grant.renew.in_time" if in_time else "cases.grant.renew.late"), ""


def _running(town: Division, case: Case, now: datetime) -> Running:
    stage = pinned(town, case.procedure).case.stages[case.stage].title
    return Running(
        number=case.number,
        title=case.title,
        stage=(tongue() == "en" and stage.en) or stage.zh,
        due=due_text(case.due_at, tongue=tongue(), today=local_day(town, now)) if case.due_at else "",
    )
