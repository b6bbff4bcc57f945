"""What the page of the queue shows: groups of rows in words, filters, ways to go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from jinli.cases import above, lines, queue
from jinli.cases.book import book_of
from jinli.cases.editions import pinned
from jinli.cases.models import Assignment, Case, Clock
from jinli.cases.pages.clocks import Standing, due_of, limit_text, standing, state_of
from jinli.cases.queue import Choice
from jinli.cases.selectors.names import Systems, asker, named, staff_of, titled, types_of
from jinli.domain.calendar import DayKind, WorkCalendar
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import villages_at
from jinli.ui.parts import Scope
from jinli.ui.wording_time import word_day, word_holiday
from jinli.ui.words import say, tongue

_ICONS: Final = {"late": "triangle", "today": "clock", "week": "calendar", "later": "arrow", "paused": "pause"}
#: With little before it, the last group shows more.
_LATER_ALONE: Final = 12


@dataclass(frozen=True, kw_only=True)
class Row:
    """One promise in the queue.

    Attributes
    ----------
    pick : what a chosen row sends: case, track and the version the page showed, joined by colons.
    who, mine : who handles it; whether that is the reader.
    """

    pick: str
    number: str
    url: str
    title: str
    mirror: str
    place: str
    clock: str
    limit: str
    standing: Standing
    role: str
    assisting: bool
    who: str
    mine: bool
    simulated: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows that fall due together; `more` names how many are not shown."""

    code: str
    icon: str
    label: str
    count: str
    note: str
    rows: tuple[Row, ...]
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One value of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter above a list, for a field of the same name in the address."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """The whole page."""

    body: str
    now: datetime
    base: str
    choice: Choice
    scopes: tuple[Scope, ...]
    filters: tuple[Filter, ...]
    groups: tuple[Group, ...]
    staff: tuple[tuple[UUID, str], ...]
    can_assign: bool
    take_in_url: str
    export_csv: str
    export_xlsx: str
    ways_out: tuple[above.WayOut, ...]
    here: str
    clear_url: str
    empty: bool


def count_text(number: int) -> str:
    """Return a count; from where counting stops, that number less one and a plus."""
    return f"{queue.COUNTED - 1}+" if number >= queue.COUNTED else str(number)


def queue_page(acting: Acting, choice: Choice, now: datetime, zone: ZoneInfo, body: str) -> QueuePage:
    """Return the page of the queue. At most five statements, whatever is in it."""
    base = reverse("cases:queue")
    found = queue.counts(acting, choice, now, zone)
    before = sum(found.groups[group] for group in ("late", "today", "week"))
    slices = queue.slices(acting, choice, now, zone, later=queue.FIRST["later"] if before else _LATER_ALONE)
    staff = staff_of(acting)
    clocks = [clock for one in slices for clock in one.clocks]
    worder = RowWorder(acting=acting, town=found.town, now=now, staff=staff, assignments=queue.assignments_of(clocks))
    groups = []
    for one in slices:
        total = found.groups[one.group]
        if not total:
            continue
        rows = tuple(worder.row(clock) for clock in one.clocks)
        groups.append(_group(one, total, rows, choice, base, worder))
    return QueuePage(
        body=body,
        now=now,
        base=base,
        choice=choice,
        scopes=tuple(
            Scope(
                label=say(f"cases.scope.{scope}"),
                url=choice.url(base, scope=scope, group=""),
                count=found.scopes[scope],
                current=scope == choice.scope,
            )
            for scope in queue.SCOPES
        ),
        filters=_filters(found.town, choice, now),
        groups=tuple(groups),
        staff=tuple(staff.items()),
        can_assign="auditor" not in acting.roles and choice.scope != "awaited",
        take_in_url=_take_in(found.town, acting),
        export_csv=choice.url(reverse("cases:queue-export")),
        export_xlsx=_with(choice.url(reverse("cases:queue-export")), "as=xlsx"),
        ways_out=above.ways_out(found.town, acting, "queue", choice.url("").partition("?")[2]),
        here=choice.url(base, after=choice.after),
        clear_url=Choice(scope=choice.scope).url(base),
        empty=not groups,
    )


def _with(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}"


def _take_in(town: Division, acting: Acting) -> str:
    """Return the address where a case of some line is entered by hand, if that is open to the reader."""
    for one in types_of(town):
        initial = one.procedure.initial
        roles = {duty.partition(".")[2] for duty in initial.duty}
        url = lines.opening_url(one.code, initial.code)
        if url and roles & acting.roles and one.procedure.number_prefix.zh:
            return url
    return ""


def _group(one: queue.Slice, total: int, rows: tuple[Row, ...], choice: Choice, base: str, worder: RowWorder) -> Group:
    more, url = "", ""
    if one.after:
        left = total - len(rows)
        text = count_text(min(left, queue.COUNTED)) if total < queue.COUNTED else ""
        more = say("cases.queue.more", count=text) if text and not choice.after else say("ui.next_page.plain")
        url = choice.url(base, group=one.group, after=one.after)
    return Group(
        code=one.group,
        icon=_ICONS[one.group],
        label=say(f"cases.group.{one.group}"),
        count=count_text(total),
        note=worder.note(one.group, total, len(rows)),
        rows=rows,
        more=more,
        more_url=url,
    )


@dataclass(kw_only=True)
class RowWorder:
    """Words the rows of one queue."""

    acting: Acting
    town: Division
    now: datetime
    staff: dict[UUID, str]
    assignments: dict[tuple[UUID, str], Assignment]

    @cached_property
    def systems(self) -> Systems:
        """The names of the systems that mirrors come from."""
        return Systems(self.town.pk)

    @property
    def calendar(self) -> WorkCalendar:
        """The town's calendar."""
        return book_of(self.town).calendar

    def row(self, clock: Clock) -> Row:
        """Return one clock as a row."""
        case = clock.case
        procedure = pinned(self.town, case.procedure)
        given = self.assignments.get((clock.case_id, clock.track))
        state = state_of(clock)
        version = given.version if given else case.version
        title = titled(procedure.clocks[clock.code].title)
        if given is not None and given.round > 1:
            title = say("cases.round", round=given.round, title=title)
        who, mine = self._who(clock, case, given)
        assisting = given is not None and given.role == "assisting"
        return Row(
            pick=f"{case.pk}:{clock.track}:{version}",
            number=case.number,
            url=reverse("cases:case", args=[case.pk]),
            title=case.title,
            mirror=self.systems.name_of(case.system_of_record),
            place=named(case.place) if case.place else "",
            clock=title,
            limit=limit_text(state),
            standing=standing(state, due_of(clock), self.calendar, self.now, right=clock.right, warn_at=clock.warn_at),
            role=say("cases.role.assisting" if assisting else "cases.role.lead"),
            assisting=assisting,
            who=who,
            mine=mine,
            simulated=case.simulated,
        )

    def _who(self, clock: Clock, case: Case, given: Assignment | None) -> tuple[str, bool]:
        """Return who handles it: a person of one's own body by name, else the body that owes it."""
        if clock.owed_by_id is None:
            return asker(case.type_code), False
        if clock.owed_by_id != self.acting.body_id:
            return named(clock.owed_by), False
        handler = given.handler_id if given else case.handler_id
        if handler is None:
            return say("cases.nobody"), False
        if handler == self.acting.person:
            return say("cases.me"), True
        return self.staff.get(handler, say("cases.other_body")), False

    def note(self, group: str, total: int, shown: int) -> str:
        """Return the small line beside the name of a group."""
        lang, today = tongue(), self.now.astimezone(self.calendar.zone).date()
        if group == "today":
            return word_day(today, lang=lang, now=today)
        if group == "week":
            return self._week(today)
        if group == "later":
            return say("cases.queue.later.note", total=count_text(total), shown=shown) if shown < total else ""
        return say(f"cases.queue.{group}.note")

    def _week(self, today: date) -> str:
        lang = tongue()
        first, last = today + timedelta(days=1), today + timedelta(days=6 - today.weekday())
        if last < first:
            return ""
        holiday = next((day for day in _days(first, last) if self.calendar.day(day).kind is DayKind.HOLIDAY), None)
        ends = holiday - timedelta(days=1) if holiday and holiday > first else last
        text = say(
            "cases.queue.week.note",
            first=word_day(first, lang=lang, now=today, weekday=False),
            last=word_day(ends, lang=lang, now=today, weekday=False),
        )
        if holiday is None:
            return text
        name = word_holiday(self.calendar.day(holiday).name, lang=lang)
        return say(
            "cases.queue.week.holiday", days=text, day=word_day(holiday, lang=lang, now=today, weekday=False), name=name
        )


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _filters(town: Division, choice: Choice, now: datetime) -> tuple[Filter, ...]:
    """Return the filters: line, kind of clock, place, role, mirrors. One query, for the places."""
    types = types_of(town)
    shown = [one for one in types if not choice.line or one.code == choice.line]
    clocks = {code: titled(rule.title) for one in shown for code, rule in one.procedure.clocks.items()}
    places = [(str(place.pk), named(place)) for place in villages_at(town, _today(town, now)) if place.name]
    return (
        filter_of("line", [(one.code, titled(one.procedure.title)) for one in types], choice.line),
        filter_of("clock", sorted(clocks.items(), key=lambda item: item[1]), choice.clock),
        filter_of("place", places, choice.place),
        filter_of("role", [(role, say(f"cases.filter.role.{role}")) for role in ("lead", "assisting")], choice.role),
        filter_of("mirrors", [("no", say("cases.filter.mirrors.no"))], "" if choice.mirrors else "no"),
    )


def _today(town: Division, now: datetime) -> date:
    return now.astimezone(ZoneInfo(town.zone)).date()


def filter_of(name: str, options: Iterable[tuple[str, str]], chosen: str) -> Filter:
    """Return a filter whose first value is all."""
    known = [Option(value="", label=say(f"cases.filter.{name}.all"), chosen=not chosen)]
    known += [Option(value=value, label=label, chosen=value == chosen) for value, label in options]
    return Filter(name=name, label=say(f"cases.filter.{name}"), options=tuple(known))
