"""How an application stands, for the one who made it: where it is, who has it, by when, what is still owed."""

from __future__ import annotations

import hmac
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from jinli.cases.book import TownBook
from jinli.cases.editions import pinned
from jinli.cases.identity import secret_hash
from jinli.cases.models import Case, Entry
from jinli.cases.work import Work, take
from jinli.domain.deadlines import time_left
from jinli.domain.decide import actor_of_reporter
from jinli.domain.errors import DomainError
from jinli.domain.explanation import explain
from jinli.domain.guards import refusal
from jinli.domain.procedure import CASE
from jinli.domain.state import BROKEN, KEPT, LAPSED, STOPPED, VOID, ClockState
from jinli.lines.services.selectors.items import item_of
from jinli.lines.services.selectors.procedures import PROCEDURES
from jinli.lines.services.selectors.steps import due_words, limit_words, source_words
from jinli.packs.items import MaterialRow
from jinli.town.models import Division
from jinli.town.selectors import local_day, organisations_by_code
from jinli.ui import wording_time
from jinli.ui.dates import due_text
from jinli.ui.wording_time import WordedExplanation
from jinli.ui.words import has_words, say, tongue

#: What is between the offices and not the applicant's business to read.
_INWARD: Final = frozenset({"comment", "assign_person"})
_TOLD: Final = ("reason", "reply", "result")
_SHOWN: Final = 50


@dataclass(frozen=True, kw_only=True)
class DueTold:
    """One promise in plain words: who owes it, by when, how it stands, how it was counted."""

    what: str
    limit: str
    source: str
    who: str
    due: str
    state: str
    stands: str
    reckoning: WordedExplanation


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that happened, with what was told to the applicant."""

    when: str
    what: str
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class Wanting:
    """A material that is still to be handed in."""

    code: str
    name: str
    note: str
    state: str


@dataclass(frozen=True, kw_only=True)
class RatedTold:
    """The rating the applicant gave, and what became of a bad one: its number, stage, and what was said in the end."""

    score: str
    number: str = ""
    stage: str = ""
    result: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """An application as its applicant sees it. `late`: the office owes something that is overdue."""

    number: str
    title: str
    stage: str
    has_it: str
    version: int
    dues: tuple[DueTold, ...]
    happened: tuple[Happened, ...]
    wanting: tuple[Wanting, ...]
    may_supply: bool
    may_withdraw: bool
    may_rate: bool
    rated: RatedTold | None
    late: bool
    closed: bool
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class Mine:
    """One application in the applicant's list."""

    number: str
    title: str
    stage: str
    due: str
    sent_on: date
    mine_to_do: bool


def case_by_code(town: Division, number: str, code: str) -> Case | None:
    """Return the case of a number and code, `None` for whatever does not fit: which of the two is never told."""
    sent = secret_hash(re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", code).upper()))
    plain = re.sub(r"[\s—–_]", "", unicodedata.normalize("NFKC", number)).upper()[:40]
    found = Case.objects.filter(town=town, number=plain, type_code__in=PROCEDURES).first()
    held = found.track_code if found is not None and found.track_code else secret_hash("nobody's")
    return found if hmac.compare_digest(held, sent) and found is not None and found.track_code else None


def applications_of(town: Division, party: UUID, now: datetime) -> list[Mine]:
    """Return the applications of a party, the newest first, in one statement whatever their number."""
    rows = Case.objects.filter(town=town, reporter=party, type_code__in=PROCEDURES).order_by("-opened_at", "-id")
    return [_mine(one, town, now) for one in rows[:_SHOWN]]


def _mine(case: Case, town: Division, now: datetime) -> Mine:
    procedure = pinned(town, case.procedure)
    stage = procedure.case.stages[case.stage]
    waits = stage.waits_for == "reporter" and case.closed_at is None
    today = local_day(town, now)
    due = due_text(case.due_at, tongue=tongue(), today=today) if case.due_at and not case.closed_at else ""
    return Mine(
        number=case.number, title=case.title, stage=_titled(stage.title), due=due,
        sent_on=local_day(town, case.opened_at), mine_to_do=waits,
    )  # fmt: skip


def progress_of(case: Case, now: datetime) -> Progress:
    """Return how an application stands now, with what fell due meanwhile counted in though not yet written."""
    work, _ = take(case.pk, lock=False)
    version = work.state.version
    work.settle(now)
    entries = list(Entry.objects.filter(case=case).select_related("payload").order_by("seq")) + work.entries
    bodies = organisations_by_code(case.town)
    names = {code: (tongue() == "en" and body.name_en) or body.name for code, body in bodies.items()}
    stage = work.procedure.case.stages[work.state.stage]
    owed = [one for one in work.state.clocks.values() if one.track == CASE]
    return Progress(
        number=case.number,
        title=_item_name(case, work),
        stage=_titled(stage.title),
        has_it=_has_it(work, stage.waits_for, names),
        version=version,
        dues=tuple(_due(work, clock, names, now) for clock in owed)[::-1],
        happened=tuple(_happened(one, work, now) for one in entries if _is_told(one, work))[::-1],
        wanting=tuple(_wanting(case, work)),
        may_supply=any(_open(work, move, now) for move in ("supply", "supply_last", "correct_on_spot")),
        may_withdraw=_open(work, "withdraw", now),
        may_rate=_open(work, "rate", now),
        rated=_rated(case, entries),
        late=any(one.verdict == BROKEN and one.state != STOPPED and one.owed_by != "reporter" for one in owed),
        closed=work.state.phase == "closed",
        sent_at=case.opened_at,
    )


def _rated(case: Case, entries: list[Entry]) -> RatedTold | None:
    """Return the rating given, with what became of a bad one. Two statements where there is one, else none."""
    entry = next((one for one in entries if one.move == "rate"), None)
    if entry is None:
        return None
    score = say(f"services.score.{json.loads(entry.body)['given']['rating']}")
    opened = Case.objects.filter(origin=case, type_code="bad_rating").first()
    if opened is None:
        return RatedTold(score=score)
    stage = pinned(case.town, opened.procedure).case.stages[opened.stage]
    last = Entry.objects.filter(case=opened, move__in=("mend", "explain", "set_aside")).select_related("payload").last()
    payload = getattr(last, "payload", None) if last is not None else None
    return RatedTold(
        score=score,
        number=opened.number,
        stage=_titled(stage.title),
        result=str(json.loads(payload.text).get("result", "")) if payload is not None else "",
    )


def _titled(title: Any) -> str:
    return str(title.en if tongue() == "en" and title.en else title.zh)


def _item_name(case: Case, work: Work) -> str:
    row = pinned_item(case, work.state.facts)
    return (tongue() == "en" and row is not None and row.name_en) or case.title


def pinned_item(case: Case, facts: Mapping[str, Any]) -> Any:
    """Return the item in the edition that the case pinned, None when it cannot be found any more."""
    code, _, edition = str(facts.get("item", "")).partition("/")
    try:
        return item_of(case.town, code, int(edition)).row
    except (DomainError, ValueError):
        return None


def _has_it(work: Work, waits_for: str | None, names: Mapping[str, str]) -> str:
    if waits_for == "reporter":
        return say("services.progress.you")
    body = work.state.bodies.get(waits_for or "", "")
    return names.get(body, body)


def _open(work: Work, move: str, now: datetime) -> bool:
    rule = work.procedure.case.moves.get(move)
    if rule is None:
        return False
    return refusal(work.state, work.procedure, rule, CASE, actor_of_reporter(), now, work.book) is None


def _wanting(case: Case, work: Work) -> list[Wanting]:
    """Return the materials still to be handed in, in the order of the item."""
    row = pinned_item(case, work.state.facts)
    states: Mapping[str, str] = work.state.facts.get("materials", {})
    rows: Mapping[str, MaterialRow] = {one.code: one for one in row.materials} if row is not None else {}
    found = []
    for code, state in states.items():
        if state in ("missing", "later") and work.state.phase != "closed":
            one = rows.get(code)
            name = ((tongue() == "en" and one.name_en) or one.name) if one else code
            note = ((tongue() == "en" and one.standard_en) or one.standard) if one else ""
            found.append(Wanting(code=code, name=name, note=note, state=say(f"services.yours.{state}")))
    return found


def _due(work: Work, clock: ClockState, names: Mapping[str, str], now: datetime) -> DueTold:
    state, stands = _stands(work.book, clock, now)
    explained = explain(clock.started_at, clock.limit, work.book.calendar, clock.pauses, clock.extensions)
    owner = work.state.bodies.get(clock.owed_by, clock.owed_by)
    return DueTold(
        what=_titled(work.procedure.clocks[clock.code].title),
        limit=limit_words(clock.limit),
        source=source_words(clock.limit),
        who=say("services.progress.you") if clock.owed_by == "reporter" else names.get(owner, owner),
        due=due_words(work.case.town, work.book.due(clock), now),
        state=state,
        stands=stands,
        reckoning=wording_time.word_explanation(explained, lang=tongue(), now=now, folded=True),
    )


def _stands(book: TownBook, clock: ClockState, now: datetime) -> tuple[str, str]:
    if clock.state == STOPPED:
        words = {KEPT: "kept", BROKEN: "broken_done", LAPSED: "lapsed", VOID: "void"}[clock.verdict]
        return ("used" if words == "kept" and clock.owed_by == "reporter" else words), ""
    if clock.verdict == BROKEN:
        return "late", say("services.progress.late")
    try:
        left = wording_time.word_left(
            time_left(now, book.due(clock), clock.limit, book.calendar, clock.pauses), lang=tongue()
        )
    except DomainError:  # a clock that cannot be counted down is shown with its due moment alone
        left = ""
    return ("near" if now >= book.warns_at(clock) else "running"), left


def _is_told(entry: Entry, work: Work) -> bool:
    if entry.move in _INWARD or entry.track != CASE:
        return False
    return entry.move in work.procedure.case.moves or has_words(f"services.told.{entry.move}")


def _happened(entry: Entry, work: Work, now: datetime) -> Happened:
    rule = work.procedure.case.moves.get(entry.move)
    payload = getattr(entry, "payload", None) if entry.pk else None
    told = json.loads(payload.text) if payload is not None and rule is not None and "reporter" in rule.tell else {}
    return Happened(
        when=wording_time.word_moment(entry.happened_at, lang=tongue(), now=now, calendar=work.book.calendar),
        what=_titled(rule.title) if rule is not None else say(f"services.told.{entry.move}"),
        told="\n".join(str(told[name]) for name in _TOLD if told.get(name)),
    )
