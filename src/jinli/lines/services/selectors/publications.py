"""Published licence decisions: the list the public reads, its columns, and how late a correction is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from jinli.cases.book import book_of
from jinli.cases.export import MOST, Table
from jinli.domain.licensing import CORRECTION_WITHIN
from jinli.lines.services.models import Publication
from jinli.town.models import Division
from jinli.ui.words import say

PAGE: Final = 50
#: The columns of a published licence; a sample, since the layout the district uses was not found.
COLUMNS: Final = (
    "holder", "holder_kind", "holder_code", "document", "document_number", "content", "decided_on", "valid_from",
    "valid_to", "authority", "case_number", "note",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PublishedLine:
    """One published decision as a line of the list; of one taken down only that it was."""

    id: UUID
    case_number: str
    holder: str
    content: str
    decided_on: date
    term: str
    authority: str
    document_number: str
    state: str
    withdrawn: bool
    simulated: bool
    changed_on: date | None
    staff_url: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishedPage:
    """One page of the list; `next_key` leads to the older ones."""

    lines: tuple[PublishedLine, ...]
    next_key: str
    town: Division


def published_page(town: Division, *, before: str = "") -> PublishedPage:
    """Return the published decisions of a town, the latest first. One query."""
    rows = _of(town)
    day, _, key = before.partition("_")
    if day and key:
        with suppress(ValueError):
            rows = rows.filter(decided_on__lte=date.fromisoformat(day)).exclude(
                decided_on=date.fromisoformat(day), pk__gte=UUID(key)
            )
    found = list(rows[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return PublishedPage(
        lines=tuple(_line(one) for one in found[:PAGE]),
        next_key=f"{last.decided_on}_{last.pk}" if last else "",
        town=town,
    )


def published_table(town: Division) -> Table:
    """Return the list as a spreadsheet; the layout is a sample and says so in its name."""
    heads = [*(say(f"services.published.column.{name}") for name in COLUMNS), say("services.published.column.state")]
    return Table(name=f"published-{town.code}-sample", heads=heads, rows=_rows(town))


def _rows(town: Division) -> Iterator[list[object]]:
    for row in _of(town)[:MOST]:
        gone = row.state == Publication.State.WITHDRAWN
        kept = {"case_number", "decided_on", "authority"}
        cells: list[object] = ["" if gone and name not in kept else _cell(row, name) for name in COLUMNS]
        yield [*cells, say(f"services.publication.state.{row.state}")]


def _cell(row: Publication, name: str) -> str:
    value = str(row.content.get(name, ""))
    if name == "note" and row.simulated:
        return say("services.publication.simulated")
    if name == "holder_kind":
        return say(f"services.holder.{value}") if value else ""
    return value


def _of(town: Division) -> QuerySet[Publication]:
    return Publication.objects.filter(town=town).order_by("-decided_on", "-pk")


def _line(row: Publication) -> PublishedLine:
    said, gone = row.content, row.state == Publication.State.WITHDRAWN
    ends = said.get("valid_to") or say("services.panel.no_end")
    return PublishedLine(
        id=row.pk,
        case_number=said.get("case_number", ""),
        holder="" if gone else said.get("holder", ""),
        content="" if gone else said.get("content", ""),
        decided_on=row.decided_on,
        term="" if gone else say("services.panel.term", begins=said.get("valid_from", ""), ends=ends),
        authority=said.get("authority", ""),
        document_number="" if gone else said.get("document_number", ""),
        state="" if row.state == Publication.State.PUBLISHED else say(f"services.publication.state.{row.state}"),
        withdrawn=gone,
        simulated=row.simulated,
        changed_on=row.changed_on,
    )


def settled_late(row: Publication) -> bool:
    """Return whether a correction came later than three working days after the change (platform convention)."""
    if row.changed_on is None or row.settled_at is None:
        return False
    zone = ZoneInfo(row.town.zone)
    began = datetime(row.changed_on.year, row.changed_on.month, row.changed_on.day, 12, tzinfo=zone)
    return row.settled_at >= book_of(row.town).due_of(began, CORRECTION_WITHIN).at
