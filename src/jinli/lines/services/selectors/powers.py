"""The register of powers as pages read it. A fixed number of statements, however long the register is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jinli.domain.competence import FRONT_DESK, MODES, Competence, competence
from jinli.domain.errors import RefusedError
from jinli.town.competence import powers_of, standing_of
from jinli.town.models import Delegation, DelegationWave, Division, PackLoad

IN_FORCE, TO_COME, RECALLED, UNKNOWN = "in_force", "to_come", "recalled", "unknown"
STATES = (IN_FORCE, TO_COME, RECALLED, UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class OnDay:
    """A matter on a day: under which power the town handles it, or why it does not."""

    row: Delegation
    held: Competence | None
    refused: RefusedError | None


@dataclass(frozen=True, kw_only=True)
class WaveOfPowers:
    """A wave with the powers that are named in it."""

    wave: DelegationWave
    named: tuple[Delegation, ...]

    @property
    def unnamed(self) -> int | None:
        """Return how many of its matters nobody names; nothing while nobody knows how many there are."""
        return None if self.wave.matters is None else max(self.wave.matters - len(self.named), 0)


def powers(town: Division) -> QuerySet[Delegation]:
    """Return the register of a town, in the order of its waves and codes. One query."""
    rows = Delegation.objects.filter(town=town).select_related("authority__division", "to_body__division", "wave")
    return rows.order_by("wave__ordinal", "item", "valid_from", "code")


def state_of(row: Delegation, day: date) -> str:
    """Return whether a power is in force on a day, to come, recalled, or of unknown origin."""
    if row.mode not in MODES:
        return UNKNOWN
    if row.recalled_on is not None and row.recalled_on <= day:
        return RECALLED
    return TO_COME if row.valid_from is not None and row.valid_from > day else IN_FORCE


def on_day(town: Division, day: date, item: str = "") -> tuple[OnDay, ...]:
    """Return each matter of the register, or one, with what the town may decide of it on a day. One query when warm."""
    known, standing = powers_of(town), standing_of(town)
    latest: dict[str, Delegation] = {}
    for row in powers(town).filter(item=item) if item else powers(town):
        before = latest.get(row.item)
        if before is None or _nearer(row, before, day):
            latest[row.item] = row
    found = []
    for item, row in latest.items():
        try:
            held = competence(known, item, day, standing=standing)
        except RefusedError as refused:
            found.append(OnDay(row=row, held=None, refused=refused))
        else:
            found.append(OnDay(row=row, held=held, refused=None))
    return tuple(found)


def _nearer(row: Delegation, before: Delegation, day: date) -> bool:
    """Return whether a row tells more of a day than the one before: the one in force, else the last to begin."""
    if state_of(before, day) == IN_FORCE:
        return False
    return state_of(row, day) == IN_FORCE or (row.valid_from or date.min) > (before.valid_from or date.min)


def waves(town: Division) -> tuple[WaveOfPowers, ...]:
    """Return the waves in order, each with the powers named in it. Two queries."""
    named: dict[int, list[Delegation]] = {}
    for row in powers(town):
        if row.wave_id is not None:
            named.setdefault(row.wave_id, []).append(row)
    rows = DelegationWave.objects.filter(town=town).order_by("ordinal", "code")
    return tuple(WaveOfPowers(wave=one, named=tuple(named.get(one.pk, ()))) for one in rows)


def history_of(row: Delegation) -> tuple[tuple[PackLoad, dict[str, object]], ...]:
    """Return the loads and edits of a power, the newest first, each with what it changed (a new row: nothing).

    The journal of a register is short; a register that grows long wants an index here.
    """
    found = []
    for load in PackLoad.objects.filter(town=row.town_id).select_related("by").order_by("-pk")[:200]:
        for change in load.changes:
            if change.get("section") == "delegations" and change.get("key") == row.code:
                new = change.get("kind") == "new"
                found.append((load, {} if new else dict(change.get("fields", {}))))
    return tuple(found)


def desk_only(one: OnDay) -> bool:
    """Return whether only the desk stands in town."""
    return one.held is not None and one.held.mode == FRONT_DESK
