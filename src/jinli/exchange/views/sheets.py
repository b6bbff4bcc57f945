"""Copy sheets: a case in the order of another system's form, and the number it got there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.pages.reporter import whole_reporter
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.visible import WORKERS
from jinli.cases.services.noting import there
from jinli.cases.views.case import view_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.exchange.forms.noting import NumberForm
from jinli.exchange.pages.sheet_page import conflict_of, sheet_page
from jinli.exchange.selectors.prescribed import sheet_of
from jinli.exchange.services.noting import note_number
from jinli.packs.prescribed import SheetRow
from jinli.town.access import access
from jinli.town.ids import new_id
from jinli.town.people import read_in_full
from jinli.ui.parts import Conflict
from jinli.ui.words import say, say_error


@access(*WORKERS)
@never_cache
@require_safe
def sheet(request: Any, case_id: UUID, sheet: str) -> HttpResponse:
    """Show a case in the order of the other form, personal values covered."""
    return _shown(request, *_opened(request, case_id, sheet))


@access(*WORKERS)
@never_cache
@require_POST
def reveal(request: Any, case_id: UUID, sheet: str) -> HttpResponse:
    """Show the sheet once with personal values whole, after the look and its reason are in the access log."""
    view, found = _opened(request, case_id, sheet)
    reason = request.POST.get("reason", "").strip()
    try:
        whole_reporter(view)
        read_in_full(request.acting, say("exchange.sheet.log", sheet=found.title), view.case.number, reason)
    except DomainError as error:
        return _shown(request, view, found, refused=say_error(error), status=422)
    return _shown(request, view, found, revealed=reason)


@access(*WORKERS)
@require_POST
def note(request: Any, case_id: UUID, sheet: str) -> HttpResponse:
    """Note that the case was entered there, and its number."""
    view, found = _opened(request, case_id, sheet)
    form = NumberForm(found.system_name, request.POST)
    if not form.is_valid():
        return _shown(request, view, found, form=form, status=422)
    try:
        note_number(acting=request.acting, case=case_id, sheet=found, **_typed(form))
    except ConflictError:
        return _changed(request, case_id, found, form)
    except DomainError as error:
        form.add_error("foreign_number", say_error(error))
        return _shown(request, view, found, form=form, status=422)
    messages.info(request, say("exchange.foreign.done", number=view.case.number, system=found.system_name))
    return redirect("cases:case", case_id)


def _opened(request: Any, case_id: UUID, code: str) -> tuple[CaseView, SheetRow]:
    """Return the case and a sheet that serves it; what is not for these eyes is not there."""
    view = view_of(request, case_id)
    found = sheet_of(view.town, code, view.case.type_code)
    if found is None:
        raise Http404
    return view, found


def _typed(form: NumberForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"version": said["version"], "text": said["foreign_number"], "key": said["key"] or None}


def _changed(request: Any, case_id: UUID, found: SheetRow, form: NumberForm) -> HttpResponse:
    """Show which number was noted meanwhile and by whom, above the same form with the present version."""
    view = view_of(request, case_id)
    typed = form.cleaned_data
    conflict = conflict_of(view, found, typed["version"] or 0, typed["foreign_number"])
    again = _form(view, found, typed["foreign_number"])
    return _shown(request, view, found, form=again, conflict=conflict, status=409)


def _form(view: CaseView, found: SheetRow, text: str = "") -> NumberForm:
    times = there(view.work.state, found.system).times
    return NumberForm(found.system_name, initial={"version": times, "key": new_id().hex, "foreign_number": text})


def _shown(
    request: Any,
    view: CaseView,
    found: SheetRow,
    *,
    form: NumberForm | None = None,
    conflict: Conflict | None = None,
    revealed: str = "",
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    page = sheet_page(view, found, revealed=revealed)
    shown = {"page": page, "form": form or _form(view, found), "conflict": conflict, "refused": refused}
    return render(request, "exchange/sheet.html", shown, status=status)
