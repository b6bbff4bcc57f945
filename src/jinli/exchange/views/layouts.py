"""Lists in the layouts that others ask for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinli.cases.selectors.visible import WORKERS
from jinli.cases.views.frame import town_of
from jinli.domain.errors import DomainError
from jinli.exchange.export import laid_file
from jinli.exchange.pages.layout_page import laid, layout_page
from jinli.exchange.selectors.prescribed import layout_of
from jinli.exchange.services.taking_out import record_whole
from jinli.packs.prescribed import LayoutRow
from jinli.town import moment
from jinli.town.access import access
from jinli.ui.words import say_error


@access(*WORKERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: Any, layout: str, listing: str) -> HttpResponseBase:
    """Say what is taken out; on POST give it whole, after the look and its reason are in the access log."""
    found = _found(request, layout, listing)
    town, now, reason = town_of(request), moment.now(), request.POST.get("reason", "")
    page = layout_page(request.acting, town, found, listing, request.GET.dict(), now)
    if request.method != "POST":
        return _shown(request, page)
    try:
        record_whole(acting=request.acting, layout=found, count=page.count, reason=reason)
    except DomainError as error:
        return _shown(request, page, refused=say_error(error), reason=reason, status=422)
    table = laid(request.acting, town, found, listing, request.GET.dict(), now, whole=True)
    return laid_file(table, excel=request.POST.get("as") != "csv")


@access(*WORKERS)
@require_safe
def file(request: Any, layout: str, listing: str) -> HttpResponseBase:
    """Send the list with the filters of its page; personal values are covered."""
    found = _found(request, layout, listing)
    table = laid(request.acting, town_of(request), found, listing, request.GET.dict(), moment.now())
    return laid_file(table, excel=request.GET.get("as") == "xlsx")


def _found(request: Any, code: str, listing: str) -> LayoutRow:
    found = layout_of(town_of(request), code, listing)
    if found is None:
        raise Http404
    return found


def _shown(request: Any, page: Any, *, refused: str = "", reason: str = "", status: int = 200) -> HttpResponse:
    shown = {"page": page, "refused": refused, "reason": reason}
    return render(request, "exchange/layout.html", shown, status=status)
