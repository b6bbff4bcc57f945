"""A lease that was registered updates who is in the building; a second producing firm opens a safety check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from jinli.cases.models import Case
from jinli.cases.services.joining import open_linked_case
from jinli.cases.services.opening import OpenCase
from jinli.lines.services.selectors.matters import Matter
from jinli.town.acting import Acting
from jinli.town.models import Duty, Occupancy, Place
from jinli.town.selectors import local_day, places_at
from jinli.town.services.buildings import Occupant, SharedRoof, note_checks, occupy, shared_roof, vacate
from jinli.ui.words import say_in

#: The item that tells the town who is in which building.
LEASE: Final = "sublease_registration"
REPORT: Final = "grid_report"


def record_occupancy(matter: Matter, acting: Acting) -> Occupancy | None:
    """Note what a registered lease says about a building; call it in the transaction of the decision.

    New, changed and extended leases put the tenant in, an ended one out. Names and numbers come from the form; a form
    that does not say use and begin notes nothing. A second producing firm under the roof opens a safety check as a
    report of the grid, linked with the lease; both journals name each other, once for each pair of firms.
    """
    form: Mapping[str, Any] = matter.private.get("form") or {}
    address, name = str(form.get("building_address") or ""), str(form.get("tenant_name") or "")
    code = str(form.get("tenant_credit_code") or "")
    if is_end(matter):
        ended = _day(form.get("ended_on"))
        if ended is not None and address:
            vacate(town=matter.case.town, address=address, name=name, credit_code=code, on=ended)
        return None
    begins, use = _day(form.get("lease_from")), str(form.get("use") or "")
    if begins is None or not use or not address:
        return None
    noted = occupy(
        town=matter.case.town,
        address=address,
        place=_place(matter, str(form.get("building_place") or "")),
        occupant=Occupant(
            name=name, use=use, valid_from=begins, valid_to=_day(form.get("lease_to")),
            part=str(form.get("floors") or ""), credit_code=code,
        ),
        source_case=matter.case.pk,
        source_number=matter.case.number,
    )  # fmt: skip
    roof = shared_roof(noted)
    if roof is not None:
        _open_check(matter, acting, roof)
    return noted


def lease_term(matter: Matter) -> tuple[date | None, date | None]:
    """Return from when to when a registered lease runs, as its form says; None where it says nothing."""
    form = matter.private.get("form") or {}
    return _day(form.get("lease_from")), _day(form.get("lease_to"))


def is_end(matter: Matter) -> bool:
    """Return whether the matter says that a lease has ended."""
    return (matter.private.get("situation") or {}).get("event") == "end"


def _open_check(matter: Matter, acting: Acting, roof: SharedRoof) -> Case | None:
    """Open the safety check; a town without a command centre has nobody who could take it."""
    town = matter.case.town
    bodies = _posts(matter)
    if "owner" not in bodies:
        return None
    names = say_in("zh-hans", "ui.comma").join(one.name for one in (roof.newcomer, *roof.others))
    text = say_in("zh-hans", "services.roof.text", address=roof.building.address, names=names)
    place = roof.building.place
    title = say_in("zh-hans", "services.roof.title")
    spec = OpenCase(
        type_code=REPORT,
        title=f"{title}（{place.name}）" if place else title,
        channel="page",
        place=place,
        facts={"anonymous": True, "shared_roof": str(roof.building.pk)},
        bodies=bodies,
        private={"text": text, "address": roof.building.address},
        simulated=matter.case.simulated or town.simulated,
    )
    check = open_linked_case(acting=acting, origin=matter.case.pk, spec=spec, handover=roof)
    note_checks(roof, case=check.pk, number=check.number)
    return check


def _posts(matter: Matter) -> dict[str, str]:
    """Return the command centre, which sorts and handles until it names somebody, and the town head."""
    roles = {Duty.Role.COMMAND_CENTRE: "owner", Duty.Role.TOWN_HEAD: "leader"}
    rows = Duty.objects.filter(organisation__division=matter.case.town, role__in=roles).order_by("organisation__code")
    found: dict[str, str] = {}
    for role, code in rows.values_list("role", "organisation__code"):
        found.setdefault(roles[Duty.Role(role)], code)
    if "owner" not in found:
        return {}
    return {"owner": found["owner"], "handler": found["owner"], "leader": found.get("leader", found["owner"])}


def _place(matter: Matter, code: str) -> Place | None:
    rows = places_at(matter.case.town, local_day(matter.case.town, matter.now))
    return rows.filter(code=code).first() if code else None


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None
