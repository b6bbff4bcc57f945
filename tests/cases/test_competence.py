"""Competence at every sealed act of a case, on the database: the act, the greyed list, the interface, the journal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Case, Entry, Paper
from jinli.cases.selectors.case_view import case_view
from jinli.cases.services import OpenCase, open_case
from jinli.cases.services.issuing import Seal
from jinli.domain.errors import RefusedError
from jinli.domain.limits import TimeLimit, Unit
from jinli.town.acting import Acting
from jinli.town.competence import competence_of, powers_of
from jinli.town.models import Division
from jinli.town.moment import frozen_at
from tests.architecture.source import SOURCE
from tests.cases.pages import html
from tests.cases.powers import RECEIPT, change_power, give_power, lay_templates, paper
from tests.cases.staff import Staff, at, staffed
from tests.shared import shared

ITEM = "shop_sign"
BODIES = {"window": "command", "owner": "command", "leader": "government"}
TERMS = {
    "decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY),
    "supply": TimeLimit(amount=5, unit=Unit.WORKING_DAY),
}
RECALL = {
    "recalled_on": date(2026, 9, 16),
    "recall_reason": "上级收回",
    "recall_instrument": "某府办〔2026〕9号（演示）",
}


@shared
def staff() -> Staff:
    return staffed()


def received(staff: Staff, when: str = "2026-09-08 09:00", **more: Any) -> Case:
    spec = OpenCase(
        type_code="licence",
        title="门头招牌",
        channel="page",
        terms=TERMS,
        class_code=ITEM,
        bodies=BODIES,
        papers=RECEIPT,
    )
    with frozen_at(at(when)):
        found = open_case(acting=staff.small.command, town=staff.small.town, spec=replace(spec, **more))
    return Case.objects.get(pk=found.id)


def accepted(staff: Staff, **more: Any) -> Case:
    case = received(staff, **more)
    staff.move("2026-09-08 10:00", case, "accept", staff.small.command, **paper("acceptance"))
    return case


GRANT = {"given": {"reason": "符合"}, **paper("decision_grant", reasons=["符合条件"])}
ACTS = {
    "acceptance": (received, "accept", paper("acceptance"), "command"),
    "notice": (
        received,
        "one_time_notice",
        {"given": {"material": ["plan"]}, **paper("one_time_notice", missing=["平面图"])},
        "command",
    ),
    "extension": (
        accepted,
        "extend",
        {"given": {"reason": "情况复杂", "amount": 10}, **paper("extension", reasons=["情况复杂"])},
        "head",
    ),
    "decision": (accepted, "grant", GRANT, "command"),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_sealed_act_is_done_the_day_before_a_recall_and_refused_the_day_after(staff: Staff, act: str) -> None:
    prepare, move, more, who = ACTS[act]
    power = give_power(staff.small, ITEM, to_body="command")
    before, after = prepare(staff), prepare(staff)
    # In force from the day after; the notice would have been due on the 15th.
    change_power(power, **{**RECALL, "recalled_on": date(2026, 9, 15)})
    acting: Acting = getattr(staff.small, who)
    if act == "extension":
        change_power(power, to_body=staff.small.organisations["government"])
    staff.move("2026-09-14 23:59", before, move, acting, **more)
    with pytest.raises(RefusedError) as refused:
        staff.move("2026-09-15 00:00", after, move, acting, **more)
    assert refused.value.code == "domain.competence.recalled"
    assert not Entry.objects.filter(case=after, move=move).exists()


def test_a_recall_effective_today_counts_from_midnight_in_town(staff: Staff) -> None:
    give_power(staff.small, ITEM, to_body="command", **RECALL)
    case = accepted(staff)
    with pytest.raises(RefusedError, match="recalled"):
        staff.move("2026-09-16 00:00", case, "grant", staff.small.command, **GRANT)


def test_a_recall_in_the_future_closes_nothing_today(staff: Staff) -> None:
    give_power(staff.small, ITEM, to_body="command", **{**RECALL, "recalled_on": date(2027, 1, 1)})
    case = accepted(staff)
    staff.move("2026-09-16 09:00", case, "grant", staff.small.command, **GRANT)


def test_a_retroactive_recall_leaves_what_was_sealed_and_closes_what_is_to_come(staff: Staff) -> None:
    power = give_power(staff.small, ITEM, to_body="command")
    case = accepted(staff)
    journal = list(Entry.objects.filter(case=case).values_list("hash", flat=True))
    change_power(power, **{**RECALL, "recalled_on": date(2026, 9, 1)})
    with pytest.raises(RefusedError, match="recalled"):
        staff.move("2026-09-09 09:00", case, "grant", staff.small.command, **GRANT)
    assert list(Entry.objects.filter(case=case).values_list("hash", flat=True)) == journal


def test_the_entry_of_a_sealed_act_records_the_power_the_name_and_the_way_and_no_other_entry_does(
    staff: Staff,
) -> None:
    give_power(staff.small, ITEM, to_body="command", code="P-7")
    case = accepted(staff)
    receive, accept = (json.loads(body) for body in case.entries.order_by("seq").values_list("body", flat=True))
    assert "competence" not in receive["facts"]
    assert accept["facts"] == {
        "competence": "P-7", "in_name_of": "command", "mode": "direct", "defendant": "command",
        "reviewer": staff.small.town.parent.code,
    }  # fmt: skip


def test_an_entrusted_matter_is_accepted_at_the_window_and_decided_in_the_departments_name(staff: Staff) -> None:
    give_power(staff.small, ITEM, to_body="command", authority="water", mode="entrusted")
    case = received(staff, bodies={"window": "command", "owner": "water", "leader": "water"})
    staff.move("2026-09-08 10:00", case, "accept", staff.small.command, **paper("acceptance"))
    entry = json.loads(case.entries.order_by("-seq")[0].body)
    assert entry["facts"]["in_name_of"] == "water"
    for_water = replace(staff.small.command, body="water", hat="entrusted")
    staff.move("2026-09-09 10:00", case, "grant", for_water, **GRANT)


def test_an_entrusted_body_never_entrusts_further(staff: Staff) -> None:
    give_power(staff.small, ITEM, to_body="command", authority="water", mode="entrusted")
    case = received(staff)
    village = replace(staff.small.grid, body="command", hat="entrusted")
    with pytest.raises(RefusedError, match="entrusts_no_further"):
        staff.move("2026-09-08 10:00", case, "accept", village, **paper("acceptance"))


def test_a_second_towns_powers_never_count_here(staff: Staff) -> None:
    other = staffed("990202001")
    lay_templates(staff.small.town)
    give_power(other.small, ITEM, to_body="command")
    case = received(staff)
    with pytest.raises(RefusedError, match=r"competence\.none"):
        staff.move("2026-09-08 10:00", case, "accept", staff.small.command, **paper("acceptance"))
    assert powers_of(staff.small.town) == ()
    assert len(powers_of(Division.objects.get(pk=other.small.town.pk))) == 1


def test_a_case_decided_in_another_system_gets_no_sealed_act(staff: Staff) -> None:
    give_power(staff.small, ITEM, to_body="command")
    case = received(staff, system_of_record="external:market")
    with pytest.raises(RefusedError, match="external"):
        staff.move("2026-09-08 10:00", case, "accept", staff.small.command, **paper("acceptance"))


def test_the_page_greys_the_move_with_the_day_the_paper_and_who_decides_now(staff: Staff) -> None:
    give_power(staff.small, ITEM, to_body="command", **RECALL)
    case = accepted(staff)
    before = html(staff.client("command"), f"/cases/{case.pk}/", "2026-09-15 09:00")
    assert "某府办〔2026〕9号（演示）" not in before
    shown = html(staff.client("command"), f"/cases/{case.pk}/", "2026-09-16 09:00")
    assert "9月16日 周三起已收回，归ecology办；依据：某府办〔2026〕9号（演示）" in shown


def test_a_warm_act_asks_the_register_nothing(staff: Staff) -> None:
    give_power(staff.small, ITEM, to_body="command")
    case = accepted(staff)
    town = Division.objects.get(pk=staff.small.town.pk)
    competence_of(town, ITEM, date(2026, 9, 8))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert competence_of(town, ITEM, date(2026, 9, 9)).decides == "command"
    assert len(asked) == 0
    with CaptureQueriesContext(connection) as asked:
        staff.move("2026-09-09 09:00", case, "grant", staff.small.command, **GRANT)
    assert not [one for one in asked.captured_queries if "town_delegation" in one["sql"]]


def test_the_view_of_a_case_without_sealed_acts_never_looks_at_the_register(staff: Staff) -> None:
    case = staff.filed("2026-09-08 09:00")
    with CaptureQueriesContext(connection) as asked:
        case_view(staff.small.command, case.pk, staff.small.town, at("2026-09-08 10:00"))
    assert not [one for one in asked.captured_queries if "town_delegation" in one["sql"]]


def test_the_engine_always_asks_whose_power_a_sealed_act_needs() -> None:
    for path in sorted((SOURCE / "cases").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for call in ("decide(work.", "decide(state", "in options("):
            for line in (line for line in text.splitlines() if call in line):
                assert "work.sealing" in line, f"{path}: {line.strip()}"


def test_a_paper_bears_the_seal_that_follows_from_the_power_whatever_the_page_says(staff: Staff) -> None:
    give_power(staff.small, ITEM, to_body="command", authority="water", mode="entrusted", code="P-7")
    case = received(staff)
    wrong = Seal(body="village", hat="own")
    staff.move("2026-09-08 10:00", case, "accept", staff.small.command, seal=wrong, **paper("acceptance"))
    issued = Paper.objects.get(case=case, kind="acceptance")
    assert (issued.sealed_by.code, issued.hat, issued.basis) == ("water", "entrusted", "P-7")


@pytest.mark.parametrize(
    ("mode", "defendant"), [pytest.param("direct", "government", id="the town"), pytest.param("entrusted", "water")]
)
def test_a_refusal_names_who_reviews_it_and_who_is_sued_without_being_asked(
    staff: Staff, mode: str, defendant: str
) -> None:
    give_power(staff.small, ITEM, authority="water", mode=mode)
    owner = "government" if mode == "direct" else "water"
    case = received(staff, bodies={"window": "command", "owner": owner, "leader": owner})
    window = replace(staff.small.command, body="command" if mode == "direct" else "water", hat="entrusted")
    acting = replace(staff.small.head, body=owner) if mode == "direct" else window
    staff.move("2026-09-08 10:00", case, "accept", acting, **paper("acceptance"))
    given = {"reason": "不符合", "legal_basis": "某条"}
    staff.move("2026-09-09 10:00", case, "refuse", acting, given=given, **paper("decision_refuse", reasons=["不符合"]))
    said = json.dumps(json.loads(Paper.objects.get(case=case, kind="decision_refuse").content), ensure_ascii=False)
    assert "某区人民政府" in said
    assert defendant in said
