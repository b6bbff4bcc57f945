"""An item's form and materials as rules: which are asked under these answers, and who tests a check digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from jinli.domain.forms import Check, Field
from jinli.domain.situations import Need, asked, kept_answers, wanted
from jinli.packs.items import FieldRow, ItemRow, MaterialRow, SituationRow


def _identity(number: str) -> bool:
    """Return whether the check digit fits and the day of birth exists.

    The division in the first six digits is not looked up: a card keeps the code of its day, and no list has them all.
    """
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return bool(ric.calc_check_digit(number) == number[-1])


def _card(number: str) -> bool:
    """Return whether a bank card's last digit fits; an account that is no card carries none (JR/T 0008)."""
    is_card = 16 <= len(number) <= 19 and number.startswith(("62", "4", "5"))
    return luhn.is_valid(number) if is_card else True


#: Identity numbers by GB 11643, credit codes by GB 32100, bank cards by Luhn.
CHECKS: Final[Mapping[str, Check]] = {
    "id_number": _identity,
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
    return asked(row.situations, _several(answers))


def situation_of(row: ItemRow, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that count: to questions that are asked, and among those that can be given."""
    return {code: said[0] for code, said in kept_answers(row.situations, _several(answers)).items()}


def materials_asked(row: ItemRow, answers: Mapping[str, str]) -> tuple[MaterialRow, ...]:
    """Return the materials that are needed in this situation, held or not."""
    found = wanted(row.situations, row.materials, _several(answers))
    return tuple(one.material for one in found if one.need is Need.NEEDED)


def _several(answers: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {code: (answer,) for code, answer in answers.items() if answer}
