"""The ledger of a budget: set and change what there is, reserve, pay, release.

Money is taken by one statement that holds only while there is enough, so two clerks at one moment cannot spend the
same fen; that is true of SQLite and of PostgreSQL. Behind it stands a check of the database.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.domain.money import yuan_of
from jinli.lines.services.models import Budget, BudgetLine
from jinli.lines.services.selectors.money import budget_of, reservation_of
from jinli.lines.services.selectors.payable import Payable, payable_of
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import Division, Duty

#: Years that a budget may be of.
YEARS = range(2000, 2101)


def may_set(acting: Acting, payable: Payable) -> bool:
    """Return whether somebody sets budget and rules of an item: the town head, or the head of the office."""
    heads = Duty.Role.DEPARTMENT_HEAD in acting.roles and acting.body == payable.office
    return Duty.Role.TOWN_HEAD in acting.roles or heads


def payable_to_set(acting: Acting, item: str) -> Payable:
    """Return the item whose money somebody sets. Raises RefusedError, InvalidInputError for an unknown item."""
    payable = payable_of(acting.town, item)
    if payable is None:
        raise InvalidInputError("services.money.no_such_item", field="item", found=item)
    if not may_set(acting, payable):
        raise RefusedError("services.budget.not_yours")
    return payable


@transaction.atomic
def set_budget(
    *, acting: Acting, town: Division, item: str, year: int, fen: int, source: str, reason: str = "", version: int = 0
) -> Budget:
    """Set what there is for an item in a year, or change it with a reason; in fen.

    `version` is that of the budget the page showed, 0 for none. Raises InvalidInputError at the field (source or
    reason missing, no such year, less than what is promised and paid), RefusedError for other duties, ConflictError
    `services.budget.changed_meanwhile`.
    """
    payable_to_set(acting, item)
    if year not in YEARS:
        raise InvalidInputError("services.budget.year", field="year", found=year)
    if not source.strip():
        raise InvalidInputError("services.budget.source_missing", field="source")
    present = budget_of(town.pk, item, year)
    if (present.version if present else 0) != version:
        raise ConflictError("services.budget.changed_meanwhile", amount=yuan_of(present.amount_fen if present else 0))
    if present is None:
        return _set_first(acting, town, item, year, fen, source.strip(), reason.strip())
    if not reason.strip():
        raise InvalidInputError("services.budget.reason_missing", field="reason")
    difference = fen - present.amount_fen
    if difference == 0:
        raise InvalidInputError("services.budget.same_amount", field="amount")
    held = Budget.objects.filter(pk=present.pk, version=version, amount_fen=present.amount_fen)
    enough = held.filter(reserved_fen__lte=fen - F("paid_fen"))
    if not enough.update(amount_fen=fen, version=F("version") + 1):
        present.refresh_from_db()
        if present.version != version:
            raise ConflictError("services.budget.changed_meanwhile", amount=yuan_of(present.amount_fen))
        bound = yuan_of(present.reserved_fen + present.paid_fen)
        raise InvalidInputError("services.budget.below_bound", field="amount", bound=bound)
    _write(acting, present.pk, BudgetLine.Kind.CHANGE, difference, source=source.strip(), reason=reason.strip())
    present.refresh_from_db()
    return present


def _set_first(acting: Acting, town: Division, item: str, year: int, fen: int, source: str, reason: str) -> Budget:
    try:
        with transaction.atomic():
            budget = Budget.objects.create(town=town, item=item, year=year, amount_fen=fen, simulated=town.simulated)
    except IntegrityError as error:  # two set it at once: the second is told
        raise ConflictError("services.budget.changed_meanwhile", amount="") from error
    _write(acting, budget.pk, BudgetLine.Kind.SET, fen, source=source, reason=reason)
    return budget


def reserve(
    *, acting: Acting, case: UUID, item: str, year: int, fen: int, at: datetime, seen_fen: int | None = None
) -> BudgetLine:
    """Reserve money for a case and return the line of it, which the caller writes with the decision. One statement.

    `seen_fen` is the balance the page showed. Raises RefusedError `services.budget.unknown` naming who sets it,
    `services.budget.too_little`; ConflictError `services.budget.gone` when it was enough on the page.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE services_budget SET reserved_fen = reserved_fen + %s"
            " WHERE town_id = %s AND item = %s AND year = %s AND amount_fen >= reserved_fen + paid_fen + %s"
            " RETURNING id",
            [fen, acting.town, item, year, fen],
        )
        taken = cursor.fetchone()
    if taken is not None:
        return _line(acting, int(taken[0]), BudgetLine.Kind.RESERVE, fen, case=case, at=at)
    budget = budget_of(acting.town, item, year)
    if budget is None:
        raise RefusedError("services.budget.unknown", year=year)
    facts = {"asked": yuan_of(fen), "left": yuan_of(budget.left_fen), "year": year}
    if seen_fen is not None and seen_fen >= fen:
        raise ConflictError("services.budget.gone", **facts)
    raise RefusedError("services.budget.too_little", field="amount", **facts)


def pay_reserved(*, acting: Acting, case: UUID, reference: str, at: datetime) -> BudgetLine:
    """Turn what is reserved for a case into paid. Raises RefusedError `services.budget.not_reserved`."""
    held = _held(case)
    rows = Budget.objects.filter(pk=held.budget_id, reserved_fen__gte=held.fen)
    if not rows.update(reserved_fen=F("reserved_fen") - held.fen, paid_fen=F("paid_fen") + held.fen):
        raise RefusedError("services.budget.not_reserved")
    return _write(acting, held.budget_id, BudgetLine.Kind.PAY, held.fen, case=case, at=at, reference=reference)


def release(*, acting: Acting, case: UUID, reason: str, at: datetime | None = None) -> BudgetLine | None:
    """Set free what is reserved for a case that ended without payment; None when nothing is.

    Every act that ends a granted case calls this in its own transaction.
    """
    held = reservation_of(case)
    if held is None:
        return None
    rows = Budget.objects.filter(pk=held.budget_id, reserved_fen__gte=held.fen)
    if not rows.update(reserved_fen=F("reserved_fen") - held.fen):
        raise RefusedError("services.budget.not_reserved")
    return _write(acting, held.budget_id, BudgetLine.Kind.RELEASE, held.fen, case=case, at=at, reason=reason)


def _held(case: UUID) -> BudgetLine:
    held = reservation_of(case)
    if held is None:
        raise RefusedError("services.budget.not_reserved")
    return held


def _write(acting: Acting, budget: int, kind: BudgetLine.Kind, fen: int, **more: Any) -> BudgetLine:
    line = _line(acting, budget, kind, fen, **more)
    line.save()
    return line


def _line(
    acting: Acting,
    budget: int,
    kind: BudgetLine.Kind,
    fen: int,
    *,
    case: UUID | None = None,
    at: datetime | None = None,
    source: str = "",
    reason: str = "",
    reference: str = "",
) -> BudgetLine:
    return BudgetLine(
        budget_id=budget, kind=kind, fen=fen, case_id=case, source=source, reason=reason, reference=reference,
        by_id=acting.person, acting_for_id=acting.body_id, at=at or moment.now(),
    )  # fmt: skip
