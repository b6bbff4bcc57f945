"""Lists in the layouts that others ask for, as Excel or CSV. Written to disk row by row, sent when they are complete.

A file that breaks off half-way would look complete to whoever gets it; so nothing is sent before the last row is
written. Nothing of the list is held in memory.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, BinaryIO, Final

from django.http import FileResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from jinli.cases.export import harmless

_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOLD: Final = Font(bold=True)
_MIDDLE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The heading of one column; neighbours of one group have a heading above them together."""

    text: str
    group: str
    width: int


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A list in a layout: name of the file without its ending, sheet, line above, headings, rows."""

    name: str
    sheet_name: str
    title: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[str]]

    @property
    def grouped(self) -> bool:
        """Whether the headings take two rows."""
        return any(one.group for one in self.headings)


def laid_file(laid: Laid, *, excel: bool) -> FileResponse:
    """Return the list as a file to keep."""
    held = tempfile.TemporaryFile()  # noqa: SIM115  closed with the answer that sends it
    if excel:
        _excel(laid, held)
    else:
        _csv(laid, held)
    held.seek(0)
    kind, ending = (_EXCEL, "xlsx") if excel else ("text/csv; charset=utf-8", "csv")
    answer = FileResponse(held, as_attachment=True, filename=f"{laid.name}.{ending}", content_type=kind)
    answer["Cache-Control"] = "no-store"
    return answer


def _csv(laid: Laid, held: BinaryIO) -> None:
    """Write plain rows: of two rows of headings the upper one repeats its words over each column."""
    text = io.TextIOWrapper(held, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    if laid.title:
        writer.writerow([harmless(laid.title)])
    if laid.grouped:
        writer.writerow([harmless(one.group) for one in laid.headings])
    writer.writerow([harmless(one.text) for one in laid.headings])
    writer.writerows([harmless(cell) for cell in row] for row in laid.rows)
    text.flush()
    text.detach()


def _excel(laid: Laid, held: BinaryIO) -> None:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(laid.sheet_name)
    for number, one in enumerate(laid.headings, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = one.width
    top = int(bool(laid.title))
    below = top + (2 if laid.grouped else 1)
    sheet.freeze_panes = f"A{below + 1}"
    for merged in _merged(laid, top):
        sheet.merged_cells.add(merged.coord)
    if laid.title:
        sheet.append([_head(sheet, laid.title)])
    if laid.grouped:
        sheet.append([_head(sheet, one.group or one.text) for one in laid.headings])
        sheet.append([_head(sheet, one.text if one.group else "") for one in laid.headings])
    else:
        sheet.append([_head(sheet, one.text) for one in laid.headings])
    for row in laid.rows:
        sheet.append([harmless(cell) for cell in row])
    book.save(held)


def _head(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, harmless(text))
    cell.font, cell.alignment = _BOLD, _MIDDLE
    return cell


def _merged(laid: Laid, top: int) -> Iterable[CellRange]:
    """Yield what is merged: the line above over all columns, each group over its own, a lone heading down both rows."""
    if laid.title and len(laid.headings) > 1:
        yield CellRange(min_row=1, max_row=1, min_col=1, max_col=len(laid.headings))
    if not laid.grouped:
        return
    for group, found in groupby(enumerate(laid.headings, start=1), key=lambda pair: pair[1].group):
        columns = [number for number, _ in found]
        if not group:
            for column in columns:
                yield CellRange(min_row=top + 1, max_row=top + 2, min_col=column, max_col=column)
        elif len(columns) > 1:
            yield CellRange(min_row=top + 1, max_row=top + 1, min_col=columns[0], max_col=columns[-1])
