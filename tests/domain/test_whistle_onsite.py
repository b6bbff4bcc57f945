"""The whistle with arrival: emergency and joint enforcement (samples of 30 minutes on site)."""

from __future__ import annotations

import pytest

from jinli.domain.errors import DomainError
from jinli.domain.limits import Unit
from tests.domain.procedures import (
    ARBITER,
    BODIES,
    COMMAND,
    ECOLOGY,
    GRID,
    HEAD,
    WATER,
    WHISTLE_TERMS,
    Desk,
    limit,
    procedure,
)

TERMS = {
    **WHISTLE_TERMS,
    "approve": limit(10, Unit.MINUTE),
    "sign_in": limit(15, Unit.MINUTE),
    "arrival": limit(30, Unit.MINUTE),
    "refuse": limit(15, Unit.MINUTE),
    "arbitrate": limit(1, Unit.URGENT_HOUR),
}
GIVEN = {"kind": "emergency", "duty_line": "C08", "lead": "ecology", "reason": "燃气泄漏"}
AT_NIGHT = "2026-09-19 22:00"


def asked(*, at_once: bool = True) -> Desk:
    desk = Desk(procedure("whistle_onsite"))
    facts = {"at_once": True} if at_once else {}
    bodies = {**BODIES, "approver": "command" if at_once else "government"}
    desk.act(AT_NIGHT, "request", COMMAND, given=GIVEN, terms=TERMS, bodies=bodies, facts=facts)
    return desk


def sent() -> Desk:
    desk = asked()
    desk.act("2026-09-19 22:02", "dispatch_now", COMMAND, given={"lead": "ecology", "assisting": ["water"]})
    return desk


def refused(code: str) -> object:
    return pytest.raises(DomainError, match=code)


def test_an_emergency_goes_out_at_night_without_approval_and_the_leader_is_told() -> None:
    desk = sent()
    assert desk.state.stage == "dispatched"
    assert desk.clock("approve").verdict == "kept"
    assert desk.bodies[-1]["tell"] == ["government", "ecology", "water"]
    # Minutes run day and night: 22:02 and half an hour.
    assert desk.due("arrival", "a1") == desk.due("arrival", "a2") == "2026-09-19 22:32"
    assert desk.due("sign_in", "a1") == "2026-09-19 22:17"


def test_joint_enforcement_waits_for_the_leader() -> None:
    desk = asked(at_once=False)
    assert desk.clock("approve").owed_by == "government"
    with refused("only_if"):
        desk.act("2026-09-19 22:02", "dispatch_now", COMMAND, given={"lead": "ecology"})
    desk.act("2026-09-19 22:05", "approve", HEAD)
    desk.act("2026-09-19 22:06", "dispatch", COMMAND, given={"lead": "ecology"})
    assert desk.due("arrival", "a1") == "2026-09-19 22:36"


def test_arrival_is_confirmed_by_the_town_and_never_by_the_department() -> None:
    desk = sent()
    with refused("not_your_duty"):
        desk.act("2026-09-19 22:20", "confirm_arrival", ECOLOGY, track="a1")
    desk.act("2026-09-19 22:20", "confirm_arrival", GRID, track="a1")
    assert desk.clock("arrival", "a1").verdict == "kept"
    assert desk.clock("arrival", "a2").state == "running"
    assert desk.state.assignments["a1"].moments["arrived_at"].minute == 20


def test_who_does_not_come_is_supervised_at_the_minute_and_a_late_arrival_stays_broken() -> None:
    desk = sent()
    desk.act("2026-09-19 22:10", "sign_in", WATER, track="a2")
    assert desk.tick("2026-09-19 22:31") == ["supervise", "clock_lapsed", "clock_lapsed"]
    assert desk.bodies[-3]["track"] == "a1"  # not signed in by 22:17
    assert desk.tick("2026-09-19 22:32") == ["supervise", "supervise"]
    desk.act("2026-09-19 22:40", "confirm_arrival", GRID, track="a2")
    assert desk.clock("arrival", "a2").verdict == "broken"


def test_an_overruled_refusal_starts_the_way_to_the_place_anew() -> None:
    desk = sent()
    given = {"reason": "不归我", "legal_basis": "第九条"}
    desk.act("2026-09-19 22:10", "refuse", WATER, track="a2", given=given)
    assert desk.clock("arrival", "a2").verdict == "void"
    desk.act("2026-09-19 22:50", "overrule", ARBITER, track="a2", given=given)
    assert desk.due("arrival", "a2") == "2026-09-19 23:20"
    desk.act("2026-09-19 23:15", "confirm_arrival", GRID, track="a2")
    assert desk.clock("arrival", "a2").verdict == "kept"
