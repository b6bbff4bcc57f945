"""The sheets of the workbook in which items are edited, and the columns of each.

A sheet has two heading lines: words for people, and under them the names that the reader goes by. What hangs on an
answer is written `what=dig|occupy; pipes=yes`, a choice `flat=平面=Flat; box=灯箱=Light box`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinli.packs.cells import cell_names
from jinli.packs.items import (
    ConditionRow,
    FeeRow,
    FieldRow,
    ItemLimitRow,
    ItemRow,
    LawRow,
    MaterialRow,
    ResultRow,
    SituationRow,
)
from jinli.packs.nested import plain_names

LIMITS: Final = ("statutory", "promised")
ITEM_CELLS: Final = plain_names(ItemRow)
SITUATION_CELLS: Final = tuple(name for name in cell_names(SituationRow) if name != "answers")
ANSWER_CELLS: Final[Mapping[str, str]] = {"answer": "code", "label": "label", "label_en": "label_en"}
FIELD_CELLS: Final = tuple(name for name in cell_names(FieldRow) if name != "fields")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One sheet: its key, by which its name is worded, and its columns in order."""

    key: str
    columns: tuple[str, ...]


SHAPES: Final = (
    Shape(
        key="items",
        columns=(
            *ITEM_CELLS,
            *(f"{one}.{name}" for one in LIMITS for name in cell_names(ItemLimitRow)),
            *(f"result.{name}" for name in cell_names(ResultRow)),
        ),
    ),
    Shape(key="situations", columns=("item", *SITUATION_CELLS, *ANSWER_CELLS)),
    Shape(key="materials", columns=("item", *cell_names(MaterialRow))),
    Shape(key="form", columns=("item", "group", *FIELD_CELLS)),
    Shape(key="conditions", columns=("item", *cell_names(ConditionRow))),
    Shape(key="fees", columns=("item", *cell_names(FeeRow))),
    Shape(key="laws", columns=("item", *cell_names(LawRow))),
)
PARTS: Final[Mapping[str, Any]] = {
    "materials": MaterialRow, "conditions": ConditionRow, "fees": FeeRow, "laws": LawRow,
}  # fmt: skip


def when_text(when: Mapping[str, Any]) -> str:
    """Return a condition as a cell writes it."""
    return "; ".join(f"{code}={'|'.join(answers)}" for code, answers in when.items())


def when_of(text: str) -> dict[str, tuple[str, ...]]:
    """Return the condition that a cell writes. Raises ValueError for what is not `question=answer|answer`."""
    found: dict[str, tuple[str, ...]] = {}
    for part in re.split(r"[;；]", text):
        if not part.strip():
            continue
        code, sign, answers = part.replace("＝", "=").partition("=")
        given = tuple(one.strip() for one in re.split(r"[|｜]", answers) if one.strip())
        if not sign or not code.strip() or not given:
            raise ValueError(part)
        found[code.strip()] = given
    return found


def choices_text(choices: Any) -> str:
    """Return choices as a cell writes them."""
    return "; ".join("=".join(part for part in (one.code, one.label, one.label_en) if part) for one in choices)


def choices_of(text: str) -> list[dict[str, str]]:
    """Return the cells of each choice. Raises ValueError for what is not `code=label=English`."""
    found = []
    for part in re.split(r"[;；]", text):
        if not part.strip():
            continue
        cells = [one.strip() for one in part.replace("＝", "=").split("=")]
        if not 2 <= len(cells) <= 3 or not all(cells[:2]):
            raise ValueError(part)
        found.append(dict(zip(("code", "label", "label_en"), cells, strict=False)))
    return found
