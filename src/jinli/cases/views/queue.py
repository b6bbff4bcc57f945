"""The staff home page: what my body owes, by due moment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from jinli.cases import queue as queues
from jinli.cases.export import spreadsheet
from jinli.cases.pages.queue_export import queue_table
from jinli.cases.pages.queue_page import queue_page
from jinli.cases.selectors.visible import WORKERS
from jinli.cases.services.assigning import assign_many
from jinli.cases.views.frame import body_name, zone_of
from jinli.town import moment
from jinli.town.access import access
from jinli.ui.words import say, say_error


@access(*WORKERS)
@require_safe
def queue(request: Any) -> HttpResponse:
    """Show what the body of the hat owes and awaits."""
    choice = queues.read(request.GET)
    page = queue_page(request.acting, choice, moment.now(), zone_of(request), body_name(request))
    return render(request, "cases/queue.html", {"page": page})


@access(*WORKERS)
@require_safe
def export(request: Any) -> HttpResponse:
    """Send the present list as a spreadsheet."""
    table = queue_table(request.acting, queues.read(request.GET), moment.now(), zone_of(request))
    return spreadsheet(table, excel=request.GET.get("as") == "xlsx")


@access(*WORKERS)
@require_POST
def assign(request: Any) -> HttpResponse:
    """Give the chosen rows to a person of the own body."""
    person = request.POST.get("person", "")
    done = assign_many(acting=request.acting, picks=request.POST.getlist("pick"), person=person)
    for number, error in done.refused:
        messages.warning(request, say("cases.assign.failed", number=number, why=say_error(error)))
    if done.count:
        messages.info(request, say("cases.assign.done", person=done.person, count=done.count))
    elif not done.refused:
        messages.warning(request, say("cases.assign.nothing"))
    here = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure())
    return redirect(here if safe else "cases:queue")
