"""A town that pays subsidies: one item with four conditions, a claim on it, and people who may decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.test import Client

from jinli.cases.identity import part_id
from jinli.cases.models import Case
from jinli.cases.selectors.case_view import CaseView, case_view
from jinli.cases.services import OpenCase, open_case
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.services.acts import OnCase, accept
from jinli.lines.services.services.claims import note_claim
from jinli.packs.items import ConditionRow, FieldRow, ItemRow, ResultRow
from jinli.packs.sections import content_of
from jinli.town.acting import Acting
from jinli.town.models import Appointment, Duty, Party
from tests.cases.papers import give_papers
from tests.cases.powers import give_power
from tests.cases.small import Small, at, build

ITEM = "startup"
SAMPLE = {"status": "sample", "source": "样本"}
CONDITIONS = (
    ConditionRow(
        code="registered",
        label="登记满月数",
        label_en="Months registered",
        compare="at_least",
        value="months_since.registered_on",
        threshold="6",
        unit="个月",
        **SAMPLE,
    ),
    ConditionRow(
        code="insured",
        label="近六个月参保",
        label_en="Months insured",
        compare="at_least",
        value="insured_months",
        threshold="3",
        unit="个月",
        **SAMPLE,
    ),
    ConditionRow(
        code="first", label="首次创业", label_en="First business", value="first_time", compare="yes", **SAMPLE
    ),
    ConditionRow(code="area", label="经营面积", label_en="Area", value="area", compare="at_most", unit="平方米"),
)
SUBSIDY = ItemRow(
    code=ITEM, name="一次性创业资助", name_en="One-off start-up subsidy", kind="payment", applicants=("person",),
    procedure="payment", office="command", window="command", offered="online", conditions=CONDITIONS, source="测试",
    form=(
        FieldRow(code="registered_on", label="登记日期", kind="date"),
        FieldRow(code="insured_months", label="参保月数", kind="whole"),
        FieldRow(code="first_time", label="首次创业", kind="yes_no"),
        FieldRow(code="area", label="面积", kind="area"),
        FieldRow(code="id_number", label="身份证号", kind="id_number"),
        FieldRow(
            code="members", label="家庭成员", kind="group",
            fields=(FieldRow(code="member_id", label="身份证号", kind="id_number"),),
        ),
    ),
    result=ResultRow(kind="payment", name="资助"),
)  # fmt: skip
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
        town=small.town, code=ITEM, edition=1, state="published", content=content_of(SUBSIDY), digest="x",
        written_at=at("2026-01-01 09:00"), published_at=at("2026-01-02 09:00"),
    )  # fmt: skip
    give_papers(small.town)
    give_power(small, ITEM, to_body="command", mode="own")
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
        type_code="payment", title=SUBSIDY.name, channel="counter", class_code=ITEM, reporter=party,
        facts={"item": f"{ITEM}/1"}, private={"name": "张三（演示）", "form": dict(form)}, happened_at=happened,
        bodies={"window": "command", "owner": "command", "leader": "government"},
        papers={"receipt": {"applicant": "张三（演示）"}},
        terms={"supply": limit(30, Unit.CALENDAR_DAY), "promised": limit(10), "opinion": limit(5), "pay": limit(15)},
    )  # fmt: skip
    opened = open_case(acting=small.command, town=small.town, spec=spec)
    case = Case.objects.get(pk=opened.id)
    identity = {"id_number": "id_number", "member_id": "id_number"}
    note_claim(case=case, payload=part_id(case.pk, "entry", 1), form=form, identity=identity)
    accept(OnCase(acting=small.command, case=case.pk, version=case.version), by_hand=10)
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
