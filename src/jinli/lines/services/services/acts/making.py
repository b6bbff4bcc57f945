"""The one way an act on an application is made: lock, look, check, move; what was due before stays in any case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from jinli.cases.models import RequestKey
from jinli.cases.papers.composing import compose
from jinli.cases.services import keys, make_move
from jinli.cases.services.issuing import Seal, draft
from jinli.cases.services.moving import MakeMove
from jinli.cases.services.opening import actor_of
from jinli.cases.work import Work
from jinli.domain.decide import decide as by_the_rules
from jinli.domain.errors import DomainError
from jinli.domain.requests import MoveRequest
from jinli.lines.services.selectors.matters import Matter, matter_of
from jinli.lines.services.services.contents import Content
from jinli.town.acting import Acting
from jinli.town.inserts import Batch


@dataclass(frozen=True, kw_only=True)
class OnCase:
    """On which application somebody acts.

    Attributes
    ----------
    version : the one the page or call carried (of the track).
    key : idempotency key of the form.
    channel : `page`, `counter` (a clerk for the applicant), `public` (the applicant).
    shown : given a list, nothing is done: the papers the act would issue are put into it, without their numbers.
    told : given one, nothing is done: what the act would carry is put into it, judged by the matter it holds. So a
        simulated history is told by the same services as a real one.
    """

    acting: Acting
    case: UUID
    version: int | None
    key: str | None = None
    channel: str = "page"
    track: str = "case"
    shown: list[dict[str, Any]] | None = None
    told: Telling | None = None


@dataclass(frozen=True, kw_only=True)
class Act:
    """What an act adds to the move, as `MakeMove` has it.

    The seal of its papers follows from the power behind it; `seal` is for what is done without one.
    """

    move: str
    given: dict[str, Any] = field(default_factory=dict)
    terms: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    private: dict[str, Any] = field(default_factory=dict)
    papers: dict[str, Content] = field(default_factory=dict)
    seal: Seal | None = None


@dataclass(kw_only=True)
class Telling:
    """An act that is told instead of done: the matter as it then is, what the act carries, and what follows from it."""

    matter: Matter
    act: Act | None = None
    along: Callable[[Matter, Work], Sequence[Batch]] | None = None
    after: Callable[[Matter], None] | None = None


def carry_out(
    on: OnCase,
    decide: Callable[[Matter], Act],
    *,
    along: Callable[[Matter, Work], Sequence[Batch]] | None = None,
    after: Callable[[Matter], None] | None = None,
) -> str:
    """Make an act on an application and return the number of its case.

    `decide` checks under the lock what the procedure cannot, and says what the move carries; `along` gives rows that
    are written with it, in the same statements; `after` writes what has to see it done. Neither is called for a form
    sent twice. Raises what `decide`, `along` and `make_move` raise; what was due before is written all the same.
    """
    if on.told is not None:
        on.told.act, on.told.along, on.told.after = decide(on.told.matter), along, after
        return ""
    if on.shown is not None:
        on.shown.extend(_look(on, decide))
        return ""
    answer, refused = "", None
    made: list[Work] = []
    with transaction.atomic():
        matter = matter_of(on.acting, on.case, lock=True)

        def rows(work: Work) -> Sequence[Batch]:
            made.append(work)
            return along(matter, work) if along is not None else ()

        try:
            act = decide(matter)
        except DomainError as error:
            first = _answered(on)
            if first is not None:  # the same form sent again
                return first
            refused = error
        else:
            try:
                answer = make_move(acting=on.acting, act=_asked(on, act), held=matter.work.apart(), along=rows)
            except DomainError as error:
                refused = error
            else:
                if after is not None and made:
                    after(matter)
    if refused is not None:
        raise refused
    return answer


def _asked(on: OnCase, act: Act) -> MakeMove:
    return MakeMove(
        case=on.case,
        move=act.move,
        version=on.version,
        track=on.track,
        channel=on.channel,
        given=said(act),
        terms=act.terms,
        facts=act.facts,
        bodies=act.bodies,
        private=act.private,
        key=on.key,
        papers=act.papers,
        seal=act.seal,
    )


def said(act: Act) -> dict[str, Any]:
    """Return the answers an act gives, without those left empty."""
    return {name: value for name, value in act.given.items() if value not in (None, "", [], ())}


def _look(on: OnCase, decide: Callable[[Matter], Act]) -> Iterator[dict[str, Any]]:
    """Yield what the papers of an act would say if it were done now; refuses what the act itself would refuse."""
    matter = matter_of(on.acting, on.case)
    act = _asked(on, decide(matter))
    work = matter.work
    request = MoveRequest(
        move=act.move, actor=actor_of(on.acting), happened_at=matter.now, recorded_at=matter.now, track=act.track,
        channel=act.channel, given=act.given, terms=act.terms, facts=act.facts, bodies=act.bodies,
    )  # fmt: skip
    found = by_the_rules(work.state, work.procedure, request, work.book, work.sealing)
    move = work.procedure.track(act.track).moves[act.move]
    drafts = draft(work=work, move=move, decision=found, contents=act.papers, seal=act.seal, at=matter.now)
    for one in drafts:
        yield compose(one.template, one.facts, hat=one.seal.hat, basis=one.seal.basis)


def _answered(on: OnCase) -> str | None:
    if not on.key:
        return None
    rows = RequestKey.objects.filter(town=on.acting.town, actor=keys.actor_token(on.acting), key=on.key[:80])
    return rows.values_list("answer", flat=True).first()
