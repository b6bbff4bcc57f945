"""The item as an applicant meets it: the edition offered now, or the one a draft or a case was begun under."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from jinli.lines.services.models import ItemEdition
from jinli.packs.items import ItemRow
from jinli.town.models import Division


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item in one edition; an edition that was published never changes."""

    row: ItemRow
    edition: int

    @property
    def pinned(self) -> str:
        """Return what a case keeps: code and edition."""
        return f"{self.row.code}/{self.edition}"


def offered_item(town: Division, code: str, edition: int | None = None) -> Item | None:
    """Return the edition of an item offered now, or a given published one; None when there is none."""
    rows = ItemEdition.objects.filter(town=town, code=code, state=ItemEdition.State.PUBLISHED)
    rows = rows.filter(ended_at=None) if edition is None else rows.filter(edition=edition)
    found = rows.order_by("-edition").first()
    return (
        None
        if found is None
        else Item(row=_row(found.digest, msgspec.json.encode(found.content)), edition=found.edition)
    )


def offered_items(town: Division) -> list[Item]:
    """Return every item offered now, by code."""
    rows = ItemEdition.objects.filter(town=town, state=ItemEdition.State.PUBLISHED, ended_at=None).order_by("code")
    return [_item(one) for one in rows]


def _item(row: ItemEdition) -> Item:
    return Item(row=_row(row.digest, msgspec.json.encode(row.content)), edition=row.edition)


@lru_cache(maxsize=512)
def _row(_digest: str, content: bytes) -> ItemRow:
    return msgspec.json.decode(content, type=ItemRow)
