"""Note that a case was entered in another system by hand, and under which number it stands there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from jinli.cases.models import Case, Link, RequestKey
from jinli.cases.services import keys
from jinli.cases.services.opening import actor_of
from jinli.cases.work import Work, flush, take, tell_origin
from jinli.domain.errors import ConflictError, DomainError, InvalidInputError
from jinli.domain.requests import Decision
from jinli.domain.state import CaseState
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.inserts import Batch
from jinli.town.models import Division

NOTED_THERE: Final = "noted_there"
#: How a case is linked with the mirror of itself.
MIRRORED: Final = "mirror"


@dataclass(frozen=True, kw_only=True)
class Mirrors:
    """The mirrors that turn out to be this very case, and those that were taken for it under a wrong number."""

    found: Collection[UUID] = ()
    mistaken: Collection[UUID] = ()


#: What a room above keeps of it, given the case, the number noted before and the moment: called under the lock of the
#: case, before the entry is written; may refuse.
Remember = Callable[[Case, str, datetime], Mirrors]


@dataclass(frozen=True, kw_only=True)
class There:
    """How a case stands in another system: its number there, and how often that was noted (what a page carries)."""

    number: str = ""
    times: int = 0


def there(state: CaseState, system: str) -> There:
    """Return how the case stands in a system, as its journal tells it."""
    found = state.facts.get(_fact(system))
    return There(number=found["number"], times=found["times"]) if found else There()


def _fact(system: str) -> str:
    return f"there.{system}"


def note_done_there(
    *,
    acting: Acting,
    case: UUID,
    version: int | None,
    system: str,
    system_name: str,
    foreign_number: str,
    key: str | None = None,
    remember: Remember | None = None,
) -> str:
    """Note the number of a case in another system, or correct it, and return the number of the case here.

    An entry of the engine: it moves no clock, no stage and no version of the case, so nobody else's page grows old.
    `version` is how often the number had been noted when the page was made: of two who note at once the second is
    told. Mirrors that `remember` returns are linked with the case, or no longer.

    Raises
    ------
    ConflictError : somebody noted a number of the same system meanwhile; the facts say which.
    InvalidInputError : the page carried no version; the number stands already.
    Case.DoesNotExist : no such case in the town of the one who acts.
    """
    request = keys.digest({"case": str(case), "move": NOTED_THERE, "system": system, "number": foreign_number})
    refused: DomainError | None = None

    def run() -> str:
        nonlocal refused
        now = moment.now()
        work, origin = take(case)
        if work.case.town_id != acting.town:
            raise Case.DoesNotExist
        first = keys.answered(work.case.town, acting, key, request)
        if first is not None:  # the same form sent again: its page is older than its own act
            return first
        work.settle(now)
        recorded = max(now, work.state.recorded_at or now)
        along: list[RequestKey] = []
        try:
            was = _expected(work, system, version, foreign_number)
            mirrors = remember(work.case, was.number, recorded) if remember else Mirrors()
        except DomainError as error:
            refused = error
        else:
            noted = {"name": system_name, "number": foreign_number, "system": system, "was": was.number}
            work.add(_decision(acting, work, noted, was.times + 1, recorded))
            _link(work.case, mirrors, recorded)
            along = keys.first_answer(work.case.town, acting, key, request, work.case.number, now)
        tell_origin(work, origin, now, now)
        flush([work] if origin is None else [work, origin], Batch(rows=along))
        return work.case.number

    if key:
        answer = keys.once(Division(pk=acting.town), acting, key, request, run)
    else:
        with transaction.atomic():
            answer = run()
    if refused is not None:
        raise refused
    return answer


def _link(case: Case, mirrors: Mirrors, at: datetime) -> None:
    Link.objects.filter(case=case, kind=MIRRORED, other__in=mirrors.mistaken).delete()
    links = [Link(case=case, other_id=one, kind=MIRRORED, at=at) for one in mirrors.found]
    Link.objects.bulk_create(links, ignore_conflicts=True)


def _expected(work: Work, system: str, version: int | None, foreign_number: str) -> There:
    """Return how the case stands there, if that is what the page showed."""
    present = there(work.state, system)
    if version is None:
        raise InvalidInputError("cases.version_missing", field="version")
    if version != present.times:
        raise ConflictError("cases.noted_meanwhile", number=work.case.number, foreign_number=present.number)
    if present.number == foreign_number:
        raise InvalidInputError("cases.noted_already", field="foreign_number", foreign_number=foreign_number)
    return present


def _decision(acting: Acting, work: Work, noted: dict[str, str], times: int, at: datetime) -> Decision:
    body: dict[str, Any] = {
        "actor": actor_of(acting).to_json(),
        "channel": "page",
        "facts": {_fact(noted["system"]): {"number": noted["number"], "times": times}},
        "happened_at": at.isoformat(),
        "move": NOTED_THERE,
        "noted": {name: value for name, value in noted.items() if value},
        "procedure": work.case.procedure,
        "recorded_at": at.isoformat(),
        "track": "case",
    }
    return Decision(body=body, payload={})
