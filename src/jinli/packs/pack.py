"""Reading a pack: a folder, its overlays and the national standard, as frozen rows, or every fault in one run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from jinli.packs.bundles import BundleRow, check_bundles
from jinli.packs.catalogue import FILES, Catalogue, held_words
from jinli.packs.cells import Row
from jinli.packs.checks import check_whole
from jinli.packs.faults import Fault, Faults, PackRefusedError
from jinli.packs.files import table
from jinli.packs.geometry import places_geometry
from jinli.packs.item_checks import check_items, surroundings
from jinli.packs.items import ItemRow
from jinli.packs.papers import PaperRow, papers
from jinli.packs.prescribed import LayoutRow, SheetRow, layouts, sheets
from jinli.packs.seasons import SeasonRow, check_seasons
from jinli.packs.sections import (
    REPLACED,
    TABLES,
    AttributeRow,
    CalendarYearRow,
    DivisionRow,
    HeadRow,
    OfficeHoursRow,
    OrganisationRow,
    PlaceRow,
    SettingsRow,
    WhistleKindRow,
    content_of,
    key_of,
)
from jinli.packs.standard import calendars, procedures, samples
from jinli.packs.town_sheet import Overlay, TownSheet, overlay_sheet, town_sheet
from jinli.packs.whistle_kinds import whistle_kinds

AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A town as data, read and checked as a whole.

    Attributes
    ----------
    name : folder names, overlays joined with `+`.
    rows : section -> rows; whistle kinds are a section of their own.
    geometry : place code -> GeoJSON text, whose coordinate system is `geometry_crs`.
    procedures : code -> mapping as written; their grammar is the domain's. One of the pack's own (`own_procedures`)
        stands instead of the national one.
    calendars : years of the national standard.
    sheets, layouts, papers : forms of other systems, layouts of lists and templates of papers, the national ones with
        the town's own in their place.
    items : government matters with their promises and bodies, those only told about too.
    bundles : matters that belong together in somebody's life.
    seasons : enrolment seasons with their days, schools and points tables.
    simulated : whether an overlay marks the town as a demonstration.
    simulated_under : beginnings of the file names of overlays that simulate.
    """

    name: str
    version: str
    sheet: TownSheet
    simulated: bool
    rows: Mapping[str, tuple[Row, ...]]
    whistle_kinds: tuple[WhistleKindRow, ...]
    geometry: Mapping[str, str] = field(default_factory=dict)
    geometry_crs: str = ""
    procedures: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    own_procedures: frozenset[str] = frozenset()
    calendars: tuple[CalendarYearRow, ...] = ()
    sheets: tuple[SheetRow, ...] = ()
    layouts: tuple[LayoutRow, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    bundles: tuple[BundleRow, ...] = ()
    seasons: tuple[SeasonRow, ...] = ()
    simulated_under: tuple[str, ...] = ()

    @property
    def head(self) -> HeadRow:
        """Return version, town, zone, languages and lines."""
        return self.sheet.head

    @property
    def divisions(self) -> tuple[DivisionRow, ...]:
        """Return the chain from the nation to the town."""
        return self.sheet.divisions

    @property
    def settings(self) -> SettingsRow:
        """Return what the town set."""
        return self.sheet.settings

    @property
    def office_hours(self) -> tuple[OfficeHoursRow, ...]:
        """Return the office hours of the divisions of the chain."""
        return self.sheet.office_hours

    def section(self, name: str, row_type: type[AnyRow]) -> tuple[AnyRow, ...]:
        """Return the rows of a section as rows of their type."""
        return cast(tuple[AnyRow, ...], self.rows.get(name, ()))

    @property
    def digest(self) -> str:
        """Return SHA-256 over everything the pack says."""
        said = {
            "version": self.version,
            "sheet": [content_of(self.head), content_of(self.settings)],
            "divisions": [content_of(one) for one in self.divisions],
            "hours": [content_of(one) for one in self.office_hours],
            "rows": {name: [content_of(one) for one in rows] for name, rows in sorted(self.rows.items())},
            "kinds": [content_of(one) for one in self.whistle_kinds],
            "geometry": [dict(self.geometry), self.geometry_crs],
            "procedures": self.procedures,
            "calendars": [content_of(one) for one in self.calendars],
            "sheets": [content_of(one) for one in self.sheets],
            "layouts": [content_of(one) for one in self.layouts],
            "papers": [content_of(one) for one in self.papers],
            "items": [content_of(one) for one in self.items],
            "bundles": [content_of(one) for one in self.bundles],
            "seasons": [content_of(one) for one in self.seasons],
            "simulated": self.simulated,
        }
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def read_pack(folder: Path, *, overlays: Sequence[Path] = (), standard: Path | None = None) -> Pack:
    """Return the pack in a folder with its overlays laid over it.

    Raises PackRefusedError with every fault of every file.
    """
    pack, faults = inspect_pack(folder, overlays=overlays, standard=standard)
    if pack is None or faults:
        raise PackRefusedError(faults)
    return pack


def inspect_pack(
    folder: Path, *, overlays: Sequence[Path] = (), standard: Path | None = None
) -> tuple[Pack | None, tuple[Fault, ...]]:
    """Return the pack, or None when its head cannot be read, and all faults."""
    faults = Faults()
    sheet = town_sheet(folder / "town.yaml", file="town.yaml", faults=faults)
    laid = _Laid(rows=dict.fromkeys(TABLES, ()), offered=samples(standard, faults) if standard else ())
    if standard and (standard / "attributes.csv").exists():
        file = "_standard/attributes.csv"
        laid.rows["attributes"] = table(standard / "attributes.csv", AttributeRow, file=file, faults=faults)
    if standard:
        laid.prescribe(standard, prefix="_standard/", own=False, faults=faults)
    laid.add(folder, prefix="", overlay=None, faults=faults)
    national = procedures(standard, faults, prefix="_standard/") if standard else {}
    own = procedures(folder, faults, prefix="")
    years = calendars(standard, faults) if standard else ()
    name, version = folder.name, sheet.head.version if sheet else ""
    simulated_under: tuple[str, ...] = ()
    for path in overlays:
        prefix = f"{path.name}/"
        over = overlay_sheet(path / "overlay.yaml", file=f"{prefix}overlay.yaml", faults=faults)
        if over is None:
            continue
        if over.based_on != folder.name:
            faults.add("packs.other_base", f"{prefix}overlay.yaml", 1, "based_on", over.based_on, folder.name)
        name, version = f"{name}+{path.name}", f"{version}+{over.version}"
        simulated_under += (prefix,) if over.simulated else ()
        laid.add(path, prefix=prefix, overlay=over, faults=faults)
        if sheet is not None:
            sheet = sheet.under(over)
    if sheet is None:
        return None, faults.in_order()
    pack = Pack(
        name=name,
        version=version,
        sheet=sheet,
        simulated=bool(simulated_under),
        simulated_under=simulated_under,
        rows={section: tuple(rows) for section, rows in laid.rows.items()},
        whistle_kinds=laid.kinds,
        geometry=laid.geometry,
        geometry_crs=laid.crs,
        procedures=national | own,
        own_procedures=frozenset(own),
        calendars=years,
        sheets=tuple(laid.sheets.values()),
        layouts=tuple(laid.layouts.values()),
        papers=tuple(laid.papers.values()),
        items=laid.catalogue.whole(faults),
        bundles=tuple(laid.catalogue.bundles[code] for code in sorted(laid.catalogue.bundles)),
        seasons=tuple(laid.catalogue.seasons[code] for code in sorted(laid.catalogue.seasons)),
    )
    check_whole(pack, faults)
    check_items(pack.items, surroundings(pack, held_words(standard, faults)), faults)
    items = {one.code: one for one in pack.items}
    check_bundles(pack.bundles, items, faults)
    bodies = {one.code for one in pack.section("organisations", OrganisationRow)}
    check_seasons(pack.seasons, items, bodies, faults)
    return pack, faults.in_order()


_KNOWN = {"town.yaml", "overlay.yaml", "places.geojson", "grid/whistle_kinds.yaml", "history.yaml", *FILES} | {
    one.path for one in TABLES.values()
}


@dataclass
class _Laid:
    """The rows of a pack while its overlays are laid over it."""

    rows: dict[str, tuple[Row, ...]]
    offered: tuple[WhistleKindRow, ...]
    kinds: tuple[WhistleKindRow, ...] = ()
    geometry: dict[str, str] = field(default_factory=dict)
    crs: str = ""
    sheets: dict[str, SheetRow] = field(default_factory=dict)
    layouts: dict[str, LayoutRow] = field(default_factory=dict)
    papers: dict[str, PaperRow] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=Catalogue)

    def prescribe(self, folder: Path, *, prefix: str, own: bool, faults: Faults) -> None:
        """Read what a folder prescribes by code; one of the same code stands in the place of the one below."""
        self.sheets |= sheets(folder, faults, prefix=prefix, own=own)
        self.layouts |= layouts(folder, faults, prefix=prefix, own=own)
        self.papers |= papers(folder, faults, prefix=prefix, own=own)

    def add(self, folder: Path, *, prefix: str, overlay: Overlay | None, faults: Faults) -> None:
        """Read the tables of a folder and lay them over what is there."""
        _refuse_strangers(folder, prefix=prefix, faults=faults)
        for section, one in TABLES.items():
            path = folder / one.path
            if path.exists():
                file = prefix + one.path
                rows = table(path, one.row_type, file=file, faults=faults)
                _refuse_twins(section, rows, faults)
                if section == "persons" and (overlay is None or not overlay.simulated):
                    faults.add("packs.person_in_facts", file, expected="demo/persons.csv")
                self.rows[section] = rows if section in REPLACED else _over(section, self.rows[section], rows)
        self.prescribe(folder, prefix=prefix, own=True, faults=faults)
        self.catalogue.add(folder, prefix=prefix, faults=faults)
        shapes = folder / "places.geojson"
        if shapes.exists():
            found, crs = places_geometry(shapes, file=f"{prefix}places.geojson", faults=faults)
            self.geometry.update(found)
            self.crs = crs or self.crs
        kinds = folder / "grid/whistle_kinds.yaml"
        if kinds.exists():
            file = f"{prefix}grid/whistle_kinds.yaml"
            mine = whistle_kinds(kinds, offered=self.offered, file=file, faults=faults)
            self.kinds = (*(one for one in self.kinds if one.code not in {own.code for own in mine}), *mine)


def _over(section: str, below: tuple[Row, ...], above: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows below with those above in the place of rows of the same key, and the others after them."""
    replaced = {key_of(section, row): row for row in above}
    kept = tuple(replaced.pop(key_of(section, row), row) for row in below)
    return (*kept, *replaced.values())


def _refuse_twins(section: str, rows: Sequence[Row], faults: Faults) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        key = key_of(section, row)
        if key in seen:
            faults.add("packs.duplicate", row.file, row.row, " + ".join(TABLES[section].key), key, seen[key])
        seen.setdefault(key, row.row)


def _refuse_strangers(folder: Path, *, prefix: str, faults: Faults) -> None:
    """Note tables and YAML files that no section reads: a misspelt name must not pass in silence."""
    if not folder.is_dir():
        faults.add("packs.no_folder", prefix or folder.name)
        return
    for path in sorted((*folder.glob("*"), *folder.glob("grid/*"), *folder.glob("services/*"))):
        name = path.relative_to(folder).as_posix()
        if path.suffix in (".csv", ".yaml", ".yml", ".geojson") and name not in _KNOWN:
            faults.add("packs.unknown_file", prefix + name, expected=" | ".join(sorted(_KNOWN)))


def with_geometry(pack: Pack, row: PlaceRow) -> PlaceRow:
    """Return a place whose coordinate system is that of its geometry, when it has one."""
    return replace(row, crs=row.crs or pack.geometry_crs) if row.code in pack.geometry else row
