"""The town's rules of routing, weighed for one matter and told in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jinli.cases.book import book_of
from jinli.domain.routing import ANY, ANY_HOURS, Matter, Route, Rule, Weighed, hours_at, route
from jinli.lines.grid.models import RoutingRule
from jinli.lines.grid.selectors.places import places_around
from jinli.town.models import Division, Organisation, Place
from jinli.town.selectors import local_day
from jinli.town.stamps import under_stamp
from jinli.ui.words import say, tongue


def rules_of(town: Division) -> list[RoutingRule]:
    """Return the rules of a town that are in force, with their bodies. No query while they stand as they were."""
    return list(_rules(town))


@under_stamp
def _rules(town: Division) -> tuple[RoutingRule, ...]:
    rows = RoutingRule.objects.filter(town=town, superseded_at=None).select_related("body")
    return tuple(rows.order_by("place_code", "class_prefix", "hours", "code"))


def route_of(town: Division, *, place: Place | None, class_code: str, at: datetime) -> Route:
    """Return which body handles a matter of this class at this place and moment, and why. No query once known."""
    rules = [
        Rule(
            code=one.code,
            body=one.body.code,
            place=one.place_code,
            class_prefix=one.class_prefix,
            hours=one.hours,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for one in rules_of(town)
    ]
    matter = Matter(
        places=places_around(town, place),
        class_code=class_code,
        hours=hours_at(at, book_of(town).calendar),
        day=local_day(town, at),
    )
    return route(rules, matter)


@dataclass(frozen=True, kw_only=True)
class RouteLine:
    """One rule as the filing page shows it: what it asks for, whom it names, and why it won or lost."""

    asks: str
    body: str
    why: str
    won: bool


@dataclass(frozen=True, kw_only=True)
class RouteTold:
    """A route in words: the body, the rules that fit, and how many did not fit at all."""

    body: str
    code: str
    lines: tuple[RouteLine, ...]
    others: int


def tell_route(found: Route, bodies: dict[str, Organisation], places: dict[str, str]) -> RouteTold:
    """Return a route in the reader's language; `bodies` and `places` give the names of codes."""

    def name(code: str) -> str:
        body = bodies.get(code)
        return ((tongue() == "en" and body.name_en) or body.name) if body else code

    return RouteTold(
        body=name(found.body) if found.body else "",
        code=found.body or "",
        lines=tuple(
            RouteLine(asks=_asks(one, places), body=name(one.rule.body), why=say(one.code), won=one.rule is found.rule)
            for one in found.weighed
            if one.fits
        ),
        others=sum(1 for one in found.weighed if not one.fits),
    )


def _asks(one: Weighed, places: dict[str, str]) -> str:
    """Return what a rule asks for, such as `东围 • P01 • 办公时间以外`."""
    rule = one.rule
    return say_rule(rule.place, rule.class_prefix, rule.hours, places)


def say_rule(place: str, class_prefix: str, hours: str, places: dict[str, str]) -> str:
    """Return place, class and hours of a rule in words; a rule that asks for nothing says so."""
    parts = [] if place == ANY else [places.get(place, place)]
    parts += [] if class_prefix == ANY else [say("grid.routing.class", prefix=class_prefix)]
    parts += [] if hours == ANY_HOURS else [say(f"domain.hours.{hours}")]
    return " • ".join(parts) or say("grid.routing.everything")
