"""How large a matter is, where a power over it has a bound: the values of the form that the register names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinli.domain.bounds import bound_facts
from jinli.lines.services.selectors.matters import Matter
from jinli.packs.items import ItemRow
from jinli.town.competence import powers_of
from jinli.town.models import Division


def stated_size(town: Division, row: ItemRow, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a case that bound a power over its item, as the form states them, each with its unit.

    Powers past and to come count too: a case is judged under the power of the day of each act. Numbers only, so that
    nothing personal is hashed. No query while the register stands.
    """
    bounds = {one.bound.fact: one.bound.unit for one in powers_of(town) if one.item == row.code and one.bound}
    units = {one.code: one.unit for one in row.form}
    return dict(bound_facts(bounds, values, units))


def size_of(matter: Matter, changed: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the same for an application in hand, with what is being corrected laid over its form."""
    if matter.item is None:
        return {}
    return stated_size(matter.case.town, matter.item, {**(matter.private.get("form") or {}), **(changed or {})})
