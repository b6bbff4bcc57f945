"""The cases of a list with what their layouts and sheets need, in one statement however many they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from jinli.cases import queue
from jinli.cases.editions import pinned
from jinli.cases.models import Assignment, Case, Clock, EntryPayload
from jinli.cases.selectors import listing
from jinli.domain.procedure import Procedure
from jinli.exchange.models import ForeignRecord
from jinli.exchange.shapes import Found
from jinli.lines.grid.selectors.standards import standards_at
from jinli.town.acting import Acting
from jinli.town.masking import mask_address, mask_name, mask_telephone
from jinli.town.models import Division, DutyLine
from jinli.town.selectors import chain_of, local_day
from jinli.ui.words import has_words, say_in

CHINESE: Final = "zh-hans"
#: Where personal values lie in the payload of the first entry (our own, or an import), and how they are covered.
PERSONAL: Final = {
    "reporter_name": (("name", "reporter_name"), mask_name),
    "reporter_phone": (("telephone", "reporter_phone"), mask_telephone),
    "address": (("address",), mask_address),
}
#: At once in memory; the rest waits in the database.
_HELD: Final = 500

Query = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One row of a list: its number there, the case, in the queue the promise, and `row`, which carries the parts."""

    number: int
    case: Case
    row: Case | Clock
    clock: Clock | None = None


def cases_of(acting: Acting, town: Division, name: str, query: Query, now: datetime) -> QuerySet[Case]:
    """Return the cases of a list as its page would show them."""
    asked = listing.read(query, kind=listing.WHISTLE if name == "whistles" else "")
    found = listing.found_cases(acting, asked, town, now)
    return found.filter(system_of_record__startswith="external:") if name == "mirrors" else found


def rows_of(
    acting: Acting, town: Division, name: str, query: Query, now: datetime, paths: Collection[str]
) -> Iterator[Listed]:
    """Yield the rows of a list in the order of its page. One query."""
    if name == "queue":
        clocks = queue.whole(acting, queue.read(query), now, ZoneInfo(town.zone))
        clocks = clocks.select_related("case__place", "case__owner", "case__handler_body")
        for number, clock in enumerate(_with_parts(clocks, paths, "case__").iterator(_HELD), start=1):
            yield Listed(number=number, case=clock.case, row=clock, clock=clock)
        return
    cases = cases_of(acting, town, name, query, now)
    for number, case in enumerate(_with_parts(cases, paths, "").iterator(_HELD), start=1):
        yield Listed(number=number, case=case, row=case)


def count_of(acting: Acting, town: Division, name: str, query: Query, now: datetime) -> int:
    """Return how many rows a list has. One query."""
    if name == "queue":
        return queue.whole(acting, queue.read(query), now, ZoneInfo(town.zone)).order_by().count()
    return cases_of(acting, town, name, query, now).order_by().count()


def listed(case: Case, paths: Collection[str]) -> Listed:
    """Return one case as a row of its own. One query."""
    rows = Case.objects.filter(pk=case.pk).select_related("place", "owner", "handler_body")
    found = _with_parts(rows, paths, "").get()
    return Listed(number=1, case=found, row=found)


def _with_parts(rows: QuerySet[Any], paths: Collection[str], prefix: str) -> QuerySet[Any]:
    """Annotate the rows with what some paths need beyond the columns of a case."""
    key = "case_id" if prefix else "pk"
    first = EntryPayload.objects.filter(entry__seq=1).values("text")
    own = first.filter(entry__case=OuterRef(key))[:1]
    origin = first.filter(entry__case=OuterRef(f"{prefix}origin_id"))[:1]
    told = EntryPayload.objects.filter(entry__case=OuterRef(key), text__contains='"result":').order_by("-entry__seq")
    lead = Assignment.objects.filter(case=OuterRef(key), role="lead").order_by("-round", "-opened_at", "-key")
    noted = ForeignRecord.objects.filter(case=OuterRef(key)).order_by("-noted_at", "-id")
    wanted: dict[str, Any] = {}
    if not {"text", *PERSONAL}.isdisjoint(paths):
        wanted |= {"part_first": Subquery(own), "part_origin": Subquery(origin)}
    if "result" in paths:
        wanted["part_result"] = Subquery(told.values("text")[:1])
    if not {"handler", "duty_line"}.isdisjoint(paths):
        wanted |= {
            "part_lead": Subquery(lead.values("body__name")[:1]),
            "part_lead_code": Subquery(lead.values("body__code")[:1]),
            "part_line": Subquery(lead.values("duty_line")[:1]),
        }
    if "foreign_number" in paths:
        wanted["part_noted"] = Subquery(noted.values("foreign_number")[:1])
    found: QuerySet[Any] = rows.annotate(**wanted)
    return found


class Finder:
    """Finds the value of a path in a row. Registers are read once, when they are first needed."""

    def __init__(self, *, acting: Acting, town: Division, now: datetime, whole: bool = False) -> None:
        self.acting, self.town, self.now, self.whole = acting, town, now, whole
        self._classes: dict[str, str] | None = None
        self._lines: dict[str, str] | None = None

    def find(self, one: Listed, path: str) -> Found:
        """Return what the path finds; personal values covered unless they may be read whole."""
        if path in PERSONAL:
            return self._personal(one, path)
        found: Found = getattr(self, f"_{path}")(one)
        return found if found.text or found.at else Found()

    def _personal(self, one: Listed, path: str) -> Found:
        names, cover = PERSONAL[path]
        private = _payload(one.row.part_origin if one.case.origin_id else one.row.part_first)  # type: ignore[union-attr]
        value = next((str(private[name]) for name in names if private.get(name)), "")
        if not value:
            return Found()
        return Found(text=value) if self.whole else Found(covered=cover(value))

    def _row(self, one: Listed) -> Found:
        return Found(text=str(one.number))

    def _number(self, one: Listed) -> Found:
        return Found(text=one.case.number)

    def _title(self, one: Listed) -> Found:
        return Found(text=one.case.title)

    def _text(self, one: Listed) -> Found:
        """What was reported, or for a whistle why it was blown; of a report behind it only what the reader may read."""
        row: Any = one.row
        own = _payload(row.part_first)
        behind = _payload(row.part_origin) if self.acting.reads_all else {}
        return Found(text=str(own.get("text") or own.get("reason") or behind.get("text") or ""))

    def _result(self, one: Listed) -> Found:
        row: Any = one.row
        return Found(text=str(_payload(row.part_result).get("result") or ""))

    def _class_code(self, one: Listed) -> Found:
        return Found(text=one.case.class_code, code=one.case.class_code)

    def _class_name(self, one: Listed) -> Found:
        if self._classes is None:
            rows = standards_at(self.town, local_day(self.town, self.now))
            self._classes = {row.class_code: row.minor for row in rows}
        return Found(text=self._classes.get(one.case.class_code), code=one.case.class_code)

    def _type_name(self, one: Listed) -> Found:
        return Found(text=self._procedure(one).title.zh, code=one.case.type_code)

    def _place_code(self, one: Listed) -> Found:
        place = one.case.place
        return Found(text=place.code, code=place.code) if place else Found()

    def _place_name(self, one: Listed) -> Found:
        place = one.case.place
        return Found(text=place.name, code=place.code) if place else Found()

    def _channel(self, one: Listed) -> Found:
        key = f"cases.channel.{one.case.channel}"
        text = say_in(CHINESE, key) if has_words(key) else one.case.channel
        return Found(text=text, code=one.case.channel)

    def _stage(self, one: Listed) -> Found:
        return Found(text=self._procedure(one).case.stages[one.case.stage].title.zh, code=one.case.stage)

    def _phase(self, one: Listed) -> Found:
        return Found(text=say_in(CHINESE, f"cases.phase.{one.case.phase}"), code=one.case.phase)

    def _owner(self, one: Listed) -> Found:
        owner = one.case.owner
        return Found(text=owner.name, code=owner.code) if owner else Found()

    def _handler(self, one: Listed) -> Found:
        """The leading department, where a part was given to one; else the body that handles the case."""
        row: Any = one.row
        if row.part_lead:
            return Found(text=row.part_lead, code=row.part_lead_code)
        body = one.case.handler_body
        return Found(text=body.name, code=body.code) if body else Found()

    def _duty_line(self, one: Listed) -> Found:
        row: Any = one.row
        if not row.part_line:
            return Found()
        if self._lines is None:
            up = [division.pk for division in chain_of(self.town)]
            rows = DutyLine.objects.filter(division__in=up).order_by("-id").values_list("code", "title")
            self._lines = dict(rows)
        return Found(text=self._lines.get(row.part_line, row.part_line), code=row.part_line)

    def _lon(self, one: Listed) -> Found:
        return Found(text=None if one.case.lon is None else f"{one.case.lon:.6f}")

    def _lat(self, one: Listed) -> Found:
        return Found(text=None if one.case.lat is None else f"{one.case.lat:.6f}")

    def _foreign_number(self, one: Listed) -> Found:
        row: Any = one.row
        return Found(text=row.part_noted or one.case.foreign_number)

    def _foreign_stage(self, one: Listed) -> Found:
        return Found(text=one.case.foreign_stage)

    def _town_name(self, one: Listed) -> Found:
        return Found(text=self.town.name)

    def _town_code(self, one: Listed) -> Found:
        return Found(text=self.town.code)

    def _county_name(self, one: Listed) -> Found:
        chain = chain_of(self.town)
        return Found(text=next((row.name for row in chain if row.level == Division.Level.COUNTY), None))

    def _simulated(self, one: Listed) -> Found:
        word = "yes" if one.case.simulated else "no"
        return Found(text=say_in(CHINESE, f"ui.{word}"), code=word)

    def _opened_at(self, one: Listed) -> Found:
        return Found(at=one.case.opened_at)

    def _closed_at(self, one: Listed) -> Found:
        return Found(at=one.case.closed_at)

    def _due_at(self, one: Listed) -> Found:
        return Found(at=one.clock.due_at if one.clock else one.case.due_at)

    def _clock(self, one: Listed) -> Found:
        assert one.clock is not None
        return Found(text=self._procedure(one).clocks[one.clock.code].title.zh)

    def _procedure(self, one: Listed) -> Procedure:
        return pinned(self.town, one.case.procedure)


def _payload(text: str | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text else {}
    return found
