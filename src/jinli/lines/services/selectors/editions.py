"""Editions of items as the office sees them: what is offered, what is being written, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.conf import settings

from jinli.cases.models import ProcedureEdition
from jinli.domain.promises import days_of_year
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.selectors.items import offered_items
from jinli.packs.catalogue import held_words, item_row
from jinli.packs.faults import Faults
from jinli.packs.item_checks import Surroundings
from jinli.packs.items import ItemRow
from jinli.town.models import Attribute, Division
from jinli.town.selectors import chain_of, organisations_by_code, work_calendar

OPEN: Final = (ItemEdition.State.DRAFT, ItemEdition.State.REVIEW)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one item stands: the edition in force, and the one being written."""

    code: str
    row: ItemRow
    published: ItemEdition | None
    draft: ItemEdition | None
    gaps: tuple[str, ...]


def gaps_of(row: ItemRow) -> tuple[str, ...]:
    """Return what an item still lacks, as ends of the words `services.gap.…`; what is only told about lacks only where.

    An unknown limit is a gap to be filled from a source, never by a guess.
    """
    if row.offered == "elsewhere":
        return () if row.where else ("where",)
    lacking = {
        "statutory": row.statutory.amount is None,
        "promised": row.promised.amount is None,
        "bodies": not (row.window and row.office),
        "laws": not row.laws,
        "result": row.result is None,
        "visits": row.visits is None,
        "english": not row.name_en,
        "thresholds": any(one.compare not in ("yes", "no") and not one.threshold for one in row.conditions),
    }
    return tuple(name for name, lacks in lacking.items() if lacks)


def standings(town: Division) -> tuple[Standing, ...]:
    """Return how every item of a town stands, by code. One query."""
    states = (*OPEN, ItemEdition.State.PUBLISHED)
    rows = ItemEdition.objects.filter(town=town, state__in=states, ended_at=None)
    published: dict[str, ItemEdition] = {}
    drafts: dict[str, ItemEdition] = {}
    for one in rows.select_related("written_by").order_by("code", "edition"):
        (drafts if one.state in OPEN else published)[one.code] = one
    found = []
    for code in sorted(published.keys() | drafts.keys()):
        shown = published.get(code) or drafts[code]
        row = item_row(shown.content)
        found.append(
            Standing(code=code, row=row, published=published.get(code), draft=drafts.get(code), gaps=gaps_of(row))
        )
    return tuple(found)


def editions_of(town: Division, code: str) -> tuple[ItemEdition, ...]:
    """Return all editions of an item, the latest first; none for an unknown code. One query."""
    rows = ItemEdition.objects.filter(town=town, code=code).select_related("written_by", "reviewed_by")
    return tuple(rows.order_by("-edition"))


def bases_of(town: Division) -> dict[str, tuple[str, ItemRow]]:
    """Return code -> digest and content of what an edit begins from: the open draft, else the edition in force."""
    return {
        one.code: ((one.draft or one.published).digest, item_row((one.draft or one.published).content))  # type: ignore[union-attr]
        for one in standings(town)
    }


def surroundings_of(town: Division, day: date, items: Mapping[str, ItemRow]) -> Surroundings:
    """Return what items of a town may refer to, with these items in the place of those in force.

    Promises are compared with the law from every day of this year and the next.
    """
    chain = [one.pk for one in chain_of(town)]
    all_items = {one.code: one.row for one in offered_items(town, day)} | dict(items)
    return Surroundings(
        bodies=organisations_by_code(town).keys(),
        procedures=set(ProcedureEdition.objects.filter(division__in=chain).values_list("code", flat=True)),
        attributes=set(Attribute.objects.values_list("code", flat=True)),
        held=held_words(Path(settings.PACKS) / "_standard", Faults()),
        items=all_items,
        calendar=work_calendar(town),
        days=(*days_of_year(day.year), *days_of_year(day.year + 1)),
        materials=frozenset(part.code for one in all_items.values() for part in one.materials),
    )
