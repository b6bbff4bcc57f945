"""What the pages of acts share: their frame, and one way to show a form, look at its papers, or make its move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

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
from jinli.lines.services.forms.acts import ActForm
from jinli.lines.services.pages.panel import MatterPanel, matter_panel
from jinli.lines.services.pages.paper_page import PaperPage, paper_page
from jinli.lines.services.selectors.procedures import PROCEDURES
from jinli.lines.services.services.acts import OnCase
from jinli.ui.parts import Crumb, Fact
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page of an act: which application, what it is for, the facts of the case, why it is closed if it is."""

    crumbs: tuple[Crumb, ...]
    number: str
    title: str
    case_url: str
    label: str
    lead: str
    do: str
    body: str
    facts: tuple[Fact, ...]
    closed: str
    papers: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """Which moves a page makes, with its name among the words; `papers` when they can be looked at first."""

    name: str
    moves: tuple[str, ...]
    papers: bool = False
    template: str = "services/act.html"
    track: str = CASE


def matter_view(request: Any, matter_id: UUID) -> CaseView:
    """Return an application the reader may see; anything else is not there."""
    view = view_of(request, matter_id)
    if view.case.type_code not in PROCEDURES:
        raise Http404
    return view


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
    return why or say("services.page.not_here")


def sheet(view: CaseView, page: Page) -> Sheet:
    """Return the frame of a page; closed when none of its moves is open to the reader."""
    url = reverse("cases:case", args=[view.case.pk])
    label = say(f"services.page.{page.name}")
    body = view.name(view.work.state.assignments[page.track].body) if page.track != CASE else ""
    return Sheet(
        crumbs=(Crumb(label=view.case.number, url=url), Crumb(label=label)),
        number=view.case.number,
        title=view.case.title,
        case_url=url,
        label=label,
        lead=say(f"services.page.{page.name}.lead"),
        do=say(f"services.page.{page.name}.do"),
        body=body,
        facts=facts_of(view),
        closed=why_closed(view, page.moves, page.track),
        papers=page.papers,
    )


def on_case(request: Any, view: CaseView, form: ActForm, page: Page, shown: list[Any] | None = None) -> OnCase:
    """Return on which application the reader acts, with the version of the page."""
    said = form.cleaned_data
    return OnCase(
        acting=request.acting, case=view.case.pk, version=said["version"], key=said["key"], track=page.track,
        shown=shown,
    )  # fmt: skip


def answer(
    request: Any,
    view: CaseView,
    page: Page,
    form: ActForm,
    act: Callable[[OnCase], object],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, look at its papers, or make its move: back to the case, 409 with what changed, 422 what is wrong."""
    context: dict[str, Any] = {"form": form, **(more or {})}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            looked: list[Any] | None = [] if request.POST.get("do") == "look" else None
            try:
                act(on_case(request, view, form, page, looked))
            except ConflictError:
                status = 409
                view = view_of(request, view.case.pk)
                context["conflict"] = conflict_of(view, page.track, form.cleaned_data["version"], _typed(form))
                form.data = _carrying(request, version_of(view, page.track))
            except DomainError as error:
                field = str(error.facts.get("field", ""))
                form.add_error(field if field in form.fields else None, refusal_text(view, error))
                view = view_of(request, view.case.pk)
            else:
                if looked is None:
                    messages.info(request, say("services.done", number=view.case.number, what=_label(page)))
                    return onward(request, view.case.pk)
                status, context["preview"] = 200, tuple(paper_page(one) for one in looked)
    shown: MatterPanel = matter_panel(view.work, request.acting)
    return render(request, page.template, {**context, "page": sheet(view, page), "panel": shown}, status=status)


def _label(page: Page) -> str:
    return say(f"services.page.{page.name}")


def _carrying(request: Any, version: int) -> Any:
    """Return what was typed with the present version in place of the old one."""
    sent = request.POST.copy()
    sent["version"] = str(version)
    return sent


def _typed(form: ActForm) -> list[tuple[str, str]]:
    return [
        (str(bound.label), str(form.cleaned_data.get(bound.name) or ""))
        for bound in form.shown()
        if form.cleaned_data.get(bound.name)
    ]


def start(view: CaseView, track: str = CASE, **more: Any) -> dict[str, Any]:
    """Return what a form begins with."""
    return {"version": version_of(view, track), **more}


def track_of(request: Any, view: CaseView) -> str:
    """Return the opinion a page is about: the one named, else the open one of the reader's own body.

    The case itself where nobody asked that body: then the page says that there is nothing to answer.
    """
    named = request.GET.get("track", "")
    held = view.work.state.assignments
    if named in held:
        return str(named)
    own = [one.key for one in held.values() if one.body == view.acting.body]
    open_ = [one.key for one in view.work.state.open_assignments() if one.body == view.acting.body]
    if named:
        raise Http404
    return (open_ or own or [CASE])[-1]


__all__ = ["Page", "PaperPage", "Sheet", "answer", "matter_view", "sheet", "start", "track_of"]
