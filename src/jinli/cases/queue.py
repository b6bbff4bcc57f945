"""The queue: every promise a body owes or waits for, by due moment, across lines of work.

One statement counts, one picks the rows, and each stops at a limit: the cost follows what is shown, never what is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jinli.cases.models import Assignment, Case, Clock
from jinli.cases.search import matching
from jinli.town.acting import Acting
from jinli.town.models import Division

SCOPES: Final = ("ours", "mine", "awaited")
GROUPS: Final = ("late", "today", "week", "later", "paused")
#: How many rows of each group the whole queue shows, and one group alone.
FIRST: Final = {"late": 20, "today": 20, "week": 20, "later": 3, "paused": 5}
ALONE: Final = 50
#: Counting stops here; one more is shown as 999+.
COUNTED: Final = 1000


class _CountOf(Subquery):
    """The number of rows of a limited subquery."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _filled(**values: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in values.items() if value)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the address of a queue asks for.

    Attributes
    ----------
    group : one group alone; empty for the whole queue.
    role : `lead`, `assisting` or empty for both.
    after : due moment and id of the last row of the page before, joined by `~`.
    """

    scope: str = "ours"
    group: str = ""
    line: str = ""
    clock: str = ""
    place: str = ""
    role: str = ""
    mirrors: bool = True
    text: str = ""
    after: str = ""

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The parts of the address that no filter changes."""
        return _filled(scope=self.scope if self.scope != SCOPES[0] else "", group=self.group)

    @property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The filters as the address has them."""
        mirrors = "" if self.mirrors else "no"
        return _filled(line=self.line, clock=self.clock, place=self.place, role=self.role, mirrors=mirrors)

    def url(self, base: str, **changes: Any) -> str:
        """Return the address of this choice with some changes; a change begins again at the first page."""
        new = replace(self, **{"after": "", **changes})
        query = urlencode((*new.kept, *new.chosen, *_filled(q=new.text, after=new.after)))
        return f"{base}?{query}" if query else base

    @property
    def filtered(self) -> bool:
        """Whether anything but the scope narrows the queue."""
        return bool(self.line or self.clock or self.place or self.role or self.text or not self.mirrors)


def read(query: Mapping[str, str]) -> Choice:
    """Return the choice an address asks for; what it does not know it leaves out."""
    scope, group = query.get("scope", ""), query.get("group", "")
    return Choice(
        scope=scope if scope in SCOPES else SCOPES[0],
        group=group if group in GROUPS else "",
        line=query.get("line", "")[:40],
        clock=query.get("clock", "")[:40],
        place=query.get("place", "") if query.get("place", "").isdecimal() else "",
        role=query.get("role", "") if query.get("role", "") in {"lead", "assisting"} else "",
        mirrors=query.get("mirrors", "") != "no",
        text=query.get("q", "").strip()[:100],
        after=query.get("after", "")[:80],
    )


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Where today and this week end in the town; a week ends on Sunday at 24:00."""

    now: datetime
    today: datetime
    week: datetime

    @classmethod
    def at(cls, now: datetime, zone: ZoneInfo) -> Bounds:
        """Return the bounds at a moment."""
        local = now.astimezone(zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)

        def end(days: int) -> datetime:
            return (midnight + timedelta(days=days)).replace(tzinfo=zone).astimezone(UTC)

        return cls(now=now, today=end(1), week=end(7 - local.weekday()))


class _Live(Func):
    """That a clock has not stopped, as the partial indexes write it.

    SQLite uses a partial index only for a condition in literals; a parameter hides it.
    """

    template = "%(expressions)s IN ('running', 'paused')"
    output_field = BooleanField()


class _Paused(Func):
    """That a clock stands still, as the partial indexes write it."""

    template = "%(expressions)s = 'paused'"
    output_field = BooleanField()


def scoped(acting: Acting, scope: str, *, paused: bool = False) -> QuerySet[Clock]:
    """Return the live clocks of a scope, or the paused ones. A right is nobody's duty: it waits only in the third."""
    if acting.body_id is None:
        return Clock.objects.none()
    if scope == "mine":
        return _mine(acting)
    live = Clock.objects.filter(_Paused(F("state")) if paused else _Live(F("state")), town=acting.town)
    if scope == "awaited":
        return live.filter(owed_to=acting.body_id).exclude(owed_by=acting.body_id)
    return live.filter(owed_by=acting.body_id, right=False)


def _mine(acting: Acting) -> QuerySet[Clock]:
    """Return the live clocks of one's body that one handles oneself, sought from the cases one handles."""
    cases = Case.objects.filter(handler=acting.person, town=acting.town, closed_at=None).values("pk")
    parts = Assignment.objects.filter(handler=acting.person, town=acting.town, outcome="").values("case")
    given = Assignment.objects.filter(case=OuterRef("case"), key=OuterRef("track"), handler=acting.person)
    # A body may owe very many clocks and a person few: the owner is written so that no index of the body is taken.
    clocks = Clock.objects.alias(body=Coalesce("owed_by", 0)).filter(case__in=cases.union(parts), body=acting.body_id)
    clocks = clocks.filter(right=False).exclude(state="stopped")
    return clocks.filter(Q(track="case", case__handler=acting.person) | Q(Exists(given)))


def of_group(acting: Acting, choice: Choice, group: str, bounds: Bounds) -> QuerySet[Clock]:
    """Return the clocks of one group of a choice, the first due first."""
    clocks = scoped(acting, choice.scope, paused=group == "paused")
    return grouped(narrowed(clocks, acting, choice), group, bounds)


def narrowed(clocks: QuerySet[Clock], acting: Acting, choice: Choice) -> QuerySet[Clock]:
    """Return those of the clocks that the filters leave."""
    if choice.line:
        clocks = clocks.filter(case__type_code=choice.line)
    if choice.clock:
        clocks = clocks.filter(code=choice.clock)
    if choice.place:
        clocks = clocks.filter(case__place=int(choice.place))
    if not choice.mirrors:
        clocks = clocks.exclude(case__system_of_record__startswith="external:")
    if choice.role:
        assisting = Exists(
            Assignment.objects.filter(case=OuterRef("case"), key=OuterRef("track"), role="assisting"),
        )
        clocks = clocks.filter(assisting if choice.role == "assisting" else ~assisting)
    if choice.text:
        found = matching(Case.objects.filter(town=acting.town), choice.text)
        clocks = clocks.filter(case__in=found.values("pk"))
    return clocks


def grouped(clocks: QuerySet[Clock], group: str, bounds: Bounds) -> QuerySet[Clock]:
    """Return the clocks of one group, the first due first."""
    if group == "paused":
        return clocks.filter(state="paused").order_by("due_at", "id")
    first, last = {
        "late": (None, bounds.now),
        "today": (bounds.now, bounds.today),
        "week": (bounds.today, bounds.week),
        "later": (bounds.week, None),
    }[group]
    clocks = clocks.filter(state="running")
    if first is not None:
        clocks = clocks.filter(due_at__gt=first)
    if last is not None:
        clocks = clocks.filter(due_at__lte=last)
    return clocks.order_by("due_at", "id")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The town, and how many clocks each scope and each group of the present choice has, up to 1000."""

    town: Division
    scopes: Mapping[str, int]
    groups: Mapping[str, int]


def _count(clocks: QuerySet[Clock]) -> _CountOf:
    return _CountOf(clocks.order_by().values("pk")[:COUNTED])


def town_of(acting: Acting) -> Division:
    """Return the town of the present hat."""
    return Division.objects.get(pk=acting.town)


def counts(acting: Acting, choice: Choice, now: datetime, zone: ZoneInfo) -> Counts:
    """Return town and counts in one statement."""
    bounds = Bounds.at(now, zone)
    asked = {f"scope_{scope}": _count(scoped(acting, scope)) for scope in SCOPES}
    asked |= {f"group_{group}": _count(of_group(acting, choice, group, bounds)) for group in GROUPS}
    town = Division.objects.annotate(**asked).get(pk=acting.town)
    return Counts(
        town=town,
        scopes={scope: getattr(town, f"scope_{scope}") for scope in SCOPES},
        groups={group: getattr(town, f"group_{group}") for group in GROUPS},
    )


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Some clocks of one group, and the key of the next page when there is one."""

    group: str
    clocks: tuple[Clock, ...]
    after: str


def slices(acting: Acting, choice: Choice, now: datetime, zone: ZoneInfo, *, later: int) -> tuple[Slice, ...]:
    """Return the first rows of every group, or one page of one group, in two statements."""
    bounds = Bounds.at(now, zone)
    sizes = {choice.group: ALONE} if choice.group else {**FIRST, "later": later}
    picks = [beyond(of_group(acting, choice, group, bounds), choice.after)[: size + 1] for group, size in sizes.items()]
    # Each part is picked by its own index first; a union of limited parts is refused by SQLite.
    parts = [Clock.objects.filter(pk__in=part.values("pk")).order_by().values_list("pk", flat=True) for part in picks]
    keys = list(parts[0].union(*parts[1:], all=True)) if parts[1:] else list(parts[0])
    rows = list(with_cases(Clock.objects.filter(pk__in=keys)).order_by("due_at", "id"))
    found = []
    for group, size in sizes.items():
        own = [row for row in rows if _group_of(row, bounds) == group]
        last = own[size - 1] if len(own) > size else None
        after = f"{last.due_at.isoformat()}~{last.pk}" if last else ""
        found.append(Slice(group=group, clocks=tuple(own[:size]), after=after))
    return tuple(found)


def with_cases(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """Join what a row of the queue shows."""
    return clocks.select_related("case", "case__town", "case__place", "owed_by", "owed_to")


def _group_of(clock: Clock, bounds: Bounds) -> str:
    if clock.state == "paused":
        return "paused"
    if clock.due_at <= bounds.now:
        return "late"
    if clock.due_at <= bounds.today:
        return "today"
    return "week" if clock.due_at <= bounds.week else "later"


def beyond(clocks: QuerySet[Clock], after: str) -> QuerySet[Clock]:
    """Return the clocks behind a key; a key that cannot be read begins at the first."""
    due, _, pk = after.partition("~")
    try:
        at, last = datetime.fromisoformat(due), UUID(pk)
    except ValueError:
        return clocks
    if at.tzinfo is None:
        return clocks
    return clocks.filter(due_at__gte=at).filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=last))


def assignments_of(clocks: list[Clock]) -> dict[tuple[UUID, str], Assignment]:
    """Return the assignments these clocks hang on, by case and key. One query."""
    cases = {clock.case_id for clock in clocks if clock.track != "case"}
    rows = Assignment.objects.filter(case__in=cases) if cases else Assignment.objects.none()
    return {(row.case_id, row.key): row for row in rows}


def whole(acting: Acting, choice: Choice, now: datetime, zone: ZoneInfo) -> QuerySet[Clock]:
    """Return every clock of the choice, running before paused, for exports."""
    left = narrowed(scoped(acting, choice.scope), acting, choice)
    if choice.group:
        left = grouped(left, choice.group, Bounds.at(now, zone))
    return with_cases(left).order_by(F("state").desc(), "due_at", "id")
