"""Many cases at once, through the same functions and with the same hashes as one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from jinli.cases import editions
from jinli.cases.models import Link, RequestKey, SearchRow
from jinli.cases.services import keys
from jinli.cases.services.issuing import Contents, Seal, draft, issue
from jinli.cases.services.opening import OpenCase, actor_of, prepare, write_new
from jinli.cases.work import Salt, Work, random_salt, tell_origin
from jinli.domain.decide import decide
from jinli.domain.errors import DomainError
from jinli.domain.limits import TimeLimit
from jinli.domain.procedure import CASE
from jinli.domain.requests import Decision, MoveRequest
from jinli.town.acting import Acting
from jinli.town.models import Division

ORIGIN, LINKED = "origin", "linked"
_TOLD = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class ScriptedAct:
    """One act of a script at its own moment, on the case (`origin`) or on the linked case that it opened.

    `choose` names the move from the case as it then is, where that follows from the journal (a random draw);
    `None` leaves the act out. `becomes` returns the whole act from the case as it then is, where a line's own service
    says what the act carries.
    """

    at: datetime
    acting: Acting
    move: str
    on: str = ORIGIN
    track: str = CASE
    channel: str = "page"
    given: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, TimeLimit] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    private: Mapping[str, Any] = field(default_factory=dict)
    linked: OpenCase | None = None
    papers: Contents = field(default_factory=dict)
    seal: Seal | None = None
    choose: Callable[[Work], str | None] | None = None
    becomes: Callable[[Work, ScriptedAct], ScriptedAct] | None = None


@dataclass(frozen=True, kw_only=True)
class Script:
    """A case to record: how it opened, what was done, and until when time passed by itself.

    Attributes
    ----------
    salt : where the payloads' salts come from; given only by simulated histories, which must come out the same again.
    key : unique within `source`; a script recorded before is left out, so that a killed run can be repeated.
    spec : must say `happened_at`.
    """

    source: str
    key: str
    acting: Acting
    spec: OpenCase
    acts: Sequence[ScriptedAct] = ()
    until: datetime
    salt: Salt | None = None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What one chunk added."""

    cases: int
    entries: int
    refused: tuple[tuple[str, DomainError], ...]


def record_many(
    *, town: Division, scripts: Iterator[Script], chunk: int = 200, salt: Callable[[], bytes] = random_salt
) -> Iterator[Recorded]:
    """Record scripts in chunks, each one transaction, and yield what each chunk added.

    A refused act of a script is reported and left out; the case goes on without it. A script whose opening is refused
    is reported and adds nothing.
    """
    while True:
        held = list(islice(scripts, chunk))
        if not held:
            return
        with transaction.atomic():
            recorded = _record(town, held, salt)
        yield recorded


def _record(town: Division, scripts: list[Script], salt: Salt) -> Recorded:
    known = set(
        RequestKey.objects.filter(
            town=town, actor__in={script.source for script in scripts}, key__in=[script.key for script in scripts]
        ).values_list("actor", "key")
    )
    fresh = [script for script in scripts if (script.source, script.key) not in known]
    numbers = _Numbers(town, fresh)
    works: list[Work] = []
    rows: list[SearchRow] = []
    links: list[Link] = []
    answered: list[RequestKey] = []
    refused: list[tuple[str, DomainError]] = []
    for script in fresh:
        try:
            played = _play(town, script, numbers, script.salt or salt, refused)
        except DomainError as error:
            refused.append((script.key, error))
            continue
        _read_by_now([work for work, _ in played], script.until)
        works += [work for work, _ in played]
        rows += [row for _, row in played]
        links += [
            Link(case=played[0][0].case, other=work.case, kind=work.case.type_code, at=work.case.opened_at)
            for work, _ in played[1:]
        ]
        first = played[0][0].case
        answered.append(
            RequestKey(
                town=town, actor=script.source, key=script.key, request="", answer=first.number, at=first.opened_at
            )
        )
    entries = sum(len(work.entries) for work in works)
    write_new(works, rows, links)
    RequestKey.objects.bulk_create(answered, batch_size=400)
    return Recorded(cases=len(works), entries=entries, refused=tuple(refused))


def _read_by_now(works: list[Work], until: datetime) -> None:
    """Nobody is told again what lies days back in a recorded past."""
    for notice in (one for work in works for one in work.notices):
        if notice.created_at < until - _TOLD:
            notice.read_at = notice.created_at + _TOLD


class _Numbers:
    """Case numbers reserved for a chunk, by prefix and year."""

    def __init__(self, town: Division, scripts: list[Script]) -> None:
        self.town, self.zone = town, ZoneInfo(town.zone)
        wanted: dict[tuple[str, int], int] = {}
        for script in scripts:
            for spec in (script.spec, *(act.linked for act in script.acts if act.linked)):
                at = spec.happened_at or script.acts[0].at
                slot = (self._prefix(spec), at.astimezone(self.zone).year)
                wanted[slot] = wanted.get(slot, 0) + 1
        self.next = {
            slot: keys.next_number(town, slot[0], datetime(slot[1], 7, 1, tzinfo=self.zone), count)
            for slot, count in wanted.items()
        }

    def _prefix(self, spec: OpenCase) -> str:
        return editions.latest(self.town, spec.type_code).number_prefix.zh

    def take(self, spec: OpenCase, at: datetime) -> str:
        slot = (self._prefix(spec), at.astimezone(self.zone).year)
        number = self.next.get(slot)
        if number is None:  # not foreseen by the scripts: reserved one by one, so that no later chunk takes it again
            number = keys.next_number(self.town, slot[0], datetime(slot[1], 7, 1, tzinfo=self.zone))
        else:
            self.next[slot] = number + 1
        return keys.number_text(slot[0], slot[1], number)


def _play(
    town: Division, script: Script, numbers: _Numbers, salt: Salt, refused: list[tuple[str, DomainError]]
) -> list[tuple[Work, SearchRow]]:
    opened = script.spec.happened_at
    assert opened is not None
    number = numbers.take(script.spec, opened)
    played = [prepare(acting=script.acting, town=town, spec=script.spec, now=opened, number=number, salt=salt)]
    for act in script.acts:
        origin = played[0][0]
        work = origin if act.on == ORIGIN else played[-1][0]
        _settle(played, act.at)
        try:
            _act(town, act, work, played, numbers, salt)
        except DomainError as error:
            refused.append((script.key, error))
            continue
        if len(played) > 1 and work is not origin:
            _tell(work, origin, act.at)
    _settle(played, script.until)
    return played


def _settle(played: list[tuple[Work, SearchRow]], now: datetime) -> None:
    for work, _ in reversed(played):
        open_before = work.state.phase != "closed"
        work.settle(now)
        if open_before and work is not played[0][0]:
            _tell(work, played[0][0], now)


def _tell(work: Work, origin: Work, now: datetime) -> None:
    if work.state.phase == "closed" and origin.state.facts.get("linked_number") == work.case.number:
        told = origin.state.facts.get("linked_stage") is not None and origin.state.stage != "whistled"
        if not told:
            tell_origin(work, origin, work.state.acts[-1].at, max(now, work.state.recorded_at or now))


def _act(
    town: Division,
    act: ScriptedAct,
    work: Work,
    played: list[tuple[Work, SearchRow]],
    numbers: _Numbers,
    salt: Salt,
) -> None:
    recorded = max(act.at, work.state.recorded_at or act.at)
    if act.becomes is not None:
        act = act.becomes(work, act)
    move = act.choose(work) if act.choose else act.move
    if move is None:
        return
    request = MoveRequest(
        move=move,
        actor=actor_of(act.acting),
        happened_at=recorded,
        recorded_at=recorded,
        track=act.track,
        channel=act.channel,
        given=act.given,
        terms=act.terms,
        facts=act.facts,
        bodies=act.bodies,
    )
    decision = decide(work.state, work.procedure, request, work.book, work.sealing)
    known = work.procedure.track(act.track).moves[move]
    drafts = draft(work=work, move=known, decision=decision, contents=act.papers, seal=act.seal, at=recorded)
    if act.linked is not None:
        number = numbers.take(act.linked, act.at)
        linked = prepare(
            acting=act.acting, town=town, spec=act.linked, now=recorded, origin=work.case, number=number, salt=salt
        )
        facts = {**decision.body.get("facts", {}), "linked_number": linked[0].case.number}
        decision = Decision(body={**decision.body, "facts": facts}, payload=decision.payload)
        played.append(linked)
    work.add(issue(work=work, decision=decision, drafts=drafts, at=recorded), act.private)
    work.settle(act.at)
