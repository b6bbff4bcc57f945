"""Decide on a subsidy and pay it out: the decision and the money move in one transaction, or neither does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from django.db import transaction

from jinli.cases.selectors.case_view import CaseView
from jinli.cases.services import make_move
from jinli.cases.services.moving import MakeMove
from jinli.domain.eligibility import Table, eligibility, values_with
from jinli.domain.errors import InvalidInputError
from jinli.domain.licensing import require_kept_promise
from jinli.domain.limits import TimeLimit, Unit
from jinli.domain.money import yuan_of
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.selectors.money import amount_under, conditions_under, rules_of
from jinli.lines.services.selectors.payable import Payable, payable_of, pinned_item
from jinli.lines.services.selectors.present_form import present_form
from jinli.lines.services.services.acts.deciding import granted_act, require_ready
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.lines.services.services.budgets import release
from jinli.lines.services.services.claims import digests_of
from jinli.lines.services.services.following import Granted, follow, paid
from jinli.town.acting import Acting
from jinli.town.selectors import local_day
from jinli.ui.words import say_in

PAY_DAYS: Final = 15
GRANT, PAY, GIVE_UP = "grant", "pay", "give_up"
#: Temporary aid in an emergency: agreed and paid at once, the papers follow (社会救助暂行办法第四十八条).
GRANT_NOW, PAY_NOW = "grant_now", "pay_now"


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


def grant_payment(
    *,
    acting: Acting,
    view: CaseView,
    version: int | None,
    fen: int,
    reason: str,
    seen_fen: int | None = None,
    key: str | None = None,
    shown: list[dict[str, Any]] | None = None,
) -> str:
    """Agree to a subsidy of `fen` and reserve the money for it; return the number of the case.

    The table of conditions is kept with the decision as it stood, by codes; it never decides. Given `shown`, nothing
    is done: the paper goes into it. Raises RefusedError `services.budget.unknown`, `services.budget.too_little`;
    ConflictError `services.budget.gone` when another case took the money since the page showed `seen_fen`; and as
    every decision. Nothing is written then.
    """

    def decide(matter: Matter) -> Act:
        require_ready(matter)
        require_kept_promise(matter.materials, matter.names)
        act = _agreed(claim_of(view), matter, GRANT, fen=fen, reason=reason)
        return act if PAY in matter.work.state.terms else replace(act, terms={**act.terms, PAY: pay_limit()})

    on = OnCase(acting=acting, case=view.case.pk, version=version, key=key, shown=shown)
    granted = Granted(acting=acting, fen=fen, seen_fen=seen_fen)
    return carry_out(on, decide, along=partial(follow, granted))


def grant_now(
    *,
    acting: Acting,
    view: CaseView,
    version: int | None,
    fen: int,
    reason: str,
    seen_fen: int | None = None,
    key: str | None = None,
    shown: list[dict[str, Any]] | None = None,
) -> str:
    """Agree to temporary aid at once, before visit and publicity, and reserve the money (社会救助暂行办法第四十八条).

    Papers may still be missing; they are completed after the payment. The money goes through the ledger as any other.
    Raises as `grant_payment`, but for what is missing.
    """

    def decide(matter: Matter) -> Act:
        return _agreed(claim_of(view), matter, GRANT_NOW, fen=fen, reason=reason)

    on = OnCase(acting=acting, case=view.case.pk, version=version, key=key, shown=shown)
    granted = Granted(acting=acting, fen=fen, seen_fen=seen_fen)
    return carry_out(on, decide, along=partial(follow, granted))


def _agreed(claim: Claim, matter: Matter, move: str, *, fen: int, reason: str) -> Act:
    """Return the decision on money: the amount, the line of the budget, and the table of conditions as it stood."""
    act = granted_act(matter, move, reason, "", yuan_of(fen), (None, None))
    facts = {
        "amount_fen": fen,
        "budget": f"{claim.payable.code}/{claim.year}",
        "eligibility": {line.condition.code: line.verdict.value for line in claim.table.lines},
    }
    return replace(act, facts={**act.facts, **facts})


def pay(
    *,
    acting: Acting,
    view: CaseView,
    version: int | None,
    reference: str,
    key: str | None = None,
    move: str = PAY,
) -> str:
    """Record that a subsidy was paid, with the number of the voucher in the finance system; return the case number.

    `move` is `pay_now` for aid that was agreed at once. Raises InvalidInputError at the field, RefusedError
    `services.budget.not_reserved`, and as every move.
    """
    voucher = reference.strip()
    if not voucher:
        raise InvalidInputError("services.pay.reference_missing", field="reference")
    result = say_in("zh-hans", "services.pay.result", reference=voucher)
    on = OnCase(acting=acting, case=view.case.pk, version=version, key=key)
    act = Act(move=move, given={"result": result})
    return carry_out(on, lambda _: act, after=lambda matter: paid(matter, acting, voucher))


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
