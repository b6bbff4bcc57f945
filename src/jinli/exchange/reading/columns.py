"""Which column of a foreign table holds what: by its heading first, by its contents where that says nothing.

A heading alone is believed less when the contents speak against it: 办理时限 often holds `5个工作日` and no
moment, 编号 often only counts the rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from jinli.exchange.reading.contents import Contents
from jinli.exchange.reading.synonyms import FIELDS, NO_FIELD, SYNONYMS
from jinli.exchange.reading.values import Cell, plain

__all__ = ["FIELDS", "SYNONYMS", "Certainty", "Guess", "is_heading", "normalised", "recognise", "signature"]

Certainty = Literal["exact", "likely", "guess"]
_ORDER: dict[Certainty, int] = {"exact": 0, "likely": 1, "guess": 2}
_LEAST_TAIL = 3
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_MARKS = re.compile(r"[\s_\-*:,.。、#※★]+")
_LEADING = re.compile(r"^(?:\d+[.、)]|\(\d+\)|[一二三四五六七八九十]+、)")
_NOT_THE_REPORTER = re.compile(r"单位|部门|承办|经办|处理|处置|受理|窗口|网格员|审批|责任")
_DATES = ("opened_at", "due_at", "closed_at")
_PAIRED = {"class_name": "class_code", "body_name": "body_code", "place_name": "place_code"}


@dataclass(frozen=True)
class Guess:
    """The column of a field, counted from 0. `why` is a key of words; `others` are columns that could be it too."""

    column: int
    certainty: Certainty
    why: str
    others: tuple[int, ...] = ()


def normalised(heading: str) -> str:
    """Return a heading without width, case, spaces and marks: `工单 编号*` and `工单编号` are one."""
    return _MARKS.sub("", plain(heading).lower())


_RANKS: dict[str, tuple[str, int]] = {
    normalised(name): (field, rank) for field, names in SYNONYMS.items() for rank, name in enumerate(names)
}
_NO_FIELD = frozenset(map(normalised, NO_FIELD))


@lru_cache(maxsize=4096)
def _by_heading(heading: str) -> tuple[str, int, Certainty, str] | None:
    """Return field, rank among its names, certainty and reason; None for a heading that says nothing."""
    leaf = re.sub(r"（\d+）$", "", heading).rsplit("/", 1)
    whole = normalised(heading)
    if whole in _RANKS:
        return *_RANKS[whole], "exact", "exchange.column.heading"
    if (last := normalised(leaf[-1])) in _RANKS and last not in _NO_FIELD:
        return *_RANKS[last], "exact", "exchange.column.heading_part"
    bare = normalised(_LEADING.sub("", _NOTE.sub("", plain(leaf[-1]))))
    if bare in _RANKS:
        return *_RANKS[bare], "likely", "exchange.column.heading_near"
    if bare in _NO_FIELD or bare.startswith("是否"):
        return None
    for start in range(1, len(bare) - _LEAST_TAIL + 1):
        found = _RANKS.get(bare[start:])
        if (
            found
            and not bare[start:].isascii()
            and not (found[0].startswith("reporter") and _NOT_THE_REPORTER.search(bare[:start]))
        ):
            return *found, "likely", "exchange.column.heading_near"
    return None


def is_heading(text: str) -> bool:
    """Return whether a text is the name of a column that exports are known to have."""
    return _by_heading(text) is not None or normalised(text) in _NO_FIELD


def signature(headings: Sequence[str]) -> str:
    """Return a short stable name of a layout: the same headings in the same order have the same."""
    return hashlib.sha256("\x1f".join(map(normalised, headings)).encode()).hexdigest()[:32]


def recognise(headings: Sequence[str], sample: Sequence[Sequence[Cell]]) -> dict[str, Guess]:
    """Return field -> column, in the order of FIELDS; a column serves one field, and nothing is taken twice.

    `sample` are some rows of the table; a few dozen are enough.
    """
    contents = [Contents([row[column] for row in sample if column < len(row)]) for column in range(len(headings))]
    claims: dict[str, list[tuple[int, int, int, Guess]]] = {}
    for column, heading in enumerate(headings):
        said = _by_heading(heading)
        if said is None:
            continue
        field, rank, certainty, why = said
        weighed = _weighed(field, Guess(column, certainty, why), contents[column])
        if weighed is not None:
            field, guess = weighed
            claims.setdefault(field, []).append((_ORDER[guess.certainty], rank, column, guess))
    found: dict[str, Guess] = {}
    for field, several in claims.items():
        best, *others = [guess for *_, guess in sorted(several, key=lambda claim: claim[:3])]
        found[field] = replace(best, others=tuple(one.column for one in others))
    _by_contents(found, headings, contents)
    if "lon" in found and "lat" in found:
        found.pop("point", None)
    return {field: found[field] for field in FIELDS if field in found}


def _weighed(field: str, guess: Guess, held: Contents) -> tuple[str, Guess] | None:
    """Return what is left of a heading's claim once its contents are seen."""
    doubt = replace(guess, certainty="guess", why="exchange.column.contents_differ")
    if held.filled == 0:
        return field, guess
    if field in _DATES:
        if held.moments == 0:
            return None
        return field, guess if held.moments >= 0.5 else doubt
    if field in {"lon", "lat"}:
        if held.pairs >= 0.5:
            return "point", guess
        return (field, guess) if held.degrees else None
    if field in _PAIRED and held.codes >= 0.8:
        return _PAIRED[field], replace(guess, certainty="likely", why="exchange.column.holds_codes")
    if field == "credit_code" and held.credit_codes < 0.2:
        return field, doubt
    if field == "foreign_number" and (held.counts_rows or (held.filled >= 10 and held.distinct < 0.5)):
        return field, doubt
    return field, guess


def _by_contents(found: dict[str, Guess], headings: Sequence[str], contents: Sequence[Contents]) -> None:
    """Add what only the contents tell; a column whose heading says something else is left alone."""
    taken = {column for guess in found.values() for column in (guess.column, *guess.others)}
    free = [
        column
        for column, heading in enumerate(headings)
        if column not in taken and _by_heading(heading) is None and contents[column].filled
        and normalised(heading) not in _NO_FIELD
    ]  # fmt: skip

    def take(field: str, fitting: list[int], why: str) -> None:
        if field not in found and fitting:
            found[field] = Guess(fitting[0], "guess", why, tuple(fitting[1:]))
            free[:] = [one for one in free if one not in fitting]

    take("credit_code", [one for one in free if contents[one].credit_codes >= 0.6], "exchange.column.credit_codes")
    take("reporter_phone", [one for one in free if contents[one].mobiles >= 0.6], "exchange.column.telephones")
    take("link", [one for one in free if contents[one].links >= 0.6], "exchange.column.links")
    if "lon" not in found and "lat" not in found:
        take("point", [one for one in free if contents[one].pairs >= 0.6], "exchange.column.coordinates")
        lons = [one for one in free if contents[one].longitudes >= 0.6]
        lats = [one for one in free if contents[one].latitudes >= 0.6]
        if lons and lats and "point" not in found:
            take("lon", lons, "exchange.column.coordinates")
            take("lat", lats, "exchange.column.coordinates")
    take("opened_at", [one for one in free if contents[one].moments >= 0.8], "exchange.column.moments")
    take("foreign_number", [one for one in free if contents[one].numbers_of_rows], "exchange.column.numbers")
