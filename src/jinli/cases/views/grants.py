"""The register of grants: the list, one grant, what is proposed for it, its renewal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.forms import ChangeForm
from jinli.cases.models import Grant
from jinli.cases.pages.grants_page import ENDS, AskedGrants, grant_page, grants_page, grants_table
from jinli.cases.selectors.grants import granted_in
from jinli.cases.services import granting as service
from jinli.cases.views.frame import town_of
from jinli.domain.errors import DomainError
from jinli.domain.grants import CHANGES, GrantState
from jinli.town import moment
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.ui.words import say, say_error

READERS = (
    Duty.Role.WINDOW_CLERK, Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD, Duty.Role.DEPARTMENT_OFFICER,
    Duty.Role.DEPARTMENT_HEAD,
)  # fmt: skip


@access(*READERS)
@require_safe
def grants(request: Any) -> HttpResponse:
    """List the grants of the town, the latest first."""
    page = grants_page(request.acting, town_of(request), _asked(request), moment.now())
    return render(request, "cases/grants.html", {"page": page})


@access(*READERS)
@require_safe
def export(request: Any) -> HttpResponse:
    """Send the register as a sheet."""
    table = grants_table(request.acting, town_of(request), _asked(request), moment.now())
    return spreadsheet(table, excel=request.GET.get("as") == "xlsx")


@access(*READERS)
@require_safe
def grant(request: Any, grant_id: UUID) -> HttpResponse:
    """Show one grant with what happened to it."""
    return _shown(request, _held(request, grant_id))


@access(*READERS)
@require_POST
def change(request: Any, grant_id: UUID) -> HttpResponse:
    """Propose a change: open the case in which it is decided."""
    held = _held(request, grant_id)
    form = ChangeForm(request.POST, choices=tuple((one.value, one.value) for one in CHANGES))
    if not form.is_valid():
        return _shown(request, held, form=form, status=422)
    said = form.cleaned_data
    try:
        case = service.propose_change(
            acting=request.acting, grant=held, act=said["kind"], reason=said["reason"], conditions=said["conditions"]
        )
    except DomainError as error:
        field = str(error.facts.get("field", ""))
        form.add_error(field if field in form.fields else None, say_error(error))
        return _shown(request, held, form=form, status=422)
    messages.info(request, say("cases.grant.change.done", number=case.number))
    return redirect("cases:grant", held.pk)


@access(*READERS)
@require_POST
def renew(request: Any, grant_id: UUID) -> HttpResponse:
    """Ask for renewal at the counter, for the holder."""
    held = _held(request, grant_id)
    try:
        case = service.ask_renewal(acting=request.acting, grant=held)
    except DomainError as error:
        return _shown(request, held, told=say_error(error), status=422)
    messages.info(request, say("cases.grant.renew.done", number=case.number))
    return redirect("cases:grant", held.pk)


def _held(request: Any, grant_id: UUID) -> Grant:
    return get_object_or_404(granted_in(request.acting).select_related("case", "holder"), pk=grant_id)


def _asked(request: Any) -> AskedGrants:
    said = request.GET
    state, ends, start = said.get("state", ""), said.get("ends", ""), said.get("start", "")
    return AskedGrants(
        kind=said.get("kind", "")[:40],
        state=state if state in list(GrantState) else "",
        ends=int(ends) if ends in {str(one) for one in ENDS} else None,
        text=said.get("q", "").strip()[:80],
        start=int(start) if start.isdecimal() and len(start) < 8 else 0,
    )


def _shown(request: Any, held: Grant, *, form: Any = None, told: str = "", status: int = 200) -> HttpResponse:
    page = grant_page(request.acting, town_of(request), held, moment.now())
    if form is not None:
        form.fields["kind"].choices = page.changes
    context = {"page": page, "form": form or ChangeForm(choices=page.changes), "told": told}
    return render(request, "cases/grant.html", context, status=status)
