"""Identifiers inside a case: derived from the case's own, so that a row can be written without being read first."""

from __future__ import annotations

import hashlib
from uuid import UUID

from jinli.town.ids import time_ordered

_PARTS = {"entry": 1, "clock": 2, "assignment": 3}
_LOW = 16


def case_id() -> UUID:
    """Return a new case id; its lowest 16 bits are left free for the case's own rows."""
    return time_ordered(free=_LOW)


def part_id(case: UUID, kind: str, number: int) -> UUID:
    """Return the id of entry, clock or assignment `number` (1 to 16383) of a case."""
    if not 0 < number < 1 << 14:
        raise OverflowError(f"a case holds at most 16383 of each kind, not {number}")
    return UUID(int=case.int | _PARTS[kind] << 14 | number)


def secret_hash(secret: str) -> str:
    """Return what is kept of a token or tracking code that only its holder knows."""
    return hashlib.sha256(("jinli:" + secret).encode()).hexdigest()
