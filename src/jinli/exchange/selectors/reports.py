"""Saved reports, generated for any period from what exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from jinli.cases.book import book_of
from jinli.cases.export import Table
from jinli.cases.figures import months_until
from jinli.exchange import catalogue
from jinli.exchange.models import Report
from jinli.exchange.selectors.task_pages import list_url, period_words
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.ui.parts import Crumb
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """One saved report in the list."""

    title: str
    asker: str
    url: str
    figures: int
    saved: str


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One figure of a report; an empty value is unknown."""

    title: str
    figure: str
    definition: str
    value: str
    list_url: str
    total_url: str


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """A report generated for a period."""

    title: str
    asker: str
    crumbs: tuple[Crumb, ...]
    period: str
    period_words: str
    months: tuple[tuple[str, str, bool], ...]
    as_of: str
    rows: tuple[FigureRow, ...]
    known: int
    xlsx_url: str
    csv_url: str
    simulated: bool


def reports_of(town: Division, now: datetime) -> tuple[ReportRow, ...]:
    """Return the saved reports by name. One statement."""
    return tuple(
        ReportRow(
            title=one.title,
            asker=one.asker_name,
            url=reverse("exchange:report", args=[one.pk]),
            figures=len(one.rows),
            saved=_moment(one.saved_at, town, now),
        )
        for one in Report.objects.filter(town=town, ended_at=None).order_by("title")
    )


def report_of(town: int, pk: UUID) -> Report:
    """Return a saved report of the town. Raises Report.DoesNotExist."""
    return Report.objects.get(town=town, pk=pk, ended_at=None)


def report_page(report: Report, town: Division, period: str, now: datetime) -> ReportPage:
    """Return a report for a period. One statement for each kind of row, and one for the published facts."""
    found = catalogue.offers(town, local_day(town, now))
    wanted = {
        number: catalogue.Wanted(code=row["figure"], period=period, place=row.get("place"))
        for number, row in enumerate(report.rows)
        if row["figure"]
    }
    worth = catalogue.worths(wanted, found, town, now)
    rows = tuple(_row(row, worth.get(number), found) for number, row in enumerate(report.rows))
    url = reverse("exchange:report", args=[report.pk])
    months = [f"{first:%Y-%m}" for first, _ in months_until(town, now, MONTHS)]
    shown = months if period in months else [period, *months]
    return ReportPage(
        title=report.title,
        asker=report.asker_name,
        crumbs=(
            Crumb(label=say("exchange.tasks.title"), url=reverse("exchange:tasks")),
            Crumb(label=say("exchange.reports.title"), url=reverse("exchange:reports")),
            Crumb(label=report.title),
        ),
        period=period,
        period_words=period_words(period),
        months=tuple((one, period_words(one), one == period) for one in reversed(shown)),
        as_of=_moment(now, town, now),
        rows=rows,
        known=sum(1 for row in rows if row.value),
        xlsx_url=f"{url}?month={period}&as=xlsx",
        csv_url=f"{url}?month={period}&as=csv",
        simulated=town.simulated,
    )


def _row(row: dict[str, str], worth: catalogue.Worth | None, found: Sequence[catalogue.Offer]) -> FigureRow:
    offer = next((one for one in found if one.code == row["figure"]), None)
    return FigureRow(
        title=row["title"],
        figure=offer.title if offer else "",
        definition=offer.definition if offer else say("exchange.report.no_source"),
        value=worth.text if worth else "",
        list_url=list_url(dict(worth.query)) if worth else "",
        total_url=list_url(dict(worth.total_query)) if worth else "",
    )


def _moment(at: datetime, town: Division, now: datetime) -> str:
    calendar = book_of(town).calendar
    return word_moment(at, lang=tongue(), now=now.astimezone(calendar.zone), calendar=calendar)


def report_table(page: ReportPage) -> Table:
    """Return a report as a table: each figure with its definition and the moment it was counted at."""
    heads = [say(f"exchange.report.column.{name}") for name in ("title", "value", "period", "definition", "as_of")]
    rows = [
        [row.title, row.value or say("ui.unknown"), page.period_words, _defined(row), page.as_of] for row in page.rows
    ]
    more = [[say("ui.simulated.label")]] if page.simulated else []
    return Table(name=f"report-{page.period}", heads=heads, rows=[*rows, *more])


def _defined(row: FigureRow) -> str:
    return f"{row.figure}{say('ui.colon')}{row.definition}" if row.figure else row.definition
