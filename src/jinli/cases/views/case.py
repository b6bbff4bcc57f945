"""The page of a case, its print views, and the reporter in full."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.models import Case
from jinli.cases.pages.case_file import case_file
from jinli.cases.pages.case_page import case_page
from jinli.cases.pages.reporter import heading, whole_reporter
from jinli.cases.selectors.case_view import CaseView, case_view
from jinli.cases.selectors.visible import WORKERS
from jinli.cases.views.frame import town_of
from jinli.domain.errors import DomainError
from jinli.town import moment
from jinli.town.access import access
from jinli.town.people import read_in_full
from jinli.ui.words import say_error


def view_of(request: Any, case_id: UUID) -> CaseView:
    """Return the case as the reader sees it; one that is not for these eyes is not there."""
    try:
        return case_view(request.acting, case_id, town_of(request), moment.now())
    except Case.DoesNotExist:
        raise Http404 from None


@access(*WORKERS)
@require_safe
def case(request: Any, case_id: UUID) -> HttpResponse:
    """Show a case: where it stands, what is promised, what was done, what can be done."""
    view = view_of(request, case_id)
    page = case_page(view, oldest_first=request.GET.get("order") == "first")
    return render(
        request, "cases/case.html", {"page": page, "work": view.work, "acting": view.acting, "case": view.case}
    )


@access(*WORKERS)
@require_safe
def printed(request: Any, case_id: UUID) -> HttpResponse:
    """Show a case as it is printed: every reckoning open, nothing to press."""
    page = case_page(view_of(request, case_id), oldest_first=True)
    return render(request, "cases/print.html", {"page": page})


@access(*WORKERS)
@require_safe
def whole_file(request: Any, case_id: UUID) -> HttpResponse:
    """Show the whole file in order, with its index."""
    view = view_of(request, case_id)
    return render(request, "cases/file.html", {"file": case_file(view), "case": view.case})


@access(*WORKERS)
@never_cache
@require_POST
def reporter(request: Any, case_id: UUID) -> HttpResponse:
    """Show the reporter in full, once, after the look and its reason are in the access log."""
    view = view_of(request, case_id)
    reason = request.POST.get("reason", "")
    try:
        found = whole_reporter(view)
        read_in_full(request.acting, "reporter", view.case.number, reason)
    except DomainError as error:
        refused = {
            "page": case_page(view),
            "refused": say_error(error),
            "reason": reason,
            "view": view,
            "heading": heading(view),
        }
        return render(request, "cases/reporter_refused.html", refused, status=422)
    shown = {"reporter": found, "case": view.case, "reason": reason, "heading": heading(view)}
    return render(request, "cases/reporter.html", shown)
