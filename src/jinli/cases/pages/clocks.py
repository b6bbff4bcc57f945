"""One clock in words: what is due when, how it stands, and how that was reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinli.cases.models import Clock
from jinli.domain.calendar import WorkCalendar
from jinli.domain.deadlines import DueMoment, Extension, Pause, balance, time_left
from jinli.domain.limits import TimeLimit
from jinli.domain.state import BROKEN, KEPT, LAPSED, OPEN, PAUSED, STOPPED, VOID, ClockState
from jinli.ui.wording_time import word_day, word_due, word_left, word_limit, word_moment
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a clock stands.

    Attributes
    ----------
    due : the due moment in words; of a paused clock the latest resumption.
    look : the state by which `clock_line` chooses drawing and colour.
    text, notes : what is left or how it ended; further lines in small.
    """

    due: str
    look: str
    text: str
    provisional: bool = False
    notes: tuple[str, ...] = ()


def pauses_of(found: Sequence[dict[str, Any]]) -> tuple[Pause, ...]:
    """Return the pauses a row keeps as text."""
    return tuple(
        Pause(
            kind=one["kind"],
            began_at=datetime.fromisoformat(one["began_at"]),
            ended_at=_at(one["ended_at"]),
            notice_at=datetime.fromisoformat(one["notice_at"]),
            until=_at(one["until"]),
            article=one["article"],
        )
        for one in found
    )


def extensions_of(found: Sequence[dict[str, Any]]) -> tuple[Extension, ...]:
    """Return the extensions a row keeps as text."""
    return tuple(
        Extension(
            amount=one["amount"],
            asked_at=datetime.fromisoformat(one["asked_at"]),
            approved_at=datetime.fromisoformat(one["approved_at"]),
            reason=one.get("reason", ""),
        )
        for one in found
    )


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def state_of(clock: Clock) -> ClockState:
    """Return the clock of a row as the rules know it."""
    return ClockState(
        key=clock.key,
        code=clock.code,
        track=clock.track,
        owed_by="",
        owed_to="",
        limit=TimeLimit.from_json(clock.limit),
        started_at=clock.started_at,
        pauses=pauses_of(clock.pauses),
        extensions=extensions_of(clock.extensions),
        state=clock.state,
        verdict=clock.verdict,
        ended_at=clock.ended_at,
    )


def due_of(clock: Clock) -> DueMoment:
    """Return the due moment that a row keeps."""
    return DueMoment(
        at=clock.due_at,
        last_day=clock.last_day,
        provisional=clock.provisional,
        at_the_latest=clock.at_the_latest,
        editions=(),
    )


def standing(
    clock: ClockState,
    due: DueMoment,
    calendar: WorkCalendar,
    now: datetime,
    *,
    right: bool = False,
    warn_at: datetime | None = None,
) -> Standing:
    """Return how a clock stands at a moment."""
    lang = tongue()
    if clock.state == PAUSED:
        return _paused(clock, due, calendar, now)
    text = word_due(due, lang=lang, now=now.astimezone(calendar.zone), calendar=calendar)
    if clock.state == STOPPED:
        look, ending = ended(clock, now, right=right)
        return Standing(due=text, look=look, text=ending, provisional=False)
    left = word_left(time_left(now, due, clock.limit, calendar, clock.pauses), lang=lang)
    if now >= due.at:
        return Standing(due=text, look="late", text=left, provisional=due.provisional)
    today = now.astimezone(calendar.zone).date()
    last = due.last_day or due.at.astimezone(calendar.zone).date()
    near = last <= today or (warn_at is not None and now >= warn_at)
    look = "near" if near else "week" if (last - today).days < 7 - today.weekday() else "later"
    return Standing(due=text, look=look, text=left, provisional=due.provisional)


def _paused(clock: ClockState, due: DueMoment, calendar: WorkCalendar, now: datetime) -> Standing:
    lang, local = tongue(), now.astimezone(calendar.zone)
    pause = next(one for one in reversed(clock.pauses) if one.ended_at is None)
    until = pause.until or due.at
    left = balance(now, clock.started_at, clock.limit, calendar, clock.pauses, clock.extensions)
    noticed = word_day(pause.notice_at.astimezone(calendar.zone).date(), lang=lang, now=local, weekday=False)
    note = say("cases.paused.notice", article=pause.article, day=noticed)
    resumes = word_day(until.astimezone(calendar.zone).date(), lang=lang, now=local)
    return Standing(
        due=say("cases.paused.until", day=resumes),
        look="paused",
        text=word_left(left, lang=lang),
        provisional=due.provisional,
        notes=(note,),
    )


def ended(clock: ClockState, now: datetime, *, right: bool) -> tuple[str, str]:
    """Return how an ended clock is drawn, and its verdict with the moment it was given."""
    look = {KEPT: "used" if right else "kept", BROKEN: "broken", LAPSED: "lapsed", VOID: "void", OPEN: "void"}
    state = look[clock.verdict]
    if clock.verdict == BROKEN and clock.ended_at is not None:
        state = "broken_done"
    text = say(f"ui.clock.{state}")
    if clock.ended_at is not None:
        text = say("cases.verdict.at", verdict=text, at=word_moment(clock.ended_at, lang=tongue(), now=now))
    return state, text


def limit_text(clock: ClockState) -> str:
    """Return the limit, and by how much it was extended."""
    text = word_limit(clock.limit, lang=tongue())
    more = sum(one.amount for one in clock.extensions)
    return say("cases.limit.extended", limit=text, count=more) if more else text
