"""Compose the body of one entry: every effect of a move on stages, clocks, assignments and bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.limits import TimeLimit
from jinli.domain.procedure import CASE, PAYLOAD_NEEDS, SAME, Move, Procedure, Start
from jinli.domain.requests import Book, Decision, MoveRequest
from jinli.domain.state import BROKEN, KEPT, LAPSED, OPEN, PAUSED, STOPPED, VOID, CaseState, ClockState


@dataclass
class Composer:
    """Collects the effects of one move in the order in which `evolve` applies them."""

    state: CaseState
    procedure: Procedure
    move: Move
    request: MoveRequest
    book: Book
    clocks: list[dict[str, Any]] = field(default_factory=list)
    assignments: list[dict[str, Any]] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)
    judged: set[int] = field(default_factory=set)
    at: str = ""

    def __post_init__(self) -> None:
        self.at = self.request.happened_at.isoformat()

    def compose(self, first: Mapping[str, Any] | None = None) -> Decision:
        """Return the entry; `first` is a clock effect of the engine itself (a breach, a lapse)."""
        move, request, track = self.move, self.request, self.request.track
        if first is not None:
            self.clocks.append(dict(first))
            if first["op"] != "resume":
                self.judged.add(first["key"])
            if first["op"] == "stop":
                self.ended.add(first["key"])
        stage = self._target()
        final = stage is not None and self.procedure.track(track).stages[stage].final
        named = {move.moment: request.happened_at} if move.moment else {}
        bodies = {**request.bodies, **{name: str(request.given[name]) for name in move.sets}}
        for code in move.keeps:
            self._end(code, track, kept=True)
        for code in move.voids:
            self._end(code, track, kept=False)
        if final:
            self._end_track(track)
        if move.closes:
            self._close_open(move.closes)
        self._pause_resume_extend(track)
        for start in move.starts:
            self._start(start, track, named, bodies)
        self._open_assignments(bodies)
        if bodies:
            self._owe(bodies)
        body: dict[str, Any] = {
            "actor": request.actor.to_json(),
            "channel": request.channel,
            "happened_at": self.at,
            "move": move.code,
            "procedure": f"{self.procedure.code}/{self.procedure.edition}",
            "recorded_at": request.recorded_at.isoformat(),
            "track": track,
        }
        given = {
            key: value for key, value in request.given.items() if key not in PAYLOAD_NEEDS and key != "late_reason"
        }
        optional = {
            "assignments": self.assignments,
            "back_recorded": request.happened_at < request.recorded_at and not move.initial and not move.by_system,
            "bodies": bodies,
            "clocks": self.clocks,
            "facts": dict(request.facts),
            "final": final and track == CASE,
            "given": {key: value for key, value in given.items() if value not in (None, "", [], ())},
            "moments": dict.fromkeys(named, self.at),
            "person": request.given.get("person"),
            "stage": stage,
            "tell": self._tell(bodies),
            "terms": {name: limit.to_json() for name, limit in request.terms.items()},
        }
        body.update({key: value for key, value in optional.items() if value})
        payload = {
            key: value
            for key, value in request.given.items()
            if (key in PAYLOAD_NEEDS or key == "late_reason") and value not in (None, "")
        }
        if request.actor.as_stated:
            payload["as_stated"] = request.actor.as_stated
        return Decision(body=body, payload=payload)

    def _target(self) -> str | None:
        return None if self.move.to == SAME else self.move.to

    def _live(self, code: str, track: str) -> ClockState | None:
        clock = self.state.running(code, track)
        return None if clock is None or clock.key in self.ended else clock

    def _end(self, code: str, track: str, *, kept: bool) -> None:
        clock = self._live(code, track)
        if clock is not None:
            self._stop(clock, kept=kept)

    def _stop(self, clock: ClockState, *, kept: bool) -> None:
        effect: dict[str, Any] = {"op": "stop", "key": clock.key, "at": self.at}
        if clock.verdict == OPEN and clock.key not in self.judged:
            in_time = self.request.happened_at < self.book.due(clock).at
            effect["verdict"] = VOID if not kept else KEPT if in_time else LAPSED if self._right(clock) else BROKEN
        self.clocks.append(effect)
        self.ended.add(clock.key)

    def _right(self, clock: ClockState) -> bool:
        return self.procedure.clocks[clock.code].right

    def _end_track(self, track: str) -> None:
        """An ended track owes nothing more; an ended case ends its assignments with it."""
        for clock in self.state.clocks.values():
            if clock.state != STOPPED and clock.key not in self.ended and track in (clock.track, CASE):
                self._stop(clock, kept=False)
        if track == CASE:
            self._close_open("withdrawn")
        else:
            stage = self.procedure.track(track).stages[self.move.to]
            self.assignments.append({"op": "close", "key": track, "outcome": stage.outcome})

    def _close_open(self, outcome: str) -> None:
        closed = {effect["key"] for effect in self.assignments}
        for item in self.state.open_assignments():
            if item.key in closed:
                continue
            self.assignments.append({"op": "close", "key": item.key, "outcome": outcome, "stage": outcome})
            for clock in self.state.clocks.values():
                if clock.track == item.key and clock.state != STOPPED and clock.key not in self.ended:
                    self._stop(clock, kept=False)

    def _pause_resume_extend(self, track: str) -> None:
        move, at = self.move, self.at
        if move.pauses is not None:
            until = self.request.given.get("until")
            if not until or datetime.fromisoformat(str(until)) <= self.request.happened_at:
                raise InvalidInputError("domain.move.pause_until", move=move.code, field="until")
            for code in move.pauses.clocks:
                clock = self._live(code, track)
                if clock is not None:
                    self.clocks.append(
                        {"op": "pause", "key": clock.key, "kind": move.pauses.kind, "at": at, "notice_at": at,
                         "until": datetime.fromisoformat(str(until)).isoformat(), "article": move.pauses.article}
                    )  # fmt: skip
        if move.resumes is not None:
            for clock in self.state.clocks.values():
                if clock.state == PAUSED and clock.track == track and clock.key not in self.ended:
                    self.clocks.append({"op": "resume", "key": clock.key, "at": at})
        if move.extends is not None:
            clock = self._live(move.extends, track)
            amount = int(self.request.given.get("amount") or (clock.limit.amount if clock else 0))
            if clock is None or amount < 1:
                raise RefusedError("domain.move.clock_over", move=move.code, clock=move.extends)
            asked = self._asked(track) or self.request.happened_at
            self.clocks.append(
                {"op": "extend", "key": clock.key, "amount": amount, "at": at, "asked_at": asked.isoformat()}
            )
        if move.corrects_start:
            self._correct_start()

    def _asked(self, track: str) -> datetime | None:
        acts = [act.at for act in self.state.acts if act.move == self.move.after and act.track == track]
        return acts[-1] if acts else None

    def _correct_start(self) -> None:
        clock = self._live(str(self.request.given["clock"]), self.request.track)
        if clock is None or clock.verdict != OPEN:
            raise RefusedError("domain.move.clock_over", move=self.move.code, clock=self.request.given["clock"])
        started = datetime.fromisoformat(str(self.request.given["started_at"]))
        if started.tzinfo is None or started > self.request.happened_at:
            raise InvalidInputError("domain.move.in_the_future", field="started_at")
        self.clocks.append({"op": "restart", "key": clock.key, "at": started.isoformat()})

    def _start(self, start: Start, track: str, named: Mapping[str, datetime], bodies: Mapping[str, str]) -> None:
        if self._live(start.clock, track) is not None or not self._wanted(start, track):
            return
        rule = self.procedure.clocks[start.clock]
        moments = self.state.moments if track == CASE or track not in self.state.assignments else {
            **self.state.moments,
            **self.state.assignments[track].moments,
        }  # fmt: skip
        at = {**moments, **named}.get(start.moment or "", self.request.happened_at)
        self.clocks.append(
            {
                "op": "start",
                "key": self._next_clock(),
                "code": rule.code,
                "track": track,
                "by": self._who(rule.owed_by, track, bodies),
                "to": self._who(rule.owed_to, track, bodies),
                "limit": self._limit(start, rule.limit, rule.term).to_json(),
                "at": self.at if at is self.request.happened_at else at.isoformat(),
            }
        )

    def _wanted(self, start: Start, track: str) -> bool:
        if start.given is not None and start.given not in self.request.terms:
            return False
        if start.known is not None and start.known not in {**self.state.terms, **self.request.terms}:
            return False
        started = {effect["code"] for effect in self.clocks if effect["op"] == "start" and effect["track"] == track}
        return not any(code in started or self._live(code, track) is not None for code in start.without)

    def _next_clock(self) -> int:
        started = sum(1 for effect in self.clocks if effect["op"] == "start")
        return max([0, *self.state.clocks]) + started + 1

    def _limit(self, start: Start, fixed: TimeLimit | None, term: str | None) -> TimeLimit:
        name = start.term or term
        if start.term is None and fixed is not None:
            return fixed
        limit = self.request.terms.get(name or "") or self.state.terms.get(name or "")
        if limit is None:
            raise InvalidInputError("domain.move.no_limit", clock=start.clock, field="promise")
        return limit

    def _who(self, relation: str, track: str, bodies: Mapping[str, str]) -> str:
        if relation == "reporter":
            return "reporter"
        if relation == "assigned":
            opened = {effect["key"]: effect["body"] for effect in self.assignments if effect["op"] == "open"}
            return str(opened[track]) if track in opened else self.state.assignments[track].body
        found = bodies.get(relation) or self.state.bodies.get(relation)
        if not found:
            raise InvalidInputError("domain.move.body_missing", move=self.move.code, field=relation)
        return found

    def _open_assignments(self, bodies: Mapping[str, str]) -> None:
        track = self.procedure.assignment
        if not self.move.opens or track is None:
            return
        working = {item.body for item in self.state.open_assignments()}
        number = len(self.state.assignments)
        opened = 0
        for opening in self.move.opens:
            for code in self._given_bodies(opening.body):
                if code in working:
                    raise InvalidInputError("domain.move.already_assigned", body=code, field=opening.role)
                working.add(code)
                number += 1
                opened += 1
                key = f"a{number}"
                round_ = max(self.state.round, 1) + opening.next_round
                line = self.request.given.get("duty_line") or self.state.facts.get("duty_line")
                effect = {"op": "open", "key": key, "body": code, "role": opening.role, "round": round_}
                self.assignments.append(
                    {**effect, "stage": str(track.initial), **({"duty_line": line} if line else {})}
                )
                for start in opening.starts if opening.starts is not None else track.starts:
                    self._start(start, key, {}, bodies)
        if not opened:
            raise InvalidInputError("domain.move.needs", move=self.move.code, field="lead")

    def _given_bodies(self, word: str) -> list[str]:
        if word == "last_lead":
            leads = [item for item in self.state.assignments.values() if item.role == "lead"]
            return [max(leads, key=lambda item: (item.round, int(item.key[1:]))).body] if leads else []
        given = self.request.given.get(word.removeprefix("given."))
        if not given:
            return []
        return [given] if isinstance(given, str) else [str(item) for item in given]

    def _owe(self, bodies: Mapping[str, str]) -> None:
        """A clock follows the body that its rule names, when that body changes."""
        for clock in self.state.clocks.values():
            relation = self.procedure.clocks[clock.code].owed_by
            if relation in bodies and clock.state != STOPPED and clock.key not in self.ended:
                self.clocks.append({"op": "owe", "key": clock.key, "by": bodies[relation]})

    def _tell(self, bodies: Mapping[str, str]) -> list[str]:
        told: list[str] = []
        opened = [effect["body"] for effect in self.assignments if effect["op"] == "open"]
        for relation in self.move.tell:
            if relation == "assigned" and self.request.track == CASE:
                told += [item.body for item in self.state.open_assignments()]
            else:
                told.append(self._who(relation, self.request.track, bodies))
        return list(dict.fromkeys([*told, *opened]))
