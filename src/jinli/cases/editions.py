"""Procedures by code and edition, as loaded into the database, kept ready in the process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from jinli.cases.models import ProcedureEdition
from jinli.domain.errors import InvalidInputError
from jinli.domain.grammar import read_procedure
from jinli.domain.journal import canonical
from jinli.domain.procedure import Procedure
from jinli.town.models import Division
from jinli.town.selectors import chain_of
from jinli.town.stamps import renew_time_stamps, under_stamp


@lru_cache(maxsize=256)
def _read(source: str) -> Procedure:
    return read_procedure(json.loads(source))


_held: dict[tuple[int, UUID, str, int], Procedure] = {}


def edition_of(town: Division, code: str, edition: int) -> Procedure:
    """Return the procedure of this edition, as the town or a division above it loaded it."""
    key = (town.pk, town.time_stamp, code, edition)
    if key not in _held:
        rows = ProcedureEdition.objects.filter(code=code, edition=edition)
        row = _nearest(town, list(rows.select_related("division")))
        if row is None:
            raise InvalidInputError("cases.procedure_unknown", field="procedure", unknown=f"{code}/{edition}")
        _held[key] = _read(row.source)
    return _held[key]


def latest(town: Division, code: str) -> Procedure:
    """Return the newest edition of a procedure for new cases of the town."""
    found = _newest(town, code)
    if found is None:
        raise InvalidInputError("cases.procedure_unknown", field="procedure", unknown=code)
    return edition_of(town, code, found)


@under_stamp
def _newest(town: Division, code: str) -> int | None:
    """Return the newest edition; the stamp of the town changes when a procedure is loaded above it."""
    chain = [division.pk for division in chain_of(town)]
    rows = ProcedureEdition.objects.filter(code=code, division__in=chain).order_by("-edition")
    return rows.values_list("edition", flat=True).first()


def pinned(town: Division, procedure: str) -> Procedure:
    """Return the procedure that a case names as `code/edition`."""
    code, _, edition = procedure.partition("/")
    return edition_of(town, code, int(edition))


def load_procedure(division: Division, found: Mapping[str, Any], at: datetime) -> bool:
    """Keep a procedure for the division and those below it; return whether anything new was kept.

    The same text again changes nothing. A changed text under an edition already kept is refused: raise the edition,
    so that running cases stay with the one they were opened under.

    Raises
    ------
    InvalidInputError : the procedure is unsound, or its edition is kept with another text.
    """
    procedure = read_procedure(found)
    text = canonical(found)
    digest = sha256(text.encode()).hexdigest()
    row = ProcedureEdition.objects.filter(division=division, code=procedure.code, edition=procedure.edition).first()
    if row is not None:
        if row.digest != digest:
            raise InvalidInputError(
                "cases.procedure_edition_changed", field="edition", procedure=procedure.code, edition=procedure.edition
            )
        return False
    ProcedureEdition.objects.create(
        division=division, code=procedure.code, edition=procedure.edition, source=text, digest=digest, loaded_at=at
    )
    renew_time_stamps(division)
    forget()
    return True


def _codes(town: Division) -> list[str]:
    return [division.code for division in chain_of(town)]


def _nearest(town: Division, rows: list[ProcedureEdition]) -> ProcedureEdition | None:
    by_division = {row.division.code: row for row in rows}
    return next((by_division[code] for code in _codes(town) if code in by_division), None)


def forget() -> None:
    """Forget what the process remembers (a new edition was loaded; tests that replace the database)."""
    _held.clear()
    _newest.forget()
