"""Lists of cases, of whistles, and the search."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.pages.list_page import list_page, list_table
from jinli.cases.selectors.listing import WHISTLE, Asked, read
from jinli.cases.selectors.visible import WORKERS
from jinli.cases.views.frame import town_of
from jinli.town import moment
from jinli.town.access import access


@access(*WORKERS)
@require_safe
def cases(request: Any) -> HttpResponse:
    """List the cases the reader sees, newest first."""
    return _page(request, read(request.GET), "list")


@access(*WORKERS)
@require_safe
def whistles(request: Any) -> HttpResponse:
    """List the whistles the reader sees, newest first."""
    return _page(request, read(request.GET, kind=WHISTLE), "whistles")


@access(*WORKERS)
@require_safe
def search(request: Any) -> HttpResponse:
    """Find cases by number, title, text, place and party."""
    return _page(request, read(request.GET), "search")


@access(*WORKERS)
@require_safe
def export(request: Any) -> HttpResponse:
    """Send the list of cases as a spreadsheet."""
    return _sheet(request, read(request.GET))


@access(*WORKERS)
@require_safe
def export_whistles(request: Any) -> HttpResponse:
    """Send the list of whistles as a spreadsheet."""
    return _sheet(request, read(request.GET, kind=WHISTLE))


def _page(request: Any, asked: Asked, name: str) -> HttpResponse:
    page = list_page(request.acting, town_of(request), asked, moment.now(), name=name)
    return render(request, "cases/list.html", {"page": page})


def _sheet(request: Any, asked: Asked) -> HttpResponse:
    table = list_table(request.acting, town_of(request), asked, moment.now())
    return spreadsheet(table, excel=request.GET.get("as") == "xlsx")
