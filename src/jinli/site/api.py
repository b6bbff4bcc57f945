"""The JSON interface, assembled from the rooms: addresses, errors, limits, and the document that describes it."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.throttling import BaseThrottle

from jinli.cases.api import router as cases
from jinli.domain.errors import DomainError
from jinli.lines.grid.api import router as grid
from jinli.town.access import PUBLIC, access
from jinli.town.api import answer, fault_of, faulty, status_of
from jinli.town.api import router as town
from jinli.town.rate import attempts, note_attempt

CALLS: Final = 1200
_SPAN: Final = timedelta(minutes=1)
_log = logging.getLogger(__name__)


class CallsOfOne(BaseThrottle):
    """Let one caller make so many calls a minute: a person, or an address of the network for whoever is nobody."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the call and return whether it is within the limit."""
        acting = getattr(request, "acting", None)
        caller = str(acting.person) if acting else str(request.META.get("REMOTE_ADDR", ""))
        if attempts("api", caller) >= CALLS:
            return False
        note_attempt("api", caller, span=_SPAN)
        return True

    def wait(self) -> float | None:
        """Return after how many seconds to try again."""
        return _SPAN.total_seconds()


_SCHEMES: Final[dict[str, Any]] = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
}


class Interface(NinjaAPI):
    """The interface with its ways to sign in the document; access itself is declared on every operation."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._documents: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """Return the document, written once for each address: the calls do not change while running."""
        key = repr(sorted(given.items()))
        if key not in self._documents:
            found = super().get_openapi_schema(**given)
            found["components"]["securitySchemes"] = _SCHEMES
            found["security"] = [{name: []} for name in _SCHEMES]
            self._documents[key] = found
        return self._documents[key]


api = Interface(
    title="Jinli",
    version="1",
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    docs_decorator=access(PUBLIC),
    throttle=[CallsOfOne()],
)
for _router in (town, cases, grid):
    api.add_router("", _router)


@api.exception_handler(DomainError)
def _refused(_request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer(fault_of(error), status=status_of(error))


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def _not_found(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return faulty("town.api.not_found", 404)


@api.exception_handler(ValidationError)
def _not_valid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    name = ".".join(str(part) for part in first["loc"][1:] if part not in {"given", "asked"})
    return faulty("town.api.value", 422, field=name, name=name, why=str(first["msg"]))


@api.exception_handler(Throttled)
def _too_many(_request: HttpRequest, error: Throttled) -> HttpResponse:
    found = faulty("town.api.too_many_calls", 429, most=CALLS)
    found["Retry-After"] = str(int(error.wait or _SPAN.total_seconds()))
    return found


@api.exception_handler(HttpError)
def _malformed(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return faulty("town.api.malformed", error.status_code)


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("%s %s", request.method, request.path, exc_info=error)
    return faulty("town.api.broken", 500)
