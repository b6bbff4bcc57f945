"""Which building an address means, and what people use rooms for."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Use(StrEnum):
    """What somebody uses part of a building for."""

    PRODUCING = "producing"
    STORAGE = "storage"
    OFFICE = "office"
    DWELLING = "dwelling"


_WIDE: Final = str.maketrans("０１２３４５６７８９（）－—　", "0123456789()-- ")
_INSIDE: Final = re.compile(
    r"(?:第?(?:[0-9]+|[一二三四五六七八九十]+)(?:层|楼|室|房|间|铺|单元)|[0-9]+[Ff](?![0-9A-Za-z])|首层|底层|顶层|地下).*$"
)


def roof_of(address: str) -> str:
    """Return an address down to the building, without floor, room and what stands behind them.

    People write floors and rooms in many ways; what is not known as one stays, and makes a building of its own that
    somebody sees in the list.
    """
    plain = re.sub(r"\s+", "", address.translate(_WIDE))
    return _INSIDE.sub("", plain).rstrip("-,，、(") or plain
