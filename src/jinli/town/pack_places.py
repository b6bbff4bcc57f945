"""Places as a section of the pack: villages, grids, zones, with members and geometry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jinli.packs.pack import Pack, with_geometry
from jinli.packs.sections import PlaceRow, content_of, key_of
from jinli.town.loading import Content
from jinli.town.models import Division, Place
from jinli.town.selectors import organisations_by_code

_PLAIN = ("kind", "name", "name_en", "reading", "ordinal", "status", "source", "population", "crs", "geometry")


def _number(value: Decimal | float | None) -> str | None:
    return None if value is None else format(Decimal(str(value)).normalize(), "f")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def place_content(place: Place) -> dict[str, Any]:
    """Return what a place says, as the pack would write it."""
    return {name: getattr(place, name) for name in _PLAIN} | {
        "code": place.code,
        "members": sorted(one.code for one in place.members.all()),
        "organisation": place.organisation.code if place.organisation else "",
        "area_km2": _number(place.area_km2),
        "point_lon": _number(place.point_lon),
        "point_lat": _number(place.point_lat),
        "valid_from": place.valid_from.isoformat() if place.valid_from else None,
        "valid_to": place.valid_to.isoformat() if place.valid_to else None,
    }


class PlaceSection:
    """Places, those without members first, so that a cluster finds its villages."""

    name = "places"

    def wanted(self, pack: Pack) -> Mapping[str, Content]:
        rows = [with_geometry(pack, one) for one in pack.section("places", PlaceRow)]
        members = {one.code: one.members for one in rows}

        def depth(code: str, seen: frozenset[str] = frozenset()) -> int:
            below = [one for one in members.get(code, ()) if one not in seen]
            return 1 + max((depth(one, seen | {code}) for one in below), default=0)

        ordered = sorted(rows, key=lambda one: depth(one.code))
        return {
            key_of(self.name, one): content_of(one)
            | {"members": sorted(one.members), "geometry": pack.geometry.get(one.code, "")}
            for one in ordered
        }

    def stored(self, town: Division) -> Mapping[str, Content]:
        rows = Place.objects.filter(town=town).select_related("organisation").prefetch_related("members")
        return {place_key(one): place_content(one) for one in rows}

    def put(self, town: Division, contents: Mapping[str, Content], at: datetime) -> None:
        bodies = organisations_by_code(town)
        for content in contents.values():
            place, _ = Place.objects.update_or_create(
                town=town,
                code=content["code"],
                valid_from=_day(content["valid_from"]),
                defaults={name: content[name] for name in _PLAIN}
                | {
                    "organisation": bodies[content["organisation"]] if content["organisation"] else None,
                    "area_km2": Decimal(content["area_km2"]) if content["area_km2"] else None,
                    "point_lon": float(content["point_lon"]) if content["point_lon"] else None,
                    "point_lat": float(content["point_lat"]) if content["point_lat"] else None,
                    "valid_to": _day(content["valid_to"]),
                },
            )
            place.members.set(Place.objects.filter(town=town, code__in=content["members"]))

    def end(self, town: Division, key: str, at: datetime) -> bool:
        """Cases happened there; a place ends by its own `valid_to`."""
        return False


def place_key(place: Place) -> str:
    """Return the key of a place within its town."""
    return f"{place.code}|{place.valid_from.isoformat()}" if place.valid_from else place.code


PLACES = PlaceSection()
