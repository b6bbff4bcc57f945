"""Cases by JSON: queue, list, case and moves, under the rules of the pages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from jinli.cases.models import Case, Clock, Entry
from jinli.town.models import AccessToken, Appointment
from jinli.town.moment import frozen_at
from jinli.town.moment import now as present
from tests.cases.machines import Machine, machine, statements
from tests.cases.staff import REPORTER, Staff, at, staffed
from tests.shared import shared

NOON = "2026-09-18 11:45"
pytestmark = pytest.mark.django_db


@shared
def staff() -> Staff:
    return staffed()


@pytest.fixture
def desk(staff: Staff) -> Machine:
    return machine(staff.small, "command")


def read(machine: Machine, path: str, when: str = NOON, status: int = 200, **headers: str) -> Any:
    with frozen_at(at(when)):
        answer = machine.get(path, **headers)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def send(machine: Machine, case: Case, body: object, when: str = NOON, **headers: str) -> Any:
    with frozen_at(at(when)):
        return machine.post(f"/cases/{quote(case.number)}/moves", body, **headers)


def comment(machine: Machine, case: Case, version: int, note: str = "看过", **headers: str) -> Any:
    return send(machine, case, {"move": "comment", "given": {"note": note}}, If_Match=str(version), **headers)


# what is read


def test_a_case_tells_stage_promises_assignments_journal_and_moves(staff: Staff, desk: Machine) -> None:
    report, whistle = staff.whistle()
    found = read(desk, f"/cases/{quote(whistle.number)}")
    assert (found["stage"], found["phase"]) == ({"code": "dispatched", "name": "部门办理"}, "open")
    assert found["origin"] == report.number
    assert [(one["body"]["code"], one["role"], one["version"]) for one in found["assignments"]] == [
        ("ecology", "lead", 1),
        ("water", "assisting", 1),
    ]
    sign_in = next(one for one in found["clocks"] if one["code"] == "sign_in")
    # one working hour from 11:40, the afternoon begins at 14:30: due at 15:10 town time
    assert sign_in["due_at"] == "2026-09-18T07:10:00Z"
    assert (sign_in["state"], sign_in["verdict"], sign_in["late"]) == ("running", "open", False)
    assert [one["move"]["code"] for one in found["timeline"]] == ["request", "approve", "dispatch"]
    assert [one["seq"] for one in found["timeline"]] == [1, 2, 3]
    closed = next(one for one in found["moves"] if one["move"]["code"] == "sign_in")
    assert (closed["open"], closed["code"]) == (False, "domain.move.not_your_duty")
    assert closed["reason"]


def test_what_fell_due_is_told_though_nobody_wrote_it_yet(staff: Staff, desk: Machine) -> None:
    case = staff.filed("2026-09-18 09:00", terms=None)
    Clock.objects.filter(case=case).update(due_at=at("2026-09-18 09:00"))  # a cache; what counts is computed
    found = read(desk, f"/cases/{quote(case.number)}", "2026-10-30 09:00")
    clock = next(one for one in found["clocks"] if one["code"] == "handle")
    assert (clock["verdict"], clock["late"]) == ("broken", True)
    assert [one["move"]["code"] for one in found["timeline"] if not one["stored"]][:1] == ["supervise"]
    assert Entry.objects.filter(case=case).count() == 2


def test_nothing_personal_is_in_a_case(staff: Staff, desk: Machine) -> None:
    case = staff.open("2026-09-18 09:00")
    comment(desk, case, 1, note="梁小明说他在家")
    text = json.dumps(read(desk, f"/cases/{quote(case.number)}"), ensure_ascii=False)
    for personal in (*REPORTER.values(), "梁小明", str(staff.small.people["command"].pk)):
        assert personal not in text


def test_the_queue_goes_on_by_key_the_first_due_first(staff: Staff, desk: Machine) -> None:
    for minute in range(5):
        staff.open(f"2026-09-18 11:0{minute}")
    seen: list[str] = []
    after = ""
    for _ in range(3):
        page = read(desk, f"/queue?limit=2&after={after}", "2026-09-18 11:10")
        seen += [one["number"] for one in page["rows"]]
        after = page["next"]
    assert seen == list(Case.objects.order_by("opened_at").values_list("number", flat=True))
    assert after == ""


def test_the_queue_has_its_scopes_and_filters(staff: Staff, desk: Machine) -> None:
    staff.whistle()
    ecology = [(one["clock"]["code"], one["track"]) for one in read(desk, "/queue?scope=awaited")["rows"]]
    assert ("sign_in", "a1") in ecology
    assert read(desk, "/queue?scope=awaited&clock=sign_in&role=assisting")["rows"][0]["owed_by"]["code"] == "water"
    assert read(desk, "/queue?place=nowhere")["rows"] == []


def test_the_list_is_narrowed_and_searched(staff: Staff, desk: Machine) -> None:
    staff.open("2026-09-18 09:00", title="路灯不亮")
    staff.whistle()
    found = read(desk, "/cases?q=路灯")["rows"]
    assert [(one["title"], one["stage"]["name"]) for one in found] == [("路灯不亮", "待立案")]
    assert [one["type"] for one in read(desk, "/cases?line=whistle")["rows"]] == ["whistle"]
    first = read(desk, "/cases?limit=2")
    rest = read(desk, f"/cases?limit=2&after={first['next']}")
    assert len({one["number"] for one in first["rows"] + rest["rows"]}) == 3
    assert rest["next"] == ""


def test_names_and_errors_follow_the_language_of_the_call(staff: Staff, desk: Machine) -> None:
    case = staff.open("2026-09-18 09:00")
    english = {"Accept-Language": "en"}
    assert read(desk, f"/cases/{quote(case.number)}", **english)["stage"]["name"] == "To be sorted"
    missing = read(desk, "/cases/x", status=404, **english)
    assert missing == {
        "code": "town.api.not_found", "message": "There is no such thing, or it is not for this hat.", "field": "",
        "facts": {},
    }  # fmt: skip


def test_my_hats_say_under_which_one_the_call_acts(staff: Staff, desk: Machine) -> None:
    (found,) = read(desk, "/hats")
    assert (found["body"]["code"], found["role"], found["current"]) == ("command", "command_centre", True)


# moves


def test_a_move_is_made_under_the_hat_of_the_token_and_journaled_as_by_interface(staff: Staff, desk: Machine) -> None:
    case = staff.open("2026-09-18 09:00")
    answer = comment(desk, case, 1)
    assert (answer.status_code, answer.json()) == (
        200,
        {"number": case.number, "move": "comment", "track": "case", "opened": ""},
    )
    body = json.loads(Entry.objects.filter(case=case).latest("seq").body)
    assert (body["channel"], body["actor"]["body"], body["actor"]["duty"]) == ("api", "command", "command_centre")
    assert body["actor"]["person"] == str(staff.small.people["command"].pk)


def test_a_department_signs_in_by_interface_on_its_own_track(staff: Staff) -> None:
    _, whistle = staff.whistle()
    browser = staff.client("water")
    with frozen_at(at(NOON)):
        answer = browser.post(
            f"/api/v1/cases/{quote(whistle.number)}/moves", json.dumps({"move": "sign_in", "track": "a2"}),
            content_type="application/json", headers={"If-Match": '"1"'},
        )  # fmt: skip
    assert answer.status_code == 200
    assert Clock.objects.get(case=whistle, track="a2", code="sign_in").verdict == "kept"


def test_a_move_without_version_is_428_and_with_an_unreadable_one_422(staff: Staff, desk: Machine) -> None:
    case = staff.open("2026-09-18 09:00")
    answer = send(desk, case, {"move": "comment", "given": {"note": "x"}})
    assert (answer.status_code, answer.json()["code"]) == (428, "town.api.version_missing")
    answer = send(desk, case, {"move": "comment", "given": {"note": "x"}}, If_Match="newest")
    assert (answer.status_code, answer.json()["field"]) == (422, "If-Match")
    assert Entry.objects.filter(case=case).count() == 1


def test_whoever_comes_second_learns_what_changed_and_writes_nothing(staff: Staff, desk: Machine) -> None:
    case = staff.open("2026-09-18 11:40")
    given = {"move": "exit", "given": {"exit": "private", "reason": "私事", "reply": "请找村委"}}
    assert send(desk, case, given, If_Match="1").status_code == 200
    answer = comment(desk, case, 1)
    said = answer.json()
    assert (answer.status_code, said["code"]) == (409, "cases.changed_meanwhile")
    assert said["facts"]["version"] == 2
    assert [one["what"] for one in said["facts"]["changes"]] == ["不立案并答复"]
    assert Entry.objects.filter(case=case).count() == 2


def test_the_same_key_moves_once_and_another_body_under_it_is_422(staff: Staff, desk: Machine) -> None:
    case = staff.open("2026-09-18 11:40")
    first = comment(desk, case, 1, Idempotency_Key="k1")
    again = comment(desk, case, 1, Idempotency_Key="k1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert Entry.objects.filter(case=case).count() == 2
    other = comment(desk, case, 1, note="别的", Idempotency_Key="k1")
    assert (other.status_code, other.json()["code"]) == (422, "cases.key_reused")


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"move": "no_such"}, 422, "domain.move.unknown", "move"),
        ({"move": "comment"}, 422, "domain.move.needs", "note"),
        ({"move": "comment", "given": {"note": 3}}, 422, "cases.given.text", "note"),
        ({"move": "comment", "given": {"note": "x", "handler": "y"}}, 422, "cases.given.not_taken", "handler"),
        ({"move": "comment", "track": "a9"}, 422, "domain.move.unknown_assignment", "track"),
        ({"move": "assign_person", "given": {"person": "x"}}, 422, "cases.given.not_of_your_body", "person"),
        ({"move": "verify_passed"}, 409, "domain.move.not_from_here", ""),
        ({"move": "correct_start"}, 403, "domain.move.not_your_duty", ""),
        ({"move": "supervise"}, 403, "domain.move.not_your_duty", ""),
        ({"move": "report"}, 422, "domain.move.unknown", "move"),
        ({"move": "blow"}, 409, "cases.move.on_its_page", ""),
        ({"move": 7}, 422, "town.api.value", "move"),
        ({"move": "comment", "happened_at": "2026-09-18T11:00:00"}, 422, "town.api.value", "happened_at"),
    ],
)
def test_a_refused_move_says_why_at_its_field_and_writes_nothing(
    staff: Staff, desk: Machine, body: dict[str, Any], status: int, code: str, field: str
) -> None:
    case = staff.open("2026-09-18 11:40")
    answer = send(desk, case, body, If_Match="1")
    said = answer.json()
    assert (answer.status_code, said["code"], said["field"]) == (status, code, field)
    assert said["message"]
    assert set(said) == {"code", "message", "field", "facts"}
    assert Entry.objects.filter(case=case).count() == 1


def test_a_body_that_is_no_json_is_400(staff: Staff, desk: Machine) -> None:
    case = staff.open("2026-09-18 11:40")
    answer = desk.client.post(
        f"/api/v1/cases/{quote(case.number)}/moves", "{", content_type="application/json",
        headers={"Authorization": f"Bearer {desk.token}"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (400, "town.api.malformed")


# who may


def test_a_session_moves_only_with_its_csrf_token(staff: Staff) -> None:
    case = staff.open("2026-09-18 11:40")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff.small.people["command"])
    url, body = f"/api/v1/cases/{quote(case.number)}/moves", json.dumps({"move": "comment", "given": {"note": "x"}})
    with frozen_at(at(NOON)):
        bare = browser.post(url, body, content_type="application/json", headers={"If-Match": "1"})
        assert (bare.status_code, set(bare.json())) == (403, {"code", "message", "field", "facts"})
        token = get_token(RequestFactory().get("/"))
        browser.cookies["csrftoken"] = token
        full = browser.post(url, body, content_type="application/json", headers={"If-Match": "1", "X-CSRFToken": token})
    assert full.status_code == 200
    assert Entry.objects.filter(case=case).count() == 2


def test_a_token_needs_no_csrf_and_a_session_beside_it_counts_for_nothing(staff: Staff, desk: Machine) -> None:
    case = staff.open("2026-09-18 11:40")
    desk.client = Client(enforce_csrf_checks=True)
    desk.client.force_login(staff.small.people["grid"])
    assert comment(desk, case, 1).status_code == 200
    assert json.loads(Entry.objects.filter(case=case).latest("seq").body)["actor"]["body"] == "command"
    desk.token = "jinli_wrong"
    assert desk.get("/queue").status_code == 401


def test_an_expired_a_revoked_and_an_unknown_token_are_401(staff: Staff, desk: Machine) -> None:
    with frozen_at(present() + timedelta(days=31)):
        expired = desk.get("/queue")
    assert (expired.status_code, expired.json()["code"]) == (401, "town.access.token_of_no_use")
    assert expired["WWW-Authenticate"] == "Bearer"
    assert desk.get("/queue").status_code == 200
    AccessToken.objects.update(revoked_at=present())
    assert desk.get("/queue").status_code == 401
    assert Client().get("/api/v1/queue", headers={"Authorization": "Basic eDp5"}).status_code == 401


def test_a_token_ends_with_the_appointment_it_is_bound_to(staff: Staff, desk: Machine) -> None:
    yesterday = present().date() - timedelta(days=1)
    Appointment.objects.filter(person=staff.small.people["command"]).update(valid_to=yesterday)
    assert desk.get("/queue").status_code == 401


def test_guessing_tokens_is_slowed_down(staff: Staff, desk: Machine) -> None:
    for _ in range(30):
        assert Client().get("/api/v1/queue", headers={"Authorization": "Bearer guess"}).status_code == 401
    assert Client().get("/api/v1/queue", headers={"Authorization": "Bearer guess"}).status_code == 429


def test_an_auditor_reads_and_changes_nothing(staff: Staff) -> None:
    case = staff.open("2026-09-18 11:40")
    auditor = machine(staff.small, "auditor")
    assert read(auditor, f"/cases/{quote(case.number)}")["number"] == case.number
    answer = comment(auditor, case, 1)
    assert (answer.status_code, answer.json()["code"]) == (403, "town.access.auditor_reads")


def test_who_has_no_part_in_a_case_does_not_find_it(staff: Staff) -> None:
    case = staff.open("2026-09-18 11:40")
    browser = staff.client("water")
    assert browser.get(f"/api/v1/cases/{quote(case.number)}").status_code == 404
    assert browser.get("/api/v1/cases").json()["rows"] == []
    assert browser.get("/api/v1/cases?q=井盖").json()["rows"] == []


def test_a_case_of_another_town_is_nowhere(staff: Staff, desk: Machine) -> None:
    other = staffed("990202001")
    for _ in range(2):
        other.open("2026-09-18 09:00", title="隔壁的路灯")
    theirs = Case.objects.filter(town=other.small.town).latest("number")
    assert not Case.objects.filter(town=staff.small.town, number=theirs.number).exists()
    missing = read(desk, f"/cases/{quote(theirs.number)}", status=404)
    assert "隔壁" not in json.dumps(missing, ensure_ascii=False)
    assert comment(desk, theirs, 1).status_code == 404
    assert read(desk, "/cases?q=路灯")["rows"] == read(desk, "/cases")["rows"] == []
    assert read(desk, "/queue?q=路灯")["rows"] == read(desk, "/queue?scope=awaited")["rows"] == []
    assert Entry.objects.filter(case=theirs).count() == 1


# what it costs


@pytest.mark.parametrize("rows", [5, 200])
def test_the_statements_of_a_call_are_few_and_do_not_follow_what_is_kept(
    staff: Staff, desk: Machine, rows: int
) -> None:
    for _ in range(rows):
        case = staff.open("2026-09-18 11:40")
    _, whistle = staff.whistle()
    paths = {
        "queue": "/queue?scope=awaited", "search": "/queue?q=井盖", "cases": "/cases?limit=200",
        "found": "/cases?q=井盖",
        "case": f"/cases/{quote(whistle.number)}",
    }  # fmt: skip
    counted = {}
    for name, path in paths.items():
        read(desk, path)
        counted[name] = len(statements(lambda path=path: read(desk, path)))
    counted["comment"] = len(statements(lambda: comment(desk, case, 1, Idempotency_Key="k")))
    given = {"exit": "private", "reason": "私事", "reply": "请找村委"}
    counted["exit"] = len(
        statements(lambda: send(desk, case, {"move": "exit", "given": given}, If_Match="2", Idempotency_Key="e"))
    )
    # Bodies of the county have an administrator of their own; here the department comes by its session.
    browser, body = staff.client("water"), json.dumps({"move": "sign_in", "track": "a2"})
    headers = {"If-Match": "1", "Idempotency-Key": "s"}
    url = f"/api/v1/cases/{quote(whistle.number)}/moves"
    with frozen_at(at(NOON)):
        sent = statements(lambda: browser.post(url, body, content_type="application/json", headers=headers))
    assert Clock.objects.get(case=whistle, track="a2", code="sign_in").verdict == "kept"
    counted["sign_in"] = len(sent)
    assert counted == {
        "queue": 2, "search": 1, "cases": 1, "found": 1, "case": 7, "comment": 7, "exit": 9, "sign_in": 9,
    }  # fmt: skip
