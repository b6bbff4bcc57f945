"""What a promise allows: so many units of one kind, where it is written, and how its last day is treated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from jinli.domain.errors import InvalidInputError


class Unit(StrEnum):
    """The units a limit is counted in. There are no fractions."""

    MINUTE = "minute"
    URGENT_HOUR = "urgent_hour"
    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"
    FIXED = "fixed"

    @property
    def counts_days(self) -> bool:
        """Return whether the limit ends with the end of a day."""
        return self in _DAY_UNITS


_DAY_UNITS = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH, Unit.YEAR})
CLOCK_UNITS = frozenset({Unit.MINUTE, Unit.URGENT_HOUR})
"""Units that run day and night on absolute time."""
LARGEST: Mapping[Unit, int] = {
    Unit.MINUTE: 5_256_000,
    Unit.URGENT_HOUR: 87_600,
    Unit.WORKING_HOUR: 20_000,
    Unit.WORKING_DAY: 25_000,
    Unit.CALENDAR_DAY: 36_500,
    Unit.MONTH: 1_200,
    Unit.YEAR: 100,
}


class EndRule(StrEnum):
    """When the last day is a rest day: `roll` to the next working day (law), or `stay` (town standards)."""

    ROLL = "roll"
    STAY = "stay"


def require_aware(at: datetime, *, field: str) -> None:
    """Refuse a moment that does not say in which zone it is.

    Raises InvalidInputError `domain.time.naive`.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise InvalidInputError("domain.time.naive", field=field, value=at.isoformat())


def require_amount(amount: object, unit: Unit, *, field: str) -> None:
    """Refuse an amount that is no whole number from 1 up to what the unit can hold.

    Raises InvalidInputError `domain.time.amount`.
    """
    largest = LARGEST[unit]
    if isinstance(amount, bool) or not isinstance(amount, int) or not 1 <= amount <= largest:
        raise InvalidInputError("domain.time.amount", field=field, value=str(amount), largest=largest)


@dataclass(frozen=True, kw_only=True)
class TimeLimit:
    """An amount of one unit with its article or source; for `fixed` the moment itself.

    `end_rule` matters for calendar days, months and years only. `late_approval`: an extension asked in time may be
    approved after the due moment. Raises InvalidInputError `domain.time.amount`, `domain.time.fixed_missing`,
    `domain.time.fixed_unasked`, `domain.time.naive`.
    """

    amount: int
    unit: Unit
    end_rule: EndRule = EndRule.STAY
    article: str = ""
    source: str = ""
    late_approval: bool = False
    fixed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.unit is Unit.FIXED:
            if self.fixed_at is None:
                raise InvalidInputError("domain.time.fixed_missing", field="fixed_at")
            require_aware(self.fixed_at, field="fixed_at")
            return
        if self.fixed_at is not None:
            raise InvalidInputError("domain.time.fixed_unasked", field="fixed_at")
        require_amount(self.amount, self.unit, field="amount")

    def to_json(self) -> dict[str, Any]:
        """Return the limit as plain values; equal limits give equal values. Moments are ISO in UTC."""
        return {
            "amount": self.amount,
            "unit": self.unit.value,
            "end_rule": self.end_rule.value,
            "article": self.article,
            "source": self.source,
            "late_approval": self.late_approval,
            "fixed_at": None if self.fixed_at is None else self.fixed_at.astimezone(UTC).isoformat(),
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> TimeLimit:
        """Return the limit that `to_json` wrote. Raises as the constructor, KeyError, ValueError."""
        fixed_at = found.get("fixed_at")
        return cls(
            amount=found["amount"],
            unit=Unit(found["unit"]),
            end_rule=EndRule(found.get("end_rule", EndRule.STAY)),
            article=found.get("article", ""),
            source=found.get("source", ""),
            late_approval=found.get("late_approval", False),
            fixed_at=None if fixed_at is None else datetime.fromisoformat(fixed_at),
        )
