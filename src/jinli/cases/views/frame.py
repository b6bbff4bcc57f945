"""What every view of this room reads from its request."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from jinli.cases.selectors.names import named
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
