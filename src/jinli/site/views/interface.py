"""The page about the JSON interface: every call in one list, without script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinli.town.access import PUBLIC, access
from jinli.town.models import Duty
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call: how, where, what for, and who may."""

    method: str
    path: str
    summary: str
    about: str
    who: tuple[str, ...]


@access(PUBLIC)
@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    """List the calls of the interface."""
    return render(request, "site/interface.html", {"calls": [_call(*one) for one in _operations()]})


@cache
def _operations() -> tuple[tuple[str, str, Any], ...]:
    from jinli.site.api import api  # it is assembled after the pages

    found = [
        (method, f"/api/v1{path}", operation)
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    ]
    return tuple(found)


def _call(method: str, path: str, operation: Any) -> Call:
    allowed: frozenset[str] = getattr(operation.view_func, "access", frozenset())
    roles = tuple(say(f"town.role.{role}") for role in Duty.Role.values if role in allowed)
    return Call(
        method=method,
        path=path,
        summary=operation.summary or "",
        about=operation.description or "",
        who=roles or (say("site.interface.signed_in"),),
    )
