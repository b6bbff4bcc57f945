"""Lists as spreadsheets, CSV or Excel, that cannot run anything when they are opened."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from openpyxl import Workbook

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
#: A list of more rows is cut and says so in its last row.
MOST: Final = 20_000


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list to be exported: the name of the file without its ending, the heads of the columns, the rows."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]


def harmless(value: object) -> str:
    """Return a cell that a spreadsheet shows as text: what would begin a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RISKY) else text


def spreadsheet(table: Table, *, excel: bool) -> HttpResponse:
    """Return the table as a file to keep: CSV in UTF-8 with BOM, or Excel."""
    rows = [[harmless(cell) for cell in row] for row in (table.heads, *table.rows)]
    if excel:
        return _file(_excel(rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table, "xlsx")
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return _file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", table, "csv")


def _excel(rows: Iterable[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _file(content: bytes, kind: str, table: Table, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{table.name}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
