"""What the register of grants shows: the list, and one grant with what happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from jinli.cases.export import MOST, Table
from jinli.cases.models import Case, Grant, GrantChange
from jinli.cases.pages.queue_page import Filter, Option
from jinli.cases.selectors.grants import LIVE, found_grants, kinds_granted, open_renewal
from jinli.cases.selectors.visible import visible_cases
from jinli.domain.grants import GrantAct, GrantState, asked_in_time, possible
from jinli.town.acting import Acting
from jinli.town.masking import mask_name
from jinli.town.models import Division, Party, PartyFact
from jinli.town.selectors import local_day
from jinli.ui.dates import day_text
from jinli.ui.parts import Crumb, Fact, PageKeys
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

ON_A_PAGE: Final = 50
ENDS: Final = (30, 60, 180)
_TONES: Final = {"suspended": "warning", "revoked": "strong"}


@dataclass(frozen=True, kw_only=True)
class AskedGrants:
    """What a reader asks the register for."""

    kind: str = ""
    state: str = ""
    ends: int | None = None
    text: str = ""
    start: int = 0

    @property
    def filtered(self) -> bool:
        """Return whether anything narrows the list."""
        return bool(self.kind or self.state or self.ends or self.text)

    def query(self, **more: object) -> str:
        """Return the query of an address that asks for the same, with something more."""
        asked = {"kind": self.kind, "state": self.state, "ends": self.ends, "q": self.text, **more}
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, kw_only=True)
class GrantRow:
    """One grant in the list."""

    number: str
    url: str
    title: str
    holder: str
    valid: str
    left: str
    state: str
    tone: str
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class GrantsPage:
    """The register with its filters and the way to go on."""

    rows: tuple[GrantRow, ...]
    asked: AskedGrants
    filters: tuple[Filter, ...]
    base: str
    count: str
    keys: PageKeys
    export_url: str


@dataclass(frozen=True, kw_only=True)
class HappenedLine:
    """One thing that happened to a grant; the case is empty for what the calendar brought."""

    when: str
    what: str
    state: str
    number: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Renewing:
    """Whether renewal can be asked for, and what silence would mean then."""

    can: bool
    note: str
    tone: str
    url: str


@dataclass(frozen=True, kw_only=True)
class GrantPage:
    """One grant with what happened to it and what may be done now."""

    id: str
    number: str
    title: str
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    conditions: str
    history: tuple[HappenedLine, ...]
    changes: tuple[tuple[str, str], ...]
    renewing: Renewing | None
    simulated: bool


def grants_page(acting: Acting, town: Division, asked: AskedGrants, now: datetime) -> GrantsPage:
    """Return a page of the register. Four statements: rows, count, kinds, names of the holders."""
    today = local_day(town, now)
    found = _found(acting, asked, today)
    rows = list(found[asked.start : asked.start + ON_A_PAGE + 1])
    shown, base = rows[:ON_A_PAGE], reverse("cases:grants")
    further = asked.query(start=asked.start + ON_A_PAGE) if len(rows) > ON_A_PAGE else ""
    return GrantsPage(
        rows=tuple(grant_rows_of(shown, today)),
        asked=asked,
        filters=_filters(acting, asked),
        base=base,
        count=say("cases.grants.count", count=found.order_by().count()),
        keys=PageKeys(
            shown=len(shown),
            first_url=f"{base}?{asked.query()}" if asked.start else "",
            next_url=f"{base}?{further}" if further else "",
        ),
        export_url=f"{reverse('cases:grants-export')}?{asked.query()}",
    )


def _found(acting: Acting, asked: AskedGrants, today: date) -> QuerySet[Grant]:
    return found_grants(
        acting, kind=asked.kind, state=asked.state, ends_within=asked.ends, text=asked.text, today=today
    )


def _filters(acting: Acting, asked: AskedGrants) -> tuple[Filter, ...]:
    kinds = [(code, title) for code, title in kinds_granted(acting).items()]
    states = [(one.value, say(f"domain.grant.state.{one}")) for one in GrantState]
    ends = [(str(days), say("cases.grants.filter.days", days=days)) for days in ENDS]
    return (
        _filter("kind", kinds, asked.kind),
        _filter("state", states, asked.state),
        _filter("ends", ends, str(asked.ends or "")),
    )


def _filter(name: str, choices: Iterable[tuple[str, str]], chosen: str) -> Filter:
    offered = [("", f"{say(f'cases.grants.filter.{name}')}{say('ui.colon')}{say('cases.grants.filter.any')}"), *choices]
    options = tuple(Option(value=value, label=label, chosen=value == chosen) for value, label in offered)
    return Filter(name=name, label=say(f"cases.grants.filter.{name}"), options=options)


def grant_rows_of(grants: Iterable[Grant], today: date) -> Iterator[GrantRow]:
    """Yield grants as rows of the register. One statement, for the names of the holders."""
    held = list(grants)
    names = holder_names([one.holder for one in held])
    for one in held:
        yield GrantRow(
            number=one.number,
            url=reverse("cases:grant", args=[one.pk]),
            title=one.title,
            holder=names.get(one.holder_id.hex, ""),
            valid=span_of(one),
            left=left_of(one, today),
            state=say(f"domain.grant.state.{one.state}"),
            tone=_TONES.get(one.state, ""),
            simulated=one.simulated,
        )


def holder_names(holders: Iterable[Party]) -> dict[str, str]:
    """Return the names of holders by their id: firms in full, people masked. One statement."""
    kinds = {one.pk: one.kind for one in holders}
    rows = PartyFact.objects.filter(party__in=kinds, attribute="name", valid_to=None).order_by("recorded_at")
    return {
        one.party_id.hex: one.value if kinds[one.party_id] == Party.Kind.ENTERPRISE else mask_name(one.value)
        for one in rows
    }


def span_of(grant: Grant) -> str:
    """Return from when to when a grant is valid, in words."""
    begin = day_text(grant.valid_from, tongue=tongue(), weekday=False)
    if grant.valid_to is None:
        return say("cases.grant.no_end_text", begin=begin)
    return say("cases.grant.span", begin=begin, end=day_text(grant.valid_to, tongue=tongue(), weekday=False))


def left_of(grant: Grant, today: date) -> str:
    """Return how many days a live grant has left, empty where that says nothing."""
    if grant.valid_to is None or grant.state not in LIVE:
        return ""
    days = (grant.valid_to - today).days
    return say("cases.grant.ends_in", days=days) if days >= 0 else say("cases.grant.ended")


def grant_page(acting: Acting, town: Division, grant: Grant, now: datetime) -> GrantPage:
    """Return the page of one grant. Four statements."""
    today = local_day(town, now)
    changes = list(GrantChange.objects.filter(grant=grant).select_related("case").order_by("seq"))
    wanted = {grant.case_id, *(one.case_id for one in changes if one.case_id)}
    seen = set(visible_cases(acting).filter(pk__in=wanted).values_list("pk", flat=True))
    mine = grant.case.owner_id is not None and grant.case.owner_id == acting.body_id
    since = say(
        "cases.grant.fact.since",
        at=word_moment(grant.since, lang=tongue(), now=now), act=say(f"domain.grant.act.{grant.reason}"),
    )  # fmt: skip
    return GrantPage(
        id=str(grant.pk),
        number=grant.number,
        title=grant.title,
        crumbs=(Crumb(label=say("cases.grants.title"), url=reverse("cases:grants")), Crumb(label=grant.number)),
        facts=(
            Fact(
                label=say("cases.grant.fact.state"), value=say(f"domain.grant.state.{grant.state}"), note=since,
                tone=_TONES.get(grant.state, ""),
            ),
            Fact(label=say("cases.grant.fact.valid"), value=span_of(grant), note=left_of(grant, today)),
            Fact(
                label=say("cases.grant.fact.holder"), value=holder_names([grant.holder]).get(grant.holder_id.hex),
            ),
            Fact(
                label=say("cases.grant.fact.case"), value=grant.case.number,
                href=reverse("cases:case", args=[grant.case_id]) if grant.case_id in seen else "",
            ),
        ),
        conditions=grant.conditions,
        history=tuple(_happened(one, seen, now) for one in changes),
        changes=tuple((act.value, say(f"cases.grant.change.kind.{act}")) for act in possible(grant.state))
        if mine
        else (),
        renewing=_renewing(grant, today, seen) if grant.valid_to is not None else None,
        simulated=grant.simulated,
    )  # fmt: skip


def _happened(one: GrantChange, seen: set[UUID], now: datetime) -> HappenedLine:
    end = (
        say("cases.grant.history.valid_to", day=day_text(one.valid_to, tongue=tongue(), weekday=False))
        if one.valid_to and one.act in (GrantAct.GIVE, GrantAct.RENEW, GrantAct.DEEMED_RENEWED)
        else ""
    )
    return HappenedLine(
        when=word_moment(one.at, lang=tongue(), now=now),
        what=say(f"domain.grant.act.{one.act}"),
        state=end or (say(f"domain.grant.state.{one.state}") if one.act == GrantAct.CHANGE else ""),
        number=one.case.number if one.case else "",
        url=reverse("cases:case", args=[one.case_id]) if one.case_id in seen else "",
    )


def _renewing(grant: Grant, today: date, seen: set[UUID]) -> Renewing | None:
    if grant.state != GrantState.VALID or grant.valid_to is None or grant.valid_to < today:
        return None
    asked: Case | None = open_renewal(grant)
    if asked is not None:
        url = reverse("cases:case", args=[asked.pk])
        return Renewing(can=False, note=say("cases.grant.renew.open", number=asked.number), tone="info", url=url)
    in_time = asked_in_time(grant.valid_to, today)
    key = "cases.grant.renew.in_time" if in_time else "cases.grant.renew.late"
    return Renewing(can=True, note=say(key), tone="info" if in_time else "warning", url="")


def grants_table(acting: Acting, town: Division, asked: AskedGrants, now: datetime) -> Table:
    """Return the register as a sheet."""
    heads = [say(f"cases.grants.column.{name}") for name in ("number", "title")]
    heads += [say("cases.grant.fact.holder"), *(say(f"cases.grants.column.{name}") for name in ("valid", "state"))]
    today = local_day(town, now)
    rows = grant_rows_of(_found(acting, asked, today)[:MOST], today)
    return Table(
        name=f"{say('cases.grants.file')}-{today:%Y%m%d}",
        heads=[*heads, say("cases.grants.column.simulated")],
        rows=[[one.number, one.title, one.holder, one.valid, one.state, say("ui.yes") if one.simulated else ""]
              for one in rows],
    )  # fmt: skip
