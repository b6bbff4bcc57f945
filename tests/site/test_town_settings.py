"""What a town sets for its rates: from which score it is satisfied, and where its whistles look suspect."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest

from jinli.cases.figures import Asked
from jinli.domain.rates import Rate
from jinli.packs.pack import inspect_pack, read_pack
from jinli.site.board_list import about
from jinli.site.definitions import definition
from jinli.site.figures import rate_line, warning_ends
from jinli.town.models import Division
from jinli.town.pack import load_pack

ROOT = Path(__file__).parents[2]
STANDARD = ROOT / "packs/_standard"
ASKED = Asked(part="", as_of=datetime(2026, 9, 30, 8, tzinfo=UTC))


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a copy of the second town's pack, whose settings a test may change."""
    return Path(copytree(ROOT / "tests/second_town", tmp_path / "second_town"))


def put(pack: Path, **settings: int) -> None:
    sheet = pack / "town.yaml"
    text = sheet.read_text(encoding="utf-8")
    more = "".join(f"\n  {name}: {value}" for name, value in settings.items())
    sheet.write_text(text.replace("minimum_count: 3", f"minimum_count: 3{more}"), encoding="utf-8")


def loaded(pack: Path) -> Division:
    return load_pack(read_pack(pack, standard=STANDARD)).town


def whistles(town: Division, count: int) -> tuple[str, str]:
    """Return what stands beside so many whistles of a hundred reports: the ends, and the warning if there is one."""
    line = rate_line(Rate(code="whistle", numerator=count, denominator=100), ASKED, town)
    return line.note, line.warning[:2]


@pytest.mark.django_db
def test_a_pack_that_says_nothing_has_the_sample_ends(pack: Path) -> None:
    town = loaded(pack)
    assert (town.settings["satisfied_from"], town.settings["whistle_low"], town.settings["whistle_high"]) == (3, 2, 15)
    assert [whistles(town, count) for count in (1, 2, 15, 16)] == [
        ("样本提示线 2%—15%", "低于"),
        ("样本提示线 2%—15%", ""),
        ("样本提示线 2%—15%", ""),
        ("样本提示线 2%—15%", "高于"),
    ]
    assert "3 分" in definition("satisfaction", town).numerator


@pytest.mark.django_db
def test_a_town_sets_its_own_ends_and_score_and_the_page_says_them(pack: Path) -> None:
    put(pack, satisfied_from=4, whistle_low=5, whistle_high=30)
    town = loaded(pack)
    assert [whistles(town, count) for count in (4, 5, 30, 31)] == [
        ("样本提示线 5%—30%", "低于"),
        ("样本提示线 5%—30%", ""),
        ("样本提示线 5%—30%", ""),
        ("样本提示线 5%—30%", "高于"),
    ]
    assert "4 分" in definition("satisfaction", town).numerator
    assert "4 分" in about(ASKED.of("satisfaction.satisfied"), town)
    assert all(about(ASKED.of(part), town) for part in ("satisfaction.total", "whistle.whistled", "on_time.kept"))


@pytest.mark.django_db
def test_a_town_from_before_these_settings_keeps_the_sample_ends(pack: Path) -> None:
    town = loaded(pack)
    town.settings = {"warn_share": 30}
    assert whistles(town, 1) == ("样本提示线 2%—15%", "低于")
    assert warning_ends("on_time", town) is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"satisfied_from": 6}, "settings.satisfied_from"),
        ({"whistle_low": 101}, "settings.whistle_low"),
        ({"whistle_low": 20, "whistle_high": 10}, "settings.whistle_high"),
    ],
)
def test_a_score_above_five_or_ends_that_cross_are_refused(pack: Path, said: dict[str, int], field: str) -> None:
    put(pack, **said)
    found = inspect_pack(pack, standard=STANDARD)[1]
    assert [(one.code, one.file, one.field) for one in found] == [("packs.out_of_range", "town.yaml", field)]
