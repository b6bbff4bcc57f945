"""Forms of other systems and layouts of lists as data: `sheets/*.yaml` and `layouts/*.yaml`, one file each.

A *sheet* has the fields of another system's form in its order; a *layout* the columns that somebody asks a list in.
Both take their values from one closed list of paths; what the path finds is shaped by a date style or a map of codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from jinli.packs.cells import Row, between, each_of, one_of, row_from, shaped
from jinli.packs.faults import Faults
from jinli.packs.files import LinedMapping, lined
from jinli.packs.sections import STATUSES, coded
from jinli.packs.town_sheet import plain_cells, refuse_unknown

#: Paths whose value is a moment; they take a date style, and only they.
MOMENTS: Final = ("opened_at", "due_at", "closed_at")
#: Paths whose value has a code of ours, which a map of codes may turn into theirs.
CODED: Final = (
    "class_code", "class_name", "type_name", "place_code", "place_name", "channel", "stage", "phase", "owner",
    "handler", "duty_line", "simulated",
)  # fmt: skip
#: Paths whose value is personal: masked until somebody reads it with a reason.
PERSONAL: Final = ("reporter_name", "reporter_phone", "address")
PLAIN: Final = (
    "number", "title", "text", "result", "lon", "lat", "foreign_number", "foreign_stage", "town_name", "town_code",
    "county_name",
)  # fmt: skip
VALUES: Final = (*PLAIN, *CODED, *MOMENTS, *PERSONAL)
#: In a list a row has a number, and in the queue a promise of its own.
LIST_VALUES: Final = ("row", *VALUES, "clock")
LISTS: Final = ("cases", "whistles", "mirrors", "queue")
#: How a moment is written, by example: the moment 2026-09-24 17:50.
DATES: Final[Mapping[str, str]] = {
    "2026-09-24 17:50": "%Y-%m-%d %H:%M",
    "2026-09-24 17:50:00": "%Y-%m-%d %H:%M:%S",
    "2026-09-24": "%Y-%m-%d",
    "2026/09/24 17:50": "%Y/%m/%d %H:%M",
    "2026/09/24": "%Y/%m/%d",
    "2026年9月24日 17:50": "{year}年{month}月{day}日 %H:%M",
    "2026年9月24日": "{year}年{month}月{day}日",
    "20260924": "%Y%m%d",
    "20260924175000": "%Y%m%d%H%M%S",
}
SAMPLE_MARK: Final = "（样本）"
#: In a map of codes, what stands for every code that the map does not name.
OTHERWISE: Final = "其余"
_TITLE_LINE: Final = ("town", "day")


@dataclass(frozen=True, kw_only=True)
class FieldRow(Row):
    """One field of the other form. `most` is how many characters fit there; `required` whether it must be filled."""

    label: str
    label_en: str = ""
    value: str = one_of(*VALUES)
    date: str = one_of("", *DATES, default="")
    most: int | None = between(1, 4000, default=None)
    required: bool = False
    note: str = ""
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class SheetRow(Row):
    """One form of another system, with the types of case that are retyped into it.

    Attributes
    ----------
    system : the code by which imports know the same system.
    own : whether it stands in the pack of the town, not in the national standard.
    """

    code: str = coded()
    title: str
    title_en: str = ""
    system: str = coded()
    system_name: str
    system_name_en: str = ""
    serves: tuple[str, ...]
    status: str = one_of(*STATUSES, default="sample")
    source: str
    note: str = ""
    own: bool = False
    fields: tuple[FieldRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ColumnRow(Row):
    """One column of a layout; neighbours of the same `group` stand under one merged heading."""

    heading: str
    group: str = ""
    value: str = one_of(*LIST_VALUES)
    date: str = one_of("", *DATES, default="")
    width: int = between(3, 100, default=14)
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class LayoutRow(Row):
    """The columns in which somebody asks for a list. `title_line` may name {town} and {day}."""

    code: str = coded()
    title: str
    title_en: str = ""
    lists: tuple[str, ...] = each_of(*LISTS)
    sheet_name: str = shaped(r"[^\[\]:*?/\\']{1,31}", "台账")
    title_line: str = ""
    status: str = one_of(*STATUSES, default="sample")
    source: str
    note: str = ""
    own: bool = False
    columns: tuple[ColumnRow, ...] = ()


Head = TypeVar("Head", SheetRow, LayoutRow)
Part = TypeVar("Part", FieldRow, ColumnRow)


def sheets(home: Path, faults: Faults, *, prefix: str, own: bool) -> dict[str, SheetRow]:
    """Return the sheets of a folder by code."""
    return _files(home / "sheets", f"{prefix}sheets/", lambda path, file: _sheet(path, file, own, faults), faults)


def layouts(home: Path, faults: Faults, *, prefix: str, own: bool) -> dict[str, LayoutRow]:
    """Return the layouts of a folder by code."""
    return _files(home / "layouts", f"{prefix}layouts/", lambda path, file: _layout(path, file, own, faults), faults)


def _files(folder: Path, prefix: str, read: Callable[[Path, str], Head | None], faults: Faults) -> dict[str, Head]:
    """Return what every file of a folder says; a file is named after its code, and no other file lies there."""
    found: dict[str, Head] = {}
    for path in sorted(folder.glob("*")):
        file = prefix + path.name
        if path.suffix != ".yaml":
            faults.add("packs.unknown_file", file, expected="*.yaml")
            continue
        one = read(path, file)
        if one is None:
            continue
        if one.code != path.stem:
            faults.add("packs.not_this_shape", file, one.row, "code", one.code, path.stem)
        if one.status == "sample" and SAMPLE_MARK not in one.title:
            faults.add("packs.not_marked_sample", file, one.row, "title", one.title, one.title + SAMPLE_MARK)
        found[one.code] = one
    return found


def _sheet(path: Path, file: str, own: bool, faults: Faults) -> SheetRow | None:
    said = lined(path, file=file, faults=faults)
    if said is None:
        return None
    one = _row(said, SheetRow, "fields", file, faults)
    parts = _parts(said, "fields", FieldRow, file, faults)
    return replace(one, own=own, fields=parts) if one is not None else None


def _layout(path: Path, file: str, own: bool, faults: Faults) -> LayoutRow | None:
    said = lined(path, file=file, faults=faults)
    if said is None:
        return None
    one = _row(said, LayoutRow, "columns", file, faults)
    parts = _parts(said, "columns", ColumnRow, file, faults)
    for name in re.findall(r"\{([^{}]*)\}", one.title_line if one is not None else ""):
        if name not in _TITLE_LINE:
            expected = " | ".join(f"{{{known}}}" for known in _TITLE_LINE)
            faults.add("packs.not_a_choice", file, said.lines["title_line"], "title_line", f"{{{name}}}", expected)
    queued = one is not None and one.lists == ("queue",)
    for part in parts:
        if part.value == "clock" and not queued:
            faults.add("packs.only_in_queue", file, part.row, "columns.value", part.value, "lists: [queue]")
    return replace(one, own=own, columns=parts) if one is not None else None


def _row(said: LinedMapping, row_type: type[Head], nested: str, file: str, faults: Faults) -> Head | None:
    """Return the head of a file; where it stands is the folder's to say, never the file's."""
    refuse_unknown(said, _names(row_type), file=file, faults=faults)
    plain = {name: value for name, value in plain_cells(said).items() if name in _names(row_type) and name != nested}
    return row_from(plain, row_type, file=file, row=1, faults=faults, lines=said.lines)


def _names(row_type: type[Row]) -> tuple[str, ...]:
    own = {"file", "row", "own"}
    return tuple(name for name in row_type.__dataclass_fields__ if name not in own)


def _parts(said: LinedMapping, name: str, row_type: type[Part], file: str, faults: Faults) -> tuple[Part, ...]:
    """Return the fields or columns in their order."""
    given = said.get(name)
    if not given:
        faults.add("packs.missing", file, said.lines.get(name, 1), name, "", f"{name}: [ … ]")
        return ()
    if not isinstance(given, list) or not all(isinstance(one, LinedMapping) for one in given):
        faults.add("packs.not_a_list", file, said.lines[name], name, given)
        return ()
    found = (_part(one, row_type, f"{name}.", file, faults) for one in given)
    return tuple(one for one in found if one is not None)


def _part(said: LinedMapping, row_type: type[Part], prefix: str, file: str, faults: Faults) -> Part | None:
    plain = {name: value for name, value in plain_cells(said).items() if name != "codes"}
    one = row_from(plain, row_type, file=file, row=said.line, faults=faults, lines=said.lines, prefix=prefix)
    codes = said.get("codes") or LinedMapping()
    value, date = str(said.get("value", "")), said.get("date")
    where = said.lines
    if date and value not in MOMENTS:
        faults.add("packs.date_elsewhere", file, where["date"], f"{prefix}date", value, " | ".join(MOMENTS))
    if value in MOMENTS and not date:
        faults.add("packs.missing", file, where["value"], f"{prefix}date", "", " | ".join(DATES))
    if codes and not isinstance(codes, LinedMapping):
        faults.add("packs.not_a_mapping", file, where["codes"], f"{prefix}codes", codes)
        return one
    if codes and value not in CODED:
        faults.add("packs.codes_elsewhere", file, where["codes"], f"{prefix}codes", value, " | ".join(CODED))
    for key, theirs in codes.items():
        if not isinstance(theirs, str) or not theirs.strip():
            faults.add("packs.missing", file, codes.lines[key], f"{prefix}codes.{key}")
    return replace(one, codes=dict(codes)) if one is not None else None
