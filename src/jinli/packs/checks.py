"""What must hold between the rows of a pack once all are read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinli.packs.cells import Row
from jinli.packs.faults import Faults
from jinli.packs.powers import check_powers
from jinli.packs.sections import (
    LEVELS,
    SIMULATED_MARK,
    ClassStandardRow,
    DutyLineRow,
    DutyRow,
    FactRow,
    OrganisationRow,
    PersonRow,
    PlaceRow,
    RoutingRow,
)

if TYPE_CHECKING:
    from datetime import date

    from jinli.packs.pack import Pack


def check_whole(pack: Pack, faults: Faults) -> None:
    """Note what does not fit between files: references, chain, arbitration, limits, marks of simulation."""
    _chain(pack, faults)
    bodies = {one.code: one for one in pack.section("organisations", OrganisationRow)}
    divisions = {one.code: one.level for one in pack.divisions}
    ends = pack.settings
    if ends.whistle_high < ends.whistle_low:
        expected = f">= {ends.whistle_low}"
        faults.add("packs.out_of_range", ends.file, ends.row, "settings.whistle_high", ends.whistle_high, expected)
    _organisations(bodies, divisions, pack.head.town, faults)
    _duties(pack, bodies, faults)
    _places(pack, bodies, faults)
    for line in pack.section("duty_lines", DutyLineRow):
        _known(line, "lead", line.lead, bodies, faults)
        _known(line, "division", line.division, divisions, faults)
        _days_in_order(line, faults)
    for hours in pack.office_hours:
        _known(hours, "office_hours.division", hours.division, divisions, faults)
        _days_in_order(hours, faults)
    _facts(pack, faults)
    _standards(pack, faults)
    _routing(pack, bodies, faults)
    _kinds(pack, faults)
    check_powers(pack, faults)
    for sheet in pack.sheets:
        for type_code in sheet.serves:
            _known(sheet, "serves", type_code, pack.procedures, faults)
    _papers(pack, faults)
    named: tuple[OrganisationRow | PersonRow, ...] = (*bodies.values(), *pack.section("persons", PersonRow))
    for row in named:
        if row.file.startswith(pack.simulated_under or "\0") and SIMULATED_MARK not in row.name:
            faults.add("packs.not_marked_simulated", row.file, row.row, "name", row.name, row.name + SIMULATED_MARK)


def _known(row: Row, field: str, value: str, known: Collection[str], faults: Faults) -> None:
    if value and value not in known:
        faults.add("packs.unknown_reference", row.file, row.row, field, value)


class _Dated(Protocol):
    @property
    def file(self) -> str: ...
    @property
    def row(self) -> int: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


def _days_in_order(row: _Dated, faults: Faults) -> None:
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        faults.add("packs.ends_before_begin", row.file, row.row, "valid_to", row.valid_to, f">= {row.valid_from}")


def _chain(pack: Pack, faults: Faults) -> None:
    """The chain goes down without a gap in rank and ends in the town; the zone exists."""
    head = pack.head
    levels = [one.level for one in pack.divisions]
    for number, one in enumerate(pack.divisions):
        if number and LEVELS.index(one.level) <= LEVELS.index(levels[number - 1]):
            faults.add("packs.chain_order", one.file, one.row, "divisions.level", one.level, " > ".join(LEVELS))
        if one.code in [before.code for before in pack.divisions[:number]]:
            faults.add("packs.duplicate", one.file, one.row, "divisions.code", one.code)
    if not levels or levels[0] != "national" or pack.divisions[-1].level != "town":
        faults.add("packs.chain_order", head.file, head.row, "divisions", " > ".join(levels), " > ".join(LEVELS))
    elif pack.divisions[-1].code != head.town:
        last = pack.divisions[-1]
        faults.add("packs.chain_order", last.file, last.row, "divisions.code", last.code, head.town)
    try:
        ZoneInfo(head.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        faults.add("packs.unknown_zone", head.file, head.row, "zone", head.zone, "Asia/Shanghai")


def _organisations(bodies: dict[str, OrganisationRow], divisions: dict[str, str], town: str, faults: Faults) -> None:
    """A whistle office and arbitration are district bodies: a town is no judge in its own cause."""
    for one in bodies.values():
        _known(one, "division", one.division, divisions, faults)
        _known(one, "parent", one.parent, bodies, faults)
        _days_in_order(one, faults)
        if one.kind == "arbitration" and divisions.get(one.division or town) == "town":
            counties = " | ".join(code for code, level in divisions.items() if level == "county")
            faults.add("packs.arbitration_in_town", one.file, one.row, "division", one.division or town, counties)
        if _loops(one, bodies):
            faults.add("packs.parent_loop", one.file, one.row, "parent", one.parent)


def _loops(one: OrganisationRow, bodies: dict[str, OrganisationRow]) -> bool:
    seen, above = {one.code}, one.parent
    while above:
        if above in seen:
            return True
        seen.add(above)
        above = bodies[above].parent if above in bodies else ""
    return False


def _duties(pack: Pack, bodies: dict[str, OrganisationRow], faults: Faults) -> None:
    duties = {(one.organisation, one.code) for one in pack.section("duties", DutyRow)}
    for one in pack.section("duties", DutyRow):
        _known(one, "organisation", one.organisation, bodies, faults)
        body = bodies.get(one.organisation)
        if one.role == "arbiter" and body is not None and body.kind != "arbitration":
            faults.add("packs.arbiter_elsewhere", one.file, one.row, "role", body.kind, "arbitration")
    names: dict[str, str] = {}
    for person in pack.section("persons", PersonRow):
        _known(person, "organisation", person.organisation, bodies, faults)
        _known(person, "in_name_of", person.in_name_of, bodies, faults)
        _days_in_order(person, faults)
        if person.organisation in bodies and (person.organisation, person.duty) not in duties:
            faults.add("packs.unknown_reference", person.file, person.row, "duty", person.duty)
        if names.setdefault(person.username, person.name) != person.name:
            faults.add("packs.two_names", person.file, person.row, "name", person.name, names[person.username])
        if person.hat != "own" and not person.in_name_of:
            faults.add("packs.missing", person.file, person.row, "in_name_of")


def _places(pack: Pack, bodies: dict[str, OrganisationRow], faults: Faults) -> None:
    places = {one.code for one in pack.section("places", PlaceRow)}
    for one in pack.section("places", PlaceRow):
        _known(one, "organisation", one.organisation, bodies, faults)
        _days_in_order(one, faults)
        for member in one.members:
            _known(one, "members", member, places, faults)
        if (one.point_lon is None) != (one.point_lat is None):
            faults.add("packs.half_a_point", one.file, one.row, "point_lon", one.point_lon, "112.78;23.08")
        if one.point_lon is not None and not one.crs:
            faults.add("packs.crs_missing", one.file, one.row, "crs", "", "wgs84 | gcj02")
        if one.reading and one.kind != "grid":
            faults.add("packs.not_a_choice", one.file, one.row, "reading", one.reading, "")
    for code in pack.geometry.keys() - places:
        faults.add("packs.unknown_reference", "places.geojson", 0, "properties.code", code)


def _facts(pack: Pack, faults: Faults) -> None:
    """A value says of when it is; without a value a fact is unknown, and only then."""
    for one in pack.section("facts", FactRow):
        if bool(one.value) != (one.status == "confirmed"):
            faults.add("packs.value_against_status", one.file, one.row, "value", one.value, f"status: {one.status}")
        if one.value and not one.as_of:
            faults.add("packs.missing", one.file, one.row, "as_of", "", "2022 | 2022-12 | 2022-12-31")


def _standards(pack: Pack, faults: Faults) -> None:
    """A limit has amount and unit; without a known unit it has neither, and says that it is unknown."""
    for one in pack.section("class_standards", ClassStandardRow):
        _days_in_order(one, faults)
        if (one.limit_amount is None) != (not one.limit_unit):
            found = f"{one.limit_amount or ''} {one.limit_unit}".strip()
            faults.add("packs.half_a_limit", one.file, one.row, "limit_amount + limit_unit", found)
        elif (one.limit_amount is None) != (one.status == "unknown"):
            faults.add("packs.limit_against_status", one.file, one.row, "status", one.status, "unknown")


def _routing(pack: Pack, bodies: dict[str, OrganisationRow], faults: Faults) -> None:
    places = {"*"} | {one.code for one in pack.section("places", PlaceRow)}
    classes = [one.class_code for one in pack.section("class_standards", ClassStandardRow)]
    for one in pack.section("routing", RoutingRow):
        _known(one, "place", one.place, places, faults)
        _known(one, "body", one.body, bodies, faults)
        _days_in_order(one, faults)
        if one.class_prefix != "*" and not any(code.startswith(one.class_prefix) for code in classes):
            faults.add("packs.unknown_reference", one.file, one.row, "class_prefix", one.class_prefix)


def _kinds(pack: Pack, faults: Faults) -> None:
    """A whistle kind brings every limit its procedure asks for, and no other."""
    for kind in pack.whistle_kinds:
        _days_in_order(kind, faults)
        procedure = pack.procedures.get(kind.procedure)
        if procedure is None:
            expected = " | ".join(sorted(pack.procedures))
            faults.add("packs.unknown_reference", kind.file, kind.row, "procedure", kind.procedure, expected)
            continue
        terms = [str(term) for term in procedure.get("terms") or ()]
        for term in terms:
            if term not in kind.limits:
                faults.add("packs.limit_missing", kind.file, kind.row, f"{kind.code}.limits", kind.code, term)
        for name, limit in kind.limits.items():
            if name not in terms:
                faults.add("packs.limit_not_asked", kind.file, limit.row, f"limits.{name}", name, " | ".join(terms))


#: How long the beginning of a number may be: the prefix of the town with the series of the paper.
_NUMBER_BEGINS = 14


def _papers(pack: Pack, faults: Faults) -> None:
    """A move issues only papers that have a template, and no number begins longer than it can be kept."""
    known = {one.code for one in pack.papers}
    for code, said in pack.procedures.items():
        home = "" if code in pack.own_procedures else "_standard/"
        for kind in _issued(said):
            if kind not in known:
                expected = " | ".join(sorted(known))
                faults.add("packs.unknown_reference", f"{home}procedures/{code}.yaml", 0, "papers", kind, expected)
    for one in pack.papers:
        begins = pack.settings.paper_prefix + one.series
        if len(begins) > _NUMBER_BEGINS:
            faults.add("packs.out_of_range", one.file, one.row, "series", begins, f"<= {_NUMBER_BEGINS}")


def _issued(said: Mapping[str, Any]) -> list[str]:
    """Return the kinds of paper that a procedure as written names; whether it is sound is the domain's to say."""
    found: list[str] = []
    for track in ("case", "assignment"):
        moves = (said.get(track) or {}).get("moves") or ()
        for move in moves:
            kinds = move.get("papers") if isinstance(move, Mapping) else None
            found += [kinds] if isinstance(kinds, str) else [str(kind) for kind in kinds or ()]
    return list(dict.fromkeys(found))
