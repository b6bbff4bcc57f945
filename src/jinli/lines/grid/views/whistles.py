"""Staff pages of the whistle. Moves without a page of their own use the general page of a move."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinli.cases.pages.move_page import version_of
from jinli.cases.selectors.case_view import CaseView
from jinli.domain.procedure import CASE
from jinli.lines.grid.forms.whistles import (
    AddForm,
    ApproveForm,
    ArbitrateForm,
    ArrivalForm,
    BlowForm,
    DispatchForm,
    RateForm,
    RefuseForm,
    TelephoneForm,
    VerifyForm,
    WhistleForm,
)
from jinli.lines.grid.selectors import whistle_pages as pages
from jinli.lines.grid.selectors import whistles as reads
from jinli.lines.grid.services import whistles as service
from jinli.lines.grid.views.links import show_links
from jinli.lines.grid.views.whistle_sheets import answer, assignment_of, open_moves, sheet, track_of, whistle_view
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.ui.words import say

CENTRE, HEAD, ARBITER = Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD, Duty.Role.ARBITER
DEPARTMENT = (Duty.Role.DEPARTMENT_OFFICER, Duty.Role.DEPARTMENT_HEAD)
FIELD = (Duty.Role.GRID_WORKER, Duty.Role.VILLAGE_OFFICER)
both = require_http_methods(["GET", "HEAD", "POST"])


@access(CENTRE)
@both
def blow(request: Any, report_id: UUID) -> HttpResponse:
    """Whistle for departments on a report."""
    view = whistle_view(request, report_id, "grid_report")
    day = reads.day_of(view.town)
    kinds = reads.whistle_kinds(view.town, day)
    finding = request.method == "POST" and "look" in request.POST
    choices: dict[str, Any] = {
        "kinds": kinds,
        "lines": reads.whistle_lines(view.town, day, request.POST.get("find", "") if finding else ""),
        "departments": reads.departments(view.town, day),
    }
    start: dict[str, Any] = {"version": version_of(view, CASE), "kind": kinds[0].code if kinds else ""}
    if finding:  # narrow the list and keep what was typed
        start |= {**request.POST.dict(), "assisting": request.POST.getlist("assisting"), "version": start["version"]}
        request.method = "GET"
    form = BlowForm(request.POST if request.method == "POST" else None, initial=start, **choices)

    def act() -> HttpResponse:
        said = form.cleaned_data
        made = service.blow_whistle(
            acting=request.acting, report=view.case, version=said["version"], asked=form.asked(), key=said["key"]
        )
        page = "grid:whistle-dispatch" if made.procedure.startswith("whistle_onsite/") else "cases:case"
        messages.info(request, say("grid.whistle.blown", number=made.number))
        return redirect(page, made.pk)

    def shown(now: CaseView) -> dict[str, Any]:
        place, code = now.case.place_id, now.case.class_code
        earlier = reads.repeated_whistles(now.town, place=place, class_code=code, before=now.now)
        return {
            "page": sheet(now, "blow", ("blow",)),
            "kinds": pages.kinds_table(now.town, kinds, now.now) if kinds else None,
            "earlier": list(earlier[:5]),
        }

    return answer(request, view, form, act, template="grid/whistle_blow.html", shown=shown)


@access(HEAD)
@both
def approve(request: Any, whistle_id: UUID) -> HttpResponse:
    """Approve a whistle or decline it."""
    view = whistle_view(request, whistle_id)
    form = ApproveForm(request.POST or None, initial={"version": version_of(view, CASE)})

    def act() -> None:
        said = form.cleaned_data
        common = {"acting": request.acting, "whistle": view.case, "version": said["version"], "key": said["key"]}
        if request.POST.get("do") == "decline":
            service.decline(**common, reason=said["reason"])
        else:
            service.approve(**common)

    def shown(now: CaseView) -> dict[str, Any]:
        return {
            "page": sheet(now, "approve", ("approve", "decline")),
            "clocks": pages.next_clocks(now.work, now.now),
            "open": open_moves(now, ("approve", "decline")),
        }

    return answer(request, view, form, act, template="grid/whistle_approve.html", shown=shown)


@access(CENTRE)
@never_cache
@both
def dispatch(request: Any, whistle_id: UUID) -> HttpResponse:
    """Send a whistle out, or send it to a further department; the answer shows the links, once."""
    view = whistle_view(request, whistle_id)
    departments = reads.departments(view.town, reads.day_of(view.town))
    facts = view.work.state.facts
    adding = view.work.state.stage == "dispatched"
    start = {"version": version_of(view, CASE), "lead": facts.get("lead"), "assisting": facts.get("assisting", [])}
    form: WhistleForm = (AddForm if adding and "lead" not in request.POST else DispatchForm)(
        request.POST or None, initial=start, departments=departments
    )

    def act() -> HttpResponse:
        said = form.cleaned_data
        common = {"acting": request.acting, "whistle": view.case, "version": said["version"], "key": said["key"]}
        if isinstance(form, AddForm):
            where = {"lead": said["body"]} if said["role"] == "lead" else {"assisting": [said["body"]]}
            opened = service.add_body(**common, reason=said["reason"], **where)
        else:
            at_once = view.work.state.stage == "requested"
            opened = service.dispatch(**common, lead=said["lead"], assisting=said["assisting"], at_once=at_once)
        return show_links(request, view.case.pk, opened, seed=said["key"], fresh=True)

    def shown(now: CaseView) -> dict[str, Any]:
        moves = ("add_body",) if isinstance(form, AddForm) else ("dispatch", service.AT_ONCE)
        name = "add" if isinstance(form, AddForm) else "dispatch"
        return {
            "page": sheet(now, name, moves),
            "clocks": pages.next_clocks(now.work, now.now),
            "adding": name == "add",
            "at_once": now.work.state.stage == "requested" and bool(now.work.state.facts.get("at_once")),
        }

    return answer(request, view, form, act, template="grid/whistle_dispatch.html", shown=shown)


@access(*DEPARTMENT)
@both
def refuse(request: Any, whistle_id: UUID) -> HttpResponse:
    """Refuse an assignment with reason and legal basis."""
    view = whistle_view(request, whistle_id)
    track = track_of(request, view, ("sent", "signed"))
    form = RefuseForm(request.POST or None, initial={"version": version_of(view, track)})

    def act() -> None:
        said = form.cleaned_data
        service.refuse(
            acting=request.acting, assignment=assignment_of(view, track), version=said["version"],
            reason=said["reason"], legal_basis=said["legal_basis"],
        )  # fmt: skip

    def shown(now: CaseView) -> dict[str, Any]:
        return {"page": sheet(now, "refuse", ("refuse",), track)}

    return answer(request, view, form, act, template="grid/whistle_refuse.html", shown=shown, track=track)


@access(ARBITER)
@both
def arbitrate(request: Any, whistle_id: UUID) -> HttpResponse:
    """Decide a refusal, both sides in view; the time it takes counts."""
    view = whistle_view(request, whistle_id)
    track = track_of(request, view, ("refusing",))
    form = ArbitrateForm(request.POST or None, initial={"version": version_of(view, track)})

    def act() -> None:
        said = form.cleaned_data
        service.arbitrate(
            acting=request.acting, assignment=assignment_of(view, track), version=said["version"],
            upheld=said["ruling"] == "uphold", reason=said["reason"], legal_basis=said["legal_basis"],
        )  # fmt: skip

    def shown(now: CaseView) -> dict[str, Any]:
        sides = pages.refusal_of(now, track)
        return {"page": sheet(now, "arbitrate", ("overrule", "uphold"), track), "sides": sides}

    return answer(request, view, form, act, template="grid/whistle_arbitrate.html", shown=shown, track=track)


@access(CENTRE, *FIELD)
@both
def verify(request: Any, whistle_id: UUID) -> HttpResponse:
    """Pass the work on site, or send it back."""
    view = whistle_view(request, whistle_id)
    form = VerifyForm(request.POST or None, initial={"version": version_of(view, CASE)})

    def act() -> None:
        said = form.cleaned_data
        service.verify(
            acting=request.acting, whistle=view.case, version=said["version"], text=said["text"], key=said["key"],
            passed=request.POST.get("do") != "return",
        )  # fmt: skip

    def shown(now: CaseView) -> dict[str, Any]:
        page = sheet(now, "verify", ("verify_passed", "verify_returned"))
        return {"page": page, "results": pages.results_of(now), "reported": pages.report_words(now)}

    return answer(request, view, form, act, template="grid/whistle_verify.html", shown=shown)


@access(CENTRE, Duty.Role.GRID_WORKER)
@both
def arrival(request: Any, whistle_id: UUID) -> HttpResponse:
    """Confirm on site that a department is there."""
    view = whistle_view(request, whistle_id)
    track = track_of(request, view, ("sent", "signed"))
    form = ArrivalForm(request.POST or None, initial={"version": version_of(view, track)})

    def act() -> None:
        said = form.cleaned_data
        held = assignment_of(view, track)
        service.confirm_arrival(acting=request.acting, assignment=held, version=said["version"], note=said["note"])

    def shown(now: CaseView) -> dict[str, Any]:
        return {"page": sheet(now, "arrival", ("confirm_arrival",), track)}

    return answer(request, view, form, act, template="grid/whistle_arrival.html", shown=shown, track=track)


@access(CENTRE)
@both
def telephone(request: Any, whistle_id: UUID) -> HttpResponse:
    """Type what a department said by telephone, on its behalf."""
    view = whistle_view(request, whistle_id)
    track = track_of(request, view, ("sent", "signed"))
    titles = pages.move_titles(view.work.procedure, service.BY_TELEPHONE)
    start = {"version": version_of(view, track)}
    form = TelephoneForm(request.POST or None, initial=start, moves=titles, zone=view.town.zone)

    def act() -> None:
        held = assignment_of(view, track)
        service.answer_by_telephone(
            acting=request.acting, assignment=held, version=form.cleaned_data["version"], **form.answer()
        )

    def shown(now: CaseView) -> dict[str, Any]:
        over = now.work.state.assignments[track].outcome is not None
        page = sheet(now, "telephone", (), track)
        return {"page": page, "over": over}

    return answer(request, view, form, act, template="grid/whistle_telephone.html", shown=shown, track=track)


@access(CENTRE)
@both
def rate(request: Any, whistle_id: UUID) -> HttpResponse:
    """Rate a department that worked on the whistle."""
    view = whistle_view(request, whistle_id)
    bodies = {one.body: view.name(one.body) for one in view.work.state.assignments.values()}
    start = {"version": version_of(view, CASE)}
    form = RateForm(request.POST or None, initial=start, bodies=list(bodies.items()))

    def act() -> None:
        said = form.cleaned_data
        service.rate_department(
            acting=request.acting, whistle=view.case, version=said["version"], body=said["rated"],
            rating=said["rating"],
        )  # fmt: skip

    def shown(now: CaseView) -> dict[str, Any]:
        return {"page": sheet(now, "rate", ("rate_department",))}

    return answer(request, view, form, act, template="grid/whistle_rate.html", shown=shown)
