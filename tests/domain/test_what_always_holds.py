"""What always holds, whoever acts, in whatever order, at whatever time: random walks through the procedures."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinli.domain.decide import decide
from jinli.domain.errors import DomainError
from jinli.domain.guards import options
from jinli.domain.limits import Unit
from jinli.domain.requests import MoveRequest
from jinli.domain.state import replay
from tests.domain.procedures import (
    ARBITER,
    COMMAND,
    COMMAND_2,
    ECOLOGY,
    GRID,
    HEAD,
    REPORTER,
    WATER,
    Book,
    Desk,
    limit,
    report,
    whistle,
)

PEOPLE = (COMMAND, COMMAND_2, HEAD, ECOLOGY, WATER, ARBITER, GRID, REPORTER)
ANSWERS: dict[str, Any] = {
    "reason": "理由", "legal_basis": "第九条", "reply": "答复", "result": "结果", "note": "备注", "lead": "ecology",
    "assisting": ["water"], "handler": "village", "standard": "s", "exit": "outside_duty", "answer": "solved",
    "rating": 4, "rated": "ecology", "person": "p-2", "kind": "ordinary", "duty_line": "47", "amount": 2,
    "clock": "handle", "started_at": "2026-09-18T09:00:00+08:00",
}  # fmt: skip
WALK = settings(suppress_health_check=[HealthCheck.too_slow])
STEPS = st.lists(st.tuples(st.integers(0, 60 * 40), st.integers(0, 7), st.integers(0, 40)), min_size=1, max_size=14)


def walk(desk: Desk, steps: list[tuple[int, int, int]], *, ticks: int = 0) -> datetime:
    """Let people try moves; `ticks` engine calls are put in between each two acts."""
    now = desk.state.recorded_at
    assert now is not None
    for minutes, who, which in steps:
        for tick in range(ticks):
            desk.tick(f"{now + timedelta(minutes=minutes) * (tick + 1) / (ticks + 1):%Y-%m-%d %H:%M:%S}")
        now += timedelta(minutes=minutes)
        desk.tick(f"{now:%Y-%m-%d %H:%M:%S}")
        actor = PEOPLE[who]
        allowed = [one for one in options(desk.state, desk.procedure, actor, now, Book()) if one.allowed]
        if allowed and desk.state.phase != "closed":
            chosen = allowed[which % len(allowed)]
            given_ = {need: ANSWERS[need] for need in chosen.move.needs} | {"assisting": []}
            request = MoveRequest(
                move=chosen.move.code, actor=actor, happened_at=now, recorded_at=now, track=chosen.track, given=given_,
                terms={"handle": limit(2, Unit.WORKING_DAY)},
            )  # fmt: skip
            before = desk.state
            try:
                desk._keep(decide(desk.state, desk.procedure, request, Book()))
            except DomainError:
                assert desk.state is before
            desk.tick(f"{now:%Y-%m-%d %H:%M:%S}")
        check(desk)
    return now


def check(desk: Desk) -> None:
    state = desk.state
    assert replay("T1", "test", desk.bodies) == state, "replaying the journal gives the present"
    assert [body["seq"] for body in desk.bodies] == list(range(1, len(desk.bodies) + 1))
    recorded = [datetime.fromisoformat(body["recorded_at"]) for body in desk.bodies]
    assert recorded == sorted(recorded), "the moment of recording never falls"
    verdicts: dict[int, str] = {}
    for body in desk.bodies:
        for effect in body.get("clocks", ()):
            verdict = "broken" if effect["op"] == "break" else effect.get("verdict")
            if verdict:
                assert effect["key"] not in verdicts, "a verdict is given once"
                verdicts[effect["key"]] = verdict
    for item in state.assignments.values():
        assert item.outcome in (None, "reported", "released", "withdrawn")
        if item.outcome is not None:
            live = [clock for clock in state.clocks.values() if clock.track == item.key and clock.state != "stopped"]
            assert live == [], "an ended assignment owes nothing more"
    live = [clock for clock in state.clocks.values() if clock.state != "stopped"]
    if state.phase == "closed":
        assert live == []
        assert state.open_assignments() == ()
    else:
        assert live, "an open case has a clock"
        assert state.bodies["owner"]


@WALK
@given(STEPS)
def test_a_whistle_keeps_its_promises_to_itself(steps: list[tuple[int, int, int]]) -> None:
    walk(whistle(), steps)


@WALK
@given(STEPS)
def test_a_report_keeps_its_promises_to_itself(steps: list[tuple[int, int, int]]) -> None:
    walk(report(), steps)


@WALK
@given(STEPS, st.integers(1, 5))
def test_the_journal_is_the_same_under_any_tick_schedule(steps: list[tuple[int, int, int]], ticks: int) -> None:
    seldom, often = whistle(), whistle()
    walk(seldom, steps)
    walk(often, steps, ticks=ticks)

    def told(desk: Desk) -> list[dict[str, Any]]:
        return [{key: value for key, value in body.items() if key != "recorded_at"} for body in desk.bodies]

    assert told(seldom) == told(often)
