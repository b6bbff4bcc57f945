"""One page for every move that no line gives a page of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jinli.cases import lines
from jinli.cases.forms import MoveForm
from jinli.cases.models import Case
from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.pages.move_page import conflict_of, move_of, move_page, version_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.visible import WORKERS
from jinli.cases.services.attaching import attach
from jinli.cases.services.moving import MakeMove
from jinli.cases.views.case import view_of
from jinli.cases.views.frame import onward
from jinli.domain.errors import ConflictError, DomainError
from jinli.domain.procedure import Move
from jinli.town.access import access
from jinli.town.ids import new_id
from jinli.ui.parts import Conflict
from jinli.ui.words import say


@access(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Any, case_id: UUID, move: str) -> HttpResponse:
    """Ask for what the move needs; on POST make it."""
    view = view_of(request, case_id)
    track = request.GET.get("track", "case")
    found = move_of(view, move, track)
    if found is None:
        raise Http404
    procedure = view.work.procedure.code
    if lines.only_there(procedure, move):  # its page asks for more than this one knows
        return redirect(lines.move_url(view.case, procedure, move, track))
    if request.method == "POST":
        return _make(request, view, found, track)
    initial = {"version": version_of(view, track), "key": new_id().hex}
    return _shown(request, view, MoveForm(view, found, track, initial=initial))


def _make(request: Any, view: CaseView, move: Move, track: str) -> HttpResponse:
    form = MoveForm(view, move, track, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return _shown(request, view, form, status=422)
    try:
        attach(acting=request.acting, act=_act(view, form), uploads=form.uploads())
    except ConflictError:
        return _changed(request, view, form)
    except Case.DoesNotExist:
        raise Http404 from None
    except DomainError as error:
        form.refuse(error.facts.get("field"), refusal_text(view, error))
        return _shown(request, view_of(request, view.case.pk), form, status=422)
    messages.info(request, say("cases.move.done", move=move_page(view, move, track).label, number=view.case.number))
    return onward(request, view.case.pk)


def _act(view: CaseView, form: MoveForm) -> MakeMove:
    return MakeMove(
        case=view.case.pk,
        move=form.move.code,
        track=form.track,
        version=form.cleaned_data["version"],
        key=form.cleaned_data["key"] or None,
        given=form.given(),
        happened_at=form.happened_at(),
    )


def _changed(request: Any, view: CaseView, form: MoveForm) -> HttpResponse:
    """Show what changed meanwhile and by whom, above the same form with the present version and what was typed."""
    present = view_of(request, view.case.pk)
    conflict = conflict_of(present, form.track, form.cleaned_data["version"], form.typed())
    data = request.POST.copy()
    data["version"], data["key"] = version_of(present, form.track), new_id().hex
    again = MoveForm(present, form.move, form.track, data=data)
    return _shown(request, present, again, conflict=conflict, status=409)


def _shown(
    request: Any, view: CaseView, form: MoveForm, *, conflict: Conflict | None = None, status: int = 200
) -> HttpResponse:
    page = move_page(view, form.move, form.track)
    return render(request, "cases/move.html", {"page": page, "form": form, "conflict": conflict}, status=status)
