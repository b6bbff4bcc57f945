"""The small town with a window, an office that decides and its head, and applications on their way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from jinli.cases.models import Assignment, Case, Entry, PaperTemplate
from jinli.cases.services import OpenCase, open_case
from jinli.domain.limits import TimeLimit, Unit
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.selectors.procedures import kind_of
from jinli.lines.services.services.acts import OnCase
from jinli.packs.faults import Faults
from jinli.packs.items import ItemLimitRow, ItemRow, LawRow, MaterialRow, ResultRow
from jinli.packs.papers import papers
from jinli.packs.sections import content_of
from jinli.town.acting import Acting, resident
from jinli.town.models import Appointment, Duty, Organisation, Person
from jinli.town.moment import frozen_at
from tests.cases.powers import give_power
from tests.cases.small import STANDARD, at
from tests.cases.staff import Staff, staffed

BODIES = {"window": "hall", "owner": "planning", "leader": "government"}
LOADED_AT = datetime(2026, 1, 1, tzinfo=UTC)
POSTS = (
    ("clerk", "hall", "window_clerk"),
    ("officer", "planning", "department_officer"),
    ("officer2", "planning", "department_officer"),
    ("planning_head", "planning", "department_head"),
)
PRIVATE = {
    "name": "梁小明（演示）", "telephone": "13800000426", "address": "东围村三队12号", "applicant_kind": "person",
    "form": {"area": "120"}, "situation": {"kind": "new"}, "sources": {}, "files": {}, "for": {},
}  # fmt: skip
ITEM = ItemRow(
    code="shop-sign",
    name="设置户外招牌（演示）",
    name_en="Setting up a shop sign (simulated)",
    kind="licence",
    applicants=("person", "enterprise"),
    procedure="licence",
    offered="online",
    window="hall",
    office="planning",
    statutory=ItemLimitRow(amount=20, unit="working_day", article="行政许可法第四十二条第一款", status="confirmed"),
    materials=(
        MaterialRow(code="form", name="申请表", name_en="Form", standard="签名齐全"),
        MaterialRow(code="lease", name="租赁合同", name_en="Lease", secondary=True, later_days=10),
        MaterialRow(code="pledge", name="安全承诺", name_en="Pledge", by_promise=True),
    ),
    result=ResultRow(kind="certificate", name="准予设置户外招牌", name_en="Shop sign permitted"),
    laws=(LawRow(law="样本条例", law_en="Sample regulation", article="第三条"),),
    source="测试",
)
ALL_GIVEN = {"form": "given", "lease": "given", "pledge": "given"}


@dataclass
class Hall:
    """The small town at its counter."""

    staff: Staff
    editions: dict[str, int] = field(default_factory=dict)

    def acting(self, person: str) -> Acting:
        """Return how somebody of the counter, the office or a reviewing body acts."""
        for name, body, role in (
            *POSTS,
            ("ecology", "ecology", "department_officer"),
            ("water", "water", "department_officer"),
            ("head", "government", "town_head"),
        ):
            if name == person:
                return self.staff.small.acting(name, body, role)
        raise KeyError(person)

    def client(self, person: str) -> Client:
        return self.staff.client(person)

    def publish_item(self, item: ItemRow = ITEM) -> str:
        """Keep an edition of an item and return its reference."""
        number = self.editions[item.code] = self.editions.get(item.code, 0) + 1
        ItemEdition.objects.create(
            town=self.staff.small.town, code=item.code, edition=number, state="published", content=content_of(item),
            digest="-", written_at=datetime(2026, 1, 1, tzinfo=UTC), published_at=datetime(2026, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        if number == 1 and item.procedure != "assisted":
            give_power(self.staff.small, item.code)
        return f"{item.code}/{number}"

    def apply(
        self, when: str, item: ItemRow = ITEM, *, materials: Any = None, private: Any = None, **more: Any
    ) -> Case:
        """Receive an application as a resident sends it."""
        reference = self.publish_item(item)
        states = materials or {row.code: "given" for row in item.materials}
        terms = {
            "decide": TimeLimit(amount=20, unit=Unit.WORKING_DAY, article="行政许可法第四十二条第一款"),
            "supply": TimeLimit(amount=30, unit=Unit.CALENDAR_DAY, source="平台约定"),
            "opinion": TimeLimit(amount=5, unit=Unit.WORKING_DAY, source="平台约定"),
            "submit": TimeLimit(amount=1, unit=Unit.WORKING_DAY, source="平台约定"),
            "pay": TimeLimit(amount=15, unit=Unit.WORKING_DAY, source="平台约定"),
        }
        with frozen_at(at(when)):
            if kind_of(item.procedure) != "licence":
                terms.pop("decide")
            spec = OpenCase(
                type_code=item.procedure, title=item.name, channel="public", class_code=item.code, bodies=BODIES,
                private=private or PRIVATE, terms=terms, simulated=True,
                facts={"item": reference, "materials": states, "counts": {"asked": 1, "prefilled": 0, "changed": 0}},
                met={"name": "梁小明（演示）", "telephone": "13800000426", "address": ""},
                papers={"receipt": {"applicant": "梁小明（演示）"}}, **more,
            )  # fmt: skip
            found = open_case(acting=resident(self.staff.small.town.pk), town=self.staff.small.town, spec=spec)
        return Case.objects.get(pk=found.id)

    def do(self, when: str, act: Any, case: Case, person: str, *, track: str = "case", **more: Any) -> Case:
        """Make an act with the present version and return the case after it."""
        case.refresh_from_db()
        version = case.version if track == "case" else Assignment.objects.get(case=case, key=track).version
        with frozen_at(at(when)):
            on = OnCase(
                acting=self.acting(person), case=case.pk, version=version, track=track, key=more.pop("key", None)
            )
            act(on, **more)
        case.refresh_from_db()
        return case

    def moves(self, case: Case) -> list[str]:
        """Return the moves in the journal of a case."""
        return list(Entry.objects.filter(case=case).order_by("seq").values_list("move", flat=True))

    def track(self, case: Case, body: str) -> str:
        """Return the assignment of a body."""
        return Assignment.objects.get(case=case, body__code=body).key


def hall() -> Hall:
    """Build the small town with its counter."""
    staff = staffed()
    small = staff.small
    for row in papers(STANDARD, Faults(), prefix="", own=False).values():
        PaperTemplate.objects.create(town=small.town, code=row.code, content=content_of(row), loaded_at=LOADED_AT)
    for code, kind in (("hall", "office"), ("planning", "office")):
        small.organisations[code] = Organisation.objects.create(
            division=small.town, code=code, name=code, kind=kind, parent=small.organisations["government"]
        )
    for name, body, role in POSTS:
        small.people[name] = Person.objects.create(username=f"{name}-{small.town.code}", name=name)
        duty, _ = Duty.objects.get_or_create(
            organisation=small.organisations[body], code=role, defaults={"title": role, "role": role}
        )
        Appointment.objects.create(person=small.people[name], duty=duty, in_name_of=small.organisations[body])
    return Hall(staff)


__all__ = ["ALL_GIVEN", "ITEM", "PRIVATE", "Hall", "at", "hall", "replace"]
