"""The small town with class standards and routing of its own, and the ways people use its pages."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from jinli.cases.models import Case
from jinli.lines.grid.models import ClassStandard, RoutingRule
from jinli.town.models import Appointment, Attribute, Duty
from tests.cases.small import Small, build

STANDARDS = (
    ("P0102-1", "P0102", "污水井盖", "井盖丢失、移位或开裂，行人车辆有危险", 2, "urgent_hour", False, "sample"),
    ("P0102-2", "P0102", "污水井盖", "井盖破损明显，尚能盖住", None, "", False, "unknown"),
    ("E0110-1", "E0110", "暴露垃圾", "成堆成片的生活垃圾", 4, "working_hour", True, "sample"),
)
RULES = (
    ("any", "*", "*", "any", "command"),
    ("pipes", "*", "P01", "any", "government"),
    ("night", "*", "P01", "night", "command"),
    ("east", "east", "E0110", "any", "village"),
)


def build_grid() -> Small:
    """Build the small town with three standards of two classes, four rules of routing, and posts for its people."""
    small = build()
    for code, class_code, minor, condition, amount, unit, self_solved, status in STANDARDS:
        ClassStandard.objects.create(
            division=small.town, code=code, class_code=class_code, major="公用设施", minor=minor, condition=condition,
            limit_amount=amount, limit_unit=unit, self_solved=self_solved, status=status, closing="恢复原状",
            source="外地标准（样本）",
        )  # fmt: skip
    for code, place, prefix, hours, body in RULES:
        RoutingRule.objects.create(
            town=small.town, code=code, place_code=place, class_prefix=prefix, hours=hours,
            body=small.organisations[body],
        )  # fmt: skip
    for code, title in (("name", "姓名"), ("telephone", "电话"), ("address", "地址")):
        Attribute.objects.get_or_create(code=code, defaults={"title": title})
    place = small.places["east"]
    place.organisation = small.organisations["village"]
    place.save()
    posts = (
        ("command", "command", "command_centre"), ("command2", "command", "command_centre"),
        ("head", "government", "town_head"), ("grid", "village", "grid_worker"),
        ("water", "water", "department_officer"),
    )  # fmt: skip
    for person, body, role in posts:
        organisation = small.organisations[body]
        duty, _ = Duty.objects.get_or_create(
            organisation=organisation, role=role, defaults={"code": role, "title": role}
        )
        Appointment.objects.create(person=small.people[person], duty=duty, in_name_of=organisation)
    return small


def signed_in(small: Small, person: str) -> Client:
    """Return a browser in which somebody of the small town is signed in."""
    client = Client()
    client.force_login(small.people[person])
    return client


def hidden(page: Any, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page.content.decode())
    assert found, f"no hidden field {name}"
    return found[1]


def report_url(small: Small) -> str:
    """Return the address of the public report."""
    return f"/t/{small.town.code}/report/"


def send_report(small: Small, client: Client | None = None, **fields: Any) -> Any:
    """Open the public form, fill it in and send it; return the answer."""
    client = client or Client()
    page = client.get(report_url(small))
    given = {
        "key": hidden(page, "key"), "way": "address", "text": "三队祠堂前的污水井盖不见了", "village": "east",
        "address": "三队祠堂前，机耕路口", "telephone": "138 0000 0426",
    }  # fmt: skip
    return client.post(report_url(small), {**given, **fields})


def last_case() -> Case:
    """Return the case opened last."""
    return Case.objects.order_by("-id")[0]
