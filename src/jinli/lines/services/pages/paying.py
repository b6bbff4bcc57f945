"""What the pages of a claim show: the table of conditions, earlier claims, the budget beside the amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from jinli.cases.editions import pinned
from jinli.cases.models import Case
from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.pages.case_page import facts_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.names import titled
from jinli.cases.selectors.visible import visible_cases
from jinli.cases.services.opening import actor_of
from jinli.domain.eligibility import Condition, Line, Table, Verdict
from jinli.domain.guards import refusal
from jinli.domain.money import yuan_of
from jinli.domain.procedure import CASE
from jinli.lines.services.models import Budget
from jinli.lines.services.pages.wording import need_of, unit_words
from jinli.lines.services.selectors.money import budget_of, earlier_claims, reservation_of
from jinli.lines.services.selectors.payable import Payable
from jinli.lines.services.services.paying import GRANT, GRANT_NOW, Claim
from jinli.town.models import Division
from jinli.town.selectors import local_day, organisations_by_code
from jinli.ui.parts import Crumb, Fact
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

_TONES: Mapping[Verdict, str] = {Verdict.MET: "", Verdict.NOT_MET: "strong", Verdict.UNKNOWN: "warning"}


@dataclass(frozen=True, kw_only=True)
class ConditionLine:
    """One line of the table in words; `value` and `need` are None where nobody knows them."""

    label: str
    need: str | None
    value: str | None
    verdict: str
    tone: str
    why: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Eligibility:
    """The table of conditions in words, with what it comes to."""

    lines: tuple[ConditionLine, ...]
    summary: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class EarlierLine:
    """A claim that may be the same; without an address it is not for these eyes."""

    number: str
    url: str
    when: str
    same: tuple[str, ...]
    stage: str


@dataclass(frozen=True, kw_only=True)
class BudgetFacts:
    """The budget of the year as its page and the page of a decision show it."""

    title: str
    facts: tuple[Fact, ...]
    left_fen: int | None
    who_sets: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PaySheet:
    """A page of a claim: agree, record the payment, or record that it is given up; `judged` when it agrees."""

    crumbs: tuple[Crumb, ...]
    heading: tuple[str, ...]
    label: str
    lead: str
    do: str
    facts: tuple[Fact, ...]
    closed: str
    judged: bool
    eligibility: Eligibility
    earlier: tuple[EarlierLine, ...]
    earlier_title: str
    budget: BudgetFacts


def pay_sheet(view: CaseView, claim: Claim, move: str) -> PaySheet:
    """Return the page of one of the three acts on a claim."""
    work, label = view.work, say(f"services.pay.page.{move}")
    found = work.procedure.case.moves.get(move)
    closed = (
        refusal(work.state, work.procedure, found, CASE, actor_of(view.acting), view.now, work.book) if found else None
    )
    earlier = earlier_lines(view, claim)
    return PaySheet(
        crumbs=(Crumb(label=view.case.number, url=reverse("cases:case", args=[view.case.pk])), Crumb(label=label)),
        heading=(view.case.number, view.case.title),
        label=label,
        lead=say(f"services.pay.{move}.lead"),
        do=say(f"services.pay.do.{move}"),
        facts=facts_of(view),
        closed=refusal_text(view, closed) if closed is not None else "",
        judged=move in (GRANT, GRANT_NOW),
        eligibility=worded(claim.table),
        earlier=earlier,
        earlier_title=say("services.earlier.found", count=len(earlier)) if earlier else "",
        budget=_budget_beside(view, claim),
    )


def worded(table: Table) -> Eligibility:
    """Return the table of conditions in words: 3 of 4, and what the fourth lacks."""
    summary = say("services.eligible.summary", met=table.met, total=len(table.lines))
    if table.open_lines:
        lines = say("services.eligible.joint").join(_short(line) for line in table.open_lines)
        summary = say("services.eligible.summary.open", summary=summary, lines=lines)
    outcome = table.outcome if table.lines else None
    return Eligibility(
        lines=tuple(_line(one) for one in table.lines),
        summary=summary if outcome else "",
        outcome=say(f"services.eligible.outcome.{outcome}") if outcome else say("services.eligible.none"),
    )


def _line(line: Line) -> ConditionLine:
    condition = line.condition
    return ConditionLine(
        label=condition.label,
        need=need_of(condition),
        value=_valued(condition, line.value) if line.value is not None else None,
        verdict=say(f"services.eligible.verdict.{line.verdict}"),
        tone=_TONES[line.verdict],
        why=say(f"services.eligible.why.{line.why}") if line.why else "",
        source=condition.source,
    )


def _valued(condition: Condition, value: str) -> str:
    plain = {"yes": say("ui.yes"), "no": say("ui.no")}.get(value, value)
    return f"{plain} {unit_words(condition.unit)}".strip()


def _short(line: Line) -> str:
    if line.verdict is Verdict.UNKNOWN:
        return say("services.eligible.short.unknown", label=line.condition.label)
    value, need = _valued(line.condition, line.value or ""), need_of(line.condition) or ""
    return say("services.eligible.short", label=line.condition.label, value=value, need=need)


def earlier_lines(view: CaseView, claim: Claim) -> tuple[EarlierLine, ...]:
    """Return the claims that may be the same as this one, newest first."""
    found = earlier_claims(view.case, claim.digests)
    seen = set(visible_cases(view.acting).filter(pk__in=[row.pk for row, _ in found]).values_list("pk", flat=True))
    return tuple(_earlier(view, row, same, row.pk in seen) for row, same in found)


def _earlier(view: CaseView, row: Case, same: frozenset[str], seen: bool) -> EarlierLine:
    stages = pinned(view.town, row.procedure).case.stages
    year = local_day(view.town, row.opened_at).year
    words = [say(f"services.earlier.same.{one}") for one in sorted(same)]
    if year == local_day(view.town, view.case.opened_at).year:
        words.append(say("services.earlier.same_year"))
    return EarlierLine(
        number=row.number,
        url=reverse("cases:case", args=[row.pk]) if seen else "",
        when=word_moment(row.opened_at, lang=tongue(), now=view.now),
        same=tuple(words),
        stage=titled(stages[row.stage].title),
    )


def _budget_beside(view: CaseView, claim: Claim) -> BudgetFacts:
    """Return the budget of the year, with what is set aside for this case."""
    held = reservation_of(view.case.pk)
    budget = held.budget if held else budget_of(view.case.town_id, claim.payable.code, claim.year)
    found = budget_facts(view.town, claim.payable, claim.year, budget)
    if held is None:
        return found
    mine = Fact(label=say("services.pay.reserved"), value=yuan_of(held.fen), tone="")
    return BudgetFacts(
        title=found.title, facts=(mine, *found.facts), left_fen=found.left_fen, who_sets="", url=found.url
    )


def budget_facts(town: Division, payable: Payable, year: int, budget: Budget | None) -> BudgetFacts:
    """Return what there is, what is set aside, what is paid, and what is left; unknown while nobody entered it."""
    office = organisations_by_code(town).get(payable.office)
    amounts = (
        ("left", budget.left_fen if budget else None),
        ("amount", budget.amount_fen if budget else None),
        ("reserved", budget.reserved_fen if budget else None),
        ("paid", budget.paid_fen if budget else None),
    )
    simulated = say("services.budget.simulated") if budget and budget.simulated else ""
    return BudgetFacts(
        title=say("services.budget.this", year=year),
        facts=tuple(
            Fact(
                label=say(f"services.budget.{name}"), value=None if fen is None else yuan_of(fen),
                note=simulated if name == "amount" else "",
            )
            for name, fen in amounts
        ),
        left_fen=budget.left_fen if budget else None,
        who_sets="" if budget else say("services.budget.who_sets", office=office.name if office else payable.office),
        url=reverse("services:subsidy", args=[payable.code, year]),
    )  # fmt: skip
