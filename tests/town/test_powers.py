"""The register of powers in the town: loaded once or ten times, exported, read by day."""

from __future__ import annotations

from datetime import date

import pytest

from jinli.domain.errors import RefusedError
from jinli.town.competence import competence_of, powers_of
from jinli.town.models import Delegation, DelegationWave, Division
from jinli.town.pack import pack_difference
from tests.shared import shared
from tests.town.test_pack import load, read

pytestmark = pytest.mark.django_db


@shared
def town() -> Division:
    return load(read()).town


def test_a_second_load_changes_nothing(town: Division) -> None:
    assert load(read()).written == ()
    assert [one for one in pack_difference(read()) if one.section in ("waves", "delegations")] == []


def test_what_the_town_may_decide_follows_from_the_day(town: Division) -> None:
    found = competence_of(town, "pasture_permit", date(2023, 1, 1))
    assert (found.decides, found.reviewer, found.instrument) == ("hub", "659901", "县赋权文件 1号")
    for item, day, why in (
        ("pasture_permit", "2022-12-31", "not_yet"),
        ("slaughter_permit", "2025-06-01", "recalled"),
        ("well_registration", "2026-09-01", "unknown"),
        ("dog_licence", "2026-09-01", "none"),
    ):
        with pytest.raises(RefusedError, match=why):
            competence_of(town, item, date.fromisoformat(day))


def test_the_bound_the_wave_and_the_recall_are_kept(town: Division) -> None:
    row = Delegation.objects.get(town=town, code="pasture")
    assert (row.bound_fact, row.bound_most, row.bound_unit) == ("area", 500, "mu")
    assert row.wave == DelegationWave.objects.get(town=town, code="first")
    recalled = Delegation.objects.get(town=town, code="slaughter")
    assert (recalled.in_flight, recalled.effect) == ("finish", "waiting")
    assert len(powers_of(town)) == 3
