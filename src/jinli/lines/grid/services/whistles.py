"""The whistle: every act as a thin function over the engine. Nothing here decides what the procedure decides.

What these functions add is what the procedure cannot know: the kind's limits, the duty list, the bodies of the town,
and who typed an answer that came by telephone. Each takes the `version` that the page carried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinli.cases import editions
from jinli.cases.models import Assignment, Case
from jinli.cases.services import OpenCase, make_move
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.grid.models import WhistleKind
from jinli.lines.grid.selectors import whistles as reads
from jinli.lines.grid.selectors.bodies import whistle_bodies
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import DutyLine

AT_ONCE = "dispatch_now"


@dataclass(frozen=True, kw_only=True)
class Blow:
    """What a whistle is blown with.

    Attributes
    ----------
    kind : code of the kind of whistle; it decides the limits, the procedure and who approves.
    duty_line : code of the line of the duty list on which the town whistles.
    lead, assisting : codes of departments.
    """

    kind: str
    duty_line: str
    lead: str
    assisting: tuple[str, ...] = ()
    reason: str


def blow_whistle(
    *, acting: Acting, report: Case, version: int | None, asked: Blow, channel: str = "page", key: str | None = None
) -> Case:
    """Whistle for departments on a report, and return the whistle: a case of its own, linked to the report.

    Raises
    ------
    RefusedError : the kind may not be blown by this duty; the line is the town's own, or names another lead.
    InvalidInputError : kind, line, a department or a body of the town is missing.
    """
    town = report.town
    now = moment.now()
    day = reads.day_of(town)
    kind = reads.whistle_kind(town, asked.kind, day)
    if not acting.roles & set(kind.blown_by):
        raise RefusedError("grid.whistle.kind_not_yours", field="kind", kind=kind.name)
    line = reads.duty_line(town, asked.duty_line, day)
    check_line(line, asked.lead)
    _check_departments(report, [asked.lead, *asked.assisting])
    repeats = reads.repeated_whistles(town, place=report.place_id, class_code=report.class_code, before=now)
    bodies = whistle_bodies(town, day)
    given: dict[str, Any] = {
        "kind": kind.code,
        "duty_line": line.code,
        "lead": asked.lead,
        "assisting": list(asked.assisting),
        "reason": asked.reason,
    }
    facts: dict[str, Any] = {
        "assisting": list(asked.assisting),
        "at_once": approved_at_once(kind),
        "duty_line": line.code,
        "kind": kind.code,
        "kind_edition": kind.edition,
        "lead": asked.lead,
        "repeats": list(repeats.values_list("number", flat=True)[:20]),
    }
    linked = OpenCase(
        type_code=reads.WHISTLE,
        procedure=f"{kind.procedure}/{editions.latest(town, kind.procedure).edition}",
        title=report.title,
        channel=channel,
        class_code=report.class_code,
        place=report.place,
        lon=report.lon,
        lat=report.lat,
        given=given,
        terms=reads.terms_of(kind),
        facts={name: value for name, value in facts.items() if value},
        bodies={**bodies, "approver": bodies["owner" if approved_at_once(kind) else "leader"]},
        simulated=report.simulated,
    )
    act = MakeMove(case=report.pk, move="blow", version=version, channel=channel, given=given, linked=linked, key=key)
    number = make_move(acting=acting, act=act)
    return Case.objects.select_related("town", "place").get(town=town, number=number)


def check_line(line: DutyLine, lead: str) -> None:
    """See that the duty list lets the town whistle on a line, for the department that leads there.

    Raises RefusedError `grid.whistle.line_is_ours`, `grid.whistle.other_lead`.
    """
    if line.kind == DutyLine.Kind.BASIC:
        raise RefusedError("grid.whistle.line_is_ours", field="duty_line", line=line.title)
    if line.lead is not None and line.lead.code != lead:
        raise RefusedError("grid.whistle.other_lead", field="lead", line=line.title, lead=line.lead.name)


def _check_departments(report: Case, codes: Sequence[str]) -> None:
    known = {one.code for one in reads.departments(report.town, reads.day_of(report.town))}
    for position, code in enumerate(codes):
        field = "assisting" if position else "lead"
        if code not in known:
            raise InvalidInputError("grid.whistle.no_such_department", field=field, found=code)
        if code in codes[:position]:
            raise InvalidInputError("grid.whistle.department_twice", field=field, found=code)


def approved_at_once(kind: WhistleKind) -> bool:
    """Return whether the command centre sends this kind out without waiting for the leader."""
    return "command_centre" in kind.approved_by


def _move(acting: Acting, case: Case, move: str, version: int | None, *, track: str = "case", **more: Any) -> None:
    make_move(acting=acting, act=MakeMove(case=case.pk, move=move, version=version, track=track, **more))


def _assigned(acting: Acting, assignment: Assignment, move: str, version: int | None, **more: Any) -> None:
    _move(acting, assignment.case, move, version, track=assignment.key, **more)


def approve(*, acting: Acting, whistle: Case, version: int | None, key: str | None = None) -> None:
    """Approve a whistle (the leader, never the person who asked for it)."""
    _move(acting, whistle, "approve", version, key=key)


def decline(*, acting: Acting, whistle: Case, version: int | None, reason: str, key: str | None = None) -> None:
    """Do not approve a whistle; the report goes back to the town."""
    _move(acting, whistle, "decline", version, given={"reason": reason}, key=key)


def dispatch(
    *,
    acting: Acting,
    whistle: Case,
    version: int | None,
    lead: str,
    assisting: Sequence[str] = (),
    at_once: bool = False,
    key: str | None = None,
) -> list[Assignment]:
    """Send the whistle out: each department gets an assignment and clocks of its own. Return those that are open.

    `at_once` sends an emergency out from the request, without approval.
    """
    _check_departments(whistle, [lead, *assisting])
    given = {"lead": lead, "assisting": list(assisting)}
    _move(acting, whistle, AT_ONCE if at_once else "dispatch", version, given=given, key=key)
    return open_assignments(whistle)


def add_body(
    *,
    acting: Acting,
    whistle: Case,
    version: int | None,
    reason: str,
    lead: str = "",
    assisting: Sequence[str] = (),
    key: str | None = None,
) -> list[Assignment]:
    """Send the whistle to further departments; their clocks run from now. Return the open assignments."""
    _check_departments(whistle, [one for one in (lead, *assisting) if one])
    given = {"reason": reason, "lead": lead, "assisting": list(assisting)}
    _move(acting, whistle, "add_body", version, given=given, key=key)
    return open_assignments(whistle)


def open_assignments(whistle: Case) -> list[Assignment]:
    """Return the assignments of a whistle without an outcome, in the order in which they were opened."""
    rows = Assignment.objects.filter(case=whistle, outcome="").select_related("body", "case__owner", "case__town")
    return sorted(rows, key=lambda one: int(one.key[1:]))


def sign_in(*, acting: Acting, assignment: Assignment, version: int | None, channel: str = "page") -> None:
    """Sign in for an assignment."""
    _assigned(acting, assignment, "sign_in", version, channel=channel)


def contact(
    *,
    acting: Acting,
    assignment: Assignment,
    version: int | None,
    note: str,
    channel: str = "page",
    happened_at: datetime | None = None,
    late_reason: str = "",
) -> None:
    """Note that the department contacted the reporter; recorded afterwards it needs the moment and a reason."""
    given = {"note": note, "late_reason": late_reason}
    _assigned(acting, assignment, "contact", version, given=given, channel=channel, happened_at=happened_at)


def refuse(
    *, acting: Acting, assignment: Assignment, version: int | None, reason: str, legal_basis: str, channel: str = "page"
) -> None:
    """Refuse an assignment with reason and legal basis; a district office arbitrates."""
    given = {"reason": reason, "legal_basis": legal_basis}
    _assigned(acting, assignment, "refuse", version, given=given, channel=channel)


def arbitrate(
    *, acting: Acting, assignment: Assignment, version: int | None, upheld: bool, reason: str, legal_basis: str
) -> None:
    """Decide a refusal (the district office only): released when upheld, back to work when overruled."""
    given = {"reason": reason, "legal_basis": legal_basis}
    _assigned(acting, assignment, "uphold" if upheld else "overrule", version, given=given)


def interim(*, acting: Acting, assignment: Assignment, version: int | None, note: str, channel: str = "page") -> None:
    """Report how far the work is; no clock stops."""
    _assigned(acting, assignment, "interim", version, given={"note": note}, channel=channel)


def ask_extension(
    *, acting: Acting, assignment: Assignment, version: int | None, reason: str, channel: str = "page"
) -> None:
    """Ask for more time; it counts only when the leader grants it before the report is due."""
    _assigned(acting, assignment, "ask_extension", version, given={"reason": reason}, channel=channel)


def grant_extension(*, acting: Acting, assignment: Assignment, version: int | None, reason: str) -> None:
    """Grant the extension that was asked for (the leader); the limit once more, once for each department."""
    _assigned(acting, assignment, "grant_extension", version, given={"reason": reason})


def report(
    *,
    acting: Acting,
    assignment: Assignment,
    version: int | None,
    result: str,
    rating: int | None = None,
    channel: str = "page",
) -> None:
    """Report the result; with `rating` the department also rates the whistle (for the district, never public)."""
    _assigned(acting, assignment, "report", version, given={"result": result}, channel=channel)
    if rating:
        held = Assignment.objects.select_related("case").get(pk=assignment.pk)  # after our own report
        rate_town(acting=acting, assignment=held, version=held.version, rating=rating, channel=channel)


def confirm_arrival(*, acting: Acting, assignment: Assignment, version: int | None, note: str = "") -> None:
    """Confirm that the department is there (the town's person on site)."""
    _assigned(acting, assignment, "confirm_arrival", version, given={"note": note})


def verify(
    *, acting: Acting, whistle: Case, version: int | None, passed: bool, text: str, key: str | None = None
) -> None:
    """Verify the work on site: pass it, or send it back to the lead for another round (never by who reported)."""
    move, given = ("verify_passed", {"result": text}) if passed else ("verify_returned", {"reason": text})
    _move(acting, whistle, move, version, given=given, key=key)


def withdraw(*, acting: Acting, whistle: Case, version: int | None, reason: str, key: str | None = None) -> None:
    """Take the whole whistle back."""
    _move(acting, whistle, "withdraw", version, given={"reason": reason}, key=key)


def withdraw_one(*, acting: Acting, assignment: Assignment, version: int | None, reason: str) -> None:
    """Take the whistle back from one department."""
    _assigned(acting, assignment, "withdraw_one", version, given={"reason": reason})


def rate_department(*, acting: Acting, whistle: Case, version: int | None, body: str, rating: int) -> None:
    """Rate a department that worked on the whistle, 1 to 5; ratings go to the district, never to the public."""
    if body not in set(Assignment.objects.filter(case=whistle).values_list("body__code", flat=True)):
        raise InvalidInputError("grid.whistle.no_such_department", field="rated", found=body)
    _move(acting, whistle, "rate_department", version, given={"rating": _score(rating), "rated": body})


def rate_town(
    *, acting: Acting, assignment: Assignment, version: int | None, rating: int, channel: str = "page"
) -> None:
    """Rate the whistle of the town, 1 to 5, once for each department."""
    _assigned(acting, assignment, "rate_town", version, given={"rating": _score(rating)}, channel=channel)


def _score(rating: int) -> int:
    if rating not in range(1, 6):
        raise InvalidInputError("grid.whistle.rating_range", field="rating")
    return rating


def on_behalf(*, acting: Acting, assignment: Assignment, said_by: str) -> Acting:
    """Return how the command centre types what a department said by telephone: the department acts, the clerk types.

    The clerk stays in the journal as the person, so that nobody verifies what they typed themselves.
    Raises RefusedError `grid.whistle.telephone_not_yours`, InvalidInputError `grid.whistle.said_by_needed`.
    """
    owner = assignment.case.owner
    if "command_centre" not in acting.roles or owner is None or owner.code != acting.body:
        raise RefusedError("grid.whistle.telephone_not_yours")
    if not said_by.strip():
        raise InvalidInputError("grid.whistle.said_by_needed", field="said_by")
    return Acting(
        town=acting.town,
        person=acting.person,
        appointment=acting.appointment,
        body=assignment.body.code,
        body_id=assignment.body_id,
        home_id=acting.home_id,
        roles=frozenset({"department_officer"}),
        hat="on_behalf",
        duty=acting.duty,
        name_as_stated=said_by.strip(),
    )


#: What may be taken by telephone, and the need that holds what was said.
BY_TELEPHONE = {
    "sign_in": "",
    "contact": "note",
    "interim": "note",
    "report": "result",
    "refuse": "reason",
    "ask_extension": "reason",
}


def answer_by_telephone(
    *,
    acting: Acting,
    assignment: Assignment,
    version: int | None,
    move: str,
    said_by: str,
    said_at: datetime,
    text: str = "",
    legal_basis: str = "",
    late_reason: str = "",
) -> None:
    """Type what a department said by telephone, marked as typed on its behalf.

    `said_at` is kept in the journal; clocks count it only where the procedure allows recording afterwards (contact),
    else they count the moment of typing. Raises InvalidInputError for a moment in the future or before the dispatch.
    """
    if move not in BY_TELEPHONE:
        raise InvalidInputError("domain.move.unknown", move=move, field="move")
    now = moment.now()
    if not assignment.opened_at <= said_at <= now:
        raise InvalidInputError("grid.whistle.said_at_range", field="said_at")
    named = BY_TELEPHONE[move]
    given: dict[str, Any] = {"said_at": said_at.isoformat(), **({named: text} if named else {})}
    if move == "refuse":
        given["legal_basis"] = legal_basis
    happened = said_at if move == "contact" and said_at < now else None
    if happened is not None:
        given["late_reason"] = late_reason
    by = on_behalf(acting=acting, assignment=assignment, said_by=said_by)
    _assigned(by, assignment, move, version, given=given, channel="telephone", happened_at=happened)
