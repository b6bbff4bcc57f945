"""Where the heading of a table is, among titles above it and in one line or two.

A heading is the first line that is about as wide as the table and holds names, not values. Exports put a merged title
and a line with the date of printing above it, and sometimes a line of parents (办理情况) over a line of children
(到期时间).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jinli.exchange.reading.columns import is_heading
from jinli.exchange.reading.values import Cell, Line, Spoilt, plain

LOOKED_AT = 40
_VALUE = re.compile(r".*\d{5}.*|[-+\d.,:/%年月日时分秒\s¥￥*]+|https?://.*|.*[：:].+", re.DOTALL)
_LONGEST = 40
_LONGEST_PARENT = 14


@dataclass(frozen=True)
class Heading:
    """The heading found: on which line it ends, and the unique names of its columns."""

    line: int
    names: tuple[str, ...]
    known: int


def find_heading(lines: Sequence[Line]) -> Heading | None:
    """Return the heading among the first lines of a sheet, None where there is none."""
    filled = [(line, cells) for line, cells in lines if any(cell is not None for cell in cells)]
    width = max((_filled(cells) for _, cells in filled), default=0)
    for place, (line, cells) in enumerate(filled):
        count = _filled(cells)
        if count < min(2, width):
            continue
        names = sum(1 for cell in cells if _is_name(cell))
        known = sum(1 for cell in cells if isinstance(cell, str) and is_heading(cell))
        wide = count >= 0.6 * width
        sure = known >= max(2, count / 3) and names >= count / 2
        if not sure and not (wide and (names == count or (known and names >= 0.8 * count))):
            if wide and names < count:
                return None  # values before any names
            continue
        below = filled[place + 1] if place + 1 < len(filled) else None
        if below is not None and below[0] == line + 1 and _is_second(cells, below[1]):
            return _heading(below[0], _joined(cells, below[1]))
        above = filled[place - 1] if place else None
        if above is not None and above[0] == line - 1 and _is_parent(above[1], cells):
            return _heading(line, _joined(above[1], cells))
        return _heading(line, [_shown(cell) for cell in cells])
    return None


def _heading(line: int, names: Sequence[str]) -> Heading:
    while names and not names[-1]:
        names = names[:-1]
    return Heading(line, _unique(names), sum(1 for name in names if name and is_heading(name)))


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Return names that differ: a blank one is called after its place, the second of a name carries （2）."""
    found: list[str] = []
    taken: set[str] = set()
    for place, name in enumerate(names, start=1):
        wanted = one = name or f"列{place}"
        count = 1
        while one in taken:
            count += 1
            one = f"{wanted}（{count}）"
        taken.add(one)
        found.append(one)
    return tuple(found)


def _filled(cells: Sequence[Cell]) -> int:
    return sum(1 for cell in cells if cell is not None)


def _shown(cell: Cell) -> str:
    return "" if cell is None else re.sub(r"\s+", " ", plain(str(cell)) if str(cell).isascii() else str(cell).strip())


def _is_name(cell: Cell) -> bool:
    """Return whether a cell reads like the name of a column and not like what stands in one."""
    if not isinstance(cell, str) or isinstance(cell, Spoilt) or len(cell) > _LONGEST:
        return False
    shown = plain(cell)
    return bool(shown) and (is_heading(cell) or _VALUE.fullmatch(shown) is None)


def _spans(parents: Sequence[Cell], children: Sequence[Cell]) -> list[str]:
    """Return the parent of each column: one reaches right over blanks, and repetitions, that have a child below."""
    found: list[str] = []
    reach = ""
    for place, child in enumerate(children):
        parent = _shown(parents[place]) if place < len(parents) else ""
        reach = parent or (reach if child is not None else "")
        found.append(reach)
    return found + [_shown(parent) for parent in parents[len(children) :]]


def _joined(parents: Sequence[Cell], children: Sequence[Cell]) -> list[str]:
    """Return `parent/child`; a parent without child and a child without parent keep their own names."""
    names = []
    for place, parent in enumerate(_spans(parents, children)):
        child = _shown(children[place]) if place < len(children) else ""
        names.append(f"{parent}/{child}" if parent and child and parent != child else parent or child)
    return names


def _is_second(parents: Sequence[Cell], children: Sequence[Cell]) -> bool:
    """Return whether a line below a heading continues it: children under a merged parent, blank under the others."""
    if not all(_is_name(cell) for cell in children if cell is not None):
        return False
    width = max(len(parents), len(children))
    above = [_shown(parents[place]) if place < len(parents) else "" for place in range(width)]
    below = [_shown(children[place]) if place < len(children) else "" for place in range(width)]
    under = [
        bool(child) and (not above[place] or above[place] == above[place - 1]) for place, child in enumerate(below)
    ]
    if not any(under):
        return False
    alone = [
        place for place in range(width)
        if above[place] and not (place + 1 < width and (not above[place + 1] or above[place + 1] == above[place]))
        and not (place and above[place] == above[place - 1])
    ]  # fmt: skip
    known = sum(1 for child in below if child and is_heading(child))
    return all(not below[place] for place in alone) and (bool(alone) or known >= 2)


def _is_parent(parents: Sequence[Cell], children: Sequence[Cell]) -> bool:
    """Return whether the line above a full heading groups it: a few short names, the first above the first column."""
    if not 2 <= _filled(parents) < _filled(children):
        return False
    first = next(place for place, cell in enumerate(children) if cell is not None)
    return parents[first] is not None and all(
        isinstance(cell, str) and _is_name(cell) and len(cell) <= _LONGEST_PARENT
        for cell in parents
        if cell is not None
    )
