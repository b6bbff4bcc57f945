"""Issue the papers of a move: first see that they can be written, number them last, write them with the entry.

A number is allocated when nothing can refuse the act any more, under a lock that ends with the transaction: so no
number of a series is left out, and none is given twice. The PDF is made later, when somebody asks for it.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinli.cases.models import Paper
from jinli.cases.papers.composing import both, compose, require_facts, stated
from jinli.cases.selectors.papers import SealBody, seal_body, template_of
from jinli.cases.services import keys
from jinli.cases.work import Work
from jinli.domain import journal
from jinli.domain.competence import ENTRUSTED
from jinli.domain.errors import InvalidInputError
from jinli.domain.procedure import Move
from jinli.domain.requests import Decision
from jinli.domain.state import STOPPED, CaseState, ClockState, evolve
from jinli.packs.sections import HATS
from jinli.town.inserts import made
from jinli.town.models import Division
from jinli.town.selectors import chain_of
from jinli.ui.dates import day_text
from jinli.ui.wording_time import word_due, word_limit
from jinli.ui.words import say_in

#: Kind of paper -> what the line says in it.
Contents = Mapping[str, Mapping[str, Any]]

#: Letters and digits that cannot be mistaken for each other on paper.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_TOKEN: Final = 20
#: What an act does to a clock so that its paper names the new last day.
_TOUCHING: Final = ("start", "extend", "pause", "resume", "restart")


@dataclass(frozen=True, kw_only=True)
class Seal:
    """Whose seal a paper bears, in what quality, and under which delegation (its code)."""

    body: str
    hat: str = "own"
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A paper that can be written but for its number."""

    template: Mapping[str, Any]
    facts: Mapping[str, Any]
    seal: Seal
    body: SealBody


def draft(
    *, work: Work, move: Move, decision: Decision, contents: Contents, seal: Seal | None, at: datetime
) -> tuple[Draft, ...]:
    """Return the papers that a decided move issues, checked, without their numbers.

    A move that may issue one kind of paper issues it; where it may issue several, `contents` says which.

    Raises
    ------
    InvalidInputError : the move does not issue such a paper, or it was not said which; a fact is missing or unknown;
        there is no template, or no body whose seal it would bear.
    """
    asked = _asked(move, contents)
    if not asked:
        return ()
    town = work.case.town
    state = evolve(work.state, {**decision.body, "seq": work.state.seq + 1})
    seal = _competent(decision) or seal or _owner(state)
    if seal.hat not in HATS:
        raise InvalidInputError("cases.paper.unknown_hat", field="hat", unknown=seal.hat, known=", ".join(HATS))
    body = seal_body(town, seal.body)
    common = stated(_common(work, state, decision, body, at) | _remedies(town, decision))
    drafts = []
    for kind, content in asked.items():
        template = template_of(town, kind)
        facts = {**common, **stated(content)}
        require_facts(template, facts)
        drafts.append(Draft(template=template, facts=facts, seal=seal, body=body))
    return tuple(drafts)


def _competent(decision: Decision) -> Seal | None:
    """Return the seal that a sealed act must bear: whose power it is, never what a page says."""
    facts = decision.body.get("facts", {})
    if "competence" not in facts:
        return None
    return Seal(
        body=facts["in_name_of"], hat=ENTRUSTED if facts["mode"] == ENTRUSTED else "own", basis=facts["competence"]
    )


def _remedies(town: Division, decision: Decision) -> dict[str, Any]:
    """Return who reviews a sealed act and who is sued for it, as they follow from the power it was done under."""
    facts = decision.body.get("facts", {})
    if "competence" not in facts:
        return {}
    sued = seal_body(town, facts["defendant"])
    found: dict[str, Any] = {"defendant": {"zh": sued.zh, "en": sued.en}}
    above = next((one for one in chain_of(town) if one.code == facts["reviewer"]), None)
    if above is not None:
        name = {"zh": above.name, "en": above.name_en or above.name}
        found["reviewer"] = {one: say_in(one, "town.power.government", division=name[one]) for one in ("zh", "en")}
    return found


def _asked(move: Move, contents: Contents) -> Contents:
    known = ", ".join(move.papers)
    for kind in contents:
        if kind not in move.papers:
            raise InvalidInputError("cases.paper.not_of_this_move", field="papers", paper=kind, known=known)
    if not contents and len(move.papers) > 1:
        raise InvalidInputError("cases.paper.choose", field="papers", known=known)
    return {kind: contents.get(kind, {}) for kind in move.papers if kind in contents or not contents}


def _owner(state: CaseState) -> Seal:
    owner = state.bodies.get("owner")
    if not owner:
        raise InvalidInputError("cases.paper.no_body", field="papers")
    return Seal(body=owner)


def _common(work: Work, state: CaseState, decision: Decision, body: SealBody, at: datetime) -> dict[str, Any]:
    """Return the facts that every paper has without being told."""
    town, case = work.case.town, work.case
    name = {"zh": body.zh, "en": body.en}
    facts: dict[str, Any] = {
        "body": name,
        "case_number": case.number,
        "day": at.astimezone(ZoneInfo(town.zone)).date(),
        "item": str(state.facts.get("title") or case.title),
        "paper_number": "-",
        "seal_body": name,
        "town": {"zh": town.name, "en": town.name_en},
    }
    clock = _clock(state, decision)
    if clock is not None:
        facts["limit_text"] = {one: word_limit(clock.limit, lang=one) for one in ("zh", "en")}
        facts["due_day"] = _due_text(work, clock)
    return facts


def _clock(state: CaseState, decision: Decision) -> ClockState | None:
    """Return the promise that the act started or moved; else the one that runs."""
    effects = [one for one in decision.body.get("clocks", ()) if one["op"] in _TOUCHING]
    effects.sort(key=lambda one: one["op"] != "start")
    live = [clock for clock in state.clocks.values() if clock.state != STOPPED]
    touched = [state.clocks[one["key"]] for one in effects if state.clocks[one["key"]] in live]
    return next(iter(touched or live), None)


def _due_text(work: Work, clock: ClockState) -> dict[str, str]:
    due = work.book.due(clock)
    if due.last_day is not None:
        found = {one: day_text(due.last_day, tongue=one, weekday=False) for one in ("zh", "en")}
    else:
        found = {one: word_due(due, lang=one, calendar=work.book.calendar) for one in ("zh", "en")}
    return both("cases.paper.provisional", day=found) if due.provisional else found


def issue(*, work: Work, decision: Decision, drafts: Sequence[Draft], at: datetime) -> Decision:
    """Number the papers, put them with the work, and return the decision that names them.

    To be called last: after it nothing may refuse the act. One statement, whatever the number of papers.
    """
    if not drafts:
        return decision
    town, year = work.case.town, at.astimezone(ZoneInfo(work.case.town.zone)).year
    prefix = str(town.settings.get("paper_prefix", ""))
    series = [prefix + str(one.template["series"]) for one in drafts]
    wanted = {f"{name}〔{year}〕": count for name, count in Counter(series).items()}
    following = keys.next_serials(town, wanted)
    issued = []
    for one, name in zip(drafts, series, strict=True):
        serial = following[f"{name}〔{year}〕"]
        following[f"{name}〔{year}〕"] += 1
        paper = _paper(work, one, name, year, serial, at)
        work.papers.append(paper)
        issued.append({"commitment": paper.commitment, "kind": paper.kind, "number": paper.number})
    return Decision(body={**decision.body, "papers": issued}, payload=decision.payload)


def _paper(work: Work, one: Draft, series: str, year: int, serial: int, at: datetime) -> Paper:
    number = official_number(series, year, serial)
    facts = {**one.facts, "paper_number": {"zh": number, "en": number}}
    salt = work.salt()
    text = journal.canonical(compose(one.template, facts, hat=one.seal.hat, basis=one.seal.basis))
    return made(
        Paper,
        town=work.case.town,
        case=work.case,
        entry_seq=work.state.seq + 1,
        kind=one.template["code"],
        series=series,
        year=year,
        serial=serial,
        number=number,
        sealed_by_id=one.body.id,
        hat=one.seal.hat,
        basis=one.seal.basis,
        issued_at=at,
        token="".join(secrets.choice(_ALPHABET) for _ in range(_TOKEN)),
        salt=salt,
        content=text,
        commitment=journal.commitment(salt, text),
        simulated=work.case.simulated or work.case.town.simulated,
    )


def official_number(series: str, year: int, serial: int) -> str:
    """Return a number as papers of authorities bear it, such as 许受〔2026〕12号 (GB/T 9704-2012, 7.2.5)."""
    return f"{series}〔{year}〕{serial}号"


def issued_by(work: Work, move: Move, decision: Decision, contents: Contents, seal: Seal | None) -> Decision:
    """Return the decision with its papers, issued at the moment at which it is recorded; see `draft` and `issue`."""
    if not move.papers and not contents:
        return decision
    at = datetime.fromisoformat(decision.body["recorded_at"])
    drafts = draft(work=work, move=move, decision=decision, contents=contents, seal=seal, at=at)
    return issue(work=work, decision=decision, drafts=drafts, at=at)
