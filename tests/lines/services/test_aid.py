"""Temporary aid: visit, publicity, and in an emergency money at once, always through the ledger."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from jinli.cases.models import Case, Paper
from jinli.cases.services import tick
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.models import Budget, BudgetLine
from jinli.lines.services.services import acts, budgets
from jinli.packs.items import FieldRow, MaterialRow, ResultRow
from jinli.town.moment import frozen_at
from tests.lines.services.desk import ITEM, PRIVATE, Hall, at, hall, replace
from tests.shared import shared

AID = replace(
    ITEM, code="aid", name="临时救助（演示）", name_en="", kind="payment", procedure="aid",
    materials=(MaterialRow(code="card", name="户口簿"),), result=ResultRow(kind="payment", name="救助金"),
    form=(FieldRow(code="id_number", label="身份证号", kind="id_number"),),
)  # fmt: skip
NUMBER = "990101199001011234"
SAID = {**PRIVATE, "form": {"id_number": NUMBER}}
NOON = "2026-09-24 12:00"


@shared
def desk() -> Hall:
    found = hall()
    found.publish_item(AID)
    with frozen_at(at("2026-09-24 09:00")):
        budgets.set_budget(
            acting=found.acting("head"), town=found.staff.small.town, item="aid", year=2026, fen=300_000,
            source="某发〔2026〕1号（样本）",
        )  # fmt: skip
    return found


def asked(desk: Hall, when: str = "2026-09-24 10:00", **more: Any) -> Case:
    return desk.apply(when, AID, private=SAID, **more)


def two(desk: Hall) -> list[str]:
    return [str(desk.staff.small.people[name].pk) for name in ("officer", "officer2")]


def hidden(page: Any) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))


def send(client: Client, case: Case, name: str, when: str, **said: str) -> Any:
    with frozen_at(at(when)):
        page = client.get(f"/claims/{case.pk}/{name}/")
        return client.post(f"/claims/{case.pk}/{name}/", {**hidden(page), "do": "act", **said})


def test_help_at_once_sets_the_money_aside_and_paying_it_counts_it_as_paid(desk: Hall) -> None:
    """社会救助暂行办法第四十八条: the procedure may be simplified, not the ledger."""
    case = asked(desk, materials={"card": "missing"})
    officer = desk.client("officer")
    assert send(officer, case, "grant-now", NOON, amount="2000", reason="火灾，当晚没处住").status_code == 302
    case.refresh_from_db()
    budget = Budget.objects.get(item="aid")
    assert (case.stage, budget.reserved_fen, budget.paid_fen) == ("granted_now", 200_000, 0)
    assert Paper.objects.filter(case=case, kind="payment_decision").exists()
    assert send(officer, case, "pay-now", "2026-09-24 12:10", reference="凭-1").status_code == 302
    case.refresh_from_db()
    budget.refresh_from_db()
    assert (case.stage, budget.reserved_fen, budget.paid_fen) == ("to_complete", 0, 200_000)
    assert BudgetLine.objects.get(case=case, kind="pay").reference == "凭-1"


def test_help_at_once_never_spends_what_is_not_there(desk: Hall) -> None:
    first, second = asked(desk), asked(desk, "2026-09-24 10:10")
    officer = desk.client("officer")
    assert send(officer, first, "grant-now", NOON, amount="2000", reason="火灾").status_code == 302
    refused = send(officer, second, "grant-now", NOON, amount="2000", reason="重病住院")
    assert refused.status_code == 422
    assert "重病住院" in refused.content.decode(), "what was typed is kept"
    second.refresh_from_db()
    assert second.stage == "received"
    assert not BudgetLine.objects.filter(case=second).exists()


def test_an_earlier_claim_is_shown_before_help_at_once(desk: Hall) -> None:
    earlier = asked(desk)
    send(desk.client("officer"), earlier, "grant-now", NOON, amount="100", reason="火灾")
    case = asked(desk, "2026-09-24 13:00")
    with frozen_at(at("2026-09-24 14:30")):
        page = desk.client("officer").get(f"/claims/{case.pk}/grant-now/").content.decode()
    assert earlier.number in page


def test_the_paper_of_help_at_once_can_be_looked_at_first(desk: Hall) -> None:
    case = asked(desk)
    look = send(desk.client("officer"), case, "grant-now", NOON, amount="2000", reason="火灾", do="look")
    assert look.status_code == 200
    assert "2,000" in look.content.decode()
    assert Budget.objects.get(item="aid").reserved_fen == 0


def test_help_at_once_has_no_general_page(desk: Hall) -> None:
    case = asked(desk)
    with frozen_at(at(NOON)):
        known = {"amount": "5", "reason": "x", "version": case.version}
        desk.client("officer").post(f"/cases/{case.pk}/moves/grant_now/", known)
    case.refresh_from_db()
    assert case.stage == "received"


def paid_at_once(desk: Hall) -> Case:
    case = asked(desk, materials={"card": "missing"})
    officer = desk.client("officer")
    send(officer, case, "grant-now", NOON, amount="2000", reason="火灾")
    send(officer, case, "pay-now", "2026-09-24 12:10", reference="凭-1")
    case.refresh_from_db()
    return case


def test_the_papers_are_completed_afterwards(desk: Hall) -> None:
    case = paid_at_once(desk)
    with pytest.raises(RefusedError, match="incomplete"):
        desk.do("2026-09-28 10:00", acts.complete, case, "officer", result="核实相符")
    case = desk.do("2026-09-28 10:00", acts.complete, case, "officer", result="核实相符", seen=["card"])
    assert case.stage == "paid"


def test_what_proved_untrue_is_reclaimed_by_a_paper_of_its_own(desk: Hall) -> None:
    """社会救助暂行办法第六十八条."""
    known = {"reason": "房屋没有受损", "legal_basis": "社会救助暂行办法第六十八条"}
    case = desk.do("2026-09-28 10:00", acts.reclaim, paid_at_once(desk), "officer", **known)
    assert case.stage == "reclaimed"
    assert Paper.objects.filter(case=case, kind="decision_reclaim").exists()
    assert Budget.objects.get(item="aid").paid_fen == 200_000, "paid until it is paid back"


def visited(desk: Hall) -> Case:
    case = asked(desk)
    desk.do("2026-09-24 11:00", acts.accept, case, "clerk", by_hand=10)
    with pytest.raises(InvalidInputError, match="two_persons"):
        desk.do("2026-09-25 10:00", acts.visit_household, case, "officer", people=two(desk)[:1], result="相符")
    return desk.do("2026-09-25 10:00", acts.visit_household, case, "officer", people=two(desk), result="相符")


@pytest.mark.parametrize("told", [PRIVATE["name"], PRIVATE["telephone"], PRIVATE["address"], NUMBER])
def test_a_publicity_names_nobody(desk: Hall, told: str) -> None:
    case = visited(desk)
    with pytest.raises(InvalidInputError, match="names_somebody"):
        desk.do("2026-09-25 11:00", acts.begin_publicity, case, "officer", place="东围村公示栏", note=f"{told}申请救助")


def test_the_publicity_page_offers_the_masked_name_and_is_then_decided(desk: Hall) -> None:
    case = visited(desk)
    officer = desk.client("officer")
    with frozen_at(at("2026-09-25 11:00")):
        page = officer.get(f"/matters/{case.pk}/publicity/")
        shown = page.content.decode()
        assert "梁*" in shown
        assert str(PRIVATE["name"]) not in shown
        said = {**hidden(page), "place": "东围村公示栏", "note": "梁**申请临时救助，拟发 2000 元", "do": "act"}
        assert officer.post(f"/matters/{case.pk}/publicity/", said).status_code == 302
    case.refresh_from_db()
    assert case.stage == "publicised"
    tick(at("2026-10-09 09:00"))
    case.refresh_from_db()
    assert case.stage == "to_decide"
