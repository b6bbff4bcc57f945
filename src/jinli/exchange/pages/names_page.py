"""The names of a file that nobody matched: each with how many rows, what it may be, and all of ours to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.forms import BoundField

from jinli.exchange.forms.dropping import NOT_OURS, NamesForm
from jinli.exchange.models import ImportRun
from jinli.exchange.reading.names import Candidate
from jinli.ui.words import say

#: So many are asked at once; the next ones stand there when these are decided.
AT_ONCE: Final = 20


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of ours."""

    code: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class NameRow:
    """One name to be matched."""

    bound: BoundField
    kind: str
    text: str
    rows: int
    certainty: str
    why: str
    likely: tuple[Choice, ...]
    others: tuple[Choice, ...]
    not_ours: bool


@dataclass(frozen=True, kw_only=True)
class NamesPage:
    """The names that are asked now, and how many more wait."""

    form: NamesForm
    rows: tuple[NameRow, ...]
    count: int
    more: int


def names_of(run: ImportRun) -> Sequence[Mapping[str, Any]]:
    """Return the names that the page of a run asks about."""
    found: Sequence[Mapping[str, Any]] = run.counts.get("names", [])[:AT_ONCE]
    return found


def titles_of(candidates: Mapping[str, Sequence[Candidate]]) -> dict[str, str]:
    """Return code -> name of all bodies, classes and places."""
    return {one.code: one.names[0] for kind in candidates.values() for one in kind if one.names}


def names_page(run: ImportRun, form: NamesForm, candidates: Mapping[str, Sequence[Candidate]]) -> NamesPage | None:
    """Return the names to match, None when there are none."""
    names = names_of(run)
    if not names:
        return None
    total = len(run.counts["names"]) + int(run.counts.get("more_names", 0))
    rows = tuple(_row(form[f"name_{place}"], one, candidates[one["kind"]]) for place, one in enumerate(names))
    return NamesPage(form=form, rows=rows, count=total, more=total - len(rows))


def _row(bound: BoundField, name: Mapping[str, Any], candidates: Sequence[Candidate]) -> NameRow:
    proposed = name["others"][0] if name["certainty"] == "likely" and name["others"] else ""
    chosen = str(bound.value() or "") if bound.form.is_bound else proposed

    def choice(one: Candidate) -> Choice:
        return Choice(code=one.code, label=one.names[0] if one.names else one.code, chosen=one.code == chosen)

    likely = [one for code in name["others"] for one in candidates if one.code == code]
    return NameRow(
        bound=bound,
        kind=say(f"exchange.kind.{name['kind']}"),
        text=name["text"],
        rows=name["rows"],
        certainty=say(f"exchange.sure.{name['certainty']}"),
        why=say(f"exchange.sure.{name['certainty']}.why"),
        likely=tuple(choice(one) for one in likely),
        others=tuple(choice(one) for one in candidates if one not in likely),
        not_ours=chosen == NOT_OURS,
    )
