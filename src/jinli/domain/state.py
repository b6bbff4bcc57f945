"""What a case is at one moment, and how one entry of its journal changes it.

`evolve` never checks: what an entry says has happened. Its input is the entry's body, a plain mapping that holds every
effect, so that the present can be rebuilt from the journal alone, without the procedure and without the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from jinli.domain.deadlines import Extension, Pause
from jinli.domain.limits import TimeLimit
from jinli.domain.procedure import CASE

RUNNING, PAUSED, STOPPED = "running", "paused", "stopped"
OPEN, KEPT, BROKEN, LAPSED, VOID = "open", "kept", "broken", "lapsed", "void"
_EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class ClockState:
    """One promise: who owes what to whom since when, and how it ended. The due moment is computed, never held here.

    `not_before` stands only after a new calendar edition would have made the promise late after the fact: the earlier
    due moment then stays until a person has looked.
    """

    key: int
    code: str
    track: str
    owed_by: str
    owed_to: str
    limit: TimeLimit
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    state: str = RUNNING
    verdict: str = OPEN
    ended_at: datetime | None = None
    not_before: datetime | None = None
    moved: int = 0


@dataclass(frozen=True, kw_only=True)
class AssignmentState:
    """A piece of the case given to one body, as lead or assisting, in one round."""

    key: str
    body: str
    role: str
    round: int
    stage: str
    outcome: str | None = None
    handler: str | None = None
    duty_line: str | None = None
    version: int = 1
    moments: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who made which move: what caps and `not_by` guards ask about."""

    move: str
    track: str
    person: str | None
    body: str | None
    round: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseState:
    """A case as the journal tells it.

    `closed_at` is when it ended; what is noted on an ended case later does not move that.
    """

    number: str
    type_code: str
    stage: str = ""
    phase: str = OPEN
    bodies: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, TimeLimit] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    moments: Mapping[str, datetime] = field(default_factory=dict)
    handler: str | None = None
    assignments: Mapping[str, AssignmentState] = field(default_factory=dict)
    clocks: Mapping[int, ClockState] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    version: int = 0
    seq: int = 0
    recorded_at: datetime | None = None
    closed_at: datetime | None = None

    def running(self, code: str, track: str) -> ClockState | None:
        """Return the clock of this code on this track that has not stopped, if any."""
        for clock in self.clocks.values():
            if clock.code == code and clock.track == track and clock.state != STOPPED:
                return clock
        return None

    def open_assignments(self) -> tuple[AssignmentState, ...]:
        """Return the assignments without an outcome."""
        return tuple(item for item in self.assignments.values() if item.outcome is None)

    @property
    def round(self) -> int:
        """Return the highest round of any assignment, 0 without any."""
        return max((item.round for item in self.assignments.values()), default=0)


def _with(held: Any, /, **changes: Any) -> Any:
    """Return a frozen value with some fields changed, past its checks: what an entry says has happened."""
    new = object.__new__(type(held))
    new.__dict__.update(held.__dict__)
    new.__dict__.update(changes)
    return new


@lru_cache(maxsize=8192)  # an entry names the same few moments many times
def moment(text: str) -> datetime:
    """Read a moment as the journal writes it."""
    return datetime.fromisoformat(text)


def evolve(state: CaseState, body: Mapping[str, Any]) -> CaseState:
    """Return `state` after the entry with this body. Unknown effects are a programming error and raise `KeyError`."""
    track = body["track"]
    happened = moment(body["happened_at"])
    clocks = dict(state.clocks)
    for effect in body.get("clocks", ()):
        _CLOCK[effect["op"]](clocks, effect)
    assignments = dict(state.assignments)
    for effect in body.get("assignments", ()):
        if effect["op"] == "open":
            assignments[effect["key"]] = AssignmentState(
                key=effect["key"],
                body=effect["body"],
                role=effect["role"],
                round=effect["round"],
                stage=effect["stage"],
                duty_line=effect.get("duty_line"),
                moments={"opened_at": happened},
            )
        else:
            held = assignments[effect["key"]]
            stage = effect.get("stage", held.stage)
            assignments[effect["key"]] = _with(
                held, outcome=effect["outcome"], stage=stage, version=held.version + (effect["key"] != track)
            )
    named = {name: moment(text) for name, text in body.get("moments", {}).items()}
    stage, moments, handler, version = state.stage, state.moments, state.handler, state.version
    if track == CASE:
        stage = body.get("stage", stage)
        moments = {**moments, **named}
        handler = body.get("person", handler)
        version += _counts(body)
    else:
        held = assignments[track]
        assignments[track] = _with(
            held,
            stage=body.get("stage", held.stage),
            version=held.version + _counts(body),
            handler=body.get("person", held.handler),
            moments={**held.moments, **named},
        )
    actor = body.get("actor", _EMPTY)
    act = Act(
        move=body["move"],
        track=track,
        person=actor.get("person"),
        body=actor.get("body"),
        round=assignments[track].round if track != CASE else max((a.round for a in assignments.values()), default=0),
        at=happened,
    )
    found: CaseState = _with(
        state,
        stage=stage,
        phase=_phase(body, clocks, state.phase),
        bodies={**state.bodies, **body.get("bodies", {})},
        terms={**state.terms, **{name: TimeLimit.from_json(held) for name, held in body.get("terms", {}).items()}},
        facts={**state.facts, **body.get("facts", {})},
        moments=moments,
        handler=handler,
        assignments=assignments,
        clocks=clocks,
        acts=(*state.acts, act),
        version=version,
        seq=body["seq"],
        recorded_at=moment(body["recorded_at"]),
        closed_at=state.closed_at or (happened if body.get("final") else None),
    )
    return found


def replay(number: str, type_code: str, bodies: Iterable[Mapping[str, Any]]) -> CaseState:
    """Return the present of a case from the bodies of its journal, in order of `seq`."""
    state = CaseState(number=number, type_code=type_code)
    for body in bodies:
        state = evolve(state, body)
    return state


def _counts(body: Mapping[str, Any]) -> int:
    """A version grows when the ground of other acts moved: stage, bodies, handler, or a person changed a clock.

    Comments and breaches do not count, so that a page stays good while others comment and time passes.
    """
    by_person = body.get("actor", _EMPTY).get("hat") != "system"
    moved = any(body.get(name) for name in ("stage", "bodies", "person", "assignments"))
    return int(moved or (by_person and bool(body.get("clocks"))))


def _phase(body: Mapping[str, Any], clocks: Mapping[int, ClockState], before: str) -> str:
    """An ended case is closed; one whose only live clocks stand still is paused."""
    if body.get("final"):
        return "closed"
    if before == "closed":
        return "closed"
    live = [clock for clock in clocks.values() if clock.state != STOPPED]
    return PAUSED if live and all(clock.state == PAUSED for clock in live) else OPEN


def _start(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    clocks[effect["key"]] = ClockState(
        key=effect["key"],
        code=effect["code"],
        track=effect["track"],
        owed_by=effect["by"],
        owed_to=effect["to"],
        limit=TimeLimit.from_json(effect["limit"]),
        started_at=moment(effect["at"]),
    )


def _stop(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    held = clocks[effect["key"]]
    clocks[held.key] = _with(
        held,
        state=STOPPED,
        verdict=effect.get("verdict", held.verdict),
        ended_at=moment(effect["at"]),
        pauses=_ended(held.pauses, moment(effect["at"])),
    )


def _break(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    clocks[effect["key"]] = _with(clocks[effect["key"]], verdict=BROKEN)


def _pause(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    held = clocks[effect["key"]]
    pause = Pause(
        kind=effect["kind"],
        began_at=moment(effect["at"]),
        ended_at=None,
        notice_at=moment(effect["notice_at"]),
        until=moment(effect["until"]),
        article=effect["article"],
    )
    clocks[held.key] = _with(held, state=PAUSED, pauses=(*held.pauses, pause))


def _resume(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    held = clocks[effect["key"]]
    clocks[held.key] = _with(held, state=RUNNING, pauses=_ended(held.pauses, moment(effect["at"])))


def _ended(pauses: tuple[Pause, ...], at: datetime) -> tuple[Pause, ...]:
    return tuple(pause if pause.ended_at is not None else _with(pause, ended_at=at) for pause in pauses)


def _extend(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    held = clocks[effect["key"]]
    added = Extension(
        amount=effect["amount"],
        asked_at=moment(effect["asked_at"]),
        approved_at=moment(effect["at"]),
        reason="",
    )
    clocks[held.key] = _with(held, extensions=(*held.extensions, added))


def _owe(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    clocks[effect["key"]] = _with(clocks[effect["key"]], owed_by=effect["by"])


def _restart(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    clocks[effect["key"]] = _with(clocks[effect["key"]], started_at=moment(effect["at"]))


def _moved(clocks: dict[int, ClockState], effect: Mapping[str, Any]) -> None:
    """A new calendar edition moved the due moment; it never makes a running promise late after the fact."""
    held = clocks[effect["key"]]
    kept = moment(effect["not_before"]) if "not_before" in effect else held.not_before
    clocks[held.key] = _with(held, not_before=kept, moved=held.moved + 1)


_CLOCK = {
    "start": _start,
    "stop": _stop,
    "break": _break,
    "pause": _pause,
    "resume": _resume,
    "extend": _extend,
    "owe": _owe,
    "restart": _restart,
    "moved": _moved,
}
