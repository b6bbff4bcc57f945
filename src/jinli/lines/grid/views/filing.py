"""Staff pages of the moves that need more than the general page: file, answer, re-route, solve, call back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jinli.cases.models import Case
from jinli.cases.views.frame import onward
from jinli.cases.work import Work
from jinli.domain.errors import ConflictError, DomainError, InvalidInputError
from jinli.lines.grid.forms.fields import VersionedForm, new_token
from jinli.lines.grid.forms.staff import CallBackForm, ExitForm, FileForm, RerouteForm, SolveForm, in_zone
from jinli.lines.grid.selectors.filing import ReportHead, filing_page, handler_choices, report_in_hand
from jinli.lines.grid.services import reports
from jinli.town.access import access, who_acts
from jinli.town.models import Duty
from jinli.town.moment import now
from jinli.town.selectors import duty_lines_at, local_day
from jinli.ui.words import say

CENTRE = Duty.Role.COMMAND_CENTRE
HANDLERS = (
    Duty.Role.COMMAND_CENTRE, Duty.Role.DEPARTMENT_OFFICER, Duty.Role.DEPARTMENT_HEAD, Duty.Role.VILLAGE_OFFICER,
    Duty.Role.GRID_WORKER, Duty.Role.TOWN_HEAD,
)  # fmt: skip


def _in_hand(request: Any, report_id: UUID, move: str) -> tuple[Work, ReportHead]:
    """Return the report; who has no part in it does not find it."""
    acting = who_acts(request)
    try:
        work, head = report_in_hand(acting, report_id, move, now())
    except Case.DoesNotExist:
        raise Http404 from None
    if not acting.reads_all and work.state.bodies.get("handler") != acting.body:
        raise Http404
    return work, head


def _start(head: ReportHead) -> dict[str, Any]:
    return {"version": head.version, "key": new_token()}


def _answer(
    request: Any, head: ReportHead, form: VersionedForm, act: Callable[[], str], template: str, page: dict[str, Any]
) -> HttpResponse:
    """Make the move when the form is good; show the page again with what was typed when it is refused."""
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            act()
        except ConflictError as error:
            status = 409
            form.put(error)
        except InvalidInputError as error:
            form.refuse(error) if isinstance(form, ExitForm) else form.put(error)
        except DomainError as error:
            form.put(error)
        else:
            messages.success(request, say("grid.done", number=head.number))
            return onward(request, head.pk)
    return render(request, template, {"head": head, "form": form, **page}, status=status)


@access(CENTRE)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: Any, report_id: UUID) -> HttpResponse:
    """File a report: find the class, compare its standards, see who handles it and why."""
    work, head = _in_hand(request, report_id, "file")
    asked = request.GET
    page = filing_page(work, head, query=asked.get("q", "").strip(), class_code=asked.get("class", ""), now=now())
    start = {**_start(head), "handler": page.route.code if page.route else ""}
    start |= {"standard": page.standards[0].code} if len(page.standards) == 1 else {}
    form = FileForm(request.POST or None, handlers=page.handlers, initial=start)

    def act() -> str:
        said = form.cleaned_data
        return reports.file_report(
            acting=who_acts(request), case=head.pk, version=said["version"], standard=said["standard"],
            handler=said["handler"], handler_reason=said["handler_reason"], promise=form.promise(), key=said["key"],
        )  # fmt: skip

    return _answer(request, head, form, act, "grid/file.html", {"page": page})


@access(CENTRE)
@require_http_methods(["GET", "HEAD", "POST"])
def exit(request: Any, report_id: UUID) -> HttpResponse:
    """Answer a report without filing it."""
    work, head = _in_hand(request, report_id, "exit")
    lines = duty_lines_at(work.case.town, local_day(work.case.town, now()))
    found = [(one.code, f"{one.title}（{one.lead.name}）" if one.lead else one.title) for one in lines]
    form = ExitForm(request.POST or None, duty_lines=found, initial=_start(head))

    def act() -> str:
        said = form.cleaned_data
        return reports.exit_report(
            acting=who_acts(request), case=head.pk, version=said["version"], exit=said["exit"], reason=said["reason"],
            reply=said["reply"], detail=form.detail(), duty_line=said["duty_line"], key=said["key"],
        )  # fmt: skip

    return _answer(request, head, form, act, "grid/exit.html", {})


@access(*HANDLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def reroute(request: Any, report_id: UUID) -> HttpResponse:
    """Give a report to another body of the town."""
    work, head = _in_hand(request, report_id, "reroute")
    form = RerouteForm(request.POST or None, handlers=handler_choices(work, now()), initial=_start(head))

    def act() -> str:
        said = form.cleaned_data
        return reports.reroute_report(
            acting=who_acts(request), case=head.pk, version=said["version"], handler=said["handler"],
            reason=said["reason"], key=said["key"],
        )  # fmt: skip

    page = {"title": say("grid.reroute.title"), "lead": say("grid.reroute.lead"), "send": say("grid.reroute.send")}
    return _answer(request, head, form, act, "grid/move.html", page)


@access(*HANDLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def solve(request: Any, report_id: UUID) -> HttpResponse:
    """Say what was done; whether somebody verifies it follows from the class and the draw."""
    work, head = _in_hand(request, report_id, "solve")
    form = SolveForm(request.POST or None, initial=_start(head))

    def act() -> str:
        said = form.cleaned_data
        return reports.solve(
            acting=who_acts(request), case=head.pk, version=said["version"], result=said["result"],
            happened_at=in_zone(said["happened_at"], work.case.town.zone), late_reason=said["late_reason"],
            key=said["key"],
        )  # fmt: skip

    at_once = bool(work.state.facts.get("self_solved"))
    lead = say("grid.solve.at_once", share=reports.share_of(work.case.town)) if at_once else say("grid.solve.verified")
    page = {"title": say("grid.solve.title"), "lead": lead, "send": say("grid.solve.send")}
    return _answer(request, head, form, act, "grid/move.html", page)


@access(CENTRE)
@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: Any, report_id: UUID) -> HttpResponse:
    """Keep what the reporter said on the telephone."""
    _, head = _in_hand(request, report_id, "call_back")
    form = CallBackForm(request.POST or None, initial=_start(head))

    def act() -> str:
        said = form.cleaned_data
        return reports.call_back(
            acting=who_acts(request), case=head.pk, version=said["version"], answer=said["answer"],
            satisfaction=said["satisfaction"], note=said["note"], key=said["key"],
        )  # fmt: skip

    page = {
        "title": say("grid.callback.title"),
        "lead": say("grid.callback.lead"),
        "send": say("grid.callback.send"),
    }
    return _answer(request, head, form, act, "grid/move.html", page)
