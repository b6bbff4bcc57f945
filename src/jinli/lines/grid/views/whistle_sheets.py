"""What the pages of the whistle share: their frame, and one way to show a form or make its move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jinli.cases.models import Assignment
from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.pages.case_page import facts_of
from jinli.cases.pages.move_page import conflict_of, version_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.services.opening import actor_of
from jinli.cases.views.case import view_of
from jinli.cases.views.frame import onward
from jinli.domain.errors import ConflictError, DomainError
from jinli.domain.guards import refusal
from jinli.domain.procedure import CASE
from jinli.lines.grid.forms.whistles import WhistleForm
from jinli.lines.grid.selectors import whistle_pages as pages
from jinli.lines.grid.selectors import whistles as reads
from jinli.ui.parts import Crumb, Fact
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page of the whistle: which case, what it is for, the case's facts, why it is closed if it is."""

    crumbs: tuple[Crumb, ...]
    number: str
    heading: tuple[str, ...]
    case_url: str
    label: str
    lead: str
    body: str
    facts: tuple[Fact, ...]
    asked: tuple[Fact, ...]
    repeats: tuple[str, ...]
    closed: str


def whistle_view(request: Any, case_id: UUID, type_code: str = reads.WHISTLE) -> CaseView:
    """Return a whistle (or report) the reader may see; anything else is not there."""
    view = view_of(request, case_id)
    if view.case.type_code != type_code:
        raise Http404
    return view


def sheet(view: CaseView, page: str, moves: tuple[str, ...], track: str = CASE) -> Sheet:
    """Return the frame of a page; closed when none of its moves is open to the reader."""
    work, url = view.work, reverse("cases:case", args=[view.case.pk])
    label = say(f"grid.whistle.page.{page}")
    return Sheet(
        crumbs=(Crumb(label=view.case.number, url=url), Crumb(label=label)),
        number=view.case.number,
        heading=(view.case.number, view.case.title, pages.place_words(view)),
        case_url=url,
        label=label,
        lead=say(f"grid.whistle.page.{page}.lead"),
        body=view.name(work.state.assignments[track].body) if track != CASE else "",
        facts=facts_of(view),
        asked=pages.asked_for(view) if view.case.type_code == reads.WHISTLE else (),
        repeats=pages.repeats_of(view),
        closed=why_closed(view, moves, track),
    )


def why_closed(view: CaseView, moves: tuple[str, ...], track: str = CASE) -> str:
    """Return why none of some moves is open to the reader, empty when one is."""
    work, why = view.work, ""
    for code in moves:
        move = work.procedure.track(track).moves.get(code)
        if move is None:
            continue
        found = refusal(work.state, work.procedure, move, track, actor_of(view.acting), view.now, work.book)
        if found is None:
            return ""
        why = why or refusal_text(view, found)
    return why


def open_moves(view: CaseView, moves: tuple[str, ...], track: str = CASE) -> tuple[str, ...]:
    """Return those of some moves that are open to the reader."""
    return tuple(
        one for one in moves if not why_closed(view, (one,), track) and one in view.work.procedure.track(track).moves
    )


def track_of(request: Any, view: CaseView, stages: tuple[str, ...]) -> str:
    """Return the assignment a page is about: the one named, else the reader's own, else the first that fits."""
    named = request.GET.get("track", "")
    held = view.work.state.assignments
    if named in held:
        return str(named)
    if named or not held:
        raise Http404
    fits = sorted(held.values(), key=lambda one: (one.body != view.acting.body, one.stage not in stages))
    return fits[0].key


def assignment_of(view: CaseView, track: str) -> Assignment:
    """Return the row of an assignment."""
    return Assignment.objects.select_related("case__owner", "case__town", "body").get(case=view.case, key=track)


def answer(
    request: Any,
    view: CaseView,
    form: WhistleForm,
    act: Callable[[], object],
    *,
    template: str,
    shown: Callable[[CaseView], dict[str, Any]],
    track: str = CASE,
    done: str = "",
) -> HttpResponse:
    """Show a form, or make its move: back to the case, 409 with what changed, 422 with what is wrong."""
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = act()
            except ConflictError:
                status = 409
                view = view_of(request, view.case.pk)
                context["conflict"] = conflict_of(view, track, form.cleaned_data["version"], _typed(form))
                form.data = _carrying(request, version_of(view, track))
            except DomainError as error:
                field = str(error.facts.get("field", ""))
                form.add_error(field if field in form.fields else None, refusal_text(view, error))
                view = view_of(request, view.case.pk)
            else:
                if isinstance(made, HttpResponse):
                    return made
                messages.info(request, done or say("grid.whistle.done", number=view.case.number))
                return onward(request, view.case.pk)
    return render(request, template, {**context, **shown(view)}, status=status)


def _carrying(request: Any, version: int) -> Any:
    """Return what was typed with the present version in place of the old one."""
    sent = request.POST.copy()
    sent["version"] = str(version)
    return sent


def _typed(form: WhistleForm) -> list[tuple[str, str]]:
    return [
        (str(bound.label), str(form.cleaned_data.get(bound.name) or ""))
        for bound in form
        if not bound.is_hidden and form.cleaned_data.get(bound.name)
    ]
