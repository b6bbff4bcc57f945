"""Whether the conditions of a subsidy are met, as a table that explains itself line by line.

Nothing here refuses anybody. A line whose threshold the office has not set, or whose value nobody knows, is unknown,
and with one unknown line the whole table is left to a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """What one line comes to."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What the whole table comes to: it is a proposal, the decision is a person's."""

    YES = "yes"
    NO = "no"
    PERSON = "person"


class Unknown(StrEnum):
    """Why a line is unknown."""

    NO_THRESHOLD = "no_threshold"
    NO_VALUE = "no_value"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition: what is compared with what.

    Attributes
    ----------
    value : field of the form, or a computed value (see `values_with`).
    compare : `at_least`, `at_most`, `equals`, `one_of` (threshold parted by semicolons), `yes`, `no`.
    threshold : empty while the office has not set it; `yes` and `no` need none.
    """

    code: str
    label: str
    value: str
    compare: str
    threshold: str = ""
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table: the condition, the value it was held against, and what came of it."""

    condition: Condition
    value: str | None
    verdict: Verdict
    why: Unknown | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """The whole table."""

    lines: tuple[Line, ...]

    @property
    def met(self) -> int:
        """Return how many lines are met."""
        return sum(line.verdict is Verdict.MET for line in self.lines)

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """Return the lines that are not met or unknown."""
        return tuple(line for line in self.lines if line.verdict is not Verdict.MET)

    @property
    def outcome(self) -> Outcome:
        """Return what the table proposes; without any line there is nothing to propose from, so a person decides."""
        verdicts = {line.verdict for line in self.lines}
        if not verdicts or Verdict.UNKNOWN in verdicts:
            return Outcome.PERSON
        return Outcome.NO if Verdict.NOT_MET in verdicts else Outcome.YES


_YES: Final = frozenset({"yes", "true", "是", "1"})
_NO: Final = frozenset({"no", "false", "否", "0"})
#: Computed values are named by what is computed and the field it is computed from.
MONTHS_SINCE, YEARS_SINCE, COUNT = "months_since.", "years_since.", "count."


def eligibility(conditions: Sequence[Condition], values: Mapping[str, str]) -> Table:
    """Return the table of conditions against values; a value that is absent or empty is not known."""
    return Table(lines=tuple(_line(one, values.get(one.value, "").strip()) for one in conditions))


def _line(condition: Condition, value: str) -> Line:
    needs = condition.compare not in ("yes", "no")
    if needs and not condition.threshold.strip():
        return Line(condition=condition, value=value or None, verdict=Verdict.UNKNOWN, why=Unknown.NO_THRESHOLD)
    if not value:
        return Line(condition=condition, value=None, verdict=Verdict.UNKNOWN, why=Unknown.NO_VALUE)
    holds = _holds(condition, value)
    if holds is None:
        return Line(condition=condition, value=value, verdict=Verdict.UNKNOWN, why=Unknown.UNREADABLE)
    return Line(condition=condition, value=value, verdict=Verdict.MET if holds else Verdict.NOT_MET)


def _holds(condition: Condition, value: str) -> bool | None:
    threshold = condition.threshold.strip()
    if condition.compare in ("yes", "no"):
        said = True if value.lower() in _YES else False if value.lower() in _NO else None
        return None if said is None else said is (condition.compare == "yes")
    if condition.compare == "one_of":
        return value in {part.strip() for part in threshold.replace("；", ";").split(";")}
    if condition.compare == "equals":
        left, right = _comparable(value), _comparable(threshold)
        return left == right if left is not None and type(left) is type(right) else value == threshold
    left, right = _comparable(value), _comparable(threshold)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left >= right if condition.compare == "at_least" else left <= right
    if isinstance(left, date) and isinstance(right, date):
        return left >= right if condition.compare == "at_least" else left <= right
    return None


def _comparable(text: str) -> Decimal | date | None:
    """Return a number or a day, None for anything else."""
    try:
        found = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return _day(text)
    return found if found.is_finite() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def values_with(form: Mapping[str, object], conditions: Sequence[Condition], on: date) -> dict[str, str]:
    """Return the answers of a form as texts, with the computed values that the conditions name.

    `months_since.<field>` and `years_since.<field>` are whole months or years from a day (or the first day of a
    month) to the day of the application; `count.<field>` is how many entries a field has.
    """
    found = {name: text_of(value) for name, value in form.items() if value is not None}
    for condition in conditions:
        name = condition.value
        if name.startswith((MONTHS_SINCE, YEARS_SINCE)):
            since = _begin(found.get(name.partition(".")[2], ""))
            if since is not None and since <= on:
                months = whole_months(since, on)
                found[name] = str(months if name.startswith(MONTHS_SINCE) else months // 12)
        elif name.startswith(COUNT):
            entries = form.get(name.removeprefix(COUNT))
            if isinstance(entries, (list, tuple)):
                found[name] = str(len(entries))
    return found


def text_of(value: object) -> str:
    """Return one answer as text; yes and no are `yes` and `no`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ";".join(str(one) for one in value)
    return str(value)


def _begin(text: str) -> date | None:
    return _day(f"{text}-01" if len(text) == len("2026-03") else text)


def whole_months(since: date, until: date) -> int:
    """Return how many whole months lie between two days; a month is whole on the corresponding day."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if until.day >= since.day else months - 1
