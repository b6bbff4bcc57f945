"""What is asked: the time left, the month meant, the same question known again."""

from __future__ import annotations

from datetime import date

import pytest

from jinli.domain.calendar import WorkCalendar
from jinli.domain.inbound import (
    asked_lines,
    bounds_of,
    looks_personal,
    period_of,
    subject_of,
    time_given,
)
from jinli.domain.likeness import bare, covered, pairs
from jinli.domain.limits import TimeLimit, Unit
from tests.domain.procedures import BODIES, COMMAND, Desk, at, calendar, procedure


@pytest.mark.parametrize(
    ("asked", "due", "minutes", "days", "rest", "following"),
    [
        pytest.param("2026-09-11 16:30", "2026-09-13 00:00", 60, 0, True, "2026-09-14", id="Friday 16:30 for Saturday"),
        pytest.param("2026-09-18 16:30", "2026-09-21 00:00", 450, 1, False, None, id="the Sunday after is worked"),
        pytest.param(
            "2026-09-11 09:00", "2026-09-11 17:30", 360, 0, False, None, id="in the morning for the afternoon"
        ),
        pytest.param("2026-09-30 17:30", "2026-10-08 00:00", 0, 0, True, "2026-10-08", id="over the holidays"),
    ],
)
def test_the_working_time_that_an_asker_left(
    asked: str, due: str, minutes: int, days: int, rest: bool, following: str | None
) -> None:
    given = time_given(at(asked), at(due), calendar())
    assert (given.minutes, given.days, given.rest_day) == (minutes, days, rest)
    assert given.next_worked == (date.fromisoformat(following) if following else None)


def test_without_office_hours_the_time_left_is_unknown_and_not_nought() -> None:
    bare = WorkCalendar(calendar().editions)
    assert time_given(at("2026-09-11 16:30"), at("2026-09-13 00:00"), bare).minutes is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("9月办结件数", "2026-09"), ("12月办结件数", "2025-12"), ("2024年3月份受理数", "2024-03"),
        ("本月受理数", "2026-09"),
        ("上月受理数", "2026-08"), ("三季度办结数", "2026-Q3"), ("上半年办结数", "2026-H1"), ("今年以来办结数", "2026"),
        ("2025年度办结数", "2025"), ("办结件数", ""), ("9月15日前的办结数", ""), ("第13月", ""),
    ],
)  # fmt: skip
def test_the_period_a_question_names(text: str, period: str) -> None:
    assert period_of(text, date(2026, 9, 11)) == period


@pytest.mark.parametrize(
    ("period", "first", "after"),
    [
        ("2026-12", "2026-12-01 00:00", "2027-01-01 00:00"), ("2026-Q4", "2026-10-01 00:00", "2027-01-01 00:00"),
        ("2026-H1", "2026-01-01 00:00", "2026-07-01 00:00"), ("2026", "2026-01-01 00:00", "2027-01-01 00:00"),
    ],
)  # fmt: skip
def test_the_bounds_of_a_period(period: str, first: str, after: str) -> None:
    assert bounds_of(period, "Asia/Shanghai") == (at(first), at(after))


@pytest.mark.parametrize("period", ["", "2026-13", "2026-Q5", "x", "1999-01", "2026-9", "９９９９-01"])
def test_what_is_no_period_has_no_bounds(period: str) -> None:
    assert bounds_of(period, "Asia/Shanghai") is None


def test_the_same_question_is_known_again_in_other_dress() -> None:
    same = {subject_of(text) for text in ("检查燃气经营户数", "请报送检查燃气经营户数（户）", "9月 检查燃气经营户数：")}
    assert same == {"检查燃气经营户数"}
    assert subject_of("检查餐饮经营户数") not in same
    assert subject_of("检查燃气经营户数（城区）") not in same, "what stands in brackets may be what matters"


def test_a_pasted_list_loses_its_numbering_and_its_repeats() -> None:
    assert asked_lines("1. 甲数\n（2）乙数；\n③丙数\n- 甲数\n\n  \n2024年受理数") == (
        "甲数",
        "乙数",
        "丙数",
        "2024年受理数",
    )


@pytest.mark.parametrize(
    ("text", "personal"),
    [("13800000426", True), ("证号44120419900101123X", True), ("12345678901234", False), ("5800 户", False)],
)
def test_what_looks_like_a_persons_number(text: str, personal: bool) -> None:
    assert looks_personal(text) is personal


def test_likeness_counts_pairs_and_leaves_out_what_stands_in_brackets() -> None:
    assert pairs(bare("燃气检查（演示）")) == {"燃气", "气检", "检查"}
    assert covered(pairs("燃气检查"), pairs("请报燃气的检查情况")) == 1
    assert covered(frozenset(), pairs("燃气")) == 0


FRIDAY = TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=at("2026-09-13 00:00"))
OBJECTION = {"reason": "清单没有", "legal_basis": "清单", "reply": "……"}


def test_a_deadline_runs_only_if_given_else_the_house_convention() -> None:
    with_date, without = Desk(procedure("inbound_task")), Desk(procedure("inbound_task"))
    with_date.act("2026-09-11 16:30", "receive", COMMAND, bodies=BODIES, terms={"deadline": FRIDAY})
    without.act("2026-09-11 16:30", "receive", COMMAND, bodies=BODIES)
    assert {clock.code for clock in with_date.state.clocks.values()} == {"deadline"}
    assert with_date.due("deadline") == "2026-09-13 00:00"
    # Five working days after Friday the 11th: 14 to 18 September.
    assert without.due("answer") == "2026-09-19 00:00"


def test_an_objection_that_is_insisted_on_goes_to_the_town_head_with_a_clock() -> None:
    desk = Desk(procedure("inbound_task"))
    desk.act("2026-09-11 16:30", "receive", COMMAND, bodies=BODIES, terms={"deadline": FRIDAY})
    desk.act("2026-09-11 17:00", "object", COMMAND, given=OBJECTION)
    assert desk.clock("deadline").verdict == "kept"
    desk.act("2026-09-14 09:00", "asker_insists", COMMAND, given={"reason": "群里要求"})
    assert (desk.clock("settle").owed_by, desk.due("settle")) == ("government", "2026-09-16 00:00")


def test_silence_of_the_asker_is_no_answer() -> None:
    desk = Desk(procedure("inbound_task"))
    desk.act("2026-09-11 16:30", "receive", COMMAND, bodies=BODIES)
    desk.act("2026-09-11 17:00", "object", COMMAND, given=OBJECTION)
    desk.tick("2027-03-01 09:00")
    assert desk.state.stage == "objected"
