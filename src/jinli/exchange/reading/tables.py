"""Open a spreadsheet of another system: where its heading is, which lines are rows, and what they hold."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl

from jinli.domain.errors import InvalidInputError

Cell = str | float | int | datetime | date | None
Line = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True)
class Flaw:
    """A cell that could not be taken as it stands; `column` counts from 0, `code` names words with `value`."""

    line: int
    column: int
    code: str
    value: str


class Spoilt(str):
    """A cell whose content is lost; it still shows what stood there. Whoever reads it as a value gets `code`."""

    __slots__ = ("code",)
    code: str

    def __new__(cls, shown: str, code: str) -> Spoilt:
        """Keep what is shown and why it is no value."""
        made = super().__new__(cls, shown)
        made.code = code
        return made


@dataclass
class Table:
    """A sheet with a heading. `lines()` reads the file again each time; `skipped` and `flaws` are of the last time."""

    kind: str
    encoding: str
    sheet: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    heading_line: int
    rows: Callable[[], Iterator[Line]] = field(repr=False)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """Yield line number (as Excel or a text editor counts) and cells, as many as there are headings."""
        self.skipped, self.flaws = [], []
        width = len(self.headings)
        for line, cells in self.rows():
            if line > self.heading_line and any(cell is not None for cell in cells):
                yield line, (*cells, *[None] * (width - len(cells)))[:width]

    def count(self) -> int:
        """Return how many rows there are."""
        return sum(1 for _ in self.lines())


def open_table(path: Path, *, sheet: str = "") -> Table:
    """Return the table of a CSV or xlsx file.

    Raises InvalidInputError `exchange.file.*`, field "file", for what is no such table.
    """
    if path.stat().st_size == 0:
        raise InvalidInputError("exchange.file.empty", field="file")
    sheets: tuple[str, ...] = ()
    if path.read_bytes()[:2] == b"PK":
        kind, encoding = "xlsx", ""
        book = openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True)
        sheets = tuple(book.sheetnames)
        book.close()
        sheet = sheet or sheets[0]
    else:
        kind, encoding = "csv", "utf-8-sig"

    def rows() -> Iterator[Line]:
        if kind == "csv":
            with path.open(encoding=encoding, newline="") as stream:
                yield from ((line, tuple(one.strip() or None for one in row)) for line, row in _numbered(stream))
        else:
            book = openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True)
            yield from enumerate(book[sheet].iter_rows(values_only=True), start=1)
            book.close()

    for line, cells in rows():
        if any(cell is not None for cell in cells):
            headings = tuple(str(cell or f"列{place}") for place, cell in enumerate(cells, start=1))
            return Table(kind, encoding, sheet, sheets, headings, line, rows)
    raise InvalidInputError("exchange.file.no_heading", field="file")


def _numbered(stream: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(stream)
    first = 1
    for row in reader:
        yield first, row
        first = reader.line_num + 1
