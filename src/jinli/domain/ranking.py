"""Rank applicants by points, published tie-breakers and a published lot; give each the first wish that is left.

The result depends on the applications alone, never on the order in which they were read. Nobody with fewer points
takes a place that somebody with more points wished and did not get.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from jinli.domain.errors import InvalidInputError
from jinli.domain.journal import canonical


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """One application in the ranking.

    Attributes
    ----------
    number : number of its case; no name is ever ranked.
    ties : values of the published tie-breakers in their order, the higher first.
    wishes : codes of schools, the dearest first.
    """

    number: str
    points: Decimal
    ties: tuple[Decimal, ...] = ()
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One line of the ranking; `school` empty: all schools wished were full."""

    rank: int
    number: str
    points: Decimal
    school: str = ""
    wish: int = 0


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """A whole ranking.

    Attributes
    ----------
    cut_offs : school -> points of the last one who got a place there, of schools that are full.
    left : school -> places that are left.
    """

    lines: tuple[Placed, ...]
    cut_offs: Mapping[str, Decimal]
    left: Mapping[str, int]


def lot_of(word: str, number: str) -> str:
    """Return the lot of an application: the digest of the published word and its number, the lower first.

    The word is published before anybody can apply, so that neither the office nor an applicant can choose a lot.
    """
    return sha256(f"{word}/{number}".encode()).hexdigest()


def rank(applicants: Iterable[Applicant], places: Mapping[str, int], *, lot: str) -> Ranking:
    """Return the ranking. Raises InvalidInputError `domain.ranking.twice`, `domain.ranking.unknown_school`."""
    ordered = sorted(applicants, key=lambda one: _key(one, lot))
    _require_sound(ordered, places)
    left = dict(places)
    lines = []
    last: dict[str, Decimal] = {}
    for number, one in enumerate(ordered, 1):
        wish, school = next(((n, s) for n, s in enumerate(one.wishes, 1) if left[s] > 0), (0, ""))
        if school:
            left[school] -= 1
            last[school] = one.points
        lines.append(Placed(rank=number, number=one.number, points=one.points, school=school, wish=wish))
    full = {school: points for school, points in last.items() if not left[school]}
    return Ranking(lines=tuple(lines), cut_offs=dict(sorted(full.items())), left=dict(sorted(left.items())))


def _key(one: Applicant, lot: str) -> tuple[Decimal, tuple[Decimal, ...], str, str]:
    return (-one.points, tuple(-tie for tie in one.ties), lot_of(lot, one.number), one.number)


def _require_sound(ordered: Sequence[Applicant], places: Mapping[str, int]) -> None:
    seen: set[str] = set()
    for one in ordered:
        if one.number in seen:
            raise InvalidInputError("domain.ranking.twice", field="number", number=one.number)
        seen.add(one.number)
        for school in one.wishes:
            if school not in places:
                raise InvalidInputError(
                    "domain.ranking.unknown_school", field="wishes", number=one.number, school=school
                )


def row_of(line: Placed) -> dict[str, str | int]:
    """Return a line as it is kept and hashed."""
    kept: dict[str, str | int] = {
        "rank": line.rank, "number": line.number, "points": _plain(line.points), "school": line.school,
    }  # fmt: skip
    return {**kept, "hash": hash_of(kept)}


def hash_of(row: Mapping[str, str | int]) -> str:
    """Return the hash of one kept line; who has the line can check it, nobody can read the line from it."""
    named = {name: row[name] for name in ("rank", "number", "points", "school")}
    return sha256(canonical(named).encode()).hexdigest()


def digest_of(rows: Sequence[Mapping[str, str | int]], *, edition: int, lot: str) -> str:
    """Return the digest of a ranking: over the hashes of its lines in their order, its edition and its lot."""
    hashes = [hash_of(row) for row in rows]
    return sha256(canonical({"edition": edition, "lot": lot, "rows": hashes}).encode()).hexdigest()


def _plain(points: Decimal) -> str:
    return f"{points.normalize():f}"
