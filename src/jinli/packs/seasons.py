"""Enrolment seasons as data: one file a year, `services/seasons/*.yaml`: days, schools, points table, tie-breakers.

What the education body has not published stays empty and is shown as unknown; a sample is marked so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from jinli.domain.errors import DomainError
from jinli.domain.points import How, PointRule
from jinli.domain.season import Days, require_order
from jinli.packs.cells import Row, between, one_of
from jinli.packs.faults import Faults
from jinli.packs.files import lined
from jinli.packs.items import ItemRow
from jinli.packs.nested import nested_row
from jinli.packs.sections import STATUSES, coded


@dataclass(frozen=True, kw_only=True)
class SchoolRow(Row):
    """A school of a season; its places are unknown until the education body says them."""

    code: str = coded()
    name: str
    name_en: str = ""
    places: int | None = between(0, 5000, default=None)
    source: str = ""
    status: str = one_of(*STATUSES, default="unknown")


@dataclass(frozen=True, kw_only=True)
class PointRow(Row):
    """One line of the points table: what counts, by how much, at most; `proof` says by what it is shown."""

    code: str = coded()
    label: str
    label_en: str = ""
    unit: str = ""
    unit_en: str = ""
    value: str
    how: str = one_of(*How, default=How.EACH)
    answer: str = ""
    points: Decimal | None = None
    most: Decimal | None = None
    proof: str = ""
    proof_en: str = ""
    source: str = ""
    status: str = one_of(*STATUSES, default="unknown")

    def rule(self) -> PointRule:
        """Return the line as the domain reckons it."""
        return PointRule(
            code=self.code, value=self.value, how=How(self.how), points=self.points, most=self.most, answer=self.answer
        )


@dataclass(frozen=True, kw_only=True)
class SeasonRow(Row):
    """One season.

    Attributes
    ----------
    item : the matter of the catalogue whose applications are ranked.
    when : question of the item -> answers whose applications belong to the season; others are taken on any day.
    owner : code of the body that checks, ranks and assigns.
    count_on : the day to which months are counted, the same for everybody.
    lot : the word from which the last tie-breaker is reckoned, published before anybody can apply.
    ties : codes of lines of the points table that part equal points, in this order, before their limit.
    """

    code: str = coded()
    name: str
    name_en: str = ""
    item: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    owner: str
    publish_on: date
    apply_from: date
    apply_to: date
    check_to: date
    ranking_on: date
    appeal_from: date
    appeal_to: date
    offers_on: date
    count_on: date
    lot: str
    ties: tuple[str, ...] = ()
    schools: tuple[SchoolRow, ...] = ()
    points: tuple[PointRow, ...] = ()
    note: str = ""
    note_en: str = ""
    status: str = one_of(*STATUSES, default="confirmed")
    source: str

    def days(self) -> Days:
        """Return the days of the season."""
        return Days(**{name: getattr(self, name) for name in Days.__dataclass_fields__})


def read_seasons(folder: Path, *, prefix: str, faults: Faults) -> dict[str, SeasonRow]:
    """Return the seasons of a folder by code; a file is named after its code, and no other file lies there."""
    found: dict[str, SeasonRow] = {}
    for path in sorted((folder / "services" / "seasons").glob("*")):
        file = f"{prefix}services/seasons/{path.name}"
        if path.suffix != ".yaml":
            faults.add("packs.unknown_file", file, expected="*.yaml")
            continue
        said = lined(path, file=file, faults=faults)
        row = nested_row(said, SeasonRow, file=file, faults=faults, row=1) if said is not None else None
        if row is None:
            continue
        if row.code != path.stem:
            faults.add("packs.not_this_shape", file, 1, "code", row.code, path.stem)
        found[row.code] = row
    return found


def check_seasons(
    seasons: Iterable[SeasonRow], items: Mapping[str, ItemRow], bodies: Collection[str], faults: Faults
) -> None:
    """Note what does not fit in these seasons."""
    for one in seasons:
        _known(one, one.row, "item", one.item, items, faults)
        _known(one, one.row, "owner", one.owner, bodies, faults)
        lines = {each.code for each in one.points}
        for code in one.ties:
            _known(one, one.row, "ties", code, lines, faults)
        item = items.get(one.item)
        if item is not None:
            questions = {each.code: {answer.code for answer in each.answers} for each in item.situations}
            for code, answers in one.when.items():
                for answer in answers:
                    _known(one, one.row, f"when.{code}", answer, questions.get(code, ()), faults)
            names = questions.keys() | {each.code for each in item.form}
            for line in one.points:
                _known(one, line.row, "points.value", line.value.rpartition(".")[2], names, faults)
        _twins(one, faults)
        _unknowns(one, faults)
        try:
            require_order(one.days())
        except DomainError as error:
            faults.add(
                "packs.ends_before_begin", one.file, one.row, str(error.facts["field"]), error.facts["day"],
                f">= {error.facts['before']}",
            )  # fmt: skip


def _known(one: SeasonRow, row: int, where: str, value: str, known: Collection[str], faults: Faults) -> None:
    if value not in known:
        faults.add("packs.unknown_reference", one.file, row, where, value, " | ".join(sorted(known)[:20]))


def _unknowns(one: SeasonRow, faults: Faults) -> None:
    """What has a number has a status, what has none is unknown."""
    said = [(row.row, row.places is None, row.status) for row in one.schools]
    said += [(row.row, row.points is None, row.status) for row in one.points]
    for line, empty, status in said:
        if empty != (status == "unknown"):
            faults.add("packs.value_against_status", one.file, line, "status", status, "unknown")


def _twins(one: SeasonRow, faults: Faults) -> None:
    parts: tuple[tuple[str, tuple[SchoolRow | PointRow, ...]], ...] = (("schools", one.schools), ("points", one.points))
    for where, rows in parts:
        seen: dict[str, int] = {}
        for row in rows:
            if row.code in seen:
                faults.add("packs.duplicate", one.file, row.row, f"{where}.code", row.code, seen[row.code])
            seen.setdefault(row.code, row.row)
