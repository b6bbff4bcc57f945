"""What a resident's browser is allowed to see for a while: the receipt just given, the report just looked up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest

from jinli.cases.models import Case
from jinli.cases.services import Opened
from jinli.town.models import Division
from jinli.town.moment import now

RECEIPT_FOR: Final = timedelta(minutes=10)
TRACK_FOR: Final = timedelta(hours=2)


def keep_receipt(request: HttpRequest, town: Division, opened: Opened) -> None:
    """Show number and code of this report in this browser for ten minutes."""
    request.session[f"receipt-{town.code}"] = {"case": str(opened.id), "code": opened.code, "at": now().isoformat()}
    allow_tracking(request, town, opened.id)


def receipt_of(request: HttpRequest, town: Division) -> tuple[Case, str] | None:
    """Return the report and code that this browser may still see, else nothing."""
    held: dict[str, Any] | None = request.session.get(f"receipt-{town.code}")
    if held is None or now() - datetime.fromisoformat(held["at"]) > RECEIPT_FOR:
        return None
    case = _case(town, held["case"])
    return (case, held["code"]) if case else None


def allow_tracking(request: HttpRequest, town: Division, case: UUID) -> None:
    """Let this browser follow a report for two hours: its number and code were given here."""
    request.session[f"track-{town.code}"] = {"case": str(case), "at": now().isoformat()}


def tracked(request: HttpRequest, town: Division) -> Case | None:
    """Return the report that this browser may follow, else nothing."""
    held: dict[str, Any] | None = request.session.get(f"track-{town.code}")
    if held is None or now() - datetime.fromisoformat(held["at"]) > TRACK_FOR:
        return None
    return _case(town, held["case"])


def _case(town: Division, pk: str) -> Case | None:
    return Case.objects.select_related("town", "place", "owner").filter(town=town, pk=UUID(pk)).first()
