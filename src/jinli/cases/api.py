"""The JSON interface to cases: the queue, lists, one case, and its moves."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime

from jinli.cases import lines
from jinli.cases import queue as queues
from jinli.cases.answers import CaseAnswer, CasePage, Moved, QueuePage, case_answer, case_row, queue_rows
from jinli.cases.editions import pinned
from jinli.cases.models import Case
from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.pages.move_page import conflict_of
from jinli.cases.selectors import listing
from jinli.cases.selectors.case_view import CaseView, case_view
from jinli.cases.selectors.visible import WORKERS, visible_cases
from jinli.cases.services.giving import OF_A_LINE, checked
from jinli.cases.services.moving import MakeMove, make_move
from jinli.domain.errors import ConflictError, DomainError, InvalidInputError, RefusedError
from jinli.domain.procedure import CASE, Procedure
from jinli.town import moment
from jinli.town.access import access, who_acts
from jinli.town.acting import Acting
from jinli.town.api import FAULTS, Fault, answer, fault_of, key_of, status_of, town_of, version_of
from jinli.ui.words import say

router = Router(tags=["cases"])
MOST: Final = 200


@dataclass(frozen=True, kw_only=True)
class AskedMove:
    """A move as a machine asks for it, handed to the line of work that makes it."""

    acting: Acting
    case: Case
    move: str
    track: str
    version: int
    given: Mapping[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    key: str | None = None


#: Moves that a line of work makes by its own service: (procedure code, move) -> what returns the number.
own_moves: dict[tuple[str, str], Callable[[AskedMove], str]] = {}


class MoveGiven(Schema):
    """Which move, on which track (`case`, or the track of an assignment), with which answers."""

    move: str = ""
    track: str = CASE
    given: dict[str, Any] = {}
    happened_at: AwareDatetime | None = None


class QueueAsked(Schema):
    """What narrows the queue. `scope` is ours, mine or awaited; `place` is a code."""

    scope: str = "ours"
    line: str = ""
    clock: str = ""
    place: str = ""
    role: str = ""
    q: str = ""
    after: str = ""
    limit: int = 50


class ListAsked(Schema):
    """What narrows the list. `phase` is open, paused or closed; `place` is a code; `q` searches as the pages do."""

    line: str = ""
    phase: str = ""
    place: str = ""
    q: str = ""
    after: str = ""
    limit: int = 50


@router.get("/queue", response={200: QueuePage, FAULTS: Fault}, summary="The queue")
@access(*WORKERS)
def queue(request: HttpRequest, asked: Query[QueueAsked]) -> HttpResponse:
    """Every running or paused promise the body of the hat owes (or awaits), the first due first."""
    acting, now, size = who_acts(request), moment.now(), _size(asked.limit)
    choice = queues.read({**asked.model_dump(exclude={"limit", "place"}), "after": _opened(asked.after)})
    clocks = queues.narrowed(queues.scoped(acting, choice.scope), acting, choice)
    if asked.place:
        clocks = clocks.filter(case__place__code=asked.place)
    found = list(queues.with_cases(queues.beyond(clocks, choice.after)).order_by("due_at", "id")[: size + 1])
    shown = found[:size]
    last = shown[-1] if len(found) > size else None
    rows = list(queue_rows(shown, queues.assignments_of(shown), now))
    return answer(QueuePage(rows=rows, next=_closed(f"{last.due_at.isoformat()}~{last.pk}") if last else ""))


@router.get("/cases", response={200: CasePage, FAULTS: Fault}, summary="Cases")
@access(*WORKERS)
def cases(request: HttpRequest, asked: Query[ListAsked]) -> HttpResponse:
    """The cases this hat sees, newest first."""
    acting, town, size = who_acts(request), town_of(request), _size(asked.limit)
    query = {**asked.model_dump(exclude={"limit", "place"}), "after": _opened(asked.after)}
    choice = listing.read(query)
    rows = listing.beyond(listing.found_cases(acting, choice, town, moment.now()), choice.after)
    if asked.place:
        rows = rows.filter(place__code=asked.place)
    found = list(rows[: size + 1])
    for one in found:
        one.town = town
    last = found[size - 1] if len(found) > size else None
    page = CasePage(
        rows=[case_row(one) for one in found[:size]], next=_closed(listing.key_of(last)) if last is not None else ""
    )
    return answer(page)


@router.get("/cases/{number}", response={200: CaseAnswer, FAULTS: Fault}, summary="One case")
@access(*WORKERS)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """A case by its number: stage, promises, assignments, journal without personal data, moves with reasons."""
    return answer(case_answer(_view(request, case_of(request, number))))


@router.post("/cases/{number}/moves", response={200: Moved, FAULTS: Fault}, summary="Make a move")
@access(*WORKERS)
def move(request: HttpRequest, number: str, given: MoveGiven) -> HttpResponse:
    """Make a move. `If-Match` carries the version read last of the track; `Idempotency-Key` makes it safe to repeat."""
    row = case_of(request, number)
    try:
        asked = AskedMove(
            acting=who_acts(request),
            case=row,
            move=given.move,
            track=given.track,
            version=version_of(request),
            given=given.given,
            happened_at=given.happened_at,
            key=key_of(request, needed=False) or None,
        )
        found = _make(asked)
    except DomainError as error:
        return refused(request, row, error, given.track)
    opened = found if found != row.number else ""
    return answer(Moved(number=row.number, move=given.move, track=given.track, opened=opened))


def _make(asked: AskedMove) -> str:
    """Make the move, by the service of its line where it has one; return the number."""
    procedure = pinned(asked.case.town, asked.case.procedure)
    own = own_moves.get((procedure.code, asked.move))
    if own is not None:
        return own(asked)
    found = _move_of(procedure, asked)
    if set(found.needs) & OF_A_LINE or found.opens_linked or lines.only_there(procedure.code, found.code):
        raise RefusedError("cases.move.on_its_page", move=found.code)
    act = MakeMove(
        case=asked.case.pk,
        move=found.code,
        version=asked.version,
        track=asked.track,
        channel="api",
        given=checked(acting=asked.acting, town=asked.case.town, move=found, given=asked.given),
        happened_at=asked.happened_at,
        key=asked.key,
    )
    return make_move(acting=asked.acting, act=act)


def _move_of(procedure: Procedure, asked: AskedMove) -> Any:
    if asked.track != CASE and procedure.assignment is None:
        raise InvalidInputError("domain.move.unknown_assignment", field="track", assignment=asked.track[:40])
    found = procedure.track(asked.track).moves.get(asked.move)
    if found is None or found.initial:
        raise InvalidInputError("domain.move.unknown", field="move", move=asked.move[:40])
    return found


def refused(request: HttpRequest, row: Case, error: DomainError, track: str = CASE) -> HttpResponse:
    """Answer a refused act on a case in the words of its page; a conflict says what was done meanwhile."""
    if isinstance(error, ConflictError):
        found = _meanwhile(request, row, track)
        said = say("cases.given.changed", number=row.number, version=found["version"])
        return answer(fault_of(error, said, **found), status=409)
    if isinstance(error, RefusedError) and error.code.startswith("domain."):
        return answer(fault_of(error, refusal_text(_view(request, row), error)), status=status_of(error))
    return answer(fault_of(error), status=status_of(error))


def _meanwhile(request: HttpRequest, row: Case, track: str) -> dict[str, Any]:
    """Return the present version of a track, and what was done on it since the version the call carried."""
    view, carried = _view(request, row), version_of(request)
    version = view.version if track == CASE else view.versions.get(track, 0)
    return {"version": version, "changes": [asdict(one) for one in conflict_of(view, track, carried, []).changes]}


def case_of(request: HttpRequest, number: str) -> Case:
    """Return a case by its number. Raises Http404 for one that is not there, or not for these eyes."""
    row = visible_cases(who_acts(request)).filter(number=number).first()
    if row is None:
        raise Http404
    row.town = town_of(request)
    return row


def _view(request: HttpRequest, row: Case) -> CaseView:
    try:
        return case_view(who_acts(request), row.pk, row.town, moment.now())
    except Case.DoesNotExist:
        raise Http404 from None


def _size(limit: int) -> int:
    return min(max(limit, 1), MOST)


def _closed(key: str) -> str:
    """Return the key of a page as one word for an address."""
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _opened(word: str) -> str:
    """Return the key behind a word; nothing for one that is none of ours."""
    try:
        return urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode()
    except ValueError:
        return ""
