"""The burden meter and the lists behind its counts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.views.frame import town_of
from jinli.domain.errors import InvalidInputError
from jinli.exchange.selectors.burden import (
    behind_page,
    behind_read,
    behind_table,
    burden_page,
    burden_table,
    month_read,
)
from jinli.exchange.views.frame import READERS
from jinli.town import moment
from jinli.town.access import access


@access(*READERS)
@require_safe
def burden(request: Any) -> HttpResponse:
    """Show what was asked of the town in a month, by asking body."""
    town, now = town_of(request), moment.now()
    page = burden_page(town, month_read(request.GET.get("month", ""), town, now), now)
    kind = request.GET.get("as", "")
    if kind in {"csv", "xlsx"}:
        return spreadsheet(burden_table(page), excel=kind == "xlsx")
    return render(request, "exchange/burden.html", {"page": page})


@access(*READERS)
@require_safe
def behind(request: Any) -> HttpResponse:
    """Show the list behind a count of the burden, or send it as a spreadsheet."""
    town, now = town_of(request), moment.now()
    try:
        wish = behind_read(request.GET, town, now)
    except InvalidInputError:
        raise Http404 from None
    kind = request.GET.get("as", "")
    if kind in {"csv", "xlsx"}:
        return spreadsheet(behind_table(wish, town, now), excel=kind == "xlsx")
    page = behind_page(wish, town, now, request.GET.get("after", ""))
    return render(request, "exchange/burden_list.html", {"page": page})
