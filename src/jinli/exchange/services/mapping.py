"""Say on one page what a dropped file is: which sheet, which system it comes from, and what its columns hold."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from jinli.domain.errors import ConflictError, InvalidInputError
from jinli.exchange.models import ImportRun, Source
from jinli.exchange.services.dropping import choose_columns, locked, make_source, recognise_table, table_of
from jinli.town.acting import Acting


@transaction.atomic
def map_file(
    *,
    acting: Acting,
    run_id: UUID,
    version: int,
    columns: Mapping[str, str],
    source_id: int | None,
    name: str = "",
    kind: str = "",
) -> ImportRun:
    """Say which columns hold what, and for which system; one that is not known yet is made with name and kind.

    Raises
    ------
    InvalidInputError : see `make_source` and `choose_columns`; `exchange.source.choose` for a system that is not ours.
    """
    if source_id is None:
        source = make_source(acting=acting, name=name, kind=kind)
    else:
        found = Source.objects.filter(pk=source_id, town=acting.town, watched_by=acting.body_id).first()
        if found is None:
            raise InvalidInputError("exchange.source.choose", field="source")
        source = found
    return choose_columns(acting=acting, run_id=run_id, version=version, source=source, columns=columns)


@transaction.atomic
def choose_sheet(*, acting: Acting, run_id: UUID, version: int, sheet: str) -> ImportRun:
    """Take another sheet of the workbook and recognise its columns.

    Raises
    ------
    InvalidInputError : the workbook has no such sheet, or the sheet has no heading.
    """
    run = locked(acting, run_id, version)
    if run.state != ImportRun.State.DROPPED:
        raise ConflictError("exchange.run.changed_meanwhile", state=f"exchange.state.{run.state}")
    if sheet not in table_of(run).sheets:
        raise InvalidInputError("exchange.sheet.unknown", field="sheet", value=sheet)
    run.sheet = sheet
    recognise_table(acting, run, table_of(run))
    run.version += 1
    run.save()
    return run
