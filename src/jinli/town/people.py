"""Accounts and appointments: who may act in whose name, from which day to which.

Every change is made by an administrator (`by`), or by a pack or demonstration (`by=None`). An administrator looks
after the bodies of the division of the own body and of the divisions below it, no others: whoever puts a person in
the name of a body must answer for that body.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.town.acting import Acting
from jinli.town.models import AccessEntry, Appointment, Duty, Organisation, PackLoad, Person
from jinli.town.moment import now

# No letters or digits that are mistaken for each other when read from paper.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def organisations_administered(by: Acting) -> QuerySet[Organisation]:
    """Return the bodies an administrator answers for; none for anybody else who changes things."""
    if not by.roles & {"administrator", "auditor"} or by.body_id is None:
        return Organisation.objects.none()
    top = Organisation.objects.get(pk=by.body_id).division_id
    up = Q(division=top) | Q(division__parent=top) | Q(division__parent__parent=top)
    up |= Q(division__parent__parent__parent=top) | Q(division__parent__parent__parent__parent=top)
    return Organisation.objects.filter(up)


def people_administered(by: Acting) -> QuerySet[Person]:
    """Return the persons who hold or held a duty in, or act or acted in the name of, a body one answers for."""
    bodies = organisations_administered(by)
    appointments = Appointment.objects.filter(Q(duty__organisation__in=bodies) | Q(in_name_of__in=bodies))
    return Person.objects.filter(pk__in=appointments.values("person"))


def appointments_administered(by: Acting) -> QuerySet[Appointment]:
    """Return the appointments that an administrator may end: those in the name of a body one answers for."""
    return Appointment.objects.filter(in_name_of__in=organisations_administered(by))


def new_password() -> str:
    """Return a random password of 16 characters in four groups, easy to read out, hard to guess (about 78 bits)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def create_person(*, username: str, name: str, password: str | None = None, simulated: bool = False) -> Person:
    """Create an account; without password nobody can sign in with it.

    Raises InvalidInputError for an empty or taken sign-in name and for a weak password.
    """
    username, name = username.strip(), name.strip()
    for field, value in (("username", username), ("name", name)):
        if not value:
            raise InvalidInputError("town.people.empty", field=field)
    if Person.objects.filter(username=username).exists():
        raise InvalidInputError("town.people.username_taken", field="username", username=username)
    person = Person(username=username, name=name, simulated=simulated)
    if password is not None:
        _check_password(person, password)
    person.set_password(password)
    person.save(force_insert=True)
    return person


def set_password(*, person: Person, password: str) -> None:
    """Give a person a new password; every open session of that person ends.

    Raises InvalidInputError for a weak password.
    """
    _check_password(person, password)
    person.set_password(password)
    person.save(update_fields=["password"])


def _check_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise InvalidInputError("town.people.weak_password", field="password", least=10) from error


@transaction.atomic
def reset_password(*, by: Acting, person: Person) -> str:
    """Give a person a random password and return it, to be shown once.

    Raises RefusedError unless every body in whose name the person acts is one the administrator answers for:
    otherwise a town could borrow the account of a district officer.
    """
    require_administrator(by)
    mine = organisations_administered(by)
    if not people_administered(by).filter(pk=person.pk).exists() or (
        person.appointments.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localtime(now()).date()))
        .exclude(in_name_of__in=mine, duty__organisation__in=mine)
        .exists()
    ):
        raise RefusedError("town.people.not_yours")
    password = new_password()
    set_password(person=person, password=password)
    record_on_screen(by, [{"act": "reset_password", "person": str(person.pk)}])
    return password


@transaction.atomic
def appoint(
    *,
    person: Person,
    duty: Duty,
    by: Acting | None = None,
    in_name_of: Organisation | None = None,
    hat: str = Appointment.Hat.OWN,
    deputy_for: Appointment | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Appointment:
    """Give a person a duty from a day to a day, both included; by default in the name of the duty's own body.

    Raises InvalidInputError for days in the wrong order, for a deputy without last day, and for an own hat in
    another body's name; RefusedError for bodies the administrator does not answer for; ConflictError for the same
    appointment given twice.
    """
    body = in_name_of or duty.organisation
    if valid_from and valid_to and valid_to < valid_from:
        raise InvalidInputError("town.people.days_reversed", field="valid_to", first=valid_from, last=valid_to)
    if deputy_for is not None and valid_to is None:
        raise InvalidInputError("town.people.deputy_needs_end", field="valid_to")
    if (hat == Appointment.Hat.OWN) != (body.pk == duty.organisation_id):
        raise InvalidInputError("town.people.hat_body_mismatch", field="in_name_of", body=body.name)
    if by is not None:
        require_administrator(by)
        wanted = {body.pk, duty.organisation_id}
        if organisations_administered(by).filter(pk__in=wanted).count() != len(wanted):
            raise RefusedError("town.people.not_yours")
    row = Appointment(
        person=person,
        duty=duty,
        hat=hat,
        in_name_of=body,
        deputy_for=deputy_for,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    same = Appointment.objects.filter(person=person, duty=duty, hat=hat, in_name_of=body, valid_from=valid_from)
    if same.exists():
        raise ConflictError("town.people.appointed_already")
    row.save(force_insert=True)
    record_on_screen(by, [{"act": "appoint", "appointment": row.pk, "person": str(person.pk), "duty": duty.code}])
    return row


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: date, by: Acting | None = None) -> None:
    """End an appointment; `on` is its last day.

    Raises InvalidInputError when the last day lies before the first, RefusedError for another's appointment.
    """
    if by is not None:
        require_administrator(by)
        if not appointments_administered(by).filter(pk=appointment.pk).exists():
            raise RefusedError("town.people.not_yours")
    if appointment.valid_from and on < appointment.valid_from:
        raise InvalidInputError("town.people.days_reversed", field="on", first=appointment.valid_from, last=on)
    appointment.valid_to = on
    appointment.save(update_fields=["valid_to"])
    record_on_screen(by, [{"act": "end_appointment", "appointment": appointment.pk, "last_day": on.isoformat()}])


def require_administrator(by: Acting) -> None:
    """Refuse anybody but an administrator who may change things. Raises RefusedError."""
    if "administrator" not in by.roles or "auditor" in by.roles:
        raise RefusedError("town.people.administrator_only")


def record_on_screen(by: Acting | None, changes: list[dict[str, object]]) -> None:
    """Write an act of an administrator into the journal of edits on screen; what a pack does is journaled there."""
    if by is not None:
        PackLoad.objects.create(
            town_id=by.town, pack="screen", version="", digest="", loaded_at=now(), changes=changes, by_id=by.person
        )


def read_in_full(acting: Acting, what: str, case_number: str, reason: str) -> AccessEntry:
    """Note in the access log that somebody reads personal data unmasked, before the caller shows them.

    Raises RefusedError for anybody who did not sign in and for auditors, InvalidInputError without a reason.
    """
    if acting.person is None or "auditor" in acting.roles:
        raise RefusedError("town.people.sign_in_to_read")
    if not reason.strip():
        raise InvalidInputError("town.people.reason_needed", field="reason")
    return AccessEntry.objects.create(
        town_id=acting.town,
        person_id=acting.person,
        acting_for_id=acting.body_id,
        what=what[:60],
        case_number=case_number,
        reason=reason.strip()[:300],
        at=now(),
    )
