"""Figures put together from all lines: which parts there are, which address lists each, what a period amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse

from jinli.cases import figures as promises
from jinli.cases.figures import CASES, Asked, Part, counts, month_of, on_time_asked, on_time_of, part_of, rate_of
from jinli.cases.services.figuring import Value
from jinli.domain.rates import DEFINITIONS, OnTime, Rate, Warned, warned
from jinli.lines.grid import figures as grid
from jinli.lines.services import figures as matters
from jinli.town.models import Division
from jinli.ui.rates import percent_text
from jinli.ui.words import has_words, say

PARTS: Final[Mapping[str, Part]] = {**promises.PARTS, **grid.PARTS, **matters.PARTS}
INDUSTRY, RENEWAL, REFORM = "industry", "renewal", "reform"
ARROWS: Final = (INDUSTRY, RENEWAL, REFORM)
#: Arrows under which a line of work stands already; the others have nothing that could be counted.
BUILT: Final = (RENEWAL, REFORM)
ON_TIME: Final = ("on_time", "on_time_own")
#: The rates of the board; those of government matters have a page of their own.
OF_BOARD: Final = (*ON_TIME, *grid.FIGURES)


def of_arrow(arrow: str, prefix: str = "") -> Q:
    """Return the condition of what lies under an arrow: things of the town (class P of the grid), all the rest."""
    things = Q(**{f"{prefix}class_code__startswith": "P"}) & ~Q(**{f"{prefix}type_code__in": matters.TYPES})
    if arrow == RENEWAL:
        return things
    return ~things if arrow == REFORM else Q(pk__in=[])


def rows_of(asked: Asked, town: Division) -> QuerySet[Any]:
    """Return the rows behind a number. Raises InvalidInputError `cases.figure.no_such_part`."""
    rows = promises.listed(asked, town, PARTS)
    if asked.arrow:
        prefix = "" if part_of(asked.part, PARTS).kind == CASES else "case__"
        rows = rows.filter(of_arrow(asked.arrow, prefix))
    return rows


def list_url(asked: Asked) -> str:
    """Return the address of the list behind a number, with everything that selects it."""
    return f"{reverse('board:list')}?{urlencode(asked.query())}"


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A number and the list behind it."""

    count: int
    url: str


@dataclass(frozen=True, kw_only=True)
class Excluded:
    """How many were left out for one reason, with their list."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, kw_only=True)
class RateLine:
    """One rate as the board shows it: counts with lists, what was left out, and a warning where it is suspect."""

    code: str
    name: str
    rate: Rate
    percent: str
    url: str
    total_url: str
    excluded: tuple[Excluded, ...]
    note: str
    warning: str


def questions(asked: Asked, codes: Iterable[str] = tuple(DEFINITIONS)) -> dict[str, Asked]:
    """Return every count that some rates of a period need, by `<figure>.<part>`."""
    found: dict[str, Asked] = {}
    for code in codes:
        one = DEFINITIONS[code]
        if code in ON_TIME:
            found |= {f"{code}.{name}": it for name, it in on_time_asked(asked, code).items()}
        else:
            names = (one.numerator, one.denominator, *one.excluded)
            found |= {f"{code}.{name}": asked.of(f"{code}.{name}") for name in names}
    return found


def rates(
    found: Mapping[str, int], minimum: int, codes: Iterable[str] = tuple(DEFINITIONS)
) -> tuple[dict[str, Rate], dict[str, OnTime]]:
    """Return some rates of a period from its counts, and the on-time ones with their three counts."""
    all_rates: dict[str, Rate] = {}
    on_times: dict[str, OnTime] = {}
    for code in codes:
        one = DEFINITIONS[code]
        mine = {name.removeprefix(f"{code}."): count for name, count in found.items() if name.startswith(f"{code}.")}
        if code in ON_TIME:
            on_times[code] = on_time_of(mine, minimum)
            held = on_times[code].rate
            all_rates[code] = Rate(
                code=code, numerator=held.numerator, denominator=held.denominator, excluded=held.excluded,
                minimum=minimum,
            )  # fmt: skip
        else:
            all_rates[code] = rate_of(code, mine, numerator=one.numerator, excluded=one.excluded, minimum=minimum)
    return all_rates, on_times


def warning_ends(code: str, town: Division) -> tuple[Fraction, Fraction] | None:
    """Return below and above which share the town looks twice at a rate, None for a rate without such ends."""
    one = DEFINITIONS[code]
    if one.low is None or one.high is None:
        return None

    def end(name: str, otherwise: Fraction) -> Fraction:
        return Fraction(int(town.settings.get(f"{code}_{name}", otherwise * 100)), 100)

    return end("low", one.low), end("high", one.high)


def rate_line(rate: Rate, asked: Asked, town: Division) -> RateLine:
    """Return a rate in words with the lists behind its numbers."""
    one = DEFINITIONS[rate.code]
    ends = warning_ends(rate.code, town)
    side = warned(rate, low=ends[0], high=ends[1]) if ends else Warned.NOTHING
    said = {"low": int(ends[0] * 100), "high": int(ends[1] * 100)} if ends else {}
    note = f"domain.rate.{rate.code}.note"
    return RateLine(
        code=rate.code,
        name=say(f"domain.rate.{rate.code}.name"),
        rate=rate,
        percent=percent_text(rate.numerator, rate.denominator) if rate.shown else "—",
        url=list_url(asked.of(f"{rate.code}.{one.numerator}")),
        total_url=list_url(asked.of(f"{rate.code}.{one.denominator}")),
        excluded=tuple(
            Excluded(
                label=say(f"domain.rate.left_out.{name}"), count=count, url=list_url(asked.of(f"{rate.code}.{name}"))
            )
            for name, count in rate.excluded.items()
        ),
        note=say(note, **said) if has_words(note) else "",
        warning=say(f"domain.rate.{rate.code}.{side}") if side else "",
    )


def period_of(town: Division, at: datetime) -> str:
    """Return the month of a moment in the town's zone: `2026-09`."""
    return f"{at.astimezone(ZoneInfo(town.zone)):%Y-%m}"


def values_of(town: Division, at: datetime, as_of: datetime) -> tuple[Value, ...]:
    """Return the value of every figure for the month of a moment, ready to be published. Three statements."""
    start, end = month_of(town, at)
    asked = Asked(part="", as_of=as_of, start=start, end=end)
    found = counts(questions(asked), town, PARTS)
    all_rates, _ = rates(found, promises.minimum_of(town))
    return tuple(
        Value(
            rate=rate,
            period=period_of(town, at),
            filter=asked.of(f"{code}.{DEFINITIONS[code].denominator}").query(),
            as_of=as_of,
        )
        for code, rate in all_rates.items()
    )
