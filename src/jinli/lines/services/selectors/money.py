"""What there is for subsidies, under which rules, and who claimed before. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jinli.cases.models import Case
from jinli.domain.eligibility import Condition
from jinli.domain.errors import InvalidInputError
from jinli.domain.money import fen_of
from jinli.lines.services.models import Budget, BudgetLine, ClaimKey, SubsidyRule
from jinli.lines.services.selectors.payable import Payable
from jinli.town.acting import Acting


def rules_of(town: int, item: str, day: date) -> dict[str, SubsidyRule]:
    """Return the rules of an item in force on a day by condition, of the year of that day. One statement."""
    rows = SubsidyRule.objects.filter(town=town, item=item, year=day.year, valid_from__lte=day)
    return {row.condition: row for row in rows.order_by("valid_from", "id")}


def rules_entered(town: int, item: str, year: int) -> QuerySet[SubsidyRule]:
    """Return everything entered for an item and a year, newest first."""
    rows = SubsidyRule.objects.filter(town=town, item=item, year=year)
    return rows.select_related("set_by", "set_for").order_by("-id")


def conditions_under(payable: Payable, rules: Mapping[str, SubsidyRule]) -> tuple[Condition, ...]:
    """Return the conditions with the thresholds of the year; without one the threshold of the item, if it is known."""
    return tuple(
        replace(one, threshold=rules[one.code].threshold, source=rules[one.code].source) if one.code in rules else one
        for one in payable.conditions
    )


def amount_under(payable: Payable, rules: Mapping[str, SubsidyRule]) -> tuple[int | None, str]:
    """Return the amount of one payment in fen and its source; None when neither the office nor a source gives it."""
    rule = rules.get(SubsidyRule.AMOUNT)
    if rule is not None:
        return int(rule.threshold), rule.source
    try:
        return (fen_of(payable.amount), payable.amount_source) if payable.amount else (None, "")
    except InvalidInputError:  # "at most 5,000": a person reads that
        return None, ""


def budget_of(town: int, item: str, year: int) -> Budget | None:
    """Return the budget of an item in a year, None while nobody set it."""
    return Budget.objects.filter(town=town, item=item, year=year).first()


def budgets_of(acting: Acting, year: int) -> QuerySet[Budget]:
    """Return the budgets of the acting person's town in a year."""
    return Budget.objects.filter(town=acting.town, year=year).order_by("item")


def ledger_of(budget: Budget, before: int | None = None) -> QuerySet[BudgetLine]:
    """Return the lines of a budget, newest first; with `before`, those older than that line."""
    rows = budget.lines.select_related("case", "by", "acting_for").order_by("-id")
    return rows if before is None else rows.filter(pk__lt=before)


def reservation_of(case: UUID) -> BudgetLine | None:
    """Return what is reserved for a case and neither paid nor released; None for nothing."""
    lines = list(BudgetLine.objects.filter(case=case).select_related("budget"))
    closed = any(line.kind in (BudgetLine.Kind.PAY, BudgetLine.Kind.RELEASE) for line in lines)
    return None if closed else next((line for line in lines if line.kind == BudgetLine.Kind.RESERVE), None)


def earlier_claims(case: Case, digests: Sequence[str]) -> list[tuple[Case, frozenset[str]]]:
    """Return the other claims of the same item by the same party or under the same numbers, newest first.

    Beside each case stands by what it is the same: `party`, or the kinds of number. Two statements.
    """
    keys = ClaimKey.objects.filter(town=case.town_id, item=case.class_code, digest__in=digests).exclude(case=case)
    same: dict[UUID, set[str]] = {}
    for found, kind in keys.values_list("case_id", "kind"):
        same.setdefault(found, set()).add(kind)
    wanted = Q(pk__in=same)
    if case.reporter_id is not None:
        wanted |= Q(reporter=case.reporter_id)
    rows = Case.objects.filter(wanted, town=case.town_id, class_code=case.class_code, type_code=case.type_code)
    return [
        (row, frozenset(same.get(row.pk, set()) | ({"party"} if row.reporter_id == case.reporter_id else set())))
        for row in rows.exclude(pk=case.pk).order_by("-opened_at", "-id")
    ]


def identities(form: Mapping[str, object], identity: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield kind and value of every identifying number of a form, those in repeated groups too."""
    for name, value in form.items():
        if name in identity and value not in (None, ""):
            yield identity[name], str(value)
        for entry in _entries(value):
            yield from identities(entry, identity)


def _entries(value: object) -> Iterable[Mapping[str, object]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, (list, tuple)) else ()
