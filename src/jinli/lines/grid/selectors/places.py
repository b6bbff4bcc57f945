"""Where something can be reported, and what is nearest to the one who reports."""

from __future__ import annotations

from datetime import date

from jinli.domain.errors import InvalidInputError
from jinli.lines.grid.models import RoutingRule
from jinli.town.acting import Acting
from jinli.town.models import Division, Organisation, Place, Status
from jinli.town.selectors import VILLAGE_KINDS, places_at
from jinli.town.stamps import under_stamp
from jinli.ui.words import say, tongue

_KINDS = (*VILLAGE_KINDS, Place.Kind.ZONE)


def reportable_places(town: Division, day: date) -> list[Place]:
    """Return villages, communities and zones that have a name, in the order of the register.

    No query while the register stands as it was: the town's stamp changes with it.
    """
    return list(_reportable(town, day))


@under_stamp
def _reportable(town: Division, day: date) -> tuple[Place, ...]:
    rows = places_at(town, day, kinds=_KINDS)
    return tuple(one for one in rows if one.status != Status.UNKNOWN and one.name)


def reportable_place(town: Division, code: str, day: date) -> Place:
    """Return one of them. Raises InvalidInputError `grid.report.no_such_place`."""
    found = next((one for one in reportable_places(town, day) if one.code == code), None)
    if found is None:
        raise InvalidInputError("grid.report.no_such_place", field="village", found=code)
    return found


def places_around(town: Division, place: Place | None) -> tuple[str, ...]:
    """Return the code of a place and of the wider places it belongs to, nearest first."""
    return () if place is None else _around(town, place.pk)


@under_stamp
def _around(town: Division, place: int) -> tuple[str, ...]:
    found = Place.objects.get(pk=place)
    return (found.code, *found.groups.order_by("ordinal", "code").values_list("code", flat=True))


def own_place(places: list[Place], acting: Acting) -> str:
    """Return the code of the place that the acting body looks after, to fill in a form; nothing when it is not clear.

    By the register of places, else by routing, else by the name of the body, which begins with that of its place. Two
    queries at most.
    """
    mine = {pk for pk in (acting.body_id, acting.home_id) if pk is not None}
    found = next((one.code for one in places if one.organisation_id in mine), "")
    if not found:
        rules = RoutingRule.objects.filter(town=acting.town, superseded_at=None, body__in=mine)
        named = set(rules.values_list("place_code", flat=True)) & {one.code for one in places}
        found = named.pop() if len(named) == 1 else ""
    if not found:
        bodies = Organisation.objects.filter(pk__in=mine).values_list("name", flat=True)
        called = {one.code for one in places for name in bodies if name.startswith(one.name)}
        found = called.pop() if len(called) == 1 else ""
    return found


def named_places(town: Division, day: date) -> tuple[tuple[str, str], ...]:
    """Return code and name of the reportable places in the reader's language, for a field to choose from."""
    return _named(town, day, tongue())


@under_stamp
def _named(town: Division, day: date, _reader: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.code, place_name(one)) for one in _reportable(town, day))


def place_name(place: Place) -> str:
    """Return a place as people call it: 某某村, 某某社区; a name that says what it is stays as it is."""
    if tongue() == "en":
        return place.name_en or place.name
    if place.kind not in (Place.Kind.VILLAGE, Place.Kind.COMMUNITY):
        return place.name
    called = say(f"grid.place.{place.kind}", name="")
    return place.name if place.name.endswith(called) else say(f"grid.place.{place.kind}", name=place.name)
