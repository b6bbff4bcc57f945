"""What the cells of one column look like, as shares of those that are filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading.cells import read_credit_code, read_moment_cell, read_point
from jinli.exchange.reading.values import Cell, Spoilt

_ANY_ZONE = ZoneInfo("UTC")
_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z][0-9A-Za-z.\-]{2,}", re.ASCII)
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d[\d*]{8}", re.ASCII)
_NUMBER = re.compile(r"(?=.*\d{4})[A-Za-z]{0,8}[\d\-A-Za-z〔〕\[\]号]{6,40}")
_FRACTION = re.compile(r"-?\d{1,3}\.\d{3,}", re.ASCII)
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d+)?|.*[°度].*", re.ASCII)


class Contents:
    """The cells of one column in a sample of rows."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = [one for one in cells if one is not None and one != ""]
        self._texts = [str(one).strip() for one in self._cells]
        self.filled = len(self._cells)

    def _share(self, fits: Callable[[str], object]) -> float:
        return sum(1 for text in self._texts if fits(text)) / self.filled if self.filled else 0.0

    @cached_property
    def moments(self) -> float:
        """Return the share of moments; plain small numbers are none."""
        return sum(1 for cell in self._cells if _is_moment(cell)) / self.filled if self.filled else 0.0

    @cached_property
    def codes(self) -> float:
        """Return the share of letters and digits only."""
        return self._share(_CODE.fullmatch)

    @cached_property
    def credit_codes(self) -> float:
        """Return the share of sound credit codes."""
        return self._share(lambda text: (read := read_credit_code(text)) is not None and read.valid)

    @cached_property
    def mobiles(self) -> float:
        """Return the share of mobile numbers, masked ones too."""
        return self._share(_MOBILE.fullmatch)

    @cached_property
    def links(self) -> float:
        """Return the share of addresses of pages."""
        return self._share(lambda text: text.startswith(("http://", "https://")))

    @cached_property
    def pairs(self) -> float:
        """Return the share of cells that hold both coordinates."""
        return self._share(lambda text: any(mark in text for mark in ",，; °") and _is_point(text))

    @cached_property
    def degrees(self) -> float:
        """Return the share of what can be degrees."""
        return self._share(_DEGREES.fullmatch)

    @cached_property
    def longitudes(self) -> float:
        """Return the share of fractions between the longitudes of China."""
        return self._share(lambda text: _FRACTION.fullmatch(text) and 73 <= float(text) <= 136)

    @cached_property
    def latitudes(self) -> float:
        """Return the share of fractions between the latitudes of China."""
        return self._share(lambda text: _FRACTION.fullmatch(text) and 3 <= float(text) <= 54)

    @cached_property
    def distinct(self) -> float:
        """Return how many different cells there are, as a share."""
        return len(set(self._texts)) / self.filled if self.filled else 0.0

    @cached_property
    def counts_rows(self) -> bool:
        """Return whether this is 1, 2, 3 …, which counts the rows of a file and names none of them."""
        counted = [int(text) for text in self._texts if re.fullmatch(r"\d{1,6}", text, re.ASCII)]
        return len(counted) == self.filled >= 3 and counted == list(range(counted[0], counted[0] + self.filled))

    @cached_property
    def numbers_of_rows(self) -> bool:
        """Return whether each cell is another long number, as a register gives them."""
        return self.filled >= 5 and self.distinct > 0.95 and self._share(_NUMBER.fullmatch) >= 0.9


def _is_moment(cell: Cell) -> bool:
    if isinstance(cell, Spoilt) or (isinstance(cell, str) and len(cell) > 40):
        return False
    if isinstance(cell, datetime):
        return True
    try:
        return read_moment_cell(cell, _ANY_ZONE) is not None
    except InvalidInputError:
        return False


def _is_point(text: str) -> bool:
    point = read_point(text, None)
    return point is not None and point.lon is not None
