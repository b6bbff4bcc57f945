"""Words of an item in the reader's language: names, limits, due days, fees, visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from jinli.domain.deadlines import due_at
from jinli.domain.errors import DomainError
from jinli.domain.explanation import Explanation, explain
from jinli.domain.limits import EndRule, TimeLimit
from jinli.packs.item_checks import time_limit
from jinli.packs.items import ItemLimitRow, ItemRow
from jinli.town.models import Division
from jinli.town.selectors import local_day, work_calendar
from jinli.ui import wording_time
from jinli.ui.words import say, tongue

_UNITS: Final = {
    "个月": "months", "年": "years", "周岁": "age", "人": "persons", "元": "yuan", "分": "points",
    "平方米": "square_metres", "米": "metres",
}  # fmt: skip


def text_of(row: Any, name: str = "name") -> str:
    """Return a text of a row in the reader's language, the Chinese one where there is no other."""
    english = str(getattr(row, f"{name}_en", "")) if tongue() == "en" else ""
    return english or str(getattr(row, name))


class Compared(Protocol):
    """A condition as item records and the rules of a subsidy write it."""

    @property
    def compare(self) -> str: ...

    @property
    def threshold(self) -> str: ...

    @property
    def unit(self) -> str: ...


def need_of(condition: Compared) -> str | None:
    """Return what a condition requires in words, None while its threshold is not set."""
    if condition.compare in ("yes", "no"):
        return say(f"services.compare.{condition.compare}")
    if not condition.threshold:
        return None
    unit = unit_words(condition.unit)
    unit = f" {unit}" if unit and tongue() != "en" else unit
    return say(f"services.compare.{condition.compare}", threshold=condition.threshold, unit=unit).strip()


def unit_words(unit: str) -> str:
    """Return a unit of an item record in the reader's language; one that has no word stands as it was written."""
    return say(f"services.unit.{_UNITS[unit]}") if unit in _UNITS else unit


def limit_words(limit: TimeLimit) -> str:
    """Return a limit: `20 工作日`."""
    return wording_time.word_limit(limit, lang=tongue())


@dataclass(frozen=True, kw_only=True)
class LimitShown:
    """A limit and the day on which it ends when somebody hands in now and is accepted today.

    Attributes
    ----------
    limit : how long, or None when no source gives it; then nothing is reckoned.
    due : the last day in words, or empty when it cannot be counted (hours without known office hours).
    basis : article or source; `sample` whether it is a sample and nobody's word.
    """

    limit: str | None
    due: str
    basis: str
    sample: bool
    reckoning: Explanation | None


def limit_shown(town: Division, row: ItemLimitRow, now: datetime, *, end_rule: EndRule) -> LimitShown:
    """Return a limit with the day on which it ends, counted from now."""
    limit = time_limit(row, end_rule=end_rule)
    basis = say("ui.comma").join(dict.fromkeys(one for one in (row.article, row.source) if one))
    if limit is None:
        return LimitShown(limit=None, due="", basis=basis, sample=False, reckoning=None)
    calendar = work_calendar(town)
    try:
        due = due_at(now, limit, calendar)
        told = explain(now, limit, calendar)
    except DomainError:  # no source gives office hours: the limit is said, its end is not guessed
        return LimitShown(limit=limit_words(limit), due="", basis=basis, sample=row.status == "sample", reckoning=None)
    today = local_day(town, now)
    if due.last_day is not None:
        words = wording_time.word_day(due.last_day, lang=tongue(), now=today)
    else:
        words = wording_time.word_moment(due.at, lang=tongue(), now=today)
    words = say("services.item.provisional", due=words) if due.provisional else words
    return LimitShown(limit=limit_words(limit), due=words, basis=basis, sample=row.status == "sample", reckoning=told)


def fee_words(row: ItemRow) -> tuple[str, ...]:
    """Return what it costs, each fee with its basis; nothing when it is free."""
    return tuple(say("services.item.fee", name=text_of(one), amount=one.amount, basis=one.basis) for one in row.fees)


def visit_words(row: ItemRow) -> str | None:
    """Return how often somebody has to come, or None when that is unknown."""
    if row.visits is None:
        return None
    return say("services.item.visits", count=row.visits) if row.visits else say("services.item.visits.none")


def whom_words(row: ItemRow) -> str:
    """Return for whom the item is."""
    return say("ui.comma").join(say(f"services.applicant.{one}") for one in row.applicants)


def status_words(row: ItemRow) -> str:
    """Return the mark of a sample, or nothing."""
    return say(f"town.status.{row.status}") if row.status != "confirmed" else ""
