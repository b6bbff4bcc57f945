"""What the page of a case shows: four facts, promises, bodies at work, the journal, where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from jinli.cases import above, lines
from jinli.cases.editions import pinned
from jinli.cases.pages.case_entries import TimelineRow, entry_text, move_title, timeline
from jinli.cases.pages.case_moves import Moves, is_live, moves_of
from jinli.cases.pages.clocks import Standing, limit_text, standing
from jinli.cases.pages.paper_rows import PaperRow, paper_rows
from jinli.cases.pages.reporter import Reporter, reporter_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import Systems, asker, named, titled, worded
from jinli.cases.selectors.papers import papers_of
from jinli.domain.explanation import explain
from jinli.domain.procedure import CASE
from jinli.domain.state import STOPPED, AssignmentState, ClockState
from jinli.ui.parts import Fact
from jinli.ui.wording_time import WordedExplanation, word_day, word_explanation, word_moment
from jinli.ui.words import say, tongue

#: Drawings of the steps of a body, by what the step was.
#: How many promises with a verdict stand open; the others are one step away.
_VERDICTS: Final = 6
_STEP: Final = {"back": "back", "scales": "scales", "system": "bell", "done": "tick"}


@dataclass(frozen=True, kw_only=True)
class ClockRow:
    """One promise: who owes what to whom by when, how it stands, and its reckoning."""

    name: str
    between: str
    limit: str
    standing: Standing
    live: bool
    notes: tuple[str, ...]
    reckoning: WordedExplanation


@dataclass(frozen=True, kw_only=True)
class Step:
    """One dated thing a body did or got."""

    icon: str
    when: str
    what: str
    more: str
    present: bool = False


@dataclass(frozen=True, kw_only=True)
class Block:
    """One body with its part of the case."""

    role: str
    lead: bool
    body: str
    duty_line: str
    icon: str
    state: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """One attachment."""

    name: str
    url: str
    size: str
    erased: bool


@dataclass(frozen=True, kw_only=True)
class LinkedRow:
    """A case that names this one or is named by it."""

    number: str
    url: str
    title: str
    stage: str
    due: str


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """The whole page of one case for one reader."""

    id: UUID
    number: str
    title: str
    subtitle: tuple[str, ...]
    mirror: str
    facts: tuple[Fact, ...]
    clocks: tuple[ClockRow, ...]
    more_clocks: tuple[ClockRow, ...]
    more_clocks_label: str
    clocks_summary: str
    blocks: tuple[Block, ...]
    blocks_summary: str
    timeline: tuple[TimelineRow, ...]
    oldest_first: bool
    moves: Moves
    origin: tuple[Fact, ...]
    asker: str
    reporter: Reporter | None
    files: tuple[FileRow, ...]
    papers: tuple[PaperRow, ...]
    linked: tuple[LinkedRow, ...]
    panels: tuple[lines.Panel, ...]
    beside: tuple[above.Beside, ...]
    seal: str
    seal_broken: bool
    closed: bool
    simulated: bool


def case_page(view: CaseView, *, oldest_first: bool = False) -> CasePage:
    """Return the page of a case."""
    case, work = view.case, view.work
    clocks = clock_rows(view)
    shown = sum(1 for row in clocks if row.live) + _VERDICTS
    blocks = _blocks(view)
    rows = timeline(view)
    return CasePage(
        id=case.pk,
        number=case.number,
        title=case.title,
        subtitle=(case.number, titled(work.procedure.title), named(case.place) if case.place else ""),
        mirror=Systems(case.town_id).name_of(case.system_of_record),
        facts=facts_of(view),
        clocks=clocks[:shown],
        more_clocks=clocks[shown:],
        more_clocks_label=say("cases.clocks.more", count=len(clocks[shown:])),
        clocks_summary=_clocks_summary(clocks),
        blocks=blocks,
        blocks_summary=_blocks_summary(view),
        timeline=rows if oldest_first else tuple(reversed(rows)),
        oldest_first=oldest_first,
        moves=moves_of(view),
        origin=_origin(view),
        asker=asker(case.type_code),
        reporter=reporter_of(view),
        files=files_of(view),
        papers=paper_rows(papers_of(case), case, view.acting, view.now),
        linked=tuple(_linked(view)),
        panels=lines.panels(work, view.acting),
        beside=above.beside(view),
        seal=_seal(view),
        seal_broken=view.broken_at is not None,
        closed=work.state.phase == "closed",
        simulated=case.simulated,
    )


def facts_of(view: CaseView) -> tuple[Fact, ...]:
    """Return the four facts that come first: stage, who is waited for, due moment, who answers for it."""
    state, procedure = view.work.state, view.work.procedure
    stage = titled(procedure.case.stages[state.stage].title)
    if state.round > 1:
        stage = say("cases.stage.round", stage=stage, round=state.round)
    due = next_due(view)
    origin = view.case.origin
    return (
        Fact(label=say("cases.fact.stage"), value=stage),
        Fact(label=say("cases.fact.waits"), value=waits_for(view)),
        Fact(
            label=say("cases.column.due"),
            value=due[1].due if due else say("cases.fact.no_due"),
            note=f"{due[0]} • {due[1].text}" if due else "",
            icon={"late": "triangle", "paused": "pause"}.get(due[1].look, "clock") if due else "",
            tone={"late": "danger", "near": "warning"}.get(due[1].look, "") if due else "",
        ),
        Fact(
            label=say("cases.fact.owner"),
            value=view.name(state.bodies.get("owner")),
            note=say("cases.fact.from", number=origin.number) if origin else "",
        ),
    )


def waits_for(view: CaseView) -> str:
    """Return who is asked next, by name; follows `waits_for` of the stage, on each open assignment too."""
    state, procedure = view.work.state, view.work.procedure
    waited = procedure.case.stages[state.stage].waits_for
    if state.phase == "closed" or waited is None:
        return say("cases.fact.nobody")
    if waited == "reporter":
        return asker(view.case.type_code)
    if waited != "assigned" or procedure.assignment is None:
        return view.name(state.bodies.get(waited)) or worded(f"domain.duty.{waited}", waited)
    names = []
    for item in state.open_assignments():
        next_one = procedure.assignment.stages[item.stage].waits_for
        code = item.body if next_one in (None, "assigned") else state.bodies.get(str(next_one), item.body)
        names.append(view.name(code))
    return say("ui.comma").join(dict.fromkeys(names)) or say("cases.fact.nobody")


def next_due(view: CaseView) -> tuple[str, Standing] | None:
    """Return the promise that falls due first, a right only when nothing else runs: its name and how it stands."""
    live = [clock for clock in view.work.state.clocks.values() if is_live(clock.state)]
    rules = view.work.procedure.clocks
    if not live:
        return None
    first = min(live, key=lambda one: (rules[one.code].right, view.work.book.due(one).at, one.key))
    return clock_name(view, first), _standing(view, first)


def clock_name(view: CaseView, clock: ClockState) -> str:
    """Return what a promise is called: with round and role where there are several."""
    title = titled(view.work.procedure.clocks[clock.code].title)
    if clock.track == CASE:
        return title
    item = view.work.state.assignments[clock.track]
    if item.round > 1:
        return say("cases.round", round=item.round, title=title)
    if len(view.work.state.assignments) == 1:
        return title
    role = say("cases.role.lead" if item.role == "lead" else "cases.role.assisting")
    return say("cases.clock.of_role", clock=title, role=role)


def _standing(view: CaseView, clock: ClockState) -> Standing:
    book = view.work.book
    rule = view.work.procedure.clocks[clock.code]
    due = book.due(clock)
    return standing(clock, due, book.calendar, view.now, right=rule.right, warn_at=book.warns_at(clock))


def clock_rows(view: CaseView) -> tuple[ClockRow, ...]:
    """Return the promises: running ones by due moment, then those with a verdict, the newest first."""
    clocks = list(view.work.state.clocks.values())
    live = sorted((one for one in clocks if is_live(one.state)), key=lambda one: view.work.book.due(one).at)
    over = [one for one in clocks if one.state == STOPPED]
    over.sort(key=lambda one: (one.ended_at or one.started_at, one.key), reverse=True)
    return tuple(_clock_row(view, one) for one in (*live, *over))


def _clock_row(view: CaseView, clock: ClockState) -> ClockRow:
    rule = view.work.procedure.clocks[clock.code]
    owed_by, owed_to = _party(view, clock.owed_by), _party(view, clock.owed_to)
    both = rule.right or clock.owed_by == clock.owed_to
    reckoning = explain(clock.started_at, clock.limit, view.work.book.calendar, clock.pauses, clock.extensions)
    return ClockRow(
        name=clock_name(view, clock),
        between=owed_by if both else say("cases.clock.between", by=owed_by, to=owed_to),
        limit=limit_text(clock),
        standing=_standing(view, clock),
        live=is_live(clock.state),
        notes=_clock_notes(view, clock),
        reckoning=word_explanation(reckoning, lang=tongue(), now=view.now, folded=len(reckoning.lines) > 25),
    )


def _party(view: CaseView, code: str) -> str:
    return asker(view.case.type_code) if code == "reporter" else view.name(code)


def _clock_notes(view: CaseView, clock: ClockState) -> tuple[str, ...]:
    """Return what a reader would otherwise wonder about: arbitration counts, rework leaves the verdict, rights."""
    state = view.work.state
    notes = []
    if view.work.procedure.clocks[clock.code].right:
        notes.append(say("cases.clock.right"))
    if clock.track != CASE:
        item = state.assignments[clock.track]
        arbiter = state.bodies.get("arbiter")
        if clock.owed_by == item.body and any(
            other.track == clock.track and other.owed_by == arbiter and _overlap(clock, other)
            for other in state.clocks.values()
        ):
            notes.append(say("cases.clock.arbitration_counts"))
        later = any(one.body == item.body and one.round > item.round for one in state.assignments.values())
        if later and clock.code == "report":
            notes.append(say("cases.clock.rework"))
    return tuple(notes)


def _overlap(clock: ClockState, other: ClockState) -> bool:
    return (clock.ended_at is None or clock.ended_at > other.started_at) and clock.started_at < other.started_at


def _clocks_summary(rows: Sequence[ClockRow]) -> str:
    live = sum(1 for row in rows if row.live)
    return say("cases.clocks.summary", live=live, over=len(rows) - live)


def _blocks(view: CaseView) -> tuple[Block, ...]:
    """Return one block for each body and role, its rounds in order."""
    parts: dict[tuple[str, str], list[AssignmentState]] = {}
    for item in view.work.state.assignments.values():
        parts.setdefault((item.role, item.body), []).append(item)
    ordered = sorted(parts.items(), key=lambda part: part[0][0] != "lead")
    return tuple(_block(view, role, body, items) for (role, body), items in ordered)


def _block(view: CaseView, role: str, body: str, items: list[AssignmentState]) -> Block:
    track = view.work.procedure.assignment
    assert track is not None
    last = items[-1]
    stage = titled(track.stages[last.stage].title)
    state = say("cases.round", round=last.round, title=stage) if last.round > 1 else stage
    line = view.duty_lines.get(last.duty_line or "")
    text = say("cases.duty_line.code", code=last.duty_line) if last.duty_line else ""
    if line is not None:
        number = line.code if line.number is None else line.number
        text = say("cases.duty_line", code=number, title=line.title)
    return Block(
        role=say("cases.role.lead" if role == "lead" else "cases.role.assisting"),
        lead=role == "lead",
        body=view.name(body),
        duty_line=text,
        icon="clock" if last.outcome is None else "tick" if last.outcome == "reported" else "dash",
        state=state,
        steps=_steps(view, items, state),
    )


def _steps(view: CaseView, items: list[AssignmentState], state: str) -> tuple[Step, ...]:
    keys = {item.key for item in items}
    opened = {item.key for item in items if item.round > 1}
    steps = []
    for one in view.told:
        effects: list[Any] = one.body.get("assignments", [])
        again = any(effect["op"] == "open" and effect["key"] in opened for effect in effects)
        if one.body["track"] not in keys and not again:
            continue
        known = one.body["track"] == CASE or one.body["move"] in view.work.procedure.track(one.body["track"]).moves
        if not known or (one.body.get("person") and not one.body.get("stage")):
            continue
        when = word_moment(one.happened_at, lang=tongue(), now=view.now)
        steps.append(
            Step(icon=_icon(view, one.body), when=when, what=move_title(view, one.body), more=entry_text(view, one))
        )
    last = items[-1]
    live = [
        clock
        for clock in view.work.state.clocks.values()
        if clock.track == last.key and is_live(clock.state) and not view.work.procedure.clocks[clock.code].right
    ]
    if last.outcome is None and live:
        first = min(live, key=lambda clock: view.work.book.due(clock).at)
        due = view.work.book.due(first)
        zone = view.work.book.calendar.zone
        last_day = due.last_day or due.at.astimezone(zone).date()
        day = word_day(last_day, lang=tongue(), now=view.now.astimezone(zone), weekday=False)
        steps.append(Step(icon="clock", when=say("cases.step.due", due=day), what=state, more="", present=True))
    return tuple(steps)


def _icon(view: CaseView, body: Any) -> str:
    if body["actor"].get("hat") == "system":
        return _STEP["system"]
    move = view.work.procedure.track(body["track"]).moves.get(body["move"])
    if move is None:
        return _STEP["done"]
    if "arbiter" in move.duty:
        return _STEP["scales"]
    sent_back = move.opens and "reason" in move.needs
    return _STEP["back"] if sent_back or "legal_basis" in move.needs else _STEP["done"]


def _blocks_summary(view: CaseView) -> str:
    items = view.work.state.assignments.values()
    counts = {role: len({item.body for item in items if item.role == role}) for role in ("lead", "assisting")}
    return say("cases.blocks.summary", lead=counts["lead"], assisting=counts["assisting"])


def _origin(view: CaseView) -> tuple[Fact, ...]:
    case, first = view.case, view.first
    at = word_moment(first.happened_at, lang=tongue(), now=view.now)
    rows = []
    if view.origin is not None:
        url = reverse("cases:case", args=[view.origin.pk]) if view.origin_seen else ""
        rows.append(Fact(label=say("cases.origin.report"), value=view.origin.number, href=url))
    rows.append(Fact(label=say("cases.origin.when"), value=at))
    channel = view.origin.channel if view.origin else case.channel
    rows.append(Fact(label=say("cases.origin.channel"), value=worded(f"cases.channel.{channel}", channel)))
    mirror = Systems(case.town_id).name_of(case.system_of_record)
    record = (
        say("cases.origin.external", name=mirror, number=case.foreign_number) if mirror else say("cases.origin.own")
    )
    rows.append(Fact(label=say("cases.origin.record"), value=record))
    return tuple(rows)


def files_of(view: CaseView) -> tuple[FileRow, ...]:
    """Return the attachments, named as their senders named them; an erased one says so."""
    names: dict[str, str] = {}
    for one in view.told:
        names.update((one.private or {}).get("files", {}))
    return tuple(
        FileRow(
            name=names.get(str(row.pk), say("cases.file.erased")),
            url=reverse("cases:file-download", args=[view.case.pk, row.pk]),
            size=say("cases.file.size", kilobytes=max(1, round(row.size / 1024))),
            erased=row.erased_at is not None or str(row.pk) not in names,
        )
        for row in view.attachments
    )


def _linked(view: CaseView) -> Iterator[LinkedRow]:
    for one in view.linked:
        procedure = pinned(view.town, one.procedure)
        due = word_moment(one.due_at, lang=tongue(), now=view.now) if one.due_at else ""
        yield LinkedRow(
            number=one.number,
            url=reverse("cases:case", args=[one.pk]),
            title=one.title,
            stage=titled(procedure.case.stages[one.stage].title),
            due=due,
        )


def _seal(view: CaseView) -> str:
    if view.broken_at is not None:
        return say("cases.seal.broken", seq=view.broken_at)
    count = view.case.seq
    if view.sealed_at is None or not view.case.sealed_seq:
        return say("cases.seal.not_yet", count=count)
    at = word_moment(view.sealed_at, lang=tongue(), now=view.now)
    return say("cases.seal.sealed", count=count, at=at, seq=view.case.sealed_seq)
