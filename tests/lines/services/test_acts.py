"""Acts on an application, as the law orders them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Case, Clock, Entry, Grant, Paper
from jinli.cases.services import tick
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.services.models import Hearing, Publication
from jinli.lines.services.services import acts
from jinli.lines.services.services.budgets import set_budget
from jinli.packs.items import ItemLimitRow, MaterialRow
from jinli.town.moment import frozen_at
from tests.counting import statements_of
from tests.lines.services.desk import ALL_GIVEN, ITEM, PRIVATE, Hall, at, hall, replace

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Hall:
    return hall()


def _due(case: Case, code: str) -> str:
    return str(Clock.objects.filter(case=case, code=code).latest("key").last_day)


def test_what_is_complete_is_accepted_and_the_limit_is_pinned(desk: Hall) -> None:
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    assert case.stage == "accepted"
    assert _due(case, "decide") == "2026-10-29"


def test_what_is_incomplete_is_not_accepted_without_a_promise(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00", materials={**ALL_GIVEN, "form": "missing"})
    with pytest.raises(DomainError, match="incomplete"):
        desk.do("2026-09-24 11:00", acts.accept, case, "clerk")
    assert desk.moves(case) == ["receive"]


def test_everything_missing_is_told_once_and_only_once(desk: Hall) -> None:
    """Licensing Law art. 32(4)."""
    case = desk.apply("2026-09-24 10:00")
    states = {"form": "missing", "lease": "missing", "pledge": "given"}
    desk.do("2026-09-24 11:00", acts.one_time_notice, case, "clerk", materials=states)
    body = json.loads(Entry.objects.get(case=case, move="one_time_notice").body)
    assert body["given"]["material"] == ["form", "lease"]
    with pytest.raises(DomainError) as refused:
        desk.do("2026-09-25 11:00", acts.one_time_notice, case, "clerk", materials=states)
    assert refused.value.code == "domain.licensing.told_once"
    assert "三十二条" in str(refused.value.facts["article"])


def test_a_notice_that_asks_for_nothing_is_refused(desk: Hall) -> None:
    with pytest.raises(DomainError, match="nothing_missing"):
        desk.do("2026-09-24 11:00", acts.one_time_notice, desk.apply("2026-09-24 10:00"), "clerk", materials=ALL_GIVEN)


def test_the_same_form_sent_twice_makes_one_notice(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    states = {**ALL_GIVEN, "lease": "missing"}
    desk.do("2026-09-24 11:00", acts.one_time_notice, case, "clerk", materials=states, key="once")
    desk.do("2026-09-24 11:00", acts.one_time_notice, case, "clerk", materials=states, key="once")
    assert desk.moves(case).count("one_time_notice") == 1


def test_two_clerks_at_once_one_wins_and_the_other_is_told(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    with frozen_at(at("2026-09-24 11:00")):
        on = acts.OnCase(acting=desk.acting("clerk"), case=case.pk, version=case.version)
        acts.accept(on)
        with pytest.raises(ConflictError):
            acts.accept(on)


def test_secondary_materials_may_come_later_and_the_decision_clock_runs_on(desk: Hall) -> None:
    """Guangdong regulation 2022 art. 32; J19."""
    case = desk.apply("2026-09-24 10:00")
    states = {**ALL_GIVEN, "lease": "later"}
    desk.do("2026-09-24 11:00", acts.accept_with_promise, case, "clerk", materials=states)
    assert _due(case, "decide") == "2026-10-29"
    assert _due(case, "later") == "2026-10-15"
    with pytest.raises(DomainError, match="promised_missing"):
        desk.do("2026-09-25 11:00", acts.grant, case, "officer", reason="符合条件")
    desk.do("2026-09-28 11:00", acts.supply, case, "clerk", codes=["lease"])
    assert desk.moves(case)[-1] == "supply_last"
    assert desk.do("2026-09-28 12:00", acts.grant, case, "officer", reason="符合条件").stage == "decided"


def test_main_materials_never_come_later(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    with pytest.raises(DomainError, match="main_missing"):
        desk.do("2026-09-24 11:00", acts.accept_with_promise, case, "clerk", materials={**ALL_GIVEN, "form": "later"})


def test_a_promised_paper_that_never_comes_is_shown_broken_and_the_case_may_then_be_ended(desk: Hall) -> None:
    """J19: what happens when the paper never comes."""
    case = desk.apply("2026-09-24 10:00")
    states = {**ALL_GIVEN, "lease": "later"}
    desk.do("2026-09-24 11:00", acts.accept_with_promise, case, "clerk", materials=states)
    words = {"reason": "承诺的租赁合同一直没有交来", "legal_basis": "广东省优化营商环境条例第三十二条"}
    with pytest.raises(DomainError, match="after"):
        desk.do("2026-10-14 11:00", acts.end_missing, case, "officer", **words)
    tick(now=at("2026-10-16 08:00"))
    assert Clock.objects.get(case=case, code="later").verdict == "broken"
    assert desk.do("2026-10-16 11:00", acts.end_missing, case, "officer", **words).stage == "ended_missing"


def test_a_promise_stands_only_for_what_the_list_allows(desk: Hall) -> None:
    """Guangdong regulation 2022 art. 36."""
    case = desk.apply("2026-09-24 10:00")
    with pytest.raises(DomainError, match="no_promise_for"):
        desk.do("2026-09-24 11:00", acts.accept, case, "clerk", materials={**ALL_GIVEN, "lease": "promised"})
    desk.do("2026-09-24 11:00", acts.accept, case, "clerk", materials={**ALL_GIVEN, "pledge": "promised"})
    assert desk.do("2026-09-25 11:00", acts.grant, case, "officer", reason="符合条件").stage == "decided"


def test_what_is_not_our_power_names_the_authority(desk: Hall) -> None:
    """Licensing Law art. 32(2)."""
    case = desk.apply("2026-09-24 10:00")
    words = {"reason": "不属本镇职权", "legal_basis": "行政许可法第三十二条"}
    with pytest.raises(DomainError, match="authority_needed"):
        desk.do("2026-09-24 11:00", acts.refuse_acceptance, case, "clerk", not_ours=True, **words)
    desk.do("2026-09-24 11:00", acts.refuse_acceptance, case, "clerk", not_ours=True, authority="区水利局", **words)
    assert case.stage == "not_accepted"


def test_a_matter_without_any_known_limit_is_promised_by_a_named_person(desk: Hall) -> None:
    """J5: no default of twenty days outside licences."""
    item = replace(ITEM, code="allowance", kind="payment", procedure="payment", statutory=ItemLimitRow())
    case = desk.apply("2026-09-24 10:00", item)
    with pytest.raises(DomainError, match="promise_needed"):
        desk.do("2026-09-24 11:00", acts.accept, case, "clerk")
    desk.do("2026-09-24 11:00", acts.accept, case, "clerk", by_hand=10)
    assert set(Clock.objects.filter(case=case, state="running").values_list("code", flat=True)) == {"by_hand"}


def test_a_payment_says_how_much_and_is_then_paid(desk: Hall) -> None:
    item = replace(ITEM, code="allowance", kind="payment", procedure="payment", statutory=ItemLimitRow())
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00", item), "clerk", by_hand=10)
    with pytest.raises(DomainError, match="amount_needed"):
        desk.do("2026-09-25 11:00", acts.grant, case, "officer", reason="符合条件")
    set_budget(
        acting=desk.acting("head"), town=desk.staff.small.town, item="allowance", year=2026, fen=1_000_000,
        source="某发〔2026〕1号（样本）",
    )  # fmt: skip
    desk.do("2026-09-25 11:00", acts.grant, case, "officer", reason="符合条件", amount=10000)
    assert desk.do("2026-09-28 11:00", acts.pay, case, "officer", result="已转账").stage == "paid"


def _accepted(desk: Hall, **more: object) -> Case:
    return desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00", replace(ITEM, **more)), "clerk")


def test_every_opinion_has_its_own_clock_and_must_be_in_or_taken_back(desk: Hall) -> None:
    case = _accepted(desk)
    desk.do("2026-09-25 09:00", acts.ask_opinions, case, "officer", lead="ecology", assisting=["water"])
    assert Clock.objects.filter(case=case, code="opinion", state="running").count() == 2
    with pytest.raises(DomainError, match="opinions_open"):
        desk.do("2026-09-25 10:00", acts.grant, case, "officer", reason="符合条件")
    first = desk.track(case, "ecology")
    desk.do("2026-09-25 11:00", acts.give_opinion, case, "ecology", track=first, answer="agree", reply="同意")
    second = desk.track(case, "water")
    desk.do("2026-09-25 11:30", acts.take_back, case, "officer", track=second, reason="不用了")
    assert desk.do("2026-09-25 12:00", acts.grant, case, "officer", reason="符合条件").stage == "decided"


def test_a_body_gives_only_its_own_opinion(desk: Hall) -> None:
    case = _accepted(desk)
    desk.do("2026-09-25 09:00", acts.ask_opinions, case, "officer", lead="ecology")
    with pytest.raises(DomainError, match="not_your_duty"):
        desk.do(
            "2026-09-25 11:00", acts.give_opinion, case, "water", track=desk.track(case, "ecology"), answer="agree",
            reply="同意",
        )  # fmt: skip


def test_an_opinion_is_one_of_three(desk: Hall) -> None:
    case = _accepted(desk)
    desk.do("2026-09-25 09:00", acts.ask_opinions, case, "officer", lead="ecology")
    with pytest.raises(DomainError, match="unknown_opinion"):
        desk.do(
            "2026-09-25 11:00", acts.give_opinion, case, "ecology", track=desk.track(case, "ecology"), answer="maybe",
            reply="再看看",
        )  # fmt: skip


def test_verification_on_site_takes_two_and_comes_before_the_grant(desk: Hall) -> None:
    """Licensing Law art. 34(3)."""
    case = _accepted(desk, on_site=True)
    with pytest.raises(DomainError, match="not_verified"):
        desk.do("2026-09-25 10:00", acts.grant, case, "officer", reason="符合条件")
    one, two = (str(desk.staff.small.people[name].pk) for name in ("officer", "officer2"))
    with pytest.raises(DomainError, match="two_persons"):
        desk.do("2026-09-25 10:00", acts.verify_on_site, case, "officer", people=[one, one], result="相符")
    desk.do("2026-09-25 10:00", acts.verify_on_site, case, "officer", people=[one, two], result="相符")
    assert desk.do("2026-09-25 12:00", acts.grant, case, "officer", reason="符合条件").stage == "decided"


def test_where_the_number_is_limited_the_order_of_acceptance_decides(desk: Hall) -> None:
    """Licensing Law art. 57."""
    item = replace(ITEM, quantity=1)
    first, second = desk.apply("2026-09-24 10:00", item), desk.apply("2026-09-24 10:05", item)
    desk.do("2026-09-24 11:00", acts.accept, first, "clerk")
    desk.do("2026-09-24 11:30", acts.accept, second, "clerk")
    with pytest.raises(DomainError, match="not_in_turn"):
        desk.do("2026-09-25 10:00", acts.grant, second, "officer", reason="符合条件")
    desk.do("2026-09-25 10:00", acts.grant, first, "officer", reason="符合条件")
    with pytest.raises(DomainError, match="quantity_used"):
        desk.do("2026-09-25 11:00", acts.grant, second, "officer", reason="符合条件")


def test_a_hearing_is_noticed_seven_days_before_and_chaired_by_somebody_else(desk: Hall) -> None:
    """Licensing Law arts. 46 to 48."""
    case = _accepted(desk)
    people = {name: str(desk.staff.small.people[name].pk) for name in ("officer", "officer2", "planning_head")}
    desk.do(
        "2026-09-24 12:00",
        acts.verify_on_site,
        case,
        "officer",
        people=[people["officer"], people["officer2"]],
        result="相符",
    )
    desk.do("2026-09-24 15:00", acts.tell_hearing, case, "officer", reason="涉及相邻各家")
    with pytest.raises(DomainError, match="hearing_open"):
        desk.do("2026-09-25 10:00", acts.refuse, case, "officer", reason="不符合", legal_basis="样本条例第三条")
    desk.do("2026-09-28 09:00", acts.ask_hearing, case, "clerk")
    assert _due(case, "hearing_hold") == "2026-10-30"
    words = {"place": "镇政府二楼", "reason": "申请人要求听证"}
    with pytest.raises(DomainError, match="notice_too_short"):
        desk.do(
            "2026-09-28 10:00",
            acts.summon_hearing,
            case,
            "officer",
            chair=people["planning_head"],
            held_at=at("2026-10-09 09:00"),
            **words,
        )
    with pytest.raises(DomainError, match="hearing_too_late"):
        desk.do(
            "2026-09-28 10:00",
            acts.summon_hearing,
            case,
            "officer",
            chair=people["planning_head"],
            held_at=at("2026-11-05 09:00"),
            **words,
        )
    with pytest.raises(DomainError, match="chair_examines"):
        desk.do(
            "2026-09-28 10:00",
            acts.summon_hearing,
            case,
            "officer",
            chair=people["officer2"],
            held_at=at("2026-10-20 09:00"),
            **words,
        )
    desk.do(
        "2026-09-28 10:00",
        acts.summon_hearing,
        case,
        "officer",
        chair=people["planning_head"],
        held_at=at("2026-10-20 09:00"),
        **words,
    )
    with pytest.raises(DomainError, match="hearing_not_held"):
        desk.do("2026-09-29 10:00", acts.grant, case, "officer", reason="符合条件")
    desk.do("2026-10-20 12:00", acts.hold_hearing, case, "officer", record="双方陈述见笔录")
    assert Hearing.objects.get(case=case).over_at is not None
    assert Clock.objects.get(case=case, code="hearing_hold").verdict == "kept"
    assert desk.do("2026-10-21 12:00", acts.grant, case, "officer", reason="据笔录，符合条件").stage == "decided"


def test_the_time_to_ask_for_a_hearing_lapses_and_then_the_decision_is_open(desk: Hall) -> None:
    """Licensing Law art. 47; the applicant's five days are a right that lapses (J8)."""
    case = _accepted(desk)
    desk.do("2026-09-24 15:00", acts.tell_hearing, case, "officer", reason="涉及相邻各家")
    tick(now=at("2026-10-10 08:00"))
    assert Clock.objects.get(case=case, code="hearing_ask").verdict == "lapsed"
    with pytest.raises(DomainError, match="clock_over"):
        desk.do("2026-10-10 09:00", acts.ask_hearing, case, "clerk")
    assert desk.do("2026-10-10 10:00", acts.grant, case, "officer", reason="符合条件").stage == "decided"


def test_an_extension_is_at_most_ten_working_days(desk: Hall) -> None:
    """Licensing Law art. 42(1)."""
    case = _accepted(desk)
    with pytest.raises(DomainError, match="extension_too_long"):
        desk.do("2026-10-20 10:00", acts.extend, case, "planning_head", amount=11, reason="案情复杂")


def test_several_bodies_together_may_extend_by_fifteen_by_the_head_of_the_government(desk: Hall) -> None:
    """Licensing Law art. 42(2)."""
    case = _accepted(desk, joint=True)
    desk.do("2026-10-20 10:00", acts.extend, case, "head", amount=15, reason="案情复杂")
    assert desk.moves(case)[-1] == "extend"


def test_a_licence_is_published_with_a_masked_name_and_delivered_in_either_order(desk: Hall) -> None:
    """J18, Licensing Law art. 44."""
    case = desk.do("2026-09-25 10:00", acts.grant, _accepted(desk), "officer", reason="符合条件")
    assert (_due(case, "publish"), _due(case, "deliver")) == ("2026-10-12", "2026-10-15")
    words = {"way": "counter", "receiver": "本人", "delivered": "准予决定书"}
    desk.do("2026-09-28 10:00", acts.deliver, case, "clerk", **words)
    assert case.stage == "delivered"
    assert desk.do("2026-09-28 11:00", acts.publish, case, "officer").stage == "done"
    row = Publication.objects.get(case=case)
    assert row.content["holder"] == "梁**（演示）"
    assert row.content["holder_code"] == ""


def test_a_publication_is_corrected_and_taken_down_and_keeps_what_it_said(desk: Hall) -> None:
    case = desk.do("2026-09-25 10:00", acts.grant, _accepted(desk), "officer", reason="符合条件")
    desk.do("2026-09-28 11:00", acts.publish, case, "officer")
    row = Publication.objects.get(case=case)
    known = {"publication": row.pk, "changed_on": at("2026-09-28 00:00").date(), "reason": "许可内容变更"}
    with frozen_at(at("2026-09-29 10:00")):
        with pytest.raises(DomainError, match="not_yours"):
            acts.withdraw_publication(acting=desk.acting("clerk"), seen=row.published_at, **known)
        officer = desk.acting("officer")
        acts.correct_publication(acting=officer, seen=row.published_at, changes={"content": "准予设置一处"}, **known)
        with pytest.raises(DomainError, match="meanwhile"):
            acts.withdraw_publication(acting=officer, seen=row.published_at, **known)
    row.refresh_from_db()
    assert row.content["content"] == "准予设置一处"
    assert row.history[0]["content"]["content"] == "准予设置户外招牌"
    with frozen_at(at("2026-09-30 10:00")):
        acts.withdraw_publication(acting=officer, seen=row.settled_at, **known)
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_a_refusal_is_delivered_and_not_published(desk: Hall) -> None:
    case = _accepted(desk)
    desk.do("2026-09-25 10:00", acts.refuse, case, "officer", reason="超出范围", legal_basis="样本条例第三条")
    assert not Clock.objects.filter(case=case, code="publish").exists()
    words = {"way": "post", "receiver": "本人", "delivered": "不予决定书"}
    assert desk.do("2026-09-28 10:00", acts.deliver, case, "clerk", **words).stage == "ended_refused"


def test_what_another_system_decides_gets_no_decision_from_us(desk: Hall) -> None:
    """J1."""
    item = replace(ITEM, code="filing-there", kind="other", procedure="assisted", statutory=ItemLimitRow())
    case = desk.apply("2026-09-24 10:00", item)
    with pytest.raises(DomainError, match="foreign_number_needed"):
        desk.do("2026-09-24 11:00", acts.submit_there, case, "clerk", foreign_number="", note="已提交")
    desk.do("2026-09-24 11:00", acts.submit_there, case, "clerk", foreign_number="2026-1", note="已提交")
    desk.do("2026-09-28 11:00", acts.looked, case, "clerk", note="审核中")
    with pytest.raises(DomainError, match="unknown"):
        desk.do("2026-09-28 11:00", acts.grant, case, "officer", reason="符合条件")
    assert desk.do("2026-09-29 11:00", acts.done_there, case, "clerk", result="已备案").stage == "done_there"


def test_silence_never_decides(desk: Hall) -> None:
    """J3: a late decision is broken and stays open."""
    case = _accepted(desk)
    tick(now=at("2026-12-01 08:00"))
    case.refresh_from_db()
    assert (case.stage, Clock.objects.get(case=case, code="decide").verdict) == ("accepted", "broken")
    assert desk.do("2026-12-01 09:00", acts.grant, case, "officer", reason="符合条件").stage == "decided"


@pytest.mark.parametrize(("count", "bodies"), [(1, 1), (30, 6)])
def test_decisions_take_few_statements_whatever_the_number_of_materials_and_bodies(
    desk: Hall, count: int, bodies: int
) -> None:
    rows = tuple(MaterialRow(code=f"m{number}", name=f"材料{number}") for number in range(count))
    case = desk.apply("2026-09-24 10:00", replace(ITEM, materials=rows))
    clerk, officer = desk.acting("clerk"), desk.acting("officer")
    with frozen_at(at("2026-09-24 11:00")), CaptureQueriesContext(connection) as accepting:
        acts.accept(acts.OnCase(acting=clerk, case=case.pk, version=case.version, key="a"))
    names = ["ecology", "water", "command", "government", "village", "whistle_office"][:bodies]
    desk.do("2026-09-25 09:00", acts.ask_opinions, case, "officer", lead=names[0], assisting=names[1:])
    for number, name in enumerate(names):
        acting = desk.staff.small.acting(
            {"government": "head", "village": "grid", "whistle_office": "arbiter"}.get(name, name),
            name,
            "department_officer",
        )
        with frozen_at(at("2026-09-25 10:00") + timedelta(minutes=number)):
            on = acts.OnCase(acting=acting, case=case.pk, version=1, track=desk.track(case, name))
            acts.give_opinion(on, answer="agree", reply="同意")
    case.refresh_from_db()
    with frozen_at(at("2026-09-28 11:00")), CaptureQueriesContext(connection) as granting:
        acts.grant(acts.OnCase(acting=officer, case=case.pk, version=case.version, key="g"), reason="符合条件")
    found = [statements_of(one) for one in (accepting, granting)]
    accepted, granted = found
    assert len(accepted) <= 11, "\n".join(accepted)
    assert len(granted) <= 14, "\n".join(granted)


def test_a_decision_enters_one_grant_with_its_certificate_also_when_the_form_is_sent_twice(desk: Hall) -> None:
    case = _accepted(desk)
    on = acts.OnCase(acting=desk.acting("officer"), case=case.pk, version=case.version, key="twice")
    with frozen_at(at("2026-09-28 11:00")):
        assert acts.grant(on, reason="符合条件") == acts.grant(on, reason="符合条件")
    found = Grant.objects.get(case=case)
    assert found.paper == Paper.objects.get(case=case, kind="certificate")
    assert [(one.seq, one.act) for one in found.changes.all()] == [(1, "give")]
    case.refresh_from_db()
    on = acts.OnCase(acting=desk.acting("officer"), case=case.pk, version=case.version, key="shown")
    with frozen_at(at("2026-09-28 12:00")):
        assert acts.publish(on) == acts.publish(on)
    assert Publication.objects.filter(case=case).count() == 1


def test_words_of_the_applicant_stay_out_of_the_hashed_part(desk: Hall) -> None:
    case = _accepted(desk)
    desk.do("2026-09-25 10:00", acts.refuse, case, "officer", reason="超出范围", legal_basis="样本条例第三条")
    texts = "".join(Entry.objects.filter(case=case).values_list("body", flat=True))
    for word in (PRIVATE["name"], PRIVATE["telephone"], PRIVATE["address"], "超出范围"):
        assert str(word) not in texts
