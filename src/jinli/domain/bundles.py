"""Which items of a bundle can be opened: what goes before each, and from which day on. Silence opens nothing."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """How an item stands that waits for others."""

    READY = "ready"
    WAITS = "waits"
    TOO_EARLY = "too_early"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True)
class Result:
    """How an earlier item ended, if it did: to a good end or not, and on which day."""

    good: bool | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Whether an item can be opened: what it still waits for, or the first day on which it can."""

    standing: Standing
    waits_for: tuple[str, ...] = ()
    first_day: date | None = None


def turn_of(after: Sequence[str], months: int | None, results: Mapping[str, Result], today: date) -> Turn:
    """Return whether an item's turn has come.

    One earlier item that was refused or withdrawn blocks it; one still running keeps it waiting. `months` are whole
    months from the last good end: the corresponding day, or the last day of a shorter month (Civil Code art. 202).
    """
    ended = {code: results.get(code, Result()) for code in after}
    bad = tuple(code for code, one in ended.items() if one.good is False)
    if bad:
        return Turn(standing=Standing.BLOCKED, waits_for=bad)
    open_ones = tuple(code for code, one in ended.items() if not one.good or one.on is None)
    if open_ones:
        return Turn(standing=Standing.WAITS, waits_for=open_ones)
    days = [one.on for one in ended.values() if one.on is not None]
    if not months or not days:
        return Turn(standing=Standing.READY)
    first = months_later(max(days), months)
    return Turn(standing=Standing.READY if first <= today else Standing.TOO_EARLY, first_day=first)


def months_later(day: date, months: int) -> date:
    """Return the corresponding day some months later, or the last day of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
