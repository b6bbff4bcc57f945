"""Open a case: number it, make its first move, index it, all in one transaction."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from jinli.cases import editions, search
from jinli.cases.book import book_of
from jinli.cases.identity import case_id, secret_hash
from jinli.cases.models import Case, Link, RequestKey, SearchRow
from jinli.cases.services import keys
from jinli.cases.services.issuing import Contents, Seal, issued_by
from jinli.cases.work import Salt, Work, flush, random_salt
from jinli.domain.decide import decide
from jinli.domain.limits import TimeLimit
from jinli.domain.requests import Actor, Decision, MoveRequest
from jinli.domain.state import CaseState
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.inserts import Batch, made
from jinli.town.models import Division, Party, Place
from jinli.town.services import new_party

#: Texts of the erasable payload that go into the search index; what a case is not looked for by stays out of it.
FOUND_BY: Final = frozenset(
    {"address", "credit_code", "firm_name", "foreign_number", "name", "result", "telephone", "text"}
)
#: Letters and digits that cannot be mistaken for each other on paper or telephone.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """What a line asks for when it opens a case.

    Attributes
    ----------
    title : never personal; it stands in lists.
    private : names, telephones, addresses, free text of the reporter: the erasable payload of the first entry.
    met : name, telephone, address of a reporter met with this case; makes the party in the same transaction.
    key : idempotency key of the form, phone or foreign system.
    papers, seal : as in `MakeMove`: what the papers of the first move say, and whose seal they bear.
    """

    type_code: str
    title: str
    channel: str
    class_code: str = ""
    place: Place | None = None
    lon: float | None = None
    lat: float | None = None
    reporter: Party | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    terms: Mapping[str, TimeLimit] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    private: Mapping[str, Any] = field(default_factory=dict)
    met: Mapping[str, str] = field(default_factory=dict)
    happened_at: datetime | None = None
    key: str | None = None
    simulated: bool = False
    system_of_record: str | None = None
    foreign_number: str = ""
    procedure: str | None = None
    papers: Contents = field(default_factory=dict)
    seal: Seal | None = None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The answer to an opening: the number, and the code that lets the reporter follow it (shown once)."""

    id: UUID
    number: str
    code: str


@lru_cache(maxsize=256)
def actor_of(acting: Acting) -> Actor:
    """Return what the domain knows of somebody who acts."""
    return Actor(
        person=str(acting.person) if acting.person else None,
        body=acting.body,
        duty=acting.duty,
        hat=acting.hat,
        roles=acting.roles,
        as_stated=acting.name_as_stated,
    )


def tracking_code(key: str) -> str:
    """Return the eight characters that belong to a form token: the same again when the form is sent twice."""
    mac = hmac.new(settings.SECRET_KEY.encode(), b"track:" + key.encode(), "sha256").digest()
    return "".join(_ALPHABET[byte % 32] for byte in mac[:8])


def open_case(*, acting: Acting, town: Division, spec: OpenCase) -> Opened:
    """Open a case and return its number.

    Raises
    ------
    InvalidInputError : an answer the first move needs is missing; the key was used for something else.
    RefusedError : this duty may not open such cases.
    """
    key = spec.key or ""
    request = keys.digest(
        {
            "type": spec.type_code,
            "title": spec.title,
            "place": spec.place.code if spec.place else "",
            "given": _text(spec.given),
            "private": _text(spec.private),
        }
    )

    opened: dict[str, UUID] = {}

    def act() -> str:
        work, row = prepare(acting=acting, town=town, spec=spec, now=moment.now())
        opened[work.case.number] = work.case.pk
        first = keys.first_answer(town, acting, spec.key, request, work.case.number, work.case.opened_at)
        write_new([work], [row], answers=first)
        return work.case.number

    number = keys.once(town, acting, spec.key, request, act)
    found = opened.get(number) or Case.objects.values_list("pk", flat=True).get(town=town, number=number)
    return Opened(id=found, number=number, code=tracking_code(key) if key else "")


def _text(found: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in found.items() if value not in (None, "")}


def case_facts(case: Case) -> dict[str, Any]:
    """Return the columns of a case that never change, as its first entry records them for `verify`."""
    facts: dict[str, Any] = {
        "channel": case.channel,
        "foreign_number": case.foreign_number,
        "lat": None if case.lat is None else repr(case.lat),
        "lon": None if case.lon is None else repr(case.lon),
        "origin": case.origin.number if case.origin else None,
        "place": case.place.code if case.place else None,
        "reporter": str(case.reporter_id) if case.reporter_id else None,
        "simulated": case.simulated,
        "system_of_record": case.system_of_record,
        "track_code": case.track_code,
        "type": case.type_code,
    }
    return {name: value for name, value in facts.items() if value not in (None, "", False)}


def prepare(
    *,
    acting: Acting,
    town: Division,
    spec: OpenCase,
    now: datetime,
    origin: Case | None = None,
    number: str | None = None,
    salt: Salt = random_salt,
    ids: Callable[[], UUID] = case_id,
) -> tuple[Work, SearchRow]:
    """Return a new case in hand with its first entry, not yet written."""
    procedure = editions.pinned(town, spec.procedure) if spec.procedure else editions.latest(town, spec.type_code)
    happened = spec.happened_at or now
    prefix = procedure.number_prefix.zh
    local = happened.astimezone(ZoneInfo(town.zone))
    if number is None:
        number = keys.number_text(prefix, local.year, keys.next_number(town, prefix, local))
    case = made(
        Case,
        id=ids(),
        town=town,
        number=number,
        type_code=spec.type_code,
        procedure=f"{procedure.code}/{procedure.edition}",
        system_of_record=spec.system_of_record or procedure.system_of_record,
        foreign_number=spec.foreign_number,
        origin=origin,
        root=(origin.root or origin.pk) if origin else None,
        title=spec.title,
        class_code=spec.class_code,
        place=spec.place,
        lon=spec.lon,
        lat=spec.lat,
        reporter=spec.reporter,
        channel=spec.channel,
        track_code=secret_hash(tracking_code(spec.key)) if spec.key else "",
        simulated=spec.simulated,
        opened_at=happened,
    )
    state = CaseState(number=case.number, type_code=case.type_code)
    work = Work(case=case, procedure=procedure, book=book_of(town), before=state, state=state, new=True, salt=salt)
    request = MoveRequest(
        move=procedure.initial.code,
        actor=actor_of(acting),
        happened_at=happened,
        recorded_at=max(now, happened),
        channel=spec.channel,
        given=spec.given,
        terms=spec.terms,
        facts={"title": spec.title, **({"class_code": spec.class_code} if spec.class_code else {}), **spec.facts},
        bodies=spec.bodies,
    )
    if spec.met and spec.reporter is None:
        work.met = new_party(town=town, **spec.met, source_case=case.pk, at=request.recorded_at)
        case.reporter = work.met.party
    decision = decide(state, procedure, request, work.book, work.sealing)
    opening = Decision(body={**decision.body, "case": case_facts(case)}, payload=decision.payload)
    opening = issued_by(work, procedure.initial, opening, spec.papers, spec.seal)
    work.add(opening, spec.private)
    work.settle(now)
    return work, search.index(case, search_texts(spec))


def search_texts(spec: OpenCase) -> list[str]:
    """Return what a case can be found by beside its number and title: plain texts, never a form."""
    found = [value for name, value in spec.private.items() if name in FOUND_BY and isinstance(value, str)]
    return found + ([spec.place.name] if spec.place else [])


def write_new(
    works: list[Work], found: Iterable[SearchRow], links: Iterable[Link] = (), answers: Iterable[RequestKey] = ()
) -> None:
    """Write new cases with their search rows and links, and what was answered to whom.

    Raises
    ------
    IntegrityError : one of `answers` was given before.
    """
    flush(works, Batch(rows=list(answers)), Batch(rows=list(found)), Batch(rows=list(links)))
