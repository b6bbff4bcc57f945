"""The sections of a pack: what a row of each file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from jinli.packs.cells import Row, Spans, between, each_of, one_of, shaped

LEVELS = ("national", "province", "prefecture", "county", "town")
STATUSES = ("confirmed", "unknown", "sample", "simulated")
ORGANISATION_KINDS = ("government", "department", "office", "village", "station", "arbitration", "zone")
ROLES = (
    "grid_worker",
    "village_officer",
    "window_clerk",
    "command_centre",
    "department_officer",
    "department_head",
    "arbiter",
    "town_head",
    "auditor",
    "administrator",
)
HATS = ("own", "zone", "town", "entrusted")
PLACE_KINDS = ("village", "community", "unit", "grid", "zone", "parcel")
READINGS = ("", "cluster", "cell", "extra")
CRS = ("", "wgs84", "gcj02")
DUTY_LINE_KINDS = ("basic", "cooperating", "taken_back")
SENSITIVITIES = ("open", "internal", "personal", "sensitive")
UNITS = ("minute", "urgent_hour", "working_hour", "working_day", "calendar_day", "month", "year")
END_RULES = ("stay", "roll")
HOURS = ("any", "office", "night")
ARROWS = ("industry", "renewal", "reform")
MODES = ("own", "direct", "entrusted", "front_desk")
IN_FLIGHT = ("hand_over", "finish")
SIMULATED_MARK = "（演示）"

_CODE = r"[A-Za-z0-9][A-Za-z0-9._-]*"


def coded(**more: Any) -> Any:
    """Declare a cell that holds a code: letters, digits, point, hyphen and underscore."""
    return shaped(_CODE, "water-01", **more)


@dataclass(frozen=True, kw_only=True)
class DivisionRow(Row):
    """One link of the chain from the nation to the town (GB/T 2260, GB/T 10114)."""

    code: str = coded()
    level: str = one_of(*LEVELS)
    name: str
    name_en: str = ""


@dataclass(frozen=True, kw_only=True)
class SettingsRow(Row):
    """What a town may set: shares in percent, the smallest denominator for which a rate is shown.

    From the score `satisfied_from` on, of five, a resident counts as satisfied. A share of whistled reports below
    `whistle_low` or above `whistle_high` is pointed out. Numbers of papers begin with `paper_prefix`. With
    `default_rating` a matter that nobody rated within seven days counts as rated by default, apart from real ratings.
    """

    warn_share: int = between(1, 99, default=30)
    sample_share: int = between(0, 100, default=5)
    minimum_count: int = between(1, 1000, default=10)
    satisfied_from: int = between(1, 5, default=3)
    whistle_low: int = between(0, 100, default=2)
    whistle_high: int = between(0, 100, default=15)
    default_rating: bool = False
    paper_prefix: str = shaped(r"[^\s〔〕0-9]{0,7}", "某府", default="")


@dataclass(frozen=True, kw_only=True)
class OfficeHoursRow(Row):
    """Office hours of a division of the chain (the town, when none is named)."""

    division: str = ""
    spans: Spans
    valid_from: date | None = None
    valid_to: date | None = None
    status: str = one_of(*STATUSES, default="confirmed")
    source: str


@dataclass(frozen=True, kw_only=True)
class HeadRow(Row):
    """The plain keys of town.yaml."""

    version: str
    town: str = coded()
    zone: str
    languages: tuple[str, ...] = each_of("zh-hans", "en", default=("zh-hans", "en"))
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrganisationRow(Row):
    """A body by name and duty; `division` is the town when empty."""

    division: str = ""
    code: str = coded()
    name: str
    name_en: str = ""
    kind: str = one_of(*ORGANISATION_KINDS)
    parent: str = ""
    status: str = one_of(*STATUSES, default="confirmed")
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class DutyRow(Row):
    """A post in an organisation."""

    organisation: str
    code: str = coded()
    title: str
    title_en: str = ""
    role: str = one_of(*ROLES)


@dataclass(frozen=True, kw_only=True)
class PersonRow(Row):
    """A simulated person under one hat; a second row with the same sign-in name is a second hat."""

    username: str = shaped(r"[a-z][a-z0-9_-]{1,30}", "grid01")
    name: str
    organisation: str
    duty: str
    hat: str = one_of(*HATS, default="own")
    in_name_of: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceRow(Row):
    """A village, community, grid, zone or parcel; `members` are the places it is made of."""

    code: str = coded()
    kind: str = one_of(*PLACE_KINDS)
    name: str
    name_en: str = ""
    reading: str = one_of(*READINGS, default="")
    ordinal: int = 0
    members: tuple[str, ...] = ()
    organisation: str = ""
    status: str = one_of(*STATUSES, default="confirmed")
    source: str = ""
    area_km2: Decimal | None = None
    population: int | None = None
    point_lon: Decimal | None = None
    point_lat: Decimal | None = None
    crs: str = one_of(*CRS, default="")
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class DutyLineRow(Row):
    """A line of the duty list (履行职责事项清单)."""

    division: str = ""
    code: str = coded()
    number: int | None = None
    title: str
    kind: str = one_of(*DUTY_LINE_KINDS)
    lead: str = ""
    legal_basis: str = ""
    status: str = one_of(*STATUSES, default="confirmed")
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class FactRow(Row):
    """One published fact of the town, or one that no source gives: then the value is empty and stays so.

    `as_of` is the year, month or day the value is of; `note` says what the reader must know beside the value.
    """

    code: str = coded()
    arrow: str = one_of(*ARROWS)
    ordinal: int = 0
    title: str
    title_en: str = ""
    value: str = ""
    value_en: str = ""
    unit: str = ""
    unit_en: str = ""
    note: str = ""
    note_en: str = ""
    as_of: str = shaped(r"\d{4}(-\d{2}(-\d{2})?)?", "2022 | 2022-12 | 2022-12-31", default="")
    source: str
    status: str = one_of("confirmed", "unknown", default="confirmed")


@dataclass(frozen=True, kw_only=True)
class WaveRow(Row):
    """Matters that came to the town together; one that no source names is a row too, with status unknown.

    `at_least`: the source, or the sum of what sources say, gives a lower bound only.
    """

    code: str = coded()
    ordinal: int = 0
    title: str
    title_en: str = ""
    matters: int | None = between(1, 9999, default=None)
    at_least: bool = False
    total_after: int | None = between(1, 9999, default=None)
    as_of: str = shaped(r"\d{4}(-\d{2}(-\d{2})?)?", "2022 | 2022-12 | 2022-12-31", default="")
    instrument: str = ""
    note: str = ""
    note_en: str = ""
    status: str = one_of(*STATUSES, default="confirmed")
    source: str


@dataclass(frozen=True, kw_only=True)
class DelegationRow(Row):
    """One power over one matter. In whose name acts are done, who reviews and who is sued follows from `mode`.

    What no source gives stays empty with status unknown; such a row gives no power. `recalled_on` is the first day
    without it. `bound_fact` and `bound_most` say the part of `scope` that can be compared.
    """

    code: str = coded()
    item: str = coded()
    title: str
    title_en: str = ""
    wave: str = ""
    mode: str = one_of("", *MODES, default="")
    authority: str = ""
    to_body: str = ""
    instrument: str = ""
    number: str = ""
    scope: str = ""
    scope_en: str = ""
    bound_fact: str = ""
    bound_most: Decimal | None = None
    bound_unit: str = ""
    valid_from: date | None = None
    recalled_on: date | None = None
    recall_reason: str = ""
    recall_instrument: str = ""
    in_flight: str = one_of(*IN_FLIGHT, default="hand_over")
    status: str = one_of(*STATUSES, default="unknown")
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class AttributeRow(Row):
    """What kind of fact can be known of a party."""

    code: str = coded()
    title: str
    title_en: str = ""
    unit: str = ""
    owner: str = ""
    sensitivity: str = one_of(*SENSITIVITIES, default="personal")
    retention_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class ClassStandardRow(Row):
    """One filing standard; a minor class has as many as it has conditions. An unknown limit stays empty."""

    code: str = coded()
    class_code: str = coded()
    major: str
    major_en: str = ""
    minor: str
    minor_en: str = ""
    condition: str
    condition_en: str = ""
    limit_amount: int | None = between(1, 9999, default=None)
    limit_unit: str = one_of("", *UNITS, default="")
    end_rule: str = one_of(*END_RULES, default="stay")
    closing: str = ""
    closing_en: str = ""
    self_solved: bool = False
    status: str = one_of(*STATUSES, default="sample")
    source: str
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class RoutingRow(Row):
    """Who handles: place, class and hours lead to a body. `*` means any; the most precise rule wins."""

    place: str = "*"
    class_prefix: str = "*"
    hours: str = one_of(*HOURS, default="any")
    body: str
    status: str = one_of(*STATUSES, default="confirmed")
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class LimitRow(Row):
    """One staged limit of a whistle kind."""

    amount: int = between(1, 9999)
    unit: str = one_of(*UNITS)
    end_rule: str = one_of(*END_RULES, default="stay")
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class WhistleKindRow(Row):
    """How a town summons departments: who blows, who approves, and the limit of every stage."""

    code: str = coded()
    name: str
    name_en: str = ""
    procedure: str
    blown_by: tuple[str, ...] = each_of(*ROLES)
    approved_by: tuple[str, ...] = each_of(*ROLES, default=())
    status: str = one_of(*STATUSES, default="sample")
    source: str
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    limits: Mapping[str, LimitRow] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class CalendarYearRow(Row):
    """Public holidays and make-up working days of a year as published; without papers it is unpublished."""

    year: int
    papers: tuple[str, ...]
    days: tuple[tuple[str, str, bool], ...]

    @property
    def published(self) -> bool:
        """Return whether a paper of the State Council stands behind it."""
        return bool(self.papers)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A section that is one CSV file: its path, its rows, and the columns that name a row."""

    path: str
    row_type: type[Row]
    key: tuple[str, ...]


TABLES: Mapping[str, Table] = {
    "organisations": Table(path="organisations.csv", row_type=OrganisationRow, key=("code",)),
    "duties": Table(path="duties.csv", row_type=DutyRow, key=("organisation", "code")),
    "places": Table(path="places.csv", row_type=PlaceRow, key=("code", "valid_from")),
    "duty_lines": Table(path="duty_lines.csv", row_type=DutyLineRow, key=("code",)),
    "facts": Table(path="facts.csv", row_type=FactRow, key=("code",)),
    "waves": Table(path="services/waves.csv", row_type=WaveRow, key=("code",)),
    "delegations": Table(path="services/delegations.csv", row_type=DelegationRow, key=("code",)),
    "attributes": Table(path="attributes.csv", row_type=AttributeRow, key=("code",)),
    "persons": Table(
        path="persons.csv",
        row_type=PersonRow,
        key=("username", "organisation", "duty", "hat", "in_name_of", "valid_from"),
    ),
    "class_standards": Table(path="grid/class_standards.csv", row_type=ClassStandardRow, key=("code",)),
    "routing": Table(
        path="grid/routing.csv", row_type=RoutingRow, key=("place", "class_prefix", "hours", "valid_from")
    ),
}
# Sections of an overlay that stand instead of those below them, and do not add to them.
REPLACED = frozenset({"routing"})


def key_of(section: str, row: Row) -> str:
    """Return what names a row within its section."""
    parts = (getattr(row, name) for name in TABLES[section].key)
    return "|".join("" if part is None else str(part) for part in parts).rstrip("|")


def _plain(value: Any) -> Any:
    if isinstance(value, Row):
        return content_of(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def content_of(row: Row) -> dict[str, Any]:
    """Return what a row says as plain JSON values, without where it stands."""
    return {one.name: _plain(getattr(row, one.name)) for one in fields(row) if one.name not in ("file", "row")}
