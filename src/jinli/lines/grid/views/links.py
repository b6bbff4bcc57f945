"""Links and slips for departments without an account: made by the command centre, shown once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinli.cases.models import Assignment
from jinli.cases.selectors.names import named
from jinli.cases.services.linking import make_link, make_slip
from jinli.cases.views.case import view_of
from jinli.domain.errors import DomainError
from jinli.lines.grid.forms.fields import new_token
from jinli.lines.grid.selectors import whistle_pages as pages
from jinli.lines.grid.services.whistles import open_assignments
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.ui.words import say, say_error


def address(request: Any, assignment: Assignment, token: str) -> str:
    """Return the whole address of a link."""
    return str(request.build_absolute_uri(reverse("grid:reply", args=[assignment.case.town.code, token])))


def show_links(
    request: Any, whistle: UUID, opened: Sequence[Assignment], *, seed: str = "", fresh: bool = False
) -> HttpResponse:
    """Show the departments at work; with a seed also a link for each, this once."""
    rows = [
        {
            "key": one.key,
            "body": named(one.body),
            "role": say(f"grid.whistle.role.{one.role}"),
            "again": say("grid.whistle.round", round=one.round) if one.round > 1 else "",
            "telephone_url": f"{reverse('grid:whistle-telephone', args=[whistle])}?track={one.key}",
            "url": address(request, one, make_link(acting=request.acting, assignment=one, seed=seed)) if seed else "",
        }
        for one in opened
    ]
    view = view_of(request, whistle)
    context = {
        "rows": rows,
        "number": view.case.number,
        "title": view.case.title,
        "case_url": reverse("cases:case", args=[whistle]),
        "links_url": reverse("grid:whistle-links", args=[whistle]),
        "fresh": fresh,
        "key": new_token(),
    }
    return render(request, "grid/whistle_links.html", context)


@access(Duty.Role.COMMAND_CENTRE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: Any, whistle_id: UUID) -> HttpResponse:
    """Make a new link or a slip for one department; the earlier one ends."""
    view = view_of(request, whistle_id)
    opened = open_assignments(view.case)
    if request.method != "POST":
        return show_links(request, whistle_id, opened)
    held = next((row for row in opened if row.key == request.POST.get("assignment")), None)
    if held is None:
        raise Http404
    try:
        if request.POST.get("do") == "slip":
            return _slip(request, held)
        return show_links(request, whistle_id, [held], seed=request.POST.get("key") or new_token())
    except DomainError as error:
        messages.warning(request, say_error(error))
        return redirect("grid:whistle-links", whistle_id)


def _slip(request: Any, assignment: Assignment) -> HttpResponse:
    """Show the slip to print, and beside it, not on paper, the code to tell another way."""
    view = view_of(request, assignment.case_id)
    token, code = make_slip(acting=request.acting, assignment=assignment)
    url = address(request, assignment, token)
    context = {
        "number": view.case.number,
        "heading": (
            view.case.number,
            view.case.title,
            pages.place_words(view),
            say(f"grid.whistle.role.{assignment.role}"),
        ),
        "body": named(assignment.body),
        "asked": pages.asked_for(view),
        "clocks": pages.running_clocks(view, assignment.key),
        "owner": view.name(view.work.state.bodies.get("owner")),
        "town": named(view.town),
        "now": view.now,
        "url": url,
        "code": f"{code[:3]} {code[3:]}",
        "qr": qr_of(url),
        "case_url": reverse("cases:case", args=[assignment.case_id]),
    }
    return render(request, "grid/whistle_slip.html", context)


def qr_of(url: str) -> SafeString:
    """Return a QR code as a drawing of any size, with its quiet border, that needs no style and no script."""
    drawn = segno.make(url, error="m").svg_inline(omitsize=True, border=4, title=say("grid.whistle.slip.qr"))
    return mark_safe(drawn)  # noqa: S308 (drawn by us from our own address)
