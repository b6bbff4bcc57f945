"""How alike two Chinese texts are, by pairs of characters: enough to propose, never enough to decide."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RUN: Final = re.compile(r"[一-鿿㐀-䶿]+|[0-9a-z]+")
_ASIDE: Final = re.compile(r"\([^()]*\)")
_UNIT: Final = re.compile(r"\((?:件|宗|起|个|条|户|家|人|次|张|亩|%|元|万元|亿元)\)")


def plain(text: str) -> str:
    """Return a text in one width and case, without a unit in brackets; any other bracket makes another question."""
    return _UNIT.sub("", unicodedata.normalize("NFKC", text).lower())


def bare(text: str) -> str:
    """Return a name without what stands in brackets, such as the mark of a simulation."""
    return _ASIDE.sub("", plain(text))


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters of a text, and its other words whole; 的 says nothing."""
    found: set[str] = set()
    for run in _RUN.findall(plain(text).replace("的", "")):
        if run[0].isascii():
            found.add(run)
        else:
            found.update(run[place : place + 2] for place in range(len(run) - 1))
    return frozenset(found)


def covered(part: frozenset[str], whole: frozenset[str]) -> float:
    """Return which share of `part` occurs in `whole`; nothing of nothing is no likeness."""
    return len(part & whole) / len(part) if part else 0.0
