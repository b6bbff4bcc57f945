"""What a cell can be before anybody reads it as something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | float | int | datetime | date | None
Line = tuple[int, tuple[Cell, ...]]

_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202c\u202d"
PLAIN: dict[int, str] = {
    **{0xFF01 + shift: chr(0x21 + shift) for shift in range(94)},
    **{ord(sign): " " for sign in _SPACES},
    **{ord(sign): "-" for sign in _HYPHENS},
    **{ord(sign): "" for sign in _INVISIBLE},
}
"""Full-width sign -> the plain one it stands for, whatever a keyboard or a web page put there."""


def plain(text: str) -> str:
    """Return a text in half-width signs, without invisible ones and without spaces at its ends."""
    return text.translate(PLAIN).strip()


@dataclass(frozen=True)
class Flaw:
    """A cell that could not be taken as it stands; `column` counts from 0, `code` names words with `value`."""

    line: int
    column: int
    code: str
    value: str


class Spoilt(str):
    """A cell whose content is lost; it still shows what stood there. Whoever reads it as a value gets `code`."""

    __slots__ = ("code",)
    code: str

    def __new__(cls, shown: str, code: str) -> Spoilt:
        """Keep what is shown and why it is no value."""
        made = super().__new__(cls, shown)
        made.code = code
        return made


DIGITS_LOST = "exchange.digits_lost"
BYTES_UNREADABLE = "exchange.bytes_unreadable"
FIRST_UNSURE = 10**15
"""Excel keeps 15 digits; of a number with more, the last ones are made up."""
