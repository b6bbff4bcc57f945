"""How a report stands, for the one who holds its number and code; and who holds them."""

from __future__ import annotations

import hmac
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jinli.cases.book import TownBook
from jinli.cases.editions import latest
from jinli.cases.identity import secret_hash
from jinli.cases.models import Case, Entry
from jinli.cases.work import Work, take
from jinli.domain.deadlines import time_left
from jinli.domain.decide import actor_of_reporter
from jinli.domain.errors import DomainError
from jinli.domain.explanation import explain
from jinli.domain.guards import refusal
from jinli.domain.state import BROKEN, KEPT, LAPSED, STOPPED, VOID, ClockState
from jinli.lines.grid.selectors.places import place_name
from jinli.lines.grid.selectors.steps import due_words, limit_words
from jinli.town.models import Division, Organisation
from jinli.town.selectors import organisations_by_code
from jinli.ui import wording_time
from jinli.ui.wording_time import WordedExplanation
from jinli.ui.words import has_words, say, tongue

_HIDDEN_CLOCKS = frozenset({"supervision"})
_REPLIES = ("exit", "inform_reporter", "solve", "solve_at_once", "whistle_done")


def case_by_code(town: Division, number: str, code: str) -> Case | None:
    """Return the report of a number and code, `None` for whatever does not fit: which of the two is never told."""
    sent = secret_hash(re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", code).upper()))
    found = Case.objects.filter(town=town, number=plain_number(town, number), type_code="grid_report").first()
    held = found.track_code if found is not None and found.track_code else secret_hash("nobody's")
    return found if hmac.compare_digest(held, sent) and found is not None and found.track_code else None


def plain_number(town: Division, number: str) -> str:
    """Return a number as it is stored, however it was typed: without the first character, with blanks, full width."""
    text = re.sub(r"[\s—–_]", "", unicodedata.normalize("NFKC", number)).upper()
    prefix = latest(town, "grid_report").number_prefix
    digits = text.removeprefix(prefix.zh).removeprefix(prefix.en)
    return f"{prefix.zh}{digits}"[:40]


@dataclass(frozen=True, kw_only=True)
class DueTold:
    """One promise in plain words: what, by when, how it stands, and how it was counted."""

    what: str
    limit: str
    due: str
    state: str
    stands: str
    reckoning: WordedExplanation


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that happened, with what was told to the reporter."""

    when: str
    what: str
    reply: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A report as its reporter sees it."""

    number: str
    title: str
    stage: str
    stage_more: str
    where: str
    text: str
    in_charge: str
    reported_at: datetime
    dues: tuple[DueTold, ...]
    happened: tuple[Happened, ...]
    version: int
    closed: bool
    may_contest: bool
    contest_until: str
    may_rate: bool


def private_of(case: Case) -> dict[str, Any]:
    """Return what the reporter told, empty when it was erased."""
    entry = Entry.objects.filter(case=case, seq=1).select_related("payload").first()
    return _payload(entry) if entry is not None else {}


def _payload(entry: Entry) -> dict[str, Any]:
    payload = getattr(entry, "payload", None)
    if payload is None:
        return {}
    found: dict[str, Any] = json.loads(payload.text)
    return found


def where_words(case: Case, told: Mapping[str, Any]) -> str:
    """Return place and address of a report as the reporter gave them."""
    parts = (place_name(case.place) if case.place else "", str(told.get("address", "")))
    return say("grid.where.joint").join(part for part in parts if part)


def progress_of(case: Case, now: datetime) -> Progress:
    """Return how a report stands now, with what fell due meanwhile counted in though not yet written."""
    work, _ = take(case.pk, lock=False)
    version = work.state.version
    work.settle(now)
    town = work.case.town
    entries = list(Entry.objects.filter(case=case).select_related("payload").order_by("seq"))
    entries += work.entries
    bodies = organisations_by_code(town)
    told = _payload(entries[0])
    contest = work.state.running("contest", "case")
    return Progress(
        number=case.number,
        title=str(work.state.facts.get("title", case.title)),
        stage=say(f"grid.stage.{work.state.stage}"),
        stage_more=_stage_more(work),
        where=where_words(case, told),
        text=str(told.get("text", "")),
        in_charge=_name(bodies, work.state.bodies.get("handler") or work.state.bodies["owner"]),
        reported_at=case.opened_at,
        dues=tuple(_due(work, clock, now) for clock in work.state.clocks.values() if clock.code not in _HIDDEN_CLOCKS)[
            ::-1
        ],
        happened=tuple(_happened(entry, work, bodies, now) for entry in entries if _is_told(entry))[::-1],
        version=version,
        closed=work.state.phase == "closed",
        may_contest=_open(work, "contest", now),
        contest_until=due_words(town, work.book.due(contest), now) if contest else "",
        may_rate=_open(work, "rate", now),
    )


def _open(work: Work, move: str, now: datetime) -> bool:
    rule = work.procedure.case.moves[move]
    return refusal(work.state, work.procedure, rule, "case", actor_of_reporter(), now, work.book) is None


def _stage_more(work: Work) -> str:
    key = f"grid.stage.{work.state.stage}.more"
    return say(key) if has_words(key) else ""


def _name(bodies: Mapping[str, Organisation], code: str) -> str:
    body = bodies.get(code)
    return ((tongue() == "en" and body.name_en) or body.name) if body else code


def _due(work: Work, clock: ClockState, now: datetime) -> DueTold:
    due = work.book.due(clock)
    state, stands = _stands(work.book, clock, now)
    explained = explain(clock.started_at, clock.limit, work.book.calendar, clock.pauses, clock.extensions)
    return DueTold(
        what=say(f"grid.clock.{clock.code}"),
        limit=limit_words(clock.limit),
        due=due_words(work.case.town, due, now),
        state=state,
        stands=stands,
        reckoning=wording_time.word_explanation(explained, lang=tongue(), now=now, folded=True),
    )


def _stands(book: TownBook, clock: ClockState, now: datetime) -> tuple[str, str]:
    """Return state and words of a promise; an open one says what is left or how late it is."""
    if clock.state == STOPPED:
        words = {KEPT: "kept", BROKEN: "broken_done", LAPSED: "lapsed", VOID: "void"}[clock.verdict]
        if words == "kept" and clock.owed_by == "reporter":
            words = "used"
        return words, ""
    if clock.verdict == BROKEN:
        return "late", say("grid.late")
    left = _left(book, clock, now)
    return ("near" if now >= book.warns_at(clock) else "running"), left


def _left(book: TownBook, clock: ClockState, now: datetime) -> str:
    try:
        found = time_left(now, book.due(clock), clock.limit, book.calendar, clock.pauses)
    except DomainError:  # a clock that cannot be counted down is shown with its due moment alone
        return ""
    return wording_time.word_left(found, lang=tongue())


def _is_told(entry: Entry) -> bool:
    return has_words(f"grid.told.{entry.move}")


def _happened(entry: Entry, work: Work, bodies: Mapping[str, Organisation], now: datetime) -> Happened:
    body = json.loads(entry.body)
    given, facts = body.get("given", {}), body.get("facts", {})
    handler = _name(bodies, body.get("bodies", {}).get("handler", ""))
    payload = _payload(entry) if entry.move in _REPLIES and entry.pk else {}
    what = say(
        f"grid.told.{entry.move}", title=facts.get("title", ""), body=handler,
        answer=say(f"grid.answer.{given['answer']}") if given.get("answer") else "",
    )  # fmt: skip
    return Happened(
        when=wording_time.word_moment(entry.happened_at, lang=tongue(), now=now, calendar=work.book.calendar),
        what=what,
        reply=str(payload.get("reply") or payload.get("result") or ""),
    )
