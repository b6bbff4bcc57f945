"""The small town with a counter and two matters: a subsidy for newcomers with rented homes, and a shop licence."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from PIL import Image

from jinli.cases.services.attaching import Upload
from jinli.lines.services.selectors.items import Item, item_of
from jinli.lines.services.services.publishing import publish_contents
from jinli.packs.items import (
    AnswerRow,
    ChoiceRow,
    FieldRow,
    ItemLimitRow,
    ItemRow,
    MaterialRow,
    SituationRow,
)
from jinli.packs.sections import content_of
from jinli.town.acting import Acting
from jinli.town.models import Appointment, Attribute, Duty, Organisation, Person
from tests.cases.powers import lay_templates
from tests.cases.small import Small, build

ATTRIBUTES = (
    ("id_number", "sensitive"), ("bank_account", "sensitive"), ("birth_date", "personal"), ("credit_code", "open"),
    ("household_address", "personal"),
)  # fmt: skip
ID, OTHER_ID, CREDIT, CARD = "11010519491231002X", "440524188001010014", "91350100M000100Y43", "6222021234567890128"

RENT = ItemRow(
    code="rent-subsidy", name="新来人员租房补助（样本）", name_en="Rent subsidy for newcomers (sample)", kind="payment",
    applicants=("person", "household"), procedure="payment", offered="online", window="hall", office="hall",
    promised=ItemLimitRow(amount=10, unit="working_day", source="样本", status="sample"),
    situations=(
        SituationRow(
            code="home", question="现在住在哪里", question_en="Where do you live now",
            why="租房的要交租约", why_en="A lease is needed for a rented home",
            answers=(
                AnswerRow(code="rented", label="租的房子", label_en="A rented home"),
                AnswerRow(code="dormitory", label="单位宿舍", label_en="A dormitory"),
            ),
        ),
    ),
    materials=(
        MaterialRow(code="form", name="申请表", name_en="Application form", kind="form"),
        MaterialRow(code="identity", name="身份证", name_en="Identity card", held_as="fact:id_number"),
        MaterialRow(
            code="lease", name="租约", name_en="Lease",
            when={"home": ("rented",)}, secondary=True, later_days=10,
        ),
        MaterialRow(
            code="household", name="户口簿", name_en="Household book",
            by_promise=True, held_as="material:household",
        ),
    ),
    form=(
        FieldRow(code="id_number", label="身份证号", label_en="Identity", kind="id_number", attribute="id_number"),
        FieldRow(code="moved_on", label="搬来的日期", label_en="Day you moved here", kind="date"),
        FieldRow(
            code="rent", label="每月租金", label_en="Rent a month",
            kind="money", lowest="0", when={"home": ("rented",)},
        ),
        FieldRow(
            code="account", label="收款银行账号", label_en="Bank account",
            kind="bank_account", attribute="bank_account",
        ),
        FieldRow(
            code="family", label="一起住的家人", label_en="Family living with you", kind="group", needed=False, most=4,
            fields=(
                FieldRow(code="name", label="姓名", label_en="Name", kind="person_name"),
                FieldRow(
                    code="relation", label="关系", label_en="Relation", kind="choice",
                    choices=(
                        ChoiceRow(code="child", label="子女", label_en="Child"),
                        ChoiceRow(code="spouse", label="配偶", label_en="Spouse"),
                    ),
                ),
                FieldRow(code="school", label="学校", label_en="School", when={"relation": ("child",)}, needed=False),
            ),
        ),
    ),
    status="sample", source="样本",
)  # fmt: skip
SHOP = ItemRow(
    code="shop-licence", name="门店许可（样本）", name_en="Shop licence (sample)", kind="licence",
    applicants=("enterprise",), procedure="licence", offered="counter", window="hall", office="command",
    statutory=ItemLimitRow(
        amount=20, unit="working_day", article="行政许可法第四十二条", source="行政许可法", status="confirmed"
    ),
    materials=(MaterialRow(code="plan", name="平面图", name_en="Floor plan"),),
    form=(
        FieldRow(
            code="credit_code", label="统一社会信用代码", label_en="Credit code",
            kind="credit_code", attribute="credit_code",
        ),
        FieldRow(code="area", label="面积", label_en="Area", kind="area", unit="平方米"),
    ),
    status="sample", source="样本",
)  # fmt: skip
ANSWERS = {"home": "rented"}
TYPED = {"id_number": ID, "moved_on": "2026-03-01", "rent": "900", "account": CARD}


def publish(small: Small, row: ItemRow) -> Item:
    """Publish an item in a town, in its next edition."""
    publish_contents(town=small.town, contents={row.code: content_of(row)}, at=datetime(2026, 1, 1, tzinfo=UTC))
    small.town.refresh_from_db()
    return item_of(small.town, row.code)


def build_services(code: str = "990101001") -> Small:
    """Build the small town with a counter, a window clerk and the two matters."""
    small = build(code)
    for attribute, sensitivity in ATTRIBUTES:
        Attribute.objects.get_or_create(code=attribute, defaults={"title": attribute, "sensitivity": sensitivity})
    hall = Organisation.objects.create(division=small.town, code="hall", name="公共服务中心（演示）", kind="office")
    small.organisations["hall"] = hall
    for name in ("clerk", "clerk2"):
        small.people[name] = Person.objects.create(username=f"{name}-{code}", name=f"{name}（演示）")
        duty, _ = Duty.objects.get_or_create(
            organisation=hall, code="window_clerk", defaults={"title": "综合窗口", "role": "window_clerk"}
        )
        Appointment.objects.create(person=small.people[name], duty=duty, in_name_of=hall)
    lay_templates(small.town)
    publish(small, RENT)
    publish(small, SHOP)
    small.town.refresh_from_db()
    return replace(small)


def clerk(small: Small, name: str = "clerk") -> Acting:
    """Return how a window clerk of the town acts."""
    return small.acting(name, "hall", "window_clerk")


def picture(name: str = "租约.png", colour: str = "white") -> Upload:
    """Return a small picture as it is uploaded."""
    held = io.BytesIO()
    Image.new("RGB", (2, 2), colour).save(held, "PNG")
    return Upload(name=name, content=held.getvalue())


def signed_in(small: Small, person: str = "clerk") -> Client:
    """Return a browser in which somebody of the town is signed in."""
    client = Client()
    client.force_login(small.people[person])
    return client


def hidden(page: Any, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page.content.decode())
    assert found, f"no hidden field {name}"
    return found[1]
