"""What every view of this room reads from its request."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponseRedirect
from django.shortcuts import redirect

from jinli.cases.selectors.names import named
from jinli.cases.selectors.visible import visible_cases
from jinli.town.models import Division


def town_of(request: Any) -> Division:
    """Return the town of the present hat, as the request holds it already."""
    found: Division = next(town for hat in request.hats for town in hat.towns if town.pk == request.acting.town)
    return found


def zone_of(request: Any) -> ZoneInfo:
    """Return the time zone of the town."""
    return ZoneInfo(town_of(request).zone)


def body_name(request: Any) -> str:
    """Return the name of the body in whose name one acts."""
    return next((named(hat.body) for hat in request.hats if hat.appointment == request.acting.appointment), "")


def onward(request: Any, case: UUID) -> HttpResponseRedirect:
    """Lead back to the case, or to the queue when the act ended the reader's part in it."""
    if visible_cases(request.acting).filter(pk=case).exists():
        return redirect("cases:case", case)
    return redirect("cases:queue")
