"""The folder `services/` of a pack: items, honest shells, promises, bodies, and what forms call held facts.

An item of the same code in an overlay stands in the place of the one below. Promises and bodies are tables of their
own, so that an overlay can say who handles what and what it promises without repeating the item; the facts of a town
name no simulated body.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from jinli.packs.bundles import BundleRow, read_bundles
from jinli.packs.cells import Row, between, each_of, one_of
from jinli.packs.faults import Faults
from jinli.packs.files import lined, table
from jinli.packs.items import APPLICANTS, KINDS, ItemLimitRow, ItemRow
from jinli.packs.nested import nested_row, row_of
from jinli.packs.seasons import SeasonRow, read_seasons
from jinli.packs.sections import STATUSES, UNITS, coded

#: Files beside the folder `items`; other lines of work keep theirs elsewhere.
FILES: Final = ("services/shells.csv", "services/promises.csv", "services/bodies.csv")


@dataclass(frozen=True, kw_only=True)
class ShellRow(Row):
    """A matter that is not done here: its names, and where it is done. It is found, and it is honest."""

    code: str = coded()
    name: str
    name_en: str = ""
    everyday: tuple[str, ...] = ()
    kind: str = one_of(*KINDS)
    applicants: tuple[str, ...] = each_of(*APPLICANTS)
    theme: str = ""
    theme_en: str = ""
    national_code: str = ""
    where: str = ""
    where_en: str = ""
    status: str = one_of(*STATUSES, default="sample")
    source: str
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, kw_only=True)
class PromiseRow(Row):
    """How long the town promises to take for one item, its own word and not the law's."""

    item: str
    amount: int = between(1, 1000)
    unit: str = one_of(*UNITS)
    article: str = ""
    status: str = one_of(*STATUSES, default="sample")
    source: str


@dataclass(frozen=True, kw_only=True)
class BodiesRow(Row):
    """Who receives, who handles and who is asked for one item (codes of organisations)."""

    item: str
    window: str = ""
    office: str = ""
    reviewers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HeldWordRow(Row):
    """What forms call a fact of a party: a field of such a name has to fill from what the town holds."""

    attribute: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SynonymRow(Row):
    """Words by which people mean the same."""

    words: tuple[str, ...]


Keyed = TypeVar("Keyed", PromiseRow, BodiesRow)


@dataclass
class Catalogue:
    """The items of a pack while its overlays are laid over it."""

    items: dict[str, ItemRow] = field(default_factory=dict)
    promises: dict[str, PromiseRow] = field(default_factory=dict)
    bodies: dict[str, BodiesRow] = field(default_factory=dict)
    bundles: dict[str, BundleRow] = field(default_factory=dict)
    seasons: dict[str, SeasonRow] = field(default_factory=dict)

    def add(self, folder: Path, *, prefix: str, faults: Faults) -> None:
        """Read `services/` of a folder and lay it over what is there."""
        home = folder / "services"
        mine = _items(home / "items", f"{prefix}services/items/", faults)
        for shell in _table(home / "shells.csv", ShellRow, f"{prefix}services/shells.csv", faults):
            if shell.code in mine:
                faults.add("packs.duplicate", shell.file, shell.row, "code", shell.code, mine[shell.code].row)
            mine.setdefault(shell.code, _as_item(shell))
        self.items |= mine
        self.bundles |= read_bundles(folder, prefix=prefix, faults=faults)
        self.seasons |= read_seasons(folder, prefix=prefix, faults=faults)
        promises = _table(home / "promises.csv", PromiseRow, f"{prefix}services/promises.csv", faults)
        self.promises |= _by_item(promises, faults)
        self.bodies |= _by_item(_table(home / "bodies.csv", BodiesRow, f"{prefix}services/bodies.csv", faults), faults)

    def whole(self, faults: Faults) -> tuple[ItemRow, ...]:
        """Return the items with their promises and bodies, in the order of their codes; note those without item."""
        said: tuple[PromiseRow | BodiesRow, ...] = (*self.promises.values(), *self.bodies.values())
        for one in said:
            if one.item not in self.items:
                faults.add("packs.unknown_reference", one.file, one.row, "item", one.item)
        return tuple(self._put_together(self.items[code]) for code in sorted(self.items))

    def _put_together(self, item: ItemRow) -> ItemRow:
        promise, bodies = self.promises.get(item.code), self.bodies.get(item.code)
        if promise is not None:
            item = replace(item, promised=_limit(promise))
        if bodies is not None:
            item = replace(item, window=bodies.window, office=bodies.office, reviewers=bodies.reviewers)
        return item


def item_row(content: Mapping[str, Any]) -> ItemRow:
    """Return an item from the plain values that its edition keeps."""
    return row_of(content, ItemRow)


def held_words(standard: Path | None, faults: Faults) -> dict[str, str]:
    """Return what forms call the facts of a party: word -> attribute."""
    if standard is None:
        return {}
    rows = _table(standard / "services/held_words.csv", HeldWordRow, "_standard/services/held_words.csv", faults)
    return {word: one.attribute for one in rows for word in one.words}


def synonyms(standard: Path, faults: Faults) -> tuple[SynonymRow, ...]:
    """Return the groups of words by which people mean the same."""
    return _table(standard / "services/synonyms.csv", SynonymRow, "_standard/services/synonyms.csv", faults)


AnyRow = TypeVar("AnyRow", bound=Row)


def _table(path: Path, row_type: type[AnyRow], file: str, faults: Faults) -> tuple[AnyRow, ...]:
    return table(path, row_type, file=file, faults=faults) if path.exists() else ()


def _items(folder: Path, prefix: str, faults: Faults) -> dict[str, ItemRow]:
    """Return what every file says; a file is named after its code, and no other file lies there."""
    found: dict[str, ItemRow] = {}
    for path in sorted(folder.glob("*")):
        file = prefix + path.name
        if path.suffix != ".yaml":
            faults.add("packs.unknown_file", file, expected="*.yaml")
            continue
        said = lined(path, file=file, faults=faults)
        item = nested_row(said, ItemRow, file=file, faults=faults, row=1) if said is not None else None
        if item is None:
            continue
        if item.code != path.stem:
            faults.add("packs.not_this_shape", file, 1, "code", item.code, path.stem)
        found[item.code] = item
    return found


def _as_item(shell: ShellRow) -> ItemRow:
    return ItemRow(
        file=shell.file,
        row=shell.row,
        offered="elsewhere",
        **{name: getattr(shell, name) for name in ShellRow.__dataclass_fields__ if name not in ("file", "row")},
    )


def _limit(promise: PromiseRow) -> ItemLimitRow:
    return ItemLimitRow(
        file=promise.file,
        row=promise.row,
        amount=promise.amount,
        unit=promise.unit,
        article=promise.article,
        source=promise.source,
        status=promise.status,
    )


def _by_item(rows: Iterable[Keyed], faults: Faults) -> dict[str, Keyed]:
    found: dict[str, Keyed] = {}
    for one in rows:
        if one.item in found:
            faults.add("packs.duplicate", one.file, one.row, "item", one.item, found[one.item].row)
        found.setdefault(one.item, one)
    return found
