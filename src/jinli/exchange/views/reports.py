"""Saved reports: the list, saving what a task asks for, and one generated for a month."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.views.frame import town_of
from jinli.domain.errors import DomainError
from jinli.exchange.forms.tasks import ReportForm
from jinli.exchange.models import Report, Task
from jinli.exchange.selectors.burden import month_read
from jinli.exchange.selectors.reports import report_of, report_page, report_table, reports_of
from jinli.exchange.selectors.tasks import task_of
from jinli.exchange.services.reports import save_report
from jinli.exchange.views.frame import READERS
from jinli.town import moment
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.ui.words import say


@access(*READERS)
@require_safe
def reports(request: Any) -> HttpResponse:
    """List the saved reports."""
    rows = reports_of(town_of(request), moment.now())
    return render(request, "exchange/reports.html", {"rows": rows})


@access(Duty.Role.COMMAND_CENTRE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Save what a task asks for as a report."""
    task = _task(request)
    form = ReportForm(request.POST or None, initial={"title": say("exchange.report.proposed", asker=task.asker_name)})
    if form.is_valid():
        try:
            saved = save_report(acting=request.acting, task=task, title=form.cleaned_data["title"])
        except DomainError as error:
            form.put(error)
        else:
            messages.info(request, say("exchange.report.saved", title=saved.title))
            return redirect("exchange:report", saved.pk)
    page = {"form": form, "task": task, "asks": tuple(task.asks.order_by("ordinal"))}
    return render(request, "exchange/report_new.html", page, status=422 if form.is_bound else 200)


def _task(request: Any) -> Task:
    """Return the task named in the address; without one there is nothing to save."""
    try:
        return task_of(request.acting.town, UUID(request.GET.get("task", "")))
    except (ValueError, Task.DoesNotExist):
        raise Http404 from None


@access(*READERS)
@require_safe
def report(request: Any, saved_id: UUID) -> HttpResponse:
    """Show a saved report generated for a month, or send it as a spreadsheet."""
    town, now = town_of(request), moment.now()
    try:
        found = report_of(town.pk, saved_id)
    except Report.DoesNotExist:
        raise Http404 from None
    page = report_page(found, town, month_read(request.GET.get("month", ""), town, now), now)
    kind = request.GET.get("as", "")
    if kind in {"csv", "xlsx"}:
        return spreadsheet(report_table(page), excel=kind == "xlsx")
    return render(request, "exchange/report.html", {"page": page})
