"""Reports, findings, standards and whistles by JSON, under the rules of the pages."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from jinli.cases.models import Case, Clock, Entry
from jinli.lines.grid.models import WhistleKind
from jinli.town.models import DutyLine
from jinli.town.moment import frozen_at
from tests.cases.machines import Machine, machine, statements
from tests.cases.small import Small, at
from tests.domain.procedures import WHISTLE_TERMS
from tests.lines.grid.town import build_grid, signed_in
from tests.shared import shared

pytestmark = pytest.mark.django_db
WHEN = "2026-09-18 11:00"
SAID = {"channel": "telephone", "text": "三队祠堂前的井盖不见了", "place": "east", "telephone": "13800000426"}


@shared
def small() -> Small:
    return build_grid()


@pytest.fixture
def desk(small: Small) -> Machine:
    return machine(small, "command")


def post(machine: Machine, path: str, body: object, when: str = WHEN, **headers: str) -> Any:
    with frozen_at(at(when)):
        return machine.post(path, body, **headers)


def report(desk: Machine, key: str = "r1", **more: Any) -> Any:
    return post(desk, "/reports", {**SAID, **more}, Idempotency_Key=key)


def move(desk: Machine, number: str, move: str, version: int, given: dict[str, Any], **headers: str) -> Any:
    path = f"/cases/{quote(number)}/moves"
    return post(desk, path, {"move": move, "given": given}, If_Match=str(version), **headers)


def test_a_report_by_telephone_is_numbered_and_can_be_followed(desk: Machine) -> None:
    answer = report(desk)
    said = answer.json()
    assert answer.status_code == 201
    case = Case.objects.get()
    assert (said["number"], len(said["code"])) == (case.number, 8)
    assert (case.channel, case.stage) == ("telephone", "intake")
    assert Clock.objects.get().due_at == at("2026-09-18 11:30")


def test_the_same_report_again_is_the_first_answer_and_another_under_its_key_is_refused(desk: Machine) -> None:
    first, again = report(desk), report(desk)
    assert (again.status_code, again.content) == (201, first.content)
    other = report(desk, text="别的事")
    assert (other.status_code, other.json()["code"], other.json()["field"]) == (422, "cases.key_reused", "key")
    assert Case.objects.count() == 1


def test_two_systems_may_use_the_same_key(small: Small, desk: Machine) -> None:
    report(desk)
    assert report(machine(small, "command2")).status_code == 201
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"text": " "}, "grid.report.text_missing", "text"),
        ({"channel": "pigeon"}, "grid.intake.channel", "channel"),
        ({"channel": "hotline"}, "grid.intake.foreign_missing", "foreign_number"),
        ({"place": "nowhere"}, "grid.report.no_such_place", "village"),
        ({"place": ""}, "grid.report.where_missing", "village"),
        ({"telephone": "12"}, "grid.report.telephone", "telephone"),
        ({"received_at": "2027-01-01T00:00:00+08:00"}, "domain.move.in_the_future", "received_at"),
        ({"received_at": "2026-09-18T10:00:00"}, "town.api.value", "received_at"),
        ({"text": ["x"]}, "town.api.value", "text"),
    ],
)
def test_a_report_that_lacks_something_is_refused_at_its_field(
    desk: Machine, more: dict[str, Any], code: str, field: str
) -> None:
    answer = report(desk, **more)
    said = answer.json()
    assert (answer.status_code, said["code"], said["field"]) == (422, code, field)
    assert not Case.objects.exists()


def test_a_report_without_key_or_with_one_too_long_is_refused(desk: Machine) -> None:
    for key, code in (("", "town.api.key_missing"), ("k" * 81, "town.api.key_long")):
        answer = report(desk, key=key)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_department_and_a_grid_worker_enter_no_reports(small: Small) -> None:
    assert report(machine(small, "grid")).status_code == 403
    browser = signed_in(small, "water")
    answer = browser.post("/api/v1/reports", json.dumps(SAID), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "town.access.duty_needed")
    assert answer.json()["facts"]["needed"] == ["command_centre", "village_officer"]


def test_each_finding_of_a_batch_is_taken_or_refused_by_itself(small: Small) -> None:
    phone = machine(small, "grid")
    good = {"key": "f1", "class_code": "P0102", "place": "east"}
    answer = post(phone, "/findings", [good, {**good, "key": "f2", "class_code": "?"}, {**good, "key": ""}, good])
    items = answer.json()["items"]
    assert [one["status"] for one in items] == [201, 422, 422, 201]
    assert [one["error"]["code"] for one in items if one["error"]] == [
        "grid.find.class_missing",
        "town.api.key_missing",
    ]
    assert items[0] == items[3]
    assert Case.objects.count() == 1


def test_a_batch_of_more_than_a_hundred_is_refused_whole(small: Small) -> None:
    many = [{"key": str(number), "class_code": "P0102", "place": "east"} for number in range(101)]
    answer = post(machine(small, "grid"), "/findings", many)
    assert (answer.status_code, answer.json()["code"]) == (422, "town.api.too_many_items")
    assert not Case.objects.exists()


def test_standards_say_which_limit_no_source_gives(small: Small) -> None:
    with frozen_at(at(WHEN)):
        found = machine(small, "grid").get("/standards").json()
    covers = next(one for one in found if one["code"] == "P0102")
    assert [(one["code"], (one["limit"] or {}).get("unit")) for one in covers["standards"]] == [
        ("P0102-1", "urgent_hour"),
        ("P0102-2", None),
    ]


def test_a_report_is_filed_by_its_standard_routed_solved_and_called_back(desk: Machine) -> None:
    number = report(desk).json()["number"]
    assert move(desk, number, "file", 1, {"standard": "E0110-1"}, Idempotency_Key="m1").status_code == 200
    case = Case.objects.get()
    assert (case.stage, case.handler_body and case.handler_body.code) == ("handling", "village")
    handle = Clock.objects.get(code="handle")
    assert (handle.limit["amount"], handle.limit["unit"]) == (4, "working_hour")
    assert move(desk, number, "solve", 2, {"result": "清走了"}).status_code == 200
    case.refresh_from_db()
    assert case.stage in {"callback", "verifying"}, "the draw decides"


def test_what_filing_asks_on_its_page_it_asks_here(desk: Machine) -> None:
    number = report(desk).json()["number"]
    unknown = move(desk, number, "file", 1, {"standard": "P0102-2"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "grid.file.promise_missing")
    other = move(desk, number, "file", 1, {"standard": "P0102-1", "handler": "village"})
    assert (other.status_code, other.json()["field"]) == (422, "handler_reason")
    promised = {"standard": "P0102-2", "promise": {"amount": 2, "unit": "working_day"}}
    assert move(desk, number, "file", 1, promised).status_code == 200
    assert Clock.objects.get(code="handle").limit["amount"] == 2


def test_a_report_leaves_by_a_lawful_exit_only(desk: Machine) -> None:
    number = report(desk).json()["number"]
    given = {"exit": "emergency", "reason": "有人受伤", "reply": "已转 120"}
    assert move(desk, number, "exit", 1, given).json()["field"] == "detail"
    assert move(desk, number, "exit", 1, {**given, "detail": "120"}).status_code == 200
    assert Case.objects.get().stage == "exited"


def whistling(small: Small) -> None:
    """Give the town one kind of whistle and one line it may whistle on."""
    WhistleKind.objects.create(
        town=small.town, code="ordinary", name="一般吹哨", procedure="whistle", blown_by=["command_centre"],
        approved_by=["town_head"], limits={name: limit.to_json() for name, limit in WHISTLE_TERMS.items()},
        status="sample",
    )  # fmt: skip
    DutyLine.objects.create(
        division=small.town, code="47", number=47, title="水污染防治", kind="cooperating",
        lead=small.organisations["ecology"], status="sample",
    )  # fmt: skip


def test_a_whistle_is_blown_once_and_dispatched(small: Small, desk: Machine) -> None:
    whistling(small)
    number = report(desk).json()["number"]
    move(desk, number, "file", 1, {"standard": "P0102-1"})
    path, given = f"/cases/{quote(number)}/whistles", {"kind": "ordinary", "duty_line": "47", "lead": "ecology"}
    missing = post(desk, path, {**given, "reason": "镇无权取样"}, If_Match="2")
    assert missing.json()["code"] == "town.api.key_missing"
    blown = post(desk, path, {**given, "reason": "镇无权取样"}, If_Match="2", Idempotency_Key="w")
    again = post(desk, path, {**given, "reason": "镇无权取样"}, If_Match="2", Idempotency_Key="w")
    assert (blown.status_code, again.content) == (201, blown.content)
    whistle = Case.objects.get(type_code="whistle")
    assert blown.json() == {"number": whistle.number, "report": number}
    head = machine(small, "head")
    assert move(head, whistle.number, "approve", 1, {}).status_code == 200
    wrong = move(desk, whistle.number, "dispatch", 2, {"lead": "command"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "lead")
    right = move(desk, whistle.number, "dispatch", 2, {"lead": "ecology", "assisting": ["water"]})
    assert right.status_code == 200
    assert whistle.assignments.count() == 2


def test_a_whistle_on_a_line_of_another_lead_is_refused(small: Small, desk: Machine) -> None:
    whistling(small)
    number = report(desk).json()["number"]
    move(desk, number, "file", 1, {"standard": "P0102-1"})
    given = {"kind": "ordinary", "duty_line": "47", "lead": "water", "reason": "x"}
    answer = post(desk, f"/cases/{quote(number)}/whistles", given, If_Match="2", Idempotency_Key="w")
    assert (answer.status_code, answer.json()["code"]) == (409, "grid.whistle.other_lead")
    assert not Case.objects.filter(type_code="whistle").exists()


@pytest.mark.parametrize("rows", [5, 200])
def test_to_create_takes_the_same_few_statements_however_much_is_kept(small: Small, desk: Machine, rows: int) -> None:
    phone = machine(small, "grid")
    batch = [{"key": f"old-{number}", "class_code": "P0102", "place": "east"} for number in range(rows)]
    for first in range(0, rows, 100):
        post(phone, "/findings", batch[first : first + 100])
    report(desk, "first")
    one = [{"key": "new", "class_code": "P0102", "place": "east"}]
    created = {
        "report": len(statements(lambda: report(desk, "second"))),
        "finding": len(statements(lambda: post(phone, "/findings", one))),
    }
    assert max(created.values()) <= 12
    first = Case.objects.filter(type_code="grid_report").order_by("number")[0].number
    move(desk, first, "file", 1, {"standard": "P0102-1"})  # the first fills what the process remembers
    number = Case.objects.latest("id").number
    filed = statements(lambda: move(desk, number, "file", 1, {"standard": "P0102-1"}))
    assert Entry.objects.filter(case__number=number).count() == 2
    solved = statements(lambda: move(desk, number, "solve", 2, {"result": "好了"}, Idempotency_Key="s"))
    assert Entry.objects.filter(case__number=number).count() == 3
    assert {**created, "file": len(filed), "solve": len(solved)} == {"report": 9, "finding": 7, "file": 10, "solve": 10}
