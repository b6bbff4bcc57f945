"""A power is recalled at 00:00 with 20 cases in flight: nobody decides here any more, and no promise moves."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jinli.cases.models import Case, Clock, Entry, Notice, Paper
from jinli.cases.pages.case_moves import moves_of
from jinli.cases.selectors.case_view import case_view
from jinli.cases.selectors.in_flight import progress_of, sealed_since
from jinli.cases.services import OpenCase, open_case
from jinli.cases.services.handing_over import hand_over_cases, hand_over_due, stop_hand_over
from jinli.cases.services.rounds import engine_round
from jinli.cases.services.verifying import verify_town
from jinli.domain.errors import ConflictError, RefusedError
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.services.services.recalling import recall
from jinli.town.acting import Acting
from jinli.town.models import Delegation, Division, PackLoad
from jinli.town.moment import frozen_at
from jinli.town.services import meet_party, power_version
from jinli.town.services.powers import Recall
from tests.cases.powers import RECEIPT, give_power, paper
from tests.cases.staff import Staff, at, staffed
from tests.shared import shared

ITEM, DAY = "road_occupation", date(2026, 9, 16)
BODIES = {"window": "command", "owner": "command", "leader": "government"}
TERMS = {
    "decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY, article="行政许可法第四十二条"),
    "promised": TimeLimit(amount=8, unit=Unit.WORKING_DAY),
    "supply": TimeLimit(amount=5, unit=Unit.WORKING_DAY),
}
NOTICE = {"given": {"material": ["plan"]}, **paper("one_time_notice", missing=["平面图"])}
TESTING = {
    "given": {"kind": "testing", "reason": "检测", "until": at("2026-10-20 18:00").isoformat()},
    **paper("special_procedure", reasons=["检测"], until="2026年10月20日"),
}
GRANT = {"given": {"reason": "符合"}, **paper("decision_grant", reasons=["符合条件"])}
#: What of a clock may change: who owes it. All else stays to the byte.
CLOCK = [one.attname for one in Clock._meta.concrete_fields if one.attname != "owed_by_id"]


@shared
def staff() -> Staff:
    found = staffed()
    give_power(found.small, ITEM, to_body="command", authority="water", code="P-1")
    return found


def administrator(staff: Staff) -> Acting:
    return replace(staff.small.head, roles=frozenset({"administrator"}))


def road(staff: Staff, when: str, number: int = 1) -> Case:
    """Receive an application, with an applicant who left name and telephone."""
    with frozen_at(at(when)):
        party = meet_party(town=staff.small.town, name=f"申请人{number}（演示）", telephone="13800000000")
        spec = OpenCase(
            type_code="licence", title=f"占用道路 {number}（演示）", channel="page", terms=TERMS, class_code=ITEM,
            bodies=BODIES, reporter=party, simulated=True, papers=RECEIPT,
        )  # fmt: skip
        return Case.objects.get(pk=open_case(acting=staff.small.command, town=staff.small.town, spec=spec).id)


def twenty(staff: Staff) -> list[Case]:
    """Return 20 cases in flight: received, waiting for materials, accepted, stopped, late."""
    found = []
    for number in range(20):
        day = "2026-08-03" if number == 19 else "2026-09-10"
        case = road(staff, f"{day} 09:{number:02}", number)
        if number % 4 == 1:
            staff.move(f"{day} 10:00", case, "one_time_notice", staff.small.command, **NOTICE)
        if number % 4 >= 2:
            staff.move(f"{day} 10:00", case, "accept", staff.small.command, **paper("acceptance"))
        if number % 4 == 2 and number < 10:
            staff.move(f"{day} 11:00", case, "begin_special", staff.small.command, **TESTING)
        found.append(case)
    return found


def order(staff: Staff, when: str, *, on: date = DAY, in_flight: str = "hand_over") -> Delegation:
    power = Delegation.objects.get(town=staff.small.town, code="P-1")
    said = Recall(
        on=on, reason="履行职责事项清单列为上级收回", instrument="区府办〔2026〕9号（演示）", in_flight=in_flight
    )
    with frozen_at(at(when)):
        return recall(power=power, acting=administrator(staff), recall=said, version=power_version(power))


def clocks(cases: list[Case]) -> list[tuple[Any, ...]]:
    return list(Clock.objects.filter(case__in=cases).order_by("case", "key").values_list(*CLOCK))


def entries(cases: list[Case]) -> list[dict[str, Any]]:
    rows = Entry.objects.filter(case__in=cases, move="hand_over").order_by("case__number")
    return [json.loads(one.body) for one in rows]


def at_midnight(staff: Staff) -> None:
    with frozen_at(at("2026-09-16 00:00")):
        engine_round(at("2026-09-16 00:00"))


def test_at_midnight_twenty_cases_go_to_the_original_authority_and_no_clock_moves(staff: Staff) -> None:
    cases = twenty(staff)
    order(staff, "2026-09-14 15:00")
    assert entries(cases) == []
    with frozen_at(at("2026-09-15 23:59")):
        engine_round(at("2026-09-15 23:59"))
    assert entries(cases) == []
    before = clocks(cases)
    owed = dict(Clock.objects.filter(case__in=cases).values_list("pk", "owed_by__code"))
    at_midnight(staff)

    handed = entries(cases)
    assert len(handed) == 20
    for body in handed:
        assert body["actor"] == {"duty": "system", "hat": "system"}
        assert at("2026-09-16 00:00").isoformat() == body["happened_at"]
        assert body["facts"] == {"recall": "P-1", "handed_to": "water"}
        assert body["bodies"] == {"leader": "water", "owner": "water"}
        assert body["tell"] == ["water", "command", "reporter"]
        assert {effect["op"] for effect in body.get("clocks", ())} <= {"owe"}
    assert set(Case.objects.filter(pk__in=[one.pk for one in cases]).values_list("owner__code", flat=True)) == {"water"}
    assert clocks(cases) == before
    for clock in Clock.objects.filter(case__in=cases).exclude(state="stopped").select_related("owed_by"):
        theirs = clock.code in ("decide", "promised")
        assert (clock.owed_by.code if clock.owed_by else None) == ("water" if theirs else owed[clock.pk])
    assert [one for one in verify_town(staff.small.town) if not isinstance(one, int)] == []


def test_every_applicant_gets_a_letter_and_the_new_owner_is_told(staff: Staff) -> None:
    cases = twenty(staff)
    order(staff, "2026-09-14 15:00")
    at_midnight(staff)
    letters = list(Paper.objects.filter(case__in=cases, kind="hand_over").order_by("serial"))
    assert [one.serial for one in letters] == list(range(1, 21))
    assert {one.sealed_by.code for one in letters} == {"water"}
    said = [json.loads(one.content) for one in letters]
    assert {one["holder"] for one in said} == {f"申请人{number}（演示）" for number in range(20)}
    for one, letter in zip(said, letters, strict=True):
        text = json.dumps(one["blocks"], ensure_ascii=False)
        for words in ("移送water办理", "区府办〔2026〕9号（演示）", "履行职责事项清单列为上级收回", letter.case.number):
            assert words in text
    seqs = {row.case_id: row.seq for row in Entry.objects.filter(case__in=cases, move="hand_over")}
    told = [one for one in Notice.objects.filter(case__in=cases) if one.entry_seq == seqs[one.case_id]]
    assert sum(one.to_body_id == staff.small.organisations["water"].pk for one in told) == 20
    assert len({one.case_id for one in told if one.to_body_id is None}) == 20  # the applicants


def test_the_grant_is_greyed_with_day_paper_and_who_decides_and_the_new_owner_may_grant(staff: Staff) -> None:
    cases = twenty(staff)
    order(staff, "2026-09-14 15:00")
    accepted = cases[3]
    at_midnight(staff)
    with frozen_at(at("2026-09-16 08:30")):
        town = Division.objects.get(pk=staff.small.town.pk)
        view = case_view(staff.small.head, accepted.pk, town, at("2026-09-16 08:30"))
        closed = {one.labels: one.reason for one in moves_of(view).closed}
    reason = next(reason for labels, reason in closed.items() if "准予许可" in labels)
    assert reason == (
        "2026年9月16日 周三起已收回，归water办；依据：区府办〔2026〕9号（演示）。把这件移送过去，时限不变。"
    )
    with pytest.raises(RefusedError, match="recalled"):
        staff.move("2026-09-16 08:31", accepted, "grant", staff.small.command, **GRANT)
    staff.move("2026-09-16 08:32", accepted, "grant", staff.small.water, **GRANT)
    entry = json.loads(accepted.entries.get(move="grant").body)
    assert {name: entry["facts"][name] for name in ("competence", "in_name_of", "mode")} == {
        "competence": "P-1", "in_name_of": "water", "mode": "authority",
    }  # fmt: skip


def test_the_window_keeps_its_part_in_the_case(staff: Staff) -> None:
    case = twenty(staff)[0]
    order(staff, "2026-09-14 15:00")
    at_midnight(staff)
    staff.move("2026-09-16 09:00", case, "comment", staff.small.command, given={"note": "申请人来问过（演示）"})


def test_a_repeated_run_adds_nothing(staff: Staff) -> None:
    cases = twenty(staff)
    order(staff, "2026-09-14 15:00")
    at_midnight(staff)
    journal = list(Entry.objects.order_by("case", "seq").values_list("hash", flat=True))
    for minute in (1, 2, 3):
        now = at("2026-09-16 00:00") + timedelta(minutes=minute)
        with frozen_at(now):
            engine_round(now)
            # Even a register that forgot it was done finds every case handed over in its journal.
            Delegation.objects.filter(code="P-1").update(effect="waiting")
            hand_over_due(now)
    assert list(Entry.objects.order_by("case", "seq").values_list("hash", flat=True)) == journal
    assert len(entries(cases)) == 20


def test_a_run_can_be_stopped_half_way_looked_at_and_continued(staff: Staff) -> None:
    cases = twenty(staff)
    power, now = order(staff, "2026-09-14 15:00"), at("2026-09-16 00:05")
    with frozen_at(now):
        assert hand_over_cases(power, now, most=7).left
        found = progress_of(power)
        assert (found.done, found.left, found.total) == (7, 13, 20)
        stop_hand_over(power, acting=administrator(staff), stop=True)
        assert hand_over_due(now) == 0
        stop_hand_over(power, acting=administrator(staff), stop=False)
        assert hand_over_due(now) == 13
    assert len(entries(cases)) == 20
    power.refresh_from_db()
    assert power.effect == "done"


def test_a_recall_effective_today_takes_effect_at_once(staff: Staff) -> None:
    cases = twenty(staff)
    order(staff, "2026-09-16 10:00")
    handed = entries(cases)
    assert len(handed) == 20
    assert {one["happened_at"] for one in handed} == {at("2026-09-16 10:00").isoformat()}


def test_a_recall_that_reaches_back_lists_what_was_sealed_since_for_a_person_and_changes_none_of_it(
    staff: Staff,
) -> None:
    cases = twenty(staff)
    staff.move("2026-09-14 09:00", cases[3], "grant", staff.small.command, **GRANT)
    sealed = list(Entry.objects.filter(case=cases[3]).order_by("seq").values_list("hash", flat=True))
    power = order(staff, "2026-09-16 10:00", on=date(2026, 9, 14))
    found = sealed_since(power)
    assert [(one.case.number, one.move) for one in found] == [(cases[3].number, "grant")]
    stands = list(Entry.objects.filter(case=cases[3]).order_by("seq").values_list("hash", flat=True))
    assert stands[: len(sealed)] == sealed


def test_where_the_recall_says_so_cases_in_flight_are_finished_in_town(staff: Staff) -> None:
    cases = twenty(staff)
    power = order(staff, "2026-09-14 15:00", in_flight="finish")
    at_midnight(staff)
    assert entries(cases) == []
    power.refresh_from_db()
    assert power.effect == "done"
    staff.move("2026-09-16 09:00", cases[3], "grant", staff.small.command, **GRANT)


def test_the_order_is_journaled_once_with_who_gave_it_and_two_at_once_leave_one_winner(staff: Staff) -> None:
    power = Delegation.objects.get(code="P-1", town=staff.small.town)
    version = power_version(power)
    order(staff, "2026-09-14 15:00")
    said = Recall(on=DAY, reason="又一次", instrument="另一份", in_flight="hand_over")
    with pytest.raises(ConflictError):
        recall(power=power, acting=administrator(staff), recall=said, version=version)
    line = PackLoad.objects.filter(pack="screen", town=staff.small.town).get()
    assert line.by == staff.small.people["head"]
    fields = line.changes[0]["fields"]
    assert fields["recalled_on"] == [None, "2026-09-16"]
    assert fields["recall_instrument"] == ["", "区府办〔2026〕9号（演示）"]


@pytest.mark.parametrize("role", ["command_centre", "department_officer", "auditor"])
def test_only_the_administrator_and_the_town_head_recall(staff: Staff, role: str) -> None:
    power = Delegation.objects.get(code="P-1", town=staff.small.town)
    said = Recall(on=DAY, reason="原因", instrument="文件", in_flight="hand_over")
    with pytest.raises(RefusedError, match="not_yours"):
        recall(
            power=power,
            acting=replace(staff.small.head, roles=frozenset({role})),
            recall=said,
            version=power_version(power),
        )
