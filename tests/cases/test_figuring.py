"""Published figures: counted for the town, released by the town head value by value, revocable, with their history."""

from __future__ import annotations

from datetime import datetime

import pytest

from jinli.cases.figures import figures_for
from jinli.cases.models import Figure
from jinli.cases.services.figuring import Value, publish_figure, release_figure, revoke_figure
from jinli.domain.errors import DomainError
from jinli.domain.rates import Audience, Rate
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at, build
from tests.shared import shared

COUNTED_AT = at("2026-10-08 09:00")


@shared
def small() -> Small:
    return build()


def value(kept: int = 18, total: int = 20, code: str = "on_time_own", as_of: datetime = COUNTED_AT) -> Value:
    rate = Rate(code=code, numerator=kept, denominator=total, excluded={"void": 2, "right": 1})
    query = {"part": f"{code}.total", "as_of": as_of.isoformat()}
    return Value(rate=rate, period="2026-09", filter=query, as_of=as_of)


def published(small: Small, **more: object) -> Figure:
    with frozen_at(COUNTED_AT):
        return publish_figure(acting=small.command, town=small.town, value=value(**more))  # type: ignore[arg-type]


def released(small: Small, row: Figure, audience: str = "public") -> Figure:
    with frozen_at(at("2026-10-08 10:00")):
        return release_figure(acting=small.head, figure=row.pk, audience=audience, as_of=row.as_of)


def seen_by(small: Small, reader: Audience) -> list[str]:
    return list(figures_for(small.town, reader).values_list("code", flat=True))


def test_a_counted_value_is_for_the_town_until_it_is_released(small: Small) -> None:
    row = published(small)
    assert (row.numerator, row.denominator, row.excluded, row.parts) == (18, 20, 3, {"void": 2, "right": 1})
    assert row.filter["as_of"] == COUNTED_AT.isoformat()
    seen = {reader: seen_by(small, reader) for reader in Audience}
    assert seen[Audience.TOWN] == ["on_time_own"]
    assert seen[Audience.DISTRICT] == []
    assert seen[Audience.PUBLIC] == []


def test_the_town_head_releases_and_takes_back_and_the_row_keeps_who_did_what(small: Small) -> None:
    row = released(small, published(small))
    assert seen_by(small, Audience.PUBLIC) == ["on_time_own"]
    with frozen_at(at("2026-10-09 10:00")):
        row = revoke_figure(acting=small.head, figure=row.pk)
    assert seen_by(small, Audience.PUBLIC) == []
    assert [one["act"] for one in row.history] == ["publish", "release", "revoke"]
    assert [one["duty"] for one in row.history] == ["command_centre", "town_head", "town_head"]
    assert [one["audience"] for one in row.history] == ["town", "public", "town"]
    assert row.history[1]["person"] == str(small.people["head"].pk)
    assert row.revoked_at is not None


def test_a_release_to_the_district_is_not_one_to_the_public(small: Small) -> None:
    released(small, published(small), "district")
    assert seen_by(small, Audience.DISTRICT) == ["on_time_own"]
    assert seen_by(small, Audience.PUBLIC) == []


def test_a_release_holds_for_one_value_only(small: Small) -> None:
    row = released(small, published(small))
    again = published(small)
    assert again.audience == "public"  # the same value, counted again, is the same
    newer = published(small, kept=17)
    assert (newer.pk, newer.audience, newer.released_at) == (row.pk, "town", None)
    assert seen_by(small, Audience.PUBLIC) == []
    assert [one["numerator"] for one in newer.history] == [18, 18, 17]


def test_nobody_releases_a_value_they_have_not_seen(small: Small) -> None:
    row = published(small)
    with pytest.raises(DomainError, match=r"cases\.figure\.changed"):
        release_figure(acting=small.head, figure=row.pk, audience="public", as_of=at("2026-10-08 08:00"))


@pytest.mark.parametrize("who", ["command", "grid", "water"])
def test_only_the_town_head_releases(small: Small, who: str) -> None:
    row = published(small)
    with pytest.raises(DomainError, match=r"cases\.figure\.not_yours"):
        release_figure(acting=getattr(small, who), figure=row.pk, audience="public", as_of=row.as_of)
    with pytest.raises(DomainError, match=r"cases\.figure\.not_yours"):
        revoke_figure(acting=getattr(small, who), figure=row.pk)
    row.refresh_from_db()
    assert [one["act"] for one in row.history] == ["publish"]


@pytest.mark.parametrize("who", ["grid", "water"])
def test_only_command_centre_and_town_head_count(small: Small, who: str) -> None:
    with pytest.raises(DomainError, match=r"cases\.figure\.not_yours"):
        publish_figure(acting=getattr(small, who), town=small.town, value=value())
    assert not Figure.objects.exists()


@pytest.mark.parametrize("code", ["satisfaction", "whistle", "on_time"])
def test_ratings_whistles_and_departments_are_not_for_the_public(small: Small, code: str) -> None:
    row = published(small, code=code)
    with pytest.raises(DomainError, match=r"cases\.figure\.not_for_them"):
        released(small, row)
    assert released(small, row, "district").audience == "district"


@pytest.mark.parametrize("audience", ["town", "unit", "everybody"])
def test_a_release_is_always_to_somebody_wider_than_the_town(small: Small, audience: str) -> None:
    row = published(small)
    with pytest.raises(DomainError, match=r"cases\.figure\.audience"):
        released(small, row, audience)


def test_what_is_not_released_cannot_be_taken_back(small: Small) -> None:
    row = published(small)
    with pytest.raises(DomainError, match=r"cases\.figure\.not_released"):
        revoke_figure(acting=small.head, figure=row.pk)


def test_the_head_of_another_town_finds_no_such_figure(small: Small) -> None:
    row = published(small)
    other = build("990202001")
    with pytest.raises(Figure.DoesNotExist):
        release_figure(acting=other.head, figure=row.pk, audience="public", as_of=row.as_of)
    with pytest.raises(DomainError, match=r"cases\.figure\.not_yours"):
        publish_figure(acting=other.command, town=small.town, value=value())


def test_a_figure_that_nobody_defined_is_not_published(small: Small) -> None:
    with pytest.raises(DomainError, match="no_such_figure"):
        published(small, code="best_village")


def test_a_unit_sees_its_own_figures_and_no_other_units(small: Small) -> None:
    own = small.organisations["command"].pk
    held = Value(rate=value().rate, period="2026-09", filter={}, as_of=COUNTED_AT, body=own, audience=Audience.UNIT)
    publish_figure(acting=small.command, town=small.town, value=held)
    assert figures_for(small.town, Audience.UNIT, body=own).count() == 1
    assert figures_for(small.town, Audience.UNIT, body=small.organisations["village"].pk).count() == 0
    assert figures_for(small.town, Audience.TOWN).count() == 0
