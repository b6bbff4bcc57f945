"""Accounts and appointments: an administrator answers for the own division and what is below it, for nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from jinli.domain.errors import ConflictError, DomainError, InvalidInputError, RefusedError
from jinli.town.acting import resident
from jinli.town.models import AccessEntry, Appointment, Duty, PackLoad, Person
from jinli.town.people import (
    appoint,
    create_person,
    end_appointment,
    new_password,
    people_administered,
    read_in_full,
    reset_password,
    set_password,
)
from tests.shared import shared
from tests.town.small_town import SmallTown, build, hold

pytestmark = pytest.mark.django_db


@shared
def town() -> SmallTown:
    return build()


def test_a_person_is_created_with_a_password_that_works() -> None:
    person = create_person(username="li", name="李某（演示）", password="a long enough one")
    assert Person.objects.get(username="li").check_password("a long enough one")
    assert person.name == "李某（演示）"


def test_without_password_nobody_can_sign_in() -> None:
    assert not create_person(username="li", name="李某（演示）").has_usable_password()


@pytest.mark.parametrize(
    ("username", "name", "password", "code", "field"),
    [
        pytest.param("", "某", None, "town.people.empty", "username", id="no sign-in name"),
        pytest.param("li", " ", None, "town.people.empty", "name", id="no name"),
        pytest.param("a-auditor", "某", None, "town.people.username_taken", "username", id="taken"),
        pytest.param("li", "某", "short", "town.people.weak_password", "password", id="too short"),
        pytest.param("li", "某", "1234567890", "town.people.weak_password", "password", id="too common"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    town: SmallTown, username: str, name: str, password: str | None, code: str, field: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        create_person(username=username, name=name, password=password)
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


def test_every_generated_password_is_new_and_strong_enough(town: SmallTown) -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        set_password(person=town.person("auditor"), password=password)


def test_an_appointment_is_journaled_with_who_made_it(town: SmallTown) -> None:
    by = town.acting("administrator")
    row = appoint(by=by, person=town.person("auditor"), duty=town.duty("grid_worker"), valid_from=date(2026, 9, 1))
    assert row.in_name_of == town.body("village")
    entry = PackLoad.objects.get(pack="screen")
    assert entry.by == town.person("administrator")
    assert entry.changes[0]["act"] == "appoint"


@pytest.mark.parametrize("role", [role for role in Duty.Role.values if role != "administrator"])
def test_only_an_administrator_appoints(town: SmallTown, role: str) -> None:
    with pytest.raises(RefusedError, match=r"town\.people\.administrator_only"):
        appoint(by=town.acting(role), person=town.person("auditor"), duty=town.duty("grid_worker"))


@pytest.mark.parametrize("whose", ["county", "neighbour"])
def test_a_town_does_not_appoint_in_the_name_of_others(town: SmallTown, whose: str) -> None:
    duty = town.duty("department_officer") if whose == "county" else town.neighbour.duty("town_head")
    with pytest.raises(RefusedError, match=r"town\.people\.not_yours"):
        appoint(by=town.acting("administrator"), person=town.person("auditor"), duty=duty)
    with pytest.raises(RefusedError, match=r"town\.people\.not_yours"):
        appoint(
            by=town.acting("administrator"),
            person=town.person("auditor"),
            duty=town.duty("grid_worker"),
            hat="entrusted",
            in_name_of=duty.organisation,
        )


def test_an_administrator_of_the_county_answers_for_its_towns_too(town: SmallTown) -> None:
    duty = Duty.objects.create(organisation=town.body("water"), code="admin", title="管理员", role="administrator")
    person = town.person("department_head")
    person.appointments.all().delete()
    hold(person, duty)
    assert appoint(by=town.acting("department_head"), person=person, duty=town.duty("grid_worker")).pk


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param(
            {"valid_from": date(2026, 9, 2), "valid_to": date(2026, 9, 1)},
            "town.people.days_reversed",
            id="days reversed",
        ),
        pytest.param({"hat": "zone"}, "town.people.hat_body_mismatch", id="a zone hat without the zone"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(town: SmallTown, facts: dict[str, object], code: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        appoint(person=town.person("auditor"), duty=town.duty("grid_worker"), **facts)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_deputy_needs_a_last_day(town: SmallTown) -> None:
    held = town.person("town_head").appointments.get()
    with pytest.raises(InvalidInputError, match="deputy_needs_end"):
        appoint(person=town.person("auditor"), duty=town.duty("town_head"), deputy_for=held)


def test_the_same_appointment_is_not_entered_twice(town: SmallTown) -> None:
    appoint(person=town.person("auditor"), duty=town.duty("grid_worker"))
    with pytest.raises(ConflictError, match="appointed_already"):
        appoint(person=town.person("auditor"), duty=town.duty("grid_worker"))


def test_an_appointment_ends_and_stays(town: SmallTown) -> None:
    row = town.person("grid_worker").appointments.get()
    end_appointment(by=town.acting("administrator"), appointment=row, on=date(2026, 9, 30))
    assert Appointment.objects.get(pk=row.pk).valid_to == date(2026, 9, 30)


def test_a_town_does_not_end_an_appointment_of_the_county(town: SmallTown) -> None:
    row = town.person("arbiter").appointments.get()
    with pytest.raises(RefusedError, match="not_yours"):
        end_appointment(by=town.acting("administrator"), appointment=row, on=date(2026, 9, 30))
    assert Appointment.objects.get(pk=row.pk).valid_to is None


def test_a_reset_password_replaces_the_old_one(town: SmallTown) -> None:
    password = reset_password(by=town.acting("administrator"), person=town.person("grid_worker"))
    assert Person.objects.get(pk=town.person("grid_worker").pk).check_password(password)


def test_a_town_cannot_borrow_the_account_of_a_district_officer(town: SmallTown) -> None:
    officer = town.person("department_officer")
    with pytest.raises(RefusedError, match="not_yours"):
        reset_password(by=town.acting("administrator"), person=officer)
    hold(officer, town.duty("grid_worker"))
    with pytest.raises(RefusedError, match="not_yours"):
        reset_password(by=town.acting("administrator"), person=officer)


def test_an_administrator_sees_the_people_of_the_own_bodies_only(town: SmallTown) -> None:
    seen = set(people_administered(town.acting("administrator")).values_list("username", flat=True))
    assert "a-village_officer" in seen
    assert not {"a-arbiter", "a-department_officer", "b-village_officer"} & seen


def test_reading_in_full_is_written_to_the_access_log(town: SmallTown) -> None:
    read_in_full(town.acting("command_centre"), "telephone", "网2026-00001", "回访报告人")
    entry = AccessEntry.objects.get()
    assert (entry.person, entry.acting_for, entry.town) == (
        town.person("command_centre"),
        town.body("command"),
        town.division,
    )
    assert (entry.what, entry.case_number, entry.reason) == ("telephone", "网2026-00001", "回访报告人")


def test_nothing_is_read_in_full_without_a_reason_or_without_signing_in(town: SmallTown) -> None:
    for acting, reason in (
        (town.acting("command_centre"), "  "),
        (resident(town.division.pk), "想看"),
        (town.acting("auditor"), "抽查"),
    ):
        with pytest.raises(DomainError):
            read_in_full(acting, "telephone", "网2026-00001", reason)
    assert not AccessEntry.objects.exists()
