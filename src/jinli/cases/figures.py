"""Counts and the lists behind them: one condition gives both, so a figure always equals the length of its list.

A *part* is a named condition over clocks, cases, entries or ratings, seen from one moment (`as_of`). Lines add parts of
their own (`LINE_PARTS` of the line's `figures`); the parts here are about promises, whatever the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Count, F, Func, Model, Q, QuerySet

from jinli.cases.models import Case, Clock, Entry, Figure, Rating
from jinli.domain.errors import InvalidInputError
from jinli.domain.rates import LEFT_OUT, MINIMUM, SUPERVISION, Audience, OnTime, Rate
from jinli.domain.state import BROKEN, KEPT
from jinli.town.models import Division

CLOCKS, CASES, ENTRIES, RATINGS = "clocks", "cases", "entries", "ratings"
#: Moves whose entries figures count; the partial index of entries names the same.
MOVES: Final = ("call_back", "exit", "file", "no_callback")
NOWHERE: Final = "none"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a count or a list asks for: everything needed to get the same rows again.

    Attributes
    ----------
    part : name of the part, such as `on_time.kept`.
    start, end : the period, end exclusive; both None for what stands at `as_of`.
    place : primary key of a place as text, `none` for cases without one, empty for all.
    arrow : one of the three directions of the town's plan; the site knows what lies under each.
    matter : code of one class of matters, empty for all.
    """

    part: str
    as_of: datetime
    start: datetime | None = None
    end: datetime | None = None
    place: str = ""
    arrow: str = ""
    matter: str = ""

    def query(self) -> dict[str, str]:
        """Return the filter as the address and a published figure carry it."""
        found = {
            "part": self.part,
            "from": self.start.isoformat() if self.start else "",
            "to": self.end.isoformat() if self.end else "",
            "as_of": self.as_of.isoformat(),
            "place": self.place,
            "arrow": self.arrow,
            "matter": self.matter,
        }
        return {name: value for name, value in found.items() if value}

    def of(self, part: str) -> Asked:
        """Return the same question about another part."""
        return replace(self, part=part)


def asked_of(query: Mapping[str, str], now: datetime) -> Asked:
    """Return what an address asks; a list never looks into the future.

    Raises
    ------
    InvalidInputError : `cases.figure.filter` for a moment that cannot be read.
    """

    def at(name: str) -> datetime | None:
        text = query.get(name, "")
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text.replace(" ", "+"))
        except ValueError:
            raise InvalidInputError("cases.figure.filter", field=name) from None
        if found.tzinfo is None:
            raise InvalidInputError("cases.figure.filter", field=name)
        return found

    place = query.get("place", "")
    return Asked(
        part=query.get("part", ""),
        as_of=min(at("as_of") or now, now),
        start=at("from"),
        end=at("to"),
        place=place if place == NOWHERE or place.isdecimal() else "",
        arrow=query.get("arrow", ""),
        matter=query.get("matter", "")[:60],
    )


@dataclass(frozen=True, kw_only=True)
class Part:
    """One named condition. `where` gives it as a condition over the rows of `kind`."""

    kind: str
    where: Callable[[Asked, Division], Q]


_MODELS: Final[Mapping[str, type[Model]]] = {CLOCKS: Clock, CASES: Case, ENTRIES: Entry, RATINGS: Rating}
_TOWN: Final = {CLOCKS: "town", CASES: "town", ENTRIES: "case__town", RATINGS: "town"}
_PLACE: Final = {CLOCKS: "case__place", CASES: "place", ENTRIES: "case__place", RATINGS: "case__place"}
#: By which moment rows of a kind are listed.
ORDER: Final = {CLOCKS: "due_at", CASES: "opened_at", ENTRIES: "happened_at", RATINGS: "at"}


def within(field: str, asked: Asked) -> Q:
    """Return the condition that a moment lies in the period and not after `as_of`."""
    found = Q(**{f"{field}__lte": asked.as_of})
    if asked.start is not None:
        found &= Q(**{f"{field}__gte": asked.start})
    if asked.end is not None:
        found &= Q(**{f"{field}__lt": asked.end})
    return found


def fell_due(asked: Asked) -> Q:
    """Return the condition that a clock fell due in the period: 00:00 of the first is still the month before."""
    found = Q(due_at__lte=asked.as_of)
    if asked.start is not None:
        found &= Q(due_at__gt=asked.start)
    if asked.end is not None:
        found &= Q(due_at__lte=asked.end)
    return found


def live(asked: Asked) -> Q:
    """Return the condition that a clock had begun and not ended at `as_of`."""
    return Q(started_at__lte=asked.as_of) & (Q(ended_at=None) | Q(ended_at__gt=asked.as_of))


def ended(asked: Asked) -> Q:
    """Return the condition that a clock had ended at `as_of`."""
    return Q(started_at__lte=asked.as_of, ended_at__lte=asked.as_of)


PROMISE: Final = Q(right=False) & ~Q(code__in=SUPERVISION)


#: Not what an undone import had brought: its verdicts stay in the journal and count for nothing.
_STANDS: Final = ~Q(case__stage="undone")


def kept(asked: Asked) -> Q:
    """Return the condition of promises kept in the period (see `jinli.domain.rates.standing`)."""
    return PROMISE & _STANDS & Q(verdict=KEPT) & ended(asked) & within("ended_at", asked)


def done_late(asked: Asked) -> Q:
    """Return the condition of promises that fell due in the period and were done afterwards."""
    return PROMISE & _STANDS & Q(verdict=BROKEN) & ended(asked) & fell_due(asked)


def open_late(asked: Asked) -> Q:
    """Return the condition of promises that fell due in the period and are still open, whatever a flag says."""
    return PROMISE & live(asked) & fell_due(asked)


def counted(asked: Asked) -> Q:
    """Return the denominator: kept, done late, and open and overdue."""
    return kept(asked) | done_late(asked) | open_late(asked)


def _near(asked: Asked) -> Q:
    return PROMISE & live(asked) & Q(due_at__gt=asked.as_of, warn_at__lte=asked.as_of)


def _left_out(asked: Asked) -> dict[str, Q]:
    over = ended(asked) & within("ended_at", asked)
    return {
        "void": PROMISE & ~Q(verdict__in=(KEPT, BROKEN)) & over,
        "right": Q(right=True) & ~Q(code__in=SUPERVISION) & over,
        "not_due": PROMISE & live(asked) & Q(due_at__gt=asked.as_of),
        "supervision": Q(code__in=SUPERVISION) & over,
    }


def _own(town: Division) -> Q:
    """Return the condition of the town's own services: owed by a body of the town, decided here."""
    return Q(owed_by__division=town.pk, case__system_of_record="jinli")


def _clocks(where: Callable[[Asked], Q], *, own: bool = False) -> Part:
    return Part(kind=CLOCKS, where=lambda asked, town: where(asked) & _own(town) if own else where(asked))


def _on_time_parts(code: str, *, own: bool) -> dict[str, Part]:
    found = {
        f"{code}.kept": _clocks(kept, own=own),
        f"{code}.done_late": _clocks(done_late, own=own),
        f"{code}.open_late": _clocks(open_late, own=own),
        f"{code}.total": _clocks(counted, own=own),
        f"{code}.ended": _clocks(lambda asked: kept(asked) | done_late(asked), own=own),
    }
    for name in LEFT_OUT:
        found[f"{code}.{name}"] = _clocks(lambda asked, name=name: _left_out(asked)[name], own=own)  # type: ignore[misc]
    return found


PARTS: Final[Mapping[str, Part]] = {
    "open": _clocks(lambda asked: PROMISE & live(asked)),
    "late": _clocks(open_late),
    "near": _clocks(_near),
    "at_risk": _clocks(lambda asked: open_late(asked) | _near(asked)),
    **_on_time_parts("on_time", own=False),
    **_on_time_parts("on_time_own", own=True),
}


def part_of(name: str, parts: Mapping[str, Part]) -> Part:
    """Return a part by its name. Raises InvalidInputError `cases.figure.no_such_part`."""
    found = parts.get(name)
    if found is None:
        raise InvalidInputError("cases.figure.no_such_part", field="part", found=name)
    return found


class _IsCounted(Func):
    """Whether a move is one that figures count, written out: SQLite takes a partial index for plain words only."""

    template = f"%(expressions)s IN ({', '.join(repr(move) for move in MOVES)})"
    output_field = BooleanField()


def _base(kind: str, town: Division, asked: Iterable[Asked]) -> QuerySet[Any]:
    """Return the rows that can matter at all, by an index: nothing here decides what counts."""
    rows: QuerySet[Any] = _MODELS[kind]._default_manager.filter(**{_TOWN[kind]: town.pk})
    starts = [one.start for one in asked]
    first = min((one for one in starts if one is not None), default=None) if None not in starts else None
    if kind == CLOCKS:
        rows = rows.filter(Q(ended_at=None) | Q(ended_at__gte=first)) if first else rows
    if kind == ENTRIES:
        rows = rows.filter(_IsCounted(F("move")))
        rows = rows.filter(happened_at__gte=first) if first else rows
    return rows


def _narrowed(part: Part, asked: Asked, town: Division) -> Q:
    found = part.where(asked, town)
    if asked.place:
        place = _PLACE[part.kind]
        found &= Q(**{f"{place}__isnull": True}) if asked.place == NOWHERE else Q(**{place: int(asked.place)})
    if asked.matter:
        of_case = "" if part.kind == CASES else "case__"
        found &= Q(**{f"{of_case}class_code": asked.matter})
    return found


def listed(asked: Asked, town: Division, parts: Mapping[str, Part] = PARTS) -> QuerySet[Any]:
    """Return the rows behind a count, in the order of their moments.

    Raises
    ------
    InvalidInputError : there is no such part.
    """
    part = part_of(asked.part, parts)
    rows = _base(part.kind, town, [asked]).filter(_narrowed(part, asked, town))
    return rows.order_by(ORDER[part.kind], "pk")


def counts(asked: Mapping[str, Asked], town: Division, parts: Mapping[str, Part] = PARTS) -> dict[str, int]:
    """Return every asked count by its name: one statement for each kind of row, however many are asked."""
    by_kind: dict[str, dict[str, Asked]] = {}
    for name, one in asked.items():
        by_kind.setdefault(part_of(one.part, parts).kind, {})[name] = one
    found: dict[str, int] = {}
    for kind, several in by_kind.items():
        names = {f"n{number}": name for number, name in enumerate(several)}
        sums = {
            short: Count("pk", filter=_narrowed(part_of(several[name].part, parts), several[name], town))
            for short, name in names.items()
        }
        got = _base(kind, town, several.values()).aggregate(**sums)
        found |= {name: got[short] for short, name in names.items()}
    return found


def minimum_of(town: Division) -> int:
    """Return the smallest denominator for which the town shows a percentage."""
    return int(town.settings.get("minimum_count", MINIMUM))


def on_time_asked(asked: Asked, code: str = "on_time") -> dict[str, Asked]:
    """Return the questions of an on-time rate: its three counts and what is left out."""
    return {name: asked.of(f"{code}.{name}") for name in ("kept", "done_late", "open_late", *map(str, LEFT_OUT))}


def on_time_of(found: Mapping[str, int], minimum: int) -> OnTime:
    """Return the on-time rate from its counts."""
    return OnTime(
        kept=found["kept"],
        done_late=found["done_late"],
        open_late=found["open_late"],
        excluded={str(one): found[str(one)] for one in LEFT_OUT},
        minimum=minimum,
    )


def rate_of(code: str, found: Mapping[str, int], *, numerator: str, excluded: Iterable[str], minimum: int) -> Rate:
    """Return a rate from the counts of its parts."""
    return Rate(
        code=code,
        numerator=found[numerator],
        denominator=found["total"],
        excluded={one: found[one] for one in excluded},
        minimum=minimum,
    )


def figures_for(town: Division, reader: Audience, *, body: int | None = None) -> QuerySet[Figure]:
    """Return the published figures that a circle may see; a unit's own figures only with that unit.

    What is not released is not here: pages say so, they never show a nought instead.
    """
    open_to = [str(one) for one in Audience if one.reaches(reader)]
    rows = Figure.objects.filter(town=town, audience__in=open_to)
    if reader is Audience.UNIT:
        rows = rows.filter(Q(body=body) | Q(audience__in=[str(one) for one in Audience if one != Audience.UNIT]))
    return rows.select_related("body").order_by("-period", "code", "body")


def month_of(town: Division, at: datetime) -> tuple[datetime, datetime]:
    """Return the first moment of the month of a moment in the town's zone, and of the next."""
    zone = ZoneInfo(town.zone)
    first = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first.replace(tzinfo=None) + timedelta(days=32)).replace(day=1, tzinfo=zone)
    return first, following


def months_until(town: Division, at: datetime, many: int) -> list[tuple[datetime, datetime]]:
    """Return so many months up to the one of a moment, oldest first."""
    found = [month_of(town, at)]
    while len(found) < many:
        found.insert(0, month_of(town, found[0][0] - timedelta(days=1)))
    return found
