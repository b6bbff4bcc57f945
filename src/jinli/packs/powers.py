"""What must hold in the register of powers: a delegation comes from above, to a body of the town, by a paper."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from jinli.packs.faults import Faults
from jinli.packs.sections import SIMULATED_MARK, DelegationRow, OrganisationRow, WaveRow

if TYPE_CHECKING:
    from jinli.packs.pack import Pack


def check_powers(pack: Pack, faults: Faults) -> None:
    """Note what cannot be: an authority of the town itself, a power without paper or day, two at once for one item."""
    bodies = {one.code: one for one in pack.section("organisations", OrganisationRow)}
    town = pack.head.town
    ours = {code for code, one in bodies.items() if (one.division or town) == town}
    waves = {one.code for one in pack.section("waves", WaveRow)}
    rows = pack.section("delegations", DelegationRow)
    for one in rows:
        if one.wave and one.wave not in waves:
            faults.add("packs.unknown_reference", one.file, one.row, "wave", one.wave)
        _bodies(one, set(bodies), ours, faults)
        _known_or_not(one, faults)
        _recall(one, faults)
        if bool(one.bound_fact) != (one.bound_most is not None):
            faults.add("packs.half_a_bound", one.file, one.row, "bound_fact + bound_most", one.bound_fact)
        simulated = one.file.startswith(pack.simulated_under or "\0")
        if simulated and one.instrument and SIMULATED_MARK not in one.instrument:
            found = one.instrument
            faults.add("packs.not_marked_simulated", one.file, one.row, "instrument", found, found + SIMULATED_MARK)
    for one, other in combinations([row for row in rows if row.mode], 2):
        if one.item == other.item and _overlap(one, other):
            faults.add("packs.two_powers", other.file, other.row, "valid_from", other.valid_from, one.code)
    for wave in pack.section("waves", WaveRow):
        if wave.status == "unknown" and wave.as_of:
            faults.add("packs.value_against_status", wave.file, wave.row, "as_of", wave.as_of, f"status: {wave.status}")


def _bodies(one: DelegationRow, known: set[str], ours: set[str], faults: Faults) -> None:
    """The authority stands above the town: a town entrusts nobody further (Licensing Law art. 24)."""
    for field, code in (("authority", one.authority), ("to_body", one.to_body)):
        if code and code not in known:
            faults.add("packs.unknown_reference", one.file, one.row, field, code)
    above = " | ".join(sorted(known - ours))
    if one.mode == "own":
        if one.authority:
            faults.add("packs.own_from_another", one.file, one.row, "authority", one.authority)
    elif one.mode and not one.authority:
        faults.add("packs.missing", one.file, one.row, "authority", "", above)
    if one.authority in ours:
        faults.add("packs.authority_in_town", one.file, one.row, "authority", one.authority, above)
    if one.mode and not one.to_body:
        faults.add("packs.missing", one.file, one.row, "to_body", "", " | ".join(sorted(ours)))
    elif one.to_body in known - ours:
        faults.add("packs.holder_above_town", one.file, one.row, "to_body", one.to_body, " | ".join(sorted(ours)))


def _known_or_not(one: DelegationRow, faults: Faults) -> None:
    """A row with a mode names its paper and first day and is not unknown; one without a mode is unknown."""
    if bool(one.mode) == (one.status == "unknown"):
        faults.add("packs.value_against_status", one.file, one.row, "mode", one.mode, f"status: {one.status}")
    if one.mode and one.mode != "own":
        if not one.instrument:
            faults.add("packs.missing", one.file, one.row, "instrument", "", "粤府令第261号")
        if one.valid_from is None:
            faults.add("packs.missing", one.file, one.row, "valid_from", "", "2022-06-01")
    if one.mode and not one.source:
        faults.add("packs.missing", one.file, one.row, "source", "", "https://…")


def _recall(one: DelegationRow, faults: Faults) -> None:
    if one.recalled_on is None:
        return
    if one.valid_from is not None and one.recalled_on <= one.valid_from:
        faults.add("packs.ends_before_begin", one.file, one.row, "recalled_on", one.recalled_on, f"> {one.valid_from}")
    for field in ("recall_reason", "recall_instrument"):
        if not getattr(one, field):
            faults.add("packs.missing", one.file, one.row, field)


def _overlap(one: DelegationRow, other: DelegationRow) -> bool:
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    return begin < min(one.recalled_on or date.max, other.recalled_on or date.max)
