"""Items as a workbook: one sheet for each kind of part, so that an office that does not program can edit them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from jinli.lines.services.workbook.columns import (
    ANSWER_CELLS,
    FIELD_CELLS,
    ITEM_CELLS,
    PARTS,
    SHAPES,
    SITUATION_CELLS,
    Shape,
    choices_text,
    when_text,
)
from jinli.packs.cells import cell_names
from jinli.packs.items import FieldRow, ItemLimitRow, ItemRow, ResultRow
from jinli.ui.words import say

_WIDE = {"name": 28, "everyday": 40, "question": 30, "label": 24, "note": 40, "source": 30, "law": 30, "standard": 30}


def workbook_of(items: Iterable[ItemRow]) -> bytes:
    """Return the items as an xlsx file that reads back to the same items."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    rows = tuple(items)
    for shape in SHAPES:
        sheet: Any = book.create_sheet(say(f"services.sheet.{shape.key}"))
        sheet.append([say(f"services.column.{name}") for name in shape.columns])
        sheet.append(list(shape.columns))
        for item in rows:
            for cells in _rows(shape, item):
                sheet.append([_cell(cells.get(name)) for name in shape.columns])
        _dress(sheet, shape)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _dress(sheet: Any, shape: Shape) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[2]:
        cell.font = Font(color="667085", size=9)
        cell.fill = PatternFill("solid", start_color="F2F4F7")
    sheet.freeze_panes = "C3"
    for number, name in enumerate(shape.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE.get(name.removesuffix("_en"), 14)
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                cell.data_type = "s"  # text stays text: nothing here is ever a formula


def _cell(value: Any) -> Any:
    """Return a value as its cell holds it; everything is text but whole numbers, so that no code loses its zeros."""
    if value is None:
        return None
    if isinstance(value, bool):
        return say("ui.yes") if value else say("ui.no")
    if isinstance(value, tuple):
        return "; ".join(value)
    return value if isinstance(value, int) else str(value)


def _rows(shape: Shape, item: ItemRow) -> Iterator[dict[str, Any]]:
    """Return the rows of an item on a sheet."""
    if shape.key == "items":
        yield _item(item)
    elif shape.key == "situations":
        yield from _situations(item)
    elif shape.key == "form":
        for one in item.form:
            yield _field(item.code, one, "")
            yield from (_field(item.code, inner, one.code) for inner in one.fields)
    else:
        for one in getattr(item, shape.key):
            cells = {name: getattr(one, name) for name in cell_names(PARTS[shape.key])}
            if "when" in cells:
                cells["when"] = when_text(cells["when"])
            yield {"item": item.code, **cells}


def _item(item: ItemRow) -> dict[str, Any]:
    cells = {name: getattr(item, name) for name in ITEM_CELLS}
    for limit in ("statutory", "promised"):
        cells |= {f"{limit}.{name}": getattr(getattr(item, limit), name) for name in cell_names(ItemLimitRow)}
    if item.result is not None:
        cells |= {f"result.{name}": getattr(item.result, name) for name in cell_names(ResultRow)}
    return cells


def _situations(item: ItemRow) -> Iterator[dict[str, Any]]:
    """Return a row for each answer; the question itself stands beside the first."""
    for one in item.situations:
        asked: dict[str, Any] = {name: getattr(one, name) for name in SITUATION_CELLS}
        asked["when"] = when_text(one.when)
        for number, answer in enumerate(one.answers):
            head = asked if number == 0 else {"code": one.code}
            yield {"item": item.code, **head, **{name: getattr(answer, cell) for name, cell in ANSWER_CELLS.items()}}


def _field(code: str, one: FieldRow, group: str) -> dict[str, Any]:
    cells: dict[str, Any] = {name: getattr(one, name) for name in FIELD_CELLS}
    return {"item": code, "group": group, **cells, "when": when_text(one.when), "choices": choices_text(one.choices)}
