"""From the cells of one row to what a mirror is made of: moments, names matched with stated certainty, reasons."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinli.domain.errors import InvalidInputError
from jinli.exchange.reading.cells import Written, read_moment_cell, read_point, read_text
from jinli.exchange.reading.names import Match, NameBook
from jinli.exchange.reading.tables import Cell

Reason = tuple[str, dict[str, str]]
#: What may name people: kept in the erasable payload, never in columns, lists or reasons.
PERSONAL: Final = ("text", "address", "result", "reporter_name", "reporter_phone", "firm_name", "credit_code")
MOMENTS: Final = ("opened_at", "due_at", "closed_at")
REQUIRED: Final = ("foreign_number", "opened_at")
_LONGEST: Final = {"foreign_number": 80, "title": 120, "stage": 80, "channel": 20, "link": 300}
#: How sure a match is without a person having looked.
SURE: Final = frozenset({"exact", "code"})


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which cell holds which field."""

    at: Mapping[str, int]

    def get(self, cells: Sequence[Cell], name: str) -> Cell:
        """Return the cell of a field, None when the table has no such column."""
        place = self.at.get(name)
        return None if place is None else cells[place]


@dataclass(kw_only=True)
class Record:
    """One row, read.

    Attributes
    ----------
    values : what the other system says, nothing personal; codes where a name was matched.
    personal : field -> text that may name people.
    doubts, refusals : reasons, each a key of words and its facts.
    """

    line: int
    foreign_number: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)
    opened_at: datetime | None = None
    opened_with_clock: bool = True
    due_at: datetime | None = None
    closed_at: datetime | None = None
    doubts: list[Reason] = field(default_factory=list)
    refusals: list[Reason] = field(default_factory=list)

    @property
    def standing(self) -> str:
        """Return `refused`, `doubtful` or `clean`."""
        return "refused" if self.refusals else "doubtful" if self.doubts else "clean"

    @property
    def reasons(self) -> list[Reason]:
        """Return every reason, those that refuse first."""
        return [*self.refusals, *self.doubts]

    def fingerprint(self, secret: bytes) -> str:
        """Return a keyed hash of the personal values: equal values give equal hashes, nobody reads them back."""
        if not self.personal:
            return ""
        text = "\x1f".join([f"{name}={value}" for name, value in sorted(self.personal.items())])
        return hmac.digest(secret, text.encode(), "sha256").hex()


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names of the town, and what people said a name of this source means: text -> code, empty for none of ours."""

    books: Mapping[str, NameBook]
    known: Mapping[str, Mapping[str, str]]
    seen: dict[tuple[str, str, str], Match | None] = field(default_factory=dict)

    def match(self, kind: str, name: str, code: str) -> Match:
        """Return what name and code mean; `likely` and less is for a person to decide."""
        held = self.seen.get((kind, name, code))
        if held is None:
            held = self._match(kind, name, code)
            self.seen[kind, name, code] = held
        return held

    def _match(self, kind: str, name: str, code: str) -> Match:
        said = self.known.get(kind, {}).get(name or code)
        if said is not None:
            return Match(said or None, "exact", (), name or code)
        return self.books[kind].match(name, code)


@dataclass(frozen=True, kw_only=True)
class RowReader:
    """Reads the rows of one table for one source."""

    columns: Columns
    headings: Sequence[str]
    names: Names
    zone: ZoneInfo
    now: datetime
    title_shown: bool

    def read(self, line: int, cells: Sequence[Cell]) -> Record:
        """Return the row; what cannot be read is a reason, never an exception."""
        record = Record(line=line)
        get = self.columns.get
        cell = get(cells, "foreign_number")
        number = read_text(cell)
        record.foreign_number = number[:80]
        if not number:
            self._refuse(record, "exchange.cell_empty", "foreign_number")
        elif len(number) > 80:
            self._refuse(record, "exchange.cell_too_long", "foreign_number", value=number[:20], most="80")
        if type(cell) is not str:
            self._flaw(record, "foreign_number", cell)
        moments = [None if place is None else self._moment(record, name, cells[place]) for name, place in self._dated]
        self._moments(record, moments)
        self._texts(record, cells)
        self._matches(record, cells)
        self._point(record, cells)
        return record

    def _refuse(self, record: Record, code: str, name: str, **facts: str) -> None:
        record.refusals.append((code, {"field": self._heading(name), **facts}))

    def _heading(self, name: str) -> str:
        place = self.columns.at.get(name)
        return self.headings[place] if place is not None else f"exchange.field.{name}"

    def _flaw(self, record: Record, name: str, value: Cell) -> None:
        code = getattr(value, "code", None)  # a cell that the reader could not trust says why
        if code:
            self._refuse(record, str(code), name, value=str(value)[:40])

    def _moment(self, record: Record, name: str, value: Cell) -> Written | None:
        if value is None or value == "":
            return None
        try:
            return read_moment_cell(value, self.zone)
        except InvalidInputError as error:
            facts = {key: str(found) for key, found in error.facts.items()}
            record.refusals.append((error.code, {**facts, "field": self._heading(name)}))
            return None

    @cached_property
    def _dated(self) -> tuple[tuple[str, int | None], ...]:
        return tuple((name, self.columns.at.get(name)) for name in MOMENTS)

    @cached_property
    def _lately(self) -> datetime:
        """Return a moment of the town's zone before which nothing lies ahead, whatever the hour of summer time."""
        return self.now.astimezone(self.zone) - timedelta(hours=3)

    def _is_ahead(self, at: datetime) -> bool:
        """Return whether a moment is still to come. Moments of one zone are compared at a fraction of the price."""
        return at > self._lately and at > self.now

    def _moments(self, record: Record, moments: Sequence[Written | None]) -> None:
        opened, due, closed = moments
        if opened is None:
            if not any(reason[1].get("field") == self._heading("opened_at") for reason in record.refusals):
                self._refuse(record, "exchange.cell_empty", "opened_at")
            return
        # Not at 00:00: that moment belongs to the day before, and every limit in days would end a day early.
        record.opened_at = opened.at if opened.has_clock else _start_of_day(opened.at) + timedelta(seconds=1)
        record.opened_with_clock = opened.has_clock
        if self._is_ahead(record.opened_at):
            self._refuse(record, "exchange.opens_in_future", "opened_at", value=_shown(opened))
        if due is not None:
            # A bare date means its whole day; a moment is met within its second. Due moments are exclusive.
            record.due_at = (
                due.at + timedelta(seconds=1) if due.has_clock else _start_of_day(due.at) + timedelta(days=1)
            )
            if record.due_at <= record.opened_at:
                self._refuse(record, "exchange.due_before_opened", "due_at", value=_shown(due))
        if closed is not None:
            self._closed(record, opened, due, closed)
        for name, found in (
            ("opened_at", record.opened_at),
            ("due_at", record.due_at),
            ("closed_at", record.closed_at),
        ):
            if found is not None:
                record.values[name] = found.isoformat()

    def _closed(self, record: Record, opened: Written, due: Written | None, closed: Written) -> None:
        assert record.opened_at is not None
        at = closed.at
        if not closed.has_clock and at.date() == opened.at.date():
            at = max(at, opened.at)
        record.closed_at = at
        if at < record.opened_at:
            self._refuse(record, "exchange.closed_before_opened", "closed_at", value=_shown(closed))
        elif self._is_ahead(at):
            if closed.has_clock or _start_of_day(at) > self.now:
                self._refuse(record, "exchange.closed_in_future", "closed_at", value=_shown(closed))
            else:
                record.closed_at = max(record.opened_at, _start_of_day(at))
        if due is not None and due.has_clock and not closed.has_clock and due.at.date() == at.date():
            record.doubts.append(
                ("exchange.closed_on_the_day", {"field": self._heading("closed_at"), "value": _shown(closed)})
            )

    def _texts(self, record: Record, cells: Sequence[Cell]) -> None:
        for name, place in self._shown:
            cell = cells[place]
            if cell is not None and (text := read_text(cell)):
                record.values[name] = text[: _LONGEST[name]]
        for name, place in self._personal:
            cell = cells[place]
            if cell is not None and (text := read_text(cell)):
                record.personal[name] = text

    @cached_property
    def _shown(self) -> tuple[tuple[str, int], ...]:
        """Return the texts that may stand in columns, as far as the table has them."""
        names = ("stage", "channel", "link", *(("title",) if self.title_shown else ()))
        return self._held(names)

    @cached_property
    def _personal(self) -> tuple[tuple[str, int], ...]:
        return self._held((*PERSONAL, *(() if self.title_shown else ("title",))))

    def _held(self, names: Sequence[str]) -> tuple[tuple[str, int], ...]:
        at = self.columns.at
        return tuple((name, at[name]) for name in names if name in at)

    @cached_property
    def _named(self) -> tuple[tuple[str, str, int | None, int | None], ...]:
        """Return what is matched by name or code, and where the two stand."""
        at = self.columns.at
        kinds = [(kind, at.get(f"{kind}_name"), at.get(f"{kind}_code")) for kind in ("body", "place", "class")]
        return tuple(
            (kind, f"{kind}_there", name, code) for kind, name, code in kinds if name is not None or code is not None
        )

    def _matches(self, record: Record, cells: Sequence[Cell]) -> None:
        for kind, there, name_at, code_at in self._named:
            name = "" if name_at is None else read_text(cells[name_at])
            code = "" if code_at is None else read_text(cells[code_at])
            if not name and not code:
                continue
            record.values[there] = (name or code)[:120]
            found = self.names.match(kind, name, code)
            if found.code is not None and found.certainty in SURE:
                record.values[f"{kind}_code"] = found.code
            elif found.certainty not in SURE and (kind == "body" or found.certainty == "conflict"):
                facts = {"value": name or code, "others": ", ".join(found.others), "kind": f"exchange.kind.{kind}"}
                record.doubts.append((f"exchange.name.{found.certainty}", facts))

    def _point(self, record: Record, cells: Sequence[Cell]) -> None:
        get = self.columns.get
        lon, lat = get(cells, "lon"), get(cells, "lat")
        if lon is None and lat is None:
            lon = get(cells, "point")
        if lon is None and lat is None:
            return
        point = read_point(lon, lat)
        if point is not None and point.lon is not None and point.lat is not None:
            record.values["lon"], record.values["lat"] = repr(point.lon), repr(point.lat)
        for note in point.notes if point is not None else ():
            record.values["point_note"] = note


def _start_of_day(at: datetime) -> datetime:
    return datetime.combine(at.date(), time(), tzinfo=at.tzinfo)


def _shown(written: Written) -> str:
    return f"{written.at:%Y-%m-%d %H:%M}" if written.has_clock else f"{written.at:%Y-%m-%d}"
