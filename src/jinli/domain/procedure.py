"""The grammar of procedures: stages, moves and clocks on two tracks, `case` and `assignment`.

A procedure is data. This module holds its words as frozen dataclasses and nothing else; `grammar` reads them from a
mapping and `soundness` proves that a procedure can neither get stuck nor stand without a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinli.domain.limits import TimeLimit

CASE = "case"
SAME = "same"
ANY = "any"

#: Needs whose answers are free text or personal: they go to the erasable payload, never into the hashed body.
PAYLOAD_NEEDS = frozenset({"reason", "legal_basis", "reply", "result", "note"})
#: Needs whose answers are codes or references of ours: they stay in the body.
BODY_NEEDS = frozenset(
    {
        "amount", "answer", "clock", "decision", "duty_line", "exit", "handler", "kind", "lead", "material", "person",
        "promise", "rated", "rating", "standard", "started_at", "until",
    }
)  # fmt: skip
OUTCOMES = frozenset({"reported", "released", "withdrawn"})


@dataclass(frozen=True, kw_only=True)
class Title:
    """What people read, in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class OnDue:
    """What happens by itself when a clock falls due: a system move, or nothing but the verdict."""

    move: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """One kind of promise.

    Attributes
    ----------
    limit : the limit itself, or `None` when `term` names one that is copied in from the kind or standard.
    right : a right of its owner: it lapses at its due moment and is never broken.
    pauses : kinds of pause that touch this clock.
    """

    code: str
    title: Title
    track: str
    owed_by: str
    owed_to: str
    limit: TimeLimit | None
    term: str | None
    right: bool
    pauses: tuple[str, ...]
    on_due: OnDue


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of a track. A final stage of the assignment track names its outcome."""

    code: str
    title: Title
    final: bool
    waits_for: str | None
    outcome: str | None


@dataclass(frozen=True, kw_only=True)
class Start:
    """Start a clock at a named moment of the track, or at the move itself; `term` replaces the clock's own limit.

    `given`: only if the act brings this term. `known`: only if this or an earlier act brought it. `without`: only if
    none of these clocks runs after what stands before it in the list. Together they say "the first of several promises
    that is known" (ADR 11).
    """

    clock: str
    moment: str | None = None
    term: str | None = None
    given: str | None = None
    known: str | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Somebody who made `move` may not make this one; `reach` says whether the person or the whole body is meant."""

    move: str
    reach: str


@dataclass(frozen=True, kw_only=True)
class Cap:
    """This move at most `n` times for each person, body, round or the case."""

    n: int
    reach: str


@dataclass(frozen=True, kw_only=True)
class PauseRule:
    """Stop clocks for a cause that an article names, until a told moment; then `on_until` resumes them."""

    kind: str
    clocks: tuple[str, ...]
    article: str
    on_until: str | None


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Open assignments for `body`: `given.<field>` of the request, or `last_lead`."""

    body: str
    role: str
    next_round: bool = False
    starts: tuple[Start, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """One act that somebody may do, or that happens by itself.

    Attributes
    ----------
    sealed : the act binds people in the name of a body, so that body must hold the power for it on that day
        (Administrative Licensing Law arts. 23, 24).
    papers : kinds of paper the act may issue.
    """

    code: str
    title: Title
    track: str
    sources: tuple[str, ...]
    to: str
    initial: bool = False
    by_system: bool = False
    duty: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    moment: str | None = None
    starts: tuple[Start, ...] = ()
    keeps: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    pauses: PauseRule | None = None
    resumes: str | None = None
    extends: str | None = None
    while_: str | None = None
    after: str | None = None
    not_by: tuple[Guard, ...] = ()
    cap: Cap | None = None
    only_if: str | None = None
    when: tuple[str, str] | None = None
    opens: tuple[Opening, ...] = ()
    closes: str | None = None
    opens_linked: bool = False
    tell: tuple[str, ...] = ()
    back_record: TimeLimit | None = None
    corrects_start: bool = False
    sealed: bool = False
    papers: tuple[str, ...] = ()

    @property
    def on_page(self) -> bool:
        """Return whether people can make it on the page of a move; without channels any way will do."""
        return not self.channels or "page" in self.channels


@dataclass(frozen=True, kw_only=True)
class Track:
    """The stages and moves of one track."""

    stages: Mapping[str, Stage]
    moves: Mapping[str, Move]
    initial: str | None = None
    starts: tuple[Start, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """A whole procedure of one edition; running cases stay with the edition they were opened under."""

    code: str
    edition: int
    title: Title
    system_of_record: str
    number_prefix: Title
    bodies: tuple[str, ...]
    terms: tuple[str, ...]
    clocks: Mapping[str, ClockRule]
    case: Track
    assignment: Track | None = None
    source: str = ""
    initial: Move = field(init=False, repr=False)
    moves_by_itself: bool = field(init=False, repr=False)
    seals: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        moves = self.case.moves.values()
        object.__setattr__(self, "initial", next(move for move in moves if move.initial))
        waiting = any(move.when is not None or move.pauses is not None for move in moves)
        object.__setattr__(self, "moves_by_itself", waiting or not self.external or self.assignment is not None)
        tracks = (self.case,) if self.assignment is None else (self.case, self.assignment)
        object.__setattr__(self, "seals", any(move.sealed for track in tracks for move in track.moves.values()))

    @property
    def external(self) -> bool:
        """Return whether another system decides: then nothing is known of a due moment until an import tells."""
        return self.system_of_record.partition(":")[0] == "external"

    @property
    def brings(self) -> frozenset[str]:
        """Return the terms that the move which opens a case must bring, since a clock may need one by itself later."""
        found = set()
        for first in self.initial.starts:
            waiting = self.clocks[first.clock].on_due.move
            for start in self.case.moves[waiting].starts if waiting else ():
                term = start.term or self.clocks[start.clock].term
                if term and start.known is None and start.given is None:
                    found.add(term)
        return frozenset(found)

    def track(self, name: str) -> Track:
        """Return the case track for `case` and the assignment track for any assignment key."""
        if name == CASE:
            return self.case
        assert self.assignment is not None
        return self.assignment
