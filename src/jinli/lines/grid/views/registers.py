"""Registers that staff read: class standards, routing, kinds of whistle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinli.cases.editions import latest
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.grid.models import ClassStandard, RoutingRule, WhistleKind
from jinli.lines.grid.selectors.places import reportable_places
from jinli.lines.grid.selectors.routes import rules_of, say_rule
from jinli.lines.grid.selectors.standards import classes_of, find_classes, limit_of, standards_at
from jinli.lines.grid.selectors.steps import limit_words
from jinli.town.access import SIGNED_IN, access, who_acts
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.town.selectors import local_day
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class StandardLine:
    """One standard of the register."""

    code: str
    name: str
    major: str
    condition: str
    limit: str | None
    closing: str
    self_solved: bool
    status: str
    source: str


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One rule of routing of the register."""

    asks: str
    body: str
    status: str
    note: str


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """One kind of whistle of the register with its staged limits."""

    name: str
    blown_by: str
    approved_by: str
    limits: tuple[tuple[str, str], ...]
    status: str
    source: str


def _town(request: Any) -> Division:
    return Division.objects.get(pk=who_acts(request).town)


def _standard(one: ClassStandard) -> StandardLine:
    english, limit = tongue() == "en", limit_of(one)
    return StandardLine(
        code=one.code,
        name=(english and one.minor_en) or one.minor,
        major=(english and one.major_en) or one.major,
        condition=(english and one.condition_en) or one.condition,
        limit=limit_words(limit) if limit else None,
        closing=(english and one.closing_en) or one.closing,
        self_solved=one.self_solved,
        status=say(f"town.status.{one.status}"),
        source=one.source,
    )


@access(SIGNED_IN)
@require_safe
def standards(request: Any) -> HttpResponse:
    """Show the class standards in force, or those that words find."""
    town, query = _town(request), request.GET.get("q", "").strip()
    rows = standards_at(town, local_day(town, now()))
    if query:
        codes = {one.code for one in find_classes(classes_of(rows), query, most=40)}
        rows = [one for one in rows if one.class_code in codes]
    page = {"rows": tuple(_standard(one) for one in rows), "query": query}
    return render(request, "grid/standards.html", page)


def _rule(one: RoutingRule, places: dict[str, str]) -> RuleLine:
    return RuleLine(
        asks=say_rule(one.place_code, one.class_prefix, one.hours, places),
        body=(tongue() == "en" and one.body.name_en) or one.body.name,
        status=say(f"town.status.{one.status}"),
        note=one.note,
    )


@access(SIGNED_IN)
@require_safe
def routing(request: Any) -> HttpResponse:
    """Show the rules of routing in force."""
    town = _town(request)
    places = {one.code: one.name for one in reportable_places(town, local_day(town, now()))}
    return render(request, "grid/routing.html", {"rows": tuple(_rule(one, places) for one in rules_of(town))})


def _kind(town: Division, one: WhistleKind) -> KindLine:
    english = tongue() == "en"
    clocks = latest(town, one.procedure).clocks.values()
    titles = {rule.term: rule.title.en if english else rule.title.zh for rule in clocks if rule.term}
    limits = [
        (titles.get(name, name), limit_words(TimeLimit(amount=held["amount"], unit=Unit(held["unit"]))))
        for name, held in one.limits.items()
    ]
    joint = say("ui.comma")
    return KindLine(
        name=(english and one.name_en) or one.name,
        blown_by=joint.join(say(f"town.role.{role}") for role in one.blown_by),
        approved_by=joint.join(say(f"town.role.{role}") for role in one.approved_by),
        limits=tuple(limits),
        status=say(f"town.status.{one.status}"),
        source=one.source,
    )


@access(SIGNED_IN)
@require_safe
def whistle_kinds(request: Any) -> HttpResponse:
    """Show the kinds of whistle the town has adopted."""
    town = _town(request)
    rows = WhistleKind.objects.filter(town=town, superseded_at=None).order_by("code")
    return render(request, "grid/kinds.html", {"rows": tuple(_kind(town, one) for one in rows)})
