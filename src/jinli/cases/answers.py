"""What machines read of cases: the present, the promises, the journal without personal data, the moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from jinli.cases.editions import pinned
from jinli.cases.models import Assignment, Case, Clock
from jinli.cases.pages.case_entries import move_title
from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.selectors.case_view import CaseView, Told
from jinli.cases.selectors.names import asker, named, titled
from jinli.cases.services.opening import actor_of
from jinli.domain.guards import options
from jinli.domain.procedure import CASE
from jinli.domain.state import RUNNING, ClockState

REPORTER: Final = "reporter"


@dataclass(frozen=True, kw_only=True)
class Known:
    """A code and what people call it, in the language of the call."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ClockAnswer:
    """One promise. `due_at` is exclusive: the end of 29 September is the first moment of the 30th; `last_day` says 29.

    `verdict` is open, kept, broken, lapsed or void; `late` says that it is past due now and still owed.
    """

    key: int
    code: str
    name: str
    track: str
    owed_by: Known
    owed_to: Known
    right: bool
    limit: dict[str, Any]
    started_at: datetime
    due_at: datetime
    last_day: date | None
    provisional: bool
    at_the_latest: bool
    state: str
    verdict: str
    late: bool
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class AssignmentAnswer:
    """A piece of the case given to one body; `version` is what a move on this track must carry."""

    track: str
    body: Known
    role: str
    round: int
    stage: Known
    outcome: str
    duty_line: str
    version: int


@dataclass(frozen=True, kw_only=True)
class EntryAnswer:
    """One entry of the journal. What is personal or free text is not here; `stored` is false for what is due now."""

    seq: int
    move: Known
    track: str
    by: Known
    hat: str
    channel: str
    happened_at: datetime
    recorded_at: datetime
    given: dict[str, Any]
    stored: bool


@dataclass(frozen=True, kw_only=True)
class MoveAnswer:
    """One move: open to this hat now, or closed with the reason why."""

    move: Known
    track: str
    open: bool
    needs: list[str]
    code: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseAnswer:
    """A whole case; `version` is what a move on the track `case` must carry."""

    id: UUID
    number: str
    type: str
    procedure: str
    title: str
    stage: Known
    phase: str
    version: int
    place: Known | None
    class_code: str
    channel: str
    system_of_record: str
    simulated: bool
    owner: Known
    handler: Known
    origin: str
    linked: list[str]
    opened_at: datetime
    closed_at: datetime | None
    clocks: list[ClockAnswer]
    assignments: list[AssignmentAnswer]
    timeline: list[EntryAnswer]
    moves: list[MoveAnswer]


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One case of a list."""

    id: UUID
    number: str
    type: str
    title: str
    stage: Known
    phase: str
    place: Known | None
    class_code: str
    owner: Known
    handler: Known
    simulated: bool
    opened_at: datetime
    due_at: datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """One page of a list; `next` goes into `after` for the page behind it and is empty on the last."""

    rows: list[CaseRow]
    next: str


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One promise of the queue. `state` is running or paused; `version` is what a move on `track` must carry."""

    number: str
    type: str
    title: str
    stage: str
    track: str
    role: str
    clock: Known
    owed_by: Known
    owed_to: Known
    place: Known | None
    state: str
    due_at: datetime
    last_day: date | None
    provisional: bool
    late: bool
    simulated: bool
    version: int


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """One page of the queue, the first due first; `next` goes into `after` and is empty on the last page."""

    rows: list[QueueRow]
    next: str


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A move that was made; `opened` is the number of the case it opened, empty when it opened none."""

    number: str
    move: str
    track: str
    opened: str


def known(row: Any) -> Known:
    """Return code and name of a body or place; empty for none."""
    return Known(code=row.code, name=named(row)) if row is not None else Known(code="", name="")


def _perhaps(row: Any) -> Known | None:
    return None if row is None else known(row)


def case_answer(view: CaseView) -> CaseAnswer:
    """Return a case as it stands now, what is due already applied."""
    case, state, procedure = view.case, view.work.state, view.work.procedure
    return CaseAnswer(
        id=case.pk,
        number=case.number,
        type=case.type_code,
        procedure=case.procedure,
        title=str(state.facts.get("title", case.title)),
        stage=Known(code=state.stage, name=titled(procedure.case.stages[state.stage].title)),
        phase=state.phase,
        version=view.version,
        place=_perhaps(case.place),
        class_code=case.class_code,
        channel=case.channel,
        system_of_record=case.system_of_record,
        simulated=case.simulated,
        owner=_body(view, state.bodies.get("owner")),
        handler=_body(view, state.bodies.get("handler")),
        origin=view.origin.number if view.origin is not None and view.origin_seen else "",
        linked=[one.number for one in view.linked],
        opened_at=case.opened_at,
        closed_at=state.closed_at,
        clocks=[_clock(view, one) for one in state.clocks.values()],
        assignments=[_assignment(view, key) for key in state.assignments],
        timeline=[_entry(view, one) for one in view.told],
        moves=list(_moves(view)),
    )


def _body(view: CaseView, code: str | None) -> Known:
    return Known(code=code or "", name=asker(view.case.type_code) if code == REPORTER else view.name(code))


def _clock(view: CaseView, clock: ClockState) -> ClockAnswer:
    due, rule = view.work.book.due(clock), view.work.procedure.clocks[clock.code]
    return ClockAnswer(
        key=clock.key,
        code=clock.code,
        name=titled(rule.title),
        track=clock.track,
        owed_by=_body(view, clock.owed_by),
        owed_to=_body(view, clock.owed_to),
        right=rule.right,
        limit=clock.limit.to_json(),
        started_at=clock.started_at,
        due_at=due.at,
        last_day=due.last_day,
        provisional=due.provisional,
        at_the_latest=due.at_the_latest,
        state=clock.state,
        verdict=clock.verdict,
        late=clock.state == RUNNING and due.at <= view.now,
        ended_at=clock.ended_at,
    )


def _assignment(view: CaseView, key: str) -> AssignmentAnswer:
    item, track = view.work.state.assignments[key], view.work.procedure.track(key)
    return AssignmentAnswer(
        track=key,
        body=_body(view, item.body),
        role=item.role,
        round=item.round,
        stage=Known(code=item.stage, name=titled(track.stages[item.stage].title)),
        outcome=item.outcome or "",
        duty_line=item.duty_line or "",
        version=view.versions.get(key, item.version),
    )


def _entry(view: CaseView, one: Told) -> EntryAnswer:
    body, actor = one.body, one.body["actor"]
    return EntryAnswer(
        seq=body["seq"],
        move=Known(code=body["move"], name=move_title(view, body)),
        track=body["track"],
        by=_body(view, actor.get("body")),
        hat=actor.get("hat", ""),
        channel=body.get("channel", ""),
        happened_at=one.happened_at,
        recorded_at=one.recorded_at,
        given={name: value for name, value in body.get("given", {}).items() if name != "person"},
        stored=one.stored,
    )


def _moves(view: CaseView) -> Iterator[MoveAnswer]:
    """Yield the moves of the procedure; an ended assignment offers only what is still open on it."""
    work = view.work
    for one in options(work.state, work.procedure, actor_of(view.acting), view.now, work.book, work.sealing):
        over = one.track != CASE and work.state.assignments[one.track].outcome is not None
        if set(one.move.duty) == {"reporter"} or (over and not one.allowed):
            continue
        yield MoveAnswer(
            move=Known(code=one.move.code, name=titled(one.move.title)),
            track=one.track,
            open=one.allowed,
            needs=list(one.move.needs),
            code=one.refusal.code if one.refusal else "",
            reason=refusal_text(view, one.refusal) if one.refusal else "",
        )


def case_row(case: Case) -> CaseRow:
    """Return one row of a list; place, owner and handler are read with it."""
    stage = pinned(case.town, case.procedure).case.stages.get(case.stage)
    return CaseRow(
        id=case.pk,
        number=case.number,
        type=case.type_code,
        title=case.title,
        stage=Known(code=case.stage, name=titled(stage.title) if stage else case.stage),
        phase=case.phase,
        place=_perhaps(case.place),
        class_code=case.class_code,
        owner=known(case.owner),
        handler=known(case.handler_body),
        simulated=case.simulated,
        opened_at=case.opened_at,
        due_at=case.due_at,
        version=case.version,
    )


def queue_rows(
    clocks: Iterable[Clock], given: Mapping[tuple[UUID, str], Assignment], now: datetime
) -> Iterator[QueueRow]:
    """Yield the rows of the queue; case, place and bodies are read with the clocks, `given` are their assignments."""
    for clock in clocks:
        case, item = clock.case, given.get((clock.case_id, clock.track))
        rule = pinned(case.town, case.procedure).clocks.get(clock.code)
        yield QueueRow(
            number=case.number,
            type=case.type_code,
            title=case.title,
            stage=item.stage if item else case.stage,
            track=clock.track,
            role=item.role if item else "",
            clock=Known(code=clock.code, name=titled(rule.title) if rule else clock.code),
            owed_by=known(clock.owed_by),
            owed_to=known(clock.owed_to),
            place=_perhaps(case.place),
            state=clock.state,
            due_at=clock.due_at,
            last_day=clock.last_day,
            provisional=clock.provisional,
            late=clock.state == RUNNING and clock.due_at <= now,
            simulated=case.simulated,
            version=item.version if item else case.version,
        )
