"""Whose power a matter is when it is not the town's: the register of powers first, then the item, never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jinli.cases.selectors.names import named
from jinli.cases.services.opening import actor_of
from jinli.domain.competence import AUTHORITY, FRONT_DESK, Power
from jinli.domain.errors import RefusedError
from jinli.lines.services.selectors.matters import Matter
from jinli.town.models import Organisation
from jinli.town.selectors import local_day, organisations_at, organisations_by_code

Pair = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Why a matter is another's, and whose.

    Attributes
    ----------
    why : what the rules say; None while the matter is the town's own.
    code, name : the authority to turn to; empty when neither register nor item names one.
    where : the place that the item itself names, in both languages.
    """

    why: RefusedError | None
    code: str = ""
    name: Pair | None = None
    where: Pair | None = None


def elsewhere_of(matter: Matter) -> Elsewhere:
    """Return why the matter is not the town's to decide, and the authority that register or item names.

    One query.
    """
    sealing, item = matter.work.sealing, matter.item
    if sealing is None:
        return Elsewhere(why=None)
    why = sealing.elsewhere(actor_of(matter.acting), matter.now, matter.work.state.facts)
    known = organisations_by_code(matter.case.town)
    mine = [one for one in sealing.powers if one.item == sealing.item]
    code = str(why.facts.get("authority", "")) if why else ""
    row = known.get(code or _origin(mine) or _office(matter, known))
    where = {"zh": item.where, "en": item.where_en or item.where} if item and item.where else None
    if row is None:
        return Elsewhere(why=why, where=where)
    return Elsewhere(why=why, code=row.code, name={"zh": row.name, "en": row.name_en or row.name}, where=where)


def _origin(powers: Iterable[Power]) -> str:
    """Return the body whose power it is by origin, where the register names one at all."""
    return next((one.authority for one in powers if one.authority), "")


def _office(matter: Matter, known: Mapping[str, Organisation]) -> str:
    """Return the office of the item where it is no body of the town itself."""
    code = matter.item.office if matter.item else ""
    row = known.get(code)
    return code if row is not None and row.division_id != matter.case.town_id else ""


def decided_here(matter: Matter) -> bool:
    """Return whether the town decides the matter itself, so that handing it on would be shirking it."""
    sealing = matter.work.sealing
    if sealing is None:
        return False
    actor = actor_of(matter.acting)
    try:
        found = sealing.held(actor, matter.now)
    except RefusedError:
        return False
    theirs = found.mode in (FRONT_DESK, AUTHORITY)
    return not theirs and sealing.elsewhere(actor, matter.now, matter.work.state.facts) is None


def bodies_above(matter: Matter) -> list[tuple[str, str]]:
    """Return the bodies of the divisions above, by code: whoever a matter can be handed over to. One query."""
    town = matter.case.town
    rows = organisations_at(town, local_day(town, matter.now)).exclude(division=town)
    return [(one.code, named(one)) for one in rows.exclude(kind=Organisation.Kind.ARBITRATION).order_by("name", "id")]
