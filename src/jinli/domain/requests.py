"""What somebody asks the engine to do, and what the engine needs to know of limits and calendars to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from jinli.domain.deadlines import DueMoment
from jinli.domain.limits import TimeLimit
from jinli.domain.procedure import CASE
from jinli.domain.state import ClockState


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, for which body, under which duty and hat. All `None` for the engine itself."""

    person: str | None = None
    body: str | None = None
    duty: str = ""
    hat: str = "own"
    roles: frozenset[str] = frozenset()
    as_stated: str = ""

    def to_json(self) -> dict[str, str]:
        """Return what the journal keeps of the actor."""
        kept = {"person": self.person, "body": self.body, "duty": self.duty, "hat": self.hat}
        return {key: value for key, value in kept.items() if value}


#: The channel of what another system says: it happened there, and is learnt here whenever its next export comes.
IMPORT = "import"
SYSTEM = Actor(hat="system", duty="system", roles=frozenset({"system"}))


@dataclass(frozen=True, kw_only=True)
class MoveRequest:
    """Ask for one move.

    Attributes
    ----------
    given : answers to the move's needs, and what else the move takes (`lead`, `assisting`, `handler`, ...).
    terms, facts, bodies : what a line copies into the case with this move (limits of the standard, the class ...).
    happened_at : when it happened; earlier than `recorded_at` only for moves that allow back-recording.
    """

    move: str
    actor: Actor
    happened_at: datetime
    recorded_at: datetime
    track: str = CASE
    channel: str = "page"
    given: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, TimeLimit] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)


class Book(Protocol):
    """What knows calendars: computes due moments; the engine itself never counts a day."""

    def due(self, clock: ClockState) -> DueMoment:
        """Return when this clock falls due."""

    def due_of(self, started_at: datetime, limit: TimeLimit) -> DueMoment:
        """Return when a limit that starts at `started_at` ends."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One entry to be written: its hashed body without `seq`, and the erasable payload."""

    body: Mapping[str, Any]
    payload: Mapping[str, Any]
