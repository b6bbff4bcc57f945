"""The rows of one outcome: line, foreign number, why, what changes, and the case that stands here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from jinli.cases.export import MOST, Table
from jinli.exchange.models import ImportRow, ImportRun
from jinli.exchange.pages.wording import change_texts, reason_texts
from jinli.exchange.selectors.runs import ON_A_PAGE, every_row, key_of
from jinli.ui.parts import PageKeys
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """One row of the file."""

    line: int
    number: str
    reasons: tuple[str, ...]
    changes: tuple[str, ...]
    case_number: str
    case_url: str
    taken: bool


@dataclass(frozen=True, kw_only=True)
class RowsPage:
    """One page of the rows of an outcome; `part_only` says that the dry run kept only some of them."""

    outcome: str
    label: str
    rows: tuple[ShownRow, ...]
    plain: str
    part_only: str
    keys: PageKeys


def rows_page(
    run: ImportRun,
    outcome: str,
    rows: Sequence[ImportRow],
    cases: Mapping[str, UUID],
    titles: Mapping[str, str],
    *,
    now: datetime,
    after: str,
) -> RowsPage:
    """Return the page of rows that were read."""
    base = reverse("exchange:run", args=[run.pk])
    shown, total = rows[:ON_A_PAGE], int(run.counts.get(outcome, 0))
    further = urlencode({"outcome": outcome, "after": key_of(shown[-1])}) if len(rows) > ON_A_PAGE else ""
    dry = run.state in (ImportRun.State.READING, ImportRun.State.READY)
    kept = dry and not after and not further and len(shown) < total
    return RowsPage(
        outcome=outcome,
        label=say(f"exchange.outcome.{outcome}"),
        rows=tuple(_shown(row, cases, titles, now) for row in shown),
        plain=say("exchange.row.plain") if dry else "",
        part_only=say("exchange.rows.part", shown=len(shown), total=total) if kept else "",
        keys=PageKeys(
            shown=len(shown),
            total=total if total and not after and not kept else None,
            first_url=f"{base}?{urlencode({'outcome': outcome})}#rows" if after else "",
            next_url=f"{base}?{further}#rows" if further else "",
        ),
    )


def _shown(row: ImportRow, cases: Mapping[str, UUID], titles: Mapping[str, str], now: datetime) -> ShownRow:
    case = row.mirror.case if row.mirror is not None else None
    key = case.pk if case is not None else cases.get(row.foreign_number)
    return ShownRow(
        line=row.line,
        number=row.foreign_number,
        reasons=reason_texts(row, titles),
        changes=change_texts(row, titles, now),
        case_number=case.number if case is not None else say("exchange.row.case") if key else "",
        case_url=reverse("cases:case", args=[key]) if key else "",
        taken=row.mirror is not None,
    )


def rows_table(run: ImportRun, outcomes: Sequence[str], titles: Mapping[str, str], now: datetime) -> Table:
    """Return the rows of some outcomes as a table to be handed back to the other system."""
    return Table(
        name=f"import-{run.dropped_at:%Y%m%d}-{'-'.join(outcomes)}",
        heads=[say(f"exchange.export.{name}") for name in ("line", "number", "outcome", "why")],
        rows=_cells(run, outcomes, titles, now),
    )


def _cells(run: ImportRun, outcomes: Sequence[str], titles: Mapping[str, str], now: datetime) -> Iterator[list[str]]:
    rows = list(every_row(run, outcomes, MOST))
    for row in rows:
        told = (*reason_texts(row, titles), *change_texts(row, titles, now))
        yield [str(row.line or ""), row.foreign_number, say(f"exchange.outcome.{row.outcome}"), " ".join(told)]
    if len(rows) == MOST:
        yield [say("cases.export.cut", count=MOST)]
