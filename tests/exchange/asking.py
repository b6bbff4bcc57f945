"""The small town with a duty list and people who are asked things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from jinli.cases.models import Case
from jinli.exchange.models import Task
from jinli.exchange.services.tasks import Received, receive
from jinli.town.models import DutyLine, TownFact
from jinli.town.moment import frozen_at
from tests.cases.staff import Staff, at, staffed

LINES = (
    ("B01", 1, "村容环境日常保洁", "basic", None, "保洁办法（样本）"),
    ("C01", 4, "河道管理范围内违法行为查处", "cooperating", "water", "河道条例（样本）"),
    ("T01", 13, "排污行政处罚", "taken_back", "ecology", "收回决定（样本）"),
    ("T02", 14, "农田灌溉水量测算", "taken_back", None, ""),
)
CHAT = (
    "各镇：请报送排污行政处罚情况，明天下班前发群里。\n"
    "1. 9月办结件数\n2. 9月东围村网格事件数\n3. 检查排污单位户数\n4. 逾期未办件数"
)


@dataclass
class Asked:
    """A town that is asked."""

    staff: Staff

    def client(self, name: str = "command") -> Client:
        return self.staff.client(name)

    def received(self, when: str, *asks: str, due: str = "", key: str | None = None, **more: Any) -> Task:
        """Take in a task at a moment."""
        known: dict[str, Any] = {"asker": "ecology", "way": "chat", "asks": asks or ("9月办结件数",)}
        with frozen_at(at(when)):
            told = Received(**{**known, **more}, received_at=at(when), due_at=at(due) if due else None)
            case = receive(acting=self.staff.small.command, town=self.staff.small.town, told=told, key=key)
        return self.task(case)

    def task(self, case: Case) -> Task:
        return Task.objects.select_related("case__town", "town", "asker", "line__lead").get(pk=case.pk)


def asked(code: str = "990101001") -> Asked:
    """Build the town with its duty list and two published facts, one of them unknown."""
    staff = staffed(code)
    town = staff.small.town
    for line, number, title, kind, lead, basis in LINES:
        DutyLine.objects.create(
            division=town, code=line, number=number, title=title, kind=kind, legal_basis=basis, status="sample",
            lead=staff.small.organisations[lead] if lead else None,
        )  # fmt: skip
    facts = (("beds", "卫生院床位数", "280", "confirmed"), ("opening", "卫生院投用日期", "", "unknown"))
    for code_, title, value, status in facts:
        TownFact.objects.create(
            town=town, code=code_, arrow="renewal", title=title, value=value, unit="张" if value else "", source="公告",
            as_of="2026-01", status=status,
        )  # fmt: skip
    return Asked(staff)
