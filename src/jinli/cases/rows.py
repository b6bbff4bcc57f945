"""From the state of a case to its columns: what queues, lists and figures read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from jinli.cases.book import TownBook, organisation_id
from jinli.cases.identity import part_id
from jinli.cases.models import Assignment, Case, Clock, Notice, Rating
from jinli.domain.deadlines import DueMoment
from jinli.domain.procedure import Procedure
from jinli.domain.state import OPEN, PAUSED, RUNNING, STOPPED, CaseState, ClockState
from jinli.town.inserts import made
from jinli.town.models import Division

#: What finds the key of an organisation by its code.
Ids = Callable[[Division, str], int]

CASE_COLUMNS = [
    "title", "class_code", "foreign_stage", "foreign_link", "stage", "phase", "owner_id", "handler_body_id",
    "handler_id", "closed_at", "due_at", "version", "seq", "head",
]  # fmt: skip
ASSIGNMENT_COLUMNS = ("stage", "outcome", "handler", "version")
CLOCK_COLUMNS = (
    "owed_by", "started_at", "state", "verdict", "ended_at", "pauses", "extensions", "due_at", "warn_at", "wakes_at",
    "last_day", "provisional", "at_the_latest", "editions",
)  # fmt: skip


def project_case(
    case: Case, state: CaseState, procedure: Procedure, book: TownBook, ids: Ids = organisation_id
) -> None:
    """Set the case's columns from its state."""
    case.stage, case.phase = state.stage, state.phase
    case.version, case.seq = state.version, state.seq
    case.title = str(state.facts.get("title", case.title))
    case.class_code = str(state.facts.get("class_code", case.class_code))
    case.foreign_stage = str(state.facts.get("foreign_stage", case.foreign_stage))
    case.foreign_link = str(state.facts.get("foreign_link", case.foreign_link))
    case.owner_id = _body(case, state.bodies.get("owner"), ids)
    case.handler_body_id = _body(case, state.bodies.get("handler"), ids)
    case.handler_id = UUID(state.handler) if state.handler else None
    case.closed_at = state.closed_at
    case.due_at = min((book.due(clock).at for clock in live(state)), default=None)


def live(state: CaseState) -> list[ClockState]:
    """Return the clocks by whose earliest due moment lists are ordered."""
    return [clock for clock in state.clocks.values() if clock.state != STOPPED]


def _body(case: Case, code: str | None, ids: Ids = organisation_id) -> int | None:
    return None if code is None or code == "reporter" else ids(case.town, code)


def assignments(case: Case, before: CaseState, state: CaseState) -> Iterator[Assignment]:
    """Yield the rows of assignments that are new or changed."""
    for key, item in state.assignments.items():
        if before.assignments.get(key) != item:
            yield Assignment(
                id=part_id(case.pk, "assignment", int(key[1:])),
                case=case,
                town_id=case.town_id,
                key=key,
                body_id=organisation_id(case.town, item.body),
                role=item.role,
                round=item.round,
                stage=item.stage,
                outcome=item.outcome or "",
                duty_line=item.duty_line or "",
                handler_id=UUID(item.handler) if item.handler else None,
                version=item.version,
                opened_at=item.moments["opened_at"],
            )


def clocks(case: Case, before: CaseState, state: CaseState, procedure: Procedure, book: TownBook) -> Iterator[Clock]:
    """Yield the rows of clocks that are new or changed."""
    for key, item in state.clocks.items():
        if before.clocks.get(key) != item:
            yield clock_row(case, item, procedure, book)


def clock_row(case: Case, item: ClockState, procedure: Procedure, book: TownBook, ids: Ids = organisation_id) -> Clock:
    """Return the row of one clock with its due moment."""
    due = book.due(item)
    return made(
        Clock,
        id=part_id(case.pk, "clock", item.key),
        case=case,
        town_id=case.town_id,
        key=item.key,
        code=item.code,
        track=item.track,
        owed_by_id=_body(case, item.owed_by, ids),
        owed_to_id=_body(case, item.owed_to, ids),
        right=procedure.clocks[item.code].right,
        limit=item.limit.to_json(),
        started_at=item.started_at,
        state=item.state,
        verdict=item.verdict,
        ended_at=item.ended_at,
        pauses=[_plain(asdict(pause)) for pause in item.pauses],
        extensions=[_plain(asdict(extension)) for extension in item.extensions],
        due_at=due.at,
        warn_at=book.warns_at(item),
        wakes_at=None if procedure.external else wakes_at(item, due.at),
        last_day=due.last_day,
        provisional=due.provisional,
        at_the_latest=due.at_the_latest,
        editions=editions_text(due),
    )


def editions_text(due: DueMoment) -> str:
    """Return the calendar editions that a due moment rests on, as a clock keeps them."""
    return ",".join([f"{year}/{edition}" for year, edition in due.editions]) if due.editions else ""


def wakes_at(item: ClockState, due: datetime) -> datetime | None:
    """Return when the engine must look at this clock next, `None` when nothing will happen by itself."""
    moments = [due] if item.verdict == OPEN and item.state in (RUNNING, PAUSED) else []
    if item.state == PAUSED:
        moments += [pause.until for pause in item.pauses if pause.ended_at is None and pause.until is not None]
    return min(moments, default=None)


def _plain(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in found.items()}


def notices(case: Case, body: Mapping[str, Any], at: datetime) -> Iterator[Notice]:
    """Yield the notices an entry causes: in-app for organisations, a message for the reporter."""
    for told in body.get("tell", ()):
        unique = f"{case.pk.hex}/{body['seq']}/{told}"
        if told == "reporter":
            if case.reporter_id is not None:
                yield Notice(
                    town_id=case.town_id, case=case, entry_seq=body["seq"], channel="sms", to_party_id=case.reporter_id,
                    move=body["move"], unique=unique, created_at=at,
                )  # fmt: skip
        else:
            yield Notice(
                town_id=case.town_id, case=case, entry_seq=body["seq"], channel="in_app",
                to_body_id=organisation_id(case.town, told), move=body["move"], unique=unique, created_at=at,
                state=Notice.State.SENT, sent_at=at,
            )  # fmt: skip


def ratings(case: Case, body: Mapping[str, Any], state: CaseState, at: datetime) -> Iterator[Rating]:
    """Yield the rating row of a rating entry; who rates whom follows from the track and the actor."""
    score = body.get("given", {}).get("rating")
    if not score:
        return
    actor = body["actor"].get("body")
    rated = body["given"].get("rated")
    if body["track"] != "case":
        rated = state.bodies.get("owner")
    elif actor is None:
        rated = state.bodies.get("handler") or state.bodies.get("owner")
    yield Rating(
        case=case,
        town_id=case.town_id,
        entry_seq=body["seq"],
        by_kind="reporter" if actor is None else "department" if body["track"] != "case" else "town",
        by_body_id=_body(case, actor),
        of_body_id=_body(case, rated),
        score=int(score),
        at=at,
    )
