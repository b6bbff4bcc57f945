"""The names of a town that rows of other systems are matched to, and what people said that names mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from jinli.domain.limits import TimeLimit
from jinli.exchange.models import NameLink, Source
from jinli.exchange.reading.names import Candidate, NameBook
from jinli.exchange.rows.records import Names
from jinli.lines.grid.selectors.standards import limit_of, standards_at
from jinli.town.models import Division, Place
from jinli.town.selectors import local_day, organisations_at, places_at

KINDS = ("body", "place", "class")


def candidates_of(town: Division, at: datetime) -> dict[str, list[Candidate]]:
    """Return bodies, places and classes of a town on a day, by code with every name."""
    day = local_day(town, at)
    found: dict[str, list[Candidate]] = {kind: [] for kind in KINDS}
    seen: set[str] = set()
    for body in organisations_at(town, day):
        if body.code not in seen:
            seen.add(body.code)
            found["body"].append(Candidate(body.code, tuple(name for name in (body.name, body.name_en) if name)))
    for place in places_at(town, day):
        if place.name:
            found["place"].append(Candidate(place.code, tuple(name for name in (place.name, place.name_en) if name)))
    classes: dict[str, set[str]] = defaultdict(set)
    for standard in standards_at(town, day):
        classes[standard.class_code].add(standard.minor)
    found["class"] = [Candidate(code, tuple(sorted(names))) for code, names in sorted(classes.items())]
    return found


def codes_of(town: Division, at: datetime) -> dict[str, set[str]]:
    """Return the codes of each kind."""
    return {kind: {one.code for one in rows} for kind, rows in candidates_of(town, at).items()}


def names_for(source: Source, town: Division, at: datetime) -> Names:
    """Return the names a source's rows are matched with."""
    known: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for kind, text, code in NameLink.objects.filter(source=source).values_list("kind", "text", "code"):
        known[kind][text] = code
    return Names(books={kind: NameBook(rows) for kind, rows in candidates_of(town, at).items()}, known=known)


def limits_by_class(town: Division, at: datetime) -> Mapping[str, TimeLimit]:
    """Return the limit of each class that has exactly one usable standard: with several, nobody says which applies."""
    found: dict[str, set[TimeLimit | None]] = defaultdict(set)
    for standard in standards_at(town, local_day(town, at)):
        found[standard.class_code].add(limit_of(standard))
    return {code: next(iter(limits)) for code, limits in found.items() if len(limits) == 1 and None not in limits}  # type: ignore[misc]


def places_of(town: Division, at: datetime) -> dict[str, Place]:
    """Return the places of a town by code."""
    return {place.code: place for place in places_at(town, local_day(town, at))}
