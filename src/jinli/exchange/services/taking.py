"""Take the rows of a dropped file: compare each with its mirror, and write what is new or changed, chunk by chunk.

The dry run is the same pass without the writing. Every chunk is one transaction that compares afresh, so that a run
that was stopped, killed or overtaken by another import of the same source goes on where it stands and brings nothing
twice.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from jinli.cases.models import SearchRow
from jinli.cases.services.mirroring import MirrorMove, move_mirrors, open_mirrors
from jinli.exchange.models import Difference, ImportRow, ImportRun, Mirror, Source
from jinli.exchange.reading.tables import Line, Table
from jinli.exchange.rows.comparing import NOTHING, OWNERS, VANISHED, Comparison, compare
from jinli.exchange.rows.records import Record, RowReader
from jinli.exchange.rows.telling import Teller
from jinli.exchange.selectors.foreign import linked_here, withdrawn_before
from jinli.exchange.services.noting_names import NameTally
from jinli.town.acting import Acting
from jinli.town.inserts import Batch, Pattern, Ready, insert, made, rare_checkpoints
from jinli.town.models import Division

CHUNK: Final = 2_000
#: The dry run keeps this many examples of rows that need nobody's eye.
EXAMPLES: Final = 50
_WAITING: Final = (Difference.State.OPEN, Difference.State.DISPUTED)
OUTCOMES: Final = ("new", "changed", "unchanged", "doubtful", "refused", "vanished")


@dataclass(kw_only=True)
class Pass:
    """One pass over a file: what is needed to read, compare and take its rows."""

    run: ImportRun
    source: Source
    town: Division
    acting: Acting
    table: Table
    reader: RowReader
    teller: Teller
    now: datetime
    write: bool
    with_doubts: bool = True
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    seen: dict[str, int] = field(default_factory=dict)
    twice: dict[str, int] = field(default_factory=dict)
    first_opened: datetime | None = None
    last_opened: datetime | None = None
    tally: NameTally = field(default_factory=NameTally)
    done: int = 0


def look_through(found: Pass) -> int:
    """Go through the file once: count its rows, and find the numbers that stand in it twice.

    Files are kept under their hash, so what the dry run found of one still holds when its rows are taken.
    """
    place = found.reader.columns.at.get("foreign_number")
    key = (found.run.sha256, found.table.sheet, place)
    if key not in _looked:
        _looked.clear()
        _looked[key] = _look(found.table, place)
    total, twice = _looked[key]
    found.twice = dict(twice)
    return total


_looked: dict[tuple[str, str, int | None], tuple[int, dict[str, int]]] = {}


def _look(table: Table, place: int | None) -> tuple[int, dict[str, int]]:
    """Return how many rows there are, and the numbers that stand there twice with the line of the first."""
    total = 0
    first: dict[str, int] = {}
    twice: dict[str, int] = {}
    for line, cells in table.lines():
        total += 1
        number = str(cells[place] or "").strip() if place is not None else ""
        if number and first.setdefault(number, line) != line:
            twice[number] = first[number]
    return total, twice


def go_through(found: Pass) -> Iterator[int]:
    """Read and compare every row, write where `write` says so; yield how many rows are done after each chunk."""
    lines = found.table.lines()
    with rare_checkpoints():
        while held := list(islice(lines, CHUNK)):
            with collected_afterwards():
                _read_and_take(found, held)
            found.done += len(held)
            yield found.done
    with transaction.atomic():
        _vanished(found)


def _read_and_take(found: Pass, held: Sequence[Line]) -> None:
    """Take a chunk; a function of its own, so that its records are gone when the collector looks."""
    records = [found.reader.read(line, cells) for line, cells in held]
    for record in records:
        _note(found, record)
    with transaction.atomic():
        _chunk(found, records)


@contextmanager
def collected_afterwards() -> Iterator[None]:
    """Look for unreachable rings once after a chunk: its many rows are all alive, and looking midway costs a sixth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect(1)


def _note(found: Pass, record: Record) -> None:
    """Keep the numbers seen and the span of days that the file covers; refuse numbers that stand there twice."""
    number = record.foreign_number
    if number in found.twice:
        facts = {"field": found.reader.headings[found.reader.columns.at["foreign_number"]], "value": number}
        record.refusals.append(("exchange.number_twice", {**facts, "first": str(found.twice[number])}))
    if number:
        found.seen[number] = record.line
    found.tally.note(record.values)
    opened = record.opened_at
    if opened is not None:
        found.first_opened = min(opened, found.first_opened or opened)
        found.last_opened = max(opened, found.last_opened or opened)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A row beside its mirror; `take` says whether this pass writes it."""

    record: Record
    mirror: Mirror | None
    comparison: Comparison
    outcome: str
    take: bool


def _judge(found: Pass, record: Record, mirror: Mirror | None, secret: bytes) -> Judged:
    comparison = NOTHING
    if record.refusals:
        outcome = "refused"
    elif mirror is None:
        outcome = "doubtful" if record.doubts else "new"
    else:
        comparison = compare(mirror.values, mirror.personal, record, record.fingerprint(secret))
        if comparison.unchanged and mirror.vanished_run_id is None:
            outcome = "unchanged"
        else:
            outcome = "doubtful" if record.doubts else "changed"
    taken = outcome in ("new", "changed") or (outcome == "doubtful" and found.with_doubts)
    return Judged(record=record, mirror=mirror, comparison=comparison, outcome=outcome, take=found.write and taken)


def _known_set_aside(judged: list[Judged]) -> list[Judged]:
    """Take rows for unchanged that say nothing but what waits for a person already. One query, where there are any."""
    asked = {
        one.mirror.pk
        for one in judged
        if one.mirror is not None and one.mirror.vanished_run_id is None and one.comparison.disputes
        if not one.comparison.changes
    }
    if not asked:
        return judged
    rows = Difference.objects.filter(mirror__in=asked, state__in=_WAITING)
    known = {(mirror, kind): there for mirror, kind, there in rows.values_list("mirror_id", "kind", "there")}

    def is_known(one: Judged) -> bool:
        if one.mirror is None or one.mirror.pk not in asked:
            return False
        return all(known.get((one.mirror.pk, kind)) == there for kind, (_, there) in one.comparison.disputes.items())

    return [replace(one, outcome="unchanged", take=False) if is_known(one) else one for one in judged]


def _chunk(found: Pass, records: Sequence[Record]) -> None:
    if found.write:  # two imports of one source take turns, chunk by chunk
        Source.objects.select_for_update().get(pk=found.source.pk)
    held = _mirrors(found, records)
    secret = settings.SECRET_KEY.encode()
    judged = _known_set_aside([_judge(found, record, held.get(record.foreign_number), secret) for record in records])
    rows: list[ImportRow] = []
    for one in judged:
        found.counts[one.outcome] += 1
        listed = found.counts[one.outcome] <= EXAMPLES if not found.write else False
        if not one.take and one.outcome != "unchanged" and (one.record.reasons or listed):
            rows.append(_row(found, one.record, one.outcome, one.comparison.changes))
    taken = [one for one in judged if one.take]
    _open(found, [one for one in taken if one.mirror is None])
    rows += _follow(found, [one for one in taken if one.mirror is not None])
    if found.write:
        still = [one.mirror.pk for one in judged if one.mirror is not None and not one.take]
        Mirror.objects.filter(pk__in=still).update(last_run=found.run)
        same = [one for one in judged if one.outcome == "unchanged"]
        _differ(found, [(one.mirror, one.comparison.disputes) for one in same if one.mirror is not None])
    insert(Batch(rows=rows))


def _mirrors(found: Pass, records: Sequence[Record]) -> dict[str, Mirror]:
    numbers = [record.foreign_number for record in records if not record.refusals or found.write]
    rows = Mirror.objects.filter(source=found.source, current=True, foreign_number__in=numbers)
    return {
        mirror.foreign_number: mirror
        for mirror in rows.select_related("case").only(
            "foreign_number", "values", "personal", "vanished_run", "case__closed_at", "case__opened_at"
        )
    }


def _row(found: Pass, record: Record, outcome: str, changes: Any, **more: Any) -> ImportRow:
    return made(
        ImportRow,
        run_id=found.run.pk,
        line=record.line,
        outcome=outcome,
        foreign_number=record.foreign_number,
        reasons=[[code, facts] for code, facts in record.reasons],
        changes={name: list(pair) for name, pair in changes.items()},
        **more,
    )


def _open(found: Pass, judged: Sequence[Judged]) -> None:
    if not judged:
        return
    records = [one.record for one in judged]
    ours = linked_here(found.town, found.source.code, [record.foreign_number for record in records])
    before = withdrawn_before(found.source, [record.foreign_number for record in records])
    openings = []
    for record in records:
        links = []
        if (own := ours.get(record.foreign_number)) is not None:
            links.append((own, "mirror"))
        if (earlier := before.get(record.foreign_number)) is not None:
            links.append((earlier.case_id, "again"))
        openings.append(found.teller.opening(record, links=links))
    moved = open_mirrors(acting=found.acting, town=found.town, openings=openings, now=found.now)
    secret = settings.SECRET_KEY.encode()
    run = found.run.pk
    mirror = Pattern(
        Mirror,
        same={"town_id": found.town.pk, "source_id": found.source.pk, "first_run_id": run, "last_run_id": run},
        varying=("case_id", "foreign_number", "round", "values", "personal"),
    ).row
    row = Pattern(
        ImportRow,
        same={"run_id": run, "changes": {}},
        varying=("line", "outcome", "foreign_number", "reasons", "mirror_id", "seqs"),
    ).row
    mirrors, rows = [], []
    for one, written in zip(judged, moved, strict=True):
        record, number = one.record, one.record.foreign_number
        count = before[number].round + 1 if before and number in before else 1
        mirrors.append(mirror(written.case, number, count, record.values, record.fingerprint(secret)))
        reasons = [[code, facts] for code, facts in record.doubts]
        rows.append(row(record.line, one.outcome, number, reasons, written.case, list(written.seqs)))
    insert(Ready(model=Mirror, rows=mirrors, at_once=True), Ready(model=ImportRow, rows=rows, at_once=True))


def _follow(found: Pass, judged: Sequence[Judged]) -> list[ImportRow]:
    if not judged:
        return []
    pairs = [(one, one.mirror) for one in judged if one.mirror is not None]
    erased = _erased([mirror for _, mirror in pairs])
    moves: dict[UUID, list[MirrorMove]] = {}
    secret = settings.SECRET_KEY.encode()
    for one, mirror in pairs:
        mirror.personal = one.record.fingerprint(secret)
        comparison = one.comparison
        if mirror.case_id in erased:  # what the law has taken out of a case does not come back by an import
            one.record.personal = {}
            comparison = replace(comparison, changes={k: v for k, v in comparison.changes.items() if k != "personal"})
        told = found.teller.moves(comparison, one.record, is_open=mirror.case.closed_at is None)
        if mirror.vanished_run_id is not None:
            told.insert(0, MirrorMove(move="seen_again_there"))
        if told:
            moves[mirror.case_id] = told
    written = move_mirrors(acting=found.acting, moves=moves, now=found.now)
    rows = []
    for one, mirror in pairs:
        waits = {name: mirror.values[name] for name in _held_back(one.comparison, mirror)}
        mirror.values = {**one.record.values, **waits}
        mirror.last_run, mirror.vanished_run = found.run, None
        seqs = list(written.get(mirror.case_id, ()))
        rows.append(_row(found, one.record, one.outcome, one.comparison.changes, mirror=mirror, seqs=seqs))
    Mirror.objects.bulk_update([mirror for _, mirror in pairs], ["values", "personal", "last_run", "vanished_run"])
    _differ(found, [(mirror, one.comparison.disputes) for one, mirror in pairs])
    return rows


def _held_back(comparison: Comparison, mirror: Mirror) -> set[str]:
    """Return the fields that stay as they were here until a person has decided."""
    names = {"start_changed": "opened_at", "reopened": "closed_at", "closed_moved": "closed_at"}
    return {names[kind] for kind in comparison.disputes if names.get(kind) in mirror.values}


def _erased(mirrors: Sequence[Mirror]) -> set[Any]:
    """Return the cases whose personal payload was erased: they have no search row any more."""
    ids = [mirror.case_id for mirror in mirrors]
    return set(ids) - set(SearchRow.objects.filter(case__in=ids).values_list("case_id", flat=True))


def _differ(found: Pass, disputed: Sequence[tuple[Mirror, Any]]) -> None:
    """Keep what waits for a person; a difference that the new file no longer has goes away by itself.

    One that somebody disputes stays as it is while the other side says the same, and comes back when it says another
    thing. A changed value raises the version, so that nobody accepts what the page did not show.
    """
    held: dict[tuple[int, str], Difference] = {}
    for one in Difference.objects.filter(mirror__in=[mirror for mirror, _ in disputed], state__in=_WAITING):
        held[one.mirror_id, one.kind] = one
    fresh = []
    for mirror, disputes in disputed:
        for kind, (here, there) in disputes.items():
            same = held.get((mirror.pk, kind))
            if same is not None and (same.there == there or same.state == Difference.State.OPEN):
                del held[mirror.pk, kind]
                if same.there != there:
                    Difference.objects.filter(pk=same.pk).update(there=there, run=found.run, version=F("version") + 1)
                continue
            fresh.append(
                Difference(
                    town=found.town, mirror=mirror, run=found.run, kind=kind, here=here, there=there,
                    owner=OWNERS[kind], opened_at=found.now,
                )
            )  # fmt: skip
    if held:
        gone = [one.pk for one in held.values()]
        Difference.objects.filter(pk__in=gone).update(
            state=Difference.State.GONE, decided_at=found.now, version=F("version") + 1
        )
    Difference.objects.bulk_create(fresh, batch_size=400)


def _vanished(found: Pass) -> None:
    """List mirrors that this file should have had: opened within the days it covers, and not in it."""
    if found.first_opened is None or found.last_opened is None:
        return
    # Days, not moments: an export covers whole days.
    first, last = found.first_opened - timedelta(days=1), found.last_opened + timedelta(days=1)
    rows = Mirror.objects.filter(
        source=found.source, current=True, vanished_run=None, case__opened_at__gt=first, case__opened_at__lt=last
    )
    if found.write:
        rows = rows.exclude(last_run=found.run)
    missing = [
        mirror
        for mirror in rows.select_related("case").only("foreign_number", "case__opened_at").iterator()
        if mirror.foreign_number not in found.seen and found.first_opened <= mirror.case.opened_at <= found.last_opened
    ]
    found.counts["vanished"] = len(missing)
    listed = missing if found.write else missing[: EXAMPLES * 4]
    seqs: dict[Any, tuple[int, ...]] = {}
    if found.write and missing:
        moves = {mirror.case_id: [MirrorMove(move="missing_there")] for mirror in missing}
        seqs = move_mirrors(acting=found.acting, moves=moves, now=found.now)
        Mirror.objects.filter(pk__in=[mirror.pk for mirror in missing]).update(vanished_run=found.run)
        _differ(found, [(mirror, {VANISHED: (mirror.foreign_number, "")}) for mirror in missing])
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                run=found.run, line=0, outcome="vanished", foreign_number=mirror.foreign_number,
                mirror=mirror if found.write else None, seqs=list(seqs.get(mirror.case_id, ())),
            )
            for mirror in listed
        ],
        batch_size=400,
    )  # fmt: skip
