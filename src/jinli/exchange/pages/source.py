"""What the page of a source shows: who watches it, how it is read, and the town's own limits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinli.cases.book import book_of
from jinli.cases.selectors.names import named
from jinli.domain.explanation import explain
from jinli.domain.limits import TimeLimit
from jinli.exchange.models import NameLink, Source, SourceChange
from jinli.exchange.rows.limits import CLOCKS, LimitRule, first_fitting, read_rules
from jinli.exchange.selectors.names import candidates_of, limits_by_class
from jinli.exchange.selectors.samples import sample_rules
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.ui.parts import Fact
from jinli.ui.wording_time import WordedExplanation, word_due, word_explanation, word_limit, word_moment
from jinli.ui.words import say, tongue

#: How many names, layouts and changes are listed.
LISTED: Final = 200


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One rule in words, with its place in the order."""

    place: int
    clock: str
    asks: str
    limit: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A layout or a name that somebody chose."""

    id: int
    what: str
    means: str
    made: str


@dataclass(frozen=True, kw_only=True)
class SampleLine:
    """A sample that may be adopted."""

    code: str
    title: str
    line: RuleLine
    note: str


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One change of the source."""

    when: str
    who: str
    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """Which limit a row would get, by which rule, and when it would be due."""

    clock: str
    limit: str | None
    why: str
    due: str = ""
    reckoning: WordedExplanation | None = None


@dataclass(frozen=True, kw_only=True)
class SourcePage:
    """The whole page."""

    id: int
    name: str
    facts: tuple[Fact, ...]
    titles: str
    titles_shown: bool
    rules: tuple[RuleLine, ...]
    samples: tuple[SampleLine, ...]
    layouts: tuple[Remembered, ...]
    names: tuple[Remembered, ...]
    changes: tuple[ChangeLine, ...]
    tried: tuple[Tried, ...]
    can_edit: bool
    why_not: str
    version: int


def source_page(acting: Acting, source: Source, town: Division, now: datetime, asked: Mapping[str, Any]) -> SourcePage:
    """Return the page of one source; `asked` is the row to try, empty for none."""
    rules = read_rules(source.rules)
    watches = source.watched_by_id == acting.body_id and "command_centre" in acting.roles
    kind = say(f"exchange.source.kind.{source.kind}")
    watched = named(source.watched_by)
    return SourcePage(
        id=source.pk,
        name=source.name,
        facts=(
            Fact(label=say("exchange.source.fact.kind"), value=kind, note=source.code),
            Fact(label=say("exchange.source.fact.watched"), value=watched),
            Fact(
                label=say("exchange.source.fact.mirrors"), value=source.mirrors.filter(current=True).count(),
                note=say("exchange.source.fact.mirrors.note"),
            ),
        ),
        titles=say("exchange.source.titles.shown" if source.title_shown else "exchange.source.titles.hidden"),
        titles_shown=source.title_shown,
        rules=tuple(rule_line(place, rule) for place, rule in enumerate(rules, start=1)),
        samples=_samples(rules) if watches else (),
        layouts=_layouts(source, now),
        names=_names(source, town, now),
        changes=_changes(source, now),
        tried=_tried(town, rules, asked, now) if asked else (),
        can_edit=watches,
        why_not="" if watches else say("exchange.source.why_not", body=watched),
        version=source.version,
    )  # fmt: skip


def rule_line(place: int, rule: LimitRule) -> RuleLine:
    """Return a rule in words."""
    asks = say("exchange.rule.asks.any")
    if rule.field != "any":
        how = "begins" if rule.field == "class_code" else "holds"
        asks = say(f"exchange.rule.asks.{how}", field=say(f"exchange.rule.asked.{rule.field}"), text=rule.text)
    return RuleLine(
        place=place,
        clock=say(f"exchange.rule.clock.{rule.clock}"),
        asks=asks,
        limit=say(
            "exchange.rule.limit", limit=word_limit(rule.limit, lang=tongue()),
            end=say(f"exchange.rule.end.{rule.limit.end_rule.value}"),
        ) if rule.limit.unit.counts_days and rule.limit.unit.value != "working_day"
        else word_limit(rule.limit, lang=tongue()),
        basis=" ".join(part for part in (rule.limit.article, rule.limit.source) if part),
    )  # fmt: skip


def _samples(rules: Sequence[LimitRule]) -> tuple[SampleLine, ...]:
    side = 1 if tongue() == "en" else 0
    return tuple(
        SampleLine(code=one.code, title=one.title[side], line=rule_line(0, one.rule), note=one.note[side])
        for one in sample_rules()
        if one.rule not in rules
    )


def _made(row: Any, now: datetime) -> str:
    who = row.made_by.name if row.made_by else ""
    return say("exchange.source.made", who=who, at=word_moment(row.made_at, lang=tongue(), now=now)).strip()


def _layouts(source: Source, now: datetime) -> tuple[Remembered, ...]:
    rows = source.layouts.select_related("made_by").order_by("-made_at")[:LISTED]
    return tuple(
        Remembered(
            id=row.pk, what=say("exchange.source.layout", count=len(row.columns)), made=_made(row, now),
            means=say("ui.comma").join(
                say("exchange.source.column", heading=heading, field=say(f"exchange.field.{field}"))
                for field, heading in row.columns.items()
            ),
        )
        for row in rows
    )  # fmt: skip


def _names(source: Source, town: Division, now: datetime) -> tuple[Remembered, ...]:
    rows = list(NameLink.objects.filter(source=source).select_related("made_by").order_by("kind", "text")[:LISTED])
    found = candidates_of(town, now) if rows else {}
    known = {(kind, one.code): one.names[0] for kind, ours in found.items() for one in ours if one.names}
    return tuple(
        Remembered(
            id=row.pk, what=say("exchange.source.name", kind=say(f"exchange.kind.{row.kind}"), text=row.text),
            means=known.get((row.kind, row.code), row.code) if row.code else say("exchange.source.name.none"),
            made=_made(row, now),
        )
        for row in rows
    )  # fmt: skip


def _changes(source: Source, now: datetime) -> tuple[ChangeLine, ...]:
    rows = SourceChange.objects.filter(source=source).select_related("changed_by").order_by("-pk")[:20]
    return tuple(
        ChangeLine(
            when=word_moment(row.changed_at, lang=tongue(), now=now),
            who=row.changed_by.name,
            what=say(f"exchange.source.changed.{row.what}"),
            before=_told(row.what, row.before),
            after=_told(row.what, row.after),
        )
        for row in rows
    )


def _told(what: str, value: Any) -> tuple[str, ...]:
    """Return what stood there, a line each."""
    if value is None or value == []:
        return (say("exchange.source.nothing"),)
    if what == SourceChange.What.RULES:
        lines = (rule_line(place, rule) for place, rule in enumerate(read_rules(value), start=1))
        return tuple(say("exchange.rule.line", place=one.place, clock=one.clock, asks=one.asks, limit=one.limit,
                         basis=one.basis) for one in lines)  # fmt: skip
    if what == SourceChange.What.TITLES:
        return (say("ui.yes" if value else "ui.no"),)
    if what == SourceChange.What.NAME:
        return (say("exchange.source.name", kind=say(f"exchange.kind.{value['kind']}"), text=value["text"]),)
    return tuple(str(heading) for heading in value.values())


def _tried(town: Division, rules: Sequence[LimitRule], asked: Mapping[str, Any], now: datetime) -> tuple[Tried, ...]:
    """Return which limit a row would get for each clock, and by which rule."""
    standard = limits_by_class(town, now).get(str(asked.get("class_code") or ""))
    found = []
    for clock in CLOCKS:
        place = first_fitting(rules, clock, asked)
        name = say(f"exchange.rule.clock.{clock}")
        if place is not None:
            line = rule_line(place + 1, rules[place])
            why = say("exchange.source.try.by_rule", place=place + 1, asks=line.asks, basis=line.basis)
            found.append(_with_due(town, name, line.limit, why, rules[place].limit, asked.get("opened"), now))
        elif clock == "promise" and standard is not None:
            why = say("exchange.source.try.by_class", code=asked["class_code"])
            text = word_limit(standard, lang=tongue())
            found.append(_with_due(town, name, text, why, standard, asked.get("opened"), now))
        else:
            found.append(Tried(clock=name, limit=None, why=say("exchange.source.try.none")))
    return tuple(found)


def _with_due(
    town: Division, name: str, text: str, why: str, limit: TimeLimit, opened: date | None, now: datetime
) -> Tried:
    """Return the limit with its due moment, from nine o'clock of the day that was typed."""
    if opened is None:
        return Tried(clock=name, limit=text, why=why)
    calendar = book_of(town).calendar
    told = explain(datetime.combine(opened, time(9), tzinfo=ZoneInfo(town.zone)), limit, calendar)
    return Tried(
        clock=name,
        limit=text,
        why=why,
        due=word_due(told.due, lang=tongue(), now=now, calendar=calendar, marks=True),
        reckoning=word_explanation(told, lang=tongue(), now=now, folded=len(told.lines) > 25),
    )
