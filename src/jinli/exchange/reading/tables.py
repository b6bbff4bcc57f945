"""Open a spreadsheet of another system: where its heading is, which lines are rows, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading.columns import recognise
from jinli.exchange.reading.csv_rows import Report, csv_rows, separator_of
from jinli.exchange.reading.files import MOST_ROWS, look_at
from jinli.exchange.reading.headings import LOOKED_AT, Heading, find_heading
from jinli.exchange.reading.values import Cell, Flaw, Line, Spoilt
from jinli.exchange.reading.xlsx_rows import check_rows, sheets_of, xlsx_rows

__all__ = ["Cell", "Flaw", "Line", "Spoilt", "Table", "open_table"]

MOST_FLAWS = 10_000
"""A column of #N/A is told this often and then no more; the cells are empty all the same."""
_KEYS = ("foreign_number", "title", "text", "opened_at")
_TOTAL = re.compile(
    r"(?:本页|本表|累)?(?:合|总|小|共|累)\s*计.{0,8}|合计数|总数|total.{0,8}|sum", re.IGNORECASE | re.DOTALL
)
_WHO = "填表|制表|审核|复核|统计|填报|经办|编制|报送|打印|导出|单位|部门|分管|主管"
_MADE_BY = rf"(?:{_WHO})?(?:负责)?(?:人|人员|时间|日期|单位)(?:[（(]签[字名章][）)])?"
_NOTE = r"(?:备?注|说明|附注|注释|数据来源|数据截至|统计口径)\s*\d*"
_FOOTNOTE = re.compile(rf"(?:{_MADE_BY}|{_NOTE})\s*[:：].*", re.DOTALL)
_SIGNATURE = re.compile(r"(?:填表|制表|审核|复核|填报|编制|报送)(?:人|人员|时间|日期|单位)")


@dataclass
class Table:
    """A sheet with a heading. `lines()` reads the file anew each time; `skipped` and `flaws` tell of the last time.

    Attributes
    ----------
    kind : `csv` or `xlsx`; `encoding` : of a csv (`utf-8`, `utf-8-sig`, `utf-16`, `gb18030`), else `""`.
    sheets : the sheets that hold anything; `sheet` : the one opened.
    heading_line : the last line of the heading; rows come below it.
    skipped : (line, what stands there) of totals and footnotes, which are no rows.
    flaws : cells that were emptied, such as #N/A.
    """

    kind: str
    encoding: str
    sheet: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    heading_line: int
    rows: Callable[[Report], Iterator[Line]] = field(repr=False)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    _counted: int | None = field(default=None, repr=False)

    def lines(self) -> Iterator[Line]:
        """Yield line number (as Excel or a text editor counts) and cells, as many as there are headings.

        Raises InvalidInputError `exchange.file.too_many_rows`, `exchange.file.quote_open`, `exchange.file.broken`.
        """
        skipped: list[tuple[int, str]] = []
        flaws: list[Flaw] = []
        self.skipped, self.flaws = skipped, flaws

        def report(line: int, column: int, code: str, value: str) -> None:
            if line > self.heading_line and len(flaws) < MOST_FLAWS:
                flaws.append(Flaw(line, column, code, value))

        keys = self._keys()
        width, count = len(self.headings), 0
        padding = (None,) * width
        for line, cells in self.rows(report):
            if line <= self.heading_line:
                continue
            if len(cells) != width:
                cells = (cells + padding)[:width]
            if not any(cells):  # empty, or zeros only
                if all(cell is None for cell in cells):
                    continue
            elif _is_no_row(cells, keys):
                skipped.append((line, " ".join(str(cell) for cell in cells if cell is not None)))
                continue
            count += 1
            if count > MOST_ROWS:
                raise InvalidInputError("exchange.file.too_many_rows", field="file", most=MOST_ROWS)
            yield line, cells
        self._counted = count

    def count(self) -> int:
        """Return how many rows there are; the first time this reads the file once through."""
        if self._counted is None:
            for _ in self.lines():
                pass
        return self._counted or 0

    def _keys(self) -> tuple[int, ...]:
        """Return the columns that a row has something in, as far as the headings tell."""
        found = recognise(self.headings, ())
        return tuple(found[key].column for key in _KEYS if key in found)


def _is_no_row(cells: Sequence[Cell], keys: Sequence[int]) -> bool:
    """Return whether a line is a total or a footnote: it begins with such a word, and what names a row is empty."""
    label = 0 if cells[0] is not None else next(place for place, cell in enumerate(cells) if cell is not None)
    text = cells[label]
    if type(text) is not str:
        return False
    signed = _SIGNATURE.fullmatch(text)
    if not (signed or _TOTAL.fullmatch(text) or _FOOTNOTE.fullmatch(text)):
        return False
    few = len(cells) - cells.count(None) <= max(1, len(cells) // 2)
    if signed:  # the name stands in a cell of its own, below whatever column
        return few
    named = [cells[key] for key in keys if key != label and cells[key] is not None]
    return all(isinstance(cell, str) and _FOOTNOTE.fullmatch(cell) for cell in named) and (few or bool(keys))


def open_table(path: Path, *, sheet: str = "") -> Table:
    """Return the table of a text file or an xlsx; of several sheets the first visible one with a known heading.

    Raises InvalidInputError `exchange.file.*`, field "file", for what is no such table or too large.
    """
    seen = look_at(path)
    if seen.kind == "csv":
        if sheet:
            raise InvalidInputError("exchange.file.no_sheet", field="file", sheet=sheet, sheets="")
        rows = partial(csv_rows, path, seen.encoding, separator_of(path, seen.encoding))
        heading = _heading(rows)
        if heading is None:
            raise InvalidInputError("exchange.file.no_heading", field="file")
        table = Table("csv", seen.encoding, "", (), heading.names, heading.line, rows)
        if seen.lines > MOST_ROWS:  # line breaks inside quotes count too, so count the rows
            table.count()
        return table
    check_rows(path)
    sheets = sheets_of(path)
    names = tuple(name for name, _ in sheets)
    if not names:
        raise InvalidInputError("exchange.file.empty", field="file")
    if sheet and sheet not in names:
        raise InvalidInputError("exchange.file.no_sheet", field="file", sheet=sheet, sheets=names)
    wanted = [sheet] if sheet else [name for name, visible in sheets if visible] or list(names)
    found = [(name, heading) for name in wanted if (heading := _heading(partial(xlsx_rows, path, name)))]
    if not found:
        raise InvalidInputError("exchange.file.no_heading", field="file")
    name, heading = next((one for one in found if one[1].known >= 2), found[0])
    return Table("xlsx", "", name, names, heading.names, heading.line, partial(xlsx_rows, path, name))


def _heading(rows: Callable[[Report], Iterator[Line]]) -> Heading | None:
    """Return the heading of a sheet from its first lines."""
    filled = (one for one in rows(lambda *_: None) if any(cell is not None for cell in one[1]))
    return find_heading(list(islice(filled, LOOKED_AT)))
