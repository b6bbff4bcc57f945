"""Every request knows who acts, under which hat, and whether the session still counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from jinli.town.access import SAFE_METHODS
from jinli.town.hats import hats_of, wear
from jinli.town.moment import now
from jinli.town.rate import attempts, note_attempt
from jinli.town.tokens import token_of

IDLE_LIMIT: Final = timedelta(hours=2)
WRONG_TOKENS: Final = 30  # from one address of the network in ten minutes
TOKEN_SPAN: Final = timedelta(minutes=10)
STAMP_EVERY: Final = timedelta(minutes=5)  # a finer stamp would write the session at every click


class ActingMiddleware:
    """Set `request.acting` (None when nobody signed in), `request.hats` and `request.session_ended`.

    Under `/api/` a machine may come with `Authorization: Bearer <token>` instead of a session.
    A session ends two hours after the last request and eight hours after sign-in, whatever was done in between.
    A hat chosen once stays until another is chosen or its appointment ends; when it ended, reading goes on under
    the default hat, but nothing is written in another name than the page showed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look the person up only where there is a session to look into: public pages cost no query."""
        given: Any = request
        given.acting, given.hats, given.session_ended, given.hat_ended = None, (), False, False
        given.by_token = False
        if request.path.startswith("/api/") and "Authorization" in request.headers:
            recognise_machine(given)
        elif settings.SESSION_COOKIE_NAME in request.COOKIES:
            recognise(given)
        answer = self.get_response(request)
        if given.acting is not None and "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "private, no-store"  # the next person at a shared desk presses Back
        return answer


def recognise(request: Any) -> None:
    """Fill in who acts, from the session."""
    person = request.user
    if not person.is_authenticated:
        return
    if _session_over(request):
        logout(request)
        request.session_ended = True
        return
    request.hats = hats_of(person)
    if not request.hats:
        return
    chosen = request.session.get("appointment")
    request.acting = wear(request.hats, person, appointment=chosen, town=request.session.get("town"))
    if chosen is not None and chosen != request.acting.appointment:
        request.hat_ended = True
        if request.method in SAFE_METHODS:  # the page now shown says the new hat
            request.session.pop("appointment")


def recognise_machine(request: Any) -> None:
    """Fill in who acts, from an access token; a session beside it counts for nothing. Wrong tokens are counted."""
    request.by_token, request.user = True, AnonymousUser()
    kind, _, secret = request.headers["Authorization"].partition(" ")
    caller = str(request.META.get("REMOTE_ADDR", ""))
    if attempts("token", caller) >= WRONG_TOKENS:
        request.too_many = True
        return
    found = token_of(secret.strip()) if kind.lower() == "bearer" else None
    if found is None:
        note_attempt("token", caller, span=TOKEN_SPAN)
        return
    token, hat = found
    request.user = token.appointment.person
    request.hats = (hat,)
    request.acting = wear(request.hats, request.user, appointment=hat.appointment, town=token.town_id)


def begin_session(request: Any) -> None:
    """Start the limits of a session anew; called at sign-in."""
    request.session["signed_in_at"] = request.session["seen_at"] = now().timestamp()


def _session_over(request: Any) -> bool:
    """Return whether the session is too old or was idle too long; stamp it otherwise."""
    moment = now().timestamp()
    began = request.session.setdefault("signed_in_at", moment)
    seen = request.session.setdefault("seen_at", moment)
    if moment - began >= settings.SESSION_COOKIE_AGE or moment - seen >= IDLE_LIMIT.total_seconds():
        return True
    if moment - seen >= STAMP_EVERY.total_seconds():
        request.session["seen_at"] = moment
    return False
