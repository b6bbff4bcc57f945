"""Which column of a foreign table holds what."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jinli.exchange.reading.tables import Cell

FIELDS = (
    "foreign_number",
    "title",
    "text",
    "class_code",
    "class_name",
    "body_code",
    "body_name",
    "place_code",
    "place_name",
    "address",
    "channel",
    "stage",
    "opened_at",
    "due_at",
    "closed_at",
    "result",
    "reporter_name",
    "reporter_phone",
    "firm_name",
    "credit_code",
    "lon",
    "lat",
    "point",
    "link",
)
"""What a row of another system can give. Each has words `exchange.field.<code>`."""
SYNONYMS: dict[str, tuple[str, ...]] = {
    "foreign_number": ("工单编号", "编号"),
    "opened_at": ("派单时间", "受理时间"),
}


@dataclass(frozen=True)
class Guess:
    """The column of a field, counted from 0. `why` is a key of words; `others` are columns that could be it too."""

    column: int
    certainty: Literal["exact", "likely", "guess"]
    why: str
    others: tuple[int, ...] = ()


def recognise(headings: Sequence[str], sample: Sequence[Sequence[Cell]]) -> dict[str, Guess]:
    """Return field -> column; a column serves one field."""
    found = {}
    for field, names in SYNONYMS.items():
        columns = [column for column, heading in enumerate(headings) if heading in names]
        if columns:
            found[field] = Guess(columns[0], "exact", "exchange.column.heading", tuple(columns[1:]))
    return found


def signature(headings: Sequence[str]) -> str:
    """Return a short stable name of a layout: the same headings in the same order have the same."""
    return hashlib.sha256("\x1f".join(headings).encode()).hexdigest()[:32]
