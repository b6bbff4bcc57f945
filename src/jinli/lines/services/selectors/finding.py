"""Finding an item by the words of people: everyday words, names, English, pinyin, and what sounds alike.

The index lies in the process, built from the items when the town's stamp changes; there is no table to keep in step,
and both databases answer alike. Each phrase of an item (a name, an everyday word) is compared by itself and the best
one counts, so that an item with many words is found no sooner than one with few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from math import log, sqrt
from pathlib import Path
from typing import Final

from django.conf import settings

from jinli.lines.services.selectors.items import Item, offered_items
from jinli.lines.services.selectors.sounds import heard, initials, sounded
from jinli.lines.services.selectors.terms import asked_for, loose_pairs, plain, terms
from jinli.packs.catalogue import synonyms
from jinli.packs.faults import Faults
from jinli.packs.items import ItemRow
from jinli.town.models import Division
from jinli.town.stamps import under_stamp

_PAIR, _SINGLE, _SYNONYM, _SOUND = 1.0, 0.35, 0.6, 0.45
_REST: Final = 0.2
"""How much the other phrases of an item add to its best one."""
_WHOLE: Final = 3.0
"""What it is worth when all of a phrase was said, for each of its characters, with the square root taken."""
_COMMON: Final = 400
"""A single character in more phrases than this says nothing."""
_LOWEST: Final = 0.22
"""Hits below this share of the best one are left out."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An item that was found, and the words of it that fitted best."""

    item: Item
    phrase: str
    score: float


@dataclass(frozen=True, kw_only=True)
class _Phrase:
    """One name or everyday word of an item."""

    item: int
    text: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class Index:
    """The phrases of all items, by the terms in them."""

    items: tuple[Item, ...]
    phrases: tuple[_Phrase, ...]
    holds: Mapping[str, tuple[int, ...]]
    norms: tuple[float, ...]
    rarity: Mapping[str, float]

    @cached_property
    def typed(self) -> tuple[tuple[str, str, int], ...]:
        """Return each phrase in pinyin and by its initials; made when somebody types those for the first time."""
        return tuple(
            (sounded(plain(one.text)), initials(plain(one.text)), number) for number, one in enumerate(self.phrases)
        )


def phrases_of(row: ItemRow) -> Iterable[tuple[str, float]]:
    """Return what an item is called, and how much each counts."""
    yield row.name, 1.0
    yield from ((one, 1.0) for one in row.everyday)
    if row.name_en:
        yield row.name_en, 1.0
    if row.result is not None:
        yield row.result.name, 0.7
    if row.theme:
        yield row.theme, 0.35


def index_of(items: Sequence[Item]) -> Index:
    """Return the index of these items."""
    phrases: list[_Phrase] = []
    holds: dict[str, list[int]] = defaultdict(list)
    lists: list[frozenset[str]] = []
    for number, item in enumerate(items):
        for text, weight in phrases_of(item.row):
            found = frozenset(terms(text)) | frozenset(_sound_pairs(text))
            for term in found:
                holds[term].append(len(phrases))
            lists.append(found)
            phrases.append(_Phrase(item=number, text=text, weight=weight))
    spread = {term: len({phrases[one].item for one in held}) for term, held in holds.items()}
    rarity = {term: log(1 + len(items) / count) for term, count in spread.items()}
    norms = tuple(sqrt(sum((rarity[term] * _worth(term)) ** 2 for term in found)) or 1.0 for found in lists)
    return Index(
        items=tuple(items),
        phrases=tuple(phrases),
        holds={term: tuple(held) for term, held in holds.items()},
        norms=norms,
        rarity=rarity,
    )


def _sound_pairs(text: str) -> Iterable[str]:
    """Return the pairs of syllables of a text, marked as sounds: so a word said right and typed wrongly is found."""
    sounds = heard(plain(text))
    return (f"~{sounds[place]} {sounds[place + 1]}" for place in range(len(sounds) - 1))


def _worth(term: str) -> float:
    if term.startswith("~"):
        return _SOUND
    return _SINGLE if len(term) == 1 else _PAIR


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(one.words for one in synonyms(Path(settings.PACKS) / "_standard", Faults()))


def _meant(text: str) -> dict[str, float]:
    """Return the terms of a question with their weights: its own, and those of words that mean the same."""
    asked = asked_for(text)
    weights: dict[str, float] = {}
    for word in (word for group in _groups() if any(one in plain(text) for one in group) for word in group):
        for term in terms(word):
            if len(term) > 1:
                weights[term] = _SYNONYM * _worth(term)
    for term, weight in loose_pairs(asked).items():
        weights[term] = max(weight, weights.get(term, 0.0))
    for run in asked.split():
        for term in (*terms(run), *_sound_pairs(run)):
            weights[term] = _worth(term)
    return weights


def find(index: Index, text: str, *, most: int = 10) -> tuple[Hit, ...]:
    """Return the items nearest to what somebody typed, the nearest first."""
    scores: dict[int, float] = defaultdict(float)
    for term, weight in _meant(text).items():
        held = index.holds.get(term, ())
        if len(term) == 1 and len(held) > _COMMON:
            continue
        worth = weight * _worth(term) * index.rarity.get(term, 0.0) ** 2
        for number in held:
            scores[number] += worth
    said = plain(text).replace(" ", "")
    by_item: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for number, score in scores.items():
        phrase = index.phrases[number]
        value = score / index.norms[number] * phrase.weight
        if len(phrase.text) > 1 and plain(phrase.text) in said:
            value += _WHOLE * sqrt(len(phrase.text)) * phrase.weight
        by_item[phrase.item].append((value, phrase.text))
    if said.isascii() and said.isalnum():
        for number, value in _typed(index, said):
            by_item[index.phrases[number].item].append((value, index.phrases[number].text))
    return _ranked(index, by_item, most)


def _typed(index: Index, said: str) -> Iterable[tuple[int, float]]:
    """Return the phrases that somebody typed in pinyin or by initials, with a slip of one letter allowed."""
    for sound, first, number in index.typed:
        weight = index.phrases[number].weight
        if len(said) >= 4 and said in sound:
            yield number, weight * (20 + 10 * len(said) / len(sound))
        elif len(said) >= 2 and first.startswith(said):
            yield number, weight * (14 + 10 * len(said) / len(first))
        elif len(said) >= 3 and said in first:
            yield number, weight * (10 + 10 * len(said) / len(first))
        elif len(said) >= 6 and _near(said, sound):
            yield number, weight * 12


def _near(said: str, sound: str) -> bool:
    """Return whether a text with one letter wrong, missing or too many is in a sound: one of its halves then is."""
    half = len(said) // 2
    place = sound.find(said[:half])
    if place >= 0:
        return _one_slip(said, sound[place : place + len(said) + 1])
    place = sound.find(said[half:])
    return place >= 0 and _one_slip(said, sound[max(0, place - half - 1) : place + len(said) - half])


def _one_slip(one: str, other: str) -> bool:
    """Return whether the first becomes a part of the second by changing, dropping or adding one letter."""
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, theirs = one[same:], other[same:]
    ways = (theirs.startswith(rest[1:]), theirs[1:].startswith(rest[1:]), theirs[1:].startswith(rest))
    swapped = len(rest) > 1 and theirs[:2] == rest[1] + rest[0] and theirs[2:].startswith(rest[2:])
    return any(ways) or swapped or one in other


def _ranked(index: Index, by_item: Mapping[int, list[tuple[float, str]]], most: int) -> tuple[Hit, ...]:
    hits = []
    for number, found in by_item.items():
        found.sort(reverse=True)
        score = found[0][0] + _REST * sum(value for value, _ in found[1:3])
        hits.append(
            Hit(
                item=index.items[number], phrase=found[0][1], score=score * (1.0 + 0.05 * index.items[number].done_here)
            )
        )
    hits.sort(key=lambda one: (-one.score, one.item.code))
    lowest = hits[0].score * _LOWEST if hits else 0.0
    return tuple(one for one in hits[:most] if one.score >= lowest)


@under_stamp
def _index(town: Division, day: date) -> Index:
    return index_of(offered_items(town, day))


def found_items(town: Division, day: date, text: str, *, most: int = 10) -> tuple[Hit, ...]:
    """Return the items in force on a day that fit what somebody typed. No query while nothing changed."""
    return find(_index(town, day), text[:200], most=most)
