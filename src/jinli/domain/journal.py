"""The journal's own arithmetic: canonical text, the hash chain of a case, commitments to erasable text, and seals.

The chain runs per case; the town is sealed once a day over the heads of all cases that changed. Personal text is never
hashed itself: an entry holds only SHA-256(salt + payload), so that payload and salt can be deleted lawfully later and
the chain still holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

#: Made once: making an encoder costs as much as using it.
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Mapping[str, Any]) -> str:
    """Return the one text of a mapping: keys sorted, no spaces, plain UTF-8 (after RFC 8785; no floats occur)."""
    return _ENCODE(value)


def genesis(town_code: str, number: str) -> str:
    """Return what the first entry of a case chains to: a hash of the town and the case number."""
    return sha256(f"jinli:{town_code}:{number}".encode()).hexdigest()


def entry_hash(previous: str, body_text: str, payload_commitment: str) -> str:
    """Return the hash of an entry, from the text as stored (never from a value read back and written anew)."""
    return sha256(f"{previous}\n{payload_commitment}\n{body_text}".encode()).hexdigest()


def commitment(salt: bytes, payload_text: str) -> str:
    """Return what an entry says of its erasable payload."""
    return sha256(salt + payload_text.encode()).hexdigest()


def seal_root(previous_root: str, sealed_at: str, heads: Iterable[tuple[str, int, str]]) -> tuple[str, str]:
    """Return the sealed list as text, headed by its moment, and the root over it and the previous root.

    `heads` holds (case number, last seq, head hash) of every case changed since the last seal, in order of number.
    """
    text = "\n".join([sealed_at, *(f"{number} {seq} {head}" for number, seq, head in sorted(heads))])
    return text, sha256(f"{previous_root}\n{text}".encode()).hexdigest()
