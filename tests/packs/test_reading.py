"""A pack is read strictly, and one run shows everything that is wrong with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jinli.packs.faults import Fault, PackRefusedError
from jinli.packs.pack import Pack, inspect_pack, read_pack
from jinli.packs.sections import ClassStandardRow, OrganisationRow, PersonRow, PlaceRow, RoutingRow

ROOT = Path(__file__).parents[2]
STANDARD = ROOT / "packs/_standard"
SECOND = ROOT / "tests/second_town"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a copy of the second town's pack that a test may spoil."""
    return Path(shutil.copytree(SECOND, tmp_path / "second_town"))


def faults_in(folder: Path, *overlays: Path) -> tuple[Fault, ...]:
    return inspect_pack(folder, overlays=overlays, standard=STANDARD)[1]


def codes_in(folder: Path, *overlays: Path) -> list[str]:
    return [one.code for one in faults_in(folder, *overlays)]


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(path: Path, line: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def test_a_good_pack_has_no_fault_and_says_what_is_in_it() -> None:
    found = read_pack(SECOND, standard=STANDARD)
    assert found.head.zone == "Asia/Urumqi"
    assert found.settings.warn_share == 20
    assert [one.spans[0] for one in found.office_hours] == [("10:00", "14:00"), ("09:30", "13:30")]
    assert found.section("places", PlaceRow)[5].members == ("V1", "V2")
    assert [one.code for one in found.whistle_kinds] == ["ordinary"]
    assert found.whistle_kinds[0].limits["sign_in"].unit == "working_hour"
    assert "whistle" in found.procedures
    assert not found.simulated


def test_five_faults_give_five_messages_in_one_run(pack: Path) -> None:
    swap(pack / "places.csv", "2026-07-01", "2026/7/1")
    swap(pack / "organisations.csv", "department", "bureau")
    swap(pack / "grid/class_standards.csv", "2,working_day", "two,working_day")
    swap(pack / "grid/routing.csv", "roads", "streets")
    add(pack / "duty_lines.csv", ",D1,2,重复,basic,,,,,,")
    found = faults_in(pack)
    told = {(one.file, one.row, one.code, one.found) for one in found}
    assert told >= {
        ("places.csv", 5, "packs.not_a_date", "2026/7/1"),
        ("organisations.csv", 5, "packs.not_a_choice", "bureau"),
        ("grid/class_standards.csv", 2, "packs.not_a_number", "two"),
        ("grid/routing.csv", 3, "packs.unknown_reference", "streets"),
        ("duty_lines.csv", 3, "packs.duplicate", "D1"),
    }
    assert all(one.expected for one in found if one.code in ("packs.not_a_date", "packs.not_a_choice"))


def test_reading_a_faulty_pack_raises_with_every_fault(pack: Path) -> None:
    swap(pack / "town.yaml", "Asia/Urumqi", "Asia/Nowhere")
    swap(pack / "places.csv", "2026-07-01", "2026-02-30")
    with pytest.raises(PackRefusedError) as refused:
        read_pack(pack, standard=STANDARD)
    assert {one.code for one in refused.value.faults} == {"packs.unknown_zone", "packs.not_a_date"}


def spoil(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda pack: swap(pack / path, old, new)


def more(path: str, line: str) -> Callable[[Path], None]:
    return lambda pack: add(pack / path, line)


@pytest.mark.parametrize(
    ("harm", "code", "file", "field"),
    [
        pytest.param(
            spoil("town.yaml", "warn_share", "warn_shares"),
            "packs.unknown_field",
            "town.yaml",
            "settings.warn_shares",
            id="a key nobody reads, in YAML",
        ),
        pytest.param(
            spoil("duties.csv", "title_en", "title_english"),
            "packs.unknown_field",
            "duties.csv",
            "title_english",
            id="a column nobody reads, in a table",
        ),
        pytest.param(
            spoil("town.yaml", "warn_share: 20", "warn_share: 20\n  warn_share: 30"),
            "packs.field_twice",
            "town.yaml",
            "warn_share",
            id="a key given twice",
        ),
        pytest.param(
            spoil("town.yaml", "warn_share: 20", "warn_share: 120"),
            "packs.out_of_range",
            "town.yaml",
            "settings.warn_share",
            id="a share above the whole",
        ),
        pytest.param(
            spoil("town.yaml", "10:00-14:00", "10:00-9:00"),
            "packs.not_hours",
            "town.yaml",
            "office_hours.spans",
            id="office hours that end before they begin",
        ),
        pytest.param(
            spoil("town.yaml", 'town: "659901101"', 'town: "659901102"'),
            "packs.chain_order",
            "town.yaml",
            "divisions.code",
            id="a chain that ends in another town",
        ),
        pytest.param(
            spoil("organisations.csv", "659901,referee", ",referee"),
            "packs.arbitration_in_town",
            "organisations.csv",
            "division",
            id="an arbitration office of the town itself",
        ),
        pytest.param(
            more("duties.csv", "herds,judge,裁定,Judge,arbiter"),
            "packs.arbiter_elsewhere",
            "duties.csv",
            "role",
            id="an arbiter in a department",
        ),
        pytest.param(
            spoil("organisations.csv", "station,hub,", "station,roads,"),
            "packs.parent_loop",
            "organisations.csv",
            "parent",
            id="a body above itself",
        ),
        pytest.param(
            more("places.csv", "V9,village,某村,,,9,,,,,,,87.05,,wgs84,,"),
            "packs.half_a_point",
            "places.csv",
            "point_lon",
            id="a longitude without latitude",
        ),
        pytest.param(
            more("places.csv", "V9,village,某村,,,9,,,,,,,87.05,44.05,,,"),
            "packs.crs_missing",
            "places.csv",
            "crs",
            id="a point without coordinate system",
        ),
        pytest.param(
            more("places.csv", "V9,village,某村,,,9,,,,,,,,,,2026-02-01,2026-01-01"),
            "packs.ends_before_begin",
            "places.csv",
            "valid_to",
            id="a place that ends before it begins",
        ),
        pytest.param(
            spoil("places.geojson", '"coordinates": "wgs84"', '"x": 1'),
            "packs.crs_missing",
            "places.geojson",
            "coordinates",
            id="borders without coordinate system",
        ),
        pytest.param(
            spoil(
                "places.geojson", "[87.1, 44.0], [87.1, 44.1], [87.0, 44.1]", "[87.1, 44.1], [87.1, 44.0], [87.0, 44.1]"
            ),
            "packs.invalid_geometry",
            "places.geojson",
            "features[1] V1",
            id="a border that crosses itself",
        ),
        pytest.param(
            spoil("grid/class_standards.csv", ",2,working_day", ",2,"),
            "packs.half_a_limit",
            "grid/class_standards.csv",
            "limit_amount + limit_unit",
            id="an amount without unit",
        ),
        pytest.param(
            spoil("grid/class_standards.csv", ",unknown,", ",sample,"),
            "packs.limit_against_status",
            "grid/class_standards.csv",
            "status",
            id="no limit, and not said to be unknown",
        ),
        pytest.param(
            spoil("grid/whistle_kinds.yaml", "ordinary", "extraordinary"),
            "packs.unknown_reference",
            "grid/whistle_kinds.yaml",
            "adopt",
            id="a sample that is not offered",
        ),
        pytest.param(
            spoil("duties.csv", "hub,desk", "hub2,desk"),
            "packs.unknown_reference",
            "duties.csv",
            "organisation",
            id="a post in no organisation",
        ),
        pytest.param(
            more("organisations.csv", ",hub,另一个,,office,,,,,"),
            "packs.duplicate",
            "organisations.csv",
            "code",
            id="a code given twice",
        ),
        pytest.param(
            more("organisations.csv", ",new,名称,里有,逗号,office,,,,,,测试"),
            "packs.too_many_cells",
            "organisations.csv",
            "",
            id="a comma that is not in quotes",
        ),
        pytest.param(
            more("organisations.csv", ",new,,,office,,,,,"), "packs.missing", "organisations.csv", "name", id="no name"
        ),
    ],
)
def test_each_fault_names_file_row_and_field(
    pack: Path, harm: Callable[[Path], None], code: str, file: str, field: str
) -> None:
    harm(pack)
    found = [one for one in faults_in(pack) if one.code == code]
    assert [(one.file, one.field) for one in found] == [(file, field)]
    assert found[0].row > 0 or file.endswith(".geojson")


def test_a_whistle_kind_that_lacks_a_limit_its_procedure_asks_for_is_refused(pack: Path) -> None:
    (pack / "grid/whistle_kinds.yaml").write_text(
        "kinds:\n  - code: short\n    name: 短哨\n    procedure: whistle\n    blown_by: [command_centre]\n"
        "    source: 测试\n    limits:\n      sign_in: {amount: 1, unit: working_hour}\n"
        "      singing: {amount: 1, unit: working_hour}\n",
        encoding="utf-8",
    )
    found = faults_in(pack)
    missing = {one.expected for one in found if one.code == "packs.limit_missing"}
    assert {"contact", "refuse", "arbitrate", "report", "rework", "supervision"} <= missing
    assert "sign_in" not in missing
    assert [one.found for one in found if one.code == "packs.limit_not_asked"] == ["singing"]


def test_a_table_saved_by_a_spreadsheet_with_byte_order_mark_reads_the_same(pack: Path) -> None:
    before = read_pack(pack, standard=STANDARD)
    for path in pack.rglob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_pack(pack, standard=STANDARD).digest == before.digest


def test_a_table_in_another_encoding_is_refused_and_the_rest_still_read(pack: Path) -> None:
    path = pack / "organisations.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    swap(pack / "places.csv", "2026-07-01", "July")
    assert {"packs.not_utf8", "packs.not_a_date"} <= set(codes_in(pack))


def test_codes_keep_their_zeros_and_words_stay_words(pack: Path) -> None:
    swap(pack / "town.yaml", 'version: "3"', "version: 010")
    add(pack / "organisations.csv", ",0101,某站,,station,,,,,")
    found = read_pack(pack, standard=STANDARD)
    assert found.head.version == "010"
    assert "0101" in [one.code for one in found.section("organisations", OrganisationRow)]


def test_a_misspelt_file_name_does_not_pass_in_silence(pack: Path) -> None:
    (pack / "organisation.csv").write_text("code\n", encoding="utf-8")
    assert codes_in(pack) == ["packs.unknown_file"]


def test_facts_hold_no_persons(pack: Path) -> None:
    shutil.copy(pack / "demo/persons.csv", pack / "persons.csv")
    assert "packs.person_in_facts" in codes_in(pack)


class TestOverlays:
    def test_rows_of_an_overlay_add_or_replace_and_its_routing_stands_alone(self, pack: Path) -> None:
        found = read_pack(pack, overlays=[pack / "demo"], standard=STANDARD)
        assert found.simulated
        assert [one.body for one in found.section("routing", RoutingRow)] == ["night"]
        assert "hub" in [one.code for one in found.section("organisations", OrganisationRow)]
        assert [one.hat for one in found.section("persons", PersonRow)] == ["own", "entrusted"]

    def test_names_in_a_simulation_carry_the_mark(self, pack: Path) -> None:
        swap(pack / "demo/organisations.csv", "夜班（演示）", "夜班")
        swap(pack / "demo/persons.csv", "测试甲（演示）", "测试甲")
        found = faults_in(pack, pack / "demo")
        assert {one.file for one in found} == {"demo/organisations.csv", "demo/persons.csv"}
        assert {one.code for one in found} == {"packs.not_marked_simulated"}

    def test_an_overlay_of_another_pack_is_refused(self, pack: Path) -> None:
        swap(pack / "demo/overlay.yaml", "second_town", "third_town")
        assert codes_in(pack, pack / "demo") == ["packs.other_base"]


@pytest.fixture(params=[(), ("demo",)], ids=["facts", "with the demonstration"])
def jinli(request: pytest.FixtureRequest) -> Pack:
    folder = ROOT / "packs/jinli"
    return read_pack(folder, overlays=[folder / one for one in request.param], standard=STANDARD)


class TestTheDemonstrationTown:
    def test_it_has_32_confirmed_units_and_5_visible_unknown_ones(self, jinli: Pack) -> None:
        places = jinli.section("places", PlaceRow)
        units = [one for one in places if one.kind in ("village", "community")]
        assert [(one.kind, one.status) for one in units].count(("village", "confirmed")) == 19
        assert [(one.kind, one.status) for one in units].count(("community", "confirmed")) == 13
        assert [one.status for one in places if one.kind == "unit"] == ["unknown"] * 5

    def test_its_15_grids_are_unknown_rows_without_borders_or_reading(self, jinli: Pack) -> None:
        grids = [one for one in jinli.section("places", PlaceRow) if one.kind == "grid"]
        assert [(one.status, one.reading, one.members) for one in grids] == [("unknown", "", ())] * 15
        assert not jinli.geometry

    def test_the_zone_and_the_start_area_are_two_places(self, jinli: Pack) -> None:
        zones = [one for one in jinli.section("places", PlaceRow) if one.kind == "zone"]
        assert [str(one.area_km2) for one in zones] == ["2.88", "19"]

    def test_every_place_and_standard_names_its_source(self, jinli: Pack) -> None:
        assert all(one.source for one in jinli.section("places", PlaceRow))
        assert all(one.source for one in jinli.section("class_standards", ClassStandardRow))

    def test_a_standard_without_known_unit_has_no_limit(self, jinli: Pack) -> None:
        rows = jinli.section("class_standards", ClassStandardRow)
        assert all((one.limit_amount is None) == (one.status == "unknown") for one in rows)
        assert sum(one.status == "unknown" for one in rows) >= 20

    def test_no_class_of_the_north_is_in_it(self, jinli: Pack) -> None:
        said = "".join(one.minor + one.condition for one in jinli.section("class_standards", ClassStandardRow))
        assert not any(word in said for word in ("热力", "供热", "积雪", "积冰"))


def test_the_facts_name_no_person_no_whistle_kind_and_no_routing() -> None:
    found = read_pack(ROOT / "packs/jinli", standard=STANDARD)
    assert not found.section("persons", PersonRow)
    assert not found.whistle_kinds
    assert not found.section("routing", RoutingRow)


def test_no_acting_body_of_the_demonstration_is_a_real_one() -> None:
    folder = ROOT / "packs/jinli"
    found = read_pack(folder, overlays=[folder / "demo"], standard=STANDARD)
    bodies = {one.code: one for one in found.section("organisations", OrganisationRow)}
    acting = {one.body for one in found.section("routing", RoutingRow)}
    acting |= {one.organisation for one in found.section("persons", PersonRow)}
    acting |= {one.in_name_of for one in found.section("persons", PersonRow) if one.in_name_of}
    assert acting
    assert all("（演示）" in bodies[code].name for code in acting)


def test_the_demonstration_has_a_person_for_every_role_and_one_with_two_hats() -> None:
    from jinli.packs.sections import ROLES, DutyRow

    folder = ROOT / "packs/jinli"
    found = read_pack(folder, overlays=[folder / "demo"], standard=STANDARD)
    roles = {(one.organisation, one.code): one.role for one in found.section("duties", DutyRow)}
    persons = found.section("persons", PersonRow)
    assert {roles[(one.organisation, one.duty)] for one in persons} == set(ROLES)
    hats = [one.hat for one in persons if one.username == "safety"]
    assert hats == ["own", "zone"]


def test_the_skeleton_of_a_new_pack_is_a_pack_without_fault() -> None:
    assert codes_in(STANDARD / "skeleton") == []
