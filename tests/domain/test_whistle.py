"""The whistle, move by move, on hand-calculated due moments (office hours 08:30-12:00, 14:30-17:30)."""

from __future__ import annotations

import pytest

from jinli.domain.errors import DomainError
from tests.domain.procedures import ARBITER, COMMAND, ECOLOGY, GRID, HEAD, WATER, Desk, at, whistle


def refused(code: str) -> object:
    return pytest.raises(DomainError, match=code)


def both_report(desk: Desk) -> None:
    for track, actor in (("a1", ECOLOGY), ("a2", WATER)):
        desk.act("2026-09-18 14:50", "sign_in", actor, track=track)
    for track, actor in (("a1", ECOLOGY), ("a2", WATER)):
        desk.act("2026-09-22 16:40", "report", actor, track=track, given={"result": "已清"})


def test_every_department_has_clocks_of_its_own_from_dispatch() -> None:
    desk = whistle("2026-09-18 11:40")
    # 20 minutes before lunch, 40 after it.
    assert desk.due("sign_in", "a1") == desk.due("sign_in", "a2") == "2026-09-18 15:10"
    assert desk.due("contact", "a1") == "2026-09-19 11:40"
    # 20 minutes on Friday morning, 3 hours in the afternoon, 40 minutes on the make-up Sunday.
    assert desk.due("refuse", "a2") == "2026-09-20 09:10"
    # Sunday 20 September is a working day: 20, 21, 22, 23, 24; the day ends at 24:00.
    assert desk.due("report", "a1") == "2026-09-25 00:00"


def test_a_refusal_goes_to_arbitration_and_keeps_the_right_in_time() -> None:
    desk = whistle()
    desk.act("2026-09-18 11:58", "refuse", WATER, track="a2", given={"reason": "不属河道", "legal_basis": "第九条"})
    assert desk.clock("refuse", "a2").verdict == "kept"
    assert desk.clock("sign_in", "a2").verdict == "void"
    assert desk.due("arbitrate", "a2") == "2026-09-21 00:00"
    assert desk.clock("arbitrate", "a2").owed_by == "whistle_office"


def test_overruling_starts_sign_in_anew_while_the_report_clock_runs_on() -> None:
    desk = whistle()
    desk.act("2026-09-18 11:58", "refuse", WATER, track="a2", given={"reason": "不属河道", "legal_basis": "第九条"})
    before = desk.due("report", "a2")
    given = {"reason": "岸边弃渣属河道", "legal_basis": "第二十四条"}
    desk.act("2026-09-20 10:20", "overrule", ARBITER, track="a2", given=given)
    assert desk.due("sign_in", "a2") == "2026-09-20 11:20"
    assert desk.due("report", "a2") == before
    assert desk.clock("arbitrate", "a2").verdict == "kept"


def test_a_department_refuses_once_only() -> None:
    desk = whistle()
    given = {"reason": "不归我", "legal_basis": "第九条"}
    desk.act("2026-09-18 11:58", "refuse", WATER, track="a2", given=given)
    desk.act("2026-09-18 14:40", "overrule", ARBITER, track="a2", given=given)
    with refused("cap_reached"):
        desk.act("2026-09-18 14:50", "refuse", WATER, track="a2", given=given)


def test_a_refusal_without_legal_basis_or_after_its_limit_is_refused() -> None:
    desk = whistle()
    with refused("needs"):
        desk.act("2026-09-18 11:58", "refuse", WATER, track="a2", given={"reason": "不归我"})
    with refused("clock_over"):
        desk.act("2026-09-20 09:10", "refuse", WATER, track="a2", given={"reason": "晚", "legal_basis": "x"})
    assert desk.clock("refuse", "a2").verdict == "lapsed"


def test_only_the_district_office_arbitrates() -> None:
    desk = whistle()
    given = {"reason": "不归我", "legal_basis": "第九条"}
    desk.act("2026-09-18 11:58", "refuse", WATER, track="a2", given=given)
    for actor in (COMMAND, HEAD, WATER, ECOLOGY):
        with refused("not_your_duty"):
            desk.act("2026-09-18 14:40", "overrule", actor, track="a2", given=given)


def test_an_unanswered_whistle_is_supervised_and_then_goes_to_the_leader_though_nobody_is_assigned() -> None:
    desk = whistle("2026-09-30 15:00", assisting=())
    assert desk.state.assignments["a1"].handler is None
    desk.act("2026-09-30 15:30", "comment", COMMAND, given={"note": "已电话提醒"})
    assert desk.tick("2026-09-30 15:59") == []
    assert desk.tick("2026-09-30 16:00") == ["supervise"]
    # 16:00 to 17:30 is one and a half hours; two and a half more on 8 October, the next working day.
    assert desk.due("supervision", "a1") == "2026-10-08 11:00"
    assert "escalate" not in desk.tick("2026-10-08 10:59")
    assert desk.tick("2026-10-08 11:00") == ["escalate"]
    assert desk.bodies[-1]["tell"] == ["government", "ecology"]


def test_a_late_sign_in_stays_broken() -> None:
    desk = whistle(assisting=())
    desk.act("2026-09-18 16:00", "sign_in", ECOLOGY, track="a1")
    clock = desk.clock("sign_in", "a1")
    assert (clock.verdict, clock.state, clock.ended_at) == ("broken", "stopped", at("2026-09-18 16:00"))


def test_when_all_have_reported_somebody_else_verifies() -> None:
    desk = whistle()
    both_report(desk)
    assert desk.state.stage == "verifying"
    assert desk.due("verify") == "2026-09-24 00:00"
    with refused("not_your_duty"):
        desk.act("2026-09-23 09:00", "verify_passed", ECOLOGY, given={"result": "好"})
    desk.act("2026-09-23 09:00", "verify_passed", GRID, given={"result": "好"})
    assert (desk.state.stage, desk.state.phase) == ("done", "closed")


def test_work_sent_back_is_a_new_round_of_the_lead_and_the_first_verdict_stands() -> None:
    desk = whistle()
    both_report(desk)
    desk.act("2026-09-23 10:15", "verify_returned", GRID, given={"reason": "仍有污水"})
    again = desk.state.assignments["a3"]
    assert (again.body, again.role, again.round) == ("ecology", "lead", 2)
    assert desk.clock("report", "a1").verdict == "kept"
    # 24, then the mid-autumn days 25 to 27 do not count, 28, 29.
    assert desk.due("report", "a3") == "2026-09-30 00:00"
    assert desk.state.stage == "dispatched"


def test_a_whistle_whose_last_department_is_released_still_has_a_clock_with_the_town() -> None:
    desk = whistle(assisting=())
    given = {"reason": "不归我", "legal_basis": "第九条"}
    desk.act("2026-09-18 11:58", "refuse", ECOLOGY, track="a1", given=given)
    desk.act("2026-09-18 15:00", "uphold", ARBITER, track="a1", given=given)
    assert desk.state.stage == "unassigned"
    assert desk.state.assignments["a1"].outcome == "released"
    assert desk.clock("dispatch").state == "running"


def test_a_lead_released_after_an_assistant_reported_leaves_the_whistle_without_a_lead() -> None:
    desk = whistle()
    desk.act("2026-09-18 14:40", "sign_in", WATER, track="a2")
    desk.act("2026-09-18 14:45", "report", WATER, track="a2", given={"result": "已清"})
    given = {"reason": "不归我", "legal_basis": "第九条"}
    desk.act("2026-09-18 14:50", "refuse", ECOLOGY, track="a1", given=given)
    desk.act("2026-09-18 15:00", "uphold", ARBITER, track="a1", given=given)
    assert desk.state.stage == "unassigned"


def test_an_extension_adds_the_limit_again_once_and_never_when_overdue() -> None:
    desk = whistle(assisting=())
    desk.act("2026-09-18 14:50", "sign_in", ECOLOGY, track="a1")
    with refused("domain.move.after"):
        desk.act("2026-09-21 09:00", "grant_extension", HEAD, track="a1", given={"reason": "等检测"})
    desk.act("2026-09-21 09:00", "ask_extension", ECOLOGY, track="a1", given={"reason": "等检测"})
    desk.act("2026-09-22 09:00", "grant_extension", HEAD, track="a1", given={"reason": "同意"})
    # Ten working days from 18 September: 20-24 are five, 28-30 three, 8 and 9 October two.
    assert desk.due("report", "a1") == "2026-10-10 00:00"
    with refused("cap_reached"):
        desk.act("2026-09-23 09:00", "grant_extension", HEAD, track="a1", given={"reason": "再"})


def test_a_withdrawn_whistle_withdraws_every_department() -> None:
    desk = whistle()
    desk.act("2026-09-18 14:40", "withdraw", COMMAND, given={"reason": "重复"})
    assert {item.outcome for item in desk.state.assignments.values()} == {"withdrawn"}
    assert all(clock.state == "stopped" for clock in desk.state.clocks.values())


def test_contact_may_be_recorded_later_with_a_reason_and_a_mark() -> None:
    desk = whistle(assisting=())
    with refused("needs"):
        desk.act(
            "2026-09-18 17:12", "contact", ECOLOGY, track="a1", given={"note": "已谈"}, happened="2026-09-18 16:05"
        )
    given = {"note": "已谈", "late_reason": "外出"}
    desk.act("2026-09-18 17:12", "contact", ECOLOGY, track="a1", given=given, happened="2026-09-18 16:05")
    assert desk.bodies[-1]["back_recorded"] is True
    assert desk.clock("contact", "a1").ended_at == at("2026-09-18 16:05")
    with refused("no_back_recording"):
        desk.act("2026-09-18 17:13", "sign_in", ECOLOGY, track="a1", happened="2026-09-18 15:00")


def test_late_arbitration_is_the_fault_of_the_district_office_and_not_of_the_department() -> None:
    desk = whistle()
    given = {"reason": "不归我", "legal_basis": "第九条"}
    desk.act("2026-09-18 11:58", "refuse", WATER, track="a2", given=given)
    # One working day after Friday the 18th is the make-up Sunday; it ends on Monday 00:00.
    assert "supervise_arbiter" in desk.tick("2026-09-21 00:00")
    clock = desk.clock("arbitration_supervision", "a2")
    assert clock.owed_by == "whistle_office"
    # Four working hours from 00:00 on Monday begin at 08:30: three and a half before lunch, half an hour after it.
    assert desk.due("arbitration_supervision", "a2") == "2026-09-21 15:00"
    assert "escalate_arbiter" in desk.tick("2026-09-21 15:00")
    assert desk.bodies[-1]["tell"] == ["government", "whistle_office"]
    desk.act("2026-09-21 16:00", "overrule", ARBITER, track="a2", given=given)
    assert desk.clock("arbitrate", "a2").verdict == "broken"
    assert desk.clock("arbitration_supervision", "a2").state == "stopped"
