"""On the page of a mirror: their date, the legal limit and the promise side by side, and why they differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from jinli.cases.lines import Panel
from jinli.cases.pages.clocks import ended, limit_text
from jinli.cases.selectors.names import Systems, titled
from jinli.cases.work import Work
from jinli.domain.explanation import explain
from jinli.domain.limits import Unit
from jinli.domain.readings import Gap, Reading, gap_of, readings_of
from jinli.domain.state import STOPPED, VOID, ClockState
from jinli.exchange.models import Mirror
from jinli.exchange.pages.differences import DifferenceWorder
from jinli.exchange.selectors.differences import about_case
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.ui.parts import Fact
from jinli.ui.wording_time import WordedExplanation, word_due, word_explanation, word_moment, word_time
from jinli.ui.words import say, tongue

MIRROR: Final = "mirror"
THEIRS, OWN, LOOK = "target", ("legal", "promise"), "look"
_READERS: Final = frozenset({"command_centre", "town_head", "auditor"})


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One limit of the town beside their date: how far apart, and what may be the cause."""

    text: str
    causes: tuple[str, ...]
    note: str


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """How one of the dates was reckoned."""

    name: str
    reckoning: WordedExplanation


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """What is open, disputed or was accepted about this matter."""

    text: str
    state: str
    waits: bool


@dataclass(frozen=True, kw_only=True)
class ClockPanel:
    """The whole panel."""

    lead: str
    start: str
    clocks: tuple[Fact, ...]
    compared: tuple[Compared, ...]
    reckoned: tuple[Reckoned, ...]
    disagreements: tuple[Disagreement, ...]
    differences_url: str
    source_url: str


def clock_panel(work: Work, acting: Acting) -> Panel | None:
    """Return the panel of a mirror, None for any other case. Two statements."""
    if work.procedure.code != MIRROR or not work.state.clocks:
        return None
    return Panel(template="exchange/_clock_panel.html", content=_content(work, acting, moment.now()))


def _content(work: Work, acting: Acting, now: datetime) -> ClockPanel:
    mirror = Mirror.objects.filter(case=work.case).select_related("source").first()
    reads = bool(acting.roles & _READERS) and mirror is not None
    rows = about_case(work.case) if reads else []
    known = {code: _present(work, code) for code in (THEIRS, *OWN)}
    worder = DifferenceWorder(acting=acting, town=work.case.town, now=now, sources={})
    name = mirror.source.name if mirror else Systems(work.case.town_id).name_of(work.case.system_of_record)
    return ClockPanel(
        lead=say("exchange.clocks.lead", name=name),
        start=_start(work, now),
        clocks=tuple(_fact(work, code, clock, now) for code, clock in known.items()),
        compared=_compared(work, known, now),
        reckoned=tuple(_reckoned(work, clock, now) for clock in known.values() if clock is not None),
        disagreements=tuple(
            Disagreement(
                text=say(
                    "exchange.clocks.disagreement", kind=say(f"exchange.difference.kind.{one.kind}"),
                    here=worder.side(one, "here"), there=worder.side(one, "there"),
                ),
                state=worder.outcome(one) or say(f"exchange.difference.state.{one.state}"),
                waits=one.state != "accepted",
            )
            for one in rows
        ),
        differences_url=_differences_url(work, rows[0].state) if rows else "",
        source_url=reverse("exchange:source", args=[mirror.source_id]) if reads and mirror else "",
    )  # fmt: skip


def _differences_url(work: Work, state: str) -> str:
    which = "&which=disputed" if state == "disputed" else ""
    return f"{reverse('exchange:differences')}?q={work.case.number}{which}"


def _present(work: Work, code: str) -> ClockState | None:
    """Return the newest clock of a code; one that was given up while the matter is open says nothing any more."""
    found = [clock for clock in work.state.clocks.values() if clock.code == code]
    if not found or (found[-1].verdict == VOID and work.state.phase != "closed"):
        return None
    return found[-1]


def _start(work: Work, now: datetime) -> str:
    first = work.case.opened_at
    at = word_moment(first, lang=tongue(), now=now)
    theirs = work.state.facts.get("opened_there")
    if not theirs:
        return say("exchange.clocks.start", at=at)
    corrected = word_moment(datetime.fromisoformat(str(theirs)), lang=tongue(), now=now)
    return say("exchange.clocks.start.corrected", at=corrected, first=at)


def _title(work: Work, code: str) -> str:
    return titled(work.procedure.clocks[code].title)


def _due(work: Work, clock: ClockState, now: datetime) -> str:
    local = now.astimezone(work.book.calendar.zone)
    return word_due(work.book.due(clock), lang=tongue(), now=local, calendar=work.book.calendar, marks=True)


def _fact(work: Work, code: str, clock: ClockState | None, now: datetime) -> Fact:
    if clock is None:
        note = say("exchange.clocks.no_date" if code == THEIRS else f"exchange.clocks.no_rule.{code}")
        return Fact(label=_title(work, code), value=None, note=note)
    source = " ".join(part for part in (clock.limit.article, clock.limit.source) if part)
    limit = "" if clock.limit.unit is Unit.FIXED else limit_text(clock)
    verdict = ended(clock, now, right=False)[1] if clock.state == STOPPED else ""
    return Fact(
        label=_title(work, code),
        value=_due(work, clock, now),
        note=" • ".join(part for part in (limit, source, verdict) if part),
        icon="clock" if clock.state != STOPPED else "",
    )


def _compared(work: Work, known: dict[str, ClockState | None], now: datetime) -> tuple[Compared, ...]:
    theirs = known[THEIRS]
    own = [known[code] for code in OWN]
    if theirs is None or not any(own):
        text = "neither" if theirs is None and not any(own) else "theirs_unknown" if theirs is None else "own_unknown"
        return (Compared(text=say(f"exchange.clocks.{text}"), causes=(), note=""),)
    return tuple(_pair(work, theirs, clock, now) for clock in own if clock is not None)


def _pair(work: Work, theirs: ClockState, clock: ClockState, now: datetime) -> Compared:
    calendar, at = work.book.calendar, work.book.due(theirs).at
    gap = gap_of(work.book.due(clock), at, clock.limit, calendar)
    text = say(
        "exchange.clocks.pair", theirs=_due(work, theirs, now), name=_title(work, clock.code),
        ours=_due(work, clock, now), gap=_gap(gap),
    )  # fmt: skip
    if gap.code.startswith("domain.gap.same"):
        return Compared(text=text, causes=(), note="")
    fits = [one for one in readings_of(clock.started_at, clock.limit, calendar, at) if one.fits]
    return Compared(text=text, causes=tuple(_cause(one) for one in fits), note=_cause_note(fits))


def _gap(gap: Gap) -> str:
    if "minutes" in gap.facts:
        return say(gap.code, time=word_time(gap.facts["minutes"], lang=tongue()))
    return say(gap.code, **gap.facts)


def _cause(one: Reading) -> str:
    return say(one.code)


def _cause_note(fits: list[Reading]) -> str:
    if not fits:
        return say("exchange.clocks.no_cause")
    return say("exchange.clocks.one_cause") if len(fits) == 1 else say("exchange.clocks.causes", count=len(fits))


def _reckoned(work: Work, clock: ClockState, now: datetime) -> Reckoned:
    told = explain(clock.started_at, clock.limit, work.book.calendar, clock.pauses, clock.extensions)
    worded = word_explanation(told, lang=tongue(), now=now, folded=len(told.lines) > 25)
    return Reckoned(name=_title(work, clock.code), reckoning=worded)
