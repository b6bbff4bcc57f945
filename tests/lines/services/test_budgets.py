"""The ledger: never below nothing, every line kept, what is not set is unknown and blocks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jinli.cases.models import Case
from jinli.domain.errors import ConflictError, DomainError, InvalidInputError, RefusedError
from jinli.lines.services.models import Budget, BudgetLine, SubsidyRule
from jinli.lines.services.selectors.money import rules_of
from jinli.lines.services.services import budgets
from jinli.lines.services.services.rules import enter_rule
from jinli.town import moment
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.lines.services.money import ITEM, build_money, claim
from tests.shared import shared


@shared
def small() -> Small:
    return build_money()


def set_to(small: Small, yuan: int, *, version: int = 0, reason: str = "") -> Budget:
    return budgets.set_budget(
        acting=small.head, town=small.town, item=ITEM, year=2026, fen=yuan * 100, source="某发〔2026〕1号（样本）",
        reason=reason, version=version,
    )  # fmt: skip


def take(small: Small, case: Case, yuan: int, seen: int | None = None) -> BudgetLine:
    line = budgets.reserve(
        acting=small.command, case=case.pk, item=ITEM, year=2026, fen=yuan * 100, at=moment.now(), seen_fen=seen
    )
    line.save()
    return line


def test_a_budget_that_nobody_set_blocks_and_says_so(small: Small) -> None:
    with pytest.raises(RefusedError) as refused:
        take(small, claim(small), 1)
    assert (refused.value.code, refused.value.facts["year"]) == ("services.budget.unknown", 2026)


def test_the_last_yuan_can_be_taken_and_no_fen_more(small: Small) -> None:
    set_to(small, 100)
    take(small, claim(small), 100)
    with pytest.raises(RefusedError) as refused:
        take(small, claim(small), 1)
    assert (refused.value.code, refused.value.facts["left"]) == ("services.budget.too_little", "0.00")


def test_money_that_was_there_when_the_page_was_made_is_a_conflict(small: Small) -> None:
    set_to(small, 100)
    take(small, claim(small), 60)
    with pytest.raises(ConflictError) as refused:
        take(small, claim(small), 50, seen=10_000)
    assert refused.value.code == "services.budget.gone"


def test_paying_closes_the_reservation_and_releasing_frees_it(small: Small) -> None:
    set_to(small, 100)
    paid, freed = claim(small), claim(small)
    take(small, paid, 60)
    take(small, freed, 40)
    budgets.pay_reserved(acting=small.command, case=paid.pk, reference="P-1", at=moment.now())
    budgets.release(acting=small.command, case=freed.pk, reason="放弃")
    budget = Budget.objects.get()
    assert (budget.reserved_fen, budget.paid_fen, budget.left_fen) == (0, 6000, 4000)
    assert budgets.release(acting=small.command, case=freed.pk, reason="再放弃") is None
    with pytest.raises(RefusedError):
        budgets.pay_reserved(acting=small.command, case=freed.pk, reference="P-2", at=moment.now())


def test_a_case_reserves_once(small: Small) -> None:
    set_to(small, 100)
    case = claim(small)
    take(small, case, 10)
    with pytest.raises(IntegrityError), transaction.atomic():
        take(small, case, 10)


def test_the_budget_is_raised_with_a_reason_and_never_below_what_is_promised(small: Small) -> None:
    first = set_to(small, 100)
    take(small, claim(small), 80)
    with pytest.raises(InvalidInputError) as refused:
        set_to(small, 150, version=first.version)
    assert refused.value.code == "services.budget.reason_missing"
    with pytest.raises(InvalidInputError) as refused:
        set_to(small, 79, version=first.version, reason="压减")
    assert (refused.value.code, refused.value.facts["bound"]) == ("services.budget.below_bound", "80.00")
    raised = set_to(small, 150, version=first.version, reason="追加")
    assert (raised.amount_fen, raised.version) == (15_000, 2)
    with pytest.raises(ConflictError):
        set_to(small, 200, version=first.version, reason="另一个人")


def test_only_the_town_head_and_the_head_of_the_office_set_it(small: Small) -> None:
    for acting in (small.command, small.water):
        with pytest.raises(RefusedError):
            budgets.set_budget(acting=acting, town=small.town, item=ITEM, year=2026, fen=1, source="x")
    office_head = small.acting("command2", "command", "department_head")
    assert (
        budgets.set_budget(acting=office_head, town=small.town, item=ITEM, year=2026, fen=1, source="x").amount_fen == 1
    )


@pytest.mark.parametrize("table", ["line", "rule"])
def test_the_database_refuses_to_change_what_was_written(small: Small, table: str) -> None:
    set_to(small, 100)
    with frozen_at(at("2026-03-01 09:00")):
        enter(small, "3", "2026-03-01")
    rows = BudgetLine.objects.all() if table == "line" else SubsidyRule.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(source="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)


def test_the_database_itself_never_lets_a_budget_be_overspent(small: Small) -> None:
    set_to(small, 100)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.update(reserved_fen=10_001)


def enter(small: Small, threshold: str, day: str, condition: str = "insured") -> SubsidyRule:
    return enter_rule(
        acting=small.head, town=small.town, item=ITEM, year=2026, condition=condition, threshold=threshold,
        valid_from=at(f"{day} 00:00").date(), source="某发〔2026〕2号（样本）",
    )  # fmt: skip


def test_the_last_rule_whose_day_has_come_is_in_force(small: Small) -> None:
    enter(small, "4", "2026-06-01")
    enter(small, "3", "2026-01-01")
    enter(small, "2", "2026-01-01")
    assert rules_of(small.town.pk, ITEM, at("2026-05-31 12:00").date())["insured"].threshold == "2"
    assert rules_of(small.town.pk, ITEM, at("2026-06-01 12:00").date())["insured"].threshold == "4"
    assert rules_of(small.town.pk, ITEM, at("2027-01-01 12:00").date()) == {}, "a new year begins without rules"


def test_the_amount_of_a_payment_is_read_as_money(small: Small) -> None:
    assert enter(small, "10,000元", "2026-01-01", SubsidyRule.AMOUNT).threshold == "1000000"
    with pytest.raises(InvalidInputError) as refused:
        enter(small, "一万", "2026-01-01", SubsidyRule.AMOUNT)
    assert refused.value.facts["field"] == "threshold"
    with pytest.raises(InvalidInputError) as refused:
        enter(small, "3", "2026-01-01", "no_such")
    assert refused.value.facts["field"] == "condition"


class LedgerProperty(TestCase):
    """Whatever happens in whatever order, the columns are the sum of the lines and nothing is overspent."""

    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(["take", "pay", "release", "change"]), st.integers(0, 3), st.integers(1, 70))
        )
    )
    def test_columns_are_the_sum_of_the_lines(self, acts: list[tuple[str, int, int]]) -> None:
        small = build_money()
        set_to(small, 100)
        cases = [claim(small) for _ in range(4)]
        for act, place, yuan in acts:
            try:
                with transaction.atomic():
                    if act == "take":
                        take(small, cases[place], yuan)
                    elif act == "pay":
                        budgets.pay_reserved(acting=small.command, case=cases[place].pk, reference="P", at=moment.now())
                    elif act == "release":
                        budgets.release(acting=small.command, case=cases[place].pk, reason="x")
                    else:
                        set_to(small, yuan, version=Budget.objects.get().version, reason="调整")
            except (DomainError, IntegrityError):
                continue
        budget = Budget.objects.get()
        sums = {kind: _sum(budget, kind) for kind in BudgetLine.Kind.values}
        assert budget.amount_fen == sums["set"] + sums["change"]
        assert budget.paid_fen == sums["pay"]
        assert budget.reserved_fen == sums["reserve"] - sums["pay"] - sums["release"]
        assert budget.left_fen >= 0


def _sum(budget: Budget, kind: str) -> int:
    return int(budget.lines.filter(kind=kind).aggregate(all=Sum("fen"))["all"] or 0)
