"""Where people arrive: residents at their town, staff at their queue, machines at the health address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from jinli.site.registers import own_name
from jinli.site.shell import opened
from jinli.town.access import PUBLIC, access, open_to
from jinli.town.models import Division
from jinli.ui.words import say

_FIRST_PAGES: Final = ("/queue/", "/registers/")
# What a resident can do in a town; ways that no room has opened yet are left out.
_PUBLIC_WAYS: Final = (
    ("site.town.report", "/t/{code}/report/"),
    ("site.town.track", "/t/{code}/track/"),
    ("site.town.figures", "/t/{code}/figures/"),
    ("site.town.verify", "/t/{code}/verify/"),
    ("site.town.calculator", "/calculator/"),
    ("site.town.seals", "/t/{code}/seals/"),
)


@dataclass(frozen=True, kw_only=True)
class Way:
    """One thing to do, and a line on what it is."""

    title: str
    about: str
    url: str


@dataclass(frozen=True, kw_only=True)
class TownPage:
    """A town's page for residents; the first way is the main one."""

    name: str
    ways: tuple[Way, ...]


@access(PUBLIC)
@require_safe
def home(request: Any) -> HttpResponse:
    """Show residents the town, or the towns; send staff to their work."""
    if request.user.is_authenticated:
        if request.acting is None:
            return render(request, "site/no_duty.html")
        first = next(url for url in _FIRST_PAGES if open_to(opened(url) or frozenset(), request.acting))
        return redirect(first)
    towns = list(Division.objects.filter(level=Division.Level.TOWN).select_related("parent").order_by("code"))
    if len(towns) == 1:
        return render(request, "site/town.html", {"page": _town_page(towns[0])})
    rows = [
        {"name": own_name(one), "above": own_name(one.parent) if one.parent else "", "code": one.code} for one in towns
    ]
    return render(request, "site/towns.html", {"towns": rows})


@access(PUBLIC)
@require_safe
def town(request: HttpRequest, town_code: str) -> HttpResponse:
    """Show residents what they can do in a town."""
    row = get_object_or_404(Division, level=Division.Level.TOWN, code=town_code)
    return render(request, "site/town.html", {"page": _town_page(row)})


def _town_page(row: Division) -> TownPage:
    ways = [(key, url.format(code=row.code)) for key, url in _PUBLIC_WAYS]
    return TownPage(
        name=own_name(row),
        ways=tuple(
            Way(title=say(key), about=say(f"{key}.about"), url=url)
            for key, url in ways
            if PUBLIC in (opened(url) or ())
        ),
    )


@access(PUBLIC)
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer `ok` while the database answers, else 503; for watchers of the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
