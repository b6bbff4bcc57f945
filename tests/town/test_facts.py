"""Facts of the town: cited with source and year, or unknown; nothing is estimated."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jinli.packs.pack import Pack, inspect_pack, read_pack
from jinli.packs.sections import FactRow
from jinli.town.loading import LoadReport
from jinli.town.models import TownFact
from jinli.town.pack import load_pack
from jinli.town.selectors import facts_of

ROOT = Path(__file__).parents[2]
STANDARD = ROOT / "packs/_standard"
SHIPPED = ROOT / "packs/jinli"
AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped pack that a test may spoil."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "jinli"))


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def read(folder: Path) -> Pack:
    return read_pack(folder, standard=STANDARD)


def load(folder: Path) -> LoadReport:
    return load_pack(read(folder), at=AT)


def test_every_fact_of_the_shipped_pack_has_a_source_and_every_value_its_year() -> None:
    rows = read(SHIPPED).section("facts", FactRow)
    assert all(one.source and one.title_en for one in rows)
    assert all(one.as_of for one in rows if one.value)
    assert {one.code for one in rows if not one.value} == {one.code for one in rows if one.status == "unknown"}


def test_what_no_source_gives_is_empty_and_no_year_borrows_from_another() -> None:
    rows = {one.code: one for one in read(SHIPPED).section("facts", FactRow)}
    assert (rows["output-2022"].value, rows["output-2022"].as_of) == ("475.1", "2022")
    assert "价格口径" in rows["output-2022"].note
    for code in ("output-2023-2025", "output-pace", "avenue-opening", "sewage-second", "matters-other", "grid-borders"):
        assert (rows[code].value, rows[code].as_of, rows[code].status) == ("", "", "unknown")
    years = {one.as_of[:4] for one in rows.values() if one.value and one.unit == "亿元" and "目标" not in one.title}
    assert years == {"2022"}


def test_the_accounted_and_the_other_matters_add_up() -> None:
    rows = {one.code: one for one in read(SHIPPED).section("facts", FactRow)}
    assert int(rows["matters-total"].value) - int(rows["matters-named"].value) == 188 - (85 + 16) == 87


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("没有查到公开来源,unknown", "没有查到公开来源,confirmed", "packs.value_against_status", "value"),
        (",2022,高要发布", ",,高要发布", "packs.missing", "as_of"),
        (",2022,高要发布", ",last year,高要发布", "packs.not_this_shape", "as_of"),
        ("grid-borders,reform", "grid-borders,harbour", "packs.not_a_choice", "arrow"),
    ],
)
def test_a_value_without_year_or_a_status_without_value_is_refused(
    folder: Path, old: str, new: str, code: str, field: str
) -> None:
    swap(folder / "facts.csv", old, new)
    found = inspect_pack(folder, standard=STANDARD)[1]
    assert {(one.code, one.file, one.field) for one in found} == {(code, "facts.csv", field)}


@pytest.mark.django_db
def test_facts_load_once_are_corrected_by_the_pack_and_end_when_it_takes_them_back(folder: Path) -> None:
    town = load(folder).town
    assert load(folder).changes == ()
    before = facts_of(town).count()
    assert TownFact.objects.get(town=town, code="grid-borders").value == ""
    swap(folder / "facts.csv", ",16 + 85 项,", ",16 项和 85 项,")
    lines = (folder / "facts.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("hardware-workers")]
    (folder / "facts.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    report = load(folder)
    assert {(one.key, one.kind) for one in report.written} == {
        ("matters-named", "changed"),
        ("hardware-workers", "gone"),
    }
    assert facts_of(town).count() == before - 1
    assert TownFact.objects.get(town=town, code="hardware-workers").valid_to is not None
    assert load(folder).changes == ()
    load(SHIPPED)
    assert facts_of(town).count() == before
