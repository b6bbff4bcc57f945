"""Receive one application in the town of JINLI_HOME, as the applicant's page sends it; say its number.

It belongs to whoever signed in at the town last, if anybody has.
Arguments: the item, and answers of the form as `code=value` where the usual ones do not do.
"""

from __future__ import annotations

import sys

import django

django.setup()

from jinli.cases.services import OpenCase, open_case  # noqa: E402
from jinli.domain.limits import TimeLimit, Unit  # noqa: E402
from jinli.lines.services.models import ApplicantLink  # noqa: E402
from jinli.lines.services.selectors.items import item_of  # noqa: E402
from jinli.town.acting import resident  # noqa: E402
from jinli.town.models import Division  # noqa: E402

CONVENTION = "平台约定"
FILLED = {
    "telephone": "13800000426", "date": "2026-12-01", "area": "36", "whole": "3", "money": "0",
    "address": "金利镇东围村三队12号",
}  # fmt: skip

LEASE = {
    "building_place": "441204115222", "building_address": "工业大道 12 号 B 栋", "floors": "2 层", "use": "producing",
    "leased_area": "320", "tenant_name": "某五金厂（演示）", "lease_from": "2026-09-01", "lease_to": "2027-08-31",
    "monthly_rent": "6400",
}  # fmt: skip


def apply(item: str, *answers: str) -> str:
    """Open the case and return its number."""
    town = Division.objects.get(level=Division.Level.TOWN)
    found = item_of(town, item)
    told = LEASE | dict(one.split("=", 1) for one in answers)
    row, link = found.row, ApplicantLink.objects.select_related("party").order_by("linked_at").last()
    spec = OpenCase(
        type_code=row.procedure, title=row.name, channel="public", class_code=row.code, simulated=True,
        reporter=link.party if link else None,
        bodies={"window": row.window, "owner": row.office, "leader": "government"},
        terms={
            "decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY, article="行政许可法第四十二条"),
            "promised": TimeLimit(amount=10, unit=Unit.WORKING_DAY, source=CONVENTION),
            "supply": TimeLimit(amount=30, unit=Unit.CALENDAR_DAY, source=CONVENTION),
            "opinion": TimeLimit(amount=5, unit=Unit.WORKING_DAY, source=CONVENTION),
        },
        facts={"item": f"{row.code}/{found.edition}", "materials": {one.code: "given" for one in row.materials}},
        private={
            "name": "梁小明（演示）", "telephone": "13800000426", "address": "金利镇东围村三队12号",
            "applicant_kind": "person", "situation": {one.code: one.answers[0].code for one in row.situations},
            "form": {
                one.code: told.get(one.code) or FILLED.get(one.kind, "（演示）修补水管")
                for one in row.form
                if one.kind not in ("id_number", "credit_code")
            },
            "sources": {}, "files": {}, "for": {},
        },
        papers={"receipt": {"applicant": "梁小明（演示）"}},
    )  # fmt: skip
    return open_case(acting=resident(town.pk), town=town, spec=spec).number


sys.stdout.write(apply(*sys.argv[1:]))
