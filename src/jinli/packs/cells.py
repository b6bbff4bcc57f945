"""What one cell of a pack may hold: tables and YAML give text, a cell makes a value or says what it expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, get_type_hints

from jinli.packs.faults import Faults

_YES = {"true": True, "false": False, "是": True, "否": False}
_SPAN = re.compile(r"^(\d{2}):(\d{2})-(\d{2}):(\d{2})$")

Spans = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a pack; `file` and `row` say where it stands and are no part of what it says."""

    file: str = field(default="", compare=False)
    row: int = field(default=0, compare=False)


RowType = TypeVar("RowType", bound=Row)


def one_of(*choices: str, default: Any = MISSING) -> Any:
    """Declare a cell that holds one of a few words."""
    return field(default=default, metadata={"choices": choices})


def each_of(*choices: str, default: Any = MISSING) -> Any:
    """Declare a cell that holds a list of words, each one of a few."""
    return field(default=default, metadata={"choices": choices})


def between(least: int, most: int, *, default: Any = MISSING) -> Any:
    """Declare a cell that holds a whole number within bounds."""
    return field(default=default, metadata={"least": least, "most": most})


def shaped(pattern: str, expected: str, *, default: Any = MISSING) -> Any:
    """Declare a text cell of a given shape; `expected` shows an example."""
    return field(default=default, metadata={"pattern": pattern, "expected": expected})


class CellError(Exception):
    """A cell does not hold what it should."""

    def __init__(self, code: str, expected: str = "") -> None:
        super().__init__(code, expected)
        self.code = code
        self.expected = expected


def _date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise CellError("packs.not_a_date", "2026-09-28")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellError("packs.not_a_date", "2026-09-28") from None


def _whole(text: str, meta: Mapping[str, Any]) -> int:
    if not re.fullmatch(r"\d{1,12}", text):
        raise CellError("packs.not_a_number", "0, 1, 2 …")
    value = int(text)
    if not meta.get("least", value) <= value <= meta.get("most", value):
        raise CellError("packs.out_of_range", f"{meta['least']}–{meta['most']}")
    return value


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise CellError("packs.not_a_number", "6.17") from None
    if not value.is_finite():
        raise CellError("packs.not_a_number", "6.17")
    return value


def _list(text: str, meta: Mapping[str, Any]) -> tuple[str, ...]:
    values = tuple(part.strip() for part in re.split(r"[;；]", text) if part.strip())
    choices = meta.get("choices", ())
    if choices and any(value not in choices for value in values):
        raise CellError("packs.not_a_choice", " | ".join(choices))
    return values


def _spans(text: str) -> Spans:
    spans: list[tuple[str, str]] = []
    for part in _list(text, {}):
        match = _SPAN.match(part)
        if match is None:
            raise CellError("packs.not_hours", "08:30-12:00;14:30-17:30")
        try:
            opens, closes = (time(int(match[a]), int(match[a + 1])) for a in (1, 3))
        except ValueError:
            raise CellError("packs.not_hours", "08:30-12:00;14:30-17:30") from None
        if closes <= opens or (spans and part[:5] < spans[-1][1]):
            raise CellError("packs.not_hours", "08:30-12:00;14:30-17:30")
        spans.append((part[:5], part[6:]))
    return tuple(spans)


def _text(text: str, meta: Mapping[str, Any]) -> str:
    if meta.get("choices") and text not in meta["choices"]:
        raise CellError("packs.not_a_choice", " | ".join(meta["choices"]))
    if meta.get("pattern") and not re.fullmatch(meta["pattern"], text):
        raise CellError("packs.not_this_shape", meta["expected"])
    return text


def value_of(text: str, hint: Any, meta: Mapping[str, Any]) -> Any:
    """Return the value of a cell. Raises CellError when the text does not fit the kind of cell."""
    if hint in (str, str | None):
        return _text(text, meta)
    if hint in (date, date | None):
        return _date(text)
    if hint in (int, int | None):
        return _whole(text, meta)
    if hint in (Decimal, Decimal | None):
        return _decimal(text)
    if hint is bool:
        if text.lower() not in _YES:
            raise CellError("packs.not_yes_or_no", "是 | 否 | true | false")
        return _YES[text.lower()]
    if hint == tuple[str, ...]:
        return _list(text, meta)
    if hint == Spans:
        return _spans(text)
    raise TypeError(f"no cell of kind {hint}")


_hints: dict[type[Row], Mapping[str, Any]] = {}  # a pack has thousands of rows of a dozen types


def hints_of(row_type: type[Row]) -> Mapping[str, Any]:
    """Return the kind of every cell of a row."""
    if row_type not in _hints:
        _hints[row_type] = get_type_hints(row_type)
    return _hints[row_type]


def cell_names(row_type: type[Row]) -> tuple[str, ...]:
    """Return the columns of a row in the order of its declaration."""
    return tuple(one.name for one in fields(row_type) if one.name not in ("file", "row"))


def row_from(
    cells: Mapping[str, str],
    row_type: type[RowType],
    *,
    file: str,
    row: int,
    faults: Faults,
    lines: Mapping[str, int] | None = None,
    prefix: str = "",
) -> RowType | None:
    """Return the row that the cells make, or None after noting every cell that does not fit.

    An empty cell takes the default of its column; a column without default must be filled. `lines` gives each
    cell its own line where the file has one (YAML).
    """
    found: dict[str, Any] = {}
    good = True
    where = lines or {}
    hints = hints_of(row_type)
    for name in cells.keys() - set(cell_names(row_type)):
        line = where.get(name, row)
        faults.add("packs.unknown_field", file, line, prefix + name, name, " | ".join(cell_names(row_type)))
        good = False
    for one in fields(row_type):
        if one.name in ("file", "row"):
            continue
        text = cells.get(one.name, "").strip()
        line = where.get(one.name, row)
        if not text:
            if one.default is MISSING and one.default_factory is MISSING:
                expected = one.metadata.get("expected") or " | ".join(one.metadata.get("choices", ()))
                faults.add("packs.missing", file, line, prefix + one.name, "", expected)
                good = False
            continue
        try:
            found[one.name] = value_of(text, hints[one.name], one.metadata)
        except CellError as error:
            faults.add(error.code, file, line, prefix + one.name, text, error.expected)
            good = False
    return row_type(file=file, row=row, **found) if good else None
