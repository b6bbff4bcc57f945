"""Make a move: lock the case, apply what is due, decide, write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jinli.cases.models import Case, Link
from jinli.cases.search import more_terms
from jinli.cases.services import keys
from jinli.cases.services.issuing import Contents, Seal, draft, issue
from jinli.cases.services.opening import OpenCase, actor_of, prepare, write_new
from jinli.cases.work import WRITERS, Work, check_version, flush, take, tell_origin
from jinli.domain.decide import decide
from jinli.domain.errors import DomainError
from jinli.domain.limits import TimeLimit
from jinli.domain.procedure import CASE
from jinli.domain.requests import Decision, MoveRequest
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.inserts import Batch
from jinli.town.models import Division

#: The case after the act, as it is about to be written -> rows of the caller that are written with it.
Along = Callable[[Work], Sequence[Batch]]


@dataclass(frozen=True, kw_only=True)
class MakeMove:
    """One act on a case.

    Attributes
    ----------
    version : the version of the track that the page or call carried; never one read in the same request.
    linked : the case to open with this move, for moves that open one.
    private : free text and names beyond what the move itself needs.
    papers : kind of paper -> what it says beside the facts that the engine knows (`jinli.packs.papers.FACTS`). A move
        that may issue several kinds issues those named here.
    seal : whose seal the papers bear, in what quality and under which delegation; else that of the case's owner.
    """

    case: UUID
    move: str
    version: int | None
    track: str = CASE
    channel: str = "page"
    given: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, TimeLimit] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    private: Mapping[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    linked: OpenCase | None = None
    papers: Contents = field(default_factory=dict)
    seal: Seal | None = None
    key: str | None = None


def make_move(*, acting: Acting, act: MakeMove, held: Work | None = None, along: Along | None = None) -> str:
    """Make the move and return the case number, or that of the linked case it opened.

    What was due before is applied and stays, even when the act itself is refused. `held` is the case where the caller
    locked and read it in the same transaction: it is not read again, and is used up. `along` is asked for rows once
    the rules have nothing against the act, and never for a form sent twice; what it refuses undoes the whole act.

    Raises
    ------
    ConflictError : the case changed since the page was made; the facts say how.
    InvalidInputError, RefusedError : from the rules (`jinli.domain.decide`); nothing of the act was written.
    Case.DoesNotExist : no such case in the town of the one who acts.
    """
    if not act.key:
        with transaction.atomic():
            answer, refused = _move(acting, act, "", held, along)
    else:
        request = keys.digest({"case": str(act.case), "move": act.move, "track": act.track, "given": _text(act.given)})
        refused = None

        def run() -> str:
            nonlocal refused
            answer, refused = _move(acting, act, request, held, along)
            return answer

        answer = keys.once(Division(pk=acting.town), acting, act.key, request, run)
    if refused is not None:
        raise refused
    return answer


def _text(found: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in found.items()}


def _move(
    acting: Acting, act: MakeMove, request: str, held: Work | None, along: Along | None
) -> tuple[str, DomainError | None]:
    """Return the answer, or the refusal; what was due is written in both cases."""
    now = moment.now()
    work, origin = _taken(act.case, held)
    if work.case.town_id != acting.town:
        raise Case.DoesNotExist
    carried = work.before.version if act.track == CASE else _version(work, act.track)
    work.settle(now)
    works = [work] if origin is None else [work, origin]
    opened: list[Work] = []
    try:
        check_version(act.version, carried, work, act.track)
        answer = _apply(acting, act, work, opened, now)
    except DomainError as error:
        first = keys.answered(work.case.town, acting, act.key, request)
        if first is not None:  # the same form sent again: its page is older than its own act
            return first, None
        tell_origin(work, origin, now, now)
        flush(works)
        return work.case.number, error
    tell_origin(work, origin, work.entries[-1].happened_at, work.entries[-1].recorded_at)
    rows = along(work) if along is not None else ()
    flush(works, Batch(rows=keys.first_answer(work.case.town, acting, act.key, request, answer, now)), *rows)
    return answer, None


def _taken(case: UUID, held: Work | None) -> tuple[Work, Work | None]:
    """Return the case and the one it came from; a case that came from none stays as it is in hand."""
    if held is not None and held.case.origin_id is None:
        return held, None
    return take(case)


def _version(work: Work, track: str) -> int:
    found = work.before.assignments.get(track)
    return found.version if found else -1


def _apply(acting: Acting, act: MakeMove, work: Work, opened: list[Work], now: datetime) -> str:
    recorded = max(now, work.state.recorded_at or now)
    happened = act.happened_at or recorded
    request = MoveRequest(
        move=act.move,
        actor=actor_of(acting),
        happened_at=happened,
        recorded_at=recorded,
        track=act.track,
        channel=act.channel,
        given=act.given,
        terms=act.terms,
        facts=act.facts,
        bodies=act.bodies,
    )
    decision = decide(work.state, work.procedure, request, work.book, work.sealing)
    move = work.procedure.track(act.track).moves[act.move]
    writer = WRITERS.get(work.case.type_code)
    contents = act.papers or (writer(work, move, act.given) if writer is not None else {})
    drafts = draft(work=work, move=move, decision=decision, contents=contents, seal=act.seal, at=recorded)
    answer = work.case.number
    if act.linked is not None:
        linked, found = prepare(acting=acting, town=work.case.town, spec=act.linked, now=recorded, origin=work.case)
        facts = {**decision.body.get("facts", {}), "linked_number": linked.case.number}
        decision = Decision(body={**decision.body, "facts": facts}, payload=decision.payload)
        answer = linked.case.number
        write_new([linked], [found], [Link(case=work.case, other=linked.case, kind=act.linked.type_code, at=recorded)])
    work.add(issue(work=work, decision=decision, drafts=drafts, at=recorded), act.private)
    work.settle(now)
    if "title" in act.facts:
        more_terms(work.case.pk, [str(act.facts["title"])])
    return answer
