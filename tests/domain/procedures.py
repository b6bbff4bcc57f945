"""The standard procedures, a calendar of 2026 and a small driver that keeps a journal in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from jinli.domain.calendar import OfficeHoursPeriod, WorkCalendar, parse_calendar
from jinli.domain.deadlines import DueMoment, due_at
from jinli.domain.decide import decide, settle
from jinli.domain.grammar import read_procedure
from jinli.domain.limits import TimeLimit, Unit
from jinli.domain.procedure import Procedure
from jinli.domain.requests import Actor, Decision, MoveRequest
from jinli.domain.state import CaseState, ClockState, evolve

STANDARD = Path(__file__).parents[2] / "packs" / "_standard"
ZONE = ZoneInfo("Asia/Shanghai")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one written in C is ten times faster


@cache
def _source(code: str) -> dict[str, Any]:
    text = (STANDARD / "procedures" / f"{code}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=_Loader)
    return found


@cache
def procedure(code: str) -> Procedure:
    return read_procedure(_source(code))


def source(code: str) -> dict[str, Any]:
    """Return what the file of a procedure says, read once; the caller may change what it gets."""
    return deepcopy(_source(code))


def sources() -> list[dict[str, Any]]:
    """Return what every standard procedure says, by the name of its file."""
    return [source(file.stem) for file in sorted((STANDARD / "procedures").glob("*.yaml"))]


@cache
def calendar() -> WorkCalendar:
    files = sorted((STANDARD / "calendars").glob("20*.json"))
    editions = [parse_calendar(json.loads(file.read_text(encoding="utf-8"))) for file in files]
    hours = OfficeHoursPeriod(
        spans=((time(8, 30), time(12)), (time(14, 30), time(17, 30))), valid_from=None, valid_to=None
    )
    return WorkCalendar(editions, [hours], "Asia/Shanghai")


class Book:
    """Due moments from the calendar of the tests."""

    def due(self, clock: ClockState) -> DueMoment:
        return due_at(clock.started_at, clock.limit, calendar(), clock.pauses, clock.extensions)

    def due_of(self, started_at: datetime, limit: TimeLimit) -> DueMoment:
        return due_at(started_at, limit, calendar())


def at(text: str) -> datetime:
    """Read `2026-09-18 11:40` as town time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def limit(amount: int, unit: Unit) -> TimeLimit:
    return TimeLimit(amount=amount, unit=unit, source="样本")


WHISTLE_TERMS = {
    "approve": limit(2, Unit.WORKING_HOUR),
    "sign_in": limit(1, Unit.WORKING_HOUR),
    "contact": limit(24, Unit.URGENT_HOUR),
    "refuse": limit(4, Unit.WORKING_HOUR),
    "arbitrate": limit(1, Unit.WORKING_DAY),
    "report": limit(5, Unit.WORKING_DAY),
    "rework": limit(3, Unit.WORKING_DAY),
    "supervision": limit(4, Unit.WORKING_HOUR),
    "verify": limit(1, Unit.WORKING_DAY),
}
BODIES = {"owner": "command", "leader": "government", "arbiter": "whistle_office", "handler": "command"}

COMMAND = Actor(person="p-command", body="command", roles=frozenset({"command_centre"}))
COMMAND_2 = Actor(person="p-command-2", body="command", roles=frozenset({"command_centre"}))
HEAD = Actor(person="p-head", body="government", roles=frozenset({"town_head"}))
WATER = Actor(person="p-water", body="water", roles=frozenset({"department_officer"}))
ECOLOGY = Actor(person="p-ecology", body="ecology", roles=frozenset({"department_officer"}))
ARBITER = Actor(person="p-arbiter", body="whistle_office", roles=frozenset({"arbiter"}))
GRID = Actor(person="p-grid", body="village", roles=frozenset({"grid_worker"}))
REPORTER = Actor(hat="resident", roles=frozenset({"reporter", "resident"}))


@dataclass
class Desk:
    """A case in memory, moved by requests at given town times."""

    procedure: Procedure
    state: CaseState = field(default_factory=lambda: CaseState(number="T1", type_code="test"))
    bodies: list[Mapping[str, Any]] = field(default_factory=list)

    def act(self, when: str, move: str, actor: Actor, *, track: str = "case", **more: Any) -> Decision:
        moment = at(when)
        self.tick(when)
        happened = at(more.pop("happened")) if "happened" in more else moment
        request = MoveRequest(move=move, actor=actor, happened_at=happened, recorded_at=moment, track=track, **more)
        decision = decide(self.state, self.procedure, request, Book())
        self._keep(decision)
        self.tick(when)
        return decision

    def tick(self, when: str) -> list[str]:
        happened = []
        for decision in settle(self.state, self.procedure, at(when), Book()):
            self._keep(decision)
            happened.append(str(decision.body["move"]))
        return happened

    def _keep(self, decision: Decision) -> None:
        body = {**decision.body, "seq": self.state.seq + 1}
        self.bodies.append(json.loads(json.dumps(body)))
        self.state = evolve(self.state, body)

    def clock(self, code: str, track: str = "case") -> ClockState:
        """Return the newest clock of this code."""
        return [c for c in self.state.clocks.values() if c.code == code and c.track == track][-1]

    def due(self, code: str, track: str = "case") -> str:
        """Return the due moment of a clock in town time; the exclusive end of a day reads as the next 00:00."""
        return f"{Book().due(self.clock(code, track)).at.astimezone(ZONE):%Y-%m-%d %H:%M}"

    def moves(self) -> list[str]:
        return [str(body["move"]) for body in self.bodies]


def whistle(when: str = "2026-09-18 11:40", assisting: tuple[str, ...] = ("water",)) -> Desk:
    """Return a whistle to the ecology department (lead), dispatched at `when`."""
    desk = Desk(procedure("whistle"))
    given = {"kind": "ordinary", "duty_line": "47", "lead": "ecology", "reason": "镇无权进厂取样"}
    desk.act(when, "request", COMMAND, given=given, terms=WHISTLE_TERMS, bodies=BODIES)
    desk.act(when, "approve", HEAD)
    desk.act(when, "dispatch", COMMAND, given={"lead": "ecology", "assisting": list(assisting)})
    return desk


def report(when: str = "2026-09-24 17:50", *, anonymous: bool = False) -> Desk:
    """Return a grid report received at `when`."""
    desk = Desk(procedure("grid_report"))
    facts = {"anonymous": True} if anonymous else {}
    desk.act(when, "report", REPORTER, bodies=BODIES, facts=facts, channel="public")
    return desk
