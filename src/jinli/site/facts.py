"""Facts of the town as pages show them: a cited one leads to its source, an unknown one stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from jinli.site.registers import own_title
from jinli.town.models import Status, TownFact
from jinli.ui.parts import Fact
from jinli.ui.words import say, tongue


@dataclass(frozen=True, kw_only=True)
class FactRow:
    """One row of the register; `value` is None while no source gives it."""

    code: str
    arrow: str
    title: str
    value: str | None
    note: str
    as_of: str
    status: str
    source: str


@dataclass(frozen=True, kw_only=True)
class FactGroup:
    """The facts of one direction."""

    title: str
    rows: tuple[FactRow, ...]


def _own(row: TownFact, name: str) -> str:
    return (tongue() == "en" and str(getattr(row, f"{name}_en"))) or str(getattr(row, name))


def value_text(row: TownFact) -> str | None:
    """Return the value with its unit, None while no source gives it."""
    if row.status == Status.UNKNOWN:
        return None
    return say("site.facts.value", value=_own(row, "value"), unit=_own(row, "unit")).strip()


def board_facts(rows: Iterable[TownFact], arrow: str) -> tuple[Fact, ...]:
    """Return the facts of one direction for its box; each value leads to the row with its source."""
    url = reverse("site:facts")
    found = []
    for row in rows:
        if row.arrow == arrow:
            value, note = value_text(row), _own(row, "note")
            beside = say("site.facts.note", note=note) if note and value else note
            found.append(Fact(label=own_title(row), value=value, note=beside, href=f"{url}#fact-{row.code}"))
    return tuple(found)


def fact_groups(rows: Iterable[TownFact]) -> tuple[FactGroup, ...]:
    """Return the register by direction, in the order of the board."""
    shown = [_row(row) for row in rows]
    titles = {one: say(f"site.board.arrow.{one}") for one in TownFact.Arrow.values}
    groups = (
        FactGroup(title=title, rows=tuple(one for one in shown if one.arrow == title)) for title in titles.values()
    )
    return tuple(one for one in groups if one.rows)


def _row(row: TownFact) -> FactRow:
    return FactRow(
        code=row.code,
        arrow=say(f"site.board.arrow.{row.arrow}"),
        title=own_title(row),
        value=value_text(row),
        note=_own(row, "note"),
        as_of=row.as_of,
        status=say(f"town.status.{row.status}"),
        source=row.source,
    )
