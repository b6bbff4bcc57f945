"""Decide on a subsidy and pay it out: the decision and the money move in one transaction, or neither does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from jinli.cases.selectors.case_view import CaseView
from jinli.cases.services import make_move
from jinli.cases.services.moving import MakeMove
from jinli.domain.eligibility import Table, eligibility, values_with
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit, Unit
from jinli.domain.money import yuan_of
from jinli.lines.services.selectors.money import amount_under, conditions_under, reservation_of, rules_of
from jinli.lines.services.selectors.payable import Payable, payable_of, pinned_item
from jinli.lines.services.selectors.present_form import present_form
from jinli.lines.services.services.budgets import pay_reserved, release, reserve
from jinli.lines.services.services.claims import digests_of, note_claim
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.selectors import local_day
from jinli.ui.words import say_in

PAY_DAYS: Final = 15
GRANT, PAY, GIVE_UP = "grant", "pay", "give_up"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim as it is judged: the item, the table of conditions, the amount that follows, and the numbers it names.

    `table`, `fen` and `source` follow the rules in force on the day the claim was received.
    """

    payable: Payable
    table: Table
    fen: int | None
    source: str
    digests: tuple[str, ...]
    form: dict[str, Any]
    year: int


def claim_of(view: CaseView) -> Claim:
    """Return the claim of a case. Raises InvalidInputError `services.money.no_such_item`."""
    code, edition = pinned_item(view.work.state.facts, view.case.class_code)
    payable = payable_of(view.case.town_id, code, edition)
    if payable is None:
        raise InvalidInputError("services.money.no_such_item", field="item", found=code)
    on = local_day(view.town, view.case.opened_at)
    rules = rules_of(view.case.town_id, code, on)
    conditions = conditions_under(payable, rules)
    form = present_form(view.told)
    fen, source = amount_under(payable, rules)
    return Claim(
        payable=payable,
        table=eligibility(conditions, values_with(form, conditions, on)),
        fen=fen,
        source=source,
        digests=tuple(sorted(set(digests_of(form, payable.identity).values()))),
        form=form,
        year=local_day(view.town, view.now).year,
    )


@transaction.atomic
def grant_payment(
    *,
    acting: Acting,
    view: CaseView,
    version: int | None,
    fen: int,
    reason: str,
    seen_fen: int | None = None,
    key: str | None = None,
) -> str:
    """Agree to a subsidy of `fen` and reserve the money for it; return the number of the case.

    The table of conditions is kept with the decision as it stood, by codes; it never decides. Raises RefusedError
    `services.budget.unknown`, `services.budget.too_little`; ConflictError `services.budget.gone` when another case
    took the money since the page showed `seen_fen`; and as every move. Nothing is written then.
    """
    claim = claim_of(view)
    now = moment.now()
    facts = {
        "amount_fen": fen,
        "budget": f"{claim.payable.code}/{claim.year}",
        "eligibility": {line.condition.code: line.verdict.value for line in claim.table.lines},
    }
    terms = {} if PAY in view.work.state.terms else {PAY: pay_limit()}
    given = {"reason": reason, "amount": yuan_of(fen)}
    act = MakeMove(case=view.case.pk, move=GRANT, version=version, given=given, terms=terms, facts=facts, key=key)
    number = make_move(acting=acting, act=act)
    if reservation_of(view.case.pk) is None:  # the same form sent twice has reserved already
        note_claim(case=view.case, form=claim.form, identity=claim.payable.identity)
        reserve(
            acting=acting, case=view.case.pk, item=claim.payable.code, year=claim.year, fen=fen, at=now,
            seen_fen=seen_fen,
        )  # fmt: skip
    return number


@transaction.atomic
def pay(*, acting: Acting, view: CaseView, version: int | None, reference: str, key: str | None = None) -> str:
    """Record that a subsidy was paid, with the number of the voucher in the finance system; return the case number.

    Raises InvalidInputError at the field, RefusedError `services.budget.not_reserved`, and as every move.
    """
    voucher = reference.strip()
    if not voucher:
        raise InvalidInputError("services.pay.reference_missing", field="reference")
    held = reservation_of(view.case.pk)
    given = {"result": say_in("zh-hans", "services.pay.result", reference=voucher)}
    act = MakeMove(case=view.case.pk, move=PAY, version=version, given=given, key=key)
    number = make_move(acting=acting, act=act)
    if held is not None or not _paid(view):
        pay_reserved(acting=acting, case=view.case.pk, reference=voucher, at=moment.now())
    return number


@transaction.atomic
def give_up(*, acting: Acting, view: CaseView, version: int | None, reason: str, key: str | None = None) -> str:
    """Record that the applicant does not take the money; what was reserved is free again."""
    act = MakeMove(case=view.case.pk, move=GIVE_UP, version=version, given={"reason": reason}, key=key)
    number = make_move(acting=acting, act=act)
    release(acting=acting, case=view.case.pk, reason=reason)
    return number


def pay_limit() -> TimeLimit:
    """Return within how long a granted subsidy is paid when the item says nothing (house convention)."""
    return TimeLimit(amount=PAY_DAYS, unit=Unit.WORKING_DAY, source=say_in("zh-hans", "services.pay.limit"))


def _paid(view: CaseView) -> bool:
    """Return whether the case was paid before: the same form sent twice finds nothing reserved, and that is right."""
    return view.work.state.stage == "paid"
