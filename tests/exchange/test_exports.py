"""The made exports are read to the last cell: every sound row as the answer key has it, every faulty one seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading.cells import read_moment_cell, read_point, read_text
from jinli.exchange.reading.columns import Guess, recognise
from jinli.exchange.reading.names import Candidate, NameBook
from jinli.exchange.reading.tables import Cell, Table, open_table
from tests.exchange.export_records import ZONE
from tests.exchange.exports import Export, make_exports, variant

PLACES = ["东村", "西村", "南社区", "北社区"]
BODIES = ["水利局", "城管局", "市场监督管理局"]
SMALL: dict[str, Any] = {"today": date(2026, 9, 28), "places": PLACES, "bodies": BODIES, "tickets": 1500}
BOOK = NameBook(Candidate(f"D{place:03d}", (name,)) for place, name in enumerate(BODIES, start=1))
MOMENTS = ("opened_at", "due_at", "closed_at")
TEXTS = {"foreign_number": "foreign_number", "title": "title", "place_name": "place"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Export]:
    return make_exports(tmp_path_factory.mktemp("exports"), events=600, services=800, **SMALL)


def opened(export: Export) -> tuple[Table, dict[str, Guess], list[tuple[int, tuple[Cell, ...]]]]:
    table = open_table(export.path)
    rows = list(table.lines())
    return table, recognise(table.headings, [cells for _, cells in rows[:60]]), rows


def moment(cell: Cell) -> datetime | date | None:
    written = read_moment_cell(cell, ZONE)
    if written is None:
        return None
    return written.at if written.has_clock else written.at.date()


def faults(guesses: dict[str, Guess], rows: list[tuple[int, tuple[Cell, ...]]]) -> Iterator[tuple[int, str]]:
    """Yield the faults as somebody who only has the file would find them."""
    numbers: set[str] = set()
    for line, cells in rows:
        number = read_text(cells[guesses["foreign_number"].column])
        name = read_text(cells[guesses["body_name"].column])
        code = read_text(cells[guesses["body_code"].column]) if "body_code" in guesses else ""
        try:
            start, _, end = (moment(cells[guesses[field].column]) for field in MOMENTS)
        except InvalidInputError:
            yield line, "unreadable_date"
            continue
        match = BOOK.match(name, code)
        if not number:
            yield line, "missing_number"
        elif number in numbers:
            yield line, "duplicate_number"
        elif start is not None and end is not None and end < start:  # type: ignore[operator]
            yield line, "closed_before_opened"
        elif match.certainty == "conflict":
            yield line, "code_conflict"
        elif match.code is None:
            yield line, "unknown_body"
        else:
            numbers.add(number)


@pytest.mark.parametrize("kind", ["tickets", "events", "services", "projects"])
def test_every_sound_row_is_read_as_the_answer_key_has_it(made: dict[str, Export], kind: str) -> None:
    export = made[kind]
    _, guesses, rows = opened(export)
    faulty = {line for line, _ in export.faults}
    sound = [cells for line, cells in rows if line not in faulty]
    assert [line for line, _ in rows] == export.lines
    for field in MOMENTS:
        assert [moment(cells[guesses[field].column]) for cells in sound] == [one[field] for one in export.truth]
    for field, name in TEXTS.items():
        assert [read_text(cells[guesses[field].column]) for cells in sound] == [one[name] for one in export.truth]
    assert [read_text(cells[guesses["body_name"].column]) for cells in sound] == [one["body"] for one in export.truth]


@pytest.mark.parametrize("kind", ["tickets", "events", "services", "projects"])
def test_every_fault_is_seen_on_its_line_and_no_other(made: dict[str, Export], kind: str) -> None:
    _, guesses, rows = opened(made[kind])
    assert list(faults(guesses, rows)) == made[kind].faults
    assert made[kind].faults


def test_what_stands_below_a_list_is_told_and_is_no_row(made: dict[str, Export]) -> None:
    table, _, rows = opened(made["projects"])
    assert len(rows) == 60
    assert [text.split()[0] for _, text in table.skipped] == ["合计", "注：总投资以备案数为准。", "填表人：测试甲"]


def test_points_are_turned_back_or_left_out_as_they_were_spoilt(made: dict[str, Export]) -> None:
    export = made["events"]
    _, guesses, rows = opened(export)
    faulty = {line for line, _ in export.faults}
    notes = {"": (), "swapped": ("exchange.point_swapped",), "whole_degrees": ("exchange.point_whole_degrees",)}
    seen = set()
    for cells, truth in zip((cells for line, cells in rows if line not in faulty), export.truth, strict=True):
        point = read_point(cells[guesses["lon"].column], cells[guesses["lat"].column])
        seen.add(truth["point_note"])
        if truth["point_note"] == "missing":
            assert point is None
        else:
            assert point is not None
            assert (point.lon, point.lat, point.notes) == (truth["lon"], truth["lat"], notes[truth["point_note"]])
    assert seen == {"", "swapped", "whole_degrees", "missing"}


def test_the_same_arguments_write_the_same_files(made: dict[str, Export], tmp_path: Path) -> None:
    again = make_exports(tmp_path, events=600, services=800, **SMALL)
    for kind, export in again.items():
        assert (export.truth, export.faults) == (made[kind].truth, made[kind].faults)
    assert again["tickets"].path.read_bytes() == made["tickets"].path.read_bytes()


def test_a_later_export_differs_in_exactly_what_it_says(made: dict[str, Export], tmp_path: Path) -> None:
    later = variant(tmp_path, changed=100, added=20, vanished=3, **SMALL)
    before = {one["foreign_number"]: one for one in made["tickets"].truth}
    after = {one["foreign_number"]: one for one in later.export.truth}
    assert {number for number in before if number in after and before[number] != after[number]} == later.changed
    assert after.keys() - before.keys() == later.added
    assert before.keys() - after.keys() == later.vanished
    assert (len(later.changed), len(later.added), len(later.vanished)) == (100, 20, 3)
    assert len(later.export.faults) == len(made["tickets"].faults)
    _, guesses, rows = opened(later.export)
    assert list(faults(guesses, rows)) == later.export.faults
