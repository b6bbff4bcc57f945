"""Places are valid from a day to a day; what nobody knows is a row one sees."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.packs.pack import Pack, read_pack
from jinli.town.acting import Acting
from jinli.town.locating import locate_point
from jinli.town.models import Division, PackLoad, Place
from jinli.town.pack import load_pack
from jinli.town.selectors import (
    arbitration_offices,
    duty_lines_at,
    grids_at,
    organisation,
    organisations_at,
    place_by_code,
    place_tree,
    places_at,
    town_by_code,
    villages_at,
)
from jinli.town.services import edit_place, place_version
from tests.shared import shared

ROOT = Path(__file__).parents[2]
SEPTEMBER = date(2026, 9, 24)

pytestmark = pytest.mark.django_db


@cache
def second_town() -> Pack:
    return read_pack(ROOT / "tests/second_town", standard=ROOT / "packs/_standard")


@shared
def town() -> Division:
    return load_pack(second_town()).town


def names(places: object) -> list[str]:
    return [one.name for one in places]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param(date(2026, 6, 30), "旧营村", id="the last day still holds"),
        pytest.param(date(2026, 7, 1), "新营村", id="the next day the next row holds"),
    ],
)
def test_a_place_is_found_as_it_was_on_the_day(town: Division, day: date, name: str) -> None:
    assert place_by_code(town, "V3", day).name == name


def test_units_nobody_knows_are_listed_with_the_villages(town: Division) -> None:
    found = villages_at(town, SEPTEMBER)
    assert names(found) == ["胡杨村", "红柳村", "新营村", "待补"]
    assert found.get(code="N1").status == "unknown"


def test_the_tree_puts_cells_under_their_village_and_villages_under_their_cluster(town: Division) -> None:
    tree = place_tree(town, SEPTEMBER)
    assert names(one.place for one in tree) == ["新营村", "待补", "东片", "集市", "网格待补"]
    cluster = next(one for one in tree if one.place.code == "K1")
    assert [(one.place.code, [cell.place.code for cell in one.members]) for one in cluster.members] == [
        ("V1", []),
        ("V2", ["C2"]),
    ]


def test_grids_come_in_three_readings_and_those_nobody_knows_apart(town: Division) -> None:
    grids = grids_at(town, SEPTEMBER)
    assert [names(one) for one in (grids.clusters, grids.cells, grids.extras, grids.unread)] == [
        ["东片"],
        ["红柳村一组"],
        ["集市"],
        ["网格待补"],
    ]


class TestLocating:
    def test_a_point_lies_in_its_village_and_in_the_grid_around_it(self, town: Division) -> None:
        assert [one.code for one in locate_point(town, lon=87.05, lat=44.05, crs="wgs84", day=SEPTEMBER)] == [
            "V1",
            "K1",
        ]

    def test_a_point_on_a_common_border_lies_in_both_villages(self, town: Division) -> None:
        found = locate_point(town, lon=87.1, lat=44.05, crs="wgs84", day=SEPTEMBER)
        assert {one.code for one in found} == {"V1", "V2", "K1"}

    def test_a_point_outside_lies_nowhere(self, town: Division) -> None:
        assert locate_point(town, lon=86.0, lat=44.05, crs="wgs84", day=SEPTEMBER) == ()

    def test_a_border_changed_by_a_load_is_used_at_once(self, town: Division) -> None:
        assert locate_point(town, lon=87.05, lat=44.05, crs="wgs84", day=SEPTEMBER)
        Place.objects.filter(town=town).update(geometry="")
        PackLoad.objects.create(town=town, pack="test", version="", digest="x", loaded_at="2026-09-24T00:00Z")
        assert locate_point(town, lon=87.05, lat=44.05, crs="wgs84", day=SEPTEMBER) == ()

    def test_gcj_02_is_refused_aloud_and_never_taken_for_wgs_84(self, town: Division) -> None:
        with pytest.raises(RefusedError, match=r"town.place.gcj02"):
            locate_point(town, lon=87.05, lat=44.05, crs="gcj02", day=SEPTEMBER)
        Place.objects.filter(code="V1").update(crs="gcj02")
        PackLoad.objects.create(town=town, pack="test", version="", digest="y", loaded_at="2026-09-24T00:00Z")
        with pytest.raises(RefusedError, match=r"town.place.gcj02"):
            locate_point(town, lon=87.05, lat=44.05, crs="wgs84", day=SEPTEMBER)

    @pytest.mark.parametrize(("lon", "lat", "crs"), [(200, 44, "wgs84"), (87, 95, "wgs84"), (87, 44, "bd09")])
    def test_what_is_no_point_is_refused(self, town: Division, lon: float, lat: float, crs: str) -> None:
        with pytest.raises(InvalidInputError):
            locate_point(town, lon=lon, lat=lat, crs=crs, day=SEPTEMBER)


class TestFillingIn:
    def edit(self, where: Division, *, role: str = "administrator", **said: object) -> Place:
        place = Place.objects.get(town=where, code="N1")
        acting = Acting(town=where.pk, roles=frozenset({role}))
        edit_place(place, acting=acting, said=said, version=place_version(place))
        return Place.objects.get(pk=place.pk)

    def test_a_name_with_a_source_makes_an_unknown_row_confirmed_and_is_journaled(self, town: Division) -> None:
        place = self.edit(town, name="新村", kind="village", source="村民代表会议，2026-08", area_km2="3.5")
        assert (place.name, place.kind, place.status, str(place.area_km2)) == ("新村", "village", "confirmed", "3.50")
        row = PackLoad.objects.filter(pack="screen").get()
        assert row.changes[0]["key"] == "N1"
        assert row.changes[0]["fields"]["name"] == ["待补", "新村"]

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            pytest.param({"name": "新村"}, "town.place.source_missing", id="a name without source"),
            pytest.param({"name": " ", "source": "x"}, "town.place.name_missing", id="an empty name"),
            pytest.param({"kind": "castle"}, "town.place.bad_value", id="a kind nobody knows"),
            pytest.param({"population": "many"}, "town.place.bad_value", id="a population that is no number"),
            pytest.param({"town": 1}, "town.place.no_such_field", id="a field that is not for the screen"),
        ],
    )
    def test_what_does_not_fit_is_refused_and_nothing_is_written(
        self, town: Division, said: dict[str, object], code: str
    ) -> None:
        with pytest.raises(InvalidInputError) as refused:
            self.edit(town, **said)
        assert refused.value.code == code
        assert Place.objects.get(code="N1").name == "待补"
        assert not PackLoad.objects.filter(pack="screen").exists()

    def test_only_administrator_and_command_centre_of_the_town_may(self, town: Division) -> None:
        with pytest.raises(RefusedError, match=r"town.place.not_yours"):
            self.edit(town, role="auditor", name="新村", source="x")
        place = Place.objects.get(code="N1")
        elsewhere = Acting(town=town.pk + 1, roles=frozenset({"administrator"}))
        with pytest.raises(RefusedError, match=r"town.place.not_yours"):
            edit_place(place, acting=elsewhere, said={"name": "x"}, version=place_version(place))

    def test_a_page_opened_before_somebody_elses_edit_loses(self, town: Division) -> None:
        place = Place.objects.get(code="N1")
        seen = place_version(place)
        self.edit(town, population="5")
        with pytest.raises(ConflictError, match=r"town.place.changed_meanwhile"):
            edit_place(
                place,
                acting=Acting(town=town.pk, roles=frozenset({"command_centre"})),
                said={"population": "6"},
                version=seen,
            )


class TestBodies:
    def test_a_town_sees_its_own_bodies_and_those_above(self, town: Division) -> None:
        assert organisation(town, "herds").division.level == "county"
        assert names(organisations_at(town, SEPTEMBER))[:2] == ["联动中心", "道路站"]
        with pytest.raises(InvalidInputError, match=r"town.no_such_body"):
            organisation(town, "nobody")

    def test_a_county_does_not_see_the_bodies_of_its_towns(self, town: Division) -> None:
        assert town.parent is not None
        with pytest.raises(InvalidInputError):
            organisation(town.parent, "hub")

    def test_arbitration_sits_above_the_town(self, town: Division) -> None:
        assert names(arbitration_offices(town, SEPTEMBER)) == ["县协调办"]

    def test_a_line_of_the_duty_list_names_its_lead(self, town: Division) -> None:
        line = duty_lines_at(town, SEPTEMBER).get()
        assert line.lead is not None
        assert (line.kind, line.lead.code) == ("cooperating", "herds")


def test_what_is_not_there_is_said_by_name() -> None:
    with pytest.raises(InvalidInputError, match=r"town.no_such_town"):
        town_by_code("1")


def test_no_place_of_another_town_is_ever_listed(town: Division) -> None:
    pack = read_pack(ROOT / "packs/jinli", standard=ROOT / "packs/_standard")
    other = load_pack(pack).town
    assert {one.town_id for one in places_at(other, SEPTEMBER)} == {other.pk}
    assert places_at(town, SEPTEMBER).count() == 8
