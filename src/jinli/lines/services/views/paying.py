"""The pages of a claim: agree, record the payment, record that it is given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.pages.move_page import conflict_of, version_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.views.case import view_of
from jinli.cases.views.frame import onward
from jinli.domain.errors import ConflictError, DomainError
from jinli.domain.money import yuan_of
from jinli.domain.procedure import CASE
from jinli.lines.services.forms.money import GiveUpForm, GrantForm, MoneyForm, PayForm
from jinli.lines.services.pages.paper_page import paper_page
from jinli.lines.services.pages.paying import pay_sheet
from jinli.lines.services.selectors.payable import PAYMENT
from jinli.lines.services.selectors.procedures import kind_of
from jinli.lines.services.services import paying as service
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.ui.parts import Conflict, Fact
from jinli.ui.words import say, say_error

OFFICE = (
    Duty.Role.WINDOW_CLERK, Duty.Role.COMMAND_CENTRE, Duty.Role.DEPARTMENT_OFFICER, Duty.Role.DEPARTMENT_HEAD,
    Duty.Role.TOWN_HEAD,
)  # fmt: skip
both = require_http_methods(["GET", "HEAD", "POST"])


@access(*OFFICE)
@both
def grant(request: Any, claim_id: UUID) -> HttpResponse:
    """Agree to a subsidy: conditions, earlier claims and the budget stand beside the amount."""
    return _agree(request, claim_id, service.GRANT, service.grant_payment)


@access(*OFFICE)
@both
def grant_now(request: Any, claim_id: UUID) -> HttpResponse:
    """Agree to temporary aid at once: earlier claims and the budget stand beside the amount."""
    return _agree(request, claim_id, service.GRANT_NOW, service.grant_now)


def _agree(request: Any, claim_id: UUID, move: str, agree: Callable[..., str]) -> HttpResponse:
    view, claim = _claim(request, claim_id)
    sheet = pay_sheet(view, claim, move)
    start = {"amount": yuan_of(claim.fen) if claim.fen else "", "seen": sheet.budget.left_fen, **_carried(view)}
    form = GrantForm(request.POST or None, initial=start, source=claim.source, known=claim.fen is not None)

    def act(shown: list[Any] | None) -> None:
        said = form.cleaned_data
        agree(
            acting=request.acting, view=view, version=said["version"], fen=form.fen(), reason=said["reason"],
            seen_fen=said["seen"], key=said["key"], shown=shown,
        )  # fmt: skip

    return _answer(request, view, form, act, move)


@access(*OFFICE)
@both
def pay(request: Any, claim_id: UUID) -> HttpResponse:
    """Record that a subsidy was paid."""
    return _pay(request, claim_id, service.PAY)


@access(*OFFICE)
@both
def pay_now(request: Any, claim_id: UUID) -> HttpResponse:
    """Record that aid agreed at once was paid."""
    return _pay(request, claim_id, service.PAY_NOW)


def _pay(request: Any, claim_id: UUID, move: str) -> HttpResponse:
    view, _ = _claim(request, claim_id)
    form = PayForm(request.POST or None, initial=_carried(view))

    def act(_: list[Any] | None) -> None:
        said = form.cleaned_data
        service.pay(
            acting=request.acting, view=view, version=said["version"], reference=said["reference"], key=said["key"],
            move=move,
        )  # fmt: skip

    return _answer(request, view, form, act, move)


@access(*OFFICE)
@both
def give_up(request: Any, claim_id: UUID) -> HttpResponse:
    """Record that the applicant does not take the money."""
    view, _ = _claim(request, claim_id)
    form = GiveUpForm(request.POST or None, initial=_carried(view))

    def act(_: list[Any] | None) -> None:
        said = form.cleaned_data
        service.give_up(
            acting=request.acting, view=view, version=said["version"], reason=said["reason"], key=said["key"]
        )

    return _answer(request, view, form, act, service.GIVE_UP)


def _claim(request: Any, claim_id: UUID) -> tuple[CaseView, service.Claim]:
    view = view_of(request, claim_id)
    if kind_of(view.case.type_code) != PAYMENT:
        raise Http404
    try:
        return view, service.claim_of(view)
    except DomainError:
        raise Http404 from None


def _carried(view: CaseView) -> dict[str, Any]:
    return {"version": version_of(view, CASE)}


def _answer(
    request: Any, view: CaseView, form: MoneyForm, act: Callable[[list[Any] | None], None], move: str
) -> HttpResponse:
    """Show a form, look at its paper, or act: back to the case, 409 with what changed, 422 with what is wrong."""
    context: dict[str, Any] = {"form": form, "move": move}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            looked: list[Any] | None = [] if request.POST.get("do") == "look" else None
            try:
                act(looked)
            except ConflictError as error:
                status = 409
                view = view_of(request, view.case.pk)
                context["conflict"] = _conflict(view, form, error)
                form.data = _carrying(request, view, service.claim_of(view), move)
            except DomainError as error:
                text = refusal_text(view, error) if error.code.startswith("domain.move") else say_error(error)
                field = str(error.facts.get("field", ""))
                form.add_error(field if field in form.fields else None, text)
            else:
                if looked is None:
                    messages.info(request, say(f"services.pay.done.{move}", number=view.case.number))
                    return onward(request, view.case.pk)
                status, context["preview"] = 200, tuple(paper_page(one) for one in looked)
    context["page"] = pay_sheet(view, service.claim_of(view), move)
    return render(request, "services/pay.html", context, status=status)


def _conflict(view: CaseView, form: MoneyForm, error: ConflictError) -> Conflict:
    """Return what changed: the case itself, or the budget that another case used."""
    if error.code == "services.budget.gone":
        typed = tuple(Fact(label=label, value=value) for label, value in form.typed())
        what = Fact(label=say("services.pay.retry"), value=say_error(error))
        return Conflict(title=say("services.pay.retry"), typed=(what, *typed))
    return conflict_of(view, CASE, form.cleaned_data["version"], form.typed())


def _carrying(request: Any, view: CaseView, claim: service.Claim, move: str) -> Any:
    """Return what was typed with the present version and balance in place of the old ones."""
    sent = request.POST.copy()
    sent["version"] = str(version_of(view, CASE))
    if "seen" in sent:
        sent["seen"] = str(pay_sheet(view, claim, move).budget.left_fen or "")
    return sent
