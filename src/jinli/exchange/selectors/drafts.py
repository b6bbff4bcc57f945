"""The drafted answer to a task: short, official, from what the page knows; a person edits it before it is sent.

An article is named only as the duty list has it. What no source gives is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jinli.cases.selectors.names import named
from jinli.domain.calendar import WorkCalendar
from jinli.domain.inbound import TimeGiven, time_given
from jinli.exchange.models import Ask, Task
from jinli.exchange.selectors.asks import Best
from jinli.town.models import DutyLine
from jinli.ui.wording_time import word_day, word_due, word_moment, word_time
from jinli.ui.words import say, tongue

WITH_FIGURES = frozenset({"answer_at_once", "answer", "object"})


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a draft stands on: the task, its questions with the best answers, the line, and how many lines there are."""

    task: Task
    asks: Sequence[tuple[Ask, Best]]
    line: DutyLine | None
    lines: int
    owner: str
    calendar: WorkCalendar
    now: datetime

    @property
    def local(self) -> datetime:
        """The present moment in the town's zone."""
        return self.now.astimezone(self.calendar.zone)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The proposed texts of an answer."""

    reply: str
    reason: str = ""
    legal_basis: str = ""


def draft(ground: Ground, move: str) -> Draft:
    """Return the drafted answer for a move; a person edits it before it is sent."""
    parts = [_opening(ground), _stand(ground, move)]
    if move in WITH_FIGURES:
        parts.append(figures_text(ground))
    if move == "object" and (hurry := haste_text(ground)):
        parts.append(hurry)
    numbered = [
        say("exchange.draft.numbered", number=say(f"exchange.draft.{place}"), text=text)
        for place, text in enumerate(parts[1:], start=1)
    ]
    day = word_day(ground.local.date(), lang=tongue(), weekday=False)
    sign = say("exchange.draft.signed", owner=ground.owner, day=day)
    return Draft(
        reply="\n".join([parts[0], *numbered, sign]), reason=_reason(ground, move), legal_basis=basis_text(ground)
    )


def _opening(ground: Ground) -> str:
    task = ground.task
    due = (
        say("exchange.draft.due", due=word_due(task.due_at, lang=tongue(), now=ground.local, calendar=ground.calendar))
        if task.due_at
        else say("exchange.draft.no_due")
    )
    return say(
        "exchange.draft.opening" if len(ground.asks) > 1 else "exchange.draft.opening.one",
        asker=task.asker_name,
        at=word_moment(task.received_at, lang=tongue(), now=ground.local, calendar=ground.calendar),
        way=say(f"exchange.way.{task.way}"),
        first=ground.asks[0][0].text if ground.asks else task.case.title,
        count=len(ground.asks),
        number=task.case.number,
        due=due,
    )


def line_text(line: DutyLine | None, lines: int) -> str:
    """Return how the duty list has it: number, title, kind and lead; or that it has no such line."""
    if line is None:
        return say("exchange.draft.unlisted", count=lines)
    lead = say("exchange.draft.lead", lead=named(line.lead)) if line.lead else ""
    return say(
        "exchange.draft.line",
        number=line.code if line.number is None else line.number,
        title=line.title,
        kind=say(f"exchange.fit.{line.kind}"),
        lead=lead,
    )


def basis_text(ground: Ground) -> str:
    """Return the legal basis as the list has it; for what it does not have, the list itself. No article is made up."""
    if ground.line is None:
        return say("exchange.draft.basis.unlisted", count=ground.lines)
    return ground.line.legal_basis or ""


def _stand(ground: Ground, move: str) -> str:
    line = ground.line
    basis = basis_text(ground) or say("ui.unknown")
    listed = line_text(line, ground.lines)
    if move == "object":
        lead = named(line.lead) if line and line.lead else ""
        ask = say("exchange.draft.object.lead", lead=lead) if lead else say("exchange.draft.object.no_lead")
        kind = "exchange.draft.object" if line is not None else "exchange.draft.object.unlisted"
        return say(kind, line=listed, basis=basis, ask=ask)
    if move == "cooperate":
        lead = named(line.lead) if line and line.lead else say("ui.unknown")
        return say("exchange.draft.cooperate", line=listed, basis=basis, lead=lead)
    if move == "accept_unlisted":
        return say("exchange.draft.outside", line=listed)
    if move in {"answer", "answer_at_once"}:
        return say("exchange.draft.answer", line=listed)
    return say("exchange.draft.accept", line=listed, basis=basis)


def _reason(ground: Ground, move: str) -> str:
    if move not in {"object", "accept_unlisted"}:
        return ""
    if ground.line is None:
        return say("exchange.draft.reason.unlisted")
    return say(f"exchange.draft.reason.{ground.line.kind}", title=ground.line.title)


def figures_text(ground: Ground) -> str:
    """Return the figures that exist, one a line; what does not exist is unknown and is not collected for this."""
    rows = [say("exchange.draft.figures")]
    for ask, best in ground.asks:
        rows.append(
            say("exchange.draft.figure", number=ask.ordinal, asked=ask.text, value=value_text(ground, ask, best))
        )
    return "\n".join(rows)


def value_text(ground: Ground, ask: Ask, best: Best) -> str:
    """Return one answer in words, with its moment or the first time it was given."""
    zone = ground.calendar.zone
    source, value = (ask.source, ask.value) if ask.source else (best.source, best.value)
    at = ask.as_of if ask.source else best.as_of
    earlier = ask.taken_from if ask.source else best.earlier
    if source == Ask.Origin.UNKNOWN:
        return say("exchange.draft.unknown")
    if source == Ask.Origin.REPEATED and earlier is not None and earlier.answered_at is not None:
        day = word_day(earlier.answered_at.astimezone(zone).date(), lang=tongue(), now=ground.local, weekday=False)
        return say("exchange.draft.repeated", value=value, day=day, asker=earlier.task.asker_name)
    if source == Ask.Origin.GENERATED and at is not None:
        moment = word_moment(at, lang=tongue(), now=ground.local, calendar=ground.calendar)
        return say("exchange.draft.generated", value=value, at=moment)
    return value


def given_of(task: Task, calendar: WorkCalendar) -> TimeGiven | None:
    """Return how much working time the asker left, None without a deadline."""
    return time_given(task.received_at, task.due_at, calendar) if task.due_at else None


def haste_text(ground: Ground) -> str:
    """Return that a deadline lies on a rest day and what working time it left; empty when there is nothing to say."""
    given = given_of(ground.task, ground.calendar)
    if given is None:
        return ""
    parts = []
    if given.rest_day:
        day = word_day(given.last_day, lang=tongue(), now=ground.local)
        parts.append(say("exchange.given.rest_day", day=day))
    if given.minutes is not None and given.days < 2:
        parts.append(say("exchange.given.left", left=word_time(given.minutes, lang=tongue(), working=True)))
    return say("exchange.given.stop").join(parts) + say("exchange.given.end") if parts else ""
