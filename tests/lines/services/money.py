"""A town that pays subsidies: one item with four conditions, a claim on it, and people who may decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.test import Client

from jinli.cases.models import Case
from jinli.cases.selectors.case_view import CaseView, case_view
from jinli.cases.services import OpenCase, make_move, open_case
from jinli.cases.services.moving import MakeMove
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.services.claims import note_claim
from jinli.town.acting import Acting
from jinli.town.models import Appointment, Duty, Party
from tests.cases.small import Small, at, build

ITEM = "startup"
CONTENT: dict[str, Any] = {
    "code": ITEM, "name": "一次性创业资助", "name_en": "One-off start-up subsidy", "kind": "payment",
    "procedure": "payment", "office": "command", "window": "command",
    "form": [
        {"code": "registered_on", "kind": "date"},
        {"code": "insured_months", "kind": "whole"},
        {"code": "first_time", "kind": "yes_no"},
        {"code": "area", "kind": "area"},
        {"code": "id_number", "kind": "id_number"},
        {"code": "members", "kind": "group", "fields": [{"code": "member_id", "kind": "id_number"}]},
    ],
    "conditions": [
        {"code": "registered", "label": "登记满月数", "label_en": "Months registered", "compare": "at_least",
         "value": "months_since.registered_on", "threshold": "6", "unit": "个月", "status": "sample", "source": "样本"},
        {"code": "insured", "label": "近六个月参保", "label_en": "Months insured", "compare": "at_least",
         "value": "insured_months", "threshold": "3", "unit": "个月", "status": "sample", "source": "样本"},
        {"code": "first", "label": "首次创业", "label_en": "First business", "value": "first_time", "compare": "yes"},
        {"code": "area", "label": "经营面积", "label_en": "Area", "value": "area", "compare": "at_most",
         "threshold": "", "unit": "平方米", "status": "unknown"},
    ],
    "result": {"kind": "payment", "name": "资助", "amount": ""},
}  # fmt: skip
FORM = {
    "registered_on": "2026-01-15",
    "insured_months": 2,
    "first_time": True,
    "area": 80,
    "id_number": "990101199001011234",
}


def build_money() -> Small:
    """Build the small town with the item and the posts of its people."""
    small = build()
    ItemEdition.objects.create(
        town=small.town, code=ITEM, edition=1, state="published", content=CONTENT, digest="x",
        written_at=at("2026-01-01 09:00"), published_at=at("2026-01-02 09:00"),
    )  # fmt: skip
    for person, body, role in (
        ("command", "command", "command_centre"), ("command2", "command", "command_centre"),
        ("head", "government", "town_head"), ("water", "water", "department_officer"),
    ):  # fmt: skip
        organisation = small.organisations[body]
        duty, _ = Duty.objects.get_or_create(
            organisation=organisation, role=role, defaults={"code": role, "title": role}
        )
        Appointment.objects.create(person=small.people[person], duty=duty, in_name_of=organisation)
    return small


def claim(small: Small, *, form: Mapping[str, Any] = FORM, reporter: Party | None = None, when: str = "") -> Case:
    """Open a claim and accept it, as the counter does."""
    happened: datetime | None = at(when) if when else None
    party = reporter or Party.objects.create(town=small.town)
    spec = OpenCase(
        type_code="payment", title=CONTENT["name"], channel="counter", class_code=ITEM, reporter=party,
        facts={"item": f"{ITEM}/1"}, private={"name": "张三（演示）", "form": dict(form)}, happened_at=happened,
        bodies={"window": "command", "owner": "command", "leader": "government"},
        terms={"supply": limit(30, Unit.CALENDAR_DAY), "promised": limit(10), "opinion": limit(5), "pay": limit(15)},
    )  # fmt: skip
    opened = open_case(acting=small.command, town=small.town, spec=spec)
    case = Case.objects.get(pk=opened.id)
    note_claim(case=case, form=form, identity={"id_number": "id_number", "member_id": "id_number"})
    act = MakeMove(case=case.pk, move="accept", version=case.version, terms={"promised": limit(10)})
    make_move(acting=small.command, act=act)
    case.refresh_from_db()
    return case


def limit(amount: int, unit: Unit = Unit.WORKING_DAY) -> TimeLimit:
    """Return a limit of the town's own."""
    return TimeLimit(amount=amount, unit=unit, source="平台约定")


def seen(small: Small, case: Case, acting: Acting | None = None) -> CaseView:
    """Return a case as its page has it now."""
    from jinli.town import moment

    return case_view(acting or small.command, case.pk, small.town, moment.now())


def signed_in(small: Small, person: str) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(small.people[person])
    return client
