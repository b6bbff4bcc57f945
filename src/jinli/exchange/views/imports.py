"""All imports: the systems, the newest files, and where a file is dropped."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.views.frame import town_of
from jinli.domain.errors import DomainError
from jinli.exchange.forms.dropping import DropForm
from jinli.exchange.pages.import_list import imports_page
from jinli.exchange.services.dropping import drop_file
from jinli.town import moment
from jinli.town.access import access
from jinli.town.models import Duty

CENTRE = Duty.Role.COMMAND_CENTRE
#: An auditor reads besides them.
READERS = (CENTRE, Duty.Role.TOWN_HEAD)


@access(*READERS)
@require_safe
def imports(request: Any) -> HttpResponse:
    """Show the systems, what their mirrors owe, and the newest files."""
    return _shown(request, DropForm())


@access(CENTRE)
@require_POST
def drop(request: Any) -> HttpResponse:
    """Take a file in; what it is is seen on its own page."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    form = DropForm(request.POST, request.FILES, length=length)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = drop_file(acting=request.acting, name=file.name, chunks=file.chunks())
        except DomainError as error:
            form.put(error)
        else:
            return redirect("exchange:run", run.pk)
    return _shown(request, form, status=422)


def _shown(request: Any, form: DropForm, status: int = 200) -> HttpResponse:
    page = imports_page(request.acting, town_of(request), moment.now())
    return render(request, "exchange/imports.html", {"page": page, "form": form}, status=status)
