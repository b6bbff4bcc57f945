"""What happens to a report: filed or answered, solved, called back, contested and rated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from jinli.cases.models import Case, Entry
from jinli.cases.services import make_move
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.grid.models import ClassStandard
from jinli.lines.grid.selectors.bodies import handlers_at
from jinli.lines.grid.selectors.routes import route_of
from jinli.lines.grid.selectors.standards import limit_of, repeats_of, standard_at
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division
from jinli.town.selectors import local_day
from jinli.ui.words import say_in

#: The six lawful exits at intake (接诉即办 practice): each needs its reason and a reply to the one who reported.
EXITS: Final = ("emergency", "other_channel", "repeated", "private", "outside_duties", "unlawful")
EMERGENCY_LINES: Final = ("110", "119", "120", "122")
LAWFUL_CHANNELS: Final = ("litigation", "arbitration", "review", "discipline", "disclosure", "petition")
ANSWERS: Final = ("solved", "unsolved", "unreachable")
SATISFACTION: Final = ("satisfied", "basic", "unsatisfied")
PROMISE_UNITS: Final = (Unit.URGENT_HOUR, Unit.WORKING_HOUR, Unit.WORKING_DAY, Unit.CALENDAR_DAY)
SCORES: Final = (5, 4, 3, 2, 1)
DEFAULT_SHARE: Final = 5  # per cent of self-solved reports that somebody else verifies


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A limit that a named person promises because no source gives one."""

    amount: int
    unit: str

    def limit(self) -> TimeLimit:
        """Return the limit. Raises InvalidInputError at the field."""
        if self.unit not in PROMISE_UNITS:
            raise InvalidInputError("grid.file.promise_missing", field="promise_amount")
        return TimeLimit(amount=self.amount, unit=Unit(self.unit), source=say_in("zh-hans", "grid.file.promised"))


def file_report(
    *,
    acting: Acting,
    case: UUID,
    version: int | None,
    standard: str,
    handler: str = "",
    handler_reason: str = "",
    promise: Promise | None = None,
    key: str | None = None,
) -> str:
    """File a report under a class standard and give it to its handler; return the case number.

    The limit is that of the standard, copied in with its source; a standard without one needs a `promise`, and a
    person with a name who makes it. The handler follows from routing; another one needs a reason.

    Raises
    ------
    InvalidInputError : at the field; RefusedError, ConflictError : as every move.
    """
    row = Case.objects.select_related("town", "place").get(pk=case, town=acting.town)
    now = moment.now()
    day = local_day(row.town, now)
    chosen = standard_at(row.town, standard, day)
    limit = _limit(chosen, promise, acting)
    found = route_of(row.town, place=row.place, class_code=chosen.class_code, at=row.opened_at)
    body = handler or found.body
    if not body:
        raise InvalidInputError("grid.file.handler_missing", field="handler")
    if body != found.body and not handler_reason.strip():
        raise InvalidInputError("grid.file.handler_reason_missing", field="handler_reason")
    if body not in {one.code for one in handlers_at(row.town, day)}:
        raise InvalidInputError("grid.file.not_a_handler", field="handler")
    given: dict[str, Any] = {"standard": f"{chosen.code}/{chosen.edition}", "handler": body}
    if body != found.body:
        given["reason"] = handler_reason.strip()
    if limit_of(chosen) is None and promise is not None:
        given["promise"] = f"{promise.amount} {promise.unit}"
    facts: dict[str, Any] = {
        "title": title_of(chosen),
        "class_code": chosen.class_code,
        "self_solved": chosen.self_solved,
        "standard": chosen.code,
        "standard_edition": chosen.edition,
        "route": found.rule.code if found.rule and body == found.body else "",
        "repeats": len(repeats_of(row.town, row.place_id, chosen.class_code, now, but=row)),
    }
    return make_move(
        acting=acting,
        act=MakeMove(
            case=case, move="file", version=version, given=given, terms={"handle": limit}, facts=facts, key=key
        ),
    )


def title_of(standard: ClassStandard) -> str:
    """Return what lists show of a filed report: the class and the condition under which it was filed."""
    return f"{standard.minor}：{standard.condition}"[:120]


def _limit(standard: ClassStandard, promise: Promise | None, acting: Acting) -> TimeLimit:
    limit = limit_of(standard)
    if limit is not None:
        return limit
    if promise is None or acting.person is None:
        raise InvalidInputError("grid.file.promise_missing", field="promise_amount")
    return promise.limit()


def exit_report(
    *,
    acting: Acting,
    case: UUID,
    version: int | None,
    exit: str,
    reason: str,
    reply: str,
    detail: str = "",
    duty_line: str = "",
    key: str | None = None,
) -> str:
    """Answer a report without filing it, by one of the six lawful exits.

    `detail` is the emergency line, the lawful channel, or the number of the earlier report, as the exit asks;
    `duty_line` the line of the duty list that shows whose it is. Raises InvalidInputError at the field.
    """
    if exit not in EXITS:
        raise InvalidInputError("grid.exit.kind_missing", field="exit")
    asked = {"emergency": EMERGENCY_LINES, "other_channel": LAWFUL_CHANNELS}.get(exit)
    if asked is not None and detail not in asked:
        raise InvalidInputError(f"grid.exit.{exit}.missing", field="detail")
    if exit == "repeated":
        _earlier(acting, case, detail)
    given = {"exit": exit, "reason": reason.strip(), "reply": reply.strip()}
    given |= {"detail": detail} if detail else {}
    given |= {"duty_line": duty_line} if duty_line and exit == "outside_duties" else {}
    return make_move(acting=acting, act=MakeMove(case=case, move="exit", version=version, given=given, key=key))


def _earlier(acting: Acting, case: UUID, number: str) -> None:
    """Refuse a repetition of nothing: the earlier report must be there."""
    rows = Case.objects.filter(town=acting.town, number=number, type_code="grid_report").exclude(pk=case)
    if not number or not rows.exists():
        raise InvalidInputError("grid.exit.repeated.missing", field="detail")


def reroute_report(
    *, acting: Acting, case: UUID, version: int | None, handler: str, reason: str, key: str | None = None
) -> str:
    """Give a report to another body of the town; no clock starts anew. Raises InvalidInputError at the field."""
    row = Case.objects.select_related("town", "handler_body").get(pk=case, town=acting.town)
    allowed = {one.code for one in handlers_at(row.town, local_day(row.town, moment.now()))}
    if handler not in allowed or (row.handler_body and handler == row.handler_body.code):
        raise InvalidInputError("grid.file.not_a_handler", field="handler")
    given = {"handler": handler, "reason": reason.strip()}
    return make_move(acting=acting, act=MakeMove(case=case, move="reroute", version=version, given=given, key=key))


def solve(
    *,
    acting: Acting,
    case: UUID,
    version: int | None,
    result: str,
    happened_at: datetime | None = None,
    late_reason: str = "",
    key: str | None = None,
) -> str:
    """Say that a report is solved; the way on follows from its class.

    What a town may solve by itself is called back at once, but for a share that is drawn to be verified by somebody
    else; everything else is verified. Raises as every move.
    """
    row = Case.objects.select_related("town").get(pk=case, town=acting.town)
    self_solved, drawn = drawn_for_check(row)
    move = "solve_at_once" if self_solved and not drawn else "solve"
    given = {"result": result.strip()} | ({"late_reason": late_reason.strip()} if happened_at else {})
    facts = {"sampled": drawn} if self_solved else {}
    act = MakeMove(case=case, move=move, version=version, given=given, facts=facts, happened_at=happened_at, key=key)
    return make_move(acting=acting, act=act)


def drawn_for_check(case: Case) -> tuple[bool, bool]:
    """Return whether the class may be solved at once, and whether this report was drawn to be verified all the same.

    The draw follows from the hash of the entry that filed the report: it was fixed before anybody handled it, nobody
    can steer it afterwards, and anybody who reads the journal can draw again.
    """
    entries = Entry.objects.filter(case=case, move__in=("file", "solve", "solve_at_once")).order_by("seq")
    rows = list(entries.values_list("move", "hash", "body"))
    filed = next(((head, body) for move, head, body in reversed(rows) if move == "file"), None)
    if filed is None:
        raise RefusedError("grid.solve.not_filed")
    rounds = sum(1 for move, _, _ in rows if move != "file")
    self_solved = bool(json.loads(filed[1]).get("facts", {}).get("self_solved"))
    return self_solved, self_solved and drawn(filed[0], rounds, share_of(case.town))


def share_of(town: Division) -> int:
    """Return how many per cent of self-solved reports are verified."""
    return int(town.settings.get("sample_share", DEFAULT_SHARE))


def drawn(head: str, rounds: int, share: int) -> bool:
    """Return whether a draw by this hash falls into the share; each time a report is solved it is drawn anew."""
    number = int(sha256(f"{head}:{rounds}".encode()).hexdigest()[:8], 16)
    return number % 10_000 < share * 100


def call_back(
    *,
    acting: Acting,
    case: UUID,
    version: int | None,
    answer: str,
    satisfaction: str = "",
    note: str = "",
    key: str | None = None,
) -> str:
    """Keep what the reporter said on the telephone: solved or not, satisfied or not, or not reached.

    Raises InvalidInputError at the field.
    """
    if answer not in ANSWERS:
        raise InvalidInputError("grid.callback.answer_missing", field="answer")
    if answer != "unreachable" and satisfaction not in SATISFACTION:
        raise InvalidInputError("grid.callback.satisfaction_missing", field="satisfaction")
    given = {"answer": answer} | ({"note": note.strip()} if note.strip() else {})
    given |= {"satisfaction": satisfaction} if answer != "unreachable" else {}
    return make_move(acting=acting, act=MakeMove(case=case, move="call_back", version=version, given=given, key=key))


def reporter_of(town: Division) -> Acting:
    """Return how a reporter acts who proved themselves by number and code."""
    return Acting(town=town.pk, hat="resident", duty="reporter", roles=frozenset({"resident", "reporter"}))


def contest(*, town: Division, case: UUID, version: int | None, reason: str, key: str) -> str:
    """Contest the result, once and within its window; the report goes back to its handler. Raises as every move."""
    act = MakeMove(
        case=case, move="contest", version=version, channel="public", given={"reason": reason.strip()}, key=key
    )
    return make_move(acting=reporter_of(town), act=act)


def rate(*, town: Division, case: UUID, version: int | None, score: int, note: str = "", key: str) -> str:
    """Rate how the report was handled, once; the rating goes to the district and is never public.

    Raises InvalidInputError at the field, else as every move.
    """
    if score not in SCORES:
        raise InvalidInputError("grid.rate.score_missing", field="score")
    given: dict[str, Any] = {"rating": score} | ({"note": note.strip()} if note.strip() else {})
    act = MakeMove(case=case, move="rate", version=version, channel="public", given=given, key=key)
    return make_move(acting=reporter_of(town), act=act)
