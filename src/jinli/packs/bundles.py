"""Bundles of matters (一件事) as data: one file each, `services/bundles/*.yaml`.

A *bundle* names the items that a turn in somebody's life needs, under which answers each is needed, and what must be
there before it. Its form is no table of its own: it is what the forms of its items ask, each thing once
(`jinli.packs.shared`). The guidance on 一件事 (国办发〔2024〕3号) asks for one form, shared materials, one window.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

from jinli.packs.cells import Row, between, one_of
from jinli.packs.faults import Faults
from jinli.packs.files import lined
from jinli.packs.items import ItemRow, SituationRow
from jinli.packs.nested import nested_row
from jinli.packs.sections import STATUSES, coded
from jinli.packs.shared import conflicts

#: How an item that waits is opened: the applicant clicks, or by itself with the earlier result.
CLICK, ITSELF = "click", "itself"


@dataclass(frozen=True, kw_only=True)
class BundleItemRow(Row):
    """One item of a bundle.

    Attributes
    ----------
    when : question of the bundle -> answers under which the item is needed; empty for always.
    after : items of the bundle that must have come to a good end first.
    months : whole months that must have gone by since then, with `months_source` saying who asks for that.
    opens : `click`: the applicant opens it when the time has come; `itself`: it is filled in at once and sent with
        the earlier result. Silence opens nothing.
    answers : question of the item -> the one answer that follows from the bundle, so that nobody is asked.
    """

    item: str = coded()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    after: tuple[str, ...] = ()
    months: int | None = between(1, 60, default=None)
    months_source: str = ""
    opens: str = one_of(CLICK, ITSELF, default=CLICK)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class BundleRow(Row):
    """One bundle.

    Attributes
    ----------
    everyday : what people call it.
    questions : what tells the items needed from those that are not.
    same : code of a material -> codes under which other items ask for the very same thing.
    """

    code: str = coded()
    name: str
    name_en: str = ""
    everyday: tuple[str, ...] = ()
    questions: tuple[SituationRow, ...] = ()
    items: tuple[BundleItemRow, ...] = ()
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    note: str = ""
    note_en: str = ""
    status: str = one_of(*STATUSES, default="confirmed")
    source: str


_FEWEST: Final = 2


def read_bundles(folder: Path, *, prefix: str, faults: Faults) -> dict[str, BundleRow]:
    """Return the bundles of a folder by code; a file is named after its code, and no other file lies there."""
    found: dict[str, BundleRow] = {}
    for path in sorted((folder / "services" / "bundles").glob("*")):
        file = f"{prefix}services/bundles/{path.name}"
        if path.suffix != ".yaml":
            faults.add("packs.unknown_file", file, expected="*.yaml")
            continue
        said = lined(path, file=file, faults=faults)
        row = nested_row(said, BundleRow, file=file, faults=faults, row=1) if said is not None else None
        if row is None:
            continue
        if row.code != path.stem:
            faults.add("packs.not_this_shape", file, 1, "code", row.code, path.stem)
        found[row.code] = row
    return found


def check_bundles(bundles: Iterable[BundleRow], items: Mapping[str, ItemRow], faults: Faults) -> None:
    """Note what does not fit in these bundles, all of it at once."""
    for bundle in bundles:
        if len(bundle.items) < _FEWEST:
            faults.add("packs.bundle_too_small", bundle.file, bundle.row, "items", len(bundle.items), ">= 2")
        _questions(bundle, faults)
        _parts(bundle, items, faults)
        _order(bundle, faults)
        _together(bundle, items, faults)


def _questions(bundle: BundleRow, faults: Faults) -> None:
    known: dict[str, set[str]] = {}
    for one in bundle.questions:
        _conditions(one.file or bundle.file, one.row, "questions.when", one.when, known, faults)
        if one.code in known:
            faults.add("packs.duplicate", bundle.file, one.row, "questions.code", one.code, bundle.row)
        known[one.code] = {answer.code for answer in one.answers}
    for part in bundle.items:
        _conditions(bundle.file, part.row, "items.when", part.when, known, faults)


def _conditions(
    file: str, row: int, where: str, when: Mapping[str, tuple[str, ...]], known: Mapping[str, Collection[str]],
    faults: Faults,
) -> None:  # fmt: skip
    for code, answers in when.items():
        if code not in known:
            faults.add("packs.unknown_reference", file, row, where, code, " | ".join(known))
            continue
        for answer in answers:
            if answer not in known[code]:
                faults.add("packs.unknown_reference", file, row, f"{where}.{code}", answer, " | ".join(known[code]))


def _parts(bundle: BundleRow, items: Mapping[str, ItemRow], faults: Faults) -> None:
    """Every item is known and can be applied for here; what goes before it is in the bundle; answers are its own."""
    mine: dict[str, int] = {}
    for part in bundle.items:
        if part.item in mine:
            faults.add("packs.duplicate", bundle.file, part.row, "items.item", part.item, mine[part.item])
        mine.setdefault(part.item, part.row)
    for part in bundle.items:
        item = items.get(part.item)
        if item is None:
            faults.add("packs.unknown_reference", bundle.file, part.row, "items.item", part.item)
            continue
        if item.offered != "online":
            faults.add("packs.bundle_not_online", bundle.file, part.row, "items.item", part.item, "offered: online")
        for code in part.after:
            if code not in mine:
                faults.add("packs.unknown_reference", bundle.file, part.row, "items.after", code, " | ".join(mine))
        if (part.months or part.opens == ITSELF) and not part.after:
            faults.add("packs.missing", bundle.file, part.row, "items.after")
        if part.months and part.opens == ITSELF:
            faults.add("packs.bundle_itself_later", bundle.file, part.row, "items.opens", ITSELF, CLICK)
        if part.months and not part.months_source:
            faults.add("packs.missing", bundle.file, part.row, "items.months_source")
        questions = {one.code: {answer.code for answer in one.answers} for one in item.situations}
        _conditions(bundle.file, part.row, "items.answers", part.answers, questions, faults)


def _order(bundle: BundleRow, faults: Faults) -> None:
    try:
        tuple(TopologicalSorter({one.item: one.after for one in bundle.items}).static_order())
    except CycleError as error:
        faults.add("packs.bundle_circle", bundle.file, bundle.row, "items.after", " → ".join(error.args[1]))


def _together(bundle: BundleRow, items: Mapping[str, ItemRow], faults: Faults) -> None:
    """What is asked once has to be the same thing everywhere, and somebody has to be able to apply for all of it."""
    rows = [items[one.item] for one in bundle.items if one.item in items]
    for conflict in conflicts(rows):
        found, expected = f"{conflict.item}: {conflict.kind}", f"{conflict.first}: {conflict.first_kind}"
        faults.add("packs.bundle_conflict", bundle.file, bundle.row, conflict.key, found, expected)
    if rows and not set.intersection(*(set(one.applicants) for one in rows)):
        faults.add("packs.bundle_nobody", bundle.file, bundle.row, "items", " | ".join(one.code for one in rows))
