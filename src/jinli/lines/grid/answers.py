"""What machines read of the grid line: receipts, findings item by item, classes with their standards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jinli.lines.grid.models import ClassStandard
from jinli.lines.grid.selectors.standards import MinorClass, limit_of
from jinli.ui.words import tongue


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A report was entered: its number, and the code with which the reporter follows it."""

    number: str
    code: str


@dataclass(frozen=True, kw_only=True)
class ItemFault:
    """Why one finding of a batch was refused; the shape of every error."""

    code: str
    message: str
    field: str
    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class FoundOne:
    """What became of one finding: 201 with the number of its case, or the status and error it would have alone."""

    key: str
    status: int
    number: str
    error: ItemFault | None


@dataclass(frozen=True, kw_only=True)
class Found:
    """What became of each finding, in the order in which they came."""

    items: list[FoundOne]


@dataclass(frozen=True, kw_only=True)
class Blown:
    """A whistle was blown: its number, and that of the report."""

    number: str
    report: str


@dataclass(frozen=True, kw_only=True)
class StandardAnswer:
    """One filing standard; `limit` is empty where no source gives one that can be used."""

    code: str
    edition: int
    condition: str
    closing: str
    limit: dict[str, Any] | None
    self_solved: bool
    status: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ClassAnswer:
    """A minor class with its standards."""

    code: str
    name: str
    major: str
    standards: list[StandardAnswer]


def class_answers(classes: Iterable[MinorClass]) -> list[ClassAnswer]:
    """Return classes as machines read them."""
    return [
        ClassAnswer(code=one.code, name=one.name, major=one.major, standards=[_standard(row) for row in one.standards])
        for one in classes
    ]


def _standard(row: ClassStandard) -> StandardAnswer:
    limit = limit_of(row)
    return StandardAnswer(
        code=row.code,
        edition=row.edition,
        condition=(tongue() == "en" and row.condition_en) or row.condition,
        closing=row.closing,
        limit=limit.to_json() if limit is not None else None,
        self_solved=row.self_solved,
        status=row.status,
        source=row.source,
    )
