"""Identifiers that are unique across towns and grow with time."""

from __future__ import annotations

import os
import time
from uuid import UUID

_RANDOM = 80
_VERSION, _VARIANT = 0x7 << 76, 0x2 << 62
_KEPT = ~(0xF << 76 | 0x3 << 62)


def new_id() -> UUID:
    """Return a version 7 UUID (RFC 9562): 48 bits of milliseconds, then random bits.

    Time-ordered ids keep index pages warm; randomness keeps them unique across towns and processes.
    """
    return time_ordered(free=0)


def time_ordered(*, free: int) -> UUID:
    """Return a new id as `new_id` does, its lowest `free` bits left empty: at most 48, that it stays unique."""
    drawn = int.from_bytes(os.urandom(_RANDOM // 8), "big") >> free << free
    return UUID(int=((time.time_ns() // 1_000_000) << _RANDOM | drawn) & _KEPT | _VERSION | _VARIANT)
