"""In whose name a person may act today, and in which town.

An appointment is a hat. It counts from its first to its last day, both included, on the calendar of the body in
whose name the person acts, and only while that body and the body of the duty exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q

from jinli.town.acting import Acting
from jinli.town.models import Appointment, Division, Duty, Organisation, Person
from jinli.town.moment import now


@dataclass(frozen=True, kw_only=True)
class Hat:
    """One appointment in force: who one is there, in whose name, and in which towns."""

    appointment: int
    kind: str
    body: Organisation
    duty: Duty
    deputy: bool
    valid_to: date | None
    towns: tuple[Division, ...]


def in_force(row: Appointment | Organisation, day: date) -> bool:
    """Return whether a row that is valid in time counts on a day; first and last day included."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def towns_below(division: Division) -> tuple[Division, ...]:
    """Return the division itself if it is a town, else the towns under it by code."""
    if division.level == Division.Level.TOWN:
        return (division,)
    up = Q(parent=division) | Q(parent__parent=division) | Q(parent__parent__parent=division)
    up |= Q(parent__parent__parent__parent=division)
    return tuple(Division.objects.filter(up, level=Division.Level.TOWN).order_by("code"))


def hats_of(person: Person, today: date | None = None) -> tuple[Hat, ...]:
    """Return the hats of a person, those of the own organisation first.

    `today` defaults to the day it now is where the body is. A body above the towns whose towns are not loaded gives
    no hat: there is nothing to act on.
    """
    rows = person.appointments.select_related("duty__organisation", "in_name_of__division").order_by("id")
    known: dict[int, tuple[Division, ...]] = {}
    hats = []
    for row in rows:
        body = row.in_name_of
        day = today or now().astimezone(ZoneInfo(body.division.zone)).date()
        if not (in_force(row, day) and in_force(body, day) and in_force(row.duty.organisation, day)):
            continue
        if body.division_id not in known:
            known[body.division_id] = towns_below(body.division)
        if known[body.division_id]:
            hats.append(_hat(row, known[body.division_id]))
    return tuple(sorted(hats, key=lambda hat: hat.kind != Appointment.Hat.OWN))


def _hat(row: Appointment, towns: tuple[Division, ...]) -> Hat:
    return Hat(
        appointment=row.pk,
        kind=row.hat,
        body=row.in_name_of,
        duty=row.duty,
        deputy=row.deputy_for_id is not None,
        valid_to=row.valid_to,
        towns=towns,
    )


def wear(hats: tuple[Hat, ...], person: Person, *, appointment: int | None = None, town: int | None = None) -> Acting:
    """Return the acting under the chosen hat and town; unknown choices fall back to the first of each.

    The roles are those of all duties held for the same body: who is both clerk and officer of an office is both.
    Raises LookupError when there is no hat at all.
    """
    if not hats:
        raise LookupError(f"{person.pk} holds no duty today")
    hat = next((one for one in hats if one.appointment == appointment), hats[0])
    place = next((one for one in hat.towns if one.pk == town), hat.towns[0])
    return Acting(
        town=place.pk,
        person=person.pk,
        appointment=hat.appointment,
        body=hat.body.code,
        body_id=hat.body.pk,
        home_id=hat.duty.organisation_id,
        roles=frozenset(one.duty.role for one in hats if one.body.pk == hat.body.pk),
        hat=hat.kind,
        duty=hat.duty.code,
    )


def acting_of(
    person: Person, appointment_id: int | None = None, today: date | None = None, *, town_id: int | None = None
) -> Acting | None:
    """Return how a person acts today under a hat, by default that of the own organisation; None without any duty."""
    hats = hats_of(person, today)
    return wear(hats, person, appointment=appointment_id, town=town_id) if hats else None
