"""A town is data: what the code offers is the same as what packs may say, and another town runs on it unchanged."""

from __future__ import annotations

import pytest

from jinli.domain.limits import Unit
from jinli.packs import sections
from jinli.town import models


@pytest.mark.parametrize(
    ("in_packs", "in_models"),
    [
        (sections.LEVELS, models.Division.Level),
        (sections.STATUSES, models.Status),
        (sections.ORGANISATION_KINDS, models.Organisation.Kind),
        (sections.ROLES, models.Duty.Role),
        (sections.HATS, models.Appointment.Hat),
        (sections.PLACE_KINDS, models.Place.Kind),
        (sections.READINGS[1:], models.Place.Reading),
        (sections.CRS[1:], models.Place.Crs),
        (sections.DUTY_LINE_KINDS, models.DutyLine.Kind),
    ],
)
def test_a_pack_may_say_exactly_what_the_tables_can_hold(
    in_packs: tuple[str, ...], in_models: type[models.models.TextChoices]
) -> None:
    assert set(in_packs) == set(in_models.values)


def test_a_pack_may_give_limits_in_every_unit_but_a_fixed_date() -> None:
    assert set(sections.UNITS) == {str(one) for one in Unit} - {"fixed"}
