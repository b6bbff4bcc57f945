"""What comes next and by when at the latest, in words for residents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jinli.cases.book import book_of
from jinli.cases.editions import latest
from jinli.domain.deadlines import DueMoment
from jinli.domain.limits import CLOCK_UNITS, TimeLimit
from jinli.town.models import Division
from jinli.ui import wording_time
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: by when at the latest (strong), what happens, and a line on how it is counted."""

    when: str
    what: str
    note: str = ""


def due_words(town: Division, due: DueMoment, now: datetime) -> str:
    """Return a due moment as residents read it: `今天 18:20`, else with day and weekday."""
    calendar = book_of(town).calendar
    local, today = due.at.astimezone(calendar.zone), now.astimezone(calendar.zone)
    if due.last_day is None and local.date() == today.date() and f"{local:%H:%M}" != "00:00":
        return say("grid.when.today", time=f"{local:%H:%M}")
    return wording_time.word_due(due, lang=tongue(), now=now, calendar=calendar, marks=True)


def limit_words(limit: TimeLimit) -> str:
    """Return a limit: `30 分钟`, `2 工作日`."""
    return wording_time.word_limit(limit, lang=tongue())


def _nights(limit: TimeLimit) -> str:
    return say("grid.when.day_and_night") if limit.unit in CLOCK_UNITS else ""


def _limits(town: Division) -> Mapping[str, TimeLimit]:
    clocks = latest(town, "grid_report").clocks
    return {code: rule.limit for code, rule in clocks.items() if rule.limit is not None}


def steps_before(town: Division, now: datetime) -> tuple[Step, ...]:
    """Return what happens after sending the form, counted from now; the limit of the class is not known yet."""
    limits = _limits(town)
    sorting = due_words(town, book_of(town).due_of(now, limits["intake"]), now)
    return (
        Step(when=say("grid.steps.receipt.when"), what=say("grid.steps.receipt")),
        Step(
            when=say("grid.steps.latest", due=sorting),
            what=say("grid.steps.sorting"),
            note=say("grid.steps.limit", limit=limit_words(limits["intake"]), nights=_nights(limits["intake"])),
        ),
        Step(when=say("grid.steps.handling.when"), what=say("grid.steps.handling"), note=say("grid.steps.by_class")),
        Step(when="", what=say("grid.steps.verifying.plain")),
        Step(when="", what=say("grid.steps.callback.plain")),
    )


def steps_after(town: Division, reported_at: datetime, now: datetime, *, telephone: bool) -> tuple[Step, ...]:
    """Return the steps on the receipt, the first with its moment, the later ones with their limits."""
    limits = _limits(town)
    sorting = due_words(town, book_of(town).due_of(reported_at, limits["intake"]), now)
    within = {code: limit_words(limits[code]) for code in ("verify", "callback", "contest")}
    after_call = "grid.steps.contest.when" if telephone else "grid.steps.contest.when_no_call"
    call = (Step(when=say("grid.steps.callback.when", limit=within["callback"]), what=say("grid.steps.callback")),)
    return (
        Step(
            when=say("grid.steps.before", due=sorting),
            what=say("grid.steps.sorting"),
            note=say("grid.steps.limit_from", limit=limit_words(limits["intake"]), nights=_nights(limits["intake"])),
        ),
        Step(when=say("grid.steps.handling.when"), what=say("grid.steps.handling"), note=say("grid.steps.by_class")),
        Step(
            when=say("grid.steps.verifying.when", limit=within["verify"]),
            what=say("grid.steps.verifying"),
            note=say("grid.steps.verifying.sample"),
        ),
        *(call if telephone else ()),
        Step(when=say(after_call, limit=within["contest"]), what=say("grid.steps.contest")),
    )
