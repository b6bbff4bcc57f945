"""The catalogue as the office sees it: how items stand, one item with its editions, a workbook before it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse

from jinli.lines.services.models import ItemEdition
from jinli.lines.services.pages.differences import Difference, differences
from jinli.lines.services.pages.wording import text_of
from jinli.lines.services.selectors.editions import OPEN, Standing, gaps_of
from jinli.packs.catalogue import item_row
from jinli.packs.faults import Fault
from jinli.packs.items import ItemRow
from jinli.packs.sections import content_of
from jinli.ui.parts import Scope
from jinli.ui.words import all_words, say

State = ItemEdition.State
FILTERS: Final = ("here", "elsewhere", "draft", "gaps", "all")


@dataclass(frozen=True, kw_only=True)
class CatalogueLine:
    """One item of the list."""

    code: str
    name: str
    theme: str
    kind: str
    edition: str
    draft: str
    gaps: tuple[str, ...]
    sample: bool


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    """The list of items under one filter. `may_edit` whether the reader writes items."""

    rows: tuple[CatalogueLine, ...]
    scopes: tuple[Scope, ...]
    may_edit: bool
    total: int


@dataclass(frozen=True, kw_only=True)
class EditionLine:
    """One edition of an item: its number, its state, who wrote it and who published it."""

    number: int
    state: str
    written: str
    written_at: datetime
    published: str
    published_at: datetime | None
    ended_at: datetime | None
    valid: str


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that can be done with the edition now, or why it cannot."""

    label: str
    url: str
    digest: str
    primary: bool
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class CatalogueItemPage:
    """One item with its editions.

    Attributes
    ----------
    draft : the edition being written, with what it changes; None when nobody writes.
    """

    code: str
    name: str
    gaps: tuple[str, ...]
    sample: bool
    draft: EditionLine | None
    changes: tuple[Difference, ...]
    acts: tuple[Act, ...]
    editions: tuple[EditionLine, ...]
    may_edit: bool


def gap_words(row: ItemRow) -> tuple[str, ...]:
    """Return what an item lacks."""
    return tuple(say(f"services.gap.{one}") for one in gaps_of(row))


def catalogue_page(found: Sequence[Standing], *, wanted: str, may_edit: bool) -> CataloguePage:
    """Return the list of items, all or those of one filter."""
    chosen = wanted if wanted in FILTERS else FILTERS[0]
    counted = {name: sum(_fits(one, name) for one in found) for name in FILTERS}
    scopes = tuple(
        Scope(
            label=say(f"services.catalogue.{name}"),
            url=f"?show={name}",
            count=counted[name],
            current=name == chosen,
        )
        for name in FILTERS
    )
    rows = tuple(_line(one) for one in found if _fits(one, chosen))
    return CataloguePage(rows=rows, scopes=scopes, may_edit=may_edit, total=len(found))


def _fits(one: Standing, name: str) -> bool:
    fits = {
        "all": True,
        "here": one.row.offered != "elsewhere",
        "elsewhere": one.row.offered == "elsewhere",
        "draft": one.draft is not None,
        "gaps": bool(one.gaps),
    }
    return fits[name]


def _line(one: Standing) -> CatalogueLine:
    return CatalogueLine(
        code=one.code,
        name=text_of(one.row),
        theme=text_of(one.row, "theme"),
        kind=say(f"services.kind.{one.row.kind}"),
        edition=say("services.catalogue.edition", edition=one.published.edition) if one.published else "",
        draft=say(f"services.state.{one.draft.state}") if one.draft else "",
        gaps=tuple(say(f"services.gap.{gap}") for gap in one.gaps),
        sample=one.row.status == "sample",
    )


def catalogue_item_page(editions: Sequence[ItemEdition], *, person: UUID | None, may_edit: bool) -> CatalogueItemPage:
    """Return one item with its editions, the latest first."""
    offered = next((one for one in editions if one.state == State.PUBLISHED and one.ended_at is None), None)
    draft = next((one for one in editions if one.state in OPEN), None)
    shown = item_row((offered or editions[0]).content)
    return CatalogueItemPage(
        code=editions[0].code,
        name=text_of(shown),
        gaps=gap_words(shown),
        sample=shown.status == "sample",
        draft=_edition(draft) if draft else None,
        changes=differences(offered.content if offered else {}, draft.content) if draft else (),
        acts=_acts(draft or offered, person) if may_edit else (),
        editions=tuple(_edition(one) for one in editions),
        may_edit=may_edit,
    )


def _edition(one: ItemEdition) -> EditionLine:
    days = (one.valid_from, one.valid_to)
    ended = one.state == State.PUBLISHED and one.ended_at is not None
    return EditionLine(
        number=one.edition,
        state=say("services.state.ended" if ended else f"services.state.{one.state}"),
        written=one.written_by.name if one.written_by else say("services.catalogue.by_pack"),
        written_at=one.written_at,
        published=one.reviewed_by.name if one.reviewed_by else "",
        published_at=one.published_at,
        ended_at=one.ended_at,
        valid=say("services.catalogue.valid", first=days[0] or "—", last=days[1] or "—") if any(days) else "",
    )


def _acts(edition: ItemEdition | None, person: UUID | None) -> tuple[Act, ...]:
    """Return what can be done now: a draft goes to review, another person publishes it or gives it back."""
    if edition is None:
        return ()
    own = edition.written_by_id == person

    def act(code: str, *, primary: bool = False, refused: str = "") -> Act:
        url = reverse(f"services:edition-{code}", args=[edition.pk])
        label = say(f"services.act.{code}")
        return Act(label=label, url=url, digest=edition.digest, primary=primary, refused=refused)

    if edition.state == State.DRAFT:
        return act("review", primary=True), act("withdraw")
    if edition.state == State.REVIEW:
        why = say("services.edition.own_words") if own else ""
        return act("publish", primary=not own, refused=why), act("return"), act("withdraw")
    return (act("withdraw"),)


@dataclass(frozen=True, kw_only=True)
class FaultLine:
    """One thing to mend in a workbook, in words."""

    text: str


@dataclass(frozen=True, kw_only=True)
class ItemChanges:
    """What a workbook changes of one item."""

    code: str
    name: str
    new: bool
    changes: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """A workbook before it counts: every fault, or what would be kept as drafts. Nothing is kept with one fault."""

    faults: tuple[FaultLine, ...]
    changed: tuple[ItemChanges, ...]
    same: int
    token: str


def fault_line(fault: Fault) -> FaultLine:
    """Return a fault in words; its column is named by its letter and its heading."""
    letter, _, column = fault.field.rpartition(" ")
    key = f"services.column.{column}"
    heading = say(key) if key in all_words() else column
    where = say("services.dry_run.column", letter=letter, heading=heading) if letter else heading
    return FaultLine(text=say(fault.code, **{**fault.facts, "field": where}))


def dry_run(
    items: Mapping[str, ItemRow], bases: Mapping[str, tuple[str, ItemRow]], faults: Sequence[Fault], token: str
) -> DryRun:
    """Return what a workbook would change, or what is wrong in it."""
    changed = []
    for code, row in items.items():
        base = bases.get(code)
        found = differences(content_of(base[1]) if base else {}, content_of(row))
        if found:
            changed.append(ItemChanges(code=code, name=text_of(row), new=base is None, changes=found))
    return DryRun(
        faults=tuple(fault_line(one) for one in faults),
        changed=() if faults else tuple(changed),
        same=len(items) - len(changed),
        token=token,
    )
