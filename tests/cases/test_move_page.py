"""The page of a move: asks for what is needed, keeps what was typed, and tells what somebody else did meanwhile."""

from __future__ import annotations

import json
import re
from typing import Any

from django.test import Client

from jinli.cases.models import Assignment, Case, Entry
from jinli.town.moment import frozen_at
from tests.cases.pages import html
from tests.cases.staff import Staff, at, staffed
from tests.shared import shared

NOW = "2026-09-28 10:05"


@shared
def staff() -> Staff:
    return staffed()


def hidden(shown: str) -> dict[str, str]:
    """Return version and key as the page carries them."""
    return {name: re.findall(rf'name="{name}" value="([^"]*)"', shown)[0] for name in ("version", "key")}


def send(browser: Client, url: str, when: str = NOW, **data: Any) -> Any:
    with frozen_at(at(when)):
        return browser.post(url, data)


def test_a_move_is_made_and_the_case_says_so(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser, url = staff.client("grid"), f"/cases/{case.pk}/moves/solve/"
    shown = html(browser, url, NOW)
    assert "办理结果" in shown
    answer = send(browser, url, result="井盖已补", **hidden(shown))
    assert answer.headers["Location"] == f"/cases/{case.pk}/"
    case.refresh_from_db()
    assert case.stage == "verifying"
    last = Entry.objects.select_related("payload").get(case=case, seq=3)
    assert json.loads(last.body)["move"] == "solve"
    assert "井盖已补" in last.payload.text
    assert "处置完毕。" in html(browser, f"/cases/{case.pk}/", NOW)


def test_the_same_form_sent_twice_makes_one_entry(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser, url = staff.client("grid"), f"/cases/{case.pk}/moves/comment/"
    carried = hidden(html(browser, url, NOW))
    for _ in range(2):
        assert send(browser, url, note="提醒过", **carried).status_code == 302
    assert Entry.objects.filter(case=case, move="comment").count() == 1


def test_a_missing_answer_is_said_at_its_field_and_the_rest_is_kept(staff: Staff) -> None:
    _, whistle = staff.whistle("2026-09-28")
    browser, url = staff.client("water"), f"/cases/{whistle.pk}/moves/refuse/?track=a2"
    answer = send(browser, url, "2026-09-28 11:50", reason="不归水利", **hidden(html(browser, url, "2026-09-28 11:45")))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "不归水利" in shown
    assert 'id="id_legal_basis-error"' in shown
    assert not Entry.objects.filter(case=whistle, move="refuse").exists()


def test_what_the_rules_refuse_is_said_in_their_words_and_what_was_typed_is_kept(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser, url = staff.client("grid"), f"/cases/{case.pk}/moves/solve/"
    carried = hidden(html(browser, url, NOW))
    answer = send(browser, url, result="已补", happened_at="2026-09-28T09:30", **carried)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_late_reason-error"' in shown
    assert "还差：补录的理由。" in shown
    assert "已补" in shown
    late = send(browser, url, result="已补", happened_at="2026-09-28T09:30", late_reason="在现场", **carried)
    assert late.status_code == 302
    assert "补录 • 记于 9月28日 周一 10:05" in html(browser, f"/cases/{case.pk}/", NOW)


def test_who_was_slower_reads_what_was_done_by_whom_and_finds_the_own_text_again(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser, url = staff.client("command"), f"/cases/{case.pk}/moves/reroute/"
    carried = hidden(html(browser, url, NOW))
    staff.move("2026-09-28 10:06", case, "reroute", staff.small.command_2, given={"handler": "command", "reason": "近"})
    answer = send(browser, url, "2026-09-28 10:07", handler="village", reason="归村里办", **carried)
    shown = answer.content.decode()
    assert answer.status_code == 409
    for text in ("这件刚才有人动过", "改派", "command", "近", "你填的（还没写入）", "归村里办"):
        assert text in shown
    assert "<dd>village</dd>" in shown.replace("\n", ""), "a choice is shown by its label"
    assert Entry.objects.filter(case=case, move="reroute").count() == 1
    again = send(browser, url, "2026-09-28 10:08", handler="village", reason="归村里办", **hidden(shown))
    assert again.status_code == 302
    assert Entry.objects.filter(case=case, move="reroute").count() == 2


def test_a_conflict_shows_nothing_that_was_there_before(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser, url = staff.client("command"), f"/cases/{case.pk}/moves/reroute/"
    for _ in range(2):
        staff.move("2026-09-28 09:10", case, "comment", staff.small.command, given={"note": "早先的备注"})
    carried = hidden(html(browser, url, NOW))
    staff.move("2026-09-28 10:06", case, "solve", staff.small.grid, given={"result": "办好了"})
    shown = send(browser, url, "2026-09-28 10:07", handler="village", reason="归村里", **carried).content.decode()
    assert "早先的备注" not in shown
    assert "办好了" in shown
    assert "到“处置中”才能办" in shown
    assert "归村里" in shown


def test_two_departments_signing_in_at_once_do_not_disturb_each_other(staff: Staff) -> None:
    _, whistle = staff.whistle("2026-09-28")
    forms = {}
    for who, track in (("ecology", "a1"), ("water", "a2")):
        url = f"/cases/{whistle.pk}/moves/sign_in/?track={track}"
        forms[who] = (url, hidden(html(staff.client(who), url, "2026-09-28 11:45")))
    for who, (url, carried) in forms.items():
        assert send(staff.client(who), url, "2026-09-28 11:50", **carried).status_code == 302
    assert set(Assignment.objects.filter(case=whistle).values_list("stage", flat=True)) == {"signed"}


def test_a_closed_move_has_no_form_but_its_reason(staff: Staff) -> None:
    case = staff.open("2026-09-28 10:00")
    shown = html(staff.client("grid"), f"/cases/{case.pk}/moves/solve/", NOW)
    assert "到“处置中”才能办" in shown or "归" in shown
    assert 'name="result"' not in shown


def test_fields_follow_what_the_move_needs(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser = staff.client("command")
    assert 'type="radio" name="rating" value="5"' in html(
        staff.client("command"),
        f"/cases/{staff.whistle('2026-09-28')[1].pk}/moves/rate_department/",
        "2026-09-28 12:00",
    )
    assert '<option value="village">village</option>' in html(browser, f"/cases/{case.pk}/moves/reroute/", NOW)
    people = html(browser, f"/cases/{case.pk}/moves/assign_person/", NOW)
    assert ">command2</option>" in people
    assert ">water</option>" not in people
    staff.move("2026-09-28 10:06", case, "solve", staff.small.grid, given={"result": "好"})
    staff.move("2026-09-28 10:07", case, "verify_passed", staff.small.command)
    shown = html(browser, f"/cases/{case.pk}/moves/call_back/", "2026-09-28 10:08")
    assert all(f'type="radio" name="answer" value="{one}"' in shown for one in ("solved", "not_solved", "not_reached"))


def test_no_page_makes_a_move_of_the_system_or_one_that_is_not_there(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser = staff.client("command")
    for rest in ("supervise/", "report/", "no_such/", "comment/?track=a1", "comment/?track=x"):
        html(browser, f"/cases/{case.pk}/moves/{rest}", NOW, status=404)


def test_an_auditor_makes_no_move(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    assert send(staff.client("auditor"), f"/cases/{case.pk}/moves/comment/", note="x").status_code == 403
    assert Case.objects.get(pk=case.pk).seq == 2
