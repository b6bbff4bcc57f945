"""The guide for pack authors names every file, every column and every word a cell may hold."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from jinli.packs.cells import Row, cell_names
from jinli.packs.papers import BLOCKS, FACTS, BlockRow, PaperRow
from jinli.packs.prescribed import ColumnRow, FieldRow, LayoutRow, SheetRow
from jinli.packs.sections import TABLES, DivisionRow, HeadRow, LimitRow, OfficeHoursRow, SettingsRow, WhistleKindRow

GUIDE = (Path(__file__).parents[2] / "docs/packs/README.md").read_text(encoding="utf-8")
OTHERS: tuple[type[Row], ...] = (
    HeadRow,
    DivisionRow,
    SettingsRow,
    OfficeHoursRow,
    WhistleKindRow,
    LimitRow,
    SheetRow,
    FieldRow,
    LayoutRow,
    ColumnRow,
    PaperRow,
    BlockRow,
)


def part(path: str) -> str:
    """Return the part of the guide on one file."""
    return GUIDE.split(f"`{path}`", 1)[1].split("\n### ", 1)[0]


@pytest.mark.parametrize("section", sorted(TABLES))
def test_every_table_and_each_of_its_columns_is_explained(section: str) -> None:
    one = TABLES[section]
    told = part(one.path) if section != "persons" else part("demo/")
    assert [name for name in cell_names(one.row_type) if f"`{name}`" not in told] == []


@pytest.mark.parametrize("row_type", OTHERS, ids=lambda one: one.__name__)
def test_every_key_of_the_yaml_files_is_explained(row_type: type[Row]) -> None:
    assert [name for name in cell_names(row_type) if f"`{name}`" not in GUIDE and name != "own"] == []


@pytest.mark.parametrize("section", sorted(TABLES))
def test_every_word_a_cell_may_hold_is_named(section: str) -> None:
    words = {word for one in fields(TABLES[section].row_type) for word in one.metadata.get("choices", ()) if word}
    assert [word for word in sorted(words) if f"`{word}`" not in GUIDE] == []


def test_every_block_and_every_fact_of_a_paper_is_named() -> None:
    told = part("papers/*.yaml")
    assert [word for word in (*BLOCKS, *FACTS) if f"`{word}`" not in told] == []
