"""What happens after an application is sent and by when at the latest, in plain words; what is unknown is said so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from jinli.cases.book import book_of
from jinli.cases.editions import latest
from jinli.domain.deadlines import DueMoment
from jinli.domain.limits import TimeLimit
from jinli.lines.services.selectors.items import Item
from jinli.lines.services.selectors.procedures import kind_of
from jinli.lines.services.selectors.receiving import known_limit, terms_at_receipt
from jinli.packs.items import MaterialRow
from jinli.town.models import Division
from jinli.ui import wording_time
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: by when at the latest (strong), what happens, and a line on where the limit comes from."""

    when: str
    what: str
    note: str = ""


def due_words(town: Division, due: DueMoment, now: datetime) -> str:
    """Return a due moment with day and weekday."""
    return wording_time.word_due(due, lang=tongue(), now=now, calendar=book_of(town).calendar, marks=True)


def limit_words(limit: TimeLimit) -> str:
    """Return a limit such as 20 working days."""
    return wording_time.word_limit(limit, lang=tongue())


def source_words(limit: TimeLimit) -> str:
    """Return where a limit is written."""
    return limit.article or limit.source


def steps_after_sending(
    town: Division, item: Item, sent_at: datetime, now: datetime, *, later: Collection[MaterialRow] = ()
) -> tuple[Step, ...]:
    """Return what happens next: receipt at once, the first promise with its moment, then the decision.

    A limit that no source gives is not counted: then the one who accepts has to promise one.
    """
    steps = [Step(when=say("services.steps.at_once"), what=say("services.steps.receipt"))]
    steps.append(_first(town, item, sent_at, now))
    if item.row.procedure != "assisted":
        steps += [_decision(item), *_later(later)]
    note = say("services.steps.silence.note") if kind_of(item.row.procedure) == "licence" else ""
    steps.append(Step(when="", what=say("services.steps.silence"), note=note))
    return tuple(steps)


def _first(town: Division, item: Item, sent_at: datetime, now: datetime) -> Step:
    procedure = latest(town, item.row.procedure)
    clock = procedure.clocks["submit" if item.row.procedure == "assisted" else "notice"]
    limit = clock.limit or terms_at_receipt(town, item)["submit"]
    due = due_words(town, book_of(town).due_of(sent_at, limit), now)
    word = "submit" if item.row.procedure == "assisted" else "accept"
    note = say("services.steps.limit", limit=limit_words(limit), source=source_words(limit))
    return Step(when=say("services.steps.latest", due=due), what=say(f"services.steps.{word}"), note=note)


def _decision(item: Item) -> Step:
    law, promise = known_limit(item.row.statutory), known_limit(item.row.promised)
    shorter = promise or law
    if shorter is None:
        return Step(when=say("services.steps.decide.unknown.when"), what=say("services.steps.decide.unknown"))
    notes = [
        say(f"services.steps.decide.{name}", limit=limit_words(limit), source=source_words(limit))
        for name, limit in (("promised", promise), ("law", law))
        if limit is not None
    ]
    when = say("services.steps.decide.when", limit=limit_words(shorter))
    return Step(when=when, what=say("services.steps.decide"), note=say("ui.comma").join(notes))


def _later(later: Collection[MaterialRow]) -> list[Step]:
    known = [one.later_days for one in later if one.later_days]
    if not later:
        return []
    when = say("services.steps.later.when", days=max(known)) if known else say("services.steps.later.unknown")
    return [Step(when=when, what=say("services.steps.later"), note=say("services.steps.later.note"))]
