"""The town's own limits for matters that another system decides, beside the date which that system gives.

A source carries rules in order; for each of the two clocks the first that fits counts. Without a rule a limit is
unknown and has no clock: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit, Unit

CLOCKS: Final = ("legal", "promise")
#: What a rule can look at: the words of the other system, or the class that a row was matched to.
ASKED: Final = ("any", "class_code", "class_there", "body_there", "channel", "stage", "title")


@dataclass(frozen=True, kw_only=True)
class LimitRule:
    """If `field` contains `text` (a class code: begins with it), this limit holds for this clock."""

    clock: str
    field: str
    text: str
    limit: TimeLimit

    def fits(self, values: Mapping[str, Any]) -> bool:
        """Return whether a row's values fall under the rule."""
        if self.field == "any":
            return True
        found = str(values.get(self.field) or "")
        return found.startswith(self.text) if self.field == "class_code" else self.text in found

    def to_json(self) -> dict[str, Any]:
        """Return the rule as a source keeps it."""
        return {"clock": self.clock, "field": self.field, "text": self.text, "limit": self.limit.to_json()}


def read_rules(found: Iterable[Mapping[str, Any]]) -> tuple[LimitRule, ...]:
    """Return the rules of a source.

    Raises
    ------
    InvalidInputError : `exchange.rule.*` for a rule that says nothing or a limit without its basis.
    """
    return tuple(read_rule(one) for one in found)


def read_rule(found: Mapping[str, Any]) -> LimitRule:
    """Return one rule. Raises InvalidInputError as `read_rules`."""
    clock, field, text = str(found.get("clock")), str(found.get("field")), str(found.get("text") or "").strip()
    if clock not in CLOCKS:
        raise InvalidInputError("exchange.rule.clock", field="clock", value=clock)
    if field not in ASKED or (field != "any" and not text):
        raise InvalidInputError("exchange.rule.asks_nothing", field="text")
    limit = TimeLimit.from_json(found["limit"])
    if limit.unit is Unit.FIXED:
        raise InvalidInputError("exchange.rule.unit", field="unit")
    if clock == "legal" and not limit.article:
        raise InvalidInputError("exchange.rule.no_article", field="article")
    if not limit.article and not limit.source:
        raise InvalidInputError("exchange.rule.no_source", field="source")
    return LimitRule(clock=clock, field=field, text=text, limit=limit)


def first_fitting(rules: Sequence[LimitRule], clock: str, values: Mapping[str, Any]) -> int | None:
    """Return the place of the rule that counts for a clock, None when none fits."""
    return next((place for place, rule in enumerate(rules) if rule.clock == clock and rule.fits(values)), None)


def terms_for(
    rules: Sequence[LimitRule], values: Mapping[str, Any], *, by_class: Mapping[str, TimeLimit], has_clock: bool
) -> dict[str, TimeLimit]:
    """Return the own limits of a row.

    `by_class` are the limits of the town's class standards, where a class has exactly one: a promise of the town.
    A limit in hours needs a start with a time of day (`has_clock`); without it the limit is unknown.
    """
    found: dict[str, TimeLimit] = {}
    if not rules and not by_class:
        return found
    for clock in CLOCKS:
        place = first_fitting(rules, clock, values)
        if place is not None:
            found[clock] = rules[place].limit
    standard = by_class.get(str(values.get("class_code") or ""))
    if standard is not None:
        found.setdefault("promise", standard)
    return {clock: limit for clock, limit in found.items() if has_clock or limit.unit.counts_days}
