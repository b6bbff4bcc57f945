"""Amounts of money in fen, whole numbers, so that nothing is ever rounded away."""

from __future__ import annotations

import re
from typing import Final

from jinli.domain.errors import InvalidInputError

#: A hundred thousand million yuan: more than any town spends, and small enough for every database.
MOST_FEN: Final = 10**13
_AMOUNT: Final = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")


def fen_of(text: str, *, field: str = "amount", zero: bool = False) -> int:
    """Return an amount in yuan, such as `10000`, `10,000.00` or `10000.5元`, in fen.

    Raises InvalidInputError `domain.money.amount` at the field: not a number, more than two decimals, nothing (unless
    `zero` allows it), too large.
    """
    plain = text.strip().replace(",", "").replace("，", "").removeprefix("¥").removesuffix("元").strip()
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise InvalidInputError("domain.money.amount", field=field, found=text)
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if fen > MOST_FEN or (fen == 0 and not zero):
        raise InvalidInputError("domain.money.amount", field=field, found=text)
    return fen


def yuan_of(fen: int) -> str:
    """Return an amount in yuan with separators and two decimals: 10,000.00."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02}"
