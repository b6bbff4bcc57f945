"""Pages for what is not open: to whom it is, and what to do instead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axes.helpers import get_cool_off
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from jinli.town.access import AccessRefusedError, refusal_text, wants_page
from jinli.town.api import faulty
from jinli.town.moment import now


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 and say which duty the page is for."""
    told = exception if isinstance(exception, AccessRefusedError) else AccessRefusedError("site.refused.plain")
    text = refusal_text(told)
    if not wants_page(request):
        return JsonResponse(text, status=403)
    return render(request, "site/refused.html", {"message": text["message"]}, status=403)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose token is missing or old; nothing was written."""
    if not wants_page(request):
        return JsonResponse(refusal_text(AccessRefusedError("site.refused.token")), status=403)
    return render(request, "site/token_refused.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: people get a page, machines the one shape of errors."""
    if request.path.startswith("/api/"):
        return faulty("town.api.no_such_address", 404)
    return page_not_found(request, exception)


def locked_out(request: HttpRequest, _answer: Any = None, _credentials: Any = None) -> HttpResponse:
    """Answer 429 after too many failed sign-ins and say from when on to try again; the same for any name typed."""
    wait = get_cool_off(request) or timedelta(minutes=15)
    minutes = int(wait.total_seconds() // 60)
    answer = render(request, "site/locked_out.html", {"again_at": now() + wait, "minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer
