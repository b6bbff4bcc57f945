"""Lawful erasure of what is personal in a case: by an administrator, on a basis, never undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinli.cases.forms import EraseForm
from jinli.cases.models import Case
from jinli.cases.selectors.erasable import erasable
from jinli.cases.services.erasing import erase_payload
from jinli.domain.errors import DomainError
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.ui.words import say, say_error


@access(Duty.Role.ADMINISTRATOR)
@require_safe
def find(request: Any) -> HttpResponse:
    """Ask for the number of the case; a case of another town is not there."""
    number = request.GET.get("number", "").strip()[:40]
    if number:
        found = Case.objects.filter(town=request.acting.town, number=number).only("id").first()
        if found is not None:
            return redirect("cases:erase", found.pk)
    page = {"number": number, "missing": say("cases.erase.no_such_case", number=number) if number else ""}
    return render(request, "cases/erase_find.html", page, status=404 if number else 200)


@access(Duty.Role.ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Any, case_id: UUID) -> HttpResponse:
    """Say what is erased and what stays; on POST erase it."""
    case = get_object_or_404(Case.objects.select_related("town"), pk=case_id, town=request.acting.town)
    form = EraseForm(request.POST or None, number=case.number)
    if form.is_valid():
        try:
            count = erase_payload(acting=request.acting, case=case, basis=form.cleaned_data["basis"])
        except DomainError as error:
            form.add_error("basis", say_error(error))
        else:
            messages.success(request, say("cases.erase.done", number=case.number, count=count))
            return redirect("cases:erase", case.pk)
    page = {"case": case, "found": erasable(case), "form": form}
    return render(request, "cases/erase.html", page, status=422 if form.errors else 200)
