"""The rows of a text file: separators, quotes, line numbers, and cells as Excel and other systems wrap them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading.values import BYTES_UNREADABLE, DIGITS_LOST, Cell, Line, Spoilt

Report = Callable[[int, int, str, str], None]
SEPARATORS = ",\t;|"
# What needs a second look: wrapped texts (="001", '001), lost digits (4.41E+17), lost bytes, invisible signs, #N/A.
# One set of signs, since a search for alternatives costs three times as much and every row pays it.
ODD = re.compile("['=+\ufffd\u200b\u200c\u200d\u2060\ufeff#]")
ERROR_VALUES = frozenset(
    "#N/A #REF! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #GETTING_DATA #SPILL! #CALC!".split()  # noqa: SIM905 -- as printed
)
_LOST = re.compile(r"[-+]?(\d)(?:\.(\d+))?[eE]\+(\d{1,3})", re.ASCII)
_WRAPPED = re.compile(r"=\s*\"(.*)\"", re.DOTALL)
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


def csv_rows(path: Path, encoding: str, separator: str, report: Report) -> Iterator[Line]:
    """Yield the first physical line and the cells of each row; what was lost on the way is reported.

    Raises InvalidInputError `exchange.file.quote_open` where a quotation mark swallows the rest of the file.
    """
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=separator)
        first = 1
        try:
            for row in reader:
                if ODD.search(separator.join(row)):
                    yield first, tuple(_second_look(text, first, column, report) for column, text in enumerate(row))
                else:
                    yield first, tuple([text.strip() or None for text in row])
                first = reader.line_num + 1
        except csv.Error:
            raise InvalidInputError("exchange.file.quote_open", field="file", line=first) from None


def separator_of(path: Path, encoding: str) -> str:
    """Return what parts the cells: what gives the most rows of one and the same width in the first lines."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        head = list(islice(stream, 60))
    return max(SEPARATORS, key=lambda separator: _evenness(head, separator))


def _evenness(head: list[str], separator: str) -> tuple[int, int]:
    widths: dict[int, int] = {}
    try:
        for row in csv.reader(head, delimiter=separator):
            widths[len(row)] = widths.get(len(row), 0) + 1
    except csv.Error:
        return 0, 0
    return max(((rows * (width - 1), width) for width, rows in widths.items() if width > 1), default=(0, 0))


def _second_look(raw: str, line: int, column: int, report: Report) -> Cell:
    text = _INVISIBLE.sub("", raw).strip()
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[1].strip()
    elif text.startswith("'") and not text.endswith("'"):  # Excel's mark for 'this is a text'
        text = text[1:].strip()
    if "\ufffd" in text:
        return Spoilt(text, BYTES_UNREADABLE)
    found = _LOST.fullmatch(text)
    if found and int(found[3]) >= 11 and len(found[2] or "") < int(found[3]):
        return Spoilt(text, DIGITS_LOST)  # Excel writes numbers of twelve digits and more like this, and cuts them
    if text in ERROR_VALUES:
        report(line, column, "exchange.error_value", text)
        return None
    return text or None
