"""Note who is in which building, and say when a second producing firm comes under one roof."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from jinli.domain.buildings import Use, roof_of
from jinli.domain.errors import InvalidInputError
from jinli.town import moment
from jinli.town.masking import mask_name
from jinli.town.models import Building, Division, Occupancy, Place, RoofCheck


@dataclass(frozen=True, kw_only=True)
class Occupant:
    """Somebody who uses part of a building, as a paper says it. `valid_to` None: no end is written."""

    name: str
    use: str
    valid_from: date
    valid_to: date | None = None
    part: str = ""
    credit_code: str = ""

    @property
    def identity(self) -> str:
        """Return by what the same occupant is known again: the credit code, else a keyed digest of the name."""
        if self.credit_code.strip():
            return self.credit_code.strip().upper()
        key, name = settings.SECRET_KEY.encode(), "".join(self.name.split())
        return hmac.new(key, b"occupant:" + name.encode(), "sha256").hexdigest()


@dataclass(frozen=True, kw_only=True)
class SharedRoof:
    """What is handed to the line that looks at safety: a building and the producing firms in it not yet looked at."""

    building: Building
    newcomer: Occupancy
    others: tuple[Occupancy, ...]


@transaction.atomic
def occupy(
    *, town: Division, address: str, place: Place | None, occupant: Occupant, source_case: UUID, source_number: str
) -> Occupancy:
    """Note an occupant of a building; what the same one had there before for the same use ends the day before.

    The same case again changes nothing. Raises InvalidInputError: no address, no such use, an end before the begin.
    """
    known = Occupancy.objects.filter(source_case=source_case).select_related("building").first()
    if known is not None:
        return known
    if not address.strip():
        raise InvalidInputError("town.building.address_missing", field="building_address")
    if occupant.use not in list(Use):
        raise InvalidInputError("town.building.no_such_use", field="use", found=occupant.use)
    if occupant.valid_to is not None and occupant.valid_to < occupant.valid_from:
        raise InvalidInputError("town.building.ends_before", field="lease_to")
    building, _ = Building.objects.select_for_update().get_or_create(
        town=town, address=roof_of(address)[:200], defaults={"place": place, "simulated": town.simulated}
    )
    before = building.occupancies.filter(identity=occupant.identity, use=occupant.use).filter(
        Q(valid_to=None) | Q(valid_to__gte=occupant.valid_from)
    )
    before.update(valid_to=occupant.valid_from - timedelta(days=1))
    firm = bool(occupant.credit_code.strip())
    return Occupancy.objects.create(
        building=building, identity=occupant.identity, firm=firm, part=occupant.part[:80], use=occupant.use,
        name=(occupant.name if firm else mask_name(occupant.name))[:80], valid_from=occupant.valid_from,
        valid_to=occupant.valid_to, source_case=source_case, source_number=source_number, recorded_at=moment.now(),
    )  # fmt: skip


@transaction.atomic
def vacate(*, town: Division, address: str, name: str, credit_code: str, on: date) -> int:
    """Note that an occupant has left after a day; return how many entries that ended."""
    who = Occupant(name=name, use=Use.OFFICE, valid_from=on, credit_code=credit_code).identity
    rows = Occupancy.objects.filter(building__town=town, building__address=roof_of(address)[:200], identity=who)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=on)).update(valid_to=on)


def shared_roof(newcomer: Occupancy) -> SharedRoof | None:
    """Return the producing firms that were in the building at the same time and were not looked at together yet.

    None for another use, for a firm alone, and for a pair that was looked at before: a renewal asks nothing twice.
    """
    if newcomer.use != Use.PRODUCING:
        return None
    rows = Occupancy.objects.filter(building=newcomer.building_id, use=Use.PRODUCING)
    rows = rows.exclude(identity=newcomer.identity).filter(Q(valid_to=None) | Q(valid_to__gte=newcomer.valid_from))
    if newcomer.valid_to is not None:
        rows = rows.filter(valid_from__lte=newcomer.valid_to)
    seen = RoofCheck.objects.filter(building=newcomer.building_id)
    looked_at = {frozenset(pair) for pair in seen.values_list("one", "other")}
    latest = {row.identity: row for row in rows.order_by("valid_from")}
    others = tuple(row for row in latest.values() if frozenset((row.identity, newcomer.identity)) not in looked_at)
    return SharedRoof(building=newcomer.building, newcomer=newcomer, others=others) if others else None


def note_checks(roof: SharedRoof, *, case: UUID, number: str) -> Sequence[RoofCheck]:
    """Note that these firms are looked at together in a case."""
    pairs = [sorted((one.identity, roof.newcomer.identity)) for one in roof.others]
    return RoofCheck.objects.bulk_create(
        [
            RoofCheck(building=roof.building, one=one, other=other, case=case, number=number, at=moment.now())
            for one, other in pairs
        ]
    )
