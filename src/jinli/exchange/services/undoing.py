"""Take back a whole import: every case it brought and every change it made, as entries, with nothing deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from jinli.cases.services.mirroring import MirrorMove, MirrorOpening, move_mirrors, open_mirrors
from jinli.cases.services.opening import OpenCase
from jinli.domain.limits import TimeLimit, Unit
from jinli.exchange.models import Difference, ImportRow, ImportRun, Mirror
from jinli.exchange.rows.limits import terms_for
from jinli.exchange.rows.telling import Teller
from jinli.exchange.services.telling import teller_of
from jinli.town.acting import Acting
from jinli.town.models import Division

CHUNK: Final = 200


def undo_chunks(run: ImportRun, *, acting: Acting, town: Division, now: datetime) -> Iterator[tuple[int, int]]:
    """Take back every row that the run wrote, newest first; yield how many are done, of how many.

    A row that was taken back has no entries left to take back, so a killed undo goes on where it stands.
    """
    rows = ImportRow.objects.filter(run=run, mirror__isnull=False).exclude(outcome="undone")
    total = ImportRow.objects.filter(run=run, mirror__isnull=False).count()
    done = total - rows.count()
    while True:
        with transaction.atomic():
            chunk = list(rows.select_related("mirror", "mirror__case").order_by("-id")[:CHUNK])
            if not chunk:
                return
            _undo(run, chunk, acting, town, now)
        done += len(chunk)
        yield done, total


def _undo(run: ImportRun, rows: Sequence[ImportRow], acting: Acting, town: Division, now: datetime) -> None:
    given = {"reason": run.reason}
    moves: dict[UUID, list[MirrorMove]] = {}
    again: list[tuple[Mirror, dict[str, Any]]] = []
    for row in rows:
        mirror = row.mirror
        assert mirror is not None
        if mirror.first_run_id == run.pk:
            moves[mirror.case_id] = [MirrorMove(move="undo_import", given=given)]
            mirror.current = False
        elif row.outcome == "vanished" and mirror.case.stage == "withdrawn":
            # Somebody accepted that it was gone; the file that said so is taken back, so it is open again.
            again.append((mirror, dict(mirror.values)))
        elif row.outcome == "vanished":
            moves[mirror.case_id] = [MirrorMove(move="seen_again_there", facts={"undone_import": str(run.pk)})]
            mirror.vanished_run = None
        elif row.changes.get("closed_at", ["", ""])[1] and mirror.case.closed_at is not None:
            # A verdict is given once: the case that was closed by mistake stays, and a new one takes its place.
            moves[mirror.case_id] = [MirrorMove(move="undo_import", given=given)]
            again.append((mirror, _before(mirror, row)))
        elif row.changes:
            moves[mirror.case_id] = [_back(mirror, row, run)]
            mirror.values = _before(mirror, row)
    for later in _later_rounds(run, rows):
        moves[later.case_id] = [MirrorMove(move="undo_import", given=given)]
    move_mirrors(acting=acting, moves=moves, now=now)
    if again:
        _open_again(run, again, acting, town, now)
    Mirror.objects.bulk_update(
        [row.mirror for row in rows if row.mirror is not None], ["current", "vanished_run", "values"]
    )
    Difference.objects.filter(run=run, mirror__in=[row.mirror for row in rows], state=Difference.State.OPEN).update(
        state=Difference.State.GONE, decided_at=now
    )
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(outcome="undone")


def _later_rounds(run: ImportRun, rows: Sequence[ImportRow]) -> list[Mirror]:
    """Put aside the mirrors that were opened again for matters which this run had brought, and return them."""
    numbers = [row.foreign_number for row in rows if row.mirror is not None and row.mirror.first_run_id == run.pk]
    found = list(
        Mirror.objects.filter(source=run.source, foreign_number__in=numbers, first_run=run, round__gt=1, current=True)
    )
    Mirror.objects.filter(pk__in=[one.pk for one in found]).update(current=False)
    return found


def _before(mirror: Mirror, row: ImportRow) -> dict[str, Any]:
    """Return the values as they were before the row."""
    values = dict(mirror.values)
    for name, (old, _) in row.changes.items():
        if name == "personal":
            continue
        if old:
            values[name] = old
        else:
            values.pop(name, None)
    return values


def _back(mirror: Mirror, row: ImportRow, run: ImportRun) -> MirrorMove:
    """Return the move that puts a changed mirror back; an erased or replaced personal text does not come back."""
    before = _before(mirror, row)
    changes = {name: [new, old] for name, (old, new) in row.changes.items()}
    facts: dict[str, Any] = {"changed": changes, "undone_import": str(run.pk)}
    for name, fact in (("stage", "foreign_stage"), ("link", "foreign_link")):
        if name in changes:
            facts[fact] = str(before.get(name, ""))
    if changes.keys() & {"title", "class_there"}:
        assert run.source is not None
        facts["title"] = str(before.get("title") or before.get("class_there") or run.source.name)
    if "class_code" in changes:
        facts["class_code"] = str(before.get("class_code", ""))
    is_open = mirror.case.closed_at is None
    bodies = {}
    if is_open and "body_code" in changes:
        assert run.source is not None
        bodies = {"handler": str(before.get("body_code") or run.source.watched_by.code)}
    if is_open and "due_at" in changes:
        terms = {"target": _target(before["due_at"], run)} if before.get("due_at") else {}
        return MirrorMove(move="date_moved_there", facts=facts, terms=terms, bodies=bodies)
    return MirrorMove(move="undo_change", facts=facts, bodies=bodies)


def _target(due: str, run: ImportRun) -> TimeLimit:
    assert run.source is not None
    return TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=datetime.fromisoformat(due), source=run.source.name)


def _open_again(
    run: ImportRun, again: Sequence[tuple[Mirror, dict[str, Any]]], acting: Acting, town: Division, now: datetime
) -> None:
    source = run.source
    assert source is not None
    teller = teller_of(source, town, now)
    openings = [reopened(teller, mirror, values) for mirror, values in again]
    moved = open_mirrors(acting=acting, town=town, openings=openings, now=now)
    fresh = []
    for (mirror, values), one in zip(again, moved, strict=True):
        Mirror.objects.filter(pk=mirror.pk).update(current=False)
        mirror.current = False
        fresh.append(
            Mirror(
                case_id=one.case, town=town, source=source, foreign_number=mirror.foreign_number,
                round=mirror.round + 1, values=values, first_run=mirror.first_run, last_run=mirror.last_run,
            )
        )  # fmt: skip
    Mirror.objects.bulk_create(fresh)


def reopened(teller: Teller, mirror: Mirror, values: dict[str, Any], *, own_limits: bool = True) -> MirrorOpening:
    """Return how the matter of a mirror is opened again under the same foreign number, linked to the first."""
    opened = datetime.fromisoformat(values["opened_at"])
    terms = terms_for(teller.rules, values, by_class=teller.by_class, has_clock=True) if own_limits else {}
    if values.get("due_at"):
        terms["target"] = teller.target(datetime.fromisoformat(values["due_at"]))
    return MirrorOpening(
        links=((mirror.case_id, "again"),),
        spec=OpenCase(
            type_code="mirror",
            title=teller.title(values),
            channel="import",
            class_code=str(values.get("class_code", "")),
            place=teller.places.get(str(values.get("place_code", ""))),
            system_of_record=f"external:{teller.source_code}",
            foreign_number=mirror.foreign_number,
            happened_at=opened,
            terms=terms,
            bodies={"owner": teller.owner, "handler": teller.handler(values)},
            facts={**teller.facts(values), "again_of": mirror.case.number},
        ),
    )
