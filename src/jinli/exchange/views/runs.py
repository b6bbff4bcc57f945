"""One dropped file on its way: its page in every state, and what a person decides about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError, RefusedError
from jinli.exchange.forms.dropping import (
    ColumnsForm,
    NamesForm,
    RefusableForm,
    SheetForm,
    TakeForm,
    UndoForm,
    VersionForm,
)
from jinli.exchange.models import ImportRun
from jinli.exchange.pages.names_page import names_of, titles_of
from jinli.exchange.pages.rows_page import rows_table
from jinli.exchange.pages.run_page import WORKING, may_decide, progress_of
from jinli.exchange.selectors.names import candidates_of
from jinli.exchange.selectors.runs import TROUBLE, run_of
from jinli.exchange.selectors.sources import own_sources
from jinli.exchange.services import dropping, mapping
from jinli.exchange.views.imports import CENTRE, READERS
from jinli.exchange.views.showing import shown
from jinli.town import moment
from jinli.town.access import access
from jinli.ui.words import say, say_error


def _found(request: Any, run_id: UUID) -> ImportRun:
    try:
        return run_of(request.acting, run_id)
    except ImportRun.DoesNotExist:
        raise Http404 from None


def _act(
    request: Any, run_id: UUID, act: Callable[[], object], form: RefusableForm, kind: str, done: str = ""
) -> HttpResponse:
    """Do one thing with a run; refused, its page says why, with what was given."""
    status = 422
    if form.is_valid():
        try:
            act()
        except ImportRun.DoesNotExist:
            raise Http404 from None
        except ConflictError as error:
            return shown(request, _found(request, run_id), conflict=say_error(error), status=409)
        except DomainError as error:
            status = 403 if isinstance(error, RefusedError) else 422
            form.put(error)
        else:
            if done:
                messages.success(request, say(done))
            return redirect("exchange:run", run_id)
    return shown(request, _found(request, run_id), forms={kind: form}, status=status)


@access(*READERS)
@require_safe
def run(request: Any, run_id: UUID) -> HttpResponse:
    """Show a run as it stands."""
    return shown(request, _found(request, run_id))


@access(*READERS)
@require_safe
def progress(request: Any, run_id: UUID) -> HttpResponse:
    """Show how far the worker is; when it is through, the whole page is opened anew."""
    found = _found(request, run_id)
    if found.state not in WORKING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    page = progress_of(found, may=may_decide(request.acting, found))
    return render(request, "exchange/_progress.html", {"progress": page})


@access(*READERS)
@require_safe
def export(request: Any, run_id: UUID) -> HttpResponse:
    """Send the rows that were refused or are doubtful, with line and reason, to be handed back."""
    found, now = _found(request, run_id), moment.now()
    asked = request.GET.get("outcome", "")
    outcomes = (asked,) if asked in TROUBLE else TROUBLE
    titles = titles_of(candidates_of(town_of(request), now))
    return spreadsheet(rows_table(found, outcomes, titles, now), excel=request.GET.get("as") == "xlsx")


@access(CENTRE)
@require_POST
def sheet(request: Any, run_id: UUID) -> HttpResponse:
    """Take another sheet of the workbook."""
    form = SheetForm(request.POST)

    def act() -> object:
        said = form.cleaned_data
        return mapping.choose_sheet(acting=request.acting, run_id=run_id, version=said["version"], sheet=said["sheet"])

    return _act(request, run_id, act, form, "sheet")


@access(CENTRE)
@require_POST
def columns(request: Any, run_id: UUID) -> HttpResponse:
    """Say which system the file is from and what its columns hold, and begin the dry run."""
    form = ColumnsForm(request.POST, sources=own_sources(request.acting))

    def act() -> object:
        said = form.cleaned_data
        return mapping.map_file(
            acting=request.acting, run_id=run_id, version=said["version"], columns=form.columns,
            source_id=form.source_id, name=said["name"], kind=said["kind"],
        )  # fmt: skip

    return _act(request, run_id, act, form, "columns")


@access(CENTRE)
@require_POST
def names(request: Any, run_id: UUID) -> HttpResponse:
    """Say what names mean, and go through the file again."""
    form = NamesForm(request.POST, names=names_of(_found(request, run_id)))

    def act() -> object:
        version = form.cleaned_data["version"]
        return dropping.link_names(acting=request.acting, run_id=run_id, version=version, links=form.links)

    return _act(request, run_id, act, form, "names")


@access(CENTRE)
@require_POST
def take(request: Any, run_id: UUID) -> HttpResponse:
    """Take all rows, or only those without a doubt."""
    form = TakeForm(request.POST)

    def act() -> object:
        said = form.cleaned_data
        return dropping.take_rows(acting=request.acting, run_id=run_id, version=said["version"], take=said["take"])

    return _act(request, run_id, act, form, "take")


@access(CENTRE)
@require_POST
def stop(request: Any, run_id: UUID) -> HttpResponse:
    """Stop the worker on this file; the page it was pressed on is always a little old, so no version is asked."""
    form = RefusableForm(request.POST)
    return _act(
        request, run_id, lambda: dropping.stop(acting=request.acting, run_id=run_id), form, "stop",
        done="exchange.stop.done",
    )  # fmt: skip


@access(CENTRE)
@require_POST
def discard(request: Any, run_id: UUID) -> HttpResponse:
    """Put a file aside of which nothing was taken."""
    form = VersionForm(request.POST)

    def act() -> object:
        return dropping.discard(acting=request.acting, run_id=run_id, version=form.cleaned_data["version"])

    return _act(request, run_id, act, form, "discard", done="exchange.discard.done")


@access(CENTRE)
@require_POST
def undo(request: Any, run_id: UUID) -> HttpResponse:
    """Take an import back as a whole."""
    form = UndoForm(request.POST)

    def act() -> object:
        said = form.cleaned_data
        return dropping.ask_undo(acting=request.acting, run_id=run_id, version=said["version"], reason=said["reason"])

    return _act(request, run_id, act, form, "undo")
