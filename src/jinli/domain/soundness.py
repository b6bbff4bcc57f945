"""Prove at load that a procedure cannot get stuck and never leaves an open case without a clock.

The proof walks every reachable pair of a stage and the set of clocks that can be running there. Limits and dates do
not matter to it: a clock that falls due goes on running (late) until a move ends it, a right ends when it lapses.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import product

from jinli.domain.errors import DomainError, InvalidInputError
from jinli.domain.procedure import CASE, SAME, Move, Procedure, Start, Track

_RELATIONS = {"reporter", "assigned", "any"}
_WHEN = {"assignments": {"done", "gone"}, "linked": {"done", "ended"}, "fact": None}


def faults_of(procedure: Procedure) -> list[DomainError]:
    """Return everything that makes `procedure` unsound, as errors with codes `domain.procedure.*`."""
    return [*_references(procedure), *_walk(procedure)]


def _fault(code: str, **facts: object) -> DomainError:
    return InvalidInputError(f"domain.procedure.{code}", **facts)


def _tracks(procedure: Procedure) -> Iterator[tuple[str, Track]]:
    yield CASE, procedure.case
    if procedure.assignment is not None:
        yield "assignment", procedure.assignment


def _references(procedure: Procedure) -> Iterator[DomainError]:
    """Yield a fault for every name that leads nowhere."""
    relations = _RELATIONS | set(procedure.bodies)
    for clock in procedure.clocks.values():
        where = f"clocks.{clock.code}"
        for who in (clock.owed_by, clock.owed_to):
            if who not in relations:
                yield _fault("unknown_body", where=where, body=who, known=", ".join(sorted(relations)))
        if clock.term is not None and clock.term not in procedure.terms:
            yield _fault("unknown_term", where=where, term=clock.term, known=", ".join(procedure.terms))
        if clock.track == "assignment" and procedure.assignment is None:
            yield _fault("no_assignment_track", where=where)
        if clock.on_due.move is not None:
            move = procedure.track(clock.track).moves.get(clock.on_due.move)
            if move is None or not move.by_system:
                yield _fault("on_due_not_a_system_move", where=where, move=clock.on_due.move)
    for name, track in _tracks(procedure):
        for move in track.moves.values():
            yield from _move_references(procedure, name, track, move, relations)


def _move_references(
    procedure: Procedure, name: str, track: Track, move: Move, relations: set[str]
) -> Iterator[DomainError]:
    where = f"{name}.{move.code}"
    named = [start.clock for start in move.starts] + [*move.keeps, *move.voids]
    named += [code for start in move.starts for code in start.without]
    named += [clock for clock in (move.extends, move.while_) if clock]
    for code in named:
        rule = procedure.clocks.get(code)
        if rule is None:
            yield _fault("unknown_clock", where=where, clock=code, known=", ".join(procedure.clocks))
        elif rule.track != name:
            yield _fault("clock_of_other_track", where=where, clock=code)
    for start in move.starts:
        for term in (start.given, start.known):
            if term is not None and term not in procedure.terms:
                yield _fault("unknown_term", where=where, term=term, known=", ".join(procedure.terms))
    for duty in (*move.duty, *move.tell):
        if duty.partition(".")[0] not in relations:
            yield _fault("unknown_body", where=where, body=duty, known=", ".join(sorted(relations)))
    if move.by_system == bool(move.duty):
        yield _fault("nobody_may", where=where)
    if move.papers and move.by_system:
        yield _fault("system_issues_paper", where=where, paper=", ".join(move.papers))
    if move.papers and procedure.external:
        yield _fault("mirror_issues_paper", where=where, paper=", ".join(move.papers))
    for kind in dict.fromkeys(move.papers):
        if move.papers.count(kind) > 1:
            yield _fault("paper_twice", where=where, paper=kind)
    for guard in move.not_by:
        if not any(guard.move in other.moves for _, other in _tracks(procedure)):
            yield _fault("unknown_move", where=where, move=guard.move)
    if move.after is not None and move.after not in track.moves:
        yield _fault("unknown_move", where=where, move=move.after)
    if move.when is not None:
        kind, value = move.when
        if kind not in _WHEN or (_WHEN[kind] is not None and value not in (_WHEN[kind] or ())):
            yield _fault("unknown_when", where=where, when=f"{kind}: {value}")
    if move.pauses is not None:
        for code in move.pauses.clocks:
            if code not in procedure.clocks or move.pauses.kind not in procedure.clocks[code].pauses:
                yield _fault("pause_not_listed", where=where, clock=code, kind=move.pauses.kind)
        if not any(other.resumes == move.pauses.kind for other in track.moves.values()):
            yield _fault("pause_without_resume", where=where, kind=move.pauses.kind)


def _after(
    procedure: Procedure, track: Track, move: Move, stage: str, running: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield where a move can lead: one pair of stage and running clocks for each set of terms it may bring."""
    to = stage if move.to == SAME else move.to
    if track.stages[to].final:
        yield to, frozenset()
        return
    left = running - set(move.keeps) - set(move.voids)
    if move.by_system and not move.when:
        left -= {
            code for code in running if procedure.clocks[code].on_due.move == move.code and procedure.clocks[code].right
        }
    for started in _started(move.starts, left):
        yield to, started


def _walk(procedure: Procedure) -> Iterator[DomainError]:
    """Yield dead ends, unreachable stages and clockless stages of each track."""
    for name, track in _tracks(procedure):
        if name == CASE:
            first = {(procedure.initial.to, codes) for codes in _started(procedure.initial.starts, frozenset())}
        elif track.initial is None or track.initial not in track.stages:
            yield _fault("no_initial_stage", where=name)
            continue
        else:
            first = {(track.initial, codes) for codes in _started(track.starts, frozenset())}
        seen = set(first)
        queue = deque(first)
        while queue:
            stage, running = queue.popleft()
            for move in track.moves.values():
                if stage in move.sources and not move.initial:
                    for after in _after(procedure, track, move, stage, running):
                        if after not in seen:
                            seen.add(after)
                            queue.append(after)
        reached = {stage for stage, _ in seen}
        for code, stage_rule in track.stages.items():
            if code not in reached:
                yield _fault("unreachable_stage", where=name, stage=code)
            elif not stage_rule.final and not any(
                code in move.sources and move.to not in (SAME, code) for move in track.moves.values()
            ):
                yield _fault("dead_end", where=name, stage=code)
        held_by_assignments = {
            move.to for move in track.moves.values() if move.opens and name == CASE and move.to != SAME
        }
        for stage, running in sorted(seen, key=lambda pair: (pair[0], sorted(pair[1]))):
            promises = {
                code for code in running if not procedure.clocks[code].right or procedure.clocks[code].on_due.move
            }
            if not track.stages[stage].final and not promises and stage not in held_by_assignments:
                yield _fault("no_clock", where=name, stage=stage)
                break


def _started(starts: tuple[Start, ...], running: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield the clocks that run after `starts`, for every set of terms that an act may bring."""
    terms = sorted({term for start in starts for term in (start.given, start.known) if term})
    for chosen in product((True, False), repeat=len(terms)):
        brought = dict(zip(terms, chosen, strict=True))
        found = set(running)
        for start in starts:
            if all(brought[term] for term in (start.given, start.known) if term) and not found & set(start.without):
                found.add(start.clock)
        yield frozenset(found)
