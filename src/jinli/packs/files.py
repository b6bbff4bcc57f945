"""Reading the files of a pack: tables (CSV) and YAML, with the line of everything."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import yaml

from jinli.packs.cells import Row, RowType, cell_names, row_from
from jinli.packs.faults import Faults


def text_of(path: Path, *, file: str, faults: Faults) -> str | None:
    """Return the text of a UTF-8 file, with or without byte order mark; note any other encoding as a fault."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add("packs.not_utf8", file, found=f"byte {error.start}", expected="UTF-8")
        return None


def table(path: Path, row_type: type[RowType], *, file: str, faults: Faults) -> tuple[RowType, ...]:
    """Return the rows of a table. Lines that begin with # are comments; the first other line names the columns."""
    text = text_of(path, file=file, faults=faults)
    if text is None:
        return ()
    columns: list[str] | None = None
    rows: list[RowType] = []
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
            continue
        if columns is None:
            columns = [cell.strip() for cell in cells]
            if not _header_fits(columns, row_type, file=file, line=line, faults=faults):
                return ()
            continue
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            faults.add("packs.too_many_cells", file, line, found=len(cells), expected=len(columns))
            continue
        found = row_from(dict(zip(columns, cells, strict=False)), row_type, file=file, row=line, faults=faults)
        if found is not None:
            rows.append(found)
    if columns is None:
        faults.add("packs.no_header", file, expected=",".join(cell_names(row_type)))
    return tuple(rows)


def _header_fits(columns: list[str], row_type: type[Row], *, file: str, line: int, faults: Faults) -> bool:
    """Return whether every column is known and named once; note those that are not."""
    known = cell_names(row_type)
    good = True
    while columns and not columns[-1]:
        columns.pop()
    for number, name in enumerate(columns):
        if name not in known:
            faults.add("packs.unknown_field", file, line, name, name, " | ".join(known))
            good = False
        elif name in columns[:number]:
            faults.add("packs.field_twice", file, line, name, name)
            good = False
    return good


# The parser written in C reads a procedure ten times faster; where it was not built the other reads the same.
_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LinedMapping(dict[str, Any]):
    """A mapping of a YAML file that knows the line of each of its keys."""

    line: int
    lines: dict[str, int]


class _LinedLoader(_BaseLoader):  # type: ignore[misc]
    """Reads every scalar as text, so that codes keep their zeros and `no` stays a word."""


class _TwiceError(yaml.YAMLError):
    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


def _lined(loader: Any, node: yaml.MappingNode) -> LinedMapping:
    made = LinedMapping()
    made.line = node.start_mark.line + 1
    made.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if key in made:
            raise _TwiceError(str(key), line)
        made[key] = loader.construct_object(value_node, deep=True)
        made.lines[key] = line
    return made


_LinedLoader.add_constructor("tag:yaml.org,2002:map", _lined)


class _PlainLoader(_SafeLoader):  # type: ignore[misc]
    """Reads YAML as plain values and refuses keys given twice."""


def _plain(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    made: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in made:
            raise _TwiceError(str(key), key_node.start_mark.line + 1)
        made[key] = loader.construct_object(value_node, deep=True)
    return made


_PlainLoader.add_constructor("tag:yaml.org,2002:map", _plain)


def _yaml(path: Path, loader: Any, *, file: str, faults: Faults) -> Any:
    text = text_of(path, file=file, faults=faults)
    if text is None:
        return None
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506  both loaders build plain values only
    except _TwiceError as error:
        faults.add("packs.field_twice", file, error.line, error.key, error.key)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        faults.add("packs.not_yaml", file, line, found=error.problem or "")
    return None


def lined(path: Path, *, file: str, faults: Faults) -> LinedMapping | None:
    """Return a YAML mapping in which every scalar is text and every key has its line."""
    found = _yaml(path, _LinedLoader, file=file, faults=faults)
    if found is None or isinstance(found, LinedMapping):
        return found
    faults.add("packs.not_a_mapping", file, 1, found=type(found).__name__)
    return None


def plain(path: Path, *, file: str, faults: Faults) -> dict[str, Any] | None:
    """Return a YAML mapping as plain values, for files whose grammar belongs to another room (procedures)."""
    found = _yaml(path, _PlainLoader, file=file, faults=faults)
    if found is None or isinstance(found, dict):
        return found
    faults.add("packs.not_a_mapping", file, 1, found=type(found).__name__)
    return None
