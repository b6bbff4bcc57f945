"""The page of a case: four facts, every promise with its reckoning, bodies, journal, what can be done and why not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from jinli.cases.models import Entry
from jinli.town.models import AccessEntry
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.staff import REPORTER, Staff, at, staffed
from tests.shared import shared

NOW = "2026-09-28 10:05"
ARTICLE = {"reason": "排污由生态环境部门统一监管", "legal_basis": "水污染防治法第九条"}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Hold the clock, so that nobody's session ends between two pages."""
    with frozen_at(at(NOW)):
        yield


@shared
def staff() -> Staff:
    return staffed()


def test_stage_who_is_asked_due_moment_and_who_answers_come_first(staff: Staff) -> None:
    report, whistle = staff.whistle()
    staff.move("2026-09-18 11:58", whistle, "refuse", staff.small.water, track="a2", given=ARTICLE)
    shown = html(staff.client("command"), f"/cases/{whistle.pk}/", "2026-09-18 12:00")
    facts = shown.split('<dl class="facts"')[1].split("</dl>")[0]
    for text in ("部门办理", "ecology、whistle_office", "9月18日 周五 15:10", "签收（主办）", "command", report.number):
        assert text in facts


def test_a_report_has_a_reporter_and_no_applicant(staff: Staff) -> None:
    report, _ = staff.whistle()
    shown = html(staff.client("command"), f"/cases/{report.pk}/", "2026-09-18 12:00")
    assert "报告人" in shown
    assert "申请人" not in shown


def test_a_promise_opens_its_reckoning_in_place_with_the_article_of_each_step(staff: Staff) -> None:
    _, whistle = staff.whistle()
    shown = html(staff.client("ecology"), f"/cases/{whistle.pk}/", "2026-09-18 12:00")
    reckoning = next(part for part in shown.split('<div class="reckoning">') if "怎么算的：5 工作日" in part)
    for text in ("9月20日", "调休上班", "9月19日", "周六", "24:00", "民法典第二百零一条"):
        assert text in reckoning


def test_verdicts_stay_and_say_what_does_not_count(staff: Staff) -> None:
    _, whistle = staff.whistle()
    small = staff.small
    staff.move("2026-09-18 11:58", whistle, "refuse", small.water, track="a2", given=ARTICLE)
    staff.move("2026-09-18 14:52", whistle, "sign_in", small.ecology, track="a1")
    staff.move("2026-09-20 10:20", whistle, "overrule", small.arbiter, track="a2", given=ARTICLE)
    staff.move("2026-09-20 10:46", whistle, "sign_in", small.water, track="a2")
    staff.move("2026-09-22 16:40", whistle, "report", small.ecology, track="a1", given={"result": "查封接管"})
    staff.move("2026-09-22 17:00", whistle, "report", small.water, track="a2", given={"result": "弃渣清走"})
    staff.move("2026-09-23 10:15", whistle, "verify_returned", small.grid, given={"reason": "仍有污水"})
    shown = html(staff.client("command"), f"/cases/{whistle.pk}/", NOW)
    for text in (
        "已行使 • 9月18日 周五 11:58", "按期 • 9月22日 周二 16:40", "裁定期间照计，不补时", "返工不改这一轮的结论",
        "第 2 轮反馈", "部门办理（第 2 轮）", "依据：水污染防治法第九条", "裁定：驳回退单",
    ):  # fmt: skip
        assert text in shown


def test_the_journal_is_newest_first_and_can_be_read_from_the_beginning(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser = staff.client("grid")
    newest, oldest = html(browser, f"/cases/{case.pk}/", NOW), html(browser, f"/cases/{case.pk}/?order=first", NOW)
    journal = newest.split('id="journal"')[1]
    assert journal.index("立案") < journal.index("污水井盖不见了")
    journal = oldest.split('id="journal"')[1]
    assert journal.index("污水井盖不见了") < journal.index("立案")


def test_what_fell_due_is_shown_before_anybody_wrote_it_and_looking_writes_nothing(staff: Staff) -> None:
    case = staff.open("2026-09-28 09:00")
    shown = html(staff.client("command"), f"/cases/{case.pk}/", NOW)
    assert "已发生，下次办理时写入" in shown
    assert "督办" in shown
    assert Entry.objects.filter(case=case).count() == 1


def test_one_open_move_is_primary_and_closed_ones_stay_with_their_reason(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    shown = html(staff.client("grid"), f"/cases/{case.pk}/", NOW)
    assert shown.count("button button-primary") == 1
    assert "处置完毕</a>" in shown.split("button button-primary")[1][:200]
    assert "处置时限到此结清" in shown
    assert "现在的环节是“处置中”；到“待核查”才能办。" in shown
    assert "归command办。" in shown
    _, whistle = staff.whistle("2026-09-28")
    assert "归whistle_office办。" in html(staff.client("water"), f"/cases/{whistle.pk}/", "2026-09-28 12:00")


def test_a_case_of_another_town_or_out_of_sight_is_not_there(staff: Staff) -> None:
    case, _ = staff.whistle()
    other, _ = staffed("990202001").whistle()
    for who, hidden in (("command", other), ("head", other), ("grid", other), ("water", case), ("arbiter", case)):
        browser = staff.client(who)
        for rest in ("", "print/", "file/", "moves/comment/"):
            shown = html(browser, f"/cases/{hidden.pk}/{rest}", NOW, status=404)
            assert hidden.number not in shown
        assert browser.post(f"/cases/{hidden.pk}/reporter/", {"reason": "x"}).status_code == 404


def test_a_department_sees_the_number_of_the_report_but_no_way_into_it(staff: Staff) -> None:
    report, whistle = staff.whistle()
    shown = html(staff.client("water"), f"/cases/{whistle.pk}/", "2026-09-18 12:00")
    assert report.number in shown
    assert str(report.pk) not in shown


def test_the_reporter_is_masked_and_a_look_at_the_whole_needs_a_reason_and_is_logged(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    browser = staff.client("grid")
    shown = html(browser, f"/cases/{case.pk}/", NOW)
    assert "梁** • 138****0426" in shown
    assert REPORTER["telephone"] not in shown
    url = f"/cases/{case.pk}/reporter/"
    refused = browser.post(url, {"reason": " "})
    assert refused.status_code == 422
    assert REPORTER["telephone"] not in refused.content.decode()
    assert not AccessEntry.objects.exists()
    whole = browser.post(url, {"reason": "约上门时间"})
    assert REPORTER["telephone"] in whole.content.decode()
    assert "no-store" in whole["Cache-Control"]
    logged = AccessEntry.objects.get()
    assert (logged.case_number, logged.reason, logged.what) == (case.number, "约上门时间", "reporter")
    assert Entry.objects.filter(case=case).count() == 2


def test_a_department_reads_the_telephone_only_after_sign_in_others_beside_it_never(staff: Staff) -> None:
    _, whistle = staff.whistle()
    url = f"/cases/{whistle.pk}/"
    browser = staff.client("water")
    assert "签收以后才能看报告人电话" in html(browser, url, "2026-09-18 12:00")
    with frozen_at(at("2026-09-18 12:00")):
        assert browser.post(f"{url}reporter/", {"reason": "x"}).status_code == 422
    staff.move("2026-09-18 11:58", whistle, "refuse", staff.small.ecology, track="a1", given=ARTICLE)
    assert staff.client("arbiter").post(f"{url}reporter/", {"reason": "x"}).status_code == 422
    assert staff.client("auditor").post(f"{url}reporter/", {"reason": "x"}).status_code == 403
    assert not AccessEntry.objects.exists()
    staff.move("2026-09-18 12:05", whistle, "sign_in", staff.small.water, track="a2")
    with frozen_at(at("2026-09-18 12:10")):
        assert REPORTER["telephone"] in browser.post(f"{url}reporter/", {"reason": "联系"}).content.decode()
    assert AccessEntry.objects.get().acting_for == staff.small.organisations["water"]


def test_the_cost_does_not_follow_the_length_of_the_journal(staff: Staff) -> None:
    _, whistle = staff.whistle("2026-09-28")
    now, url = "2026-09-28 12:00", f"/cases/{whistle.pk}/"
    few = {who: statements(staff.client(who), url, now) for who in ("command", "water")}
    for _ in range(50):
        staff.move("2026-09-28 11:50", whistle, "comment", staff.small.command, given={"note": "提醒"})
    many = {who: statements(staff.client(who), url, now) for who in ("command", "water")}
    assert few == many
    assert max(many.values()) <= 10


def test_the_print_view_has_every_reckoning_open_and_nothing_to_press(staff: Staff) -> None:
    _, whistle = staff.whistle()
    shown = html(staff.client("command"), f"/cases/{whistle.pk}/print/", "2026-09-18 12:00")
    assert shown.count('<details class="explain" open>') == whistle.clocks.count()
    assert 'class="move"' not in shown


def test_the_whole_file_has_an_index_and_every_piece_in_order(staff: Staff) -> None:
    _, whistle = staff.whistle()
    shown = html(staff.client("command"), f"/cases/{whistle.pk}/file/", NOW)
    pieces = [shown.index(f'id="entry-{number}"') for number in (1, 2, 3)]
    assert pieces == sorted(pieces)
    assert all(f'href="#entry-{number}"' in shown for number in (1, 2, 3))
    assert 'id="entry-4"' not in shown, "what is not written yet stands in no file"
    whistle.refresh_from_db()
    assert whistle.head in shown


def test_a_changed_entry_is_said_on_the_page(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00")
    assert "2 条记录首尾相接" in html(staff.client("grid"), f"/cases/{case.pk}/", NOW)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'cases_entry'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is still to be checked holds the table
            cursor.execute("ALTER TABLE cases_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_entry SET body = replace(body, '0102-1', '0102-2') WHERE seq = 2")
        if connection.vendor != "sqlite":
            cursor.execute("ALTER TABLE cases_entry ENABLE TRIGGER USER")
    assert "第 2 条对不上前一条" in html(staff.client("grid"), f"/cases/{case.pk}/", NOW)
