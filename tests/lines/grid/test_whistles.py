"""The rules of the whistle, through the services that pages call."""

from __future__ import annotations

from datetime import date

import pytest

from jinli.cases.models import Assignment, Case, Rating
from jinli.cases.selectors.visible import visible_cases
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.grid.models import WhistleKind
from jinli.lines.grid.selectors.whistles import (
    refusals_by_department,
    repeated_whistles,
    whistle_lines,
)
from jinli.lines.grid.services import whistles
from jinli.town.models import Organisation
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.grid.whistling import Whistling, due, journal, lines, verdict, whistling
from tests.shared import shared

WHY = {"reason": "不归我", "legal_basis": "第九条"}


@shared
def town() -> Whistling:
    return whistling()


def refused(code: str) -> object:
    return pytest.raises(DomainError, match=code)


def asked(town: Whistling, when: str = "2026-09-18 09:20", **more: object) -> Case:
    report = town.report(f"{when[:10]} 08:40")
    town.file(f"{when[:10]} 08:50", report)
    return town.blow(when, report, **more)


# what a whistle must name


def test_a_whistle_takes_limits_place_and_title_from_kind_and_report(town: Whistling) -> None:
    whistle = asked(town)
    assert (whistle.title, whistle.place, whistle.class_code) == ("排水口乳白色污水", town.small.places["east"], "0402")
    told = journal(whistle)[0]
    assert told["facts"]["kind_edition"] == 1
    assert told["terms"]["report"] == {
        "amount": 5, "article": "", "end_rule": "stay", "fixed_at": None, "late_approval": False,
        "source": "样本（南京鼓楼）", "unit": "working_day",
    }  # fmt: skip
    assert told["bodies"] == {
        "approver": "government", "arbiter": "whistle_office", "leader": "government", "owner": "command",
    }  # fmt: skip
    assert whistle.clocks.get(code="approve").owed_by == town.small.organisations["government"]
    assert whistle.origin is not None
    assert whistle.origin.stage == "whistled"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"duty_line": "12"}, "line_is_ours"),
        ({"duty_line": "99"}, "no_such_line"),
        ({"lead": "water", "assisting": ()}, "other_lead"),
        ({"assisting": ("police",)}, "no_such_department"),
        ({"assisting": ("ecology",)}, "department_twice"),
        ({"assisting": ("whistle_office",)}, "no_such_department"),
        ({"kind": "loud"}, "no_such_kind"),
        ({"reason": ""}, "needs"),
    ],
)
def test_a_whistle_without_lawful_ground_is_not_blown(town: Whistling, more: dict[str, object], code: str) -> None:
    with refused(code):
        asked(town, **more)
    assert not Case.objects.filter(type_code="whistle").exists()


def test_the_picker_offers_no_line_that_the_town_keeps_itself(town: Whistling) -> None:
    day = date(2026, 9, 18)
    assert [one.code for one in whistle_lines(town.small.town, day)] == ["47", "52"]
    assert [one.code for one in whistle_lines(town.small.town, day, "河道")] == ["52"]
    assert [one.code for one in whistle_lines(town.small.town, day, "47")] == ["47"]
    assert [one.code for one in whistle_lines(town.small.town, day, "water")] == ["52"]


def test_only_the_duty_that_the_kind_names_blows_it(town: Whistling) -> None:
    WhistleKind.objects.filter(code="ordinary").update(blown_by=["town_head"])
    with refused("kind_not_yours"):
        asked(town)


def test_a_town_without_kinds_has_nothing_to_blow(town: Whistling) -> None:
    WhistleKind.objects.all().delete()
    with refused("no_such_kind"):
        asked(town)


def test_an_abolished_department_is_not_whistled_for(town: Whistling) -> None:
    Organisation.objects.filter(code="ecology").update(valid_to=date(2026, 9, 1))
    with refused("no_such_department"):
        asked(town)


# who approves


def test_the_leader_approves_and_never_the_person_who_asked(town: Whistling) -> None:
    whistle = asked(town)
    with refused("not_your_duty"), frozen_at(at("2026-09-18 09:30")):
        whistles.approve(acting=town.small.command, whistle=whistle, version=whistle.version)
    town.approve("2026-09-18 09:31", whistle)
    assert verdict(whistle, "approve") == "kept"


def test_a_declined_whistle_gives_the_report_back_to_the_town(town: Whistling) -> None:
    whistle = asked(town)
    with frozen_at(at("2026-09-18 09:30")):
        whistles.decline(acting=town.small.head, whistle=whistle, version=whistle.version, reason="镇里能办")
    whistle.refresh_from_db()
    assert whistle.origin is not None
    assert (whistle.stage, whistle.origin.stage) == ("declined", "handling")


def test_an_emergency_goes_out_at_once_and_its_arrival_is_confirmed_on_site(town: Whistling) -> None:
    whistle = asked(town, kind="emergency")
    with frozen_at(at("2026-09-18 09:21")):
        opened = whistles.dispatch(
            acting=town.small.command, whistle=whistle, version=whistle.version, lead="ecology", at_once=True
        )
    assert due(whistle, "arrival", "a1") == "2026-09-18 09:51"
    with refused("not_your_duty"):
        town.act("2026-09-18 09:40", whistle, "a1", whistles.confirm_arrival, town.small.ecology)
    town.act("2026-09-18 09:40", whistle, "a1", whistles.confirm_arrival, town.small.grid)
    assert verdict(whistle, "arrival", "a1") == "kept"
    assert [one.key for one in opened] == ["a1"]


def test_joint_enforcement_does_not_go_out_without_the_leader(town: Whistling) -> None:
    whistle = asked(town, kind="joint")
    with refused("only_if"), frozen_at(at("2026-09-18 09:21")):
        whistles.dispatch(
            acting=town.small.command, whistle=whistle, version=whistle.version, lead="ecology", at_once=True
        )


# repeats


def test_a_second_whistle_at_the_same_place_and_class_within_two_years_is_marked(town: Whistling) -> None:
    first = asked(town, "2026-09-18 09:20")
    second = asked(town, "2026-09-21 09:20")
    assert journal(second)[0]["facts"]["repeats"] == [first.number]
    assert "repeats" not in journal(first)[0]["facts"]


@pytest.mark.parametrize(("when", "count"), [("2028-09-17 09:20", 1), ("2028-09-18 09:21", 0)])
def test_two_years_later_it_is_no_repeat(town: Whistling, when: str, count: int) -> None:
    asked(town)
    place = town.small.places["east"].pk
    found = repeated_whistles(town.small.town, place=place, class_code="0402", before=at(when))
    assert found.count() == count
    assert not repeated_whistles(town.small.town, place=place, class_code="0101", before=at(when)).exists()
    assert not repeated_whistles(town.small.town, place=None, class_code="0402", before=at(when)).exists()


# refusing and arbitrating


def test_a_refusal_needs_its_legal_basis_and_its_time(town: Whistling) -> None:
    whistle = town.sent()
    with refused("needs"):
        town.act("2026-09-18 11:50", whistle, "a2", whistles.refuse, town.small.water, reason="不归我", legal_basis="")
    with refused("clock_over"):
        town.act("2026-09-20 09:10", whistle, "a2", whistles.refuse, town.small.water, **WHY)
    assert verdict(whistle, "refuse", "a2") == "lapsed"


def test_nobody_in_town_arbitrates(town: Whistling) -> None:
    whistle = town.sent()
    town.act("2026-09-18 11:50", whistle, "a2", whistles.refuse, town.small.water, **WHY)
    for acting in (town.small.command, town.small.head, town.small.grid, town.small.water):
        with refused("not_your_duty"):
            town.act("2026-09-18 14:40", whistle, "a2", whistles.arbitrate, acting, upheld=True, **WHY)


def test_refusals_are_counted_by_department(town: Whistling) -> None:
    whistle = town.sent()
    town.act("2026-09-18 11:50", whistle, "a2", whistles.refuse, town.small.water, **WHY)
    town.act("2026-09-18 14:40", whistle, "a2", whistles.arbitrate, town.small.arbiter, upheld=False, **WHY)
    town.act("2026-09-18 14:41", whistle, "a1", whistles.refuse, town.small.ecology, **WHY)
    found = refusals_by_department(town.small.town, since=at("2026-09-01 00:00"), until=at("2026-10-01 00:00"))
    assert [(one.body.code, one.refused, one.upheld, one.overruled, one.waiting) for one in found] == [
        ("ecology", 1, 0, 0, 1),
        ("water", 1, 0, 1, 0),
    ]
    assert not refusals_by_department(town.small.town, since=at("2026-10-01 00:00"), until=at("2026-11-01 00:00"))


def test_late_arbitration_is_supervised_at_the_district_office(town: Whistling) -> None:
    whistle = town.sent()
    town.act("2026-09-18 11:50", whistle, "a2", whistles.refuse, town.small.water, **WHY)
    town.tick("2026-09-21 00:00")
    clock = whistle.clocks.get(code="arbitration_supervision")
    assert clock.owed_by is not None
    assert clock.owed_by.code == "whistle_office"
    # Four working hours on Monday the 21st: 08:30 to 12:00 and half an hour after lunch.
    town.tick("2026-09-21 15:00")
    assert lines(whistle)[-1] == ("09-21 15:00", "a2", "escalate_arbiter")


def test_a_lead_may_refuse_after_an_assistant_reported_and_somebody_must_then_lead(town: Whistling) -> None:
    whistle = town.sent()
    town.act("2026-09-18 14:40", whistle, "a2", whistles.sign_in, town.small.water)
    town.act("2026-09-18 14:45", whistle, "a2", whistles.report, town.small.water, result="已清")
    town.act("2026-09-18 14:50", whistle, "a1", whistles.refuse, town.small.ecology, **WHY)
    town.act("2026-09-18 15:10", whistle, "a1", whistles.arbitrate, town.small.arbiter, upheld=True, **WHY)
    whistle.refresh_from_db()
    assert whistle.stage == "unassigned"
    assert set(whistle.assignments.values_list("outcome", flat=True)) == {"released", "reported"}
    town.dispatch("2026-09-18 15:30", whistle, lead="water", assisting=[])
    assert whistle.assignments.get(outcome="").role == "lead"


def test_when_the_last_department_is_withdrawn_the_town_owes_the_next_step(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    town.act("2026-09-18 15:00", whistle, "a1", whistles.withdraw_one, town.small.command, reason="派错")
    whistle.refresh_from_db()
    assert whistle.stage == "unassigned"
    # Four working hours from 15:00 on Friday: two and a half, then one and a half on the worked Sunday.
    assert due(whistle, "dispatch") == "2026-09-20 10:00"
    town.tick("2026-09-20 10:00")
    assert lines(whistle)[-1][2] == "supervise_town"


def test_a_withdrawn_whistle_ends_every_assignment_and_returns_the_report(town: Whistling) -> None:
    whistle = town.sent()
    whistle.refresh_from_db()
    with frozen_at(at("2026-09-18 15:00")):
        whistles.withdraw(acting=town.small.command, whistle=whistle, version=whistle.version, reason="重复")
    whistle.refresh_from_db()
    assert whistle.origin is not None
    assert (whistle.phase, whistle.origin.stage) == ("closed", "handling")


# more time


def test_an_extension_asked_in_time_and_granted_after_the_due_moment_is_refused(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    town.act("2026-09-18 14:40", whistle, "a1", whistles.sign_in, town.small.ecology)
    town.act("2026-09-24 17:00", whistle, "a1", whistles.ask_extension, town.small.ecology, reason="等检测")
    # Due at the end of 24 September.
    with refused("clock_over"):
        town.act("2026-09-25 00:00", whistle, "a1", whistles.grant_extension, town.small.head, reason="同意")
    assert verdict(whistle, "report", "a1") == "broken"


def test_an_extension_granted_in_time_adds_the_limit_once(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    town.act("2026-09-18 14:40", whistle, "a1", whistles.sign_in, town.small.ecology)
    town.act("2026-09-21 09:00", whistle, "a1", whistles.ask_extension, town.small.ecology, reason="等检测")
    town.act("2026-09-22 09:00", whistle, "a1", whistles.grant_extension, town.small.head, reason="同意")
    # 20 to 24 September are five; 28, 29, 30 September, 8 and 9 October the other five.
    assert due(whistle, "report", "a1") == "2026-10-10 00:00"


def test_an_abolished_department_with_open_work_still_escalates(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    Organisation.objects.filter(code="ecology").update(valid_to=date(2026, 9, 18))
    town.tick("2026-09-22 00:00")
    assert [move for _, _, move in lines(whistle) if move in {"supervise", "escalate"}][:1] == ["supervise"]
    assert "escalate" in {move for _, _, move in lines(whistle)}
    with frozen_at(at("2026-09-22 09:00")):
        whistle.refresh_from_db()
        whistles.add_body(
            acting=town.small.command, whistle=whistle, version=whistle.version, reason="职责划转", lead="water"
        )
    assert whistle.assignments.filter(outcome="").count() == 2


# two at once


def test_two_officers_of_one_department_at_once_and_the_slower_is_told(town: Whistling) -> None:
    whistle = town.sent()
    seen = town.assignment(whistle, "a1").version
    town.act("2026-09-18 14:40", whistle, "a1", whistles.sign_in, town.small.ecology, version=seen)
    with pytest.raises(ConflictError) as told:
        town.act("2026-09-18 14:41", whistle, "a1", whistles.refuse, town.small.ecology, version=seen, **WHY)
    assert (told.value.facts["move"], told.value.facts["body"]) == ("sign_in", "ecology")
    assert "refuse" not in {move for _, _, move in lines(whistle)}


def test_the_same_form_sent_twice_dispatches_once(town: Whistling) -> None:
    whistle = asked(town)
    town.approve("2026-09-18 09:30", whistle)
    whistle.refresh_from_db()
    with frozen_at(at("2026-09-18 11:40")):
        for _ in range(2):
            whistles.dispatch(
                acting=town.small.command, whistle=whistle, version=whistle.version, lead="ecology", key="form-7"
            )
    assert Assignment.objects.filter(case=whistle).count() == 1
    assert [move for _, _, move in lines(whistle)].count("dispatch") == 1


# answers by telephone


def test_an_answer_by_telephone_is_the_departments_and_names_the_clerk_who_typed_it(town: Whistling) -> None:
    whistle = town.sent()
    said = {"said_by": "水利局 陈科长", "said_at": at("2026-09-18 14:35")}
    town.act(
        "2026-09-18 14:40", whistle, "a2", whistles.answer_by_telephone, town.small.command, move="sign_in", **said
    )
    told = journal(whistle)[-1]
    assert told["actor"] == {
        "body": "water", "duty": "command_centre", "hat": "on_behalf", "person": str(town.small.people["command"].pk),
    }  # fmt: skip
    assert told["channel"] == "telephone"
    assert told["given"]["said_at"] == "2026-09-18T14:35:00+08:00"
    assert told["private"] == {"as_stated": "水利局 陈科长"}
    # A sign-in counts from when it was typed; only a contact may be recorded afterwards.
    assert whistle.clocks.get(code="sign_in", track="a2").ended_at == at("2026-09-18 14:40")


def test_a_contact_told_by_telephone_counts_when_it_happened(town: Whistling) -> None:
    whistle = town.sent()
    said = {"said_by": "陈科长", "said_at": at("2026-09-18 15:00"), "text": "已通话", "late_reason": "电话告知"}
    town.act(
        "2026-09-18 16:00", whistle, "a2", whistles.answer_by_telephone, town.small.command, move="contact", **said
    )
    assert whistle.clocks.get(code="contact", track="a2").ended_at == at("2026-09-18 15:00")


def test_who_typed_the_report_does_not_verify_it(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    said = {"said_by": "郑工", "said_at": at("2026-09-18 15:00")}
    for move, text in (("sign_in", ""), ("report", "已封堵")):
        town.act(
            "2026-09-18 15:10", whistle, "a1", whistles.answer_by_telephone, town.small.command, move=move, text=text,
            **said,
        )  # fmt: skip
    whistle.refresh_from_db()
    with frozen_at(at("2026-09-18 16:00")):
        with refused("not_by_the_same"):
            whistles.verify(acting=town.small.command, whistle=whistle, version=whistle.version, passed=True, text="好")
        whistles.verify(acting=town.small.command_2, whistle=whistle, version=whistle.version, passed=True, text="好")
    whistle.refresh_from_db()
    assert whistle.stage == "done"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"said_by": " "}, "said_by_needed"),
        ({"said_at": at("2026-09-18 15:01")}, "said_at_range"),
        ({"said_at": at("2026-09-18 11:39")}, "said_at_range"),
        ({"move": "uphold"}, "move.unknown"),
        ({"move": "refuse", "text": "不归我"}, "needs"),
    ],
)
def test_a_telephone_answer_needs_who_and_when(town: Whistling, more: dict[str, object], code: str) -> None:
    whistle = town.sent()
    said = {"move": "sign_in", "said_by": "陈科长", "said_at": at("2026-09-18 14:59"), **more}
    with refused(code):
        town.act("2026-09-18 15:00", whistle, "a2", whistles.answer_by_telephone, town.small.command, **said)


def test_only_the_command_centre_types_for_others(town: Whistling) -> None:
    whistle = town.sent()
    said = {"move": "sign_in", "said_by": "陈科长", "said_at": at("2026-09-18 14:59")}
    with refused("telephone_not_yours"):
        town.act("2026-09-18 15:00", whistle, "a2", whistles.answer_by_telephone, town.small.ecology, **said)


# rating both ways


def test_both_sides_rate_and_no_score_leaves_its_range(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    town.act("2026-09-18 14:40", whistle, "a1", whistles.sign_in, town.small.ecology)
    town.act("2026-09-18 15:00", whistle, "a1", whistles.report, town.small.ecology, result="已封堵", rating=4)
    whistle.refresh_from_db()
    with frozen_at(at("2026-09-18 15:10")):
        rate = {"acting": town.small.command, "whistle": whistle, "version": whistle.version}
        whistles.rate_department(**rate, body="ecology", rating=5)
        for body, rating, code in (("ecology", 6, "rating_range"), ("water", 5, "no_such_department")):
            with refused(code):
                whistles.rate_department(**rate, body=body, rating=rating)
    assert sorted(Rating.objects.values_list("by_kind", "by_body__code", "of_body__code", "score")) == [
        ("department", "ecology", "command", 4),
        ("town", "command", "ecology", 5),
    ]


# who sees a whistle


def test_departments_see_their_own_whistles_and_the_office_the_refused_ones(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    for acting, seen in (
        (town.small.command, True), (town.small.head, True), (town.small.ecology, True), (town.small.grid, True),
        (town.small.water, False), (town.small.arbiter, False),
    ):  # fmt: skip
        assert visible_cases(acting).filter(pk=whistle.pk).exists() is seen, acting.body
    town.act("2026-09-18 11:50", whistle, "a1", whistles.refuse, town.small.ecology, **WHY)
    assert visible_cases(town.small.arbiter).filter(pk=whistle.pk).exists()
