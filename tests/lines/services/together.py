"""The small town with the real matters and bundles of the pack, handled at its own counter."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from jinli.lines.services.models import BundlePart, BundleRun, Draft
from jinli.lines.services.selectors.bundles import PREFIX, Bundle, offered_bundle
from jinli.lines.services.services.drafting import Content, begin
from jinli.lines.services.services.publishing import publish_bundles, publish_contents
from jinli.packs.pack import Pack, read_pack
from jinli.packs.sections import content_of
from jinli.town.models import Attribute, Party
from jinli.town.moment import frozen_at, now
from jinli.town.selectors import local_day
from tests.cases.powers import give_power
from tests.cases.small import at
from tests.lines.services.desk import Hall, hall

ROOT = Path(__file__).parents[3]
ID = "11010519491231002X"
WHO = {"kind": "person", "name": "何立新（演示）", "telephone": "13800000426", "address": "东围村三队12号"}
WORKSHOP = {
    "premises": "sublet", "subsidy": "wanted", "individual_business.premises": "rented",
    "individual_business.family": "single", "individual_business.approval": "none",
}  # fmt: skip
TYPED: dict[str, Any] = {
    "id_number": ID, "building_place": "east", "building_address": "金利大道 8 号 2 栋", "floors": "2 栋 1 层",
    "leased_area": "320", "use": "producing", "tenant_name": "何立新（演示）", "lease_from": "2026-03-01",
    "lease_to": "2029-02-28", "monthly_rent": "6400", "shop_name": "立新五金加工店", "business_scope": "五金制品加工",
    "capital": "50000", "business_address": "金利大道 8 号 2 栋 1 层",
}  # fmt: skip


@cache
def pack() -> Pack:
    return read_pack(ROOT / "packs/jinli", standard=ROOT / "packs/_standard")


def town_with_bundles() -> Hall:
    """Build the town; window and office of every matter are its own."""
    found = hall()
    small = found.staff.small
    with frozen_at(at("2026-01-05 09:00")):
        for one in pack().rows["attributes"]:
            code = str(getattr(one, "code"))  # noqa: B009  rows of any section
            Attribute.objects.get_or_create(code=code, defaults={"title": code, "sensitivity": "personal"})
        online = [one for one in pack().items if one.offered == "online"]
        contents = {one.code: content_of(replace(one, window="hall", office="planning")) for one in online}
        publish_contents(town=small.town, contents=contents, at=now())
        for one in online:
            if one.procedure != "assisted":
                give_power(small, one.code)
        publish_bundles(town=small.town, contents={one.code: content_of(one) for one in pack().bundles}, at=now())
    small.town.refresh_from_db()
    return found


def bundle(found: Hall, code: str = "open_workshop") -> Bundle:
    """Return a bundle as it is offered."""
    one = offered_bundle(found.staff.small.town, code, local_day(found.staff.small.town, now()))
    assert one is not None
    return one


def drafted(found: Hall, *, party: Party | None = None, code: str = "open_workshop", **more: Any) -> Draft:
    """Return a common form that is filled in."""
    said: dict[str, Any] = {"applicant": WHO, "situation": WORKSHOP, "typed": TYPED} | more
    town = found.staff.small.town
    one = bundle(found, code)
    draft = begin(town=town, item=_as_kept(one), content=Content(**said), party=party)
    assert draft.item == f"{PREFIX}{code}"
    return draft


def _as_kept(one: Bundle) -> Any:
    from jinli.lines.services.selectors.bundles import as_item

    return as_item(one, {})


def parts(run: BundleRun) -> dict[str, BundlePart]:
    """Return the items of a run by code."""
    return {one.item: one for one in BundlePart.objects.filter(run=run).select_related("case").order_by("position")}
