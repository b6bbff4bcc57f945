"""May this move be made, by this person, now? One function, for the act itself and for the greyed list of moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from jinli.domain.competence import Sealing, turns_away
from jinli.domain.errors import RefusedError
from jinli.domain.procedure import CASE, Move, Procedure
from jinli.domain.requests import Actor, Book
from jinli.domain.state import STOPPED, CaseState


@dataclass(frozen=True, kw_only=True)
class MoveOption:
    """A move as the page shows it: open, or closed with the reason why."""

    move: Move
    track: str
    refusal: RefusedError | None

    @property
    def allowed(self) -> bool:
        """Whether the move may be made now."""
        return self.refusal is None


def options(
    state: CaseState, procedure: Procedure, actor: Actor, at: datetime, book: Book, sealing: Sealing | None = None
) -> Iterator[MoveOption]:
    """Yield every move people can make on a page of the case or of an assignment; not what only an import does."""
    for move in procedure.case.moves.values():
        if not move.by_system and not move.initial and move.on_page:
            why = refusal(state, procedure, move, CASE, actor, at, book, sealing)
            yield MoveOption(move=move, track=CASE, refusal=why)
    if procedure.assignment is not None:
        for assignment in state.assignments.values():
            for move in procedure.assignment.moves.values():
                if not move.by_system and move.on_page:
                    why = refusal(state, procedure, move, assignment.key, actor, at, book, sealing)
                    yield MoveOption(move=move, track=assignment.key, refusal=why)


def refusal(
    state: CaseState,
    procedure: Procedure,
    move: Move,
    track: str,
    actor: Actor,
    at: datetime,
    book: Book,
    sealing: Sealing | None = None,
) -> RefusedError | None:
    """Return why this move is closed to this person at this moment, or `None` when it is open.

    Without `sealing` it is not asked whose power a sealed act needs: the engine always asks.
    """
    stage = state.stage if track == CASE else state.assignments[track].stage
    if move.sealed and sealing is not None and stage in move.sources and not turns_away(move):
        # Before duties: a power that was recalled is the reason, whoever would have had the duty.
        why = _without_power(sealing, actor, at)
        if why is not None:
            return why
    if not _has_duty(state, move, track, actor):
        return RefusedError("domain.move.not_your_duty", move=move.code, duty=", ".join(move.duty))
    if stage not in move.sources:
        return RefusedError("domain.move.not_from_here", move=move.code, stage=stage, sources=", ".join(move.sources))
    for guard in move.not_by:
        for act in state.acts:
            same_person = act.person is not None and act.person == actor.person
            same_body = act.body is not None and act.body == actor.body
            if act.move == guard.move and (same_person or (guard.reach == "body" and same_body)):
                return RefusedError("domain.move.not_by_the_same", move=move.code, other=guard.move, reach=guard.reach)
    if move.cap is not None and _count(state, move, track, actor) >= move.cap.n:
        return RefusedError("domain.move.cap_reached", move=move.code, cap=move.cap.n)
    if move.only_if is not None and not state.facts.get(move.only_if):
        return RefusedError("domain.move.only_if", move=move.code, fact=move.only_if)
    if move.after is not None and not any(act.move == move.after and act.track == track for act in state.acts):
        return RefusedError("domain.move.after", move=move.code, other=move.after)
    if move.while_ is not None:
        clock = state.running(move.while_, track)
        if clock is None or clock.state == STOPPED or at >= book.due(clock).at:
            return RefusedError("domain.move.clock_over", move=move.code, clock=move.while_)
    return sealing.refusal(move, actor, at, state.facts) if move.sealed and sealing is not None else None


def _without_power(sealing: Sealing, actor: Actor, at: datetime) -> RefusedError | None:
    try:
        sealing.held(actor, at)
    except RefusedError as refused:
        return refused
    return None


def _has_duty(state: CaseState, move: Move, track: str, actor: Actor) -> bool:
    if move.by_system:
        return "system" in actor.roles
    for duty in move.duty:
        relation, _, role = duty.partition(".")
        if role and role not in actor.roles:
            continue
        if relation == "any":
            return True
        if relation == "reporter":
            if "reporter" in actor.roles:
                return True
        elif relation == "assigned":
            mine = [state.assignments[track]] if track != CASE else list(state.open_assignments())
            if any(item.body == actor.body for item in mine):
                return True
        elif actor.body is not None and state.bodies.get(relation) == actor.body:
            return True
    return False


def _count(state: CaseState, move: Move, track: str, actor: Actor) -> int:
    assert move.cap is not None
    reach = move.cap.reach
    subject = state.assignments[track] if track != CASE else None
    count = 0
    for act in state.acts:
        if act.move != move.code:
            continue
        if reach == "person" and act.person != actor.person:
            continue
        if reach == "round" and act.round != (subject.round if subject else state.round):
            continue
        # A department's cap counts what was done on its own assignments, whoever typed it.
        if reach == "body" and subject and (act.track == CASE or state.assignments[act.track].body != subject.body):
            continue
        count += 1
    return count
