"""The JSON interface of the grid line: reports and findings come in, standards are read, whistles are blown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from jinli.cases.api import AskedMove, case_of, own_moves, refused
from jinli.cases.models import Assignment
from jinli.cases.selectors.visible import WORKERS
from jinli.domain.errors import DomainError, InvalidInputError
from jinli.lines.grid.answers import (
    Blown,
    ClassAnswer,
    Found,
    FoundOne,
    ItemFault,
    Reported,
    class_answers,
)
from jinli.lines.grid.selectors.standards import classes_of, standards_at
from jinli.lines.grid.services import reports, whistles
from jinli.lines.grid.services.intake import FINDING_ROLES, INTAKE_ROLES, Told, enter_report, find
from jinli.town import moment
from jinli.town.access import access, who_acts
from jinli.town.acting import Acting
from jinli.town.api import FAULTS, Fault, answer, checked_key, fault_of, faulty, key_of, status_of, town_of, version_of
from jinli.town.models import Division, Duty
from jinli.town.selectors import local_day

router = Router(tags=["grid"])
MOST: Final = 100
_LONGEST: Final = 4000


class ReportGiven(Schema):
    """What somebody said, and how it reached the town: telephone, hotline or walk_in. `place` is a code."""

    channel: str = ""
    text: str = ""
    place: str = ""
    address: str = ""
    name: str = ""
    telephone: str = ""
    foreign_number: str = ""
    received_at: AwareDatetime | None = None


class FindingGiven(Schema):
    """What somebody found on patrol. `key` belongs to this one finding for ever; repeat it when in doubt."""

    key: str = ""
    class_code: str = ""
    place: str = ""
    text: str = ""
    address: str = ""


class WhistleGiven(Schema):
    """What a whistle is blown with; bodies and lines by their codes."""

    kind: str = ""
    duty_line: str = ""
    lead: str = ""
    assisting: list[str] = []
    reason: str = ""


@router.post("/reports", response={201: Reported, FAULTS: Fault}, summary="Enter a report")
@access(*INTAKE_ROLES)
def report(request: HttpRequest, given: ReportGiven) -> HttpResponse:
    """Enter what was said by telephone, at the counter, or through the hotline; needs `Idempotency-Key`."""
    told = Told(text=given.text, place=given.place, address=given.address, name=given.name, telephone=given.telephone)
    opened = enter_report(
        acting=who_acts(request),
        town=town_of(request),
        told=told,
        channel=given.channel,
        key=key_of(request),
        foreign_number=given.foreign_number,
        received_at=given.received_at,
    )
    return answer(Reported(number=opened.number, code=opened.code), status=201)


@router.post("/findings", response={200: Found, FAULTS: Fault}, summary="Post findings")
@access(*FINDING_ROLES)
def findings(request: HttpRequest, given: list[FindingGiven]) -> HttpResponse:
    """Post up to 100 findings. Each is taken or refused by itself; the same key again gives the same answer."""
    if len(given) > MOST:
        return faulty("town.api.too_many_items", 422, most=MOST)
    acting, town = who_acts(request), town_of(request)
    return answer(Found(items=[_found(acting, town, one) for one in given]))


def _found(acting: Acting, town: Division, given: FindingGiven) -> FoundOne:
    try:
        opened = find(
            acting=acting,
            town=town,
            class_code=given.class_code,
            place=given.place,
            text=given.text,
            address=given.address,
            key=checked_key(given.key),
        )
    except DomainError as error:
        fault = fault_of(error)
        why = ItemFault(code=fault.code, message=fault.message, field=fault.field, facts=fault.facts)
        return FoundOne(key=given.key, status=status_of(error), number="", error=why)
    return FoundOne(key=given.key, status=201, number=opened.number, error=None)


@router.get("/standards", response={200: list[ClassAnswer], FAULTS: Fault}, summary="Class standards")
@access(*WORKERS)
def standards(request: HttpRequest) -> HttpResponse:
    """The classes of the town today with their standards; a standard without limit has none that a source gives."""
    town = town_of(request)
    rows = standards_at(town, local_day(town, moment.now()))
    return answer(class_answers(classes_of(rows)))


@router.post("/cases/{number}/whistles", response={201: Blown, FAULTS: Fault}, summary="Blow a whistle")
@access(Duty.Role.COMMAND_CENTRE)
def blow(request: HttpRequest, number: str, given: WhistleGiven) -> HttpResponse:
    """Whistle for departments on a report; needs `If-Match` with the report's version and `Idempotency-Key`."""
    row = case_of(request, number)
    try:
        asked = whistles.Blow(
            kind=given.kind,
            duty_line=given.duty_line,
            lead=given.lead,
            assisting=tuple(given.assisting),
            reason=given.reason,
        )
        blown = whistles.blow_whistle(
            acting=who_acts(request),
            report=row,
            version=version_of(request),
            asked=asked,
            channel="api",
            key=key_of(request),
        )
    except DomainError as error:
        return refused(request, row, error)
    return answer(Blown(number=blown.number, report=row.number), status=201)


def _taken(asked: AskedMove, *names: str) -> dict[str, Any]:
    """Return the named answers as text, those not given empty. Raises InvalidInputError for others and other kinds."""
    for name, value in asked.given.items():
        if name not in names:
            raise InvalidInputError("cases.given.not_taken", field=name, name=name, move=asked.move)
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise InvalidInputError("cases.given.text", field=name, name=name, most=_LONGEST)
    return {name: asked.given.get(name, "") for name in names}


def _by(asked: AskedMove) -> dict[str, Any]:
    return {"acting": asked.acting, "case": asked.case.pk, "version": asked.version, "key": asked.key}


def _file(asked: AskedMove) -> str:
    given = dict(asked.given)
    promise = given.pop("promise", None)
    asked = AskedMove(**{**vars(asked), "given": given})
    return reports.file_report(
        **_by(asked), **_taken(asked, "standard", "handler", "handler_reason"), promise=_promise(promise)
    )


def _promise(found: object) -> reports.Promise | None:
    if found is None:
        return None
    if not isinstance(found, dict) or not isinstance(found.get("amount"), int):
        raise InvalidInputError("grid.file.promise_missing", field="promise")
    return reports.Promise(amount=found["amount"], unit=str(found.get("unit", "")))


def _exit(asked: AskedMove) -> str:
    return reports.exit_report(**_by(asked), **_taken(asked, "exit", "reason", "reply", "detail", "duty_line"))


def _reroute(asked: AskedMove) -> str:
    return reports.reroute_report(**_by(asked), **_taken(asked, "handler", "reason"))


def _solve(asked: AskedMove) -> str:
    at: datetime | None = asked.happened_at
    return reports.solve(**_by(asked), **_taken(asked, "result", "late_reason"), happened_at=at)


def _call_back(asked: AskedMove) -> str:
    return reports.call_back(**_by(asked), **_taken(asked, "answer", "satisfaction", "note"))


def _bodies(asked: AskedMove) -> tuple[str, list[str]]:
    lead, assisting = asked.given.get("lead", ""), asked.given.get("assisting", [])
    if not isinstance(lead, str) or not isinstance(assisting, list) or not all(isinstance(i, str) for i in assisting):
        raise InvalidInputError("cases.given.text", field="lead", name="lead", most=_LONGEST)
    return lead, assisting


def _dispatch(asked: AskedMove) -> str:
    lead, assisting = _bodies(asked)
    whistles.dispatch(
        acting=asked.acting,
        whistle=asked.case,
        version=asked.version,
        lead=lead,
        assisting=assisting,
        at_once=asked.move == whistles.AT_ONCE,
        key=asked.key,
    )
    return asked.case.number


def _add_body(asked: AskedMove) -> str:
    lead, assisting = _bodies(asked)
    reason = str(asked.given.get("reason", ""))[:_LONGEST]
    whistles.add_body(
        acting=asked.acting,
        whistle=asked.case,
        version=asked.version,
        lead=lead,
        assisting=assisting,
        reason=reason,
        key=asked.key,
    )
    return asked.case.number


def _rate_department(asked: AskedMove) -> str:
    whistles.rate_department(
        acting=asked.acting,
        whistle=asked.case,
        version=asked.version,
        body=str(asked.given.get("rated", "")),
        rating=_score(asked),
    )
    return asked.case.number


def _rate_town(asked: AskedMove) -> str:
    held = Assignment.objects.select_related("case").filter(case=asked.case, key=asked.track).first()
    if held is None:
        raise InvalidInputError("domain.move.unknown_assignment", field="track", assignment=asked.track[:40])
    whistles.rate_town(acting=asked.acting, assignment=held, version=asked.version, rating=_score(asked))
    return asked.case.number


def _score(asked: AskedMove) -> int:
    found = asked.given.get("rating")
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


_OWN: Final[dict[str, dict[str, Callable[[AskedMove], str]]]] = {
    "grid_report": {
        "file": _file, "exit": _exit, "reroute": _reroute, "solve": _solve, "solve_at_once": _solve,
        "call_back": _call_back,
    },
    "whistle": {
        "dispatch": _dispatch, whistles.AT_ONCE: _dispatch, "add_body": _add_body,
        "rate_department": _rate_department, "rate_town": _rate_town,
    },
}  # fmt: skip
_OWN["whistle_onsite"] = _OWN["whistle"]
own_moves.update({(procedure, move): made for procedure, moves in _OWN.items() for move, made in moves.items()})
