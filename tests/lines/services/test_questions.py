"""A hundred questions as people ask them: at least ninety find the right item among the first three."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from jinli.lines.services.selectors.finding import find, index_of
from jinli.lines.services.selectors.items import Item
from jinli.packs.pack import read_pack
from tests.packs.test_reading import ROOT, STANDARD

FILE = Path(__file__).parent / "questions.csv"


@cache
def items() -> tuple[Item, ...]:
    pack = read_pack(ROOT / "packs/jinli", standard=STANDARD)
    return tuple(Item(row=row, edition=1) for row in pack.items)


def questions() -> list[tuple[str, set[str]]]:
    lines = (line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [(row["question"], set(row["items"].split(";"))) for row in csv.DictReader(lines)]


def test_there_are_a_hundred_questions_about_many_items_and_each_item_exists() -> None:
    asked = questions()
    assert len({text for text, _ in asked}) == 100
    assert set().union(*(right for _, right in asked)) <= {one.code for one in items()}
    assert len(set().union(*(right for _, right in asked))) > 60


def test_fewer_than_a_third_repeat_the_words_of_an_item() -> None:
    said = [text for one in items() for text in (one.row.name, *one.row.everyday)]
    copied = [text for text, _ in questions() if any(text in each or each in text for each in said)]
    assert len(copied) < 33


def test_at_least_ninety_find_the_right_item_among_the_first_three() -> None:
    index = index_of(items())
    missed = [
        f"{text}: {found}"
        for text, right in questions()
        for found in [[one.item.code for one in find(index, text, most=3)]]
        if not right & set(found)
    ]
    assert len(missed) <= 10, "\n".join(missed)
