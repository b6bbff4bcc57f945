"""A workbook back into items, or every fault in it at once with sheet, row and column."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import IO, Any, Final, TypeVar

import openpyxl
from openpyxl.utils import get_column_letter

from jinli.domain.errors import InvalidInputError
from jinli.lines.services.workbook.columns import (
    ANSWER_CELLS,
    FIELD_CELLS,
    ITEM_CELLS,
    LIMITS,
    PARTS,
    SHAPES,
    SITUATION_CELLS,
    Shape,
    choices_of,
    when_of,
)
from jinli.packs.cells import Row, cell_names, row_from
from jinli.packs.faults import Fault, Faults
from jinli.packs.item_checks import Surroundings, check_items
from jinli.packs.items import AnswerRow, ChoiceRow, FieldRow, ItemLimitRow, ItemRow, ResultRow, SituationRow
from jinli.ui.words import say_in

LARGEST: Final = 5 * 2**20
"""Bytes of a workbook."""
_MOST_ROWS: Final = 20_000


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a workbook says: items by code, or faults; with one fault nothing is to be loaded."""

    items: Mapping[str, ItemRow]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, kw_only=True)
class _Line:
    """One row of a sheet: its cells as text by column name."""

    sheet: str
    row: int
    cells: Mapping[str, str]

    def some(self, names: Any, prefix: str = "") -> dict[str, str]:
        """Return some cells, without a prefix of their columns."""
        return {name: self.cells.get(prefix + name, "") for name in names}


@dataclass
class _Reading:
    """A workbook while it is read."""

    faults: Faults = field(default_factory=Faults)
    lines: dict[str, list[_Line]] = field(default_factory=dict)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    shaky: set[str] = field(default_factory=set)


def read_workbook(stream: IO[bytes], around: Callable[[Mapping[str, ItemRow]], Surroundings]) -> Read:
    """Return the items of a workbook, checked as a pack is checked.

    `around` says what they may refer to, themselves among it. Raises InvalidInputError `services.sheet.unreadable`.
    """
    now = _Reading()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and checks that it does not read
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except Exception:  # openpyxl raises whatever its parts raise
            raise InvalidInputError("services.sheet.unreadable", field="file") from None
        for shape in SHAPES:
            _read_sheet(book, shape, now)
    items = _items(now)
    sound = {code: item for code, item in items.items() if code not in now.shaky}
    check_items(sound.values(), around(items), now.faults)
    return Read(items=items, faults=tuple(_placed(one, now) for one in now.faults.in_order()))


def _placed(fault: Fault, now: _Reading) -> Fault:
    """Return a fault with the letter of its column before its name."""
    path = fault.field.split(" ")[0]
    key = _key_of(fault.file)
    parts = path.split(".")
    names = [path, f"{path}.amount", path.removeprefix(f"{key}."), parts[-1], parts[-2] if len(parts) > 1 else path]
    names += ["answer"] if path.startswith("situations.answers") else []
    column = next((name for name in names if (key, name) in now.letters), fault.field)
    letter = now.letters.get((key, column), "")
    return replace(fault, field=f"{letter} {column}".strip())


def _key_of(title: str) -> str:
    return next((one.key for one in SHAPES if title in _titles(one)), "")


def _titles(shape: Shape) -> tuple[str, ...]:
    return tuple(say_in(lang, f"services.sheet.{shape.key}") for lang in ("zh", "en"))


def _read_sheet(book: Any, shape: Shape, now: _Reading) -> None:
    """Keep the rows of a sheet by column name; a sheet or a column that is missing is a fault and not an empty one."""
    title = next((one for one in _titles(shape) if one in book.sheetnames), "")
    now.lines[shape.key] = []
    if not title:
        now.faults.add("services.sheet.missing", _titles(shape)[0], 1)
        return
    sheet = book[title]
    sheet.reset_dimensions()
    columns: list[str] = []
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=200), 1):
        texts = [_text(value) for value in values]
        if not columns:
            columns = _header(texts, shape, title, number, now)
            if not columns and number >= 3:
                now.faults.add("packs.no_header", title, expected=" | ".join(shape.columns))
                return
        elif any(texts) and number <= _MOST_ROWS:
            cells = {name: text for name, text in zip(columns, texts, strict=False) if name}
            now.lines[shape.key].append(_Line(sheet=title, row=number, cells=cells))


def _header(texts: list[str], shape: Shape, title: str, number: int, now: _Reading) -> list[str]:
    """Return the columns when this is the line of their names, else nothing."""
    if sum(text in shape.columns for text in texts) < 2:
        return []
    for place, text in enumerate(texts, 1):
        if text and text not in shape.columns:
            now.faults.add("packs.unknown_field", title, number, text, text, " | ".join(shape.columns))
        now.letters[shape.key, text] = get_column_letter(place)
    for name in shape.columns:
        if name not in texts:
            now.faults.add("services.sheet.no_column", title, number, name, "", name)
    return texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _items(now: _Reading) -> dict[str, ItemRow]:
    items: dict[str, ItemRow] = {}
    codes: dict[str, int] = {}
    for line in now.lines["items"]:
        code = line.cells.get("code", "")
        if code in codes:
            now.faults.add("packs.duplicate", line.sheet, line.row, "code", code, codes[code])
        codes.setdefault(code, line.row)
        item = _item(line, now)
        if item is not None:
            items[code] = item
    parts = {shape.key: _by_item(now.lines[shape.key], codes, now) for shape in SHAPES[1:]}
    for code, item in items.items():
        more: dict[str, Any] = {
            name: tuple(_parts(parts[name].get(code, ()), row_type, now)) for name, row_type in PARTS.items()
        }
        situations = _situations(code, parts["situations"].get(code, ()), now)
        items[code] = replace(item, situations=situations, form=_form(parts["form"].get(code, ()), now), **more)
    return items


def _by_item(lines: list[_Line], codes: Mapping[str, int], now: _Reading) -> dict[str, list[_Line]]:
    found: dict[str, list[_Line]] = {}
    for line in lines:
        code = line.cells.get("item", "")
        if code not in codes:
            now.faults.add("packs.unknown_reference", line.sheet, line.row, "item", code, " | ".join(codes))
        found.setdefault(code, []).append(line)
    return found


def _item(line: _Line, now: _Reading) -> ItemRow | None:
    item = _row(line, ItemRow, line.some(ITEM_CELLS), now)
    limits = {
        name: _row(line, ItemLimitRow, line.some(cell_names(ItemLimitRow), f"{name}."), now, prefix=f"{name}.")
        for name in LIMITS
    }
    said = line.some(cell_names(ResultRow), "result.")
    result = _row(line, ResultRow, said, now, prefix="result.") if any(said.values()) else None
    if item is None or None in limits.values():
        return None
    return replace(item, result=result, **limits)  # type: ignore[arg-type]


RowType = TypeVar("RowType", bound=Row)


def _row(
    line: _Line, row_type: type[RowType], cells: Mapping[str, str], now: _Reading, *, prefix: str = ""
) -> RowType | None:
    return row_from(_said(cells, row_type), row_type, file=line.sheet, row=line.row, faults=now.faults, prefix=prefix)


def _said(cells: Mapping[str, str], row_type: type[Row]) -> dict[str, str]:
    """Return the cells with yes and no as packs write them, where a column is a yes or no."""
    flags = {name for name, one in row_type.__dataclass_fields__.items() if isinstance(one.default, bool)}
    words = {"yes": "true", "no": "false"}
    return {name: words.get(text.lower(), text) if name in flags else text for name, text in cells.items()}


def _parts(lines: Any, row_type: type[RowType], now: _Reading) -> Iterator[RowType]:
    for line in lines:
        names = [name for name in cell_names(row_type) if name != "when"]
        row = _row(line, row_type, line.some(names), now)
        if row is None:
            continue
        yield _under(row, line, now) if "when" in cell_names(row_type) else row


def _under(row: Any, line: _Line, now: _Reading) -> Any:
    """Return a row with the condition that its cell writes."""
    text = line.cells.get("when", "")
    try:
        return replace(row, when=when_of(text))
    except ValueError:
        now.faults.add("packs.not_this_shape", line.sheet, line.row, "when", text, "what=dig|occupy; pipes=yes")
        return row


def _situations(code: str, lines: Any, now: _Reading) -> tuple[SituationRow, ...]:
    """Return the questions; the rows of one question stand together and the first one asks it."""
    found: dict[str, SituationRow] = {}
    for line in lines:
        asked = line.cells.get("code", "")
        if asked not in found:
            row = _row(line, SituationRow, {**line.some(SITUATION_CELLS), "when": ""}, now)
            if row is None:
                now.shaky.add(code)
                continue
            found[asked] = _under(row, line, now)
        cells = {cell: line.cells.get(name, "") for name, cell in ANSWER_CELLS.items()}
        answer = _row(line, AnswerRow, cells, now, prefix="answers.")
        if answer is None:
            now.shaky.add(code)
            continue
        found[asked] = replace(found[asked], answers=(*found[asked].answers, answer))
    return tuple(found.values())


def _form(lines: Any, now: _Reading) -> tuple[FieldRow, ...]:
    """Return the fields; those of a group stand under the group that they name."""
    found: dict[str, FieldRow] = {}
    failed: set[str] = set()  # a group with a fault is one fault, and its fields are none
    for line in lines:
        plain = [name for name in FIELD_CELLS if name not in ("when", "choices")]
        row = _row(line, FieldRow, line.some(plain), now)
        if row is None:
            failed.add(line.cells.get("code", ""))
            continue
        row = replace(_under(row, line, now), choices=_choices(line, now))
        group = line.cells.get("group", "")
        if not group:
            key = row.code if row.code not in found else f"{row.code} {line.row}"
            found[key] = row
        elif group in found:
            found[group] = replace(found[group], fields=(*found[group].fields, row))
        elif group not in failed:
            now.faults.add("packs.unknown_reference", line.sheet, line.row, "group", group, " | ".join(found))
    return tuple(found.values())


def _choices(line: _Line, now: _Reading) -> tuple[ChoiceRow, ...]:
    text = line.cells.get("choices", "")
    try:
        cells = choices_of(text)
    except ValueError:
        now.faults.add("packs.not_this_shape", line.sheet, line.row, "choices", text, "flat=平面=Flat; box=灯箱=Box")
        return ()
    rows = [_row(line, ChoiceRow, one, now, prefix="choices.") for one in cells]
    return tuple(one for one in rows if one is not None)
