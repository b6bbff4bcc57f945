"""Items as people meet them: the edition in force on a day, read once a process while the town's stamp stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jinli.domain.errors import InvalidInputError
from jinli.lines.services.models import ItemEdition
from jinli.packs.catalogue import item_row
from jinli.packs.items import ItemRow
from jinli.town.models import Division
from jinli.town.stamps import under_stamp
from jinli.ui.words import tongue


@dataclass(frozen=True, kw_only=True)
class Item:
    """One edition of an item."""

    row: ItemRow
    edition: int

    @property
    def code(self) -> str:
        """Return the code, the same in every edition."""
        return self.row.code

    @property
    def done_here(self) -> bool:
        """Return whether it is handled in this town; else it is only told where."""
        return self.row.offered != "elsewhere"

    def in_force(self, day: date) -> bool:
        """Return whether it is offered on a day; `valid_to` is the last."""
        begins, ends = self.row.valid_from, self.row.valid_to
        return (begins is None or begins <= day) and (ends is None or day <= ends)


@under_stamp
def _published(town: Division) -> tuple[Item, ...]:
    """Return the published editions that have not ended, by code, the latest first."""
    rows = ItemEdition.objects.filter(town=town, state=ItemEdition.State.PUBLISHED, ended_at=None)
    found = rows.order_by("code", "-edition").values_list("content", "edition")
    return tuple(Item(row=item_row(content), edition=edition) for content, edition in found)


@under_stamp
def _offered(town: Division, day: date) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for one in _published(town):
        if one.in_force(day):
            found.setdefault(one.code, one)
    return found


def offered_items(town: Division, day: date) -> tuple[Item, ...]:
    """Return the items in force on a day by code, those only told about too. No query while nothing changed."""
    return tuple(_offered(town, day).values())


def offered_item(town: Division, code: str, day: date) -> Item | None:
    """Return the edition of an item in force on a day, or None."""
    return _offered(town, day).get(code)


def item_names(town: Division) -> dict[str, str]:
    """Return the names of the published items in the reader's language, by code. No query while nothing changed."""
    english = tongue() == "en"
    return {one.code: (english and one.row.name_en) or one.row.name for one in reversed(_published(town))}


def item_of(town: Division, code: str, edition: int | None = None) -> Item:
    """Return an edition of an item, the last published one when none is named; a case keeps the one it began under.

    A published edition is read once a process while the town's stamp stands. Raises InvalidInputError
    `services.no_such_item`.
    """
    if edition is not None:
        return _fixed(town, code, edition) or _edition(town, code, edition)
    found = next((one for one in _published(town) if one.code == code), None)
    return found or _edition(town, code, None)


@under_stamp
def _fixed(town: Division, code: str, edition: int) -> Item | None:
    """Return an edition that was published, which nobody changes any more."""
    rows = ItemEdition.objects.filter(town=town, code=code, edition=edition).exclude(published_at=None)
    content = rows.values_list("content", flat=True).first()
    return None if content is None else Item(row=item_row(content), edition=edition)


def _edition(town: Division, code: str, edition: int | None) -> Item:
    rows = ItemEdition.objects.filter(town=town, code=code)
    rows = rows.filter(edition=edition) if edition is not None else rows.exclude(published_at=None)
    row = rows.order_by("-edition").first()
    if row is None:
        raise InvalidInputError("services.no_such_item", field="item", found=code)
    return Item(row=item_row(row.content), edition=row.edition)
