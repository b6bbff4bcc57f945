"""What this town may decide today: the register of powers as the rules read it, remembered under the town's stamp."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from jinli.domain.bounds import Bound
from jinli.domain.competence import Competence, Power, Standing, competence
from jinli.town.models import Delegation, Division
from jinli.town.selectors import chain_of, organisations_by_code
from jinli.town.stamps import under_stamp


def powers_of(town: Division) -> tuple[Power, ...]:
    """Return every power in the register of a town, past ones and those of which little is known too."""
    return _powers_of(town)


def standing_of(town: Division) -> Standing:
    """Return where a town stands: the division above it and its own bodies, each with the body above."""
    return _standing_of(town)


def zone_of(town: Division) -> ZoneInfo:
    """Return the zone in which the days of a town begin."""
    return ZoneInfo(town.zone)


def competence_of(town: Division, item: str, day: date) -> Competence:
    """Return under which power the town handles an item on a day; no query while the register stands.

    Raises RefusedError, see `jinli.domain.competence.competence`.
    """
    return competence(powers_of(town), item, day, standing=standing_of(town))


def power_of(row: Delegation) -> Power:
    """Return a row of the register as the rules read it; its bodies must have been read with it."""
    bound = None
    if row.bound_fact and row.bound_most is not None:
        bound = Bound(fact=row.bound_fact, at_most=row.bound_most, unit=row.bound_unit)
    return Power(
        code=row.code,
        item=row.item,
        mode=row.mode,
        to_body=row.to_body.code if row.to_body else "",
        authority=row.authority.code if row.authority else "",
        authority_at=row.authority.division.code if row.authority else "",
        instrument=" ".join(part for part in (row.instrument, row.number) if part),
        number=row.number,
        bound=bound,
        valid_from=row.valid_from,
        recalled_on=row.recalled_on,
        recall_instrument=row.recall_instrument,
        in_flight=row.in_flight,
    )


@under_stamp
def _powers_of(town: Division) -> tuple[Power, ...]:
    rows = Delegation.objects.filter(town=town).select_related("authority__division", "to_body").order_by("code")
    return tuple(power_of(one) for one in rows)


@under_stamp
def _standing_of(town: Division) -> Standing:
    chain = chain_of(town)
    rows = {code: one for code, one in organisations_by_code(town).items() if one.division_id == town.pk}
    codes = {one.pk: code for code, one in rows.items()}
    return Standing(
        town=town.code,
        above=chain[1].code if len(chain) > 1 else "",
        bodies={code: codes.get(one.parent_id, "") if one.parent_id else "" for code, one in rows.items()},
    )
