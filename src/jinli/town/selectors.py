"""What the town room knows: divisions, organisations, places, calendars. Reads only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from jinli.domain.calendar import CalendarEdition, OfficeHoursPeriod, WorkCalendar
from jinli.domain.errors import InvalidInputError
from jinli.town.models import CalendarYear, Division, DutyLine, OfficeHours, Organisation, Place, TownFact
from jinli.town.stamps import under_stamp

_LEVELS = 5


def towns() -> QuerySet[Division]:
    """Return all towns in the order of their codes."""
    return Division.objects.filter(level=Division.Level.TOWN).order_by("code")


def town_by_code(code: str) -> Division:
    """Return a town. Raises InvalidInputError `town.no_such_town`."""
    town = towns().filter(code=code).first()
    if town is None:
        raise InvalidInputError("town.no_such_town", field="town", found=code)
    return town


def facts_of(town: Division | int) -> QuerySet[TownFact]:
    """Return the facts of a town that are in force, unknown ones too, in the order of the board."""
    return TownFact.objects.filter(town=town, valid_to=None).order_by("arrow", "ordinal", "code")


def local_day(division: Division, at: datetime) -> date:
    """Return the day it is in a division at a moment."""
    return at.astimezone(ZoneInfo(division.zone)).date()


def chain_of(division: Division) -> tuple[Division, ...]:
    """Return the division and those above it, nearest first, up to the nation.

    No query while nothing changed: the division's stamp is renewed when a division above it changes.
    """
    return _chain_of(division)


@under_stamp
def _chain_of(division: Division) -> tuple[Division, ...]:
    above = "__".join(["parent"] * (_LEVELS - 1))
    one: Division | None = Division.objects.select_related(above).get(pk=division.pk)
    found = []
    while one is not None:
        found.append(one)
        one = one.parent if one.parent_id else None
    return tuple(found)


def _ids_above(division: Division) -> list[int]:
    return [one.pk for one in chain_of(division)]


def _valid(day: date) -> Q:
    """Return the condition that a row is valid on a day; `valid_to` is the last day."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def organisations_by_code(division: Division) -> dict[str, Organisation]:
    """Return the organisations of a division and of those above it by code; the nearest wins."""
    chain = _ids_above(division)
    rows = Organisation.objects.filter(division__in=chain).select_related("division")
    return {one.code: one for one in sorted(rows, key=lambda one: -chain.index(one.division_id))}


def organisation(division: Division, code: str) -> Organisation:
    """Return an organisation that a division sees, its own or one above.

    Raises InvalidInputError `town.no_such_body`.
    """
    found = organisations_by_code(division).get(code)
    if found is None:
        raise InvalidInputError("town.no_such_body", field="organisation", found=code)
    return found


def organisations_at(division: Division, day: date, *, kinds: Collection[str] = ()) -> QuerySet[Organisation]:
    """Return the organisations that serve a division on a day, its own first, optionally of some kinds only."""
    rows = Organisation.objects.filter(_valid(day), division__in=_ids_above(division)).select_related("division")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.order_by("-division__code", "kind", "name")


def arbitration_offices(town: Division, day: date) -> QuerySet[Organisation]:
    """Return the arbitration offices above a town."""
    return organisations_at(town, day, kinds=(Organisation.Kind.ARBITRATION,)).exclude(division=town)


def duty_lines_at(town: Division, day: date) -> QuerySet[DutyLine]:
    """Return the lines of the duty list in force for a town on a day."""
    rows = DutyLine.objects.filter(_valid(day), division__in=_ids_above(town)).select_related("lead", "division")
    return rows.order_by("number", "code")


def places_at(town: Division, day: date, *, kinds: Collection[str] = ()) -> QuerySet[Place]:
    """Return the places of a town valid on a day, in the order of the register."""
    rows = Place.objects.filter(_valid(day), town=town).select_related("organisation")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.order_by("ordinal", "code")


VILLAGE_KINDS = (Place.Kind.COMMUNITY, Place.Kind.VILLAGE, Place.Kind.UNIT)


def villages_at(town: Division, day: date) -> QuerySet[Place]:
    """Return villages, communities and the units of which nobody knows yet which they are; unknown ones too."""
    return places_at(town, day, kinds=VILLAGE_KINDS)


def place_by_code(town: Division, code: str, day: date) -> Place:
    """Return the place with a code valid on a day. Raises InvalidInputError `town.no_such_place`."""
    found = places_at(town, day).filter(code=code).first()
    if found is None:
        raise InvalidInputError("town.no_such_place", field="place", found=code)
    return found


@dataclass(frozen=True, kw_only=True)
class PlaceNode:
    """A place and what it is made of."""

    place: Place
    members: tuple[PlaceNode, ...]


def place_tree(town: Division, day: date) -> tuple[PlaceNode, ...]:
    """Return the places of a town valid on a day, each below the place it is a member of. Two queries."""
    rows = list(places_at(town, day).prefetch_related("members"))
    known = {one.pk for one in rows}
    below = {one.pk: [member.pk for member in one.members.all() if member.pk in known] for one in rows}
    inside = {pk for members in below.values() for pk in members}
    by_id = {one.pk: one for one in rows}
    order = {one.pk: number for number, one in enumerate(rows)}

    def node(pk: int, above: frozenset[int] = frozenset()) -> PlaceNode:
        members = sorted((one for one in below[pk] if one not in above), key=order.__getitem__)
        return PlaceNode(place=by_id[pk], members=tuple(node(one, above | {pk}) for one in members))

    return tuple(node(one.pk) for one in rows if one.pk not in inside)


@dataclass(frozen=True, kw_only=True)
class Grids:
    """The grids of a town by what they are said to be.

    Attributes
    ----------
    clusters : several villages together.
    cells : parts of one village.
    extras : units of their own for parks and markets.
    unread : grids of which no source says which of the three they are.
    """

    clusters: tuple[Place, ...]
    cells: tuple[Place, ...]
    extras: tuple[Place, ...]
    unread: tuple[Place, ...]


def grids_at(town: Division, day: date) -> Grids:
    """Return the grids of a town valid on a day, by reading."""
    rows = tuple(places_at(town, day, kinds=(Place.Kind.GRID,)))
    by_reading = {one: tuple(grid for grid in rows if grid.reading == one) for one in ("cluster", "cell", "extra", "")}
    return Grids(
        clusters=by_reading["cluster"], cells=by_reading["cell"], extras=by_reading["extra"], unread=by_reading[""]
    )


def work_calendar(division: Division) -> WorkCalendar:
    """Return the calendar a division works by: the highest edition of each year, the nearest office hours.

    Remembered under the division's stamp, so that an unchanged calendar costs no query.
    """
    return _work_calendar(division, division.zone)


@under_stamp
def _work_calendar(division: Division, zone: str) -> WorkCalendar:
    chain = _ids_above(division)
    editions: dict[int, CalendarYear] = {}
    years = CalendarYear.objects.filter(division__in=chain)
    for one in sorted(years, key=lambda one: (-chain.index(one.division_id), one.edition)):
        editions[one.year] = one
    hours = list(OfficeHours.objects.filter(division__in=chain))
    nearest = min((chain.index(one.division_id) for one in hours), default=0)
    periods = [
        OfficeHoursPeriod(
            spans=tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in one.spans),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for one in hours
        if chain.index(one.division_id) == nearest
    ]
    return WorkCalendar([edition_of(one) for one in editions.values()], periods, zone)


def edition_of(row: CalendarYear) -> CalendarEdition:
    """Return a stored calendar year as the domain counts with it."""
    days = [(date.fromisoformat(one["date"]), str(one["name"]), bool(one["off"])) for one in row.days]
    return CalendarEdition(
        year=row.year,
        edition=row.edition,
        published=row.published,
        paper=row.paper,
        off={day: name for day, name, off in days if off},
        make_up={day: name for day, name, off in days if not off},
    )
