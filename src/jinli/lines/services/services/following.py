"""What follows from a decision beside its papers: money set aside, a grant in the register, a tenant in the building.

Everything here is written in the transaction of the decision, money and grants in its own statements: it holds with it
or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Model

from jinli.cases.models import Case, Paper
from jinli.cases.services.granting import Given, grant_rows
from jinli.cases.work import Work
from jinli.lines.services.models import BudgetLine
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.selectors.payable import identity_fields, pinned_item
from jinli.lines.services.services.budgets import pay_reserved, reserve
from jinli.lines.services.services.claims import note_claim
from jinli.lines.services.services.occupying import LEASE, is_end, lease_term, record_occupancy
from jinli.lines.services.services.together import open_with_result
from jinli.packs.sections import content_of
from jinli.town.acting import Acting
from jinli.town.inserts import Batch

#: What a matter may result in that its holder can show afterwards.
GRANTED: Final = frozenset({"certificate", "approval", "confirmation", "filing"})
_SHOWN: Final = ("certificate", "filing_notice")


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What was decided, as far as something follows from it.

    Attributes
    ----------
    valid : first and last day as the decision names them, None where it names none.
    fen : of a payment; `seen_fen` is the balance that the page showed.
    """

    acting: Acting
    conditions: str = ""
    valid: tuple[date | None, date | None] = (None, None)
    fen: int | None = None
    seen_fen: int | None = None


def term_of(matter: Matter, valid: tuple[date | None, date | None]) -> tuple[date, date | None]:
    """Return first and last day of what is granted: from today, for as long as the item says, if it says so."""
    begins = valid[0] or matter.now.astimezone(matter.work.book.calendar.zone).date()
    result = matter.item.result if matter.item else None
    if valid[1] is not None or result is None or result.valid_months is None:
        return begins, valid[1]
    return begins, _months_later(begins, result.valid_months) - timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    """Return the corresponding day some months later, or the first of the next month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def follow(granted: Granted, matter: Matter, work: Work) -> list[Batch]:
    """Return the rows that follow from a positive decision, to be written with it; `work` is the case after it.

    Raises RefusedError, ConflictError of the budget (`reserve`): then nothing is decided either.
    """
    rows: list[Model] = []
    if matter.procedure == "payment" and granted.fen is not None:
        rows.append(_set_aside(matter, granted, granted.fen))
    result = matter.item.result if matter.item else None
    if result is not None and result.kind in GRANTED and matter.case.reporter is not None:
        rows += _register(matter, granted, work)
    return [Batch(rows=[one]) for one in rows]


def go_on(matter: Matter, acting: Acting) -> None:
    """Note who is in which building after a lease was registered, and open what waited for this result in a bundle."""
    if matter.case.class_code == LEASE:
        record_occupancy(matter, acting)
    open_with_result(matter)


def _set_aside(matter: Matter, granted: Granted, fen: int) -> BudgetLine:
    case = matter.case
    if matter.item is not None and matter.first_payload is not None:
        form = matter.private.get("form") or {}
        note_claim(case=case, payload=matter.first_payload, form=form, identity=identity_of(matter))
    code, _ = pinned_item(matter.work.state.facts, case.class_code)
    today = matter.now.astimezone(matter.work.book.calendar.zone).date()
    return reserve(
        acting=granted.acting, case=case.pk, item=code, year=today.year, fen=fen, at=matter.now,
        seen_fen=granted.seen_fen,
    )  # fmt: skip


def identity_of(matter: Matter) -> dict[str, str]:
    """Return the fields of the form by which somebody is known again, with their kinds."""
    return identity_fields(content_of(matter.item)) if matter.item is not None else {}


def paid(matter: Matter, acting: Acting, reference: str) -> None:
    """Turn what is set aside into paid, with the number of the voucher; sent twice it was done before."""
    if matter.work.state.stage in ("granted", "granted_now"):
        pay_reserved(acting=acting, case=matter.case.pk, reference=reference, at=matter.now)


def _register(matter: Matter, granted: Granted, work: Work) -> list[Model]:
    case = matter.case
    if case.class_code == LEASE and is_end(matter):
        return []
    assert matter.item is not None
    assert matter.item.result is not None
    assert case.reporter is not None
    begins, ends = term_of(matter, lease_term(matter) if case.class_code == LEASE else granted.valid)
    issued = work.papers or _written(case)
    paper = next((one for one in issued if one.kind in _SHOWN), None)
    given = Given(
        kind=case.class_code, title=matter.item.result.name or matter.item.name, holder=case.reporter, case=case,
        valid_from=begins, valid_to=ends, conditions=granted.conditions or matter.item.result.conditions, paper=paper,
    )  # fmt: skip
    return grant_rows(given, at=matter.now)


def _written(case: Case) -> list[Paper]:
    """Return the papers of a case that was written before what follows from its decision (a recorded history)."""
    return list(Paper.objects.filter(case=case, kind__in=_SHOWN).order_by("entry_seq"))
