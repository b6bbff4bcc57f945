"""JSON as bytes for answers to machines; what encodes them is named here and nowhere else."""

from __future__ import annotations

from typing import Final

import msgspec

_ENCODER: Final = msgspec.json.Encoder()


def encoded(value: object) -> bytes:
    """Return a frozen dataclass, list or mapping as JSON; moments as RFC 3339, ids as text."""
    return _ENCODER.encode(value)
