"""The words of the packs room, which is no application of its own."""

from __future__ import annotations

from jinli.packs.words import WORDS

__all__ = ["WORDS"]
