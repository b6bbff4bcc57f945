"""How each figure is made, in words."""

from __future__ import annotations

from dataclasses import dataclass

from jinli.domain.rates import DEFINITIONS
from jinli.lines.grid.figures import satisfied_from
from jinli.town.models import Division
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class Definition:
    """How a figure is made, in words: what is counted, of what, and what is left out."""

    name: str
    numerator: str
    denominator: str
    excluded: str
    source: str


def definition(code: str, town: Division) -> Definition:
    """Return the definition of a figure in words, with what the town sets."""
    one = DEFINITIONS[code]
    own = {"score": satisfied_from(town)} if code == "satisfaction" else {}
    reasons = tuple(say(f"domain.rate.left_out.{name}") for name in one.excluded)
    return Definition(
        name=say(f"domain.rate.{code}.name"),
        numerator=say(f"domain.rate.{code}.numerator", **own),
        denominator=say(f"domain.rate.{code}.denominator"),
        excluded=say("site.figures.left_out", reasons=reasons),
        source=say("domain.rate.source"),
    )
