"""An item's form and materials as rules: which are asked under these answers, and who tests a check digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from stdnum import luhn
from stdnum.cn import ric, uscc

from jinli.domain.forms import Check, Field, is_asked
from jinli.packs.items import FieldRow, ItemRow, MaterialRow, SituationRow


def _card(number: str) -> bool:
    """Return whether a bank card's last digit fits; an account that is no card carries none (JR/T 0008)."""
    is_card = 16 <= len(number) <= 19 and number.startswith(("62", "4", "5"))
    return luhn.is_valid(number) if is_card else True


#: Identity numbers by GB 11643, credit codes by GB 32100, bank cards by Luhn.
CHECKS: Final[Mapping[str, Check]] = {
    "id_number": ric.is_valid,
    "credit_code": uscc.is_valid,
    "bank_account": _card,
}


def form_of(rows: Sequence[FieldRow]) -> tuple[Field, ...]:
    """Return the fields of a form as the domain reads them."""
    return tuple(
        Field(
            code=one.code,
            kind=one.kind,
            needed=one.needed,
            when={code: tuple(answers) for code, answers in one.when.items()},
            most=one.most,
            lowest=one.lowest,
            highest=one.highest,
            choices=tuple(choice.code for choice in one.choices),
            fields=form_of(one.fields),
        )
        for one in rows
    )


def questions_asked(row: ItemRow, answers: Mapping[str, str]) -> tuple[SituationRow, ...]:
    """Return the questions about the situation that are asked under the answers given so far."""
    return tuple(one for one in row.situations if is_asked(one.when, answers))


def situation_of(row: ItemRow, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that count: to questions that are asked, and among those that can be given."""
    counted: dict[str, str] = {}
    for one in row.situations:
        answer = answers.get(one.code, "")
        if is_asked(one.when, counted) and answer in {choice.code for choice in one.answers}:
            counted[one.code] = answer
    return counted


def materials_asked(row: ItemRow, answers: Mapping[str, Any]) -> tuple[MaterialRow, ...]:
    """Return the materials that are needed in this situation."""
    return tuple(one for one in row.materials if is_asked(one.when, answers))
