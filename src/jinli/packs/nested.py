"""Rows within rows: from YAML with every fault in one run, and from the plain values that a table keeps."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Union, get_args, get_origin

from jinli.packs.cells import Row, RowType, cell_names, hints_of, row_from
from jinli.packs.faults import Faults
from jinli.packs.files import LinedMapping
from jinli.packs.town_sheet import plain_cells


def part_of(hint: Any) -> tuple[str, type[Row] | None]:
    """Return what a field holds: `one` or `many` rows of a type, `when` (code -> words), or a plain cell."""
    if get_origin(hint) in (Union, types.UnionType):
        rows = [one for one in get_args(hint) if isinstance(one, type) and issubclass(one, Row)]
        return ("one", rows[0]) if rows else ("", None)
    if isinstance(hint, type) and issubclass(hint, Row):
        return "one", hint
    if get_origin(hint) is tuple and isinstance(get_args(hint)[0], type) and issubclass(get_args(hint)[0], Row):
        return "many", get_args(hint)[0]
    if get_origin(hint) is Mapping:
        return "when", None
    return "", None


def nested_row(
    said: LinedMapping, row_type: type[RowType], *, file: str, faults: Faults, prefix: str = "", row: int = 0
) -> RowType | None:
    """Return the row that a mapping makes with all rows in it, or None after noting every fault."""
    parts = {name: part_of(hint) for name, hint in hints_of(row_type).items() if part_of(hint)[0]}
    plain = plain_cells({name: value for name, value in said.items() if name not in parts})
    for name, value in said.items():
        if name not in parts and _holds_rows(value):
            faults.add("packs.not_a_list", file, said.lines[name], prefix + name, type(value).__name__)
            plain.pop(name)
    made = row_from(plain, row_type, file=file, row=row or said.line, faults=faults, lines=said.lines, prefix=prefix)
    found: dict[str, Any] = {}
    good = True
    for name, (kind, inner) in parts.items():
        given = said.get(name)
        if given in (None, "", [], {}):
            continue
        where, line = f"{prefix}{name}", said.lines[name]
        if kind == "when":
            value = _when(given, where, line, file, faults)
        elif inner is None:
            continue
        elif kind == "one":
            value = _one(given, inner, where, line, file, faults)
        else:
            value = _many(given, inner, where, line, file, faults)
        good = good and value is not None
        found[name] = value
    return replace(made, **found) if made is not None and good else None


def _holds_rows(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(not isinstance(one, str) for one in value))


def _one(given: Any, inner: type[Row], where: str, line: int, file: str, faults: Faults) -> Row | None:
    if not isinstance(given, LinedMapping):
        faults.add("packs.not_a_mapping", file, line, where, given)
        return None
    return nested_row(given, inner, file=file, faults=faults, prefix=f"{where}.")


def _many(given: Any, inner: type[Row], where: str, line: int, file: str, faults: Faults) -> tuple[Row, ...] | None:
    if not isinstance(given, list) or not all(isinstance(one, LinedMapping) for one in given):
        faults.add("packs.not_a_list", file, line, where, given)
        return None
    rows = [nested_row(one, inner, file=file, faults=faults, prefix=f"{where}.") for one in given]
    return None if None in rows else tuple(one for one in rows if one is not None)


def _when(given: Any, where: str, line: int, file: str, faults: Faults) -> dict[str, tuple[str, ...]] | None:
    """Return code -> the answers under which something holds; one answer may stand alone."""
    if not isinstance(given, LinedMapping):
        faults.add("packs.not_a_mapping", file, line, where, given)
        return None
    found: dict[str, tuple[str, ...]] = {}
    for name, value in given.items():
        answers = tuple(value) if isinstance(value, list) else (value,)
        if not answers or not all(isinstance(one, str) and one.strip() for one in answers):
            faults.add("packs.not_a_list", file, given.lines[name], f"{where}.{name}", value)
            continue
        found[name] = answers
    return found


def row_of(content: Mapping[str, Any], row_type: type[RowType]) -> RowType:
    """Return the row that `content_of` wrote down; what this edition of the program does not know is left out."""
    hints = hints_of(row_type)
    known = set(cell_names(row_type))
    return row_type(**{name: _typed(value, hints[name]) for name, value in content.items() if name in known})


def _typed(value: Any, hint: Any) -> Any:
    kind, inner = part_of(hint)
    if value is None:
        return None
    if kind == "when":
        return {name: tuple(answers) for name, answers in value.items()}
    if kind == "one" and inner is not None:
        return row_of(value, inner)
    if kind == "many" and inner is not None:
        return tuple(row_of(one, inner) for one in value)
    if hint in (date, date | None):
        return date.fromisoformat(value)
    if hint in (Decimal, Decimal | None):
        return Decimal(value)
    return tuple(value) if isinstance(value, list) else value


def plain_names(row_type: type[Row]) -> tuple[str, ...]:
    """Return the fields that are plain cells, in the order of the row's declaration."""
    hints = hints_of(row_type)
    return tuple(name for name in cell_names(row_type) if not part_of(hints[name])[0])
