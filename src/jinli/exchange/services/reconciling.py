"""Settle a difference between here and there: accept what the other system says, or dispute it. See ADR 14.

Import and decision take turns by the lock of the source, so that neither works on what the other is changing. Every
decision is an entry of the journal; a verdict once given is never turned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from jinli.cases.services import keys
from jinli.cases.services.mirroring import MirrorMove, move_mirrors, open_mirrors, take_many
from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.domain.limits import Unit
from jinli.domain.state import STOPPED, CaseState
from jinli.exchange.models import Difference, Mirror, Source
from jinli.exchange.rows.comparing import CLOSED_MOVED, REOPENED, STARTED, VANISHED
from jinli.exchange.services.telling import teller_of
from jinli.exchange.services.undoing import reopened
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.inserts import Batch, insert
from jinli.town.models import Division
from jinli.ui.words import say

State = Difference.State
#: The channel of the moves that only a difference opens.
RECONCILE: Final = "reconcile"
#: What one press accepts at most, so that nobody else waits long.
AT_ONCE: Final = 200
_NOTE: Final = 200


@dataclass(frozen=True, kw_only=True)
class AcceptedMany:
    """How many were accepted together, and how many are still open."""

    accepted: int
    left: int


def accept(*, acting: Acting, difference: int, version: int | None, key: str | None, note: str = "") -> str:
    """Accept what the other system says and return the number of the case that now stands for the matter.

    Raises
    ------
    Difference.DoesNotExist : no such difference in the town.
    RefusedError : another body watches the source; the case no longer allows it.
    ConflictError : somebody else decided, or the other side changed its value, since the page was made.
    """

    def act(held: Difference, now: datetime) -> str:
        if held.state not in (State.OPEN, State.DISPUTED):
            raise _changed(held)
        return _accept(held, acting, now, note.strip())

    return _decide(acting, difference, version, key, {"do": "accept", "note": note}, act)


def dispute(*, acting: Acting, difference: int, version: int | None, reason: str, key: str | None) -> str:
    """Keep what stands here, say why, and return the number of the case.

    Raises
    ------
    InvalidInputError : no reason, or one too long to be sent along.
    Difference.DoesNotExist, RefusedError, ConflictError : as `accept`.
    """
    reason = reason.strip()

    def act(held: Difference, now: datetime) -> str:
        if not reason:
            raise InvalidInputError("exchange.difference.reason", field="reason")
        if len(reason) > _NOTE:
            raise InvalidInputError("exchange.difference.reason_long", field="reason", most=_NOTE)
        if held.state != State.OPEN:
            raise _changed(held)
        move = MirrorMove(
            move="dispute_difference", channel=RECONCILE, given={"reason": reason}, facts=_facts(held, "disputed")
        )
        move_mirrors(acting=acting, moves={held.mirror.case_id: [move]}, now=now)
        held.note = reason
        _settle(held, State.DISPUTED, acting, now)
        return held.mirror.case.number

    return _decide(acting, difference, version, key, {"do": "dispute", "reason": reason}, act)


def accept_many(*, acting: Acting, source: int, kind: str, upto: int, key: str | None) -> AcceptedMany:
    """Accept the open differences of one kind that the page listed: those up to `upto`, at most `AT_ONCE` at a time.

    Raises
    ------
    Source.DoesNotExist, RefusedError : as `accept`; nothing was written.
    """
    rows = Difference.objects.filter(town=acting.town, mirror__source=source, kind=kind, state=State.OPEN)
    request = keys.digest({"do": "accept_many", "source": source, "kind": kind, "upto": upto})
    town = Division.objects.get(pk=acting.town)

    def act() -> str:
        first = keys.answered(town, acting, key, request)
        if first is not None:
            return first
        _locked(acting, source)
        now = moment.now()
        found = list(_loaded(rows.filter(pk__lte=upto).order_by("id")[:AT_ONCE]))
        for one in found:
            _accept(one, acting, now, "")
        insert(Batch(rows=keys.first_answer(town, acting, key, request, str(len(found)), now)))
        return str(len(found))

    accepted = int(keys.once(town, acting, key, request, act))
    return AcceptedMany(accepted=accepted, left=rows.count())


def _decide(
    acting: Acting,
    difference: int,
    version: int | None,
    key: str | None,
    asked: dict[str, str],
    act: Callable[[Difference, datetime], str],
) -> str:
    """Run a decision once, on the present difference, if it is the one that the page showed."""
    town = Division.objects.get(pk=acting.town)
    request = keys.digest({**asked, "difference": difference})
    source = Difference.objects.values_list("mirror__source", flat=True).get(pk=difference, town=acting.town)

    def run() -> str:
        first = keys.answered(town, acting, key, request)
        if first is not None:
            return first
        _locked(acting, source)
        held = _loaded(Difference.objects.filter(pk=difference)).get()
        if held.version != version:
            raise _changed(held)
        now = moment.now()
        answer = act(held, now)
        insert(Batch(rows=keys.first_answer(town, acting, key, request, answer, now)))
        return answer

    return keys.once(town, acting, key, request, run)


def _locked(acting: Acting, source: int) -> None:
    held = Source.objects.select_for_update(of=("self",)).select_related("watched_by").get(pk=source, town=acting.town)
    if held.watched_by_id != acting.body_id:
        raise RefusedError("exchange.difference.other_body", body=held.watched_by.name)


def _loaded(rows: Any) -> Any:
    return rows.select_related("mirror__case__town", "mirror__source__watched_by", "mirror__town")


def _changed(held: Difference) -> ConflictError:
    return ConflictError("exchange.difference.changed_meanwhile", state=f"exchange.difference.state.{held.state}")


def _facts(held: Difference, name: str) -> dict[str, Any]:
    """Return what the journal keeps of the decision; both values may stand in lists."""
    return {name: {"kind": held.kind, "here": held.here, "there": held.there}}


def _settle(held: Difference, state: str, acting: Acting, now: datetime) -> None:
    held.state, held.decided_by_id, held.decided_at, held.version = state, acting.person, now, held.version + 1
    held.save(update_fields=["state", "decided_by", "decided_at", "version", "note"])


def _accept(held: Difference, acting: Acting, now: datetime, note: str) -> str:
    mirror = held.mirror
    number = _EFFECTS[held.kind](held, mirror, acting, now, note)
    mirror.save(update_fields=["values", "current"])
    _settle(held, State.ACCEPTED, acting, now)
    return number


def _vanished(held: Difference, mirror: Mirror, acting: Acting, now: datetime, note: str) -> str:
    """An open matter ends as withdrawn, its clocks void; one that had ended keeps its verdict and a note."""
    if mirror.case.closed_at is not None:
        return _noted(held, mirror, acting, now, note)
    move = MirrorMove(move="gone_there", channel=RECONCILE, facts=_facts(held, "accepted"), private=_text(note))
    move_mirrors(acting=acting, moves={mirror.case_id: [move]}, now=now)
    mirror.current = False  # were it to come back, that is a new mirror, linked to this one
    return mirror.case.number


def _started(held: Difference, mirror: Mirror, acting: Acting, now: datetime, note: str) -> str:
    """Every running limit that counts from the start counts from theirs; a fixed date stays."""
    state = take_many([mirror.case_id])[mirror.case_id].state
    reason = "；".join(
        part for part in (say("exchange.difference.start.reason", source=mirror.source.name), note) if part
    )
    moves = [
        MirrorMove(
            move="accept_start", channel=RECONCILE, given={"clock": code, "started_at": held.there, "reason": reason}
        )
        for code in _counted_from_start(state)
    ]
    facts = {**_facts(held, "accepted"), "opened_there": held.there}
    moves.append(MirrorMove(move="accept_difference", channel=RECONCILE, facts=facts, private=_text(note)))
    move_mirrors(acting=acting, moves={mirror.case_id: moves}, now=now)
    mirror.values = {**mirror.values, "opened_at": held.there}
    return mirror.case.number


def _counted_from_start(state: CaseState) -> list[str]:
    return [
        clock.code
        for clock in state.clocks.values()
        if clock.state != STOPPED and clock.limit.unit is not Unit.FIXED and state.phase != "closed"
    ]


def _reopened(held: Difference, mirror: Mirror, acting: Acting, now: datetime, note: str) -> str:
    """Open a new mirror, linked to the first, whose verdict stands.

    It runs by the date of the other system alone: from when the town's own limits would count again, nobody says.
    """
    _noted(held, mirror, acting, now, note)
    values = {name: value for name, value in mirror.values.items() if name != "closed_at"}
    opening = reopened(teller_of(mirror.source, mirror.town, now), mirror, values, own_limits=False)
    moved = open_mirrors(acting=acting, town=mirror.town, openings=[opening], now=now)[0]
    Mirror.objects.filter(pk=mirror.pk).update(current=False)
    mirror.current = False
    Mirror.objects.create(
        case_id=moved.case, town=mirror.town, source=mirror.source, foreign_number=mirror.foreign_number,
        round=mirror.round + 1, values=values, first_run_id=mirror.first_run_id, last_run_id=mirror.last_run_id,
    )  # fmt: skip
    return moved.number


def _closed_moved(held: Difference, mirror: Mirror, acting: Acting, now: datetime, note: str) -> str:
    """The journal keeps their new moment; the verdict was given by the first one and stands."""
    _noted(held, mirror, acting, now, note)
    mirror.values = {**mirror.values, "closed_at": held.there}
    return mirror.case.number


def _noted(held: Difference, mirror: Mirror, acting: Acting, now: datetime, note: str) -> str:
    move = MirrorMove(move="accept_difference", channel=RECONCILE, facts=_facts(held, "accepted"), private=_text(note))
    move_mirrors(acting=acting, moves={mirror.case_id: [move]}, now=now)
    return mirror.case.number


def _text(note: str) -> dict[str, str]:
    return {"note": note} if note else {}


_EFFECTS: Final = {VANISHED: _vanished, STARTED: _started, REOPENED: _reopened, CLOSED_MOVED: _closed_moved}
