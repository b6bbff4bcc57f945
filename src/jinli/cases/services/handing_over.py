"""Hand cases over when the power over their matter was taken back: the clock runs on, the applicant is told.

Each case is its own transaction under its own lock, and the journal says which were handed over: a run that is
stopped, killed, repeated or made twice at once adds nothing (DOMAIN.md J9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jinli.cases.papers.composing import both
from jinli.cases.selectors.in_flight import HAND_OVER, first_moment, to_hand_over
from jinli.cases.services.issuing import issued_by
from jinli.cases.work import Work, flush, take, tell_origin
from jinli.domain.decide import by_itself
from jinli.domain.errors import RefusedError
from jinli.domain.procedure import CASE
from jinli.town.acting import Acting
from jinli.town.competence import zone_of
from jinli.town.models import Delegation
from jinli.town.selectors import local_day
from jinli.town.services import facts_of

_AT_ONCE = 200
_RECALLERS = frozenset({"administrator", "town_head"})


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What one run did; `left` says whether cases still wait."""

    cases: int
    left: bool


def hand_over_due(now: datetime, *, most: int = _AT_ONCE) -> int:
    """Hand over, for every recall whose day has come, and return how many cases were.

    The round of the engine calls it; a recall takes effect at 00:00 of its day in town, exactly once.
    """
    rows = Delegation.objects.filter(effect=Delegation.Effect.WAITING, recalled_on__isnull=False)
    due = [one for one in rows.select_related("town", "authority").order_by("recalled_on", "id") if _has_come(one, now)]
    return sum(hand_over_cases(one, now, most=most).cases for one in due)


def hand_over_cases(power: Delegation, now: datetime, *, most: int = _AT_ONCE) -> Handed:
    """Hand over up to `most` open cases of a recalled power, the oldest first.

    Does nothing before the day of the recall, or while the run is stopped.
    """
    power = Delegation.objects.select_related("town", "authority").get(pk=power.pk)
    if power.effect != Delegation.Effect.WAITING or not _has_come(power, now):
        return Handed(cases=0, left=power.effect == Delegation.Effect.STOPPED)
    waiting = list(to_hand_over(power).values_list("pk", flat=True)[: most + 1])
    done = sum(_hand_over(pk, power, now) for pk in waiting[:most])
    left = len(waiting) > most
    if not left:
        # Another run may have been stopped meanwhile: only one that still waits is done.
        Delegation.objects.filter(pk=power.pk, effect=Delegation.Effect.WAITING).update(effect=Delegation.Effect.DONE)
    return Handed(cases=done, left=left)


def stop_hand_over(power: Delegation, *, acting: Acting, stop: bool) -> None:
    """Stop the hand-overs of a recall, or let them go on; those made stay made.

    Raises RefusedError `town.power.not_yours`.
    """
    if power.town_id != acting.town or not acting.roles & _RECALLERS:
        raise RefusedError("town.power.not_yours")
    before, after = Delegation.Effect.WAITING, Delegation.Effect.STOPPED
    if not stop:
        before, after = after, before
    Delegation.objects.filter(pk=power.pk, effect=before).update(effect=after)


def _has_come(power: Delegation, now: datetime) -> bool:
    return power.recalled_on is not None and power.recalled_on <= local_day(power.town, now)


@transaction.atomic
def _hand_over(pk: UUID, power: Delegation, now: datetime) -> bool:
    """Hand one case over, and return whether that was done; what was due in it before is applied first."""
    work, origin = take(pk)
    work.settle(now)
    wanted = work.state.phase != "closed" and work.state.facts.get("recall") != power.code
    if wanted:
        decision = _decision(work, power, now)
        contents = {HAND_OVER: letter(work, power)}
        work.add(issued_by(work, work.procedure.case.moves[HAND_OVER], decision, contents, None))
        work.settle(now)
    if work.changed:
        last = work.entries[-1]
        tell_origin(work, origin, last.happened_at, last.recorded_at)
        flush([work] if origin is None else [work, origin])
    return wanted


def _decision(work: Work, power: Delegation, now: datetime) -> Any:
    assert power.recalled_on is not None
    assert power.recall_ordered_at is not None
    state, procedure = work.state, work.procedure
    happened = max(
        first_moment(power.town, power.recalled_on), power.recall_ordered_at, *(act.at for act in state.acts[-1:])
    )
    happened = happened.astimezone(zone_of(power.town))
    authority = power.authority.code if power.authority else ""
    known = {name for name in ("owner", "leader") if name in procedure.bodies} if authority else set()
    return by_itself(
        state,
        procedure,
        procedure.case.moves[HAND_OVER],
        track=CASE,
        at=happened,
        recorded_at=max(now, state.recorded_at or now),
        book=work.book,
        facts={"recall": power.code, "handed_to": authority},
        given={"reason": power.recall_reason},
        bodies=dict.fromkeys(sorted(known), authority),
    )


def letter(work: Work, power: Delegation) -> dict[str, Any]:
    """Return what the letter to the applicant says beside what every paper of a case knows."""
    body = power.authority
    said: dict[str, Any] = {
        "authority": {"zh": body.name, "en": body.name_en or body.name} if body else None,
        "articles": [power.recall_instrument],
        "reasons": [power.recall_reason],
    }
    if work.case.reporter is not None:
        said["applicant"] = facts_of(work.case.reporter).get("name")
    said["applicant"] = said.get("applicant") or both("cases.hand_over.applicant")
    return {name: value for name, value in said.items() if value}
