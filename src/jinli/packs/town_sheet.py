"""town.yaml and overlay.yaml: version, chain of divisions, zone, lines, settings, office hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinli.packs.cells import RowType, row_from
from jinli.packs.faults import Faults
from jinli.packs.files import LinedMapping, lined
from jinli.packs.sections import DivisionRow, HeadRow, OfficeHoursRow, SettingsRow


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """What an overlay says of itself."""

    based_on: str
    version: str
    simulated: bool
    settings: SettingsRow | None
    office_hours: tuple[OfficeHoursRow, ...]


@dataclass(frozen=True, kw_only=True)
class TownSheet:
    """What town.yaml says."""

    head: HeadRow
    divisions: tuple[DivisionRow, ...]
    settings: SettingsRow
    office_hours: tuple[OfficeHoursRow, ...]

    def under(self, over: Overlay) -> TownSheet:
        """Return this sheet with the settings and office hours of an overlay in place of its own."""
        return replace(
            self,
            settings=over.settings or self.settings,
            office_hours=over.office_hours or self.office_hours,
        )


_HEAD = ("version", "town", "zone", "languages", "lines")


def town_sheet(path: Path, *, file: str, faults: Faults) -> TownSheet | None:
    """Return town.yaml, or None when it cannot be read."""
    said = _sheet(path, known=(*_HEAD, "divisions", "settings", "office_hours"), file=file, faults=faults)
    if said is None:
        return None
    plain = {name: _joined(said[name]) for name in _HEAD if name in said}
    head = row_from(plain, HeadRow, file=file, row=1, faults=faults, lines=said.lines)
    divisions = _rows(said, "divisions", DivisionRow, file=file, faults=faults)
    settings = _settings(said, file=file, faults=faults) or SettingsRow(file=file)
    hours = _rows(said, "office_hours", OfficeHoursRow, file=file, faults=faults)
    if head is None:
        return None
    return TownSheet(head=head, divisions=divisions, settings=settings, office_hours=hours)


def overlay_sheet(path: Path, *, file: str, faults: Faults) -> Overlay | None:
    """Return overlay.yaml, or None when it cannot be read."""
    known = ("based_on", "version", "simulated", "settings", "office_hours")
    said = _sheet(path, known=known, file=file, faults=faults)
    if said is None:
        return None
    for name in ("based_on", "version"):
        if not isinstance(said.get(name), str) or not said[name]:
            faults.add("packs.missing", file, said.lines.get(name, 1), name)
    simulated = str(said.get("simulated", "false")).lower()
    if simulated not in ("true", "false"):
        faults.add("packs.not_yes_or_no", file, said.lines["simulated"], "simulated", simulated, "true | false")
    return Overlay(
        based_on=str(said.get("based_on", "")),
        version=str(said.get("version", "")),
        simulated=simulated == "true",
        settings=_settings(said, file=file, faults=faults),
        office_hours=_rows(said, "office_hours", OfficeHoursRow, file=file, faults=faults),
    )


def _sheet(path: Path, *, known: tuple[str, ...], file: str, faults: Faults) -> LinedMapping | None:
    if not path.exists():
        faults.add("packs.no_file", file)
        return None
    said = lined(path, file=file, faults=faults)
    if said is not None:
        refuse_unknown(said, known, file=file, faults=faults)
    return said


def refuse_unknown(said: LinedMapping, known: tuple[str, ...], *, file: str, faults: Faults) -> None:
    """Note every key that nobody reads."""
    for name in said.keys() - set(known):
        faults.add("packs.unknown_field", file, said.lines[name], name, name, " | ".join(known))


def _joined(value: Any) -> str:
    """Return a list of YAML as the cell of a table would write it."""
    return ";".join(str(one) for one in value) if isinstance(value, list) else str(value)


def plain_cells(said: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of a mapping as cells of a table."""
    return {name: _joined(value) for name, value in said.items()}


def _settings(said: LinedMapping, *, file: str, faults: Faults) -> SettingsRow | None:
    given = said.get("settings") or None
    if given is None:
        return None
    if not isinstance(given, LinedMapping):
        faults.add("packs.not_a_mapping", file, said.lines["settings"], "settings", given)
        return None
    return row_from(
        plain_cells(given), SettingsRow, file=file, row=given.line, faults=faults, lines=given.lines, prefix="settings."
    )


def _rows(said: LinedMapping, name: str, row_type: type[RowType], *, file: str, faults: Faults) -> tuple[RowType, ...]:
    """Return the rows of a list of mappings."""
    given = said.get(name) or []
    if not isinstance(given, list) or not all(isinstance(one, LinedMapping) for one in given):
        faults.add("packs.not_a_list", file, said.lines[name], name, given)
        return ()
    rows = (
        row_from(plain_cells(one), row_type, file=file, row=one.line, faults=faults, lines=one.lines, prefix=f"{name}.")
        for one in given
    )
    return tuple(row for row in rows if row is not None)
