"""A points table that explains itself: what counts, how much each counts, the most it can count.

Nothing here decides anything. A line whose points the office has not entered, or whose value nobody knows, is unknown
and counts nothing until a person has looked at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from jinli.domain.eligibility import Condition, values_with


class How(StrEnum):
    """How a value makes points: so many for each unit, or so many when the answer is the one named."""

    EACH = "each"
    IS = "is"


class Open(StrEnum):
    """Why a line is unknown."""

    NO_POINTS = "no_points"
    NO_VALUE = "no_value"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class PointRule:
    """One line of a points table.

    Attributes
    ----------
    value : field of the form, or a computed value such as `months_since.lived_since` (`jinli.domain.eligibility`).
    points : for each unit of the value, or once; None while the office has not entered it.
    most : the highest this line can count; None for no limit.
    answer : with `is`, the answer that counts.
    """

    code: str
    value: str
    how: How = How.EACH
    points: Decimal | None = None
    most: Decimal | None = None
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """One line reckoned: value times points, before and after the limit of the line."""

    rule: PointRule
    value: str
    reached: Decimal = Decimal(0)
    counted: Decimal = Decimal(0)
    why: Open | None = None

    @property
    def capped(self) -> bool:
        """Return whether the limit of the line cut something off."""
        return self.counted < self.reached


def point_lines(rules: Sequence[PointRule], form: Mapping[str, object], on: date) -> tuple[PointLine, ...]:
    """Return the lines of a table for the answers of a form, reckoned to a day that is the same for everybody."""
    computed = [Condition(code=one.code, label="", value=one.value, compare="at_least") for one in rules]
    values = values_with(form, computed, on)
    return tuple(line_of(one, values.get(one.value, "")) for one in rules)


def line_of(rule: PointRule, value: str) -> PointLine:
    """Return one line for one value."""
    said = value.strip()
    if rule.points is None:
        return PointLine(rule=rule, value=said, why=Open.NO_POINTS)
    if not said:
        return PointLine(rule=rule, value="", why=Open.NO_VALUE)
    if rule.how is How.IS:
        reached = rule.points if said == rule.answer else Decimal(0)
    else:
        try:
            number = Decimal(said)
        except InvalidOperation:
            return PointLine(rule=rule, value=said, why=Open.UNREADABLE)
        if not number.is_finite() or number < 0:
            return PointLine(rule=rule, value=said, why=Open.UNREADABLE)
        reached = number * rule.points
    counted = reached if rule.most is None else min(reached, rule.most)
    return PointLine(rule=rule, value=said, reached=reached, counted=counted)


def total_of(lines: Sequence[PointLine]) -> Decimal:
    """Return the sum of what is known."""
    return sum((one.counted for one in lines), Decimal(0))
