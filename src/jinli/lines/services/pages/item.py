"""One item as the public reads it: for whom, what to answer, what to bring, how long, who decides, what comes out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from jinli.domain.limits import EndRule
from jinli.domain.situations import Need, Wanted, all_answered, asked, kept_answers, wanted
from jinli.lines.services.forms.filling import named
from jinli.lines.services.pages.applying_page import held_shown, source_words
from jinli.lines.services.pages.powers import DayRow
from jinli.lines.services.pages.wording import (
    LimitShown,
    fee_words,
    limit_shown,
    need_of,
    status_words,
    text_of,
    visit_words,
    whom_words,
)
from jinli.lines.services.selectors.held import NOTHING, HeldOf
from jinli.lines.services.selectors.items import Item
from jinli.packs.items import LawRow, MaterialRow, SituationRow
from jinli.town.models import Division
from jinli.town.selectors import local_day, organisations_by_code, places_at
from jinli.ui.parts import Fact
from jinli.ui.words import say

#: Answers stand in the address as `s.<question>=<answer>`, so that a page with answers can be kept and passed on.
ANSWER = "s."


@dataclass(frozen=True, kw_only=True)
class AnswerShown:
    """One answer to choose."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class QuestionShown:
    """One question with its answers, and why it is asked."""

    name: str
    question: str
    why: str
    answers: tuple[AnswerShown, ...]


@dataclass(frozen=True, kw_only=True)
class MaterialShown:
    """One material.

    Attributes
    ----------
    how : original, copy or electronic, and how many.
    marks : that it may come later, that a promise stands instead, that the government fetches it.
    why : for one that is not needed or not decided yet: the question that decides.
    source : for one that the town holds of the reader: where and when it was learnt.
    """

    name: str
    how: str
    marks: tuple[str, ...]
    standard: str
    note: str
    why: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class LawShown:
    """One legal basis."""

    law: str
    article: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """One item for the answers given.

    Attributes
    ----------
    open_questions : whether an answer is still to come, so that the list of materials may grow.
    held : materials that the town holds and does not ask for.
    known : fields of the form that the town holds of the reader, masked, with their source.
    sign_in_url : where the reader signs in to see what the town holds; empty once signed in or where nobody can.
    power : under which power it is decided, or None when the register does not have it.
    apply_url : where to apply online; empty when that is not possible.
    decided_by : the body that handles, or None when unknown; `window` where to hand in.
    """

    town_code: str
    code: str
    name: str
    edition: int
    kind: str
    whom: str
    done_here: bool
    sample: str
    note: str
    where: str | None
    questions: tuple[QuestionShown, ...]
    open_questions: bool
    bring: tuple[MaterialShown, ...]
    held: tuple[MaterialShown, ...]
    known: tuple[Fact, ...]
    signed_in: bool
    sign_in_url: str
    power: DayRow | None
    undecided: tuple[MaterialShown, ...]
    not_needed: tuple[MaterialShown, ...]
    statutory: LimitShown
    promised: LimitShown
    decided_elsewhere: str
    facts: tuple[Fact, ...]
    fees: tuple[str, ...]
    decided_by: str | None
    window: str | None
    reviewers: tuple[str, ...]
    conditions: tuple[Fact, ...]
    laws: tuple[LawShown, ...]
    remedies: tuple[str, ...]
    source: str
    apply_url: str
    now: datetime


def answers_in(query: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the answers that stand in an address."""
    return {name.removeprefix(ANSWER): (value,) for name, value in query.items() if name.startswith(ANSWER)}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads the page: what the town holds of them for this item, and where they would sign in.

    Nobody who is not signed in holds anything.
    """

    held: HeldOf = NOTHING
    signed_in: bool = False
    sign_in_url: str = ""


NOBODY: Final = Reader()


def item_page(
    town: Division,
    item: Item,
    answers: Mapping[str, Collection[str]],
    *,
    reader: Reader = NOBODY,
    power: DayRow | None = None,
    now: datetime,
) -> ItemPage:
    """Return the page of an item for one situation: what to bring, and what the town holds of the reader already."""
    row = item.row
    kept = kept_answers(row.situations, answers)
    sources = {code: source_words(one) for code, one in reader.held.materials.items()}
    held = {one.held_as for one in row.materials if one.code in sources}
    found = wanted(row.situations, row.materials, kept, held)
    bodies = {code: text_of(one) for code, one in organisations_by_code(town).items()}
    questions = {one.code: text_of(one, "question") for one in row.situations}
    return ItemPage(
        town_code=town.code,
        code=item.code,
        name=text_of(row),
        edition=item.edition,
        kind=say(f"services.kind.{row.kind}"),
        whom=whom_words(row),
        done_here=item.done_here,
        sample=status_words(row),
        note=text_of(row, "note"),
        where=text_of(row, "where") or None,
        questions=tuple(_question(one, kept) for one in asked(row.situations, kept)),
        open_questions=not all_answered(row.situations, kept),
        bring=_shown(found, questions, need=Need.NEEDED, held=False),
        held=_shown(found, questions, need=Need.NEEDED, held=True, sources=sources),
        known=_known(town, item, reader.held, now),
        signed_in=reader.signed_in,
        sign_in_url=reader.sign_in_url,
        power=power,
        undecided=_shown(found, questions, need=Need.OPEN),
        not_needed=_shown(found, questions, need=Need.NOT_NEEDED),
        statutory=limit_shown(town, row.statutory, now, end_rule=EndRule.ROLL),
        promised=limit_shown(town, row.promised, now, end_rule=EndRule.STAY),
        decided_elsewhere=row.system_of_record.removeprefix("external:") if row.system_of_record != "jinli" else "",
        facts=_facts(item),
        fees=fee_words(row),
        decided_by=bodies.get(row.office),
        window=bodies.get(row.window),
        reviewers=tuple(bodies[code] for code in row.reviewers if code in bodies),
        conditions=tuple(
            Fact(label=text_of(one, "label"), value=need_of(one), note=one.source) for one in row.conditions
        ),
        laws=tuple(_law(one) for one in row.laws),
        remedies=remedies_of(item),
        source=row.source,
        apply_url=_apply_url(town, item, kept),
        now=now,
    )


def _question(one: SituationRow, kept: Mapping[str, Collection[str]]) -> QuestionShown:
    return QuestionShown(
        name=f"{ANSWER}{one.code}",
        question=text_of(one, "question"),
        why=text_of(one, "why"),
        answers=tuple(
            AnswerShown(code=answer.code, label=text_of(answer, "label"), chosen=answer.code in kept.get(one.code, ()))
            for answer in one.answers
        ),
    )


def _shown(
    found: Collection[Wanted[MaterialRow]],
    questions: Mapping[str, str],
    *,
    need: Need,
    held: bool | None = None,
    sources: Mapping[str, str] = MappingProxyType({}),
) -> tuple[MaterialShown, ...]:
    chosen = (one for one in found if one.need is need and held in (None, one.held))
    return tuple(_material(one, questions, sources.get(one.material.code, "")) for one in chosen)


def _known(town: Division, item: Item, held: HeldOf, now: datetime) -> tuple[Fact, ...]:
    """Return the fields of the form that need not be typed: the masked value, and where it came from."""
    rows = [one for one in item.row.form if one.code in held.fields]
    places: dict[str, str] = {}
    if any(one.kind == "place" for one in rows):
        places = {one.code: named(one) for one in places_at(town, local_day(town, now)) if one.name}
    shown = [(one, held_shown(one, held.fields[one.code], places)) for one in rows]
    return tuple(Fact(label=named(one), value=found.value, note=found.source) for one, found in shown)


def _material(one: Wanted[MaterialRow], questions: Mapping[str, str], source: str) -> MaterialShown:
    row = one.material
    marks = []
    if row.source_from != "applicant":
        marks.append(say(f"services.source.{row.source_from}"))
    if row.secondary and row.later_days:
        marks.append(say("services.material.later", days=row.later_days))
    elif row.secondary:
        marks.append(say("services.material.later_open"))
    if row.by_promise:
        marks.append(say("services.material.by_promise"))
    why = " / ".join(questions[code] for code in one.decides if code in questions)
    return MaterialShown(
        name=text_of(row),
        how=say("services.material.how", kind=say(f"services.material.{row.kind}"), copies=row.copies)
        if row.copies > 1
        else say(f"services.material.{row.kind}"),
        marks=tuple(marks),
        standard=text_of(row, "standard"),
        note=text_of(row, "note"),
        why=why,
        source=source,
    )


def _law(one: LawRow) -> LawShown:
    return LawShown(law=text_of(one, "law"), article=one.article, source=one.source)


def _facts(item: Item) -> tuple[Fact, ...]:
    """Return what one wants to know before coming: what it costs, how often to come, what comes out."""
    row = item.row
    cost = say("services.item.free") if not row.fees else say("services.item.has_fee")
    facts = [
        Fact(label=say("services.item.cost"), value=cost),
        Fact(label=say("services.item.visits.label"), value=visit_words(row)),
    ]
    if row.result is not None:
        result = row.result
        amount = say("services.item.amount", amount=result.amount) if result.amount else ""
        valid = say("services.item.valid", months=result.valid_months) if result.valid_months else ""
        note = (say("ui.comma").join(one for one in (amount, valid) if one)) or text_of(result, "conditions")
        facts.append(Fact(label=say("services.item.result"), value=text_of(result), note=note))
    return tuple(facts)


def remedies_of(item: Item) -> tuple[str, ...]:
    """Return what one can do against a decision, or when none comes.

    Whom to turn to follows from whose power it is and stands in the decision. A service that decides no right has no
    review; there one complains. A decision that does not come is a broken promise, never a yes or a no.
    """
    if not item.done_here:
        return ()
    ways = [say("services.remedy.late"), say("services.remedy.complain")]
    if item.row.system_of_record != "jinli":
        return (say("services.remedy.there"), *ways[1:])
    if item.row.kind != "public_service":
        ways.insert(0, say("services.remedy.review"))
    return tuple(ways)


def _apply_url(town: Division, item: Item, kept: Mapping[str, Collection[str]]) -> str:
    """Return where to apply online with the answers given, or nothing while no such address is open."""
    if item.row.offered != "online":
        return ""
    try:
        address = reverse("services:apply", args=[town.code, item.code])
    except NoReverseMatch:
        return ""
    said = urlencode([(f"{ANSWER}{code}", answer) for code, given in kept.items() for answer in given])
    return f"{address}?{said}" if said else address
