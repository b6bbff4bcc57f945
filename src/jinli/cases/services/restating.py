"""Change what holds of a paper: replaced, suspended, in force again, revoked. What it says never changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from jinli.cases.models import Case, Entry, Paper
from jinli.cases.services.opening import actor_of
from jinli.cases.work import flush, take, tell_origin
from jinli.domain.errors import ConflictError, DomainError, InvalidInputError, RefusedError
from jinli.domain.requests import Decision
from jinli.town import moment
from jinli.town.acting import Acting

PAPER_STATE: Final = "paper_state"
REASONS: Final = ("error", "request", "breach", "unlawful", "changed", "review", "renewed", "settled", "decided")
#: From which states a state may follow; a revoked or replaced paper stays so.
_AFTER: Final[Mapping[str, frozenset[str]]] = {
    Paper.State.REPLACED: frozenset({Paper.State.VALID, Paper.State.SUSPENDED}),
    Paper.State.SUSPENDED: frozenset({Paper.State.VALID}),
    Paper.State.VALID: frozenset({Paper.State.SUSPENDED}),
    Paper.State.REVOKED: frozenset({Paper.State.VALID, Paper.State.SUSPENDED}),
}


@dataclass(frozen=True, kw_only=True)
class Restate:
    """Ask that a paper be in another state.

    Attributes
    ----------
    was : the state that the page showed; of two who act at once the second is told.
    reason : one of `REASONS`.
    replaced_by : the paper that stands in its place, for the state `replaced`.
    """

    paper: UUID
    was: str
    state: str
    reason: str
    replaced_by: UUID | None = None


def states_after(state: str) -> tuple[str, ...]:
    """Return the states that may follow a state."""
    return tuple(after for after, before in _AFTER.items() if state in before)


def restates(acting: Acting, paper: Paper, owner: int | None) -> bool:
    """Return whether somebody may change the state of a paper: for the body that sealed it, or owns its case."""
    return "auditor" not in acting.roles and acting.body_id in (paper.sealed_by_id, owner)


def restate_paper(*, acting: Acting, act: Restate) -> Paper:
    """Put a paper in another state, and note it in the journal of its case.

    An entry of the engine: it moves no clock and no stage.

    Raises
    ------
    ConflictError : somebody changed its state meanwhile.
    InvalidInputError : no such reason; `replaced` without the paper that replaces it, or by one of another town.
    RefusedError : only the body that sealed it, or the body responsible for the case, may; a revoked paper stays so.
    Paper.DoesNotExist : no such paper in the town of the one who acts.
    """
    if act.reason not in REASONS:
        raise InvalidInputError(
            "cases.paper.unknown_reason", field="reason", unknown=act.reason, known=", ".join(REASONS)
        )
    case = Paper.objects.values_list("case_id", flat=True).get(pk=act.paper, town=acting.town)
    refused: DomainError | None = None
    with transaction.atomic():
        now = moment.now()
        work, origin = take(case)
        work.settle(now)
        paper = Paper.objects.select_related("sealed_by", "town").get(pk=act.paper)
        try:
            following = _checked(acting, act, paper, work.case)
        except DomainError as error:
            refused = error
        else:
            at = max(now, work.state.recorded_at or now)
            entry = work.add(_decision(acting, act, paper, following, work.case.procedure, at.isoformat()))
            paper.state, paper.state_at, paper.state_reason = act.state, entry.recorded_at, act.reason
            paper.replaced_by = following
            paper.save(update_fields=["state", "state_at", "state_reason", "replaced_by"])
        tell_origin(work, origin, now, now)
        flush([work] if origin is None else [work, origin])
    if refused is not None:
        raise refused
    return paper


def restate_along(*, paper: UUID, state: str, reason: str, following: Paper | None, entry: Entry) -> None:
    """Put a paper in the state that a decision in another case brings, in the same transaction and by the same actor.

    A paper that cannot get there stays as it is: somebody revoked or replaced it before.
    """
    held = Paper.objects.get(pk=paper)
    if held.state not in _AFTER.get(state, frozenset()):
        return
    work, origin = take(held.case_id)
    at = max(entry.recorded_at, work.state.recorded_at or entry.recorded_at)
    work.settle(at)
    actor = json.loads(entry.body)["actor"]
    act = Restate(paper=paper, was=held.state, state=state, reason=reason)
    held.state, held.state_at, held.state_reason, held.replaced_by = state, at, reason, following
    held.save(update_fields=["state", "state_at", "state_reason", "replaced_by"])
    told = _told(act, held.number, following)
    work.add(_entry(actor, told, work.case.procedure, at.isoformat()))
    tell_origin(work, origin, at, at)
    flush([work] if origin is None else [work, origin])


def _checked(acting: Acting, act: Restate, paper: Paper, case: Case) -> Paper | None:
    """Return the paper that stands in its place, `None` where there is none."""
    if not restates(acting, paper, case.owner_id):
        raise RefusedError("cases.paper.not_yours")
    if paper.state != act.was:
        state = f"cases.paper.state.{paper.state}"
        raise ConflictError("cases.paper.restated_meanwhile", number=paper.number, state=state)
    if paper.state not in _AFTER.get(act.state, frozenset()):
        raise RefusedError(
            "cases.paper.no_such_step", was=f"cases.paper.state.{paper.state}", state=f"cases.paper.state.{act.state}"
        )
    if act.state != Paper.State.REPLACED:
        return None
    others = Paper.objects.filter(town=paper.town).exclude(pk=paper.pk)
    following = others.filter(pk=act.replaced_by).first() if act.replaced_by else None
    if following is None or following.state != Paper.State.VALID:
        raise InvalidInputError("cases.paper.nothing_in_its_place", field="replaced_by")
    return following


def _decision(acting: Acting, act: Restate, paper: Paper, following: Paper | None, procedure: str, at: str) -> Decision:
    return _entry(actor_of(acting).to_json(), _told(act, paper.number, following), procedure, at)


def _told(act: Restate, number: str, following: Paper | None) -> dict[str, Any]:
    told: dict[str, Any] = {"number": number, "reason": act.reason, "state": act.state, "was": act.was}
    if following is not None:
        told["replaced_by"] = following.number
    return told


def _entry(actor: Mapping[str, Any], told: Mapping[str, Any], procedure: str, at: str) -> Decision:
    return Decision(
        body={
            "actor": actor,
            "channel": "page",
            "happened_at": at,
            "move": PAPER_STATE,
            "paper": told,
            "procedure": procedure,
            "recorded_at": at,
            "track": "case",
        },
        payload={},
    )
