"""The rows of a sheet of an xlsx file, streamed: values as they were last computed, no formulas."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading.csv_rows import ERROR_VALUES, Report
from jinli.exchange.reading.files import MOST_ROWS
from jinli.exchange.reading.values import DIGITS_LOST, FIRST_UNSURE, Cell, Line, Spoilt

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_ESCAPED = re.compile(r"_x000[9ADad]_")
_BLOCK = 2**20
_AHEAD = 256


@contextmanager
def _book(path: Path) -> Iterator[Any]:
    """Open a workbook for reading once through, and close it."""
    with path.open("rb") as stream:  # of a path it would believe the extension, and a dropped file has none
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of styles and checks that it does not read
                book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except Exception:  # openpyxl raises whatever its parts raise
            raise InvalidInputError("exchange.file.broken", field="file") from None
        try:
            yield book
        finally:
            book.close()


def sheets_of(path: Path) -> tuple[tuple[str, bool], ...]:
    """Return name and visibility of every sheet that holds anything."""
    with _book(path) as book:
        return tuple((one.title, one.sheet_state == "visible") for one in book.worksheets if _holds_anything(one))


def _holds_anything(sheet: Any) -> bool:
    return any(value not in (None, "") for row in _values(sheet) for value in row)


def xlsx_rows(path: Path, sheet: str, report: Report) -> Iterator[Line]:
    """Yield the number and the cells of each row of a sheet, as Excel counts; what was lost is reported."""
    with _book(path) as book:
        for line, row in enumerate(_values(book[sheet]), start=1):
            yield line, tuple([_cell(value, line, column, report) for column, value in enumerate(row)])


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the values of all rows, read ahead in parts so that warnings are silenced only while openpyxl reads."""
    sheet.reset_dimensions()  # many systems write a wrong size, which openpyxl believes
    rows = sheet.iter_rows(values_only=True)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                ahead = list(islice(rows, _AHEAD))
        except Exception:  # openpyxl raises whatever its parts raise
            raise InvalidInputError("exchange.file.broken", field="file") from None
        if not ahead:
            return
        yield from ahead


def _cell(value: Any, line: int, column: int, report: Report) -> Cell:
    if value is None:
        return None
    if isinstance(value, str):
        return _text(value, line, column, report)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        if abs(value) >= FIRST_UNSURE:
            return Spoilt(str(value), DIGITS_LOST)
        return int(value) if value == int(value) else value
    if isinstance(value, (datetime, date)):
        return value
    if isinstance(value, time):
        return value.strftime("%H:%M:%S")
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return str(value)


def _text(value: str, line: int, column: int, report: Report) -> Cell:
    text = value.strip()
    if text.startswith("#") and text in ERROR_VALUES:
        report(line, column, "exchange.error_value", text)
        return None
    if "_x000" in text:
        text = _ESCAPED.sub("", text)
    if text.startswith("'") and not text.endswith("'"):
        text = text[1:]
    return (text if text.isascii() else _INVISIBLE.sub("", text).strip()) or None


def check_rows(path: Path) -> None:
    """Refuse a workbook with a sheet of too many rows before it is parsed.

    Rows that hold something are counted in the text of the sheet; one that hides from this is counted when it is read.
    """
    try:
        with zipfile.ZipFile(path) as package:
            sheets = [part for part in package.namelist() if re.fullmatch(r"/?xl/worksheets/[^/]+\.xml", part)]
            most = max((_filled_rows(package, part) for part in sheets), default=0)
    except Exception:  # a damaged package raises whatever its zip, its packing or its names raise
        raise InvalidInputError("exchange.file.broken", field="file") from None
    if most > MOST_ROWS + 100:
        raise InvalidInputError("exchange.file.too_many_rows", field="file", most=MOST_ROWS)


def _filled_rows(package: zipfile.ZipFile, part: str) -> int:
    rows, rest = 0, b""
    with package.open(part) as stream:
        while block := stream.read(_BLOCK):
            *whole, rest = (rest + block).split(b"<row")
            rows += sum(1 for one in whole if b"<v" in one or b"<is" in one)
    return rows + (b"<v" in rest or b"<is" in rest)
