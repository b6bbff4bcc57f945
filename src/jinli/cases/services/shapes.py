"""Learn how mirrors of one shape are written: run the rules once with marks, and see where the marks come out.

A mark is a value that occurs nowhere else: a text between two signs of the private use area, a moment of a year in
which nothing happened, a negative key. What `prepare`, `decide`, `evolve` and `rows` make of the marks is the template
of every row of that shape. Nothing of a procedure is written down here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import Any, Final, cast
from uuid import UUID

from jinli.cases import rows
from jinli.cases.book import TownBook, organisation_id
from jinli.cases.identity import part_id
from jinli.cases.models import SearchRow
from jinli.cases.services.opening import OpenCase, actor_of, prepare
from jinli.cases.services.told import MirrorMove, tell
from jinli.cases.work import Work
from jinli.domain.deadlines import DueMoment
from jinli.domain.limits import TimeLimit, Unit
from jinli.domain.state import STOPPED, ClockState
from jinli.town.acting import Acting
from jinli.town.inserts import columns, written
from jinli.town.models import Division, Place

Pick = Callable[[Sequence[Any]], tuple[Any, ...]]

#: What differs between rows of a shape, in the order in which `alike` gives it; then facts, entries and clocks.
SLOTS: Final = (
    "case", "number", "happened", "recorded", "closed", "handler", "foreign_number", "title", "class_code", "place",
    "lon", "lat", "due", "genesis", "terms", "salt", "payload",
)  # fmt: skip
OF_ENTRY: Final = ("entry", "body", "commitment", "hash")
OF_CLOCK: Final = ("clock", "limit", "due", "warn", "last_day", "provisional", "at_the_latest", "editions")
#: The texts in the bodies of entries, in the order in which `alike` gives them; then fixed limits and facts.
TEXTS: Final = (
    "happened", "recorded", "closed", "handler", "foreign_number", "title", "class_code", "place", "lon", "lat",
)  # fmt: skip

_OPENED, _CLOSED, _RECORDED = (datetime(year, 3, 7, 5, 11, 13, 987_123, UTC) for year in (1911, 1951, 1991))
_FIXED, _LATE, _IN_TIME = (datetime(year, 3, 7, 5, 11, 13, 987_123, UTC) for year in (1921, 1931, 1971))
_WARN, _DUE = (datetime(year, 3, 7, 5, 11, 13, 987_123, UTC) for year in (1941, 1961))
_CASE, _SALT = UUID(int=0x5EED << 96 | 0xFACE << 32), b"\xee\x00mark\xee\x01"
_HANDLER, _PLACE, _LON, _LAT = -7_000_001, -7_000_002, -181.062_519, -91.062_519


_EARLIEST = _DUE + timedelta(days=300)
#: Any of these left in a text means that a mark came out where nobody looked for it.
_TRACES = re.compile(
    "\ue000|" + "|".join(
        map(re.escape, ("\\ue000", "05:11:13.987123", "1901-01-", "181.062519", "91.062519", "7000001", "7000002",
                        _CASE.hex[:24], str(_CASE)[:23]))
    )
)  # fmt: skip


def _mark(name: str) -> str:
    return f"\ue000{name}\ue001"


def _fixed_mark(place: int) -> datetime:
    return _FIXED + timedelta(days=place)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What openings must have in common to be written by one template; `terms` without their fixed moments."""

    like: OpenCase
    facts: tuple[str, ...]
    private: tuple[str, ...]
    terms: Mapping[str, TimeLimit]

    @property
    def fixed(self) -> tuple[str, ...]:
        """Return the terms that are moments of their own."""
        return tuple(name for name, limit in self.terms.items() if limit.unit is Unit.FIXED)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How a mirror is closed at once: the move, and for each clock whether that was in time."""

    move: str
    channel: str
    in_time: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class ShapeClock:
    """A clock that rows of the shape have.

    Attributes
    ----------
    fixed : which of the fixed terms it is, None for a limit that all rows share.
    limit_text : a fixed limit as its column keeps it, before and after the moment.
    by_day : what was reckoned for this limit, by the day that does not count.
    """

    limit: TimeLimit
    fixed: int | None
    limit_text: tuple[str, str]
    by_day: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Template:
    """How a row of this shape is written: texts with gaps, and which slot or constant stands in which column.

    Attributes
    ----------
    bodies, payload : a format, and which of the row's texts go into it.
    case, entries, stored, clock_rows, search : the columns of a row, out of its slots with the constants behind them.
    live : which of the clocks still run.
    entry_ids, clock_ids : what is added to the id of the case.
    committed : whether an entry has a payload.
    """

    bodies: tuple[tuple[str, Pick], ...]
    payload: tuple[str, Pick] | None
    case: Pick
    search: Pick
    entries: tuple[Pick, ...]
    stored: Pick | None
    clock_rows: tuple[Pick, ...]
    clocks: tuple[ShapeClock, ...]
    live: tuple[int, ...]
    entry_ids: tuple[int, ...]
    clock_ids: tuple[int, ...]
    committed: tuple[bool, ...]
    seqs: tuple[int, ...]
    constants: list[Any]


class _UnknownError(Exception):
    """A mark came out where it was not looked for: this shape is left to the long way."""


class _MarkedBook:
    """Answers with marks, on the side of the closing that the shape asks for."""

    def __init__(self, in_time: Sequence[bool]) -> None:
        self.in_time = in_time

    def due(self, clock: ClockState) -> DueMoment:
        """Return the marked due moment of a clock."""
        place = clock.key - 1
        base = _DUE if not self.in_time else _IN_TIME if self.in_time[place] else _LATE
        key = f"{clock.key}"
        return DueMoment(
            at=base + timedelta(days=place),
            last_day=date(1901, 1, clock.key),
            provisional=cast("bool", _mark("provisional" + key)),
            at_the_latest=cast("bool", _mark("at_the_latest" + key)),
            editions=cast("tuple[tuple[int, int], ...]", ((_mark("editions" + key), ""),)),
        )

    def warns_at(self, clock: ClockState) -> datetime:
        """Return the marked moment from which a clock is near."""
        return _WARN + timedelta(days=clock.key)


def learn(shape: Shape, closing: Closing | None, *, acting: Acting, town: Division) -> Template | None:
    """Return the template of a shape, None when its rows must take the long way.

    Raises
    ------
    InvalidInputError, RefusedError : from the rules, as for every row of the shape.
    """
    work, found = _run(shape, closing, acting, town)
    procedure, first = work.procedure, work.entries[0].pk
    beside = work.notices or work.ratings or work.met or work.state.assignments
    if beside or procedure.moves_by_itself or not procedure.external or len(work.payloads) > 1:
        return None
    if work.payloads and work.payloads[0].entry_id != first:
        return None
    try:
        return _template(shape, work, found)
    except _UnknownError:
        return None


def _run(shape: Shape, closing: Closing | None, acting: Acting, town: Division) -> tuple[Work, SearchRow]:
    like, fixed = shape.like, shape.fixed
    terms = {
        name: replace(limit, fixed_at=_fixed_mark(fixed.index(name))) if name in fixed else limit
        for name, limit in shape.terms.items()
    }
    spec = replace(
        like,
        title=_mark("title"),
        class_code=_mark("class_code") if like.class_code else "",
        place=Place(pk=_PLACE, code=_mark("place"), name=_mark("place_name")) if like.place else None,
        lon=None if like.lon is None else _LON,
        lat=None if like.lat is None else _LAT,
        foreign_number=_mark("foreign_number"),
        happened_at=_OPENED,
        terms=terms,
        bodies={**like.bodies, "handler": _mark("handler")},
        facts={name: _mark(f"fact.{name}") for name in shape.facts},
        private={name: _mark(f"private.{name}") for name in shape.private},
    )
    number = _mark("number")
    work, found = prepare(
        acting=acting, town=town, spec=spec, now=_RECORDED, number=number, salt=lambda: _SALT, ids=lambda: _CASE
    )
    work.book = cast("TownBook", _MarkedBook(closing.in_time if closing else ()))
    if closing is not None:
        move = MirrorMove(move=closing.move, channel=closing.channel, happened_at=_CLOSED)
        tell(work, actor_of(acting), move, _RECORDED)
    return work, found


def _ids(town: Division, code: str) -> int:
    return _HANDLER if code == _mark("handler") else organisation_id(town, code)


def _template(shape: Shape, work: Work, found: SearchRow) -> Template:
    case, state, procedure, book = work.case, work.state, work.procedure, work.book
    rows.project_case(case, state, procedure, book, _ids)
    if rows.live(state):
        case.due_at = _EARLIEST
    clocks = tuple(state.clocks.values())
    if [clock.key for clock in clocks] != list(range(1, len(clocks) + 1)):
        raise _UnknownError
    slots = [*SLOTS, *(f"fact.{name}" for name in shape.facts)]
    slots += [f"{slot}{entry.seq}" for entry in work.entries for slot in OF_ENTRY]
    slots += [f"{slot}{clock.key}" for clock in clocks for slot in OF_CLOCK]
    place_of = {name: place for place, name in enumerate(slots)}
    known = _known(shape, work, found)
    constants: list[Any] = []

    def pick(row: Any, slot_of: Mapping[str, str]) -> Pick:
        places = []
        for name in columns(type(row)):
            value = getattr(row, name)
            slot = slot_of.get(name) or (known.get((type(value), value)) if _hashable(value) else None)
            if slot is None:
                value = written(type(row), name)(value)
                _require_clean(str(value))
                constants.append(value)
            places.append(len(slots) + len(constants) - 1 if slot is None else place_of[slot])
        return itemgetter(*places)

    texts = _texts(shape)
    private = {quoted(_mark(f"private.{name}")): place for place, name in enumerate(shape.private)}
    learnt: list[ShapeClock] = []
    clock_rows: list[Pick] = []
    for clock in clocks:
        learnt.append(_clock(shape, clock))
        slot_of = {"limit": f"limit{clock.key}"} if learnt[-1].fixed is not None else {}
        clock_rows.append(pick(rows.clock_row(case, clock, procedure, book, _ids), slot_of))
    return Template(
        bodies=tuple(_gaps(entry.body, texts) for entry in work.entries),
        payload=_gaps(work.payloads[0].text, private) if work.payloads else None,
        case=pick(case, {}),
        search=pick(found, {}),
        entries=tuple(pick(entry, {}) for entry in work.entries),
        stored=pick(work.payloads[0], {}) if work.payloads else None,
        clock_rows=tuple(clock_rows),
        clocks=tuple(learnt),
        live=tuple(place for place, clock in enumerate(clocks) if clock.state != STOPPED),
        entry_ids=tuple(entry.pk.int - _CASE.int for entry in work.entries),
        clock_ids=tuple(part_id(_CASE, "clock", clock.key).int - _CASE.int for clock in clocks),
        committed=tuple(bool(entry.commitment) for entry in work.entries),
        seqs=tuple(entry.seq for entry in work.entries),
        constants=constants,
    )


def _known(shape: Shape, work: Work, found: SearchRow) -> dict[tuple[type, Any], str]:
    """Return what each marked value of a column stands for."""
    values: dict[str, Any] = {
        "case": _CASE, "number": _mark("number"), "happened": _OPENED, "recorded": _RECORDED, "closed": _CLOSED,
        "handler": _HANDLER, "foreign_number": _mark("foreign_number"), "title": _mark("title"),
        "class_code": _mark("class_code"), "place": _PLACE, "lon": _LON, "lat": _LAT, "due": _EARLIEST,
        "genesis": work.entries[0].previous, "terms": found.terms, "salt": _SALT,
    }  # fmt: skip
    values |= {f"fact.{name}": _mark(f"fact.{name}") for name in shape.facts}
    for payload in work.payloads:
        values["payload"] = payload.text
    for entry in work.entries:
        key = entry.seq
        values |= {f"entry{key}": entry.pk, f"body{key}": entry.body, f"hash{key}": entry.hash}
        if entry.commitment:
            values[f"commitment{key}"] = entry.commitment
    for clock in work.state.clocks.values():
        key, due = clock.key, work.book.due(clock)
        values |= {f"clock{key}": part_id(_CASE, "clock", key), f"due{key}": due.at, f"last_day{key}": due.last_day}
        values |= {f"warn{key}": work.book.warns_at(clock), f"editions{key}": rows.editions_text(due)}
        values |= {name + str(key): _mark(name + str(key)) for name in ("provisional", "at_the_latest")}
    return {(type(value), value): name for name, value in values.items()}


def _hashable(value: Any) -> bool:
    return not isinstance(value, (dict, list))


def _texts(shape: Shape) -> dict[str, int]:
    """Return what each marked text in a body stands for, by its place among the texts of a row."""
    moments = {"happened": _OPENED, "recorded": _RECORDED, "closed": _CLOSED}
    found = {name: at.isoformat() for name, at in moments.items()}
    found |= {name: _mark(name) for name in ("handler", "foreign_number", "title", "class_code", "place")}
    found |= {"lon": repr(_LON), "lat": repr(_LAT)}
    order = [*TEXTS, *(f"fixed.{name}" for name in shape.fixed), *(f"fact.{name}" for name in shape.facts)]
    found |= {f"fixed.{name}": _fixed_mark(place).isoformat() for place, name in enumerate(shape.fixed)}
    found |= {f"fact.{name}": _mark(f"fact.{name}") for name in shape.facts}
    return {quoted(text): order.index(name) for name, text in found.items()}


def _gaps(text: str, marks: Mapping[str, int]) -> tuple[str, Pick]:
    """Return the text as a format, and which texts of a row go into its gaps, in order."""
    parts = re.split("(" + "|".join(map(re.escape, marks)) + ")", text) if marks else [text]
    for part in parts[::2]:
        _require_clean(part)
    order = [marks[mark] for mark in parts[1::2]]
    shown = "%s".join(part.replace("%", "%%") for part in parts[::2])
    return shown, itemgetter(*order) if len(order) > 1 else (lambda texts: tuple(texts[place] for place in order))


def _require_clean(text: str) -> None:
    """Refuse what still holds a mark."""
    if _TRACES.search(text):
        raise _UnknownError


def _clock(shape: Shape, clock: ClockState) -> ShapeClock:
    limit = clock.limit
    if limit.unit is not Unit.FIXED:
        return ShapeClock(limit=limit, fixed=None, limit_text=("", ""))
    marks = [_fixed_mark(place) for place in range(len(shape.fixed))]
    if limit.fixed_at not in marks:
        raise _UnknownError
    before, after = json.dumps(limit.to_json()).split(f'"{limit.fixed_at.isoformat()}"')
    return ShapeClock(limit=limit, fixed=marks.index(limit.fixed_at), limit_text=(before, after))
