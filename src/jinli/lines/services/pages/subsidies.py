"""What the pages of budgets show: all subsidies of a year, and the ledger and rules of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from jinli.cases.export import Table
from jinli.cases.selectors.names import named
from jinli.cases.selectors.visible import visible_cases
from jinli.domain.money import yuan_of
from jinli.lines.services.models import Budget, BudgetLine, SubsidyRule
from jinli.lines.services.pages.paying import BudgetFacts, budget_facts
from jinli.lines.services.pages.wording import need_of
from jinli.lines.services.selectors.money import (
    amount_under,
    budget_of,
    budgets_of,
    conditions_under,
    ledger_of,
    rules_entered,
    rules_of,
)
from jinli.lines.services.selectors.payable import Payable, payables
from jinli.lines.services.services.budgets import may_set
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.ui.dates import day_text
from jinli.ui.parts import Crumb, PageKeys, Scope
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

ON_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class SubsidyRow:
    """One item of the year with its budget; amounts are None while nobody entered it."""

    name: str
    url: str
    amount: str | None
    reserved: str | None
    paid: str | None
    left: str | None
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class SubsidiesPage:
    """All items that pay out money, in a year."""

    year: int
    years: tuple[Scope, ...]
    rows: tuple[SubsidyRow, ...]


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One line of the ledger in words."""

    when: str
    kind: str
    amount: str
    number: str
    url: str
    who: tuple[str, ...]
    note: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One condition, or the amount, with what is in force; None while nobody entered it."""

    label: str
    in_force: str | None
    source: str


@dataclass(frozen=True, kw_only=True)
class EnteredLine:
    """One rule as it was entered."""

    when: str
    what: str
    who: str
    source: str


@dataclass(frozen=True, kw_only=True)
class SubsidyPage:
    """One item in a year: its budget, ledger and rules."""

    code: str
    year: int
    name: str
    crumbs: tuple[Crumb, ...]
    years: tuple[Scope, ...]
    budget: BudgetFacts
    lines: tuple[LedgerLine, ...]
    keys: PageKeys
    rules: tuple[RuleLine, ...]
    entered: tuple[EnteredLine, ...]
    conditions: tuple[tuple[str, str], ...]
    can_set: bool
    first: bool
    version: int
    amount: str
    set_label: str
    export_url: str


def subsidies_page(acting: Acting, town: Division, year: int) -> SubsidiesPage:
    """Return all items that pay out money with their budgets of a year. Two statements."""
    found = {row.item: row for row in budgets_of(acting, year)}
    return SubsidiesPage(
        year=year,
        years=_years(year, lambda one: f"{reverse('services:subsidies')}?year={one}"),
        rows=tuple(_row(one, year, found.get(one.code)) for one in payables(town.pk)),
    )


def _row(payable: Payable, year: int, budget: Budget | None) -> SubsidyRow:
    return SubsidyRow(
        name=payable.name,
        url=reverse("services:subsidy", args=[payable.code, year]),
        amount=yuan_of(budget.amount_fen) if budget else None,
        reserved=yuan_of(budget.reserved_fen) if budget else None,
        paid=yuan_of(budget.paid_fen) if budget else None,
        left=yuan_of(budget.left_fen) if budget else None,
        simulated=budget is not None and budget.simulated,
    )


def _years(year: int, url: object) -> tuple[Scope, ...]:
    assert callable(url)
    return tuple(
        Scope(label=str(one), url=url(one), current=one == year) for one in (year + 1, year, year - 1, year - 2)
    )


def subsidy_page(
    acting: Acting, town: Division, payable: Payable, year: int, now: datetime, *, before: int | None = None
) -> SubsidyPage:
    """Return the page of one item in a year, its ledger by key."""
    budget = budget_of(town.pk, payable.code, year)
    url = reverse("services:subsidy", args=[payable.code, year])
    rows = list(ledger_of(budget, before)[: ON_A_PAGE + 1]) if budget else []
    shown = rows[:ON_A_PAGE]
    return SubsidyPage(
        code=payable.code,
        year=year,
        name=payable.name,
        crumbs=(
            Crumb(label=say("services.budget.title"), url=f"{reverse('services:subsidies')}?year={year}"),
            Crumb(label=f"{payable.name} {year}"),
        ),
        years=_years(year, lambda one: reverse("services:subsidy", args=[payable.code, one])),
        budget=budget_facts(town, payable, year, budget),
        lines=tuple(ledger_lines(acting, shown, now)),
        keys=PageKeys(
            shown=len(shown),
            first_url=url if before else "",
            next_url=f"{url}?before={shown[-1].pk}#ledger" if len(rows) > ON_A_PAGE else "",
        ),
        rules=_rules(town, payable, year, now),
        entered=tuple(_entered(row, payable, now) for row in rules_entered(town.pk, payable.code, year)),
        conditions=tuple((one.code, one.label) for one in payable.conditions),
        can_set=may_set(acting, payable),
        first=budget is None,
        version=budget.version if budget else 0,
        amount=yuan_of(budget.amount_fen) if budget else "",
        set_label=say("services.budget.change" if budget else "services.budget.set"),
        export_url=reverse("services:subsidy-export", args=[payable.code, year]) if budget else "",
    )


def ledger_lines(acting: Acting, rows: Iterable[BudgetLine], now: datetime) -> list[LedgerLine]:
    """Return lines of the ledger in words, each with the way to its case. One statement."""
    held = list(rows)
    wanted = [row.case_id for row in held if row.case_id]
    seen = set(visible_cases(acting).filter(pk__in=wanted).values_list("pk", flat=True))
    return [
        LedgerLine(
            when=word_moment(row.at, lang=tongue(), now=now),
            kind=say(f"services.budget.kind.{row.kind}"),
            amount=yuan_of(row.fen),
            number=row.case.number if row.case else "",
            url=reverse("cases:case", args=[row.case_id]) if row.case_id in seen else "",
            who=tuple(one for one in (named(row.acting_for) if row.acting_for else "",) if one),
            note=tuple(one for one in (row.source, row.reason, row.reference) if one),
        )
        for row in held
    ]


def _rules(town: Division, payable: Payable, year: int, now: datetime) -> tuple[RuleLine, ...]:
    """Return what is in force today, for another year on its last day."""
    today = local_day(town, now)
    day = today if today.year == year else today.replace(year=year, month=12, day=31)
    rules = rules_of(town.pk, payable.code, day)
    fen, source = amount_under(payable, rules)
    lines = [
        RuleLine(label=one.label, in_force=need_of(one), source=_source(one.source, one.code in rules))
        for one in conditions_under(payable, rules)
    ]
    amount = RuleLine(
        label=say("services.rule.amount"), in_force=None if fen is None else yuan_of(fen),
        source=_source(source, SubsidyRule.AMOUNT in rules),
    )  # fmt: skip
    return (*lines, amount)


def _source(source: str, entered: bool) -> str:
    return source if entered or not source else say("services.rule.from_item", source=source)


def _entered(row: SubsidyRule, payable: Payable, now: datetime) -> EnteredLine:
    amount = row.condition == SubsidyRule.AMOUNT
    labels = {one.code: one.label for one in payable.conditions}
    return EnteredLine(
        when=word_moment(row.set_at, lang=tongue(), now=now),
        what=say(
            "services.rule.entered.line",
            what=say("services.rule.amount") if amount else labels.get(row.condition, row.condition),
            threshold=yuan_of(int(row.threshold)) if amount else row.threshold,
            day=day_text(row.valid_from, tongue=tongue()),
        ),
        who=named(row.set_for),
        source=row.source,
    )


def ledger_table(acting: Acting, payable: Payable, budget: Budget, now: datetime) -> Table:
    """Return the whole ledger as a sheet, oldest first."""
    heads = [say(f"services.budget.column.{name}") for name in ("when", "kind", "amount", "case", "who", "note")]
    mark = [say("services.budget.simulated")] if budget.simulated else []
    lines = ledger_lines(acting, ledger_of(budget).reverse(), now)
    return Table(
        name=f"{say('services.budget.file')}-{payable.code}-{budget.year}",
        heads=[*heads, *mark],
        rows=[
            [one.when, one.kind, one.amount, one.number, " ".join(one.who), " ".join(one.note), *mark] for one in lines
        ],
    )
