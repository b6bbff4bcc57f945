"""Loading a pack: once or ten times gives the same town, and what was changed on screen stays."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from jinli.cases import pack as cases_pack
from jinli.exchange import pack as exchange_pack
from jinli.lines.grid import pack as grid_pack
from jinli.lines.grid.models import ClassStandard, RoutingRule, WhistleKind
from jinli.packs.pack import Pack, read_pack
from jinli.packs.sections import CalendarYearRow
from jinli.town import pack as town_pack
from jinli.town.acting import Acting
from jinli.town.loading import LoadReport
from jinli.town.models import Appointment, CalendarYear, Division, Organisation, PackLoad, Person, Place
from jinli.town.pack import load_calendars, load_pack, pack_difference
from jinli.town.selectors import chain_of, town_by_code, work_calendar
from jinli.town.services import edit_place, place_version
from tests.shared import shared

ROOT = Path(__file__).parents[2]
STANDARD = ROOT / "packs/_standard"
SECOND = ROOT / "tests/second_town"
SECTIONS = (*town_pack.SECTIONS, *cases_pack.SECTIONS, *grid_pack.SECTIONS, *exchange_pack.SECTIONS)
AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@cache
def second_town() -> Pack:
    return read_pack(SECOND, standard=STANDARD)


def read(folder: Path = SECOND, *overlays: str) -> Pack:
    if folder == SECOND and not overlays:
        return second_town()
    return read_pack(folder, overlays=[folder / one for one in overlays], standard=STANDARD)


def load(pack: Pack, *, overwrite: bool = False) -> LoadReport:
    return load_pack(pack, sections=SECTIONS, overwrite=overwrite, at=AT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the second town's pack that a test may edit."""
    return Path(shutil.copytree(SECOND, tmp_path / "second_town"))


@shared
def town() -> Division:
    return load(read()).town


def clerk(town: Division, role: str = "administrator") -> Acting:
    return Acting(town=town.pk, roles=frozenset({role}))


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def kinds(report: LoadReport) -> dict[str, str]:
    return {f"{one.section}:{one.key}": one.kind for one in report.changes}


class TestLoading:
    def test_a_second_load_changes_nothing_and_journals_nothing(self) -> None:
        first = load(read())
        assert first.written
        assert PackLoad.objects.count() == 1
        second = load(read())
        assert second.changes == ()
        assert PackLoad.objects.count() == 1

    @pytest.mark.parametrize("overlays", [(), ("demo",)], ids=["facts", "with the demonstration"])
    def test_the_demonstration_town_loads_twice_to_the_same_rows(self, overlays: tuple[str, ...]) -> None:
        pack = read(ROOT / "packs/jinli", *overlays)
        town = load(pack).town
        assert load(pack).changes == ()
        units = Place.objects.filter(town=town, kind__in=("village", "community", "unit"))
        assert (units.filter(status="confirmed").count(), units.filter(status="unknown").count()) == (32, 5)
        assert Place.objects.filter(town=town, kind="grid", status="unknown").count() == 15
        assert town.simulated == bool(overlays)

    def test_the_chain_goes_up_to_the_nation_and_zone_and_settings_are_the_towns(self, town: Division) -> None:
        assert [one.level for one in chain_of(town)] == ["town", "county", "province", "national"]
        assert town.zone == "Asia/Urumqi"
        assert town.settings["warn_share"] == 20
        assert town.settings["lines"] == ["grid"]

    def test_the_journal_of_loads_says_what_was_written(self, town: Division) -> None:
        row = PackLoad.objects.get()
        assert (row.town_id, row.pack, row.version, row.loaded_at) == (town.pk, "second_town", "3", AT)
        assert {"section": "places", "key": "V1", "kind": "new"}.items() <= next(
            one for one in row.changes if one["key"] == "V1"
        ).items()

    def test_a_changed_row_of_the_pack_is_written_and_told(self, town: Division, copy: Path) -> None:
        swap(copy / "organisations.csv", "道路站", "公路站")
        report = load(read(copy))
        assert kinds(report) == {"organisations:roads": "changed"}
        assert report.changes[0].fields == {"name": ("道路站", "公路站")}
        assert Organisation.objects.get(code="roads").name == "公路站"

    def test_two_towns_share_the_nation_and_nothing_else(self) -> None:
        first, second = load(read(ROOT / "packs/jinli", "demo")).town, load(read()).town
        assert chain_of(first)[-1] == chain_of(second)[-1]
        assert not set(chain_of(first)[:-1]) & set(chain_of(second)[:-1])
        assert {one.town_id for one in Place.objects.filter(name="红柳村")} == {second.pk}
        assert load(read(ROOT / "packs/jinli", "demo")).changes == ()

    def test_persons_come_without_password_and_with_their_hats(self) -> None:
        load(read(SECOND, "demo"))
        person = Person.objects.get(username="poplar01")
        assert person.simulated
        assert not person.has_usable_password()
        hats = Appointment.objects.filter(person=person).order_by("pk").values_list("hat", "in_name_of__code")
        assert list(hats) == [("own", "night"), ("entrusted", "herds")]

    def test_the_difference_is_shown_without_writing(self, town: Division, copy: Path) -> None:
        swap(copy / "organisations.csv", "道路站", "公路站")
        found = pack_difference(read(copy), sections=SECTIONS)
        assert [(one.key, one.kind, one.written) for one in found] == [("roads", "changed", False)]
        assert Organisation.objects.get(code="roads").name == "道路站"


class TestEditedOnScreen:
    def fill(self, town: Division, **said: object) -> None:
        place = Place.objects.get(town=town, code="N1")
        edit_place(place, acting=clerk(town), said=said, version=place_version(place), at=AT)

    def test_a_row_filled_in_on_screen_is_kept_by_the_next_load(self, town: Division) -> None:
        self.fill(town, name="新村", source="村民代表会议，2026-08")
        report = load(read())
        assert kinds(report) == {"places:N1": "edited"}
        assert not report.written
        assert Place.objects.get(code="N1").name == "新村"

    def test_it_is_kept_too_when_the_pack_changed_the_same_row(self, town: Division, copy: Path) -> None:
        self.fill(town, name="新村", source="村民代表会议，2026-08")
        swap(copy / "places.csv", "N1,unit,待补", "N1,unit,待定")
        report = load(read(copy))
        assert kinds(report) == {"places:N1": "conflict"}
        assert Place.objects.get(code="N1").name == "新村"
        assert kinds(load(read(copy))) == {"places:N1": "conflict"}

    def test_only_when_told_the_pack_writes_over_it(self, town: Division) -> None:
        self.fill(town, name="新村", source="村民代表会议，2026-08")
        assert [one.key for one in load(read(), overwrite=True).written] == ["N1"]
        assert Place.objects.get(code="N1").name == "待补"
        assert load(read()).changes == ()


class TestEditions:
    def test_a_changed_standard_is_a_new_edition_and_the_old_one_stays(self, town: Division, copy: Path) -> None:
        swap(copy / "grid/class_standards.csv", ",2,working_day", ",3,working_day")
        load(read(copy))
        rows = ClassStandard.objects.filter(division=town, code="S1").order_by("edition")
        assert [(one.edition, one.limit_amount, one.superseded_at) for one in rows] == [(1, 2, AT), (2, 3, None)]
        assert load(read(copy)).changes == ()

    def test_an_unknown_limit_stays_empty(self, town: Division) -> None:
        row = ClassStandard.objects.get(division=town, code="S2")
        assert (row.limit_amount, row.limit_unit, row.status) == (None, "", "unknown")

    def test_routing_of_an_overlay_puts_the_packs_out_of_force(self, town: Division) -> None:
        load(read(SECOND, "demo"))
        in_force = RoutingRule.objects.filter(town=town, superseded_at=None)
        assert [(one.code, one.body.code, one.edition) for one in in_force] == [("*|*|any", "night", 2)]
        assert RoutingRule.objects.filter(town=town).count() == 3

    def test_a_whistle_kind_keeps_its_limits_with_their_sources(self, town: Division) -> None:
        kind = WhistleKind.objects.get(town=town, code="ordinary")
        assert kind.status == "sample"
        assert kind.limits["contact"] == {
            "amount": 24,
            "unit": "urgent_hour",
            "end_rule": "stay",
            "source": "样本（南京鼓楼）",
        }


class TestCalendars:
    def year(
        self, days: tuple[tuple[str, str, bool], ...], papers: tuple[str, ...] = ("国办发明电",)
    ) -> CalendarYearRow:
        return CalendarYearRow(year=2027, papers=papers, days=days)

    def test_the_same_content_makes_no_edition_and_another_makes_the_next(self, town: Division) -> None:
        nation = chain_of(town)[-1]
        assert CalendarYear.objects.get(division=nation, year=2027).published is False
        published = self.year((("2027-01-01", "元旦", True),))
        assert [one.kind for one in load_calendars([published], division=nation, at=AT)] == ["changed"]
        assert load_calendars([published], division=nation, at=AT) == ()
        rows = CalendarYear.objects.filter(division=nation, year=2027).order_by("edition")
        assert [(one.edition, one.published) for one in rows] == [(1, False), (2, True)]

    def test_a_new_edition_is_in_force_at_once_in_every_town_below(self, town: Division) -> None:
        before = work_calendar(town)
        assert before.is_working(date(2027, 1, 1))
        load_calendars([self.year((("2027-01-01", "元旦", True),))], division=chain_of(town)[-1], at=AT)
        town.refresh_from_db()
        assert not work_calendar(town).is_working(date(2027, 1, 1))

    def test_an_unchanged_calendar_costs_no_query(
        self, town: Division, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        work_calendar(town)
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert work_calendar(town) is work_calendar(town)

    def test_it_counts_make_up_days_and_the_office_hours_of_the_town_in_its_own_zone(self, town: Division) -> None:
        calendar = work_calendar(town)
        assert calendar.is_working(date(2026, 9, 20))
        assert not calendar.is_working(date(2026, 10, 1))
        assert str(calendar.zone) == "Asia/Urumqi"
        assert [one.spans[0][0].isoformat("minutes") for one in calendar.hours] == ["10:00", "09:30"]

    def test_the_calendar_years_of_the_national_standard_are_2022_to_2027(self, town: Division) -> None:
        rows = CalendarYear.objects.order_by("year").values_list("year", "published")
        assert list(rows) == [(2022, True), (2023, True), (2024, True), (2025, True), (2026, True), (2027, False)]


def test_a_town_written_as_a_pack_loads_to_identical_rows(tmp_path: Path) -> None:
    from jinli.site.packing import compare_folder, export_town, stored_town

    town = load(read(ROOT / "packs/jinli", "demo")).town
    folder = tmp_path / "again"
    export_town(town, folder)
    before = json.dumps(stored_town(town), default=str, sort_keys=True)
    assert compare_folder(folder, [folder / "demo"]) == ()
    assert json.dumps(stored_town(town), default=str, sort_keys=True) == before


def test_an_export_carries_what_was_filled_in_on_screen_and_the_geometry(town: Division, tmp_path: Path) -> None:
    from jinli.site.packing import export_town

    place = Place.objects.get(town=town, code="N1")
    said = {"name": "新村", "source": "测试", "kind": "village", "population": "88"}
    edit_place(place, acting=clerk(town), said=said, version=place_version(place))
    export_town(town_by_code("659901101"), tmp_path / "out")
    again = read_pack(tmp_path / "out", standard=STANDARD)
    assert {"code": "N1", "name": "新村", "population": 88}.items() <= next(
        {"code": one.code, "name": one.name, "population": one.population}
        for one in again.rows["places"]
        if one.code == "N1"  # type: ignore[attr-defined]
    ).items()
    assert again.geometry_crs == "wgs84"
    assert set(again.geometry) == {"V1", "V2", "K1"}
    with pytest.raises(FileExistsError):
        export_town(town, tmp_path / "out")
