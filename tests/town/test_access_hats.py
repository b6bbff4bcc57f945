"""In whose name a person acts: one appointment is one hat, from its first to its last day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jinli.town.hats import acting_of, hats_of
from jinli.town.models import Division, Organisation
from jinli.town.moment import frozen_at
from tests.shared import shared
from tests.town.small_town import SmallTown, build, hold

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 28)


@shared
def town() -> SmallTown:
    return build()


def test_the_default_hat_is_the_own_organisation(town: SmallTown) -> None:
    clerk = town.person("command_centre")
    hold(clerk, town.duty("command_centre"), hat="zone", in_name_of=town.body("zone"))
    acting = acting_of(clerk, today=TODAY)
    assert acting is not None
    assert (acting.body, acting.hat, acting.duty) == ("command", "own", "command_centre")
    assert acting.roles == {"command_centre"}
    assert acting.town == town.division.pk


def test_one_person_may_wear_two_hats(town: SmallTown) -> None:
    clerk = town.person("command_centre")
    zone = hold(clerk, town.duty("command_centre"), hat="zone", in_name_of=town.body("zone"))
    assert [hat.body.code for hat in hats_of(clerk, TODAY)] == ["command", "zone"]
    acting = acting_of(clerk, zone.pk, TODAY)
    assert acting is not None
    assert (acting.body, acting.hat, acting.body_id) == ("zone", "zone", town.body("zone").pk)
    assert acting.home_id == town.body("command").pk


def test_roles_are_those_held_for_the_same_body_only(town: SmallTown) -> None:
    clerk = town.person("command_centre")
    zone = hold(clerk, town.duty("town_head"), hat="zone", in_name_of=town.body("zone"))
    own, in_zone = acting_of(clerk, today=TODAY), acting_of(clerk, zone.pk, TODAY)
    assert own is not None
    assert in_zone is not None
    assert own.roles == {"command_centre"}
    assert in_zone.roles == {"town_head"}


def test_two_duties_for_one_body_add_up(town: SmallTown) -> None:
    head = town.person("town_head")
    hold(head, town.duty("administrator"))
    acting = acting_of(head, today=TODAY)
    assert acting is not None
    assert acting.roles == {"town_head", "administrator"}


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        pytest.param(date(2026, 8, 31), False, id="the day before the first"),
        pytest.param(date(2026, 9, 1), True, id="the first day"),
        pytest.param(date(2026, 9, 30), True, id="the last day"),
        pytest.param(date(2026, 10, 1), False, id="the day after the last"),
    ],
)
def test_an_appointment_counts_from_its_first_to_its_last_day(town: SmallTown, day: date, counts: bool) -> None:
    clerk = town.person("grid_worker")
    clerk.appointments.update(valid_from=date(2026, 9, 1), valid_to=date(2026, 9, 30))
    assert (acting_of(clerk, today=day) is not None) == counts


def test_an_expired_appointment_gives_nothing_even_when_asked_for(town: SmallTown) -> None:
    clerk = town.person("command_centre")
    zone = hold(
        clerk, town.duty("command_centre"), hat="zone", in_name_of=town.body("zone"), valid_to=date(2026, 9, 27)
    )
    acting = acting_of(clerk, zone.pk, TODAY)
    assert acting is not None
    assert acting.body == "command"


def test_a_deputy_acts_within_the_days_named(town: SmallTown) -> None:
    head = town.person("town_head").appointments.get()
    deputy = town.person("command_centre")
    row = hold(
        deputy, town.duty("town_head"), deputy_for=head, valid_from=date(2026, 9, 28), valid_to=date(2026, 9, 29)
    )
    during, after = acting_of(deputy, row.pk, TODAY), acting_of(deputy, row.pk, date(2026, 9, 30))
    assert during is not None
    assert after is not None
    assert "town_head" in during.roles
    assert "town_head" not in after.roles
    assert hats_of(deputy, TODAY)[1].deputy


def test_nobody_acts_in_the_name_of_an_abolished_body(town: SmallTown) -> None:
    Organisation.objects.filter(pk=town.body("water").pk).update(valid_to=date(2026, 9, 27))
    assert acting_of(town.person("department_officer"), today=TODAY) is None


def test_the_day_is_that_of_the_place_where_the_body_is(town: SmallTown) -> None:
    Division.objects.filter(pk=town.division.pk).update(zone="America/New_York")
    clerk = town.person("town_head")
    clerk.appointments.update(valid_to=date(2026, 9, 27))
    with frozen_at(datetime(2026, 9, 28, 2, 0, tzinfo=UTC)):
        assert acting_of(clerk) is not None
    with frozen_at(datetime(2026, 9, 28, 5, 0, tzinfo=UTC)):
        assert acting_of(clerk) is None


def test_district_people_act_in_one_of_the_towns_below_them(town: SmallTown) -> None:
    second = Division.objects.create(code="990101002", level="town", name="丙镇", parent=town.county)
    officer = town.person("department_officer")
    assert [one.code for one in hats_of(officer, TODAY)[0].towns] == ["990101001", "990101002"]
    first, chosen = acting_of(officer, today=TODAY), acting_of(officer, today=TODAY, town_id=second.pk)
    assert first is not None
    assert chosen is not None
    assert (first.town, chosen.town) == (town.division.pk, second.pk)


def test_a_town_of_another_county_cannot_be_chosen(town: SmallTown) -> None:
    acting = acting_of(town.person("arbiter"), today=TODAY, town_id=town.neighbour.division.pk)
    assert acting is not None
    assert acting.town == town.division.pk


def test_hats_cost_the_same_however_many_there_are(town: SmallTown, django_assert_num_queries: object) -> None:
    clerk = town.person("command_centre")
    for body in ("zone", "village", "audit"):
        hold(clerk, town.duty("command_centre"), hat="entrusted", in_name_of=town.body(body))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(hats_of(clerk, TODAY)) == 4
