"""Staff enter what people say by telephone, through 12345 and at the counter; grid workers send what they find."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from jinli.cases.models import Case
from jinli.domain.errors import DomainError
from jinli.lines.grid.models import RoutingRule
from jinli.lines.grid.services import intake
from jinli.town.models import Organisation, Party, Place
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.lines.grid.town import build_grid, hidden, last_case, signed_in
from tests.shared import shared

NOW = "2026-09-24 10:00"


@shared
def small() -> Small:
    return build_grid()


def enter(small: Small, **fields: str) -> Any:
    client = signed_in(small, "command")
    with frozen_at(at(NOW)):
        key = hidden(client.get("/intake/"), "key")
        given = {"key": key, "channel": "telephone", "text": "井盖不见了", "village": "east", **fields}
        return client.post("/intake/", given, follow=True)


def test_a_call_is_entered_and_number_and_code_are_read_out(small: Small) -> None:
    answer = enter(small, name="梁某", telephone="13800000426", address="祠堂前")
    page = answer.content.decode()
    case = last_case()
    assert (case.channel, case.title) == ("telephone", "电话报告（东围村）")
    assert case.number in page
    assert "念给对方" in page
    assert Party.objects.count() == 1
    entry = case.entries.get()
    assert json.loads(entry.body)["actor"]["body"] == "command"
    assert "梁某" not in entry.body


def test_a_ticket_keeps_its_number_and_the_clock_runs_from_when_it_came(small: Small) -> None:
    enter(small, channel="hotline", foreign_number="高要20260924001", received_at="2026-09-24T09:45")
    case = last_case()
    assert case.foreign_number == "高要20260924001"
    assert case.due_at == at("2026-09-24 10:15")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"channel": "hotline"}, "写 12345 的工单号", id="a ticket without number"),
        pytest.param({"received_at": "2026-09-24T10:30"}, "时间不能晚于现在", id="told in the future"),
        pytest.param({"text": ""}, "写几句发生了什么", id="nothing told"),
        pytest.param({"channel": ""}, "这一项要填", id="no channel"),
    ],
)
def test_a_refused_entry_keeps_what_was_typed(small: Small, fields: dict[str, str], said: str) -> None:
    answer = enter(small, address="祠堂前", **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "祠堂前" in answer.content.decode()
    assert Case.objects.count() == 0


def test_a_ticket_is_entered_once(small: Small) -> None:
    enter(small, channel="hotline", foreign_number="A-1")
    answer = enter(small, channel="hotline", foreign_number="A-1")
    assert answer.status_code == 422
    assert "网2026-00001" in answer.content.decode()


def test_others_neither_enter_nor_find(small: Small) -> None:
    with pytest.raises(DomainError, match="not_yours"):
        intake.enter_report(
            acting=small.water, town=small.town, told=intake.Told(text="x", place="east"), channel="telephone", key="k"
        )
    with pytest.raises(DomainError, match="not_yours"):
        intake.find(acting=small.water, town=small.town, class_code="P0102", place="east", key="k")
    assert signed_in(small, "water").get("/find/").status_code == 403


def test_a_finding_takes_a_class_and_a_place_and_no_picture(small: Small) -> None:
    client = signed_in(small, "grid")
    with frozen_at(at(NOW)):
        page = client.get("/find/")
        text = page.content.decode()
        assert '<option value="east" selected>' in text, "the own place is filled in"
        assert 'type="file"' not in text
        given = {"key": hidden(page, "key"), "class_code": "P0102", "village": "east"}
        answer = client.post("/find/", given, follow=True)
    case = last_case()
    assert (case.title, case.class_code, case.channel) == ("污水井盖（东围村）", "P0102", "finding")
    assert f"{case.number} 已上报" in answer.content.decode()


@pytest.mark.parametrize("by", ["routing", "name", "nothing"])
def test_the_own_place_follows_from_routing_or_from_the_name_of_the_body(small: Small, by: str) -> None:
    Place.objects.update(organisation=None)
    if by != "routing":
        RoutingRule.objects.filter(body=small.organisations["village"]).delete()
    if by == "name":
        Organisation.objects.filter(code="village").update(name="东围村网格站")
    page = signed_in(small, "grid").get("/find/").content.decode()
    assert ('<option value="east" selected>' in page) is (by != "nothing")


def test_another_class_than_the_frequent_ones_can_be_chosen_and_none_is_refused(small: Small) -> None:
    client = signed_in(small, "grid")
    key = hidden(client.get("/find/"), "key")
    refused = client.post("/find/", {"key": key, "village": "east", "text": "看到了"})
    assert refused.status_code == 422
    assert "选一个类别" in refused.content.decode()
    assert "看到了" in refused.content.decode()
    assert client.post("/find/", {"key": key, "village": "east", "other": "E0110"}).status_code == 302
    assert last_case().class_code == "E0110"


def test_a_number_of_another_town_is_not_confirmed_as_sent(small: Small) -> None:
    client = signed_in(small, "grid")
    assert "已上报" not in client.get("/find/?sent=网2026-00009").content.decode()


def test_a_stranger_sees_no_staff_page(small: Small) -> None:
    for url in ("/intake/", "/find/", "/registers/standards/", "/registers/routing/"):
        assert Client().get(url).status_code == 302
