"""Sign in and out, choose hat and language, change the own password."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jinli.domain.errors import InvalidInputError
from jinli.site.forms import OwnPasswordForm, SignInForm, put_error
from jinli.site.views.refusals import locked_out
from jinli.town.access import OWN_ACCOUNT, PUBLIC, access
from jinli.town.middleware import begin_session
from jinli.town.people import set_password
from jinli.town.rate import attempts, note_attempt
from jinli.ui.words import say

# One address may fail this often under whatever names; one name is locked out earlier, by the axes.
FAILURES: Final = 20
SPAN: Final = timedelta(minutes=15)


def _next(request: HttpRequest) -> str:
    """Return the page asked for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"


@access(PUBLIC)
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign a person in; a wrong name and a wrong password are told in the same words."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    caller = request.META.get("REMOTE_ADDR", "")
    if request.method == "POST" and attempts("sign-in", caller) >= FAILURES:
        return locked_out(request)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        person = authenticate(request, **form.cleaned_data)
        if person is not None:
            login(request, person)
            begin_session(request)
            return redirect(_next(request))
        note_attempt("sign-in", caller, span=SPAN)
        form.add_error(None, say("site.sign_in.wrong"))
    page = {"form": form, "next": _next(request), "ended": request.GET.get("ended") == "1"}
    return render(request, "site/sign_in.html", page, status=422 if form.errors else 200)


@access(OWN_ACCOUNT)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@access(OWN_ACCOUNT)
@require_POST
def hat(request: Any) -> HttpResponse:
    """Put on another hat; one that is not, or no longer, the person's own changes nothing and says so."""
    appointment, _, town = request.POST.get("hat", "").partition("-")
    for one in request.hats:
        for place in one.towns:
            if (str(one.appointment), str(place.pk)) == (appointment, town):
                request.session["appointment"], request.session["town"] = one.appointment, place.pk
                return redirect(_next(request))
    messages.warning(request, say("site.hat.not_yours"))
    return redirect(_next(request))


@access(PUBLIC)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language in a cookie for a year."""
    answer = redirect(_next(request))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES) and check_for_language(wanted):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return answer


@access(OWN_ACCOUNT)
@never_cache
def password(request: Any) -> HttpResponse:
    """Change the own password; other sessions of the same person end, this one stays."""
    form = OwnPasswordForm(request.POST or None, person=request.user)
    if form.is_valid():
        try:
            set_password(person=request.user, password=form.cleaned_data["password"])
        except InvalidInputError as error:
            put_error(form, error)
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, say("site.password.changed"))
            return redirect("site:home")
    return render(request, "site/password.html", {"form": form}, status=422 if form.errors else 200)
