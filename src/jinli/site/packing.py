"""Packs over all rooms: what each reads of a pack, put together for the command line and the first start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from jinli.cases import pack as cases_pack
from jinli.cases.editions import load_procedure
from jinli.cases.services.recalendaring import recompute_all
from jinli.domain.errors import DomainError, RefusedError
from jinli.domain.grammar import ProcedureFaultsError, read_procedure
from jinli.exchange import pack as exchange_pack
from jinli.lines.grid import pack as grid_pack
from jinli.lines.services import pack as services_pack
from jinli.packs.faults import Fault, PackRefusedError
from jinli.packs.pack import Pack, inspect_pack
from jinli.packs.write import write_pack
from jinli.town import pack as town_pack
from jinli.town.loading import Change, LoadReport, Section
from jinli.town.models import Division, PackLoad
from jinli.town.moment import now
from jinli.town.selectors import chain_of

SECTIONS: tuple[Section, ...] = (
    *town_pack.SECTIONS,
    *cases_pack.SECTIONS,
    *grid_pack.SECTIONS,
    *services_pack.SECTIONS,
    *exchange_pack.SECTIONS,
)


class UnsoundProceduresError(RefusedError):
    """Procedures of a pack break the grammar or are not sound; `errors` lists everything that was found."""

    def __init__(self, errors: Sequence[DomainError]) -> None:
        super().__init__("packs.refused", count=len(errors))
        self.errors = tuple(errors)


def standard_folder() -> Path:
    """Return the folder of the national standard."""
    return Path(settings.PACKS) / "_standard"


def examine(folder: Path, overlays: Sequence[Path]) -> tuple[Pack | None, tuple[Fault, ...], tuple[DomainError, ...]]:
    """Return the pack, the faults of its files, and the faults of its procedures."""
    pack, faults = inspect_pack(folder, overlays=overlays, standard=standard_folder())
    unsound: list[DomainError] = []
    for said in pack.procedures.values() if pack else ():
        try:
            read_procedure(said)
        except ProcedureFaultsError as error:
            unsound.extend(error.faults)
    return pack, faults, tuple(unsound)


def sound_pack(folder: Path, overlays: Sequence[Path]) -> Pack:
    """Return a pack without any fault. Raises PackRefusedError or UnsoundProceduresError with all of them."""
    pack, faults, unsound = examine(folder, overlays)
    if pack is None or faults:
        raise PackRefusedError(faults)
    if unsound:
        raise UnsoundProceduresError(unsound)
    return pack


@transaction.atomic
def load_folder(folder: Path, overlays: Sequence[Path] = (), *, overwrite: bool = False) -> LoadReport:
    """Load a pack folder with its overlays and procedures as one change of the database.

    Raises PackRefusedError or UnsoundProceduresError with every fault; nothing is written then.
    """
    pack = sound_pack(folder, overlays)
    at = now()
    report = town_pack.load_pack(pack, sections=SECTIONS, overwrite=overwrite, at=at)
    nation = chain_of(report.town)[-1]
    for code, said in pack.procedures.items():
        load_procedure(report.town if code in pack.own_procedures else nation, said, at)
    if any(one.section in ("calendars", "office_hours") and one.written for one in report.changes):
        recompute_all(at)
    return report


def compare_folder(folder: Path, overlays: Sequence[Path] = ()) -> tuple[Change, ...]:
    """Return every difference between a pack folder and the database; nothing is written."""
    return town_pack.pack_difference(sound_pack(folder, overlays), sections=SECTIONS)


def stored_town(town: Division) -> dict[str, Mapping[str, Mapping[str, Any]]]:
    """Return section -> key -> content of a town as the database says it."""
    return {one.name: one.stored(town) for one in SECTIONS}


def export_town(town: Division, folder: Path) -> tuple[Path, ...]:
    """Write a town as a pack folder that loads to the same rows. Raises FileExistsError over another pack."""
    last = PackLoad.objects.filter(town=town).exclude(pack="screen").order_by("-pk").first()
    version = last.version if last else "1"
    return write_pack(folder, version=version, stored=stored_town(town), simulated=town.simulated)
