"""The catalogue for the office: how items stand, their editions, and the workbook in which they are edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.services.forms.workbook import WorkbookForm
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.pages.catalogue import DryRun, catalogue_item_page, catalogue_page, dry_run
from jinli.lines.services.selectors.editions import bases_of, editions_of, standings
from jinli.lines.services.services.editing import (
    EDITORS,
    may_edit,
    publish,
    return_to_writer,
    send_to_review,
    withdraw,
)
from jinli.lines.services.services.importing import keep_workbook, look_at_workbook
from jinli.lines.services.workbook.writing import workbook_of
from jinli.town.access import SIGNED_IN, access
from jinli.town.moment import now
from jinli.ui.words import say, say_error

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access(SIGNED_IN)
@require_safe
def catalogue(request: Any) -> HttpResponse:
    """List the items with their editions and what they lack."""
    found = standings(town_of(request))
    page = catalogue_page(found, wanted=request.GET.get("show", ""), may_edit=may_edit(request.acting))
    return render(request, "services/catalogue.html", {"page": page})


@access(SIGNED_IN)
@require_safe
def catalogue_item(request: Any, catalogue_code: str) -> HttpResponse:
    """Show one item with its editions and what the draft changes."""
    return _item(request, catalogue_code)


def _item(request: Any, code: str, *, refused: str = "", status: int = 200) -> HttpResponse:
    editions = editions_of(town_of(request), code)
    if not editions:
        raise Http404(code)
    page = catalogue_item_page(editions, person=request.acting.person, may_edit=may_edit(request.acting))
    return render(request, "services/catalogue_item.html", {"page": page, "refused": refused}, status=status)


@access(SIGNED_IN)
@require_safe
def export(request: Any) -> HttpResponse:
    """Send the items, or one of them, as a workbook."""
    bases, wanted = bases_of(town_of(request)), request.GET.get("item", "")
    rows = [row for code, (_, row) in bases.items() if wanted in ("", code)]
    if wanted and not rows:
        raise Http404(wanted)
    answer = HttpResponse(workbook_of(rows), content_type=_EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{wanted or "items"}.xlsx"'
    return answer


@access(*EDITORS)
def workbook(request: Any) -> HttpResponse:
    """Take a workbook and show every fault in it, or what it changes; nothing is kept yet."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    found: DryRun | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            seen = look_at_workbook(acting=request.acting, town=town_of(request), stream=file, size=file.size, at=now())
        except DomainError as error:
            form.put(error)
        else:
            found = dry_run(seen.read.items, seen.bases, seen.read.faults, seen.token)
    status = 422 if form.errors or (found and found.faults) else 200
    return render(request, "services/workbook.html", {"form": form, "found": found}, status=status)


@access(*EDITORS)
@require_POST
def keep(request: Any) -> HttpResponse:
    """Keep what the dry run showed as drafts."""
    try:
        kept = keep_workbook(
            acting=request.acting, town=town_of(request), token=request.POST.get("token", ""), at=now()
        )
    except DomainError as error:
        form = WorkbookForm({}, {})
        form.full_clean()
        form.errors.clear()
        form.put(error)
        status = 409 if isinstance(error, ConflictError) else 422
        return render(request, "services/workbook.html", {"form": form, "found": None}, status=status)
    messages.success(request, say("services.dry_run.kept", count=len(kept)))
    return redirect("services:catalogue-item", kept[0].code) if len(kept) == 1 else redirect("services:catalogue")


def _act(request: Any, edition_id: int, do: Callable[..., ItemEdition], done: str, **more: Any) -> HttpResponse:
    """Do one thing with an edition and go back to its item; say there what was refused."""
    town = town_of(request)
    row = ItemEdition.objects.filter(town=town, pk=edition_id).first()
    if row is None:
        raise Http404(str(edition_id))
    try:
        do(acting=request.acting, town=town, edition=edition_id, digest=request.POST.get("digest", ""), **more)
    except DomainError as error:
        status = 409 if isinstance(error, ConflictError) else 422
        return _item(request, row.code, refused=say_error(error), status=status)
    messages.success(request, say(f"services.done.{done}"))
    return redirect("services:catalogue-item", row.code)


@access(*EDITORS)
@require_POST
def review(request: Any, edition_id: int) -> HttpResponse:
    """Send a draft to somebody else's eyes."""
    return _act(request, edition_id, send_to_review, "review")


@access(*EDITORS)
@require_POST
def give_back(request: Any, edition_id: int) -> HttpResponse:
    """Give a draft back to its writer."""
    return _act(request, edition_id, return_to_writer, "return")


@access(*EDITORS)
@require_POST
def publish_edition(request: Any, edition_id: int) -> HttpResponse:
    """Publish a draft that somebody else wrote."""
    return _act(request, edition_id, publish, "publish", at=now())


@access(*EDITORS)
@require_POST
def withdraw_edition(request: Any, edition_id: int) -> HttpResponse:
    """Drop a draft, or offer an item no more."""
    return _act(request, edition_id, withdraw, "withdraw", at=now())
