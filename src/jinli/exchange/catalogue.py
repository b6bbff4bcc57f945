"""The figures a town already has: what askers call them, how each is defined, and the list behind each.

A question is matched by words. What matches nothing is unknown, never nought, and nobody is made to type it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Q

from jinli.cases import figures as promises
from jinli.cases.figures import CASES, Asked, Part, counts, within
from jinli.domain.errors import InvalidInputError
from jinli.domain.inbound import bounds_of, without_period
from jinli.domain.likeness import covered, pairs
from jinli.lines.grid import figures as grid
from jinli.lines.grid.selectors.places import reportable_places
from jinli.lines.grid.selectors.standards import classes_of, standards_at
from jinli.town.models import Division, Place, Status, TownFact
from jinli.ui.rates import percent_text
from jinli.ui.words import say, say_in, tongue

#: Which share of the pairs of a figure's name a question must hold, and of its own pairs the name must explain.
NAMED, EXPLAINED = 0.99, 0.5
CLASS, FACT = "class:", "fact:"
#: That things are counted says nothing of what they are; households and people are things.
_COUNTING: Final = re.compile(r"(?:件|宗|起|个|条)?(?:总)?数量?$|(?:件|宗|起|个|条)$")


def _cases(where: Q | None = None, moment: str = "opened_at") -> Part:
    more = where if where is not None else Q()
    return Part(kind=CASES, where=lambda asked, town: within(moment, asked) & more & ~Q(stage="undone"))


def _open(asked: Asked, town: Division) -> Q:
    return Q(opened_at__lte=asked.as_of) & (Q(closed_at=None) | Q(closed_at__gt=asked.as_of))


PARTS: Final[Mapping[str, Part]] = {
    **promises.PARTS,
    **grid.PARTS,
    "cases.received": _cases(),
    "cases.closed": _cases(moment="closed_at"),
    "cases.open": Part(kind=CASES, where=_open),
    "reports.received": _cases(Q(type_code=grid.REPORT)),
    "whistles.blown": _cases(Q(type_code=grid.WHISTLE)),
}


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A figure that is counted: its part, for a rate also that of the denominator, and whether a period narrows it."""

    code: str
    part: str
    total: str = ""
    timed: bool = True


COUNTED: Final = (
    Counted(code="received", part="cases.received"),
    Counted(code="closed", part="cases.closed"),
    Counted(code="open", part="cases.open", timed=False),
    Counted(code="reports", part="reports.received"),
    Counted(code="whistles", part="whistles.blown"),
    Counted(code="whistles_open", part="whistles", timed=False),
    Counted(code="late", part="late", timed=False),
    Counted(code="kept", part="on_time.kept"),
    Counted(code="done_late", part="on_time.done_late"),
    Counted(code="on_time", part="on_time.kept", total="on_time.total"),
    Counted(code="response", part="response.contacted", total="response.total"),
    Counted(code="resolution", part="resolution.solved", total="resolution.total"),
    Counted(code="satisfaction", part="satisfaction.satisfied", total="satisfaction.total"),
)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One figure that the town can give.

    Attributes
    ----------
    calls : what askers call it; any of them is enough.
    part, total : parts of the count and of its denominator; empty for a published fact.
    fact : the value of a published fact, with unit; None when no source gives it.
    """

    code: str
    title: str
    definition: str
    calls: tuple[frozenset[str], ...]
    part: str = ""
    total: str = ""
    timed: bool = False
    fact: str | None = None
    as_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What a figure amounts to. `text` is empty when no source gives it; the queries give the lists again."""

    text: str
    as_of: datetime
    query: Mapping[str, str] = field(default_factory=dict)
    total_query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A figure that is asked for, with what narrows it."""

    code: str
    period: str = ""
    place: int | None = None


def offers(town: Division, day: date) -> tuple[Offer, ...]:
    """Return every figure of the town, in the reader's language. One statement while the registers stand."""
    counted = [
        Offer(
            code=one.code,
            title=say(f"exchange.figure.{one.code}"),
            definition=say(f"exchange.figure.{one.code}.definition"),
            calls=_calls(f"exchange.figure.{one.code}.calls"),
            part=one.part,
            total=one.total,
            timed=one.timed,
        )
        for one in COUNTED
    ]
    return (*counted, *_classes(town, day), *_facts(town, day))


@lru_cache(maxsize=64)
def _calls(key: str) -> tuple[frozenset[str], ...]:
    both = [*say_in("zh", key).split("、"), *say_in("en", key).split(", ")]
    return tuple(_name(one) for one in both)


def _name(text: str) -> frozenset[str]:
    return pairs(_COUNTING.sub("", text.strip()))


def _classes(town: Division, day: date) -> Iterable[Offer]:
    for one in classes_of(standards_at(town, day)):
        yield Offer(
            code=f"{CLASS}{one.code}",
            title=say("exchange.figure.class", name=one.name),
            definition=say("exchange.figure.class.definition", name=one.name, code=one.code),
            calls=(_name(one.standards[0].minor), _name(one.name)),
            part=f"{CLASS}{one.code}",
            timed=True,
        )


def _facts(town: Division, day: date) -> Iterable[Offer]:
    english = tongue() == "en"
    for one in TownFact.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), town=town).order_by("ordinal", "code"):
        value, unit = (one.value_en or one.value, one.unit_en or one.unit) if english else (one.value, one.unit)
        known = bool(one.value) and one.status != Status.UNKNOWN
        yield Offer(
            code=f"{FACT}{one.code}",
            title=(english and one.title_en) or one.title,
            definition=say(
                "exchange.figure.fact", source=one.source, as_of=one.as_of or say("exchange.tasks.not_said")
            ),
            calls=(_name(one.title),),
            fact=f"{value} {unit}".strip() if known else None,
            as_of=one.as_of,
        )


def place_in(text: str, places: Sequence[Place]) -> Place | None:
    """Return the place that a question names, the longest name first."""
    return next((one for one in sorted(places, key=lambda one: -len(one.name)) if one.name in text), None)


def matched(text: str, found: Sequence[Offer], place: Place | None = None) -> Offer | None:
    """Return the figure whose name stands in a question and explains most of it, None when none does."""
    bare = without_period(text).replace(place.name if place else "\n", "")
    asked = _name(bare)
    best: tuple[float, int, Offer] | None = None
    for one in found:
        for call in one.calls:
            named, explained = covered(call, asked), covered(asked, call)
            if named < NAMED or explained < EXPLAINED:
                continue
            if best is None or (explained, len(call)) > best[:2]:
                best = (explained, len(call), one)
    return best[2] if best else None


def proposed(text: str, town: Division, day: date, found: Sequence[Offer]) -> tuple[Offer | None, Place | None]:
    """Return the figure and the place that a question means."""
    place = place_in(text, reportable_places(town, day))
    offer = matched(text, found, place)
    return offer, place if offer is not None and offer.part else None


def parts_for(codes: Iterable[str]) -> Mapping[str, Part]:
    """Return all parts, with those of the classes that are asked for."""
    more = {
        code: _cases(Q(type_code=grid.REPORT, class_code=code.removeprefix(CLASS)))
        for code in codes
        if code.startswith(CLASS)
    }
    return {**PARTS, **more}


def worths(wanted: Mapping[Any, Wanted], found: Sequence[Offer], town: Division, as_of: datetime) -> dict[Any, Worth]:
    """Return what each figure amounts to; a code that the catalogue does not have is left out.

    One statement for each kind of row, however many are asked.
    """
    by_code = {one.code: one for one in found}
    known = {key: one for key, one in wanted.items() if one.code in by_code}
    asked: dict[str, Asked] = {}
    for number, one in enumerate(known.values()):
        offer = by_code[one.code]
        if offer.part:
            asked[f"{number}"] = _asked(offer, offer.part, one, town, as_of)
            if offer.total:
                asked[f"{number}.total"] = _asked(offer, offer.total, one, town, as_of)
    numbers = counts(asked, town, parts_for(one.part for one in asked.values())) if asked else {}
    worth: dict[Any, Worth] = {}
    for number, (key, one) in enumerate(known.items()):
        offer = by_code[one.code]
        if not offer.part:
            worth[key] = Worth(text=offer.fact or "", as_of=as_of)
            continue
        total = asked.get(f"{number}.total")
        worth[key] = Worth(
            text=_text(numbers[f"{number}"], numbers[f"{number}.total"] if total else None, town),
            as_of=as_of,
            query=asked[f"{number}"].query(),
            total_query=total.query() if total else {},
        )
    return worth


def _asked(offer: Offer, part: str, one: Wanted, town: Division, as_of: datetime) -> Asked:
    start, end = (bounds_of(one.period, town.zone) or (None, None)) if offer.timed else (None, None)
    place = str(one.place) if one.place else ""
    return Asked(part=part, as_of=as_of, start=start, end=end, place=place)


def _text(count: int, total: int | None, town: Division) -> str:
    if total is None:
        return str(count)
    if total < promises.minimum_of(town):
        return f"{count}/{total}"
    return say("exchange.figure.rate", percent=percent_text(count, total), count=count, total=total)


def month_of(at: datetime, town: Division) -> str:
    """Return the month of a moment in the town's zone, `2026-09`."""
    return f"{at.astimezone(ZoneInfo(town.zone)):%Y-%m}"


def part_titles(part: str, found: Sequence[Offer]) -> tuple[str, str]:
    """Return title and definition of the figure a part belongs to.

    Raises
    ------
    InvalidInputError : `cases.figure.no_such_part`.
    """
    offer = next((one for one in found if part and one.part == part), None)
    if offer is not None:
        return offer.title, offer.definition
    offer = next((one for one in found if part and one.total == part), None)
    if offer is None:
        raise InvalidInputError("cases.figure.no_such_part", field="part", found=part)
    return say("exchange.figure.total_of", title=offer.title), offer.definition
