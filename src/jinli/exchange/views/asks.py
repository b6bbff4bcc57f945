"""One question of a task, and the list behind a figure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.pages.move_page import version_of
from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError, InvalidInputError
from jinli.domain.procedure import CASE
from jinli.exchange.forms.tasks import AskForm
from jinli.exchange.models import Ask
from jinli.exchange.selectors.ask_pages import OpenAsk, ask_of, figure_list, figure_page, figure_table, open_ask
from jinli.exchange.services import asks as service
from jinli.exchange.views.frame import READERS, carrying, seen, typed_in
from jinli.town import moment
from jinli.town.access import access
from jinli.town.ids import new_id
from jinli.ui.parts import Conflict, Fact
from jinli.ui.words import say


@access(*READERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any, ask_id: UUID) -> HttpResponse:
    """Show a question with the answers given before; on POST answer it."""
    try:
        found = ask_of(request.acting.town, ask_id)
    except Ask.DoesNotExist:
        raise Http404 from None
    view, task = seen(request, found.task_id)
    opened = open_ask(view, task, found)
    start = {"version": version_of(view, CASE), "stamp": opened.page.stamp}
    form = _form(opened, request.POST if request.method == "POST" else None, start)
    if request.method != "POST":
        return _shown(request, opened, form)
    if not form.is_valid():
        return _shown(request, opened, form, status=422)
    return _fill(request, opened, form, view_version=version_of(view, CASE))


def _fill(request: Any, opened: OpenAsk, form: AskForm, *, view_version: int) -> HttpResponse:
    said, found = form.cleaned_data, opened.ask
    filled = service.Filled(ordinal=found.ordinal, source=said["source"], figure=said["figure"], value=said["value"])
    try:
        service.fill(
            acting=request.acting, task=found.task, stamp=said["stamp"], version=said["version"], filled=[filled],
            key=said["key"],
        )  # fmt: skip
    except ConflictError:
        sent = carrying(request, stamp=opened.page.stamp, version=view_version, key=new_id().hex)
        typed = tuple(Fact(label=label, value=value) for label, value in typed_in(form))
        title = say("exchange.tasks.filled_meanwhile", number=found.task.case.number)
        return _shown(request, opened, _form(opened, sent, {}), conflict=Conflict(title=title, typed=typed), status=409)
    except DomainError as error:
        form.put(InvalidInputError(error.code, **{**error.facts, "field": _field(error)}))
        return _shown(request, opened, form, status=422)
    messages.info(request, say("exchange.ask.done"))
    return redirect("exchange:task", found.task_id)


def _field(error: DomainError) -> str:
    """Return the field meant: the service names values by the number of their question."""
    field = str(error.facts.get("field", ""))
    if error.code == "exchange.tasks.no_source":
        return "figure"
    return "value" if field.startswith("value-") else field


def _form(opened: OpenAsk, sent: Any, start: dict[str, Any]) -> AskForm:
    known = {"source": opened.source, "figure": opened.figure, "value": opened.ask.value, **start}
    return AskForm(sent, initial=known, figures=opened.figures, earlier=bool(opened.page.earlier))


def _shown(
    request: Any, opened: OpenAsk, form: AskForm, *, conflict: Conflict | None = None, status: int = 200
) -> HttpResponse:
    page = {"page": opened.page, "form": form, "conflict": conflict}
    return render(request, "exchange/ask.html", page, status=status)


@access(*READERS)
@require_safe
def figure(request: Any) -> HttpResponse:
    """Show the list behind a figure, or send it as a spreadsheet."""
    try:
        found = figure_list(request.GET, town_of(request), moment.now())
        page = figure_page(found)
    except InvalidInputError:
        raise Http404 from None
    kind = request.GET.get("as", "")
    if kind in {"csv", "xlsx"}:
        return spreadsheet(figure_table(found), excel=kind == "xlsx")
    return render(request, "exchange/figure_list.html", {"page": page})
