"""Decide what a move does. Nothing here changes anything: the answer is the body of one journal entry.

The functional core: `decide` checks and composes, `state.evolve` applies, `settle` says what happened by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from jinli.domain.competence import Sealing
from jinli.domain.compose import Composer
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.guards import refusal
from jinli.domain.procedure import CASE, Move, Procedure
from jinli.domain.requests import IMPORT, SYSTEM, Actor, Book, Decision, MoveRequest
from jinli.domain.state import LAPSED, OPEN, PAUSED, STOPPED, CaseState, ClockState, evolve

#: Moves the engine makes for every procedure, without a word in its grammar.
CLOCK_BROKEN, CLOCK_LAPSED, CLOCK_RESUMED, DUE_MOVED = "clock_broken", "clock_lapsed", "clock_resumed", "due_moved"


def decide(
    state: CaseState, procedure: Procedure, request: MoveRequest, book: Book, sealing: Sealing | None = None
) -> Decision:
    """Return the entry that the requested move makes; that of a sealed act records under which power it is done.

    Raises
    ------
    InvalidInputError : the move is unknown, an answer it needs is missing, a moment lies in the future.
    RefusedError : the move is closed to this person, at this stage, at this time.
    """
    if request.track != CASE and request.track not in state.assignments:
        raise InvalidInputError("domain.move.unknown_assignment", assignment=request.track)
    move = procedure.track(request.track).moves.get(request.move)
    if move is None:
        raise InvalidInputError("domain.move.unknown", move=request.move)
    why = (
        None
        if move.initial
        else refusal(state, procedure, move, request.track, request.actor, request.happened_at, book, sealing)
    )
    if why is not None:
        raise why
    if move.initial and state.seq:
        raise RefusedError("domain.move.already_open", move=move.code)
    # A machine acts for somebody with an account, so it may do what their page may.
    if move.channels and ("page" if request.channel == "api" else request.channel) not in move.channels:
        raise RefusedError("domain.move.channel", move=move.code, channel=request.channel)
    for need in move.needs:
        if request.given.get(need) in (None, "", [], ()):
            raise InvalidInputError("domain.move.needs", move=move.code, field=need)
    if move.initial:
        for term in sorted(procedure.brings - set(request.terms)):
            raise InvalidInputError("domain.move.no_limit", clock=term, field="promise")
    _check_moment(state, move, request, book)
    if move.sealed and sealing is not None:
        known = {**state.facts, **request.facts}
        held = sealing.competence(move, request.actor, request.happened_at, known)
        request = replace(request, facts={**request.facts, **held.to_facts()})
    return Composer(state, procedure, move, request, book).compose()


def _check_moment(state: CaseState, move: Move, request: MoveRequest, book: Book) -> None:
    if request.happened_at > request.recorded_at:
        raise InvalidInputError("domain.move.in_the_future", field="happened_at")
    if state.recorded_at is not None and request.recorded_at < state.recorded_at:
        raise RefusedError("domain.move.clock_went_back", move=move.code)
    if request.happened_at < request.recorded_at and not move.initial and request.channel != IMPORT:
        if move.back_record is None:
            raise InvalidInputError("domain.move.no_back_recording", move=move.code, field="happened_at")
        opened = state.moments if request.track == CASE else state.assignments[request.track].moments
        if request.happened_at < min(opened.values(), default=request.happened_at):
            raise InvalidInputError("domain.move.before_it_began", move=move.code, field="happened_at")
        if request.recorded_at >= book.due_of(request.happened_at, move.back_record).at:
            raise InvalidInputError("domain.move.back_recording_too_late", move=move.code, field="happened_at")
        if not request.given.get("late_reason"):
            raise InvalidInputError("domain.move.needs", move=move.code, field="late_reason")


def by_itself(
    state: CaseState,
    procedure: Procedure,
    move: Move,
    *,
    track: str,
    at: datetime,
    recorded_at: datetime,
    book: Book,
    first: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | None = None,
    bodies: Mapping[str, str] | None = None,
) -> Decision:
    """Return the entry of a system move: a deemed outcome, a supervision, what a linked case or a recall brings."""
    request = MoveRequest(
        move=move.code, actor=SYSTEM, happened_at=at, recorded_at=recorded_at, track=track, channel="system",
        facts=facts or {}, given=given or {}, bodies=bodies or {},
    )  # fmt: skip
    return Composer(state, procedure, move, request, book).compose(first)


def settle(state: CaseState, procedure: Procedure, now: datetime, book: Book) -> Iterator[Decision]:
    """Yield what has happened by itself up to and including `now`, in due order, each at its own due moment.

    The caller evolves its own state with each yielded entry; this generator keeps its own copy, so that the result
    does not depend on how often it is called.
    """
    if not procedure.moves_by_itself:
        return
    recorded_at = max(now, state.recorded_at or now)
    while True:
        decision = _next_by_itself(state, procedure, now, recorded_at, book)
        if decision is None:
            return
        state = evolve(state, {**decision.body, "seq": state.seq + 1})
        yield decision


def _next_by_itself(
    state: CaseState, procedure: Procedure, now: datetime, recorded_at: datetime, book: Book
) -> Decision | None:
    if state.phase == "closed" or not state.seq:
        return None
    for move in procedure.case.moves.values():
        if move.when is not None and state.stage in move.sources and _holds(state, move.when):
            at = state.acts[-1].at
            return by_itself(state, procedure, move, track=CASE, at=at, recorded_at=recorded_at, book=book)
    event = _first_event(state, procedure, now, book)
    if event is None:
        return None
    at, clock, kind = event
    rule = procedure.clocks[clock.code]
    name: str | None
    if kind == "resume":
        effect: dict[str, Any] = {"op": "resume", "key": clock.key, "at": at.isoformat()}
        moves = procedure.track(clock.track).moves.values()
        kinds = {pause.kind for pause in clock.pauses if pause.ended_at is None}
        name = next((m.pauses.on_until for m in moves if m.pauses and m.pauses.kind in kinds), None)
        fallback = CLOCK_RESUMED
    elif rule.right:
        effect = {"op": "stop", "key": clock.key, "at": at.isoformat(), "verdict": LAPSED}
        name, fallback = rule.on_due.move, CLOCK_LAPSED
    else:
        effect = {"op": "break", "key": clock.key, "at": at.isoformat()}
        name, fallback = rule.on_due.move, CLOCK_BROKEN
    move_found = procedure.track(clock.track).moves.get(name) if name else None
    stage = state.stage if clock.track == CASE else state.assignments[clock.track].stage
    if move_found is not None and stage in move_found.sources:
        first = None if kind == "resume" and move_found.resumes else effect
        return by_itself(
            state, procedure, move_found, track=clock.track, at=at, recorded_at=recorded_at, book=book, first=first
        )
    body = {
        "actor": SYSTEM.to_json(),
        "channel": "system",
        "clocks": [effect],
        "happened_at": at.isoformat(),
        "move": fallback,
        "procedure": f"{procedure.code}/{procedure.edition}",
        "recorded_at": recorded_at.isoformat(),
        "track": clock.track,
    }
    return Decision(body=body, payload={})


def _first_event(
    state: CaseState, procedure: Procedure, now: datetime, book: Book
) -> tuple[datetime, ClockState, str] | None:
    events: list[tuple[datetime, int, ClockState, str]] = []
    for clock in state.clocks.values():
        if clock.state == STOPPED:
            continue
        if clock.state == PAUSED:
            until = max(pause.until or pause.began_at for pause in clock.pauses if pause.ended_at is None)
            events.append((until, clock.key, clock, "resume"))
        if clock.verdict == OPEN and not procedure.external:
            events.append((book.due(clock).at, clock.key, clock, "due"))
    due = [event for event in events if event[0] <= now]
    if not due:
        return None
    at, _, clock, kind = min(due, key=lambda event: (event[0], event[1], event[3] == "due"))
    return at, clock, kind


def _holds(state: CaseState, when: tuple[str, str]) -> bool:
    kind, value = when
    if kind == "fact":
        return bool(state.facts.get(value))
    if kind == "assignments":
        if not state.assignments or state.open_assignments():
            return False
        leads = [item for item in state.assignments.values() if item.role == "lead"]
        done = bool(leads) and max(leads, key=lambda item: (item.round, int(item.key[1:]))).outcome == "reported"
        return done if value == "done" else not done
    return False


def linked_move(state: CaseState, procedure: Procedure, outcome: str) -> Move | None:
    """Return the move that a linked case's end makes here, or `None` when this case does not wait for it."""
    for move in procedure.case.moves.values():
        if move.when == ("linked", outcome) and state.stage in move.sources:
            return move
    return None


def actor_of_reporter() -> Actor:
    """Return the actor of a reporter who proved themselves by number and code."""
    return Actor(hat="resident", duty="reporter", roles=frozenset({"reporter"}))
