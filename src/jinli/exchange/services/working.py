"""The worker: goes through dropped files beside the pages, a chunk at a time, and goes on after it was killed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, Q

from jinli.domain.errors import DomainError
from jinli.exchange.models import ImportRow, ImportRun
from jinli.exchange.rows.records import Columns, RowReader
from jinli.exchange.selectors.names import names_for
from jinli.exchange.services.dropping import acting_from, remove_file, table_of
from jinli.exchange.services.noting_names import told_names
from jinli.exchange.services.taking import OUTCOMES, Pass, go_through, look_through
from jinli.exchange.services.telling import teller_of
from jinli.exchange.services.undoing import undo_chunks
from jinli.town import moment

log = logging.getLogger("jinli.work")
State = ImportRun.State
_WAITING: Final = (State.READING, State.TAKING, State.UNDOING)
#: A worker that has not written for so long is taken for dead.
_PATIENCE: Final = timedelta(seconds=60)

Told = Callable[[ImportRun], None]


class WorkEndedError(Exception):
    """The worker was told to end; raised by `told`, it gives the run back at once, to go on with the next worker."""


@dataclass(frozen=True, kw_only=True)
class _Stopped(Exception):
    """The run was stopped or changed by a person while the worker was on it."""


def work_once(told: Told | None = None) -> bool:
    """Do the next waiting run to its end, or return False when none waits. `told` is called after each chunk."""
    run = _claim()
    if run is None:
        return False
    try:
        if run.state == State.UNDOING:
            _undo(run, told)
        else:
            _go_through(run, told)
    except _Stopped:
        pass
    except WorkEndedError:
        ImportRun.objects.filter(pk=run.pk, version=run.version).update(beat_at=None)
        raise
    except DomainError as error:
        facts = {name: str(value) for name, value in error.facts.items()}
        _give_up(run, {"code": error.code, "facts": facts})
    except Exception:  # a fault of ours: the person at the page is told, the next run goes on
        log.exception("import %s", run.pk)
        _give_up(run, {"code": "exchange.work.failed", "facts": {}})
    return True


def _give_up(run: ImportRun, error: dict[str, object]) -> None:
    """Leave the run where a person can decide about it, unless one has just done so."""
    with suppress(_Stopped):
        _finish(run, State.REFUSED if run.state == State.READING else State.STOPPED, error=error)


def waits() -> bool:
    """Return whether a run waits that nobody is on. One statement, without a lock."""
    return ImportRun.objects.filter(_free(moment.now()), state__in=_WAITING).exists()


def waiting_since(at: datetime) -> int:
    """Return how many runs nobody has worked on since a moment."""
    stale = Q(beat_at=None, dropped_at__lt=at) | Q(beat_at__lt=at)
    return ImportRun.objects.filter(stale, state__in=_WAITING).count()


def _free(now: datetime) -> Q:
    return Q(beat_at=None) | Q(beat_at__lt=now - _PATIENCE)


def _claim() -> ImportRun | None:
    """Take the next run that nobody is on."""
    now = moment.now()
    with transaction.atomic():
        run = (
            ImportRun.objects.filter(_free(now), state__in=_WAITING)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("source", "town")
            .order_by("dropped_at")
            .first()
        )
        if run is not None:
            ImportRun.objects.filter(pk=run.pk).update(beat_at=now)
    return run


def _beat(run: ImportRun, done: int, told: Told | None) -> None:
    """Write how far the run is; raise when a person stopped it meanwhile."""
    run.done = done
    mine = ImportRun.objects.filter(pk=run.pk, state=run.state, version=run.version)
    if not mine.update(done=done, total=run.total, beat_at=moment.now()):
        raise _Stopped
    if told is not None:
        told(run)


def _finish(run: ImportRun, state: str, **values: object) -> None:
    changed = {"state": state, "beat_at": None, "version": run.version + 1, **values}
    if not ImportRun.objects.filter(pk=run.pk, version=run.version).update(**changed):
        raise _Stopped


def pass_over(run: ImportRun, *, write: bool) -> Pass:
    """Return the pass over the file of a run. Raises InvalidInputError when the file or a column is gone."""
    source, town, now = run.source, run.town, moment.now()
    assert source is not None
    table = table_of(run)
    at = {field: table.headings.index(heading) for field, heading in run.columns.items() if heading in table.headings}
    return Pass(
        run=run,
        source=source,
        town=town,
        acting=acting_from(run.acting),
        table=table,
        now=now,
        write=write,
        with_doubts=run.take != ImportRun.Take.CLEAN,
        reader=RowReader(
            columns=Columns(at=at), headings=table.headings, names=names_for(source, town, now),
            zone=ZoneInfo(town.zone), now=now, title_shown=source.title_shown,
        ),
        teller=teller_of(source, town, now),
    )  # fmt: skip


def _go_through(run: ImportRun, told: Told | None) -> None:
    write = run.state == State.TAKING
    # What an earlier try has taken stays with its rows; what it only noted is noted again.
    ImportRow.objects.filter(run=run, **({"mirror": None} if write else {})).delete()
    found = pass_over(run, write=write)
    run.total = look_through(found)
    if write and run.taken_at is None:
        run.taken_at = found.now
        ImportRun.objects.filter(pk=run.pk).update(taken_at=found.now)
    for done in go_through(found):
        _beat(run, done, told)
    counts: dict[str, Any] = dict(_taken(run) if write else found.counts)
    if not write:
        counts |= told_names(found.tally, found.reader.names)
    if found.table.skipped:
        counts["skipped"] = len(found.table.skipped)
    _finish(run, State.DONE if write else State.READY, counts=counts)
    if write:
        remove_file(run.sha256)


def _taken(run: ImportRun) -> dict[str, int]:
    """Return what became of the rows, over every try of this run."""
    rows = ImportRow.objects.filter(run=run)
    counts = dict(rows.values_list("outcome").annotate(count=Count("id")).order_by())
    counts["doubtful_taken"] = rows.filter(outcome="doubtful", mirror__isnull=False).count()
    listed = sum(counts.get(name, 0) for name in ("new", "changed", "doubtful", "refused"))
    return {**dict.fromkeys(OUTCOMES, 0), **counts, "unchanged": run.total - listed}


def _undo(run: ImportRun, told: Told | None) -> None:
    for done, total in undo_chunks(run, acting=acting_from(run.acting), town=run.town, now=moment.now()):
        run.total = total
        _beat(run, done, told)
    _finish(run, State.UNDONE, undone_at=moment.now())
    remove_file(run.sha256)


def run_now(run_id: UUID) -> None:
    """Do one run at once, in this process (small files, tests, the command line)."""
    while ImportRun.objects.filter(pk=run_id, state__in=_WAITING).exists() and work_once():
        pass
