"""Note under which number a case of ours stands in another system, once somebody has retyped it there."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from jinli.cases.models import Case
from jinli.cases.services.noting import Mirrors, note_done_there
from jinli.domain.errors import ConflictError, InvalidInputError
from jinli.exchange.models import ForeignRecord
from jinli.exchange.selectors.foreign import holder_of, may_be_named, mirrors_numbered, records_in
from jinli.packs.prescribed import SheetRow
from jinli.town.acting import Acting

_FIELD: Final = "foreign_number"
_MOST: Final = 80
#: Digits, letters, Chinese words such as 字 and 号, and what stands between the parts of a number.
_PLAUSIBLE: Final = re.compile(r"[0-9A-Za-z\u4e00-\u9fff()（）\[\]〔〕【】/_.#:\-–—]+")


def checked_number(text: str) -> str:
    """Return a foreign number without the blanks around it.

    Raises
    ------
    InvalidInputError : it is empty, too long, or cannot be a number.
    """
    number = text.strip()
    if not number:
        raise InvalidInputError("exchange.foreign.empty", field=_FIELD)
    if len(number) > _MOST:
        raise InvalidInputError("exchange.foreign.too_long", field=_FIELD, most=_MOST)
    if not _PLAUSIBLE.fullmatch(number) or not re.search(r"[0-9]", number):
        raise InvalidInputError("exchange.foreign.implausible", field=_FIELD, value=number)
    return number


def note_number(*, acting: Acting, case: UUID, sheet: SheetRow, version: int | None, text: str, key: str | None) -> str:
    """Note or correct the number of a case in the system of a sheet; return the number of the case here.

    A later import from a source with the code of that system knows the case by it. A mirror that an import brought
    already under this number is linked with the case.

    Raises
    ------
    ConflictError : somebody noted a number of the same system meanwhile.
    InvalidInputError : no plausible number; it is our own; another case stands there under it.
    """
    number = checked_number(text)

    def remember(row: Case, was: str, at: datetime) -> Mirrors:
        return _remember(acting, row, sheet, number, was, at)

    try:
        return note_done_there(
            acting=acting, case=case, version=version, system=sheet.system, system_name=sheet.system_name,
            foreign_number=number, key=key, remember=remember,
        )  # fmt: skip
    except (IntegrityError, ConflictError):
        _refuse_taken(acting, Case.objects.get(pk=case, town=acting.town), sheet, number)  # a twin was faster
        raise


def _remember(acting: Acting, case: Case, sheet: SheetRow, number: str, was: str, at: datetime) -> Mirrors:
    """Write where the case stands now, and return the mirrors of the number and of the one noted before."""
    records = records_in(acting.town, sheet.system, sheet.system_name)
    if case.system_of_record in records:
        raise InvalidInputError("exchange.foreign.own_record", field=_FIELD, system=sheet.system_name)
    if Case.objects.filter(town=acting.town, number=number).exists():
        raise InvalidInputError("exchange.foreign.ours", field=_FIELD, value=number)
    _refuse_taken(acting, case, sheet, number)
    ForeignRecord.objects.update_or_create(
        case=case,
        system=sheet.system,
        defaults={
            "town_id": case.town_id,
            "system_name": sheet.system_name,
            "foreign_number": number,
            "noted_at": at,
            "by_id": acting.person,
        },
    )
    return Mirrors(
        found=mirrors_numbered(acting.town, records, number),
        mistaken=mirrors_numbered(acting.town, records, was) if was else (),
    )


def _refuse_taken(acting: Acting, case: Case, sheet: SheetRow, number: str) -> None:
    """Refuse a number under which another case stands; name that case to those who may see it."""
    holder = holder_of(acting.town, sheet.system, number, case)
    if holder is None:
        return
    if may_be_named(acting, holder):
        raise InvalidInputError(
            "exchange.foreign.taken", field=_FIELD, value=number, number=holder.number, title=holder.title
        )
    raise InvalidInputError("exchange.foreign.taken_unseen", field=_FIELD, value=number)
