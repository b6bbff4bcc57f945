"""Mirrors that open alike: what the rules make of a shape is worked out once, and written for every row that has it.

Most rows of an import open the same case but for a few values. So the rules are run once for each shape
(`shapes.learn`), and a row then costs a few formattings and its hashes, without a state, a case or an entry being made
of it. Rows with anything else take the long way; both ways write the same (`tests/cases/test_alike.py`).

What a shape shares must not depend on what its rows differ in. The verdict of a mirror that is closed at once does, so
it is part of the shape: for each clock, whether it was closed in time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

from django.db import connection

from jinli.cases import editions
from jinli.cases.book import TownBook, book_of, organisation_id
from jinli.cases.identity import case_id
from jinli.cases.models import Case, Clock, Entry, EntryPayload, SearchRow
from jinli.cases.rows import editions_text
from jinli.cases.search import terms_of_case
from jinli.cases.services.opening import OpenCase, search_texts
from jinli.cases.services.shapes import Closing, Shape, ShapeClock, Template, learn
from jinli.cases.services.told import MirrorMove, MirrorOpening, Moved
from jinli.cases.work import Salt, random_salt
from jinli.domain import journal
from jinli.domain.deadlines import DueMoment
from jinli.domain.limits import TimeLimit, Unit
from jinli.domain.procedure import Procedure
from jinli.town.acting import Acting
from jinli.town.inserts import Ready, columns, written
from jinli.town.models import Division

_MOST: Final = 4_000
_BODIES: Final = frozenset({"owner", "handler"})


@dataclass(kw_only=True)
class _Learnt:
    """A shape with its templates: left open, and closed at once in each way that was met."""

    shape: Shape
    fixed: tuple[str, ...]
    opened: Template | None
    closed: dict[tuple[str, str, tuple[bool, ...]], Template | None] = field(default_factory=dict)


class _Due(NamedTuple):
    """A due moment with its columns; `rest` are those after `warn_at`."""

    due: DueMoment
    at: Any
    rest: tuple[Any, ...]


class Memory:
    """What is remembered of shapes and moments for one town, one actor, one edition of the procedure and calendar."""

    def __init__(self, acting: Acting, town: Division, procedure: Procedure, book: TownBook) -> None:
        self.acting, self.town, self.procedure, self.book = acting, town, procedure, book
        self.vendor = connection.vendor
        self.may = procedure.external and not procedure.moves_by_itself
        self.shapes: dict[tuple[Any, ...], _Learnt] = {}
        self.fixed: dict[datetime, tuple[str, _Due]] = {}
        self.uuid = written(Case, "id")
        self.at = written(Case, "opened_at")
        self.day = written(Clock, "last_day")
        self.moment = _of_sqlite if self.vendor == "sqlite" else self._moment
        self.handlers: dict[str, int] = {}

    def _moment(self, at: datetime) -> tuple[str, Any]:
        """Return a moment in UTC as the journal and as a column has it."""
        return _in_quotes(at.isoformat()), self.at(at)

    def handler(self, code: str) -> int:
        """Return the key of an organisation, asked for once."""
        found = self.handlers.get(code)
        if found is None:
            found = self.handlers[code] = organisation_id(self.town, code)
        return found

    def shape(self, key: tuple[Any, ...], spec: OpenCase) -> _Learnt:
        """Return what is known of a shape, learnt where it is new."""
        found = self.shapes.get(key)
        if found is None:
            if len(self.shapes) > _MOST // 4:
                self.shapes.clear()
            like = replace(spec, title="", foreign_number="", facts={}, private={}, terms={})  # nobody's texts are kept
            shape = Shape(like=like, facts=tuple(spec.facts), private=tuple(spec.private), terms=dict(spec.terms))
            opened = learn(shape, None, acting=self.acting, town=self.town)
            found = self.shapes[key] = _Learnt(shape=shape, fixed=shape.fixed, opened=opened)
        return found

    def closed(self, learnt: _Learnt, key: tuple[str, str, tuple[bool, ...]]) -> Template | None:
        """Return how a row of the shape is written that is closed at once."""
        if key not in learnt.closed:
            closing = Closing(move=key[0], channel=key[1], in_time=key[2])
            learnt.closed[key] = learn(learnt.shape, closing, acting=self.acting, town=self.town)
        return learnt.closed[key]

    def due(self, due: DueMoment, at: Any) -> _Due:
        """Return a due moment with its columns, `at` already written."""
        return _Due(due, at, (self.day(due.last_day), due.provisional, due.at_the_latest, editions_text(due)))

    def of_fixed(self, limit: TimeLimit) -> tuple[str, _Due]:
        """Return a moment that is a limit by itself, as the journal and the columns have it."""
        at = cast("datetime", limit.fixed_at)
        found = self.fixed.get(at)
        if found is None:
            if len(self.fixed) > _MOST:
                self.fixed.clear()
            due = self.book.due_of(at, limit)
            text, column = self.moment(due.at)
            found = self.fixed[at] = (text, self.due(due, column))
        return found

    def reckoned(self, clock: ShapeClock, happened: datetime) -> tuple[_Due, Any]:
        """Return when a limit that is not fixed falls due and when it is near. In days, that follows from the day."""
        limit, book = clock.limit, self.book
        day = book.calendar.day_itself(happened) if limit.unit.counts_days else 0
        found: tuple[_Due, Any] | None = clock.by_day.get(day)
        if found is None:
            due = book.due_of(happened, limit)
            found = self.due(due, self.at(due.at)), self.at(book.near(happened, limit, due))
            if day:
                clock.by_day[day] = found
        return found


_memories: dict[tuple[int, Acting, str], Memory] = {}


def memory_of(acting: Acting, town: Division, type_code: str) -> Memory:
    """Return what is remembered, anew after a change of the procedure, the calendar, the hours or an organisation."""
    procedure, book = editions.latest(town, type_code), book_of(town)
    key = (town.pk, acting, type_code)
    held = _memories.get(key)
    same = held is not None and held.procedure is procedure and held.book is book and held.town == town
    if held is None or not same or held.town.time_stamp != town.time_stamp or held.vendor != connection.vendor:
        if len(_memories) > 16:
            _memories.clear()
        held = _memories[key] = Memory(acting, town, procedure, book)
    return held


class Alike:
    """Collects the rows of mirrors that open alike, ready to be inserted."""

    def __init__(
        self,
        *,
        acting: Acting,
        town: Division,
        now: datetime,
        salt: Salt = random_salt,
        ids: Callable[[], UUID] = case_id,
    ) -> None:
        self.acting, self.town, self.now, self.salt, self.ids = acting, town, now, salt, ids
        self.recorded, self.recorded_at = _in_quotes(now.isoformat()), written(Case, "opened_at")(now)
        self.part: Callable[[Any, int], Any] = _part_text if connection.vendor == "sqlite" else _part
        self.town_code = town.code
        self.cases: list[tuple[Any, ...]] = []
        self.entries: list[tuple[Any, ...]] = []
        self.payloads: list[tuple[Any, ...]] = []
        self.clocks: list[tuple[Any, ...]] = []
        self.found: list[tuple[Any, ...]] = []
        self._memory: dict[str, Memory] = {}

    def batches(self) -> tuple[Ready, ...]:
        """Return the rows for `insert`, cases and clocks in the order of their largest indexes: it is cheaper."""
        return (
            Ready(model=Case, rows=sorted(self.cases, key=_opened_at())),
            Ready(model=Entry, rows=self.entries, at_once=True),
            Ready(model=EntryPayload, rows=self.payloads, at_once=True),
            Ready(model=Clock, rows=sorted(self.clocks, key=_due_at())),
            Ready(model=SearchRow, rows=self.found, at_once=True),
        )

    def add(self, opening: MirrorOpening, number: str) -> Moved | None:
        """Add the rows of an opening; None, and nothing added, when it must take the long way.

        Raises
        ------
        InvalidInputError, RefusedError : from the rules.
        """
        spec, then = opening.spec, opening.then
        move = then[0] if then else None
        if not _is_plain(spec, self.now) or len(then) > 1 or (move and not _is_plain_move(move, self.now)):
            return None
        memory = self._memory.get(spec.type_code)
        if memory is None:
            memory = self._memory[spec.type_code] = memory_of(self.acting, self.town, spec.type_code)
        if not memory.may:
            return None
        learnt = memory.shape(_key(spec), spec)
        if learnt.opened is None:
            return None
        fixed = [memory.of_fixed(spec.terms[name]) for name in learnt.fixed]
        happened = cast("datetime", spec.happened_at)
        dues = _dues(memory, learnt.opened.clocks, fixed, happened, spec)
        template: Template | None = learnt.opened
        if move is not None:
            closed = cast("datetime", move.happened_at)
            in_time = tuple([closed < due.due.at for due, _ in dues])
            template = memory.closed(learnt, (move.move, move.channel, in_time))
        if template is None:
            return None
        try:
            return self._write(memory, template, spec, move, number, fixed, dues)
        except TypeError:  # a fact or a personal value that is no text
            return None

    def _write(
        self,
        memory: Memory,
        template: Template,
        spec: OpenCase,
        move: MirrorMove | None,
        number: str,
        fixed: Sequence[tuple[str, _Due]],
        dues: Sequence[tuple[_Due, Any]],
    ) -> Moved:
        handler, place, lon, lat = spec.bodies["handler"], spec.place, spec.lon, spec.lat
        foreign_number, title, class_code = spec.foreign_number, spec.title, spec.class_code
        happened, happened_at = memory.moment(cast("datetime", spec.happened_at))
        closed, closed_at = memory.moment(cast("datetime", move.happened_at)) if move else ("", None)
        facts = spec.facts.values()
        texts = [
            happened, self.recorded, closed, quoted(handler), quoted(foreign_number), quoted(title),
            quoted(class_code), quoted(place.code) if place else "", "" if lon is None else _in_quotes(repr(lon)),
            "" if lat is None else _in_quotes(repr(lat)), *[text for text, _ in fixed], *map(quoted, facts),
        ]  # fmt: skip
        bodies = [shown % pick(texts) for shown, pick in template.bodies]
        salt, payload, committed = b"", "", ""
        if template.payload is not None:
            shown, pick = template.payload
            payload = shown % pick([quoted(value) for value in spec.private.values()])
            salt = self.salt()
            committed = journal.commitment(salt, payload)
        case, part = self.ids(), self.part
        case_id = memory.uuid(case)
        previous = genesis = journal.genesis(self.town_code, number)
        live = [dues[clock][0] for clock in template.live]
        first = None if not live else live[0].at if len(live) == 1 else min(live, key=_falls).at
        row = [
            case_id, number, happened_at, self.recorded_at, closed_at, memory.handler(handler), foreign_number, title,
            class_code, place.pk if place else None, lon, lat, first, genesis,
            terms_of_case(number, title, search_texts(spec)), salt, payload, *facts,
        ]  # fmt: skip
        for body, added, has_payload in zip(bodies, template.entry_ids, template.committed, strict=True):
            commitment = committed if has_payload else ""
            previous = journal.entry_hash(previous, body, commitment)
            row += (part(case_id, added), body, commitment, previous)
        for (due, near), added, clock in zip(dues, template.clock_ids, template.clocks, strict=True):
            before, after = clock.limit_text
            limit = f"{before}{fixed[clock.fixed][0]}{after}" if clock.fixed is not None else ""
            row += (part(case_id, added), limit, due.at, near, *due.rest)
        row += template.constants
        self.cases.append(template.case(row))
        for pick in template.entries:
            self.entries.append(pick(row))
        for pick in template.clock_rows:
            self.clocks.append(pick(row))
        self.found.append(template.search(row))
        if template.stored is not None:
            self.payloads.append(template.stored(row))
        return Moved(case, number, template.seqs)


@cache
def _opened_at() -> Callable[[tuple[Any, ...]], Any]:
    return itemgetter(columns(Case).index("opened_at"))


@cache
def _due_at() -> Callable[[tuple[Any, ...]], Any]:
    return itemgetter(columns(Clock).index("due_at"))


def _of_sqlite(at: datetime) -> tuple[str, str]:
    """Return a moment in UTC as the journal and as a column of SQLite has it."""
    text = datetime.combine(at, at.time()).isoformat()  # without its zone at half the price
    return f'"{text}+00:00"', f"{text[:10]} {text[11:]}"


def _part_text(case: str, added: int) -> str:
    """Return the id of a part of a case as SQLite keeps it: the lowest 16 bits of a case's own id are free."""
    return f"{case[:28]}{added:04x}"


def _part(case: UUID, added: int) -> UUID:
    return UUID(int=case.int + added)


def _falls(due: _Due) -> datetime:
    return due.due.at


def _in_quotes(text: str) -> str:
    """Return a text that has nothing to escape as JSON writes it."""
    return f'"{text}"'


def _dues(
    memory: Memory,
    clocks: Sequence[ShapeClock],
    fixed: Sequence[tuple[str, _Due]],
    happened: datetime,
    spec: OpenCase,
) -> list[tuple[_Due, Any]]:
    found = []
    for clock in clocks:
        if clock.fixed is None:
            found.append(memory.reckoned(clock, happened))
        else:
            due = fixed[clock.fixed][1]
            found.append((due, memory.at(memory.book.near(happened, clock.limit, due.due))))
    return found


def _is_plain(spec: OpenCase, now: datetime) -> bool:
    """Return whether an opening has nothing but what a template has a place for."""
    happened, place = spec.happened_at, spec.place
    return (
        happened is not None
        and happened.tzinfo is UTC
        and happened < now
        and bool(spec.foreign_number)
        and not (spec.given or spec.met or spec.key or spec.simulated or spec.procedure)
        and spec.reporter is None
        and spec.bodies.keys() == _BODIES
        and spec.bodies["handler"] != "reporter"
        and (place is None or bool(place.code))
        and "title" not in spec.facts
        and "class_code" not in spec.facts
    )


def _is_plain_move(move: MirrorMove, now: datetime) -> bool:
    happened = move.happened_at
    more = move.given or move.terms or move.facts or move.bodies or move.private
    return happened is not None and happened.tzinfo is UTC and happened < now and not more


def _key(spec: OpenCase) -> tuple[Any, ...]:
    """Return what openings of one shape have in common. Limits that rows share are told apart by being the same one."""
    return (
        spec.type_code, spec.channel, spec.system_of_record, spec.bodies["owner"], spec.place is None,
        not spec.class_code, spec.lon is None, spec.lat is None, *spec.facts, None, *spec.private, None,
        *[(name, _limit_key(limit)) for name, limit in spec.terms.items()],
    )  # fmt: skip


def _limit_key(limit: TimeLimit) -> Any:
    if limit.unit is not Unit.FIXED:
        return id(limit)  # the shape holds on to it
    return limit.amount, limit.end_rule, limit.article, limit.source, limit.late_approval
