"""The holder's own grants: the list, one of them, its renewal and its change (Licensing Law arts. 49 and 50)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.models import Case, Grant
from jinli.cases.selectors.grants import held_by
from jinli.cases.services import granting
from jinli.domain.errors import DomainError
from jinli.lines.services.forms.grants import WishForm
from jinli.lines.services.pages.my_grants import my_grant_page, my_grants
from jinli.lines.services.services.applying import ONLINE
from jinli.lines.services.services.supplying import applicant_of
from jinli.lines.services.views.kept import party_of
from jinli.lines.services.views.online import identity_url, town_of
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.ui.words import say, say_error


@access(PUBLIC)
@never_cache
@require_safe
def mine(request: Any, town_code: str) -> HttpResponse:
    """List what the signed-in applicant holds; without sign-in ask for it."""
    town = town_of(town_code)
    party = party_of(request, town)
    page = {
        "town": town, "party": party, "identity_url": identity_url(town, request.path),
        "rows": my_grants(town, party, now()) if party else (),
    }  # fmt: skip
    return render(request, "services/my_grants.html", page)


@access(PUBLIC)
@never_cache
@require_safe
def one(request: Any, town_code: str) -> HttpResponse:
    """Show a grant to its holder; whoever is not signed in is asked to, and to others it is not there."""
    town = town_of(town_code)
    if party_of(request, town) is None:
        page = {"town": town, "party": None, "identity_url": identity_url(town, request.get_full_path()), "rows": ()}
        return render(request, "services/my_grants.html", page)
    return _shown(request, _held(request, town))


@access(PUBLIC)
@require_POST
def renew(request: Any, town_code: str) -> HttpResponse:
    """Ask for renewal."""

    def ask(held: Grant) -> Case:
        return granting.ask_renewal(acting=applicant_of(held.town), grant=held, channel=ONLINE)

    return _ask(request, town_code, ask)


@access(PUBLIC)
@require_POST
def change(request: Any, town_code: str) -> HttpResponse:
    """Ask for a change."""
    form = WishForm(request.POST)
    if not form.is_valid():
        return _shown(request, _held(request, town_of(town_code)), form=form, status=422)

    def ask(held: Grant) -> Case:
        acting = applicant_of(held.town)
        return granting.ask_change(acting=acting, grant=held, wish=form.cleaned_data["wish"], channel=ONLINE)

    return _ask(request, town_code, ask, form)


def _ask(request: Any, town_code: str, ask: Callable[[Grant], Case], form: WishForm | None = None) -> HttpResponse:
    held = _held(request, town_of(town_code))
    try:
        case = ask(held)
    except DomainError as error:
        return _shown(request, held, form=form, refused=say_error(error), status=422)
    messages.success(request, say("services.grant.asked", number=case.number))
    return redirect(f"{reverse('services:my-grant', args=[town_code])}?{urlencode({'grant': held.number})}")


def _held(request: Any, town: Division) -> Grant:
    """Return a grant of whoever is signed in; of nobody else is it said that there is one."""
    party = party_of(request, town)
    number = (request.GET.get("grant") or request.POST.get("grant") or "")[:40]
    rows = held_by(town, party) if party is not None else Grant.objects.none()
    found: Grant = get_object_or_404(rows, number=number)
    return found


def _shown(
    request: Any, held: Grant, *, form: WishForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    page = {
        "town": held.town, "grant": my_grant_page(held, now()), "form": form or WishForm(),
        "refused": refused,
    }  # fmt: skip
    return render(request, "services/my_grant.html", page, status=status)
