"""What a browser of an applicant may see for a while: drafts, the receipt just given, a case looked up, who signed in.

Each lies in a signed cookie of its own, so that an applicant costs the database no session and is never signed in as
staff. The signature is bound to the town and to whoever of the staff is signed in: what a clerk saw for one applicant
is gone when the clerk signs out. How long it counts is checked here, whatever the browser says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from jinli.cases.models import Case
from jinli.lines.services.selectors.procedures import PROCEDURES
from jinli.town.models import Division, Party
from jinli.town.moment import now

DRAFTS, RECEIPT, TRACKED, APPLICANT, SIGNING_IN = "drafts", "receipt", "tracked", "applicant", "signing-in"
SPANS: Final[Mapping[str, timedelta]] = {
    DRAFTS: timedelta(hours=8),
    RECEIPT: timedelta(minutes=10),
    TRACKED: timedelta(hours=2),
    APPLICANT: timedelta(hours=2),
    SIGNING_IN: timedelta(minutes=10),
}


def keep(answer: HttpResponse, request: HttpRequest, town: Division, name: str, what: Mapping[str, Any]) -> None:
    """Keep something in this browser for its span from now on."""
    answer.set_cookie(
        _cookie(town, name),
        _signer(request, town, name).sign_object({**what, "at": now().isoformat()}),
        max_age=SPANS[name],
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def kept(request: HttpRequest, town: Division, name: str) -> dict[str, Any]:
    """Return what this browser keeps, nothing when it is not ours or too old."""
    try:
        found = _signer(request, town, name).unsign_object(request.COOKIES.get(_cookie(town, name), ""))
        fresh = now() - datetime.fromisoformat(found["at"]) <= SPANS[name]
    except (BadSignature, KeyError, TypeError, ValueError):
        return {}
    return dict(found) if fresh else {}


def drop(answer: HttpResponse, town: Division, name: str) -> None:
    """Let the browser forget it."""
    answer.delete_cookie(_cookie(town, name), samesite="Lax")


def party_of(request: HttpRequest, town: Division) -> Party | None:
    """Return the party that signed in here as an applicant."""
    held = kept(request, town, APPLICANT)
    if not held:
        return None
    return Party.objects.filter(town=town, pk=UUID(held["party"]), merged_into=None).first()


def keep_draft(answer: HttpResponse, request: HttpRequest, town: Division, item: str, draft: UUID) -> None:
    """Let this browser go on with a draft; each matter has at most one."""
    held = {code: one for code, one in kept(request, town, DRAFTS).items() if code != "at"}
    keep(answer, request, town, DRAFTS, {**dict(list(held.items())[-9:]), item: draft.hex})


def draft_id(request: HttpRequest, town: Division, item: str) -> UUID | None:
    """Return the draft of a matter that this browser may go on with."""
    held = kept(request, town, DRAFTS).get(item)
    return UUID(held) if held else None


def tracked(request: HttpRequest, town: Division) -> Case | None:
    """Return the case whose number and code were given in this browser."""
    held = kept(request, town, TRACKED).get("case")
    rows = Case.objects.select_related("town", "owner").filter(town=town, type_code__in=PROCEDURES)
    return rows.filter(pk=UUID(held)).first() if held else None


def _cookie(town: Division, name: str) -> str:
    return f"apply-{name}-{town.code}"


def _signer(request: HttpRequest, town: Division, name: str) -> Signer:
    reader = str(getattr(getattr(request, "user", None), "pk", "") or "")
    return Signer(salt=f"jinli.services.{name}/{town.code}/{reader}")
