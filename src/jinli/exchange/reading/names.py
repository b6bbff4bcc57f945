"""Names of departments, places and classes as other systems write them, matched to ours without merging any two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Certainty = Literal["exact", "code", "likely", "ambiguous", "none", "conflict"]


@dataclass(frozen=True)
class Candidate:
    """One of ours: its code and every name that it goes by."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """Which candidate a name means. `others` are the codes among which a person has to choose."""

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


class NameBook:
    """All candidates of one kind, looked up by name or code."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._codes = {one.code: one for one in candidates}
        self._names: dict[str, list[str]] = {}
        for one in self._codes.values():
            for name in one.names:
                self._names.setdefault(name, []).append(one.code)

    def match(self, name: str, code: str = "") -> Match:
        """Return what a name, a code or both mean."""
        found = self._names.get(name, [])
        if code in self._codes and found and code not in found:
            return Match(None, "conflict", (code, *found), name)
        if code in self._codes:
            return Match(code, "exact" if code in found else "code", (), name)
        if len(found) == 1:
            return Match(found[0], "exact", (), name)
        return Match(None, "ambiguous" if found else "none", tuple(found), name)

    def report(self, pairs: Iterable[tuple[str, str]]) -> tuple[Disagreement, ...]:
        """Return where (name, code) pairs of a file disagree among themselves."""
        codes: dict[str, dict[str, None]] = {}
        names: dict[str, dict[str, None]] = {}
        for name, code in pairs:
            if name and code:
                codes.setdefault(code, {})[name] = None
                names.setdefault(name, {})[code] = None
        return (
            *(Disagreement("code_two_names", code, tuple(found)) for code, found in codes.items() if len(found) > 1),
            *(Disagreement("name_two_codes", name, tuple(found)) for name, found in names.items() if len(found) > 1),
        )
