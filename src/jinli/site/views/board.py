"""The board, the lists behind its numbers, and the figures: publish, release, revoke, read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jinli.cases.export import Table, spreadsheet
from jinli.cases.figures import asked_of
from jinli.cases.models import Figure
from jinli.domain.errors import DomainError, InvalidInputError
from jinli.site.board import board as board_of
from jinli.site.board_list import list_page, whole
from jinli.site.figure_pages import act_on_figures, public_page, release_page
from jinli.site.matters import matters_page
from jinli.town.access import PUBLIC, access, who_acts
from jinli.town.models import Division, Duty
from jinli.town.moment import now
from jinli.ui.words import say, say_error

READERS = (Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD, Duty.Role.AUDITOR)


def _town(request: Any) -> Division:
    """Return the town of the present hat, as the request holds it already."""
    found: Division = next(town for hat in request.hats for town in hat.towns if town.pk == request.acting.town)
    return found


@access(*READERS)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the board as it stands now."""
    return render(request, "site/board.html", {"page": board_of(_town(request), now())})


@access(*READERS)
@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    """Show the list behind a number, or send it as a spreadsheet."""
    town = _town(request)
    try:
        asked = asked_of(request.GET, now())
        page = list_page(asked, town, request.GET.get("after", ""))
    except InvalidInputError as error:
        raise Http404(error.code) from None
    if request.GET.get("as") in {"csv", "xlsx"}:
        heads = [say(f"site.board.column.{name}") for name in ("number", "what", "place", "who", "when", "stands")]
        rows = ([one.number, one.title, one.place, one.owes, one.when, one.stands] for one in whole(asked, town))
        return spreadsheet(Table(name=asked.part, heads=heads, rows=rows), excel=request.GET["as"] == "xlsx")
    return render(request, "site/board_list.html", {"page": page})


@access(*READERS)
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """Show the figures of government matters for one month."""
    page = matters_page(_town(request), now(), request.GET.get("month", ""))
    return render(request, "site/matters.html", {"page": page})


@access(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest) -> HttpResponse:
    """Show what was published and released; the town head releases and revokes."""
    acting, town = who_acts(request), _town(request)
    if request.method == "POST":
        try:
            messages.success(request, act_on_figures(acting, town, request.POST, now()))
        except DomainError as error:
            messages.warning(request, say_error(error))
        except (Figure.DoesNotExist, ValidationError, ValueError):
            raise Http404 from None
        return redirect("board:figures")
    return render(request, "site/figures.html", {"page": release_page(acting, town, now())})


@access(PUBLIC)
@require_safe
def public_figures(request: HttpRequest, town_code: str) -> HttpResponse:
    """Show the public what the town released of its own services, with counts and definitions."""
    town = get_object_or_404(Division, level=Division.Level.TOWN, code=town_code)
    return render(request, "site/public_figures.html", {"page": public_page(town)})
