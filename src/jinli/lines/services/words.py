"""Words of government matters."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {}
