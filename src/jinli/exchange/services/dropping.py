"""Drop a file, say how its columns and names are meant, and decide what becomes of it."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.exchange.models import ImportRow, ImportRun, Layout, NameLink, Source
from jinli.exchange.reading.columns import FIELDS, recognise, signature
from jinli.exchange.reading.tables import Table, open_table
from jinli.exchange.rows.records import REQUIRED
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division, Organisation

LARGEST: Final = 64 * 1024 * 1024
SAMPLE: Final = 30
State = ImportRun.State
log = logging.getLogger("jinli.work")


def folder() -> Path:
    """Return where dropped files wait: outside the web root, for the owner only, gone when their run is over."""
    found = Path(settings.HOME) / "imports"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def file_of(run: ImportRun) -> Path:
    """Return the file of a run."""
    return folder() / run.sha256


def table_of(run: ImportRun) -> Table:
    """Open the file of a run. Raises InvalidInputError `exchange.file.*`."""
    path = file_of(run)
    if not path.exists():
        raise InvalidInputError("exchange.file.gone", field="file")
    return open_safely(path, sheet=run.sheet)


def open_safely(path: Path, *, sheet: str = "") -> Table:
    """Open a foreign file; whatever it is, what comes of it is a table or InvalidInputError `exchange.file.*`."""
    try:
        return open_table(path, sheet=sheet)
    except InvalidInputError:
        raise
    except Exception as error:  # readers of foreign formats fail in many ways, none of which is the fault of a person
        log.warning("unreadable file: %r", error)
        raise InvalidInputError("exchange.file.unreadable", field="file") from None


def sample_of(table: Table) -> list[tuple[Any, ...]]:
    """Return the first rows of a table."""
    found = []
    for _, cells in table.lines():
        found.append(cells)
        if len(found) == SAMPLE:
            break
    return found


def drop_file(
    *, acting: Acting, name: str, chunks: Iterable[bytes], source: Source | None = None, sheet: str = ""
) -> ImportRun:
    """Keep a file, recognise what it is, and return its run.

    A shape of table that was mapped before is recognised with its source, and its dry run begins at once.

    Raises
    ------
    InvalidInputError : `exchange.file.*`: too large, empty, of a kind that cannot be read, or without a heading.
    """
    person, body = _who(acting)
    digest, size = _keep(chunks)
    path = folder() / digest
    try:
        table = open_safely(path, sheet=sheet)
    except InvalidInputError:
        if not ImportRun.objects.filter(sha256=digest).exists():
            path.unlink(missing_ok=True)
        raise
    run = ImportRun(
        town_id=acting.town,
        source=source,
        file_name=name[-120:],
        sha256=digest,
        size=size,
        dropped_by_id=person,
        body_id=body,
        acting=acting_text(acting),
        dropped_at=moment.now(),
    )
    recognise_table(acting, run, table)
    run.save()
    return run


def recognise_table(acting: Acting, run: ImportRun, table: Table) -> None:
    """Set source and columns of a run by what was mapped before, which begins the dry run, else by a guess."""
    layout = _layout_of(acting, table, run.source)
    run.sheet = table.sheet[:80]
    if layout is not None:
        run.source, run.columns, run.state = layout.source, layout.columns, State.READING
        return
    guessed = recognise(table.headings, sample_of(table))
    run.columns = {field: table.headings[one.column] for field, one in guessed.items()}
    run.state = State.DROPPED


def _who(acting: Acting) -> tuple[UUID, int]:
    """Return person and body: only somebody with an account drops files."""
    if acting.person is None or acting.body_id is None:
        raise RefusedError("exchange.run.nobody")
    return acting.person, acting.body_id


def _keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write the content under its hash and return hash and size."""
    digest, size = sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder())
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    most = LARGEST // 2**20
                    raise InvalidInputError("exchange.file.too_large", field="file", size=f"{most}+", most=most)
                digest.update(chunk)
                file.write(chunk)
        Path(name).replace(folder() / digest.hexdigest())
    finally:
        Path(name).unlink(missing_ok=True)
    return digest.hexdigest(), size


def _layout_of(acting: Acting, table: Table, source: Source | None) -> Layout | None:
    rows = Layout.objects.filter(
        source__town=acting.town, source__watched_by=acting.body_id, signature=signature(table.headings)
    ).select_related("source")
    if source is not None:
        rows = rows.filter(source=source)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def acting_text(acting: Acting) -> dict[str, Any]:
    """Return who acts, so that the worker acts as the person who asked, under the same hat."""
    return {
        "town": acting.town,
        "person": str(acting.person) if acting.person else None,
        "appointment": acting.appointment,
        "body": acting.body,
        "body_id": acting.body_id,
        "home_id": acting.home_id,
        "roles": sorted(acting.roles),
        "hat": acting.hat,
        "duty": acting.duty,
    }


def acting_from(found: Mapping[str, Any]) -> Acting:
    """Return who acts, as `acting_text` wrote it."""
    person = UUID(found["person"]) if found["person"] else None
    return Acting(**{**found, "person": person, "roles": frozenset(found["roles"])})


def make_source(*, acting: Acting, name: str, kind: str, code: str = "", title_shown: bool | None = None) -> Source:
    """Make a source that the acting body looks after.

    Raises
    ------
    InvalidInputError : no name, an unknown kind, or a code that is taken or holds more than letters, digits, hyphens.
    """
    person, body = _who(acting)
    name, code = name.strip(), code.strip().lower() or _code_for(acting.town, kind)
    if not name:
        raise InvalidInputError("exchange.source.no_name", field="name")
    if kind not in Source.Kind.values:
        raise InvalidInputError("exchange.source.no_kind", field="kind")
    if not code.replace("-", "").isalnum() or not code.isascii() or len(code) > 40:
        raise InvalidInputError("exchange.source.code", field="code", value=code)
    # Tickets are written by residents; items, events and projects have official titles.
    shown = (
        kind in (Source.Kind.GRID, Source.Kind.COUNTER, Source.Kind.PROJECTS) if title_shown is None else title_shown
    )
    try:
        with transaction.atomic():
            return Source.objects.create(
                town_id=acting.town, code=code, name=name[:80], kind=kind, title_shown=shown,
                watched_by_id=body, made_by_id=person, made_at=moment.now(),
            )  # fmt: skip
    except IntegrityError:
        raise InvalidInputError("exchange.source.code_taken", field="code", value=code) from None


def _code_for(town: int, kind: str) -> str:
    taken = set(Source.objects.filter(town=town).values_list("code", flat=True))
    return next(code for code in (kind, *(f"{kind}-{n}" for n in range(2, 1000))) if code not in taken)


def locked(acting: Acting, run_id: UUID, version: int | None) -> ImportRun:
    """Return the run locked for this transaction, if the acting body may decide on it.

    Raises
    ------
    ImportRun.DoesNotExist : no such run in the town.
    RefusedError : another body's import.
    ConflictError : somebody else decided since the page was made.
    """
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("source").get(pk=run_id, town=acting.town)
    if run.body_id != acting.body_id:
        raise RefusedError("exchange.run.other_body", body=Organisation.objects.get(pk=run.body_id).name)
    if version is not None and version != run.version:
        raise ConflictError("exchange.run.changed_meanwhile", state=f"exchange.state.{run.state}")
    return run


def _must_be(run: ImportRun, *states: str) -> None:
    if run.state not in states:
        raise ConflictError("exchange.run.changed_meanwhile", state=f"exchange.state.{run.state}")


@transaction.atomic
def choose_columns(
    *, acting: Acting, run_id: UUID, version: int, source: Source, columns: Mapping[str, str]
) -> ImportRun:
    """Say which heading holds which field, remember it for this source, and begin the dry run.

    Raises
    ------
    InvalidInputError : a needed field has no column, a heading is unknown or serves twice.
    """
    run = locked(acting, run_id, version)
    _must_be(run, State.DROPPED, State.READY, State.STOPPED)
    if source.town_id != acting.town or source.watched_by_id != acting.body_id:
        raise RefusedError("exchange.source.other_body", source=source.name)
    table = table_of(run)
    chosen = {field: heading for field, heading in columns.items() if heading}
    for field, heading in chosen.items():
        if field not in FIELDS or heading not in table.headings:
            raise InvalidInputError("exchange.columns.unknown", field=field, value=heading)
    for field in REQUIRED:
        if field not in chosen:
            raise InvalidInputError("exchange.columns.needed", field=field, name=f"exchange.field.{field}")
    twice = {heading for heading in chosen.values() if list(chosen.values()).count(heading) > 1}
    if twice:
        field = next(name for name, heading in chosen.items() if heading in twice)
        raise InvalidInputError("exchange.columns.twice", field=field, value=min(twice))
    Layout.objects.update_or_create(
        source=source,
        signature=signature(table.headings),
        defaults={"columns": chosen, "made_by_id": acting.person, "made_at": moment.now()},
    )
    run.source, run.columns = source, chosen
    return _begin(run, State.READING)


def _begin(run: ImportRun, state: str) -> ImportRun:
    run.state, run.beat_at, run.version = state, None, run.version + 1
    if state == State.READING:
        run.counts, run.total = {}, 0
    run.done, run.error = 0, {}
    run.save()
    return run


@transaction.atomic
def link_names(*, acting: Acting, run_id: UUID, version: int, links: Mapping[tuple[str, str], str]) -> ImportRun:
    """Keep what names of this source mean, and go through the file again. `links` is (kind, text) -> code or empty.

    Raises
    ------
    InvalidInputError : a code that is none of ours.
    """
    run = locked(acting, run_id, version)
    _must_be(run, State.READY)
    assert run.source is not None
    from jinli.exchange.selectors.names import codes_of

    known = codes_of(Division.objects.get(pk=acting.town), moment.now())
    for (kind, text), code in links.items():
        if code and code not in known[kind]:
            raise InvalidInputError("exchange.name.no_such_code", field=f"{kind}:{text}", value=code)
        NameLink.objects.update_or_create(
            source=run.source, kind=kind, text=text[:160],
            defaults={"code": code, "made_by_id": acting.person, "made_at": moment.now()},
        )  # fmt: skip
    return _begin(run, State.READING)


@transaction.atomic
def take_rows(*, acting: Acting, run_id: UUID, version: int, take: str) -> ImportRun:
    """Take all rows or only those without a doubt; refused rows are never taken."""
    run = locked(acting, run_id, version)
    _must_be(run, State.READY, State.STOPPED)
    if take not in ImportRun.Take.values:
        raise InvalidInputError("exchange.run.take_what", field="take")
    run.take = take
    return _begin(run, State.TAKING)


@transaction.atomic
def stop(*, acting: Acting, run_id: UUID) -> ImportRun:
    """Stop a run that is reading or taking; what was taken stays, and it can go on."""
    run = locked(acting, run_id, None)
    if run.state == State.READING:
        return _begin(run, State.DROPPED)
    _must_be(run, State.TAKING)
    return _begin(run, State.STOPPED)


@transaction.atomic
def discard(*, acting: Acting, run_id: UUID, version: int) -> ImportRun:
    """Put a file aside of which nothing was taken; the file itself is removed."""
    run = locked(acting, run_id, version)
    _must_be(run, State.DROPPED, State.READY, State.REFUSED)
    run = _begin(run, State.DISCARDED)
    ImportRow.objects.filter(run=run).delete()
    transaction.on_commit(lambda: remove_file(run.sha256))
    return run


@transaction.atomic
def ask_undo(*, acting: Acting, run_id: UUID, version: int, reason: str) -> ImportRun:
    """Have a taken import taken back as a whole, the latest of its source first.

    Raises
    ------
    InvalidInputError : no reason.
    RefusedError : a later import of the same source stands on it.
    """
    run = locked(acting, run_id, version)
    _must_be(run, State.DONE, State.STOPPED)
    if not reason.strip():
        raise InvalidInputError("exchange.undo.reason", field="reason")
    later = ImportRun.objects.filter(source=run.source, taken_at__gt=run.taken_at).exclude(
        state__in=[State.UNDONE, State.DISCARDED, State.DROPPED, State.READY, State.READING]
    )
    if later.exists():
        raise RefusedError("exchange.undo.later_first")
    run.reason, run.undone_by_id = reason.strip()[:200], acting.person
    run.acting = acting_text(acting)
    return _begin(run, State.UNDOING)


def remove_file(digest: str) -> None:
    """Remove a dropped file that no run needs any more: it may hold personal data."""
    waiting = [State.DROPPED, State.READING, State.READY, State.TAKING, State.STOPPED]
    if not ImportRun.objects.filter(sha256=digest, state__in=waiting).exists():
        (folder() / digest).unlink(missing_ok=True)
