"""The form of an application in full, once, after the look and its reason are in the access log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinli.domain.errors import DomainError
from jinli.lines.services.pages.panel import form_facts, matter_from, may_reveal
from jinli.lines.services.views.acts import DESK
from jinli.lines.services.views.sheets import matter_view
from jinli.town.access import access
from jinli.town.people import read_in_full
from jinli.ui.words import say_error


@access(*DESK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: Any, matter_id: UUID) -> HttpResponse:
    """Ask why, then show the form of an application unmasked."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    if not may_reveal(matter):
        raise Http404
    shown: dict[str, Any] = {"case": view.case, "reason": request.POST.get("reason", "")}
    status = 200
    if request.method == "POST":
        try:
            read_in_full(request.acting, "form", view.case.number, shown["reason"])
            shown["rows"] = form_facts(matter, whole=True)
        except DomainError as error:
            shown["refused"], status = say_error(error), 422
    return render(request, "services/form_in_full.html", shown, status=status)
