"""Who handles a matter: rules of place, class and hours lead to a body, and every rule says why it won or lost.

The most precise rule wins: first the place (the nearest named one), then the class (the longest beginning), then the
hours. Rules are data of the town; nothing here knows a place or a body.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from jinli.domain.calendar import WorkCalendar

ANY = "*"
ANY_HOURS, OFFICE, NIGHT = "any", "office", "night"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of routing; `*` means any place or class, `any` means any hours. First and last day are included."""

    code: str
    body: str
    place: str = ANY
    class_prefix: str = ANY
    hours: str = ANY_HOURS
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What is to be routed.

    Attributes
    ----------
    places : code of the place and of the wider places it lies in, nearest first; empty when the place is unknown.
    hours : `office`, `night` (any time outside office hours), or empty when the town's office hours are unknown.
    """

    places: Sequence[str]
    class_code: str
    hours: str
    day: date


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """One rule with the reason why it won or lost: a code of the words and the facts they name."""

    rule: Rule
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    fits: bool = False


@dataclass(frozen=True, kw_only=True)
class Route:
    """The answer: the winning rule, or none, and what became of every rule, the most precise first."""

    rule: Rule | None
    weighed: tuple[Weighed, ...]

    @property
    def body(self) -> str | None:
        """Return the body that handles the matter, `None` when no rule fits."""
        return self.rule.body if self.rule else None


def hours_at(at: datetime, calendar: WorkCalendar) -> str:
    """Return `office` within office hours, `night` outside them, nothing when the town has no office hours on file."""
    if not calendar.hours:
        return ""
    openings = calendar.openings(calendar.local_day(at))
    return OFFICE if any(opens <= at < closes for opens, closes in openings) else NIGHT


def route(rules: Iterable[Rule], matter: Matter) -> Route:
    """Return which body handles the matter and why. Of rules alike in precision the newer one wins, then by code."""
    held = [(rule, _misfit(rule, matter)) for rule in rules]
    fitting = sorted((rule for rule, why in held if why is None), key=lambda rule: _order(rule, matter))
    winner = fitting[0] if fitting else None
    weighed = []
    for rule in fitting:
        if rule is winner:
            weighed.append(Weighed(rule=rule, code="domain.routing.won", fits=True))
        else:
            assert winner is not None
            weighed.append(_less_precise(rule, winner, matter))
    weighed += sorted(
        (Weighed(rule=rule, code=why[0], facts=why[1]) for rule, why in held if why is not None),
        key=lambda one: (one.code, one.rule.code),
    )
    return Route(rule=winner, weighed=tuple(weighed))


def _misfit(rule: Rule, matter: Matter) -> tuple[str, dict[str, object]] | None:
    """Return why a rule does not fit at all."""
    if (rule.valid_from and matter.day < rule.valid_from) or (rule.valid_to and rule.valid_to < matter.day):
        return "domain.routing.not_in_force", {}
    if rule.place != ANY and rule.place not in matter.places:
        return ("domain.routing.other_place" if matter.places else "domain.routing.place_unknown"), {}
    if rule.class_prefix != ANY and not matter.class_code.startswith(rule.class_prefix):
        return "domain.routing.other_class", {}
    if rule.hours not in (ANY_HOURS, matter.hours):
        return ("domain.routing.other_hours" if matter.hours else "domain.routing.hours_unknown"), {}
    return None


def _precision(rule: Rule, matter: Matter) -> tuple[int, int, int]:
    place = 0 if rule.place == ANY else len(matter.places) - list(matter.places).index(rule.place)
    return place, 0 if rule.class_prefix == ANY else len(rule.class_prefix), int(rule.hours != ANY_HOURS)


def _order(rule: Rule, matter: Matter) -> tuple[object, ...]:
    place, prefix, hours = _precision(rule, matter)
    return -place, -prefix, -hours, -(rule.valid_from or date.min).toordinal(), rule.code


def _less_precise(rule: Rule, winner: Rule, matter: Matter) -> Weighed:
    """Say by what the winner is more precise."""
    mine, other = _precision(rule, matter), _precision(winner, matter)
    facts = {"winner": winner.code}
    if mine[0] != other[0]:
        return Weighed(rule=rule, code="domain.routing.wider_place", facts=facts, fits=True)
    if mine[1] != other[1]:
        return Weighed(rule=rule, code="domain.routing.wider_class", facts=facts, fits=True)
    if mine[2] != other[2]:
        return Weighed(rule=rule, code="domain.routing.wider_hours", facts=facts, fits=True)
    return Weighed(rule=rule, code="domain.routing.older", facts=facts, fits=True)
