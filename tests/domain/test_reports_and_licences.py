"""Grid reports from intake to the end of the contest window, and deemed acceptance of a licence application."""

from __future__ import annotations

import pytest

from jinli.domain.errors import DomainError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.domain.state import replay
from tests.domain.procedures import COMMAND, COMMAND_2, GRID, HEAD, REPORTER, Actor, Desk, limit, procedure, report

COVER = {"handle": limit(2, Unit.URGENT_HOUR)}
FILE = {"standard": "0102-1", "handler": "command"}


def test_the_handling_clock_runs_from_the_report_also_at_night() -> None:
    desk = report("2026-09-24 17:50")
    assert desk.due("intake") == "2026-09-24 18:20"
    desk.act("2026-09-24 18:05", "file", COMMAND, given=FILE, terms=COVER)
    assert desk.due("handle") == "2026-09-24 19:50"
    desk.act("2026-09-24 19:20", "solve", COMMAND, given={"result": "已盖好"})
    assert desk.clock("handle").verdict == "kept"


def test_the_one_who_solved_does_not_verify() -> None:
    desk = report()
    desk.act("2026-09-24 18:05", "file", COMMAND, given=FILE, terms=COVER)
    desk.act("2026-09-24 19:20", "solve", COMMAND, given={"result": "已盖好"})
    with pytest.raises(DomainError, match="not_by_the_same"):
        desk.act("2026-09-24 19:30", "verify_passed", COMMAND)
    desk.act("2026-09-24 19:30", "verify_passed", COMMAND_2)
    assert desk.state.stage == "callback"


def test_a_class_without_a_usable_limit_needs_a_promise() -> None:
    desk = report()
    with pytest.raises(DomainError, match="no_limit"):
        desk.act("2026-09-24 18:05", "file", COMMAND, given=FILE)


def test_the_reporter_contests_once_and_silence_closes() -> None:
    desk = report()
    desk.act("2026-09-24 18:05", "file", COMMAND, given=FILE, terms=COVER)
    for _ in range(2):
        solved = "2026-09-24 19:20" if _ == 0 else "2026-09-29 10:00"
        desk.act(solved, "solve", COMMAND, given={"result": "已盖好"})
        desk.act(solved, "verify_passed", GRID)
        desk.act(solved, "call_back", COMMAND, given={"answer": "solved"})
        if _ == 0:
            desk.act("2026-09-29 09:00", "contest", REPORTER, given={"reason": "又松了"})
    with pytest.raises(DomainError, match="cap_reached"):
        desk.act("2026-09-29 11:00", "contest", REPORTER, given={"reason": "还是松"})
    # 30 September, then 8, 9, 10 (make-up Saturday) and 12 October.
    assert desk.due("contest") == "2026-10-13 00:00"
    assert desk.tick("2026-10-13 00:00") == ["close"]
    assert desk.clock("contest").verdict == "lapsed"


def test_a_report_without_telephone_is_not_called_back() -> None:
    desk = report(anonymous=True)
    desk.act("2026-09-24 18:05", "file", COMMAND, given=FILE, terms=COVER)
    desk.act("2026-09-24 19:20", "solve", COMMAND, given={"result": "已盖好"})
    desk.act("2026-09-24 19:30", "verify_passed", GRID)
    assert desk.moves()[-1] == "no_callback"
    assert desk.state.stage == "contest_window"


def test_a_lawful_exit_needs_its_kind_a_reason_and_a_reply() -> None:
    desk = report()
    with pytest.raises(DomainError, match="needs"):
        desk.act("2026-09-24 18:00", "exit", COMMAND, given={"exit": "outside_duty", "reason": "供电"})
    desk.act("2026-09-24 18:00", "exit", COMMAND, given={"exit": "outside_duty", "reason": "供电", "reply": "请找供电"})
    assert desk.state.phase == "closed"


def test_a_report_nobody_sorts_is_supervised_and_then_goes_to_the_leader() -> None:
    desk = report("2026-09-24 09:00")
    assert desk.tick("2026-09-24 09:30") == ["supervise"]
    # 09:30 to 12:00, then from 14:30 one hour and a half.
    assert desk.tick("2026-09-24 16:00") == ["escalate"]
    assert desk.bodies[-1]["tell"] == ["government"]


LICENCE_TERMS = {
    "decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY, end_rule=EndRule.ROLL, article="行政许可法第四十二条"),
    "supply": limit(30, Unit.CALENDAR_DAY),
}
OFFICER = Actor(person="p-clerk", body="command", roles=frozenset({"department_officer"}))


def licence(when: str = "2026-09-24 10:00") -> Desk:
    desk = Desk(procedure("licence"))
    desk.act(
        when,
        "receive",
        OFFICER,
        bodies={"window": "command", "owner": "command", "leader": "government"},
        terms=LICENCE_TERMS,
    )
    return desk


def test_silence_is_acceptance_back_to_receipt() -> None:
    """Administrative Licensing Law art. 32: received Thu 24 September, no notice by the end of 9 October."""
    desk = licence()
    assert desk.tick("2026-10-09 23:59") == []
    assert desk.tick("2026-10-10 00:00") == ["deemed_accept"]
    assert desk.due("decide") == "2026-10-30 00:00"
    assert desk.clock("notice").verdict == "broken"


def test_what_acceptance_by_silence_will_need_is_brought_with_the_application() -> None:
    """Else the fifth day would end in a clock without a limit, with nobody there to name one."""
    bodies = {"window": "command", "owner": "command", "leader": "government"}
    with pytest.raises(DomainError, match="no_limit"):
        Desk(procedure("licence")).act("2026-09-24 10:00", "receive", OFFICER, bodies=bodies)


def test_a_notice_on_the_fifth_day_is_in_time() -> None:
    desk = licence()
    desk.act("2026-10-09 17:00", "one_time_notice", OFFICER, given={"material": ["身份证明"]})
    assert desk.clock("notice").verdict == "kept"
    assert desk.tick("2026-10-12 00:00") == []


def test_only_article_45_stops_the_clock_and_it_resumes_by_itself() -> None:
    desk = licence()
    desk.act("2026-09-25 09:00", "accept", OFFICER)
    given = {"kind": "expert_review", "reason": "专家评审", "until": "2026-10-16T00:00:00+08:00"}
    desk.act("2026-10-08 10:00", "begin_special", OFFICER, given=given)
    assert desk.state.phase == "paused"
    assert desk.tick("2026-10-16 00:00") == ["special_over"]
    assert desk.state.stage == "accepted"
    assert desk.state.phase == "open"


def test_the_decision_is_extended_once() -> None:
    desk = licence()
    desk.act("2026-09-28 09:00", "accept", OFFICER)
    desk.act("2026-10-20 09:00", "extend", HEAD, given={"reason": "复杂", "amount": 10})
    with pytest.raises(DomainError, match="cap_reached"):
        desk.act("2026-10-21 09:00", "extend", HEAD, given={"reason": "再", "amount": 10})


@pytest.mark.parametrize("make", [report, licence])
def test_replaying_the_journal_gives_the_present(make: object) -> None:
    desk = make()  # type: ignore[operator]
    desk.tick("2026-12-01 00:00")
    assert replay("T1", "test", desk.bodies) == desk.state
