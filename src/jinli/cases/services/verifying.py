"""Find any changed byte in journal, columns or seals, and name it."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from jinli.cases import rows
from jinli.cases.book import TownBook, book_of
from jinli.cases.editions import pinned
from jinli.cases.identity import part_id
from jinli.cases.models import Assignment, Case, Clock, Entry, EntryPayload, Paper, Seal
from jinli.cases.services.opening import case_facts
from jinli.cases.services.verifying_papers import papers_amiss
from jinli.domain import journal
from jinli.domain.calendar import WorkCalendar
from jinli.domain.state import CaseState, ClockState, replay
from jinli.town.models import CalendarYear, Division
from jinli.town.selectors import chain_of, edition_of, work_calendar

_CHUNK = 200


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not as it was written.

    Attributes
    ----------
    code : words key `cases.verify.*`.
    where : table, case number and entry, clock or assignment, as a reader can look it up.
    """

    code: str
    where: str
    column: str = ""
    stored: str = ""
    expected: str = ""


def verify_town(town: Division) -> Iterator[Finding | int]:
    """Yield findings, and between them the number of cases looked at so far (for a progress bar)."""
    done = 0
    last: UUID | None = None
    while True:
        cases = Case.objects.filter(town=town).order_by("id").select_related("town", "place", "origin")
        chunk = list(cases.filter(id__gt=last)[:_CHUNK] if last else cases[:_CHUNK])
        if not chunk:
            break
        last = chunk[-1].pk
        yield from _chunk(chunk)
        done += len(chunk)
        yield done
    yield from _seals(town)


def _chunk(cases: list[Case]) -> Iterator[Finding]:
    ids = [case.pk for case in cases]
    entries: dict[UUID, list[Entry]] = {pk: [] for pk in ids}
    for entry in Entry.objects.filter(case__in=ids).order_by("case", "seq"):
        entries[entry.case_id].append(entry)
    payloads = {row.entry_id: row for row in EntryPayload.objects.filter(entry__case__in=ids)}
    clocks: dict[UUID, list[Clock]] = {pk: [] for pk in ids}
    for clock in Clock.objects.filter(case__in=ids):
        clocks[clock.case_id].append(clock)
    assignments: dict[UUID, list[Assignment]] = {pk: [] for pk in ids}
    for assignment in Assignment.objects.filter(case__in=ids):
        assignments[assignment.case_id].append(assignment)
    papers: dict[UUID, list[Paper]] = {pk: [] for pk in ids}
    for paper in Paper.objects.filter(case__in=ids):
        papers[paper.case_id].append(paper)
    for case in cases:
        readable = yield from _journal(case, entries[case.pk], payloads)
        if readable:
            yield from _columns(case, entries[case.pk], clocks[case.pk], assignments[case.pk])
            bodies = [json.loads(entry.body) for entry in entries[case.pk]]
            for code, number in papers_amiss(bodies, papers[case.pk]):
                yield Finding(code=code, where=f"{case.number} {number}")


def _journal(case: Case, entries: list[Entry], payloads: dict[UUID, EntryPayload]) -> Generator[Finding, None, bool]:
    """Yield what is wrong in the chain; return whether the bodies can be read at all."""
    previous = journal.genesis(case.town.code, case.number)
    erased: set[int] = set()
    bodies: list[dict[str, Any]] = []
    for number, entry in enumerate(entries, start=1):
        where = f"{case.number} #{entry.seq}"
        if entry.seq != number or entry.pk != part_id(case.pk, "entry", entry.seq):
            yield Finding(code="cases.verify.seq", where=where, stored=str(entry.seq), expected=str(number))
        if entry.previous != previous:
            yield Finding(code="cases.verify.previous", where=where, stored=entry.previous, expected=previous)
        computed = journal.entry_hash(entry.previous, entry.body, entry.commitment)
        if computed != entry.hash:
            yield Finding(code="cases.verify.hash", where=where, stored=entry.hash, expected=computed)
            if not _readable(entry.body):
                return False
        previous = entry.hash
        body = json.loads(entry.body)
        bodies.append(body)
        erased.update(body.get("erased", ()))
        for column, stored, expected in (
            ("move", entry.move, body.get("move")),
            ("track", entry.track, body.get("track")),
            ("happened_at", entry.happened_at, datetime.fromisoformat(body["happened_at"])),
            ("recorded_at", entry.recorded_at, datetime.fromisoformat(body["recorded_at"])),
            ("seq", entry.seq, body.get("seq")),
        ):
            if stored != expected:
                yield _differs("cases_entry", where, column, stored, expected)
    for entry in entries:
        yield from _payload(case, entry, payloads.get(entry.pk), erased)
    return True


def _readable(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _payload(case: Case, entry: Entry, payload: EntryPayload | None, erased: set[int]) -> Iterator[Finding]:
    where = f"{case.number} #{entry.seq}"
    if payload is None:
        if entry.commitment and entry.seq not in erased:
            yield Finding(code="cases.verify.payload_missing", where=where)
    elif journal.commitment(bytes(payload.salt), payload.text) != entry.commitment:
        yield Finding(code="cases.verify.payload", where=where)


def _columns(case: Case, entries: list[Entry], clocks: list[Clock], assignments: list[Assignment]) -> Iterator[Finding]:
    if not entries:
        yield Finding(code="cases.verify.no_entries", where=case.number)
        return
    bodies = [json.loads(entry.body) for entry in entries]
    try:
        state = replay(case.number, case.type_code, bodies)
        procedure, book = pinned(case.town, case.procedure), book_of(case.town)
    except Exception as error:  # a forged body may hold anything; that it cannot be replayed is the finding
        yield Finding(code="cases.verify.replay", where=case.number, stored=repr(error))
        return
    stored = {name: getattr(case, name) for name in rows.CASE_COLUMNS}
    head, seq = entries[-1].hash, entries[-1].seq
    clean = Case(id=case.pk, town=case.town, number=case.number, type_code=case.type_code, head=head)
    rows.project_case(clean, state, procedure, book)
    live_due = stored.pop("due_at"), clean.due_at
    for name, found in stored.items():
        expected = seq if name == "seq" else getattr(clean, name)
        if found != expected:
            yield _differs("cases_case", case.number, name, found, expected)
    written = bodies[0].get("case", {})
    for name, value in case_facts(case).items():
        if written.get(name) != value:
            yield _differs("cases_case", case.number, name, value, written.get(name))
    root = (case.origin.root or case.origin.pk) if case.origin else None
    if case.root != root:
        yield _differs("cases_case", case.number, "root", case.root, root)
    if bodies[0]["procedure"] != case.procedure:
        yield _differs("cases_case", case.number, "procedure", case.procedure, bodies[0]["procedure"])
    if datetime.fromisoformat(bodies[0]["happened_at"]) != case.opened_at:
        yield _differs("cases_case", case.number, "opened_at", case.opened_at, bodies[0]["happened_at"])
    yield from _assignments(case, state, assignments)
    dues = yield from _clocks(case, state, clocks)
    expected_due = min(dues, default=None)
    if live_due[0] != expected_due:
        yield _differs("cases_case", case.number, "due_at", live_due[0], expected_due)


def _assignments(case: Case, state: CaseState, stored: list[Assignment]) -> Iterator[Finding]:
    empty = CaseState(number=case.number, type_code=case.type_code)
    expected = {row.pk: row for row in rows.assignments(case, empty, state)}
    yield from _rows("cases_assignment", case, {row.pk: row for row in stored}, expected)


def _rows(table: str, case: Case, stored: dict[UUID, Any], expected: dict[UUID, Any]) -> Iterator[Finding]:
    for pk in stored.keys() | expected.keys():
        if pk not in expected:
            yield Finding(code="cases.verify.row_extra", where=f"{table} {case.number} {stored[pk].key}")
        elif pk not in stored:
            yield Finding(code="cases.verify.row_missing", where=f"{table} {case.number} {expected[pk].key}")
        else:
            for column in type(expected[pk])._meta.concrete_fields:
                found, wanted = getattr(stored[pk], column.attname), getattr(expected[pk], column.attname)
                if found != wanted:
                    where = f"{case.number} {expected[pk].key}"
                    yield _differs(table, where, column.attname, found, wanted)


def _clocks(case: Case, state: CaseState, stored: list[Clock]) -> Generator[Finding, None, list[datetime]]:
    """Yield differing clocks, each recomputed from the calendar editions it recorded; return the live due moments."""
    found = {row.pk: row for row in stored}
    expected: dict[UUID, Clock] = {}
    dues: list[datetime] = []
    procedure = pinned(case.town, case.procedure)
    for item in state.clocks.values():
        pk = part_id(case.pk, "clock", item.key)
        row = _clock_row(case, item, procedure, found[pk].editions if pk in found else "")
        expected[pk] = row
        if item.state != "stopped":
            dues.append(row.due_at)
    yield from _rows("cases_clock", case, found, expected)
    return dues


def _clock_row(case: Case, item: ClockState, procedure: Any, editions: str) -> Clock:
    row = rows.clock_row(case, item, procedure, book_of(case.town))
    if row.editions != editions:
        book = _book_with(case.town, editions)
        if book is not None:
            row = rows.clock_row(case, item, procedure, book)
    return row


@lru_cache(maxsize=64)
def _held_book(town_id: int, editions: str, percent: int) -> TownBook | None:
    town = Division.objects.get(pk=town_id)
    years = []
    for part in editions.split(","):
        year, _, edition = part.partition("/")
        if not (year.isdigit() and edition.isdigit()):
            return None
        row = CalendarYear.objects.filter(division__in=chain_of(town), year=year, edition=edition).first()
        if row is None:
            return None
        years.append(edition_of(row))
    present = work_calendar(town)
    return TownBook(WorkCalendar([*years], present.hours, town.zone), percent)


def _book_with(town: Division, editions: str) -> TownBook | None:
    return _held_book(town.pk, editions, int(town.settings.get("warn_share", 30))) if editions else None


def _differs(table: str, where: str, column: str, stored: object, expected: object) -> Finding:
    return Finding(
        code="cases.verify.column", where=f"{table} {where}", column=column, stored=str(stored), expected=str(expected)
    )


def _seals(town: Division) -> Iterator[Finding]:
    """Yield what is wrong in the chain of seals and in what they say of the cases."""
    previous = ""
    sealed: dict[str, int] = {}
    for number, seal in enumerate(Seal.objects.filter(town=town).order_by("number"), start=1):
        where = f"seal {seal.number}"
        root = sha256(f"{seal.previous_root}\n{seal.heads}".encode()).hexdigest()
        moment = seal.heads.partition("\n")[0]
        broken = seal.number != number or seal.previous_root != previous or seal.root != root
        if broken or moment != seal.sealed_at.astimezone(UTC).isoformat():
            yield Finding(code="cases.verify.seal", where=where, stored=seal.root, expected=root)
        previous = seal.root
        listed = [line.split(" ") for line in seal.heads.split("\n")[1:] if line.count(" ") == 2]
        hashes = {
            (case, str(seq)): head
            for case, seq, head in Entry.objects.filter(
                case__town=town, case__number__in=[line[0] for line in listed]
            ).values_list("case__number", "seq", "hash")
        }
        for case_number, seq, head in listed:
            if hashes.get((case_number, seq)) != head:
                yield Finding(code="cases.verify.sealed_head", where=f"{where} {case_number} #{seq}", stored=head)
            if seq.isdigit():
                sealed[case_number] = max(sealed.get(case_number, 0), int(seq))
    for name, until in Case.objects.filter(town=town).values_list("number", "sealed_seq").iterator():
        if sealed.get(name, 0) != until:
            yield _differs("cases_case", name, "sealed_seq", until, sealed.get(name, 0))
