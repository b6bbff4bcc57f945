"""Keys for machines: made by an administrator, bound to one appointment, shown once, ended by day or by hand.

A key carries exactly one hat and one town. It counts only while its appointment counts, so a person who leaves takes
no machine along.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.town.acting import Acting
from jinli.town.hats import Hat, hats_of
from jinli.town.models import AccessToken, Appointment
from jinli.town.moment import now
from jinli.town.people import appointments_administered, record_on_screen, require_administrator

LONGEST: Final = 366  # days
_MARK: Final = "jinli_"


def _hash(secret: str) -> str:
    """Return what is kept of a key. It is random and long, so one round of hashing is enough."""
    return sha256(f"access-token:{secret}".encode()).hexdigest()


def tokens_administered(by: Acting) -> QuerySet[AccessToken]:
    """Return the keys of appointments an administrator answers for, newest first."""
    return AccessToken.objects.filter(appointment__in=appointments_administered(by)).order_by("-issued_at", "-id")


@transaction.atomic
def issue_token(*, by: Acting, appointment: Appointment, name: str, days: int) -> str:
    """Make a key for `days` days and return it, to be shown once; the town is the administrator's own.

    Raises InvalidInputError for an empty name, a span outside 1 to 366 days, an appointment that is over;
    RefusedError for one the administrator does not answer for.
    """
    require_administrator(by)
    if not appointments_administered(by).filter(pk=appointment.pk).exists():
        raise RefusedError("town.people.not_yours", field="appointment")
    if not name.strip():
        raise InvalidInputError("town.people.empty", field="name")
    if not 1 <= days <= LONGEST:
        raise InvalidInputError("town.token.days", field="days", most=LONGEST)
    hat = next((one for one in hats_of(appointment.person) if one.appointment == appointment.pk), None)
    if hat is None:
        raise InvalidInputError("town.token.appointment_over", field="appointment")
    town = next((one for one in hat.towns if one.pk == by.town), hat.towns[0])
    secret = _MARK + secrets.token_urlsafe(32)
    at = now()
    row = AccessToken.objects.create(
        name=name.strip()[:80],
        appointment=appointment,
        town=town,
        token_hash=_hash(secret),
        issued_by_id=by.person,
        issued_at=at,
        expires_at=at + timedelta(days=days),
    )
    record_on_screen(by, [{"act": "issue_token", "token": str(row.pk), "appointment": appointment.pk, "days": days}])
    return secret


@transaction.atomic
def revoke_token(*, by: Acting, token: AccessToken) -> None:
    """End a key now; ending it again changes nothing. Raises RefusedError for another's key."""
    require_administrator(by)
    if not tokens_administered(by).filter(pk=token.pk).exists():
        raise RefusedError("town.people.not_yours")
    if AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now()):
        record_on_screen(by, [{"act": "revoke_token", "token": str(token.pk)}])


def token_of(secret: str) -> tuple[AccessToken, Hat] | None:
    """Return the key and the one hat it carries; None for one that is unknown, revoked, expired, or without duty.

    The day of its last use is noted once a day.
    """
    rows = AccessToken.objects.select_related("appointment__person", "town")
    row = rows.filter(token_hash=_hash(secret), revoked_at=None, expires_at__gt=now()).first()
    if row is None or not row.appointment.person.is_active:
        return None
    hat = next((one for one in hats_of(row.appointment.person) if one.appointment == row.appointment_id), None)
    if hat is None or row.town_id not in {one.pk for one in hat.towns}:
        return None
    today = now().astimezone(ZoneInfo(row.town.zone)).date()
    if row.used_on != today:
        AccessToken.objects.filter(pk=row.pk).update(used_on=today)
    return row, hat


def token_by_id(by: Acting, token_id: UUID) -> AccessToken:
    """Return a key the administrator answers for. Raises AccessToken.DoesNotExist."""
    return tokens_administered(by).get(pk=token_id)
