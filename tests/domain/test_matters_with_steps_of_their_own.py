"""Homestead, temporary aid and licences on a promise: where their steps differ from a plain licence or payment."""

from __future__ import annotations

from typing import Any

import pytest

from jinli.domain.errors import DomainError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.domain.state import RUNNING
from tests.domain.procedures import Desk, limit, procedure
from tests.domain.test_reports_and_licences import OFFICER

BODIES = {"window": "command", "owner": "command", "leader": "government"}
SUPPLY = {"supply": limit(30, Unit.CALENDAR_DAY)}
LAW = TimeLimit(amount=20, unit=Unit.WORKING_DAY, end_rule=EndRule.ROLL, article="行政许可法第四十二条")
GRANTED = {"reason": "符合条件"}
SEEN = {"result": "两人到场看过"}


def received(code: str, terms: dict[str, TimeLimit], **facts: Any) -> Desk:
    desk = Desk(procedure(code))
    desk.act("2026-09-07 09:00", "receive", OFFICER, bodies=BODIES, terms=SUPPLY | terms, facts=facts)
    return desk


def homestead() -> Desk:
    desk = received("homestead", {"decide": LAW})
    desk.act("2026-09-08 09:00", "accept", OFFICER)
    return desk


def approved_homestead() -> Desk:
    desk = homestead()
    desk.act("2026-09-10 09:00", "verify_on_site", OFFICER, given=SEEN)
    desk.act("2026-09-11 09:00", "grant", OFFICER, given=GRANTED)
    desk.act("2026-09-14 09:00", "publish", OFFICER)
    desk.act("2026-09-15 09:00", "deliver_last", OFFICER, given={"kind": "counter"})
    return desk


@pytest.mark.parametrize("code", ["homestead", "aid", "promised_licence"])
def test_the_procedures_of_matters_with_steps_of_their_own_are_sound(code: str) -> None:
    assert procedure(code).code == code


def test_nobody_approves_a_homestead_that_nobody_has_seen() -> None:
    """Licensing Law art. 34: what has to be verified on site is verified before the decision."""
    desk = homestead()
    with pytest.raises(DomainError, match="after"):
        desk.act("2026-09-09 09:00", "grant", OFFICER, given=GRANTED)
    assert "grant_at_once" not in desk.procedure.case.moves


def test_silence_accepts_a_homestead_too_and_the_visit_is_owed_from_then() -> None:
    """Licensing Law art. 32."""
    desk = received("homestead", {"decide": LAW})
    assert desk.tick("2026-09-15 00:00") == ["deemed_accept"]
    assert desk.clock("site").state == RUNNING


def test_an_approved_homestead_is_staked_out_and_checked_when_built() -> None:
    desk = approved_homestead()
    assert desk.state.stage == "to_build"
    desk.act("2026-10-12 09:00", "report_start", OFFICER)
    assert desk.due("stake") == "2026-10-20 00:00"
    desk.act("2026-10-13 09:00", "stake_out", OFFICER, given=SEEN)
    desk.act("2026-12-01 09:00", "report_built", OFFICER)
    desk.act("2026-12-02 09:00", "built_differently", OFFICER, given={"reason": "多建了一层"})
    desk.act("2026-12-20 09:00", "report_mended", OFFICER)
    desk.act("2026-12-22 09:00", "built_as_approved", OFFICER, given=SEEN)
    assert (desk.state.stage, desk.state.phase) == ("done", "closed")


def test_a_homestead_that_nobody_builds_on_is_filed_away_by_itself() -> None:
    desk = approved_homestead()
    assert desk.tick("2028-09-16 00:00") == ["not_built"]
    assert desk.state.stage == "shelved"


AID = {"promised": limit(10, Unit.WORKING_DAY), "pay": limit(15, Unit.WORKING_DAY)}


def test_aid_is_decided_after_the_visit_and_the_publicity() -> None:
    """Interim Measures for Social Assistance art. 48: examined, published, then decided."""
    desk = received("aid", AID)
    desk.act("2026-09-08 09:00", "accept", OFFICER)
    with pytest.raises(DomainError, match="after"):
        desk.act("2026-09-08 10:00", "begin_publicity", OFFICER, given={"note": "村务公开栏"})
    desk.act("2026-09-09 09:00", "visit_household", OFFICER, given=SEEN)
    desk.act("2026-09-09 10:00", "begin_publicity", OFFICER, given={"note": "村务公开栏"})
    with pytest.raises(DomainError):
        desk.act("2026-09-10 09:00", "grant", OFFICER, given={**GRANTED, "amount": "800.00"})
    assert desk.tick("2026-09-15 00:00") == ["publicity_over"]
    desk.act("2026-09-15 09:00", "grant", OFFICER, given={**GRANTED, "amount": "800.00"})
    assert desk.state.stage == "granted"


def test_an_objection_sends_somebody_to_look_again() -> None:
    desk = received("aid", AID)
    desk.act("2026-09-08 09:00", "accept", OFFICER)
    desk.act("2026-09-09 09:00", "visit_household", OFFICER, given=SEEN)
    desk.act("2026-09-09 10:00", "begin_publicity", OFFICER, given={"note": "村务公开栏"})
    desk.act("2026-09-10 09:00", "objection", OFFICER, given={"reason": "有人说家里有车"})
    assert desk.state.stage == "accepted"
    assert desk.clock("visit").state == RUNNING
    assert desk.clock("publicity").state != RUNNING


@pytest.mark.parametrize("waiting_for_papers", [False, True])
def test_who_cannot_wait_is_helped_first_and_the_papers_follow(waiting_for_papers: bool) -> None:
    """Interim Measures for Social Assistance art. 48: in urgent cases the formalities may be simplified."""
    desk = received("aid", AID)
    if waiting_for_papers:
        desk.act("2026-09-07 09:30", "one_time_notice", OFFICER, given={"material": ["medical_record"]})
    desk.act("2026-09-07 10:00", "grant_now", OFFICER, given={"reason": "断炊", "amount": "500.00"})
    assert desk.due("pay_now") == "2026-09-09 00:00"
    desk.act("2026-09-07 11:00", "pay_now", OFFICER, given={"result": "现金，两人在场"})
    assert (desk.state.stage, desk.state.phase) == ("to_complete", "open")
    desk.act("2026-09-16 09:00", "complete", OFFICER, given=SEEN)
    assert desk.state.stage == "paid"


def test_aid_paid_on_an_untrue_story_is_reclaimed() -> None:
    """Interim Measures for Social Assistance art. 68."""
    desk = received("aid", AID)
    desk.act("2026-09-07 10:00", "grant_now", OFFICER, given={"reason": "断炊", "amount": "500.00"})
    desk.act("2026-09-07 11:00", "pay_now", OFFICER, given={"result": "现金，两人在场"})
    given = {"reason": "情况不属实", "legal_basis": "社会救助暂行办法第六十八条"}
    desk.act("2026-09-10 09:00", "reclaim", OFFICER, given=given)
    assert (desk.state.stage, desk.state.phase) == ("reclaimed", "closed")


CHECK = {"decide": TimeLimit(amount=10, unit=Unit.WORKING_DAY, end_rule=EndRule.ROLL, article="消防法第十五条")}
PROMISE = {"reason": "材料齐全", "promise": "fire"}


def on_promise() -> Desk:
    desk = received("promised_licence", CHECK)
    desk.act("2026-09-07 09:30", "grant_on_promise", OFFICER, given=PROMISE)
    desk.act("2026-09-07 10:00", "deliver_promised", OFFICER, given={"kind": "counter"})
    return desk


def test_a_promise_opens_the_door_at_once_and_the_check_is_owed_from_that_day() -> None:
    """Fire Protection Law art. 15: complete papers with a promise are granted; the check follows."""
    desk = on_promise()
    assert desk.state.stage == "to_check"
    assert desk.due("check") == "2026-10-11 00:00"  # the twentieth working day is the made-up Saturday


def test_a_licence_on_a_promise_cannot_end_without_publication_and_check() -> None:
    desk = on_promise()
    with pytest.raises(DomainError, match="after"):
        desk.act("2026-09-14 09:00", "check_kept", OFFICER, given=SEEN)
    desk.act("2026-09-15 09:00", "publish_promised", OFFICER)
    desk.act("2026-09-16 09:00", "check_kept", OFFICER, given=SEEN)
    assert (desk.state.stage, desk.state.phase) == ("done", "closed")


def test_a_promise_that_is_not_kept_is_mended_in_time_or_the_licence_goes() -> None:
    """Fire Protection Law art. 58: ordered to mend, revoked where it still does not fit."""
    desk = on_promise()
    desk.act("2026-09-14 09:00", "publish_promised", OFFICER)
    desk.act("2026-09-16 09:00", "check_broken", OFFICER, given={"reason": "疏散门锁着"})
    given = {"reason": "期满仍锁着", "legal_basis": "消防法第五十八条"}
    desk.act("2026-10-15 09:00", "revoke_promised", OFFICER, given=given)
    assert (desk.state.stage, desk.state.phase) == ("revoked", "closed")


def test_who_does_not_promise_gets_the_ordinary_licence() -> None:
    """Guangdong Regulation on the Business Environment art. 36: the applicant is free to choose."""
    desk = received("promised_licence", CHECK)
    desk.act("2026-09-08 09:00", "accept", OFFICER)
    assert desk.due("decide") == "2026-09-22 00:00"
    desk.act("2026-09-14 09:00", "grant", OFFICER, given=GRANTED)
    assert desk.state.stage == "decided"
