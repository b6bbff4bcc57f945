"""Tasks sent down: received, matched to the duty list, answered. What the procedure decides is decided there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from jinli.cases.models import Case
from jinli.cases.services import OpenCase, open_case
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.inbound import looks_personal
from jinli.domain.limits import TimeLimit, Unit
from jinli.exchange.models import Task
from jinli.exchange.selectors.tasks import TYPE, department_of, line_of
from jinli.exchange.services.asks import NewAsk, answer_rest, keep_asks
from jinli.exchange.services.joint import in_one
from jinli.lines.grid.selectors.bodies import bodies_of
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division, DutyLine
from jinli.town.selectors import local_day
from jinli.ui.words import say_in

MOST_ASKS: Final = 60
MOST_CHARACTERS: Final = 4000
#: Which move an answer makes. Doing what the list took back is work outside it, and is counted as such.
OBJECT, COOPERATE, UNLISTED = "object", "cooperate", "accept_unlisted"
#: Answers that carry the figures with them: what is not filled in yet is filled from what exists.
WITH_FIGURES: Final = frozenset({"answer_at_once", "answer", OBJECT})


@dataclass(frozen=True, kw_only=True)
class Received:
    """What came: who asked, by which way, when, until when, the text as it was pasted, and each thing asked."""

    asker: str
    asker_name: str = ""
    way: str
    text: str = ""
    asks: tuple[str, ...]
    received_at: datetime
    due_at: datetime | None = None
    forms: int = 0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the town says to a task; `as_of` is the moment of the figures on the page that was sent."""

    move: str
    line: str = ""
    lead: str = ""
    as_of: datetime | None = None
    texts: dict[str, str] = field(default_factory=dict)


def receive(*, acting: Acting, town: Division, told: Received, key: str | None = None) -> Case:
    """Take in what was sent down and return its case.

    Raises
    ------
    RefusedError : the duty may not; the town has no command centre.
    InvalidInputError : no asker or nothing asked, a deadline before the question, a moment in the future, an item
        that looks like a person's data.
    """
    if "command_centre" not in acting.roles:
        raise RefusedError("exchange.tasks.not_yours")
    now = moment.now()
    _check(told, now)
    body = department_of(town, told.asker, local_day(town, now)) if told.asker else None
    name = (body.name if body else told.asker_name.strip())[:80]
    if not name:
        raise InvalidInputError("exchange.tasks.asker_needed", field="asker_name")
    spec = OpenCase(
        type_code=TYPE,
        title=_title(name, told.asks),
        channel="page",
        given={"asker": name, "way": told.way, "asks": list(told.asks)},
        terms=_deadline(told.due_at),
        bodies=bodies_of(town, local_day(town, now)),
        private={"text": told.text.strip()} if told.text.strip() else {},
        happened_at=told.received_at,
        key=key,
        simulated=town.simulated,
    )
    with transaction.atomic():
        opened = open_case(acting=acting, town=town, spec=spec)
        case = Case.objects.select_related("town", "owner").get(pk=opened.id)
        if not Task.objects.filter(pk=case.pk).exists():  # else the same form was sent again
            task = Task.objects.create(
                case=case, town=town, asker=body, asker_name=name, way=told.way, received_at=told.received_at,
                due_at=told.due_at, forms=told.forms,
            )  # fmt: skip
            keep_asks(task, town, [NewAsk(text=one) for one in told.asks])
    return case


def _check(told: Received, now: datetime) -> None:
    if not told.asks:
        raise InvalidInputError("exchange.tasks.asks_needed", field="asks")
    if len(told.asks) > MOST_ASKS:
        raise InvalidInputError("exchange.tasks.too_many_asks", field="asks", most=MOST_ASKS)
    long = next((one for one in told.asks if len(one) > 200), None)
    if long is not None:
        raise InvalidInputError("exchange.tasks.ask_too_long", field="asks", begins=long[:20])
    personal = next((one for one in told.asks if looks_personal(one)), None)
    if personal is not None:
        raise InvalidInputError("exchange.tasks.personal", field="asks")
    if told.received_at > now:
        raise InvalidInputError("exchange.tasks.received_in_future", field="received_at")
    if told.due_at is not None and told.due_at <= told.received_at:
        raise InvalidInputError("exchange.tasks.due_before_asked", field="due_on")


def _title(name: str, asks: tuple[str, ...]) -> str:
    key = "exchange.tasks.case_title" if len(asks) == 1 else "exchange.tasks.case_title.several"
    first = asks[0] if len(asks[0]) <= 50 else f"{asks[0][:49]}…"
    return say_in("zh", key, asker=name[:50], first=first, count=len(asks))[:120]


def _deadline(due_at: datetime | None) -> dict[str, TimeLimit]:
    """Return their deadline as a term: a fixed date stays what it is, also on a day that is not worked."""
    if due_at is None:
        return {}
    source = say_in("zh", "exchange.tasks.deadline_source")
    return {"deadline": TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=due_at, source=source)}


def answer(*, acting: Acting, task: Task, version: int | None, said: Answer, key: str | None = None) -> None:
    """Answer a task: accept, cooperate, do it outside the list, object, reply, finish, or settle an objection.

    Raises
    ------
    ConflictError : somebody acted meanwhile.
    InvalidInputError : what the move needs is missing; the line is not in force.
    RefusedError : the procedure, or the kind of the line, does not allow it.
    """
    town, day = task.town, local_day(task.town, moment.now())
    line = line_of(town, said.line, day) if said.line else None
    move = said.move
    given: dict[str, Any] = {name: text.strip() for name, text in said.texts.items() if text.strip()}
    if line is not None:
        given["duty_line"] = line.code
        _check_line(move, line)
    if move == COOPERATE:
        given["lead"] = _lead(task, line, said.lead)
    terms = _deadline(task.due_at) if move == "do_anyway" and task.due_at and task.due_at > moment.now() else {}
    act = MakeMove(case=task.pk, move=move, version=version, given=given, terms=terms, key=key)

    def done() -> None:
        if move in {"accept", "answer_at_once", COOPERATE, UNLISTED, OBJECT}:
            fit = str(line.kind) if line else str(Task.Fit.UNLISTED)
            Task.objects.filter(pk=task.pk).update(line=line, fit=fit)
        if move in WITH_FIGURES:
            answer_rest(task, said.as_of)

    in_one(acting, act, done)


def _check_line(move: str, line: DutyLine) -> None:
    taken_back = line.kind == DutyLine.Kind.TAKEN_BACK
    if taken_back and move in {"accept", "answer_at_once", COOPERATE}:
        raise RefusedError("exchange.tasks.line_taken_back", field="line", line=line.title)
    if move == COOPERATE and line.kind == DutyLine.Kind.BASIC:
        raise RefusedError("exchange.tasks.line_is_ours", field="line", line=line.title)


def _lead(task: Task, line: DutyLine | None, chosen: str) -> str:
    """Return the code of the lead: as the list has it, else the one chosen."""
    if line is not None and line.lead is not None:
        if chosen and chosen != line.lead.code:
            raise RefusedError("exchange.tasks.other_lead", field="lead", line=line.title, lead=line.lead.name)
        return line.lead.code
    if not chosen:
        raise InvalidInputError("exchange.tasks.lead_needed", field="lead")
    found = department_of(task.town, chosen, local_day(task.town, moment.now()))
    return found.code
