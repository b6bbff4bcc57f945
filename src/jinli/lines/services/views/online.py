"""An application made by the applicant: the steps in the applicant's own browser."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinli.lines.services.selectors.items import Item, offered_item
from jinli.lines.services.services.applying import ONLINE
from jinli.lines.services.views.kept import party_of
from jinli.lines.services.views.steps import Desk, begin_step, check_step, fill_step, saved_step
from jinli.town.access import PUBLIC, access
from jinli.town.acting import resident
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.town.selectors import local_day


def town_of(code: str) -> Division:
    """Return a town by its code, or answer that there is none."""
    return get_object_or_404(Division, level=Division.Level.TOWN, code=code)


def applied_for(town: Division, code: str, offered: tuple[str, ...]) -> Item:
    """Return an item that can be applied for in one of these ways, or answer that there is none."""
    item = offered_item(town, code, local_day(town, now()))
    if item is None or item.row.offered not in offered or not item.row.procedure:
        raise Http404
    return item


def identity_url(town: Division, then: str) -> str:
    """Return where an applicant signs in and comes back to `then`; nothing where no provider is named."""
    if not settings.JINLI_OIDC_ISSUER and not town.simulated:
        return ""
    return f"{reverse('services:applicant-sign-in', args=[town.code])}?{urlencode({'next': then})}"


def _desk(request: Any, town_code: str, item_code: str) -> Desk:
    town = town_of(town_code)
    item = applied_for(town, item_code, ("online",))
    return Desk(
        town=town, acting=resident(town.pk), item=item, channel=ONLINE, party=party_of(request, town),
        identity_url=identity_url(town, request.path),
    )  # fmt: skip


@access(PUBLIC)
@never_cache
def begin(request: Any, town_code: str, item_code: str) -> HttpResponse:
    """Ask who applies and in what situation."""
    return begin_step(request, _desk(request, town_code, item_code))


@access(PUBLIC)
@never_cache
def fill(request: Any, town_code: str, item_code: str) -> HttpResponse:
    """Fill in the form and hand in the materials."""
    return fill_step(request, _desk(request, town_code, item_code))


@access(PUBLIC)
@never_cache
def check(request: Any, town_code: str, item_code: str) -> HttpResponse:
    """Look everything through and send it."""
    return check_step(request, _desk(request, town_code, item_code))


@access(PUBLIC)
@never_cache
@require_safe
def saved(request: Any, town_code: str, item_code: str) -> HttpResponse:
    """Say how to go on later."""
    return saved_step(request, _desk(request, town_code, item_code))
