"""What a process remembers of a town stands as long as the town's stamp, whoever changed it."""

from __future__ import annotations

import pytest

from jinli.town.models import Division
from jinli.town.stamps import renew_time_stamps, under_stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Division:
    return Division.objects.create(code="441204", level=Division.Level.COUNTY, name="某区")


@pytest.fixture
def town(county: Division) -> Division:
    return Division.objects.create(code="441204115", level=Division.Level.TOWN, name="某镇", parent=county)


def test_what_was_read_stands_until_the_stamp_above_is_renewed(county: Division, town: Division) -> None:
    read = []

    @under_stamp
    def named(division: Division, prefix: str) -> str:
        read.append(division.pk)
        return prefix + Division.objects.get(pk=division.pk).name

    assert [named(town, "a"), named(town, "a"), named(town, "b")] == ["a某镇", "a某镇", "b某镇"]
    assert len(read) == 2
    Division.objects.filter(pk=town.pk).update(name="新镇")
    renew_time_stamps(county)  # as another process would
    assert named(town, "a") == "a某镇"  # the row in hand is the old one
    assert named(Division.objects.get(pk=town.pk), "a") == "a新镇"
    named.forget()
    assert named(town, "a") == "a新镇"


def test_towns_do_not_share_what_is_remembered(county: Division, town: Division) -> None:
    @under_stamp
    def named(division: Division) -> str:
        return division.name

    assert (named(town), named(county)) == ("某镇", "某区")


def test_by_name_nothing_can_be_asked(town: Division) -> None:
    @under_stamp
    def named(division: Division, prefix: str) -> str:
        return prefix + division.name

    with pytest.raises(TypeError, match="by position"):
        named(town, prefix="a")
