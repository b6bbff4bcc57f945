"""Grants: given in the transaction of the deciding move, changed by cases of their own, ended by the calendar.

What becomes of a grant follows from the journal of the case that decides it: the general page of a move, the tick and
an interface all lead here, in the same transaction (`follow`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model

from jinli.cases.models import Case, Entry, Grant, GrantChange, Notice, Paper
from jinli.cases.selectors.grants import GRANT_CHANGE, GRANT_ENDS, LIVE, RENEWAL, open_change, open_renewal
from jinli.cases.services import keys
from jinli.cases.services.grant_papers import changed_conditions, follow_paper
from jinli.cases.services.joining import open_linked_case
from jinli.cases.services.opening import OpenCase
from jinli.cases.work import Work, take
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.grants import (
    CHANGES,
    RULES,
    TELL_BEFORE_DAYS,
    GrantAct,
    GrantState,
    asked_in_time,
    next_end,
    state_after,
)
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.competence import powers_of
from jinli.town.inserts import Batch, insert
from jinli.town.models import Division, Party
from jinli.town.selectors import local_day, towns
from jinli.ui.words import say_in

_PREFIX: Final = "证"


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a decision gives: the kind is the item, `valid_to` None means without end or not known.

    `number` empty gives the next of the town's series; `renews` is the grant that this one takes the place of.
    """

    kind: str
    title: str
    holder: Party
    case: Case
    valid_from: date
    valid_to: date | None = None
    conditions: str = ""
    number: str = ""
    paper: Paper | None = None
    renews: Grant | None = None


def grant_rows(given: Given, at: datetime) -> list[Model]:
    """Return the rows of a new grant, to be written with the deciding move (`Batch(rows=...)` for each, in order).

    Raises InvalidInputError `cases.grant.ends_before` when it would end before it begins.
    """
    if given.valid_to is not None and given.valid_to < given.valid_from:
        raise InvalidInputError("cases.grant.ends_before", field="valid_to")
    town = given.case.town
    grant = Grant(
        town=town, number=given.number or _next_number(town, at), kind=given.kind, title=given.title[:120],
        holder=given.holder, case=given.case, paper=given.paper, valid_from=given.valid_from, valid_to=given.valid_to,
        term_from=given.valid_from, conditions=given.conditions, since=at, reason=GrantAct.GIVE.value,
        renews=given.renews, simulated=given.case.simulated,
    )  # fmt: skip
    return [grant, _change(grant, 1, GrantAct.GIVE, given.case, at)]


@transaction.atomic
def grant_given(given: Given, *, at: datetime) -> Grant:
    """Write a new grant in the transaction of the deciding move; the one it renews is replaced."""
    grant, change = grant_rows(given, at)
    insert(Batch(rows=[grant]))
    change.save()
    assert isinstance(grant, Grant)
    if given.renews is not None:
        _apply(given.renews, GrantAct.REPLACE, case=given.case, at=at)
    return grant


def _next_number(town: Division, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(town.zone))
    return keys.number_text(_PREFIX, local.year, keys.next_number(town, _PREFIX, local))


@transaction.atomic
def propose_change(*, acting: Acting, grant: Grant, act: str, reason: str, conditions: str = "") -> Case:
    """Open the case in which a change to a grant is decided: suspend, resume, revoke, cancel or change it.

    The holder is told and heard before the decision; the decision gives its own basis. Raises InvalidInputError at the
    field, RefusedError `domain.grant.not_now`, or when another body than the one that gave it proposes.
    """
    if act not in CHANGES:
        raise InvalidInputError("cases.grant.no_such_change", field="kind", found=act)
    if not reason.strip():
        raise InvalidInputError("cases.grant.reason_missing", field="reason")
    if act == GrantAct.CHANGE and not conditions.strip():
        raise InvalidInputError("cases.grant.conditions_missing", field="conditions")
    held = _held(acting, grant)
    state_after(held.state, GrantAct(act))
    bodies, size = _origin(held)
    if acting.body != bodies["owner"]:
        raise RefusedError("cases.grant.not_yours")
    spec = OpenCase(
        type_code=GRANT_CHANGE,
        title=say_in("zh-hans", f"cases.grant.proposed.{act}", title=held.title),
        channel="page",
        class_code=held.kind,
        reporter=held.holder,
        given={"kind": act, "reason": reason.strip()},
        facts={
            **size,
            "grant": held.number,
            "act": act,
            "conditions": conditions.strip(),
            "article": CHANGES[GrantAct(act)],
        },
        bodies={"owner": bodies["owner"], "leader": bodies["leader"]},
        simulated=held.simulated,
    )
    return open_linked_case(acting=acting, origin=held.case_id, spec=spec)


@transaction.atomic
def ask_change(*, acting: Acting, grant: Grant, wish: str, channel: str = "public") -> Case:
    """Ask for a change to a grant for its holder (Administrative Licensing Law art. 49).

    What is asked for is kept with the words that can be erased, never hashed. Raises InvalidInputError
    `cases.grant.wish_missing`, RefusedError: a change is asked for already, or `domain.grant.not_now`.
    """
    if not wish.strip():
        raise InvalidInputError("cases.grant.wish_missing", field="wish")
    held = _held(acting, grant)
    state_after(held.state, GrantAct.CHANGE)
    asked = open_change(held)
    if asked is not None:
        raise RefusedError("cases.grant.change_asked", number=asked.number)
    act, (bodies, size) = GrantAct.CHANGE, _origin(held)
    spec = OpenCase(
        type_code=GRANT_CHANGE,
        title=say_in("zh-hans", f"cases.grant.proposed.{act}", title=held.title),
        channel=channel,
        class_code=held.kind,
        reporter=held.holder,
        given={"kind": act.value, "reason": wish.strip()},
        facts={
            **size,
            "grant": held.number,
            "act": act.value,
            "conditions": "",
            "article": CHANGES[act],
            "asked_by": "holder",
        },
        bodies={"owner": bodies["owner"], "leader": bodies["leader"]},
        simulated=held.simulated,
    )
    return open_linked_case(acting=acting, origin=held.case_id, spec=spec)


@transaction.atomic
def ask_renewal(*, acting: Acting, grant: Grant, channel: str = "counter") -> Case:
    """Ask for the renewal of a grant for its holder (Administrative Licensing Law art. 50).

    Asked thirty days before the end or earlier, no decision by the end is a renewal; asked later it is not. Raises
    RefusedError: no end, over already, asked already, or `domain.grant.not_now`.
    """
    held = _held(acting, grant)
    state_after(held.state, GrantAct.RENEW)
    today = local_day(held.town, moment.now())
    if held.valid_to is None:
        raise RefusedError("cases.grant.no_end")
    if held.valid_to < today:
        raise RefusedError("cases.grant.over")
    asked = open_renewal(held)
    if asked is not None:
        raise RefusedError("cases.grant.asked_already", number=asked.number)
    in_time = asked_in_time(held.valid_to, today)
    end = datetime.combine(held.valid_to + timedelta(days=1), time(), ZoneInfo(held.town.zone))
    article = say_in("zh-hans", "cases.grant.article50")
    limit = TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=end, article=article, end_rule=EndRule.STAY)
    bodies, size = _origin(held)
    spec = OpenCase(
        type_code=RENEWAL,
        title=say_in("zh-hans", "cases.grant.renewal_of", title=held.title),
        channel=channel,
        class_code=held.kind,
        reporter=held.holder,
        facts={**size, "grant": held.number, "valid_to": held.valid_to.isoformat(), "in_time": in_time},
        terms={"expiry" if in_time else "late_expiry": limit},
        bodies=bodies,
        simulated=held.simulated,
    )
    return open_linked_case(acting=acting, origin=held.case_id, spec=spec)


def _held(acting: Acting, grant: Grant) -> Grant:
    rows = Grant.objects.select_for_update(of=("self",)).select_related("town", "holder")
    return rows.get(pk=grant.pk, town=acting.town)


def _origin(grant: Grant) -> tuple[dict[str, str], dict[str, Any]]:
    """Return who looks after a grant, and how large its matter is where a power over it has a bound.

    Both are those of the case that gave it: under the same bound it is renewed, changed and taken back.
    """
    work, _ = take(grant.case_id, lock=False)
    held, facts = work.state.bodies, work.state.facts
    owner = held.get("owner") or ""
    bounds = [one.bound.fact for one in powers_of(grant.town) if one.item == grant.kind and one.bound is not None]
    size: dict[str, Any] = {name: facts[name] for name in (*bounds, "units") if bounds and name in facts}
    return {"window": held.get("window") or owner, "owner": owner, "leader": held.get("leader") or owner}, size


def follow(work: Work) -> None:
    """Do to the grant what the new entries of a case decide; called by the engine when a case is written."""
    for entry in work.entries:
        act = _decided(work, entry)
        if act is None:
            continue
        rows = Grant.objects.select_for_update(of=("self",)).select_related("town", "paper")
        grant = rows.get(town=work.case.town_id, number=work.state.facts["grant"])
        by_itself = act is GrantAct.DEEMED_RENEWED
        if by_itself and GrantState(grant.state) not in RULES[act][0]:
            continue  # revoked in the meantime: what the calendar brings cannot be refused, it finds nothing to renew
        conditions = changed_conditions(work, grant) if act is GrantAct.CHANGE else ""
        _apply(grant, act, case=work.case, at=entry.happened_at, conditions=conditions)
        follow_paper(grant, act, work, entry)


def _decided(work: Work, entry: Entry) -> GrantAct | None:
    if work.case.type_code == RENEWAL:
        return {"renew": GrantAct.RENEW, "deemed_renewed": GrantAct.DEEMED_RENEWED}.get(entry.move)
    return GrantAct(work.state.facts["act"]) if entry.move == "decide" else None


def _apply(grant: Grant, act: GrantAct, *, case: Case | None, at: datetime, conditions: str = "") -> None:
    """Do one thing to a grant and remember it. Raises RefusedError `domain.grant.not_now`."""
    grant.state = state_after(grant.state, act).value
    if act in (GrantAct.RENEW, GrantAct.DEEMED_RENEWED) and grant.valid_to is not None:
        ended = grant.valid_to
        grant.valid_to, grant.term_from = next_end(grant.term_from, ended), ended + timedelta(days=1)
    if act is GrantAct.CHANGE:
        grant.conditions = conditions
    grant.since, grant.reason = at, act.value
    grant.save(update_fields=["state", "valid_to", "term_from", "conditions", "since", "reason"])
    _change(grant, grant.changes.count() + 1, act, case, at).save()


def _change(grant: Grant, seq: int, act: GrantAct, case: Case | None, at: datetime) -> GrantChange:
    return GrantChange(
        grant=grant, seq=seq, act=act.value, state=grant.state, valid_to=grant.valid_to, conditions=grant.conditions,
        case=case, at=at,
    )  # fmt: skip


def round_of_grants(now: datetime) -> int:
    """End what is over, tell holders what ends soon, and return how many grants ended. Part of the engine's round.

    A grant whose renewal was asked for in time is renewed by the tick before; one asked late waits for its decision no
    longer than its end.
    """
    ended = 0
    for town in towns():
        today = local_day(town, now)
        over = Grant.objects.filter(town=town, state__in=LIVE, valid_to__lt=today).select_related("town")
        for grant in over.order_by("valid_to", "id"):
            ended += _expire(grant, now)
        _tell_holders(town, today, now)
    return ended


@transaction.atomic
def _expire(grant: Grant, now: datetime) -> bool:
    """End one grant at the moment its last day ended."""
    held = Grant.objects.select_for_update(of=("self",)).select_related("town").get(pk=grant.pk)
    if held.state not in LIVE or held.valid_to is None or held.valid_to >= local_day(held.town, now):
        return False
    at = datetime.combine(held.valid_to + timedelta(days=1), time(), ZoneInfo(held.town.zone))
    _apply(held, GrantAct.EXPIRE, case=None, at=at)
    return True


def revoke_given(case: Case, *, at: datetime) -> int:
    """Revoke what a case gave, in the transaction in which the same case takes it back; return how many grants.

    Licensing Law art. 69. A grant that is over already stays as it is.
    """
    rows = Grant.objects.select_for_update(of=("self",)).select_related("town")
    held = list(rows.filter(case=case, state__in=LIVE).order_by("number"))
    for grant in held:
        _apply(grant, GrantAct.REVOKE, case=case, at=at)
    return len(held)


def _tell_holders(town: Division, today: date, now: datetime) -> None:
    """Tell holders and the bodies that gave it, once sixty and once thirty days before the end."""
    furthest = today + timedelta(days=max(TELL_BEFORE_DAYS))
    rows = Grant.objects.filter(town=town, state=GrantState.VALID.value, valid_to__gte=today, valid_to__lte=furthest)
    told = [notice for grant in rows.select_related("case") for notice in _notices(grant, today, now)]
    Notice.objects.bulk_create(told, ignore_conflicts=True)


def _notices(grant: Grant, today: date, now: datetime) -> Sequence[Notice]:
    assert grant.valid_to is not None
    left = (grant.valid_to - today).days
    days = min(one for one in TELL_BEFORE_DAYS if left <= one)
    unique = f"{grant.pk.hex}/{grant.valid_to}/{days}"
    common = {"town_id": grant.town_id, "case": grant.case, "entry_seq": grant.case.seq, "move": GRANT_ENDS}
    holder = Notice(**common, channel="sms", to_party_id=grant.holder_id, unique=f"{unique}/holder", created_at=now)
    if grant.case.owner_id is None:
        return [holder]
    body = Notice(
        **common, channel="in_app", to_body_id=grant.case.owner_id, unique=f"{unique}/body", created_at=now,
        state=Notice.State.SENT, sent_at=now,
    )  # fmt: skip
    return [holder, body]
