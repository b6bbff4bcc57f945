"""What the pages of buildings show: the list, and one building with its occupants over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from jinli.cases.selectors.visible import visible_cases
from jinli.domain.buildings import Use
from jinli.town.acting import Acting
from jinli.town.models import Building, Division, Occupancy
from jinli.town.selectors import local_day
from jinli.ui.dates import day_text
from jinli.ui.parts import Crumb, Fact, PageKeys
from jinli.ui.words import say, tongue

ON_A_PAGE: Final = 50


@dataclass(frozen=True, kw_only=True)
class BuildingRow:
    """One building in the list."""

    address: str
    place: str
    url: str
    occupants: int
    producing: int


@dataclass(frozen=True, kw_only=True)
class BuildingsPage:
    """The list of buildings."""

    rows: tuple[BuildingRow, ...]
    text: str
    base: str
    keys: PageKeys


@dataclass(frozen=True, kw_only=True)
class OccupantLine:
    """One occupant over time, and the case it was learnt in."""

    name: str
    part: str
    use: str
    span: str
    present: bool
    number: str
    url: str


@dataclass(frozen=True, kw_only=True)
class CheckLine:
    """One safety check; without an address it is not for these eyes."""

    number: str
    url: str


@dataclass(frozen=True, kw_only=True)
class BuildingPage:
    """One building."""

    address: str
    crumbs: tuple[Crumb, ...]
    facts: tuple[Fact, ...]
    lines: tuple[OccupantLine, ...]
    checks: tuple[CheckLine, ...]


def buildings_page(acting: Acting, town: Division, now: datetime, *, text: str = "", after: str = "") -> BuildingsPage:
    """Return the buildings of the town by address. One statement."""
    today = local_day(town, now)
    present = Q(occupancies__valid_from__lte=today) & (
        Q(occupancies__valid_to=None) | Q(occupancies__valid_to__gte=today)
    )
    rows: QuerySet[Building] = Building.objects.filter(town=acting.town).select_related("place")
    if text:
        rows = rows.filter(Q(address__icontains=text) | Q(place__name__icontains=text))
    if after:
        rows = rows.filter(address__gt=after)
    producing = present & Q(occupancies__use=Use.PRODUCING)
    counted = rows.annotate(
        inside=Count("occupancies__identity", filter=present, distinct=True),
        making=Count("occupancies__identity", filter=producing, distinct=True),
    )
    found = list(counted.order_by("address")[: ON_A_PAGE + 1])
    shown, base = found[:ON_A_PAGE], reverse("services:buildings")
    further = f"{base}?q={text}&after={shown[-1].address}" if len(found) > ON_A_PAGE else ""
    return BuildingsPage(
        rows=tuple(
            BuildingRow(
                address=one.address, place=one.place.name if one.place else "",
                url=reverse("services:building", args=[one.pk]), occupants=one.inside, producing=one.making,
            )
            for one in shown
        ),
        text=text,
        base=base,
        keys=PageKeys(shown=len(shown), first_url=base if after else "", next_url=further),
    )  # fmt: skip


def building_page(acting: Acting, town: Division, building: Building, now: datetime) -> BuildingPage:
    """Return one building with its occupants, those of today first. Three statements."""
    today = local_day(town, now)
    rows = list(building.occupancies.order_by("-valid_from", "-recorded_at"))
    checks = list(building.checks.order_by("-at"))
    numbers = {one.case: one.number for one in checks}
    wanted = {*numbers, *(one.source_case for one in rows)}
    seen = set(visible_cases(acting).filter(pk__in=wanted).values_list("pk", flat=True))
    lines = tuple(_lines(rows, today, seen))
    return BuildingPage(
        address=building.address,
        crumbs=(
            Crumb(label=say("services.buildings.title"), url=reverse("services:buildings")),
            Crumb(label=building.address),
        ),
        facts=(
            Fact(label=say("services.building.count"), value=len({one.identity for one in rows if _is(one, today)})),
            Fact(label=say("services.building.place"), value=building.place.name if building.place else None),
            Fact(label=say("services.building.floors"), value=building.floors),
        ),
        lines=tuple(sorted(lines, key=lambda one: not one.present)),
        checks=tuple(CheckLine(number=number, url=_url(case, seen)) for case, number in numbers.items()),
    )


def _lines(rows: Iterable[Occupancy], today: date, seen: set[UUID]) -> Iterable[OccupantLine]:
    for one in rows:
        begin = day_text(one.valid_from, tongue=tongue(), weekday=False)
        end = day_text(one.valid_to, tongue=tongue(), weekday=False) if one.valid_to else ""
        never = one.valid_to is not None and one.valid_to < one.valid_from
        kind = ".never" if never else "" if end else ".open"
        yield OccupantLine(
            name=one.name,
            part=one.part,
            use=say(f"services.building.use.{one.use}"),
            span=say(f"services.building.span{kind}", begin=begin, end=end),
            present=_is(one, today),
            number=one.source_number,
            url=_url(one.source_case, seen),
        )


def _is(one: Occupancy, today: date) -> bool:
    return one.valid_from <= today and (one.valid_to is None or one.valid_to >= today)


def _url(case: UUID, seen: set[UUID]) -> str:
    return reverse("cases:case", args=[case]) if case in seen else ""
