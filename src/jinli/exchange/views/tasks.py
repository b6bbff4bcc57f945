"""Tasks sent down: the list, a new one, the answer page, its figures, the paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.pages.move_page import conflict_of, version_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.domain.procedure import CASE
from jinli.exchange.forms.tasks import AnswerForm, ReceiveForm
from jinli.exchange.selectors.task_list import read, task_list, task_table
from jinli.exchange.selectors.task_pages import NONE, Open, open_task, task_page
from jinli.exchange.services import asks as filling
from jinli.exchange.services import tasks as service
from jinli.exchange.views.frame import READERS, carrying, seen, typed_in
from jinli.lines.grid.selectors.whistles import departments
from jinli.town import moment
from jinli.town.access import access
from jinli.town.ids import new_id
from jinli.town.models import Duty
from jinli.town.selectors import local_day
from jinli.ui.parts import Conflict
from jinli.ui.words import say, say_error

both = require_http_methods(["GET", "HEAD", "POST"])


@access(*READERS)
@require_safe
def tasks(request: Any) -> HttpResponse:
    """List what was sent down, newest first."""
    page = task_list(town_of(request), read(request.GET), moment.now(), request.acting)
    return render(request, "exchange/tasks.html", {"page": page})


@access(*READERS)
@require_safe
def export(request: Any) -> HttpResponse:
    """Send the list as a spreadsheet."""
    table = task_table(town_of(request), read(request.GET), moment.now())
    return spreadsheet(table, excel=request.GET.get("as") == "xlsx")


@access(Duty.Role.COMMAND_CENTRE)
@both
def new(request: Any) -> HttpResponse:
    """Take in what came by telephone, chat, letter or form."""
    town = town_of(request)
    askers = departments(town, local_day(town, moment.now()))
    form = ReceiveForm(request.POST or None, askers=askers, zone=town.zone)
    if form.is_valid():
        try:
            case = service.receive(acting=request.acting, town=town, told=form.told(), key=form.cleaned_data["key"])
        except DomainError as error:
            form.put(error)
        else:
            messages.info(request, say("exchange.tasks.taken_in", number=case.number))
            return redirect("exchange:task", case.pk)
    return render(request, "exchange/task_new.html", {"form": form}, status=422 if form.is_bound else 200)


@access(*READERS)
@never_cache
@both
def task(request: Any, task_id: UUID, act: str = "") -> HttpResponse:
    """Show a task with the drafted answer; on POST send it."""
    view, found = seen(request, task_id)
    opened = open_task(view, found, act=act, line=request.POST.get("line") or request.GET.get("line"))
    if request.method != "POST":
        return _shown(request, opened, _form(opened, None))
    form = _form(opened, request.POST)
    if not form.is_valid():
        return _shown(request, opened, form, status=422)
    said = form.cleaned_data
    try:
        service.answer(acting=request.acting, task=found, version=said["version"], said=form.answer(), key=said["key"])
    except ConflictError:
        return _conflicted(request, task_id, form, act)
    except DomainError as error:
        form.add_error(_field(form, error), refusal_text(view, error))
        return _shown(request, opened, form, status=422)
    messages.info(request, say("exchange.tasks.answered", number=found.case.number))
    return redirect("exchange:task", task_id)


def _field(form: AnswerForm, error: DomainError) -> str | None:
    """Return the field that can be seen and is meant; the line stands above the form."""
    field = str(error.facts.get("field", ""))
    return field if field in form.fields and not form.fields[field].widget.is_hidden else None


def _form(opened: Open, sent: Any) -> AnswerForm:
    """Return the form of the chosen act; one that was sent keeps its fields, whatever happened to the task since."""
    act = sent.get("act", "") if sent is not None else opened.act
    draft, line = opened.draft, opened.ground.line
    town, day = opened.view.town, local_day(opened.view.town, opened.view.now)
    leads = departments(town, day) if act == "cooperate" and not (line and line.lead_id) else []
    start = {
        "version": version_of(opened.view, CASE),
        "act": act,
        "line": line.code if line else NONE,
        "as_of": opened.ground.now.isoformat(),
        "reply": draft.reply if draft else "",
        "reason": draft.reason if draft else "",
        "legal_basis": draft.legal_basis if draft else "",
    }
    return AnswerForm(sent, initial=start, act=act, leads=leads)


def _conflicted(request: Any, task_id: UUID, form: AnswerForm, act: str) -> HttpResponse:
    """Show what changed meanwhile and by whom, above the same form with what was typed."""
    view, found = seen(request, task_id)
    conflict = conflict_of(view, CASE, form.cleaned_data["version"], typed_in(form))
    opened = open_task(view, found, act=act, line=request.POST.get("line"))
    sent = carrying(request, version=version_of(view, CASE), key=new_id().hex)
    return _shown(request, opened, _form(opened, sent), conflict=conflict, status=409)


def _shown(
    request: Any, opened: Open, form: AnswerForm, *, conflict: Conflict | None = None, status: int = 200
) -> HttpResponse:
    page = task_page(opened)
    return render(request, "exchange/task.html", {"page": page, "form": form, "conflict": conflict}, status=status)


@access(Duty.Role.COMMAND_CENTRE)
@require_POST
def fill(request: Any, task_id: UUID) -> HttpResponse:
    """Fill in at once whatever needs no typing: earlier answers and figures that exist."""
    view, found = seen(request, task_id)
    filled = filling.ready(found, moment.now())
    try:
        filling.fill(
            acting=request.acting, task=found, stamp=request.POST.get("stamp", ""), version=_version(request, view),
            filled=filled,
        )  # fmt: skip
    except DomainError as error:
        messages.warning(request, say_error(error))
    else:
        messages.info(request, say("exchange.tasks.filled", count=len(filled)))
    return redirect("exchange:task", task_id)


def _version(request: Any, view: CaseView) -> int:
    """Return the version a page carried; filling in figures moves nothing, so the present one does for a button."""
    carried = request.POST.get("version", "")
    return int(carried) if carried.isdecimal() else version_of(view, CASE)


@access(*READERS)
@require_safe
def printed(request: Any, task_id: UUID) -> HttpResponse:
    """Show the answer as it is printed: what was sent last, before that the draft."""
    view, found = seen(request, task_id)
    opened = open_task(view, found, act=request.GET.get("act", ""), line=request.GET.get("line"))
    page = task_page(opened)
    return render(request, "exchange/task_print.html", {"page": page, "draft": opened.draft})
