"""Sign-in of applicants, and the page of the demonstration's own identity provider."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinli.domain.errors import DomainError
from jinli.lines.services.services.signing_in import Pending, Provider, come_back, leave, named_provider, party_for
from jinli.lines.services.services.simulated_identity import PEOPLE, address_back, simulated_provider
from jinli.lines.services.views.kept import APPLICANT, SIGNING_IN, drop, keep, kept
from jinli.lines.services.views.online import town_of
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.ui.words import say, say_error

_ASKED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge")


def provider_of(request: Any, town: Division) -> Provider | None:
    """Return the provider that applicants of this town sign in with, None when there is none."""
    base = request.build_absolute_uri(reverse("services:identity", args=[town.code]))
    return named_provider() or simulated_provider(town, base)


def _back(request: Any, town: Division) -> str:
    return str(request.build_absolute_uri(reverse("services:applicant-back", args=[town.code])))


@access(PUBLIC)
@never_cache
@require_safe
def sign_in(request: Any, town_code: str) -> HttpResponse:
    """Go to the identity provider."""
    town = town_of(town_code)
    provider = provider_of(request, town)
    if provider is None:
        raise Http404
    try:
        url, pending = leave(provider, back=_back(request, town))
    except DomainError as error:
        return _refused(request, town, error)
    answer = redirect(url)
    more = {"next": request.GET.get("next", "")}
    keep(answer, request, town, SIGNING_IN, {**pending.__dict__, **more})
    return answer


@access(PUBLIC)
@never_cache
@require_safe
def back(request: Any, town_code: str) -> HttpResponse:
    """Come back from the identity provider: whoever it vouches for is signed in as an applicant for two hours."""
    town = town_of(town_code)
    provider, held = provider_of(request, town), kept(request, town, SIGNING_IN)
    if provider is None or not held:
        messages.error(request, say("services.sign_in.over"))
        return redirect("services:applications", town_code=town.code)
    pending = Pending(state=held["state"], nonce=held["nonce"], verifier=held["verifier"])
    try:
        claims = come_back(provider, pending, request.GET.dict(), back=_back(request, town))
    except DomainError as error:
        return _refused(request, town, error)
    party = party_for(town, claims)
    safe = url_has_allowed_host_and_scheme(held["next"], {request.get_host()}, require_https=request.is_secure())
    answer = redirect(held["next"] if safe else reverse("services:applications", args=[town.code]))
    keep(answer, request, town, APPLICANT, {"party": party.pk.hex})
    drop(answer, town, SIGNING_IN)
    return answer


def _refused(request: Any, town: Division, error: DomainError) -> HttpResponse:
    messages.error(request, say_error(error))
    answer = redirect("services:applications", town_code=town.code)
    drop(answer, town, SIGNING_IN)
    return answer


@access(PUBLIC)
@require_POST
def sign_out(request: Any, town_code: str) -> HttpResponse:
    """Forget in this browser who the applicant is, and every draft and case that was open here."""
    town = town_of(town_code)
    answer = redirect("services:applications", town_code=town.code)
    for name in ("applicant", "drafts", "receipt", "tracked"):
        drop(answer, town, name)
    return answer


@access(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: Any, town_code: str) -> HttpResponse:
    """Stand for an identity provider in the demonstration: choose who you are."""
    town = town_of(town_code)
    provider = provider_of(request, town)
    if provider is None or not provider.simulated:
        raise Http404
    asked = {name: (request.POST or request.GET).get(name, "") for name in _ASKED}
    ours = asked["redirect_uri"] == _back(request, town) and asked["client_id"] == provider.client_id
    person = request.POST.get("person", "")
    if ours and person in {one.code for one in PEOPLE}:
        return redirect(address_back(asked, person))
    page = {"town": town, "asked": asked, "people": PEOPLE, "ours": ours}
    return render(request, "services/identity.html", page)
