"""Which places a point lies in. Only WGS-84 on both sides: nothing is converted in silence."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.town.models import Division, PackLoad, Place
from jinli.town.selectors import places_at

if TYPE_CHECKING:
    from shapely import STRtree


def locate_point(town: Division, *, lon: float, lat: float, crs: str, day: date) -> tuple[Place, ...]:
    """Return the places of a town that hold a point on a day, the smallest first; none when no border is known.

    Degrees. Raises InvalidInputError `town.place.no_such_point`, `town.place.unknown_crs` and RefusedError
    `town.place.gcj02`: GCJ-02 lies some hundred metres off WGS-84 and is not converted yet.
    """
    if crs not in Place.Crs.values:
        raise InvalidInputError("town.place.unknown_crs", field="crs", found=crs)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InvalidInputError("town.place.no_such_point", field="point", found=f"{lon}, {lat}")
    if crs == Place.Crs.GCJ02:
        raise RefusedError("town.place.gcj02", field="crs")
    from shapely.geometry import Point  # half a second that a server without borders never spends

    last = PackLoad.objects.filter(town=town).order_by("-pk").values_list("pk", "digest", "loaded_at").first()
    tree, ids = _tree(town.pk, day, last)
    hits = [ids[number] for number in tree.query(Point(lon, lat), predicate="intersects")]
    places = {one.pk: one for one in places_at(town, day).filter(pk__in=[pk for pk, _ in hits])}
    return tuple(places[pk] for pk, _ in sorted(hits, key=lambda one: one[1]) if pk in places)


@lru_cache(maxsize=16)
def _tree(town: int, day: date, last: object) -> tuple[STRtree, tuple[tuple[int, float], ...]]:
    """Return the tree of borders and, in its order, place and area; `last` is the last journaled change of the town."""
    from shapely import STRtree
    from shapely.geometry import shape

    rows = places_at(Division(pk=town), day).exclude(geometry="")
    if rows.filter(crs=Place.Crs.GCJ02).exists():
        raise RefusedError("town.place.gcj02", field="crs")
    shapes = [(one.pk, shape(json.loads(one.geometry))) for one in rows]
    return STRtree([one for _, one in shapes]), tuple((pk, float(one.area)) for pk, one in shapes)
