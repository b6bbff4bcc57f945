"""What the register of access tokens shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jinli.site.registers import own_name, own_title, span_text
from jinli.town.acting import Acting
from jinli.town.models import AccessToken, Appointment
from jinli.town.moment import now
from jinli.town.people import appointments_administered
from jinli.town.tokens import tokens_administered
from jinli.ui.words import say

PAGE = 200


@dataclass(frozen=True, kw_only=True)
class TokenRow:
    """One token; the token itself is kept nowhere."""

    pk: UUID
    name: str
    hat: str
    town: str
    issued_at: datetime
    expires_at: datetime
    used_on: date | None
    state: str
    live: bool


def token_rows(by: Acting) -> tuple[TokenRow, ...]:
    """Return the newest tokens an administrator answers for. One query besides those that say whose they are."""
    rows = tokens_administered(by).select_related(
        "appointment__person", "appointment__duty__organisation", "appointment__in_name_of", "town"
    )
    return tuple(_row(row, now()) for row in rows[:PAGE])


def _row(row: AccessToken, at: datetime) -> TokenRow:
    state = "revoked" if row.revoked_at else "expired" if row.expires_at <= at else "live"
    return TokenRow(
        pk=row.pk,
        name=row.name,
        hat=appointment_label(row.appointment),
        town=own_name(row.town),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        used_on=row.used_on,
        state=say(f"site.token.{state}"),
        live=state == "live",
    )


def appointment_label(row: Appointment) -> str:
    """Return person, duty and in whose name, in one line."""
    parts = [row.person.name, f"{own_name(row.duty.organisation)} • {own_title(row.duty)}"]
    if row.in_name_of_id != row.duty.organisation_id:
        parts.append(say("town.hat.label", body=own_name(row.in_name_of), kind=say(f"town.hat.{row.hat}")))
    span = span_text(row.valid_from, row.valid_to)
    return say("ui.comma").join([*parts, span] if span else parts)


def appointments_for_tokens(by: Acting) -> list[tuple[str, str]]:
    """Return the appointments that are not over, id and label, as choices."""
    today = now().date()
    rows = appointments_administered(by).filter(person__is_active=True).exclude(valid_to__lt=today)
    rows = rows.select_related("person", "duty__organisation", "in_name_of")
    return [(str(row.pk), appointment_label(row)) for row in rows.order_by("person__name", "id")]
