"""How each figure is made, in words."""

from __future__ import annotations

from dataclasses import dataclass

from jinli.domain.rates import DEFINITIONS
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class Definition:
    """How a figure is made, in words: what is counted, of what, and what is left out."""

    name: str
    numerator: str
    denominator: str
    excluded: str
    source: str


def definition(code: str) -> Definition:
    """Return the definition of a figure in words."""
    one = DEFINITIONS[code]
    reasons = tuple(say(f"domain.rate.left_out.{name}") for name in one.excluded)
    return Definition(
        name=say(f"domain.rate.{code}.name"),
        numerator=say(f"domain.rate.{code}.numerator"),
        denominator=say(f"domain.rate.{code}.denominator"),
        excluded=say("site.figures.left_out", reasons=reasons),
        source=say("domain.rate.source"),
    )
