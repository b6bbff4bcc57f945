"""Dropped files and their rows, as pages read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from jinli.exchange.models import ImportRow, ImportRun, Mirror
from jinli.town.acting import Acting
from jinli.town.models import Appointment, Division

ON_A_PAGE: Final = 50
RECENT: Final = 30
#: What goes back to the other system: rows that were refused, and rows that a person has to look at.
TROUBLE: Final = ("refused", "doubtful")


def run_of(acting: Acting, run_id: UUID) -> ImportRun:
    """Return a run of the town with what its page names. Raises ImportRun.DoesNotExist."""
    rows = ImportRun.objects.select_related("source", "dropped_by", "undone_by", "body", "town")
    return rows.get(pk=run_id, town=acting.town)


def recent_runs(town: Division) -> QuerySet[ImportRun]:
    """Return the newest runs of a town. One statement."""
    return ImportRun.objects.filter(town=town).select_related("source", "body").order_by("-dropped_at")[:RECENT]


def duty_titles(runs: Collection[ImportRun]) -> Mapping[int, tuple[str, str]]:
    """Return appointment -> title of the duty in both languages, for those who acted. One statement."""
    ids = {int(run.acting["appointment"]) for run in runs if run.acting.get("appointment")}
    rows = Appointment.objects.filter(pk__in=ids).values_list("pk", "duty__title", "duty__title_en")
    return {pk: (title, title_en) for pk, title, title_en in rows}


def rows_of(run: ImportRun, outcomes: Collection[str], after: str = "") -> QuerySet[ImportRow]:
    """Return one row more than a page holds, in the order of the file, behind the key of the page before."""
    rows = ImportRow.objects.filter(run=run, outcome__in=outcomes).select_related("mirror__case")
    line, _, pk = after.partition("~")
    if line.isdecimal() and pk.isdecimal():
        rows = rows.filter(line__gte=int(line)).filter(Q(line__gt=int(line)) | Q(pk__gt=int(pk)))
    return rows.order_by("line", "pk")[: ON_A_PAGE + 1]


def every_row(run: ImportRun, outcomes: Collection[str], most: int) -> QuerySet[ImportRow]:
    """Return the rows of some outcomes in the order of the file, for exports."""
    return ImportRow.objects.filter(run=run, outcome__in=outcomes).order_by("line", "pk")[:most]


def key_of(row: ImportRow) -> str:
    """Return the key behind which the next page begins."""
    return f"{row.line}~{row.pk}"


def cases_here(run: ImportRun, rows: Sequence[ImportRow]) -> Mapping[str, UUID]:
    """Return foreign number -> case that stands here already, for rows of a dry run. One statement."""
    numbers = [row.foreign_number for row in rows if row.mirror is None and row.outcome != "refused"]
    found = Mirror.objects.filter(source=run.source, current=True, foreign_number__in=numbers)
    return dict(found.values_list("foreign_number", "case"))


def taken_count(run: ImportRun) -> int:
    """Return how many rows of a run stand here now."""
    return ImportRow.objects.filter(run=run, mirror__isnull=False).count()
