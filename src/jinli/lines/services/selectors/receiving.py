"""Who receives an application, who decides, whose head extends; and which limits are known when it comes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jinli.cases.editions import latest
from jinli.domain.competence import Competence
from jinli.domain.errors import RefusedError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.lines.services.selectors.items import Item
from jinli.packs.items import ItemLimitRow
from jinli.town import moment
from jinli.town.competence import competence_of
from jinli.town.models import Division, Duty, Organisation
from jinli.town.selectors import local_day, organisations_by_code
from jinli.town.stamps import under_stamp
from jinli.ui.words import say_in

#: The house's own limits, where no law and no item says one: how many, of what, and for which term.
HOUSE_LIMITS: Final[Mapping[str, tuple[int, Unit]]] = {
    "supply": (30, Unit.CALENDAR_DAY),
    "opinion": (5, Unit.WORKING_DAY),
    "pay": (15, Unit.WORKING_DAY),
    "submit": (1, Unit.WORKING_DAY),
}


def receiving_bodies(town: Division, item: Item) -> dict[str, str]:
    """Return window, owner and leader of an application.

    Raises RefusedError `services.apply.nobody_receives` when the item names no window or office that is there.
    """
    known = _known(town)
    window = item.row.window or item.row.office
    owner = item.row.office or window
    if window not in known or owner not in known:
        raise RefusedError("services.apply.nobody_receives")
    power = _power(town, item)
    if power is None:
        return {"window": window, "owner": owner, "leader": government_of(town) or owner}
    if power.mode in ("entrusted", "front_desk") and power.authority in known:
        # The window only receives, or acts in another's name: the body above decides and its head extends.
        return {"window": window, "owner": power.authority, "leader": power.authority}
    return {"window": window, "owner": owner, "leader": power.decides}


@under_stamp
def _known(town: Division) -> frozenset[str]:
    """Return the codes of the bodies that the town sees."""
    return frozenset(organisations_by_code(town))


@under_stamp
def government_of(town: Division) -> str:
    """Return the code of the town's government, that with a post of town head first; empty when there is none."""
    rows = Organisation.objects.filter(division=town, kind=Organisation.Kind.GOVERNMENT).order_by("code")
    headed = rows.filter(duties__role=Duty.Role.TOWN_HEAD)
    return str((headed.first() or rows.first() or Organisation(code="")).code)


def _power(town: Division, item: Item) -> Competence | None:
    """Return by which power the matter is handled today, None when the register has none."""
    try:
        return competence_of(town, item.code, local_day(town, moment.now()))
    except RefusedError:
        return None


def terms_at_receipt(town: Division, item: Item) -> dict[str, TimeLimit]:
    """Return the limits that are known when the application comes in; what no source gives is left out."""
    named = latest(town, item.row.procedure).terms
    found = {"decide": known_limit(item.row.statutory), "promised": known_limit(item.row.promised)}
    limits = {name: limit for name, limit in found.items() if limit is not None and name in named}
    return limits | {name: house_limit(name) for name in HOUSE_LIMITS if name in named}


def known_limit(row: ItemLimitRow) -> TimeLimit | None:
    """Return a limit of the item, None when nobody has said how long it is."""
    if row.amount is None or not row.unit or row.status == "unknown":
        return None
    return TimeLimit(
        amount=row.amount, unit=Unit(row.unit), end_rule=EndRule.ROLL, article=row.article, source=row.source
    )


def house_limit(name: str) -> TimeLimit:
    """Return one of the house's own limits, marked as such."""
    amount, unit = HOUSE_LIMITS[name]
    return TimeLimit(amount=amount, unit=unit, end_rule=EndRule.ROLL, source=say_in("zh-hans", "services.limit.house"))
