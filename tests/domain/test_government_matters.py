"""Government matters: what the law and the house conventions say (DOMAIN.md C1 to C3, J3 to J9), rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from jinli.domain import licensing as rules
from jinli.domain.competence import DIRECT, ENTRUSTED, Power, Standing, competence
from jinli.domain.errors import DomainError, RefusedError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.domain.requests import Actor
from tests.domain.procedures import HEAD, REPORTER, Desk, at, limit, procedure

CLERK = Actor(person="p-clerk", body="hall", roles=frozenset({"window_clerk"}))
OFFICER = Actor(person="p-officer", body="planning", roles=frozenset({"department_officer"}))
WATER = Actor(person="p-water", body="water", roles=frozenset({"department_officer"}))
ECOLOGY = Actor(person="p-ecology", body="ecology", roles=frozenset({"department_officer"}))
BODIES = {"window": "hall", "owner": "planning", "leader": "government"}
TERMS = {
    "decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY, end_rule=EndRule.ROLL, article="行政许可法第四十二条"),
    "supply": limit(30, Unit.CALENDAR_DAY),
    "opinion": limit(5, Unit.WORKING_DAY),
    "later": limit(10, Unit.WORKING_DAY),
    "pay": limit(15, Unit.WORKING_DAY),
    "submit": limit(1, Unit.WORKING_DAY),
}


def received(code: str = "licence", when: str = "2026-09-24 10:00", *, without: tuple[str, ...] = ()) -> Desk:
    desk = Desk(procedure(code))
    terms = {name: found for name, found in TERMS.items() if name in desk.procedure.terms and name not in without}
    desk.act(when, "receive", CLERK, bodies=BODIES, terms=terms)
    return desk


def accepted(code: str = "licence", when: str = "2026-09-24 11:00") -> Desk:
    desk = received(code)
    desk.act(when, "accept", CLERK)
    return desk


def refused_by(desk: Desk, when: str, move: str, actor: Actor, **more: Any) -> str:
    """Return the code of the rule that refuses a move."""
    with pytest.raises(DomainError) as refused:
        desk.act(when, move, actor, **more)
    return refused.value.code.rpartition(".")[2]


# Administrative Licensing Law, arts. 32 to 58 (C1)


def test_a_correction_on_the_spot_touches_no_clock() -> None:
    """Art. 32(3)."""
    desk = received()
    before = desk.due("notice")
    desk.act("2026-09-24 10:10", "correct_on_spot", CLERK)
    assert (desk.state.stage, desk.due("notice")) == ("received", before)


def test_acceptance_or_notice_is_owed_within_five_working_days_of_receipt() -> None:
    """Art. 32(4), art. 82: from Thursday 24 September over the holidays to the end of 9 October."""
    assert received().due("notice") == "2026-10-10 00:00"


def test_missing_papers_are_told_once() -> None:
    """Art. 32(4)."""
    desk = received()
    desk.act("2026-09-24 11:00", "one_time_notice", CLERK, given={"material": ["form", "lease"]})
    assert refused_by(desk, "2026-09-28 11:00", "one_time_notice", CLERK, given={"material": ["plan"]})
    with pytest.raises(RefusedError, match="told_once"):
        rules.require_first_notice(True)


def test_what_the_notice_did_not_name_cannot_be_asked_for_later() -> None:
    """Art. 32(4)."""
    with pytest.raises(RefusedError, match="not_asked_before"):
        rules.require_asked_for(["plan"], ["form", "lease"], {})


def test_no_time_runs_against_the_authority_while_the_applicant_supplies() -> None:
    """Art. 32(4): the decision clock starts with acceptance."""
    desk = received()
    desk.act("2026-09-24 11:00", "one_time_notice", CLERK, given={"material": ["form"]})
    assert desk.state.running("decide", "case") is None
    desk.act("2026-10-12 11:00", "accept", CLERK)
    assert desk.clock("decide").started_at == at("2026-10-12 11:00")


def test_who_does_not_supply_in_time_gets_the_papers_back() -> None:
    """Platform convention: a right that lapses, never a broken promise of the applicant."""
    desk = received()
    desk.act("2026-09-24 11:00", "one_time_notice", CLERK, given={"material": ["form"]})
    desk.tick("2026-12-01 00:00")
    assert desk.state.stage == "lapsed"
    assert desk.clock("supply").verdict == "lapsed"


def test_without_a_word_it_is_deemed_accepted_back_to_receipt() -> None:
    """Art. 32(4), J4: the golden case."""
    desk = received()
    assert desk.tick("2026-10-09 23:59") == []
    assert desk.tick("2026-10-10 00:00") == ["deemed_accept"]
    assert desk.due("decide") == "2026-10-30 00:00"


def test_refusing_acceptance_needs_reason_and_basis() -> None:
    """Art. 32(1), (2)."""
    desk = received()
    assert refused_by(desk, "2026-09-24 11:00", "refuse_acceptance", CLERK, given={"reason": "不属职权"}) == "needs"
    given = {"reason": "不属职权", "legal_basis": "第三十二条"}
    desk.act("2026-09-24 11:00", "refuse_acceptance", CLERK, given=given)
    assert desk.state.stage == "not_accepted"


def test_what_can_be_decided_on_the_spot_is_decided_on_the_spot() -> None:
    """Art. 34(2)."""
    desk = received()
    desk.act("2026-09-24 10:20", "grant_at_once", OFFICER, given={"reason": "材料齐全"})
    assert desk.state.stage == "decided"
    assert desk.clock("notice").verdict == "kept"


def test_the_substance_is_verified_by_two_persons() -> None:
    """Art. 34(3)."""
    with pytest.raises(DomainError, match="two_persons"):
        rules.require_two(["p-1", "p-1"])
    assert rules.require_two(["p-1", "p-2"]) == ("p-1", "p-2")


def test_a_refusal_says_reason_and_basis() -> None:
    """Art. 38(2)."""
    assert refused_by(accepted(), "2026-09-28 09:00", "refuse", OFFICER, given={"reason": "不符合"}) == "needs"


def test_the_decision_is_owed_twenty_working_days_after_acceptance() -> None:
    """Art. 42(1), art. 82."""
    assert accepted(when="2026-09-24 11:00").due("decide") == "2026-10-30 00:00"


def test_the_head_extends_once_while_the_limit_runs() -> None:
    """Art. 42(1)."""
    desk = accepted()
    given = {"reason": "复杂", "amount": 10}
    assert refused_by(desk, "2026-10-28 09:00", "extend", OFFICER, given=given) == "not_your_duty"
    desk.act("2026-10-28 09:00", "extend", HEAD, given=given)
    assert desk.due("decide") == "2026-11-13 00:00"
    assert refused_by(desk, "2026-11-11 09:00", "extend", HEAD, given=given) == "cap_reached"
    assert refused_by(accepted(), "2026-10-30 09:00", "extend", HEAD, given=given) == "clock_over"


@pytest.mark.parametrize(
    ("amount", "joint", "allowed"), [(10, False, True), (11, False, False), (15, True, True), (16, True, False)]
)
def test_an_extension_is_ten_days_and_fifteen_where_bodies_decide_together(
    amount: int, joint: bool, allowed: bool
) -> None:
    """Art. 42(1), (2)."""
    if allowed:
        rules.require_extension(amount=amount, limit=TERMS["decide"], joint=joint)
        return
    with pytest.raises(RefusedError, match="extension_too_long"):
        rules.require_extension(amount=amount, limit=TERMS["decide"], joint=joint)


def test_bodies_that_decide_together_have_forty_five_days() -> None:
    """Art. 42(2)."""
    assert (rules.JOINT_LIMIT.amount, rules.LICENCE_LIMIT.amount) == (45, 20)


def test_what_was_decided_is_delivered_within_ten_working_days() -> None:
    """Art. 44."""
    desk = accepted()
    desk.act("2026-09-28 09:00", "grant", OFFICER, given={"reason": "符合"})
    assert desk.due("deliver") == "2026-10-17 00:00"


@pytest.mark.parametrize("kind", rules.SPECIAL)
def test_each_procedure_of_article_45_stops_the_clock(kind: str) -> None:
    """Art. 45."""
    rules.require_special(kind)
    desk = accepted()
    given = {"kind": kind, "reason": "需要", "until": "2026-10-20T18:00:00+08:00"}
    desk.act("2026-10-12 10:00", "begin_special", OFFICER, given=given)
    assert desk.clock("decide").state == "paused"


@pytest.mark.parametrize("kind", ["supplement", "补正", "holiday", ""])
def test_nothing_else_stops_it(kind: str) -> None:
    """Art. 45, J6."""
    with pytest.raises(RefusedError) as refused:
        rules.require_special(kind)
    assert refused.value.facts["article"] == "行政许可法第四十五条"


def test_a_special_procedure_says_how_long_it_takes() -> None:
    """Art. 45, last sentence."""
    desk = accepted()
    given = {"kind": "testing", "reason": "需要检测"}
    assert refused_by(desk, "2026-10-12 10:00", "begin_special", OFFICER, given=given) == "needs"


def test_nothing_is_decided_while_the_applicant_may_still_ask_for_a_hearing() -> None:
    """Arts. 46, 47."""
    with pytest.raises(RefusedError, match="hearing_open"):
        rules.require_hearing_over(may_ask=True, asked=False, held=False)


def test_after_a_request_the_hearing_comes_before_the_decision() -> None:
    """Art. 48, last paragraph."""
    with pytest.raises(RefusedError, match="hearing_not_held"):
        rules.require_hearing_over(may_ask=False, asked=True, held=False)
    rules.require_hearing_over(may_ask=False, asked=True, held=True)


def test_the_hearing_is_asked_for_within_five_days_and_held_within_twenty() -> None:
    """Art. 47."""
    desk = accepted()
    desk.act("2026-09-24 15:00", "tell_hearing", OFFICER, given={"reason": "重大利益"})
    assert desk.due("hearing_ask") == "2026-10-10 00:00"
    desk.act("2026-09-28 09:00", "ask_hearing", REPORTER)
    assert desk.due("hearing_hold") == "2026-10-31 00:00"
    assert desk.clock("hearing_ask").verdict == "kept"


def test_notice_of_a_hearing_goes_out_seven_days_before() -> None:
    """Art. 48(1)."""
    with pytest.raises(RefusedError, match="notice_too_short"):
        rules.require_hearing_day(held_at=at("2026-10-09 09:00"), earliest=at("2026-10-13 00:00"), due=None)


def test_who_examines_does_not_chair() -> None:
    """Art. 48(3)."""
    with pytest.raises(RefusedError, match="chair_examines"):
        rules.require_impartial("p-officer", ["p-officer"])
    rules.require_impartial("p-head", ["p-officer"])


def test_where_the_number_is_limited_the_first_accepted_comes_first() -> None:
    """Art. 57."""
    accepted_at = {"许1": at("2026-09-24 11:00"), "许2": at("2026-09-24 10:00")}
    assert rules.first_in_turn(accepted_at, 1) == ("许2",)
    with pytest.raises(RefusedError, match="not_in_turn"):
        rules.require_turn("许1", accepted_at, 1)
    with pytest.raises(RefusedError, match="quantity_used"):
        rules.require_turn("许2", accepted_at, 0)


# Guangdong and national rules (C2, J19)


def test_only_secondary_materials_come_later() -> None:
    """Guangdong regulation 2022 art. 32."""
    states = {"form": "given", "lease": "later"}
    assert rules.require_tolerable(states, ["lease"], {}) == ("lease",)
    with pytest.raises(RefusedError, match="main_missing"):
        rules.require_tolerable(states, [], {})


def test_the_decision_clock_runs_on_while_a_paper_is_promised() -> None:
    """J19."""
    desk = received()
    desk.act("2026-09-24 11:00", "accept_with_promise", CLERK, given={"material": ["lease"]})
    assert desk.due("decide") == "2026-10-30 00:00"
    assert desk.clock("decide").state == "running"


def test_nothing_is_granted_while_a_promised_paper_is_missing() -> None:
    """Guangdong regulation 2022 art. 32."""
    with pytest.raises(RefusedError, match="promised_missing"):
        rules.require_kept_promise({"lease": "later"}, {})
    rules.require_kept_promise({"lease": "given", "pledge": "promised"}, {})


def test_a_paper_that_never_comes_breaks_the_promise_and_lets_the_case_be_ended() -> None:
    """J19."""
    desk = received()
    desk.act("2026-09-24 11:00", "accept_with_promise", CLERK, given={"material": ["lease"]})
    given = {"reason": "没有交来", "legal_basis": "第三十二条"}
    assert refused_by(desk, "2026-09-28 09:00", "end_missing", OFFICER, given=given) == "after"
    desk.tick("2026-10-16 00:00")
    assert (desk.moves()[-1], desk.clock("later").verdict) == ("later_missed", "broken")
    desk.act("2026-10-16 09:00", "end_missing", OFFICER, given=given)
    assert desk.state.stage == "ended_missing"


def test_a_promise_instead_of_a_paper_is_the_applicants_choice_from_a_published_list() -> None:
    """Guangdong regulation 2022 art. 36."""
    with pytest.raises(RefusedError, match="no_promise_for"):
        rules.require_promises({"lease": "promised"}, ["pledge"], {})


def test_whoever_lists_materials_goes_through_all_of_them() -> None:
    with pytest.raises(DomainError, match="material_left_out"):
        rules.require_states({"form": "given"}, ["form", "lease"])


# Powers handed down (C3, J9)


def power_of(mode: str) -> Power:
    return Power(
        code="d", item="sign", mode=mode, to_body="planning", authority="urban", authority_at="county",
        valid_from=at("2026-01-01 00:00").date(),
    )  # fmt: skip


STANDING = Standing(town="town", above="county", bodies={"planning": "government", "government": ""})


def test_who_decides_by_a_power_handed_down_is_sued_and_the_county_reviews() -> None:
    power = power_of(DIRECT)
    found = competence([power], "sign", at("2026-09-24 10:00").date(), standing=STANDING)
    assert (found.defendant, found.reviewer) == ("government", "county")


def test_who_entrusts_is_sued() -> None:
    """Licensing Law art. 24."""
    power = power_of(ENTRUSTED)
    found = competence([power], "sign", at("2026-09-24 10:00").date(), standing=STANDING)
    assert (found.defendant, found.seal) == ("urban", "urban")


# Silence, kinds of task, pauses (J3, J5 to J8)


def test_a_late_decision_is_broken_and_nothing_is_decided_by_time() -> None:
    """J3."""
    desk = accepted()
    assert desk.tick("2027-03-01 00:00")[0] == "clock_broken"
    assert (desk.state.stage, desk.clock("decide").verdict) == ("accepted", "broken")


@pytest.mark.parametrize("code", ["payment", "confirmation", "filing", "assisted"])
def test_only_licences_are_deemed_accepted_and_stop_by_article_45(code: str) -> None:
    """J3, J5, J6."""
    moves = procedure(code).case.moves
    assert not {"deemed_accept", "begin_special", "extend", "publish"} & set(moves)
    assert all(move.pauses is None for move in moves.values())


@pytest.mark.parametrize("code", ["payment", "confirmation", "filing"])
def test_outside_licences_an_unknown_limit_stays_unknown_until_somebody_promises(code: str) -> None:
    """J5."""
    desk = received(code, without=("decide", "promised"))
    assert refused_by(desk, "2026-09-24 11:00", "accept", CLERK) == "no_limit"
    desk.act("2026-09-24 11:00", "accept", CLERK, terms={"by_hand": limit(7, Unit.WORKING_DAY)})
    assert desk.state.running("by_hand", "case") is not None


def test_what_another_system_decides_has_no_decision_here() -> None:
    """J1."""
    assert not {"grant", "refuse", "accept"} & set(procedure("assisted").case.moves)


def test_after_acceptance_there_is_no_notice_of_missing_papers() -> None:
    """J6."""
    desk = accepted()
    given = {"material": ["form"]}
    assert refused_by(desk, "2026-09-28 09:00", "one_time_notice", CLERK, given=given) == "not_from_here"


def test_a_pause_excludes_the_days_after_its_begin_up_to_its_end() -> None:
    """J7: house convention, Civil Code arts. 201 and 203 by analogy."""
    desk = accepted()
    given = {"kind": "testing", "reason": "检测", "until": "2026-10-31T00:00:00+08:00"}
    desk.act("2026-10-12 10:00", "begin_special", OFFICER, given=given)
    desk.act("2026-10-14 10:00", "end_special", OFFICER, given={"result": "合格"})
    assert desk.due("decide") == "2026-11-03 00:00"


def test_the_right_of_the_applicant_lapses_and_is_marked_as_disputed_in_its_unit() -> None:
    """J8."""
    rule = procedure("licence").clocks["hearing_ask"]
    assert rule.right
    assert rule.limit is not None
    assert "争议" in rule.limit.source


def test_every_act_that_binds_people_asks_for_the_power() -> None:
    """J9."""
    for code in ("licence", "payment", "confirmation", "filing"):
        moves = procedure(code).case.moves
        sealed = {name for name, move in moves.items() if move.sealed}
        assert {"accept", "one_time_notice", "refuse_acceptance", "grant", "refuse"} <= sealed


# Several departments, publication, withdrawal (C5, J18)


def test_every_department_asked_has_its_own_clock() -> None:
    desk = accepted()
    desk.act("2026-09-28 09:00", "ask_opinions", OFFICER, given={"lead": "ecology", "assisting": ["water"]})
    desk.act("2026-09-29 09:00", "give_opinion", ECOLOGY, track="a1", given={"answer": "agree", "reply": "同意"})
    verdicts = {clock.track: clock.verdict for clock in desk.state.clocks.values() if clock.code == "opinion"}
    assert verdicts == {"a1": "kept", "a2": "open"}
    given = {"answer": "agree", "reply": "同意"}
    assert refused_by(desk, "2026-09-29 10:00", "give_opinion", ECOLOGY, track="a2", given=given) == "not_your_duty"


def test_asking_other_bodies_moves_no_due_day() -> None:
    desk = accepted()
    before = desk.due("decide")
    desk.act("2026-09-28 09:00", "ask_opinions", OFFICER, given={"lead": "ecology"})
    assert desk.due("decide") == before


def test_a_body_that_is_not_concerned_says_why_by_the_duty_list() -> None:
    """J2."""
    desk = accepted()
    desk.act("2026-09-28 09:00", "ask_opinions", OFFICER, given={"lead": "water"})
    assert refused_by(desk, "2026-09-29 09:00", "not_ours", WATER, track="a1", given={"reason": "不属职责"}) == "needs"
    desk.act("2026-09-29 09:00", "not_ours", WATER, track="a1", given={"reason": "不属职责", "duty_line": "12"})
    assert desk.state.assignments["a1"].outcome == "released"


def test_nothing_is_decided_while_an_opinion_is_open() -> None:
    with pytest.raises(RefusedError, match="opinions_open"):
        rules.require_opinions_in(["区水利局"])


def test_a_licence_is_published_within_seven_working_days_and_a_refusal_is_not() -> None:
    """J18."""
    desk = accepted()
    desk.act("2026-09-28 09:00", "grant", OFFICER, given={"reason": "符合"})
    assert desk.due("publish") == "2026-10-14 00:00"
    other = accepted()
    other.act("2026-09-28 09:00", "refuse", OFFICER, given={"reason": "不符合", "legal_basis": "第三条"})
    assert other.state.running("publish", "case") is None


def test_an_application_can_be_withdrawn_until_it_is_decided() -> None:
    """C5."""
    desk = accepted()
    desk.act("2026-09-28 09:00", "withdraw", REPORTER)
    assert (desk.state.stage, desk.clock("decide").verdict) == ("withdrawn", "void")
    late = accepted()
    late.act("2026-09-28 09:00", "grant", OFFICER, given={"reason": "符合"})
    assert refused_by(late, "2026-09-29 09:00", "withdraw", REPORTER) == "not_from_here"
