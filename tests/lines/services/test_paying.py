"""A claim from its table of conditions to its payment, on the pages people use."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Case, Paper
from jinli.domain.eligibility import Outcome
from jinli.domain.errors import RefusedError
from jinli.lines.services.models import Budget, BudgetLine, ClaimKey
from jinli.lines.services.pages.paying import worded
from jinli.lines.services.services import acts, budgets, paying
from jinli.lines.services.services.acts import OnCase
from jinli.town.models import Party
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.counting import statements_of
from tests.lines.services.money import FORM, ITEM, build_money, claim, seen, signed_in
from tests.shared import shared


@shared
def small() -> Small:
    with frozen_at(at("2026-09-24 09:00")):
        found = build_money()
        budgets.set_budget(
            acting=found.head, town=found.town, item=ITEM, year=2026, fen=5_000_000, source="某发〔2026〕1号（样本）"
        )
    return found


def hidden(page: Any) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))


def cost(clerk: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert clerk.get(url).status_code == 200
    return len(statements_of(caught))


def grant(small: Small, case: Case, **said: str) -> Any:
    clerk = signed_in(small, "command")
    page = clerk.get(f"/claims/{case.pk}/grant/")
    return clerk.post(f"/claims/{case.pk}/grant/", {**hidden(page), "amount": "10000", "reason": "看过", **said})


def test_the_table_says_three_of_four_and_which_is_missing(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        case = claim(small)
        found = paying.claim_of(seen(small, case))
        page = signed_in(small, "command").get(f"/claims/{case.pk}/grant/").content.decode()
    assert found.table.outcome is Outcome.PERSON, "the office has not entered the area"
    assert worded(found.table).summary == "2/4 项符合：近六个月参保：2 个月，要求：不少于 3 个月；经营面积未知"
    assert "经办单位还没有录入标准" in page


def test_a_claim_is_judged_by_the_rules_of_the_day_it_came_in(small: Small) -> None:
    from jinli.lines.services.services.rules import enter_rule

    with frozen_at(at("2026-09-24 10:00")):
        case = claim(small)
        for threshold, day in (("2", "2026-09-01"), ("6", "2026-10-01")):
            enter_rule(
                acting=small.head, town=small.town, item=ITEM, year=2026, condition="insured", threshold=threshold,
                valid_from=at(f"{day} 00:00").date(), source="某发〔2026〕2号（样本）",
            )  # fmt: skip
    with frozen_at(at("2026-10-12 10:00")):
        lines = {one.condition.code: one for one in paying.claim_of(seen(small, case)).table.lines}
    assert (lines["insured"].condition.threshold, lines["insured"].verdict) == ("2", "met")


def test_agreeing_reserves_and_paying_closes_it(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        case = claim(small)
        assert grant(small, case).status_code == 302
        assert Budget.objects.get().reserved_fen == 1_000_000
        clerk = signed_in(small, "command")
        page = clerk.get(f"/claims/{case.pk}/pay/")
        assert "10,000.00" in page.content.decode()
        refused = clerk.post(f"/claims/{case.pk}/pay/", {**hidden(page), "reference": " "})
        assert refused.status_code == 422
        assert clerk.post(f"/claims/{case.pk}/pay/", {**hidden(page), "reference": "凭-77"}).status_code == 302
        twice = clerk.post(f"/claims/{case.pk}/pay/", {**hidden(page), "reference": "凭-77"})
    assert twice.status_code == 302
    case.refresh_from_db()
    budget = Budget.objects.get()
    assert (case.stage, budget.reserved_fen, budget.paid_fen) == ("paid", 0, 1_000_000)
    assert BudgetLine.objects.get(kind="pay").reference == "凭-77"


def test_a_decision_on_money_takes_few_statements(small: Small) -> None:
    """The money, its line, and by what the claim is known again come along with the decision."""
    for key in ("cold", "warm"):
        with frozen_at(at("2026-09-24 10:00")):
            case = claim(small)
            on = OnCase(acting=small.command, case=case.pk, version=case.version, key=key)
            with CaptureQueriesContext(connection) as caught:
                acts.grant(on, reason="看过", amount=100)
    found = statements_of(caught)
    assert len(found) <= 14, "\n".join(found)


def test_money_that_is_not_there_undoes_the_decision_and_leaves_no_gap_in_the_numbers(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        first, second, third = claim(small), claim(small), claim(small)
        for case, amount in ((first, 30_000), (second, 30_000), (third, 20_000)):
            on = OnCase(acting=small.command, case=case.pk, version=case.version, key=case.number)
            if case == second:
                with pytest.raises(RefusedError):
                    acts.grant(on, reason="看过", amount=amount)
            else:
                acts.grant(on, reason="看过", amount=amount)
    papers = Paper.objects.filter(kind="payment_decision").order_by("serial")
    assert [one.case for one in papers] == [first, third]
    assert papers[1].serial == papers[0].serial + 1
    second.refresh_from_db()
    assert second.stage == "accepted"


def test_what_is_given_up_goes_back_to_the_budget(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        case = claim(small)
        grant(small, case)
        clerk = signed_in(small, "command")
        page = clerk.get(f"/claims/{case.pk}/give-up/")
        done = clerk.post(f"/claims/{case.pk}/give-up/", {**hidden(page), "reason": "搬走了"})
    assert done.status_code == 302
    case.refresh_from_db()
    assert (case.stage, Budget.objects.get().reserved_fen) == ("withdrawn", 0)


def test_these_acts_have_no_general_page(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        case = claim(small)
        clerk = signed_in(small, "command")
        sent = clerk.post(f"/cases/{case.pk}/moves/grant/", {"version": "2", "amount": "1", "reason": "x"})
    assert sent.status_code != 200
    case.refresh_from_db()
    assert case.stage == "accepted"


@pytest.mark.parametrize(
    ("same", "words"),
    [
        pytest.param("id", "同一证件号", id="the same identity number, whoever stands on the form"),
        pytest.param("household", "同一证件号", id="the same person in another household form"),
        pytest.param("party", "同一当事人", id="the same party"),
    ],
)
def test_an_earlier_claim_is_shown_and_refuses_nothing(small: Small, same: str, words: str) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        party = Party.objects.create(town=small.town)
        earlier = claim(small, reporter=party)
        other = {**FORM, "id_number": "990101198501014321"}
        form = {
            "id": {**FORM, "id_number": " 990101199001011234"},
            "household": {**other, "members": [{"member_id": FORM["id_number"]}]},
            "party": other,
        }[same]
        case = claim(small, form=form, reporter=party if same == "party" else None)
        page = signed_in(small, "command").get(f"/claims/{case.pk}/grant/").content.decode()
        assert earlier.number in page
        assert words in page
        assert grant(small, case).status_code == 302, "whether it is the same is for a person"


def test_an_unrelated_claim_is_not_shown(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        earlier = claim(small)
        case = claim(small, form={**FORM, "id_number": "990101198501014321"})
        page = signed_in(small, "command").get(f"/claims/{case.pk}/grant/").content.decode()
    assert earlier.number not in page


def test_erasing_the_claim_removes_by_what_it_is_known_again(small: Small) -> None:
    from jinli.cases.services.erasing import erase_payload

    with frozen_at(at("2026-09-24 10:00")):
        case = claim(small)
        assert ClaimKey.objects.filter(case=case).count() == 1
        assert str(FORM["id_number"]) not in ClaimKey.objects.get(case=case).digest
        erase_payload(acting=small.command, case=case, basis="个人信息保护法第四十七条")
    assert not ClaimKey.objects.filter(case=case).exists()


def test_a_refused_amount_keeps_what_was_typed(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        case = claim(small)
        answer = grant(small, case, amount="一万", reason="按文件第三条")
    assert answer.status_code == 422
    assert "按文件第三条" in answer.content.decode()
    assert Budget.objects.get().reserved_fen == 0


def test_the_town_head_sets_the_budget_on_screen_and_others_read_it(small: Small) -> None:
    url = f"/subsidies/{ITEM}/2027/"
    with frozen_at(at("2026-09-24 10:00")):
        head, clerk = signed_in(small, "head"), signed_in(small, "command")
        assert "未知" in clerk.get(url).content.decode()
        sent = {"budget-amount": "20,000", "budget-source": "某发〔2027〕1号（样本）", "budget-version": "0"}
        assert clerk.post(f"{url}budget/", sent).status_code == 403
        assert head.post(f"{url}budget/", sent).status_code == 302
        assert head.post(f"{url}budget/", sent).status_code == 409, "two at once: the second is told"
        sent |= {"budget-version": "1", "budget-amount": "30000"}
        refused = head.post(f"{url}budget/", sent)
        assert refused.status_code == 422
        assert head.post(f"{url}budget/", {**sent, "budget-reason": "追加"}).status_code == 302
        rule = {"rule-condition": "area", "rule-threshold": "100", "rule-valid_from": "2027-01-01", "rule-source": "文"}
        assert head.post(f"{url}rules/", rule).status_code == 302
        page = clerk.get(url).content.decode()
        sheet = clerk.get(f"{url}export/")
    assert "30,000.00" in page
    assert "不多于 100 平方米" in page
    assert sheet.content.decode("utf-8-sig").count("\n") == 3


def test_the_pages_take_the_same_statements_however_many_rows(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        clerk = signed_in(small, "command")
        urls, costs = ("/subsidies/", f"/subsidies/{ITEM}/2026/"), []
        assert clerk.get(urls[0]).status_code == 200, "once, so that what is remembered is remembered"
        for _ in range(2):
            for _ in range(2):
                grant(small, claim(small), amount="10")
            costs.append([cost(clerk, url) for url in urls])
    assert costs[0] == costs[1]


def test_a_simulated_budget_is_marked_in_the_list_of_all(small: Small) -> None:
    with frozen_at(at("2026-09-24 10:00")):
        clerk = signed_in(small, "command")
        Budget.objects.filter(year=2026).update(simulated=False)
        assert "模拟</span>" not in clerk.get("/subsidies/?year=2026").content.decode()
        Budget.objects.filter(year=2026).update(simulated=True)
        assert "模拟</span>" in clerk.get("/subsidies/?year=2026").content.decode()
