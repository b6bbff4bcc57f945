"""What counts in the words of people: pairs of characters and whole words, without the words around them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RUN: Final = re.compile(r"[一-鿿㐀-䶿]+|[0-9a-z]+")
#: What people say around the thing they want.
_AROUND: Final = (
    "我想要|我想|我要|我们|我家|我|想要|想|请问|你好|您好|怎么办理|怎么办|怎么|"
    "怎样|如何|什么时候|什么|哪里可以|去哪里|去哪|在哪里|在哪|哪里|哪儿|哪个部门|"
    "部门|窗口|需要|要什么|要不要|材料|手续|流程|条件|办理|申请|申办|办个|办|"
    "可以|能不能|可不可以|能|是不是|有没有|有什么|有|吗|呢|吧|啊|了|的|得|一下|"
    "一个|一家|一张|一点|个|家里|家|在|是|和|跟|给|把|被|就|都|还|也|又|"
    "这个|那个|这|那|到|去|来|要|帮|帮忙|多少|几天|多久|现在|打算|准备|政府|"
    "镇里|镇上|村里|本地|这边"
)
# A longer one first, so that a part of it is not taken for another.
_STOP: Final = re.compile("|".join(sorted(_AROUND.split("|"), key=len, reverse=True)))
_LITTLE: Final = (
    "i|want|to|a|an|the|how|do|can|my|our|for|of|in|on|need|get|apply|please|where|what|is|are|we|you|it|with"
)
_ENGLISH_STOP: Final = frozenset(_LITTLE.split("|"))
#: So many characters may stand between the two of a loose pair: 开一家五金店 asks for 开店.
_REACH: Final = 4


def plain(text: str) -> str:
    """Return a text in one width and case."""
    return unicodedata.normalize("NFKC", text).lower()


def asked_for(text: str) -> str:
    """Return what somebody asks for, without the words around it; all of it when nothing else is left."""
    spaced = _STOP.sub(" ", plain(text))
    return spaced if _RUN.search(spaced) else plain(text)


def terms(text: str) -> tuple[str, ...]:
    """Return single characters, pairs of characters and English words of a text, in their order."""
    found: list[str] = []
    for run in _RUN.findall(plain(text)):
        if run[0].isascii():
            if run not in _ENGLISH_STOP:
                found.append(stem(run))
            continue
        found.extend(run)
        found.extend(run[place : place + 2] for place in range(len(run) - 1))
    return tuple(found)


def loose_pairs(text: str) -> dict[str, float]:
    """Return the pairs of characters that do not stand side by side, with a weight that falls with what is between."""
    found: dict[str, float] = {}
    for run in _RUN.findall("".join(plain(text).split())):
        if run[0].isascii():
            continue
        for gap in range(_REACH, 0, -1):
            found.update((run[place] + run[place + gap + 1], 0.7 - 0.1 * gap) for place in range(len(run) - gap - 1))
    return found


def stem(word: str) -> str:
    """Return an English word without the endings that do not matter here."""
    for ending in ("ies", "ing", "es", "s", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
