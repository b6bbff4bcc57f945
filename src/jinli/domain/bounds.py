"""How far a power reaches, and how large a matter is: compared as numbers in one unit, never converted or guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

#: Ways of writing one and the same unit, so that a form and a register can be compared.
_SAME_UNIT: Final[Mapping[str, str]] = {
    "m2": "m2", "m²": "m2", "㎡": "m2", "平方米": "m2", "平米": "m2", "mu": "mu", "亩": "mu",
    "yuan": "yuan", "元": "yuan", "CNY": "yuan",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Bound:
    """How far a power reaches: the fact of the case and the most it may be."""

    fact: str
    at_most: Decimal
    unit: str = ""


def size_of(bound: Bound, facts: Mapping[str, Any]) -> Decimal | None:
    """Return how large the matter is, nothing while nobody said it in a number."""
    try:
        found = Decimal(str(facts[bound.fact]))
    except (KeyError, InvalidOperation):
        return None
    return found if found.is_finite() else None


def bound_facts(
    bounds: Mapping[str, str], values: Mapping[str, Any], units: Mapping[str, str]
) -> dict[str, str | dict[str, str]]:
    """Return what a case states of the facts that bound a power: fact -> plain number, and `units` fact -> unit.

    A value that is no number, or that is measured in another unit than the power, is stated empty: then nobody has
    said how large the matter is, and the decision says so (`.bound_missing`). Nothing is converted or guessed.
    """
    numbers: dict[str, str] = {}
    named: dict[str, str] = {}
    for fact, unit in bounds.items():
        if fact not in values:
            continue
        stated = units.get(fact, "")
        number = size_of(Bound(fact=fact, at_most=Decimal(0)), values)
        if number is None or (stated and unit and _unit(stated) != _unit(unit)):
            numbers[fact] = ""
        else:
            numbers[fact], named[fact] = f"{number.normalize():f}", unit or stated
    return {**numbers, "units": named} if named else {**numbers}


def _unit(text: str) -> str:
    return _SAME_UNIT.get(text.strip(), text.strip())
