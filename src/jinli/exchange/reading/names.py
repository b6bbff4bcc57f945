"""Names of departments, places and classes as other systems write them, matched to ours without merging any two.

A match is `exact` by a name that we hold, `code` by a code. Everything else is for a person to see: `likely` where one
candidate alone fits a usual variant (东围, 东围村, 东围村委会; 水利局, 区水利局), `ambiguous` where several do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from jinli.exchange.reading.values import plain

Certainty = Literal["exact", "code", "likely", "ambiguous", "none", "conflict"]

_SPACES = re.compile(r"\s+")
_DEMONSTRATION = re.compile(r"\((?:演示|模拟|测试)\)")
# The kinds are kept apart: a village committee and a residents' committee of one name are two bodies (村民委员会组织法,
# 城市居民委员会组织法).
_KINDS = {
    "village": ("村民委员会", "村委会", "村委", "行政村", "村"),
    "community": ("社区居民委员会", "社区居委会", "社区居委", "居民委员会", "居委会", "居委", "社区"),
}
_SUFFIXES = sorted(
    ((suffix, kind) for kind, suffixes in _KINDS.items() for suffix in suffixes), key=lambda one: -len(one[0])
)
_DIVISIONS = "省市区县镇乡"
_LONGEST_HEAD = 14
_LEAST_TAIL = 2


@dataclass(frozen=True)
class Candidate:
    """One of ours: its code and every name that it goes by."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """Which candidate a name means; `code` is None unless exactly one fits.

    `others` are the codes among which a person has to choose, or, for a conflict, the codes that contradict each other.
    """

    code: str | None
    certainty: Certainty
    others: tuple[str, ...]
    given: str


@dataclass(frozen=True)
class Disagreement:
    """A code with several names, or a name with several codes, in one file; the rows are kept apart."""

    kind: Literal["code_two_names", "name_two_codes"]
    given: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class _Form:
    """One way to take a name apart: 某区|水利局 has head and root, 东围村 has root and kind."""

    head: str
    root: str
    kind: str


class NameBook:
    """All candidates of one kind, looked up by name or code: a few dictionary reads, and one the second time."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._codes: set[str] = set()
        self._names: dict[str, dict[str, None]] = {}
        self._roots: dict[str, list[tuple[_Form, str]]] = {}
        self._known: dict[tuple[str, str], Match] = {}
        for one in candidates:
            self._codes.add(one.code)
            for name in filter(None, map(usual, one.names)):
                self._names.setdefault(name, {})[one.code] = None
                for form in _forms(name):
                    self._roots.setdefault(form.root, []).append((form, one.code))

    def match(self, name: str, code: str = "") -> Match:
        """Return what a name, a code or both mean. A name that does not fit its code is a conflict, never merged."""
        asked = (name, code)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) > 100_000:  # a column that holds no names at all
                self._known.clear()
            found = self._known[asked] = self._match(name, code.strip())
        return found

    def _match(self, name: str, code: str) -> Match:
        by_name = self._by_name(name)
        if code not in self._codes:  # their own code, which says nothing here
            return by_name
        if not usual(name):
            return Match(code, "code", (), name)
        meant = {by_name.code} if by_name.code else set(by_name.others)
        if code in meant:
            return Match(code, "exact" if by_name.certainty == "exact" else "code", (), name)
        return Match(None, "conflict", (code, *sorted(filter(None, meant))), name)

    def _by_name(self, name: str) -> Match:
        wanted = usual(name)
        if not wanted:
            return Match(None, "none", (), name)
        if found := self._names.get(wanted):
            return self._chosen(tuple(found), "exact", name)
        akin: dict[str, None] = {}
        for form in _forms(wanted):
            fitting = {code: None for other, code in self._roots.get(form.root, ()) if _fits(form, other)}
            if fitting:
                return self._chosen(tuple(fitting), "likely", name)
            akin |= {code: None for other, code in self._roots.get(form.root, ()) if _heads_fit(form, other)}
        return Match(None, "ambiguous" if akin else "none", tuple(akin), name)

    @staticmethod
    def _chosen(codes: tuple[str, ...], certainty: Certainty, name: str) -> Match:
        return Match(codes[0], certainty, (), name) if len(codes) == 1 else Match(None, "ambiguous", codes, name)

    def report(self, pairs: Iterable[tuple[str, str]]) -> tuple[Disagreement, ...]:
        """Return where the (name, code) pairs of a file disagree; another spelling alone is no disagreement."""
        names: dict[str, dict[str, str]] = {}
        codes: dict[str, dict[str, str]] = {}
        shown: dict[str, str] = {}
        for name, code in pairs:
            same, code = usual(name), code.strip()
            if same and code:
                shown.setdefault(same, name)
                names.setdefault(code, {}).setdefault(same, name)
                codes.setdefault(same, {}).setdefault(code, code)
        return (
            *(
                Disagreement("code_two_names", code, tuple(sorted(several.values())))
                for code, several in sorted(names.items())
                if len(several) > 1
            ),
            *(
                Disagreement("name_two_codes", shown[same], tuple(sorted(several)))
                for same, several in sorted(codes.items())
                if len(several) > 1
            ),
        )


def usual(name: str) -> str:
    """Return a name in half-width signs without spaces and without the mark of the demonstration."""
    return _DEMONSTRATION.sub("", _SPACES.sub("", plain(name))).lower()


def _forms(name: str) -> Iterator[_Form]:
    """Yield the ways to take a name apart, the longest root first."""
    cuts = [0, *(place + 1 for place, sign in enumerate(name[:_LONGEST_HEAD]) if sign in _DIVISIONS)]
    for cut in cuts:
        head, tail = name[:cut], name[cut:]
        if len(tail) < _LEAST_TAIL or (cut and tail in _KINDS["village"] + _KINDS["community"]):
            continue
        kind = ""
        for suffix, of_kind in _SUFFIXES:
            if tail.endswith(suffix) and len(tail) > len(suffix):
                tail, kind = tail[: -len(suffix)], of_kind
                break
        if len(tail) >= _LEAST_TAIL or (kind and tail):
            yield _Form(head, tail, kind)


def _heads_fit(one: _Form, other: _Form) -> bool:
    """Return whether the divisions in front do not contradict: 区 and 东山区 fit, 西山区 and 东山区 do not."""
    return not one.head or not other.head or one.head.endswith(other.head) or other.head.endswith(one.head)


def _fits(one: _Form, other: _Form) -> bool:
    return _heads_fit(one, other) and (one.kind == other.kind or not one.kind or not other.kind)
