"""What a browser may see for a while: the receipt just given, the report just looked up.

It is kept in a signed cookie, so that a report costs the database no session. The cookie holds no code: it holds the
token of the form, which this browser sent, and from which only the server can reckon the code. The signature is bound
to whoever is signed in, so that a receipt is gone when a clerk signs out. How long it counts is checked here.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from jinli.cases.identity import secret_hash
from jinli.cases.models import Case
from jinli.cases.services import Opened
from jinli.cases.services.opening import tracking_code
from jinli.town.models import Division
from jinli.town.moment import now

RECEIPT_FOR: Final = timedelta(minutes=10)
TRACK_FOR: Final = timedelta(hours=2)
_RECEIPT, _TRACK = "receipt", "track"


def keep_receipt(answer: HttpResponse, request: HttpRequest, town: Division, opened: Opened, key: str) -> None:
    """Show number and code of this report in this browser for ten minutes, and let it follow the report."""
    at = now().isoformat()
    _keep(
        answer, request, town,
        {_RECEIPT: {"case": opened.id.hex, "key": key, "at": at}, _TRACK: {"case": opened.id.hex, "at": at}},
    )  # fmt: skip


def receipt_of(request: HttpRequest, town: Division) -> tuple[Case, str] | None:
    """Return the report and code that this browser may still see, else nothing."""
    held = _kept(request, town).get(_RECEIPT)
    case = _case(town, held, RECEIPT_FOR)
    if case is None or held is None:
        return None
    code = tracking_code(held["key"])
    return (case, code) if hmac.compare_digest(secret_hash(code), case.track_code) else None


def allow_tracking(answer: HttpResponse, request: HttpRequest, town: Division, case: UUID) -> None:
    """Let this browser follow a report for two hours: its number and code were given here."""
    _keep(answer, request, town, {**_kept(request, town), _TRACK: {"case": case.hex, "at": now().isoformat()}})


def tracked(request: HttpRequest, town: Division) -> Case | None:
    """Return the report that this browser may follow, else nothing."""
    return _case(town, _kept(request, town).get(_TRACK), TRACK_FOR)


def _name(town: Division) -> str:
    return f"report-{town.code}"


def _signer(request: HttpRequest, town: Division) -> Signer:
    """Return the signer of one town and one reader; another reader's signature is not accepted."""
    reader = str(request.user.pk or "")
    return Signer(salt=f"jinli.grid.shown/{town.code}/{reader}")


def _keep(answer: HttpResponse, request: HttpRequest, town: Division, shown: Mapping[str, Any]) -> None:
    answer.set_cookie(
        _name(town),
        _signer(request, town).sign_object(shown),
        max_age=TRACK_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest, town: Division) -> dict[str, Any]:
    """Return what this town lets this browser see, nothing when the cookie is not ours."""
    try:
        found = _signer(request, town).unsign_object(request.COOKIES.get(_name(town), ""))
    except BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _case(town: Division, held: Mapping[str, str] | None, span: timedelta) -> Case | None:
    if held is None or now() - datetime.fromisoformat(held["at"]) > span:
        return None
    return Case.objects.select_related("town", "place", "owner").filter(town=town, pk=UUID(held["case"])).first()
