"""Who may open an address. Every view says so itself, and a test walks all addresses to see that it holds.

    @access(Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD)
    def board(request): ...

`PUBLIC` is anybody. `SIGNED_IN` is anybody who holds a duty today. `OWN_ACCOUNT` is anybody who signed in, even
without a duty: password, hat, sign-out. An auditor may read whatever is open to any duty and change nothing
but the own account.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from inspect import signature
from typing import Any, Final, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from jinli.town.acting import Acting
from jinli.town.models import Duty
from jinli.ui.words import say

PUBLIC: Final = "public"
SIGNED_IN: Final = "signed_in"
OWN_ACCOUNT: Final = "own_account"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_ROLES: Final = frozenset(str(role) for role in Duty.Role.values)

Seen = TypeVar("Seen", bound=Callable[..., Any])


class AccessRefusedError(PermissionDenied):
    """A signed-in person may not do this; `code` says why and `needed` which duties may."""

    def __init__(self, code: str, needed: frozenset[str] = frozenset()) -> None:
        super().__init__(code)
        self.code = code
        self.needed = needed


def access(*who: str) -> Callable[[Seen], Seen]:
    """Declare who may open a view and see to it; for functions, view classes and operations of the JSON interface.

    Sets `view.access` to the frozenset of role names or of the one marker. Raises ValueError for an unknown name.
    """
    allowed = frozenset(str(one) for one in who)
    if not allowed or not (allowed <= _ROLES or (len(allowed) == 1 and allowed <= {PUBLIC, SIGNED_IN, OWN_ACCOUNT})):
        raise ValueError(f"access takes roles, or one of PUBLIC, SIGNED_IN, OWN_ACCOUNT; not {sorted(allowed)}")

    def guarded(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return _stop(request, allowed) or view(request, *args, **kwargs)

        inner.access = allowed  # type: ignore[attr-defined]
        return inner

    def declare(view: Seen) -> Seen:
        if isinstance(view, type) and issubclass(view, View):
            method_decorator(guarded, name="dispatch")(view)  # which also marks what `as_view()` returns
            return view
        inner = guarded(view)
        with suppress(NameError):  # names known to type checkers only; an operation has none of those
            inner.__signature__ = signature(view, eval_str=True)  # type: ignore[attr-defined]
        inner._ninja_contribute_to_operation = [_ask_before_reading(guarded)]  # type: ignore[attr-defined]
        return inner  # type: ignore[return-value]

    return declare


def _ask_before_reading(guarded: Callable[..., Any]) -> Callable[[Any], None]:
    """Return what makes an operation ask for access before it reads the body, so that 401 comes before 422."""

    def contribute(operation: Any) -> None:
        operation.run = guarded(operation.run)
        operation._run_decorators = [*getattr(operation, "_run_decorators", []), guarded]

    return contribute


def open_to(allowed: frozenset[str], acting: Acting | None, *, method: str = "GET") -> bool:
    """Return whether a declaration lets somebody in; the navigation asks this too."""
    if PUBLIC in allowed:
        return True
    if acting is None or OWN_ACCOUNT in allowed:
        return acting is not None
    if "auditor" in acting.roles:
        return method in SAFE_METHODS
    return SIGNED_IN in allowed or bool(allowed & acting.roles)


def who_acts(request: HttpRequest) -> Acting:
    """Return who acts in this request. Raises AccessRefusedError for somebody without a duty."""
    acting: Acting | None = getattr(request, "acting", None)
    if acting is None:
        raise AccessRefusedError("town.access.no_duty")
    return acting


def wants_page(request: HttpRequest) -> bool:
    """Return whether a person looks at the answer; scripts and interfaces want a status."""
    accepts = request.headers.get("Accept", "")
    asks_json = "application/json" in accepts and "text/html" not in accepts
    return not ("HX-Request" in request.headers or request.path.startswith("/api/") or asks_json)


def _stop(request: HttpRequest, allowed: frozenset[str]) -> HttpResponseBase | None:
    """Return the answer that keeps somebody out, or None. Raises AccessRefusedError where a page says why."""
    signed_in = bool(getattr(request, "user", None) and request.user.is_authenticated)
    if signed_in and request.method not in SAFE_METHODS and not getattr(request, "by_token", False):
        forged = _forged(request)
        if forged is not None:
            return forged
    if getattr(request, "too_many", False):
        return _said("town.access.too_many_tokens", 429)
    if getattr(request, "by_token", False) and not signed_in:
        return _said("town.access.token_of_no_use", 401)
    if PUBLIC in allowed or (OWN_ACCOUNT in allowed and signed_in):
        return None
    if not signed_in:
        return _sign_in_first(request)
    try:
        _check(request, allowed)
    except AccessRefusedError as refused:
        if wants_page(request):
            raise
        return JsonResponse(refusal_text(refused), status=403)
    return None


def _check(request: HttpRequest, allowed: frozenset[str]) -> None:
    acting = who_acts(request)
    method = request.method or "GET"
    if method not in SAFE_METHODS and getattr(request, "hat_ended", False):
        raise AccessRefusedError("town.access.hat_ended")
    if open_to(allowed, acting, method=method):
        return
    if "auditor" in acting.roles:
        raise AccessRefusedError("town.access.auditor_reads")
    raise AccessRefusedError("town.access.duty_needed", allowed)


def refusal_text(refused: AccessRefusedError) -> dict[str, object]:
    """Return code, words and, among the facts, the duties needed, as the JSON interface says them."""
    duties = tuple(say(f"town.role.{role}") for role in Duty.Role.values if role in refused.needed)
    facts = {"needed": sorted(refused.needed)} if refused.needed else {}
    return {"code": refused.code, "message": say(refused.code, duties=duties), "field": "", "facts": facts}


def _said(code: str, status: int) -> JsonResponse:
    """Answer in the one shape that errors have for machines."""
    answer = JsonResponse({"code": code, "message": say(code), "field": "", "facts": {}}, status=status)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _forged(request: HttpRequest) -> HttpResponseBase | None:
    """Check the token where Django does not: interfaces are exempt from it, yet a browser's cookie signs them in."""
    match = request.resolver_match
    if match is None or not getattr(match.func, "csrf_exempt", False):
        return None
    return CsrfViewMiddleware(lambda _: HttpResponse()).process_view(request, _checked, (), {})


def _checked(_request: HttpRequest) -> HttpResponse:
    """Stand for a view that is not exempt from the token check."""
    return HttpResponse()


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send people to the sign-in page and back afterwards; tell scripts with 401."""
    query = {"next": _way_back(request)}
    if getattr(request, "session_ended", False):
        query["ended"] = "1"
    page = f"{resolve_url(settings.LOGIN_URL)}?{urlencode(query)}"
    if wants_page(request):
        return HttpResponseRedirect(page)
    answer = _said("town.access.sign_in_first", 401)
    if "HX-Request" in request.headers:
        answer["HX-Redirect"] = page
    return answer


def _way_back(request: HttpRequest) -> str:
    """Return the page to come back to: this one, or for a sent form the page it stood on."""
    if request.method in SAFE_METHODS and "HX-Request" not in request.headers:
        return request.get_full_path()
    from_page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(from_page, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(from_page)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"
