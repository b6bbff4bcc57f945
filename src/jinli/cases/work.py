"""One case in hand: load it from its journal, add entries, write everything that changed in a few statements.

Acts of people, deemed outcomes, bulk imports and the demonstration history all pass through here, so that one by one
and in bulk they give the same rows and the same hashes.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from jinli.cases import rows
from jinli.cases.book import TownBook, book_of
from jinli.cases.editions import pinned
from jinli.cases.identity import part_id
from jinli.cases.models import Case, Entry, EntryPayload, Notice, Paper, Rating
from jinli.domain import journal
from jinli.domain.competence import Sealing
from jinli.domain.decide import by_itself, linked_move, settle
from jinli.domain.errors import ConflictError, InvalidInputError
from jinli.domain.procedure import Move, Procedure
from jinli.domain.requests import Decision
from jinli.domain.state import CaseState, evolve, moment, replay
from jinli.town.competence import powers_of, standing_of, zone_of
from jinli.town.inserts import Batch, insert, made
from jinli.town.services import Met

Salt = Callable[[], bytes]
#: Type of case -> what follows elsewhere in this room from the entries just written, in the same transaction. A
#: service that keeps such rows enters itself when the room is ready.
FOLLOWERS: dict[str, Callable[[Work], None]] = {}
#: Type of case -> what the papers of a move say where nobody says it: kind -> facts. Entered as the followers are.
WRITERS: dict[str, Callable[[Work, Move, Mapping[str, Any]], Mapping[str, Mapping[str, Any]]]] = {}


_salts: ContextVar[Salt | None] = ContextVar("salts", default=None)


def random_salt() -> bytes:
    """Return a fresh salt for one payload."""
    source = _salts.get()
    return source() if source is not None else secrets.token_bytes(16)


@contextmanager
def salted(source: Salt) -> Iterator[None]:
    """Take the salts of payloads from a source that can be repeated (a simulated history, never a real case)."""
    token = _salts.set(source)
    try:
        yield
    finally:
        _salts.reset(token)


@dataclass
class Work:
    """A case with its state before and now, and the entries and papers that wait to be written."""

    case: Case
    procedure: Procedure
    book: TownBook
    before: CaseState
    state: CaseState
    new: bool = False
    salt: Salt = random_salt
    entries: list[Entry] = field(default_factory=list)
    payloads: list[EntryPayload] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    met: Met | None = None

    def add(self, decision: Decision, private: Mapping[str, Any] | None = None) -> Entry:
        """Append one entry: chain it, evolve the state, queue its notices."""
        body = {**decision.body, "seq": self.state.seq + 1}
        payload = {**decision.payload, **(private or {})}
        committed = ""
        previous = self.case.head or journal.genesis(self.case.town.code, self.case.number)
        entry_id = part_id(self.case.pk, "entry", body["seq"])
        if payload:
            salt, text = self.salt(), journal.canonical(payload)
            committed = journal.commitment(salt, text)
            self.payloads.append(made(EntryPayload, entry_id=entry_id, salt=salt, text=text))
        text = journal.canonical(body)
        entry = made(
            Entry,
            id=entry_id,
            case=self.case,
            seq=body["seq"],
            move=body["move"],
            track=body["track"],
            happened_at=moment(body["happened_at"]),
            recorded_at=moment(body["recorded_at"]),
            body=text,
            commitment=committed,
            previous=previous,
            hash=journal.entry_hash(previous, text, committed),
        )
        self.state = evolve(self.state, body)
        self.case.head = entry.hash
        self.entries.append(entry)
        self.notices.extend(rows.notices(self.case, body, entry.recorded_at))
        self.ratings.extend(rows.ratings(self.case, body, self.state, entry.happened_at))
        return entry

    def settle(self, now: datetime) -> None:
        """Apply everything of this case that is already due, each at its own due moment."""
        for decision in settle(self.state, self.procedure, now, self.book):
            self.add(decision)

    @property
    def sealing(self) -> Sealing | None:
        """What stands behind the sealed acts of this case: the register of powers, its matter, when it came in.

        Nothing for a procedure without sealed acts, so that it costs those no look at the register.
        """
        case = self.case
        if not self.procedure.seals:
            return None
        return Sealing(
            powers=powers_of(case.town),
            standing=standing_of(case.town),
            item=case.class_code,
            zone=zone_of(case.town),
            received_at=case.opened_at,
            external=case.system_of_record != "jinli",
        )

    def apart(self) -> Work:
        """Return the same work to be gone on with, so that this one stays as it was read."""
        return replace(
            self,
            entries=list(self.entries),
            payloads=list(self.payloads),
            notices=list(self.notices),
            ratings=list(self.ratings),
            papers=list(self.papers),
        )

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.new or bool(self.entries)


def in_hand(case: Case, bodies: Iterable[str]) -> Work:
    """Return the work on a case from the stored texts of its journal, in order."""
    state = replay(case.number, case.type_code, (json.loads(text) for text in bodies))
    return Work(
        case=case, procedure=pinned(case.town, case.procedure), book=book_of(case.town), before=state, state=state
    )


def take(case_id: UUID, *, lock: bool = True) -> tuple[Work, Work | None]:
    """Return the work on a case and on the case it came from, locked for this transaction, origin first.

    Raises
    ------
    Case.DoesNotExist : there is no such case.
    """
    family = Case.objects.filter(Q(pk=case_id) | Q(pk=Subquery(Case.objects.filter(pk=case_id).values("origin")[:1])))
    if lock:
        family = family.select_for_update(of=("self",))
    found = {case.pk: case for case in family.select_related("town").order_by("id")}
    if case_id not in found:
        raise Case.DoesNotExist
    texts: dict[UUID, list[str]] = {pk: [] for pk in found}
    for pk, text in Entry.objects.filter(case__in=found).order_by("case", "seq").values_list("case_id", "body"):
        texts[pk].append(text)
    works = {pk: in_hand(case, texts[pk]) for pk, case in found.items()}
    origin = next((work for pk, work in works.items() if pk != case_id), None)
    return works[case_id], origin


def tell_origin(work: Work, origin: Work | None, at: datetime, recorded_at: datetime) -> None:
    """When a linked case has ended, make the move in its origin that waited for it."""
    if origin is None or work.state.phase != "closed" or work.before.phase == "closed":
        return
    origin.settle(recorded_at)
    move = linked_move(origin.state, origin.procedure, "done" if work.state.stage == "done" else "ended")
    if move is not None:
        happened = max(at, origin.state.acts[-1].at)
        origin.add(
            by_itself(
                origin.state, origin.procedure, move, track="case", at=happened, recorded_at=recorded_at,
                book=origin.book, facts={"linked_stage": work.state.stage, "linked_number": work.case.number},
            )
        )  # fmt: skip
        origin.settle(recorded_at)


def flush(works: Sequence[Work], *along: Batch) -> None:
    """Write all changed works, and rows that go along: one statement per table and kind, whatever the number of cases.

    Raises
    ------
    ConflictError : a case was changed by somebody else since it was read (cannot happen under the lock).
    IntegrityError : a row of `along` is there already.
    """
    changed = [work for work in works if work.changed]
    new = [work for work in changed if work.new]
    old = [work for work in changed if not work.new]
    for work in changed:
        rows.project_case(work.case, work.state, work.procedure, work.book)
    if len(old) == 1:
        _update_one(old[0])
    elif old:
        Case.objects.bulk_update([work.case for work in old], rows.CASE_COLUMNS, batch_size=100)
    met = [work.met for work in changed if work.met is not None]
    insert(
        *along,
        Batch(rows=[one.party for one in met]),
        Batch(rows=[fact for one in met for fact in one.facts]),
        Batch(rows=[work.case for work in new]),
        Batch(rows=[entry for work in changed for entry in work.entries]),
        Batch(rows=[payload for work in changed for payload in work.payloads]),
        Batch(
            rows=[row for work in changed for row in rows.assignments(work.case, work.before, work.state)],
            changing=rows.ASSIGNMENT_COLUMNS,
        ),
        Batch(
            rows=[
                row
                for work in changed
                for row in rows.clocks(work.case, work.before, work.state, work.procedure, work.book)
            ],
            changing=rows.CLOCK_COLUMNS,
        ),
        Batch(rows=[notice for work in changed for notice in work.notices]),
        Batch(rows=[rating for work in changed for rating in work.ratings]),
        Batch(rows=[paper for work in changed for paper in work.papers]),
    )
    for work in changed:
        follower = FOLLOWERS.get(work.case.type_code)
        if follower is not None:
            follower(work)
    for work in changed:
        work.before, work.new, work.met = work.state, False, None
        work.entries, work.payloads, work.notices, work.ratings, work.papers = [], [], [], [], []


def _update_one(work: Work) -> None:
    values = {name: getattr(work.case, name) for name in rows.CASE_COLUMNS}
    if not Case.objects.filter(pk=work.case.pk, seq=work.before.seq).update(**values):
        raise ConflictError("cases.changed_meanwhile", number=work.case.number, move="")


def check_version(carried: int | None, present: int, work: Work, track: str) -> None:
    """Refuse an act whose page is older than the case.

    Raises
    ------
    InvalidInputError : the page carried no version.
    ConflictError : somebody acted meanwhile; the facts say which act and when.
    """
    if carried is None:
        raise InvalidInputError("cases.version_missing", field="version")
    if carried != present:
        last = next((act for act in reversed(work.state.acts) if act.track == track), None)
        raise ConflictError(
            "cases.changed_meanwhile",
            number=work.case.number,
            move=last.move if last else "",
            body=last.body or "" if last else "",
            at=last.at.isoformat() if last else "",
        )
