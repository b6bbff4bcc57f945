"""How Chinese sounds: the syllables of a text, so that pinyin, initials and words of the same sound are found."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[str, ...]:
    """Return the syllables of a text without tones; what is not Chinese stays as it is.

    The dictionary behind it takes a moment to load, so it is loaded when somebody searches and not before.
    """
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))


@lru_cache(maxsize=20_000)
def _heard(character: str) -> str:
    """Return how one character sounds by itself."""
    return syllables(character)[0]


def heard(text: str) -> list[str]:
    """Return how each character of a text sounds by itself: two that sound alike are taken for one another."""
    return [_heard(one) for one in text]


def sounded(text: str) -> str:
    """Return a text as typed in pinyin without spaces."""
    return "".join(syllables(text))


def initials(text: str) -> str:
    """Return the first letter of each syllable."""
    return "".join(one[:1] for one in syllables(text))
