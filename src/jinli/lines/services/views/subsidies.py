"""The pages of budgets and rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.services.forms.money import BudgetForm, RuleForm
from jinli.lines.services.pages import subsidies as pages
from jinli.lines.services.selectors.money import budget_of
from jinli.lines.services.selectors.payable import Payable, payable_of
from jinli.lines.services.services import budgets, rules
from jinli.lines.services.views.paying import OFFICE
from jinli.town import moment
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.town.selectors import local_day
from jinli.ui.words import say

HEADS = (Duty.Role.DEPARTMENT_HEAD, Duty.Role.TOWN_HEAD)


@access(*OFFICE)
@require_safe
def subsidies(request: Any) -> HttpResponse:
    """Show all items that pay out money, with their budgets of a year."""
    town = town_of(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in budgets.YEARS else local_day(town, moment.now()).year
    return render(request, "services/subsidies.html", {"page": pages.subsidies_page(request.acting, town, year)})


@access(*OFFICE)
@require_safe
def subsidy(request: Any, subsidy: str, year: int) -> HttpResponse:
    """Show budget, ledger and rules of one item in a year."""
    return _shown(request, _payable(request, subsidy, year), year)


@access(*HEADS)
@require_POST
def set_budget(request: Any, subsidy: str, year: int) -> HttpResponse:
    """Enter or change the budget."""
    payable = _payable(request, subsidy, year)
    form = BudgetForm(request.POST, first=budget_of(request.acting.town, subsidy, year) is None, prefix="budget")

    def act() -> None:
        said = form.cleaned_data
        budgets.set_budget(
            acting=request.acting, town=town_of(request), item=subsidy, year=year, fen=form.fen(zero=True),
            source=said["source"], reason=said.get("reason", ""), version=said["version"] or 0,
        )  # fmt: skip

    return _changed(request, payable, year, form, act, "services.budget.saved")


@access(*HEADS)
@require_POST
def enter_rule(request: Any, subsidy: str, year: int) -> HttpResponse:
    """Enter a rule of the year."""
    payable = _payable(request, subsidy, year)
    form = RuleForm(request.POST, conditions=[(one.code, one.label) for one in payable.conditions], prefix="rule")

    def act() -> None:
        said = form.cleaned_data
        rules.enter_rule(
            acting=request.acting, town=town_of(request), item=subsidy, year=year, condition=said["condition"],
            threshold=said["threshold"], valid_from=said["valid_from"], source=said["source"],
        )  # fmt: skip

    return _changed(request, payable, year, form, act, "services.rule.saved")


@access(*OFFICE)
@require_safe
def export(request: Any, subsidy: str, year: int) -> HttpResponse:
    """Give the ledger as a sheet."""
    payable = _payable(request, subsidy, year)
    budget = budget_of(request.acting.town, subsidy, year)
    if budget is None:
        raise Http404
    table = pages.ledger_table(request.acting, payable, budget, moment.now())
    return spreadsheet(table, excel=request.GET.get("as") == "xlsx")


def _payable(request: Any, code: str, year: int) -> Payable:
    payable = payable_of(request.acting.town, code)
    if payable is None or year not in budgets.YEARS:
        raise Http404
    return payable


def _changed(request: Any, payable: Payable, year: int, form: Any, act: Any, done: str) -> HttpResponse:
    """Make one change and lead back; a refused form keeps what was typed, 409 when somebody else was first."""
    status = 422
    if form.is_valid():
        try:
            act()
        except DomainError as error:
            form.refuse(error)
            status = 409 if isinstance(error, ConflictError) else 422
        else:
            messages.info(request, say(done))
            return redirect("services:subsidy", payable.code, year)
    return _shown(request, payable, year, form=form, status=status)


def _shown(request: Any, payable: Payable, year: int, *, form: Any = None, status: int = 200) -> HttpResponse:
    before = request.GET.get("before", "")
    key = int(before) if before.isdecimal() and len(before) < 16 else None
    page = pages.subsidy_page(request.acting, town_of(request), payable, year, moment.now(), before=key)
    today = local_day(town_of(request), moment.now())
    day = today if today.year == year else date(year, 1, 1)
    budget = form if isinstance(form, BudgetForm) else None
    rule = form if isinstance(form, RuleForm) else None
    context = {
        "page": page,
        "budget_form": budget or BudgetForm(
            initial={"version": page.version, "amount": page.amount}, first=page.first, prefix="budget"
        ),
        "rule_form": rule or RuleForm(initial={"valid_from": day}, conditions=page.conditions, prefix="rule"),
    }  # fmt: skip
    return render(request, "services/subsidy.html", context, status=status)
