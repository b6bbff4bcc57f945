"""Lists in the layouts that others ask for: as the page filters them, personal values covered, no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from jinli.cases.models import Case
from jinli.town.models import AccessEntry
from jinli.town.moment import frozen_at
from tests.cases.pages import html
from tests.cases.staff import REPORTER, Staff, at, staffed
from tests.exchange.sheets.forms import add_layout, prescribe

NOW = "2026-09-25 10:00"
CALLBACKS = "/layouts/callback_list/cases/"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen_at(at(NOW)):
        yield


@pytest.fixture
def staff(db: None) -> Staff:
    found = staffed()
    prescribe(found.small.town)
    return found


def rows(browser: Client, url: str, **post: str) -> list[list[str]]:
    """Return a list as CSV, read back."""
    answer: Any = browser.post(url, post) if post else browser.get(url)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def book(browser: Client, url: str, **post: str) -> Any:
    """Return a list as the workbook that Excel would open."""
    answer: Any = browser.post(url, post) if post else browser.get(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    return load_workbook(io.BytesIO(answer.getvalue())).active


def test_a_layout_has_its_line_above_its_two_rows_of_headings_and_its_shapes(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50", title="井盖缺失")
    sheet = book(staff.client("command"), "/layouts/event_ledger/cases/file/?as=xlsx")
    assert sheet.title == "台账"
    assert sheet["A1"].value == "某镇网格事件台账（截至 2026年9月25日）"
    assert {str(one) for one in sheet.merged_cells.ranges} == {
        "A1:M1", "A2:A3", "B2:B3", "C2:F2", "G2:K2", "L2:L3", "M2:M3",
    }  # fmt: skip
    assert [cell.value for cell in sheet[2]][:3] == ["序号", "编号", "事件"]
    assert [cell.value for cell in sheet[3]][2:7] == ["名称", "类别", "村（社区）", "来源", "上报时间"]
    assert sheet.freeze_panes == "A4"
    found = [cell.value for cell in sheet[4]]
    assert found[:3] == ["1", case.number, "井盖缺失"]
    assert found[4:8] == ["东围村", "居民网页", "2026-09-24 17:50", "2026-10-15"]
    assert found[8:10] == ["处置中", "village"]
    assert sheet.column_dimensions["C"].width == 30


def test_csv_says_the_same_row_by_row(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    found = rows(staff.client("command"), "/layouts/event_ledger/cases/file/")
    assert len(found) == 4
    assert found[3][1] == case.number


def test_the_filter_of_the_page_is_the_filter_of_the_file(staff: Staff) -> None:
    report, whistle = staff.whistle()
    closed = staff.open("2026-09-24 09:00")
    given = {"exit": "not_ours", "reason": "不归", "reply": "请找城管"}
    staff.move("2026-09-24 09:10", closed, "exit", staff.small.command, given=given)
    add_layout(staff.small.town, "numbers", lists=("cases", "whistles"))
    browser = staff.client("command")

    def numbers(url: str) -> set[str]:
        return {row[0] for row in rows(browser, url)[1:]}

    assert numbers("/layouts/numbers/cases/file/") == {report.number, whistle.number, closed.number}
    assert numbers("/layouts/numbers/cases/file/?phase=closed") == {closed.number}
    assert numbers("/layouts/numbers/cases/file/?line=whistle") == {whistle.number}
    assert numbers("/layouts/numbers/whistles/file/") == {whistle.number}
    shown = html(browser, "/cases/?phase=closed", NOW)
    assert "/layouts/numbers/cases/file/?phase=closed&amp;as=xlsx" in shown
    assert "导出为……" in shown
    assert "/layouts/whistle_ledger/whistles/file/" in html(browser, "/whistles/", NOW)


def test_everybody_gets_the_cases_of_the_own_list_only(staff: Staff) -> None:
    report, whistle = staff.whistle()
    add_layout(staff.small.town, "numbers")
    assert {row[0] for row in rows(staff.client("water"), "/layouts/numbers/cases/file/")[1:]} == {whistle.number}
    assert rows(staff.client("arbiter"), "/layouts/numbers/cases/file/") == [["编号"]]
    assert {row[0] for row in rows(staff.client("auditor"), "/layouts/numbers/cases/file/")[1:]} == {
        report.number, whistle.number,
    }  # fmt: skip


def test_the_queue_has_a_row_for_each_promise_with_its_own_due_moment(staff: Staff) -> None:
    _, whistle = staff.whistle("2026-09-24")
    found = rows(staff.client("ecology"), "/layouts/due_list/queue/file/")
    told = {row[4]: row[5] for row in found[2:]}
    assert {row[1] for row in found[2:]} == {whistle.number}
    # One working hour after 11:40: twenty minutes before lunch, forty after it.
    assert told["签收"] == "2026年9月24日 15:10"
    assert "/layouts/due_list/queue/file/" in html(staff.client("ecology"), "/queue/", NOW)


def test_mirrors_have_a_layout_of_their_own_among_the_cases(staff: Staff) -> None:
    staff.filed("2026-09-24 17:50")
    mirror = staff.open(
        "2026-09-25 08:00", type_code="mirror", channel="import", foreign_number="RX-9",
        system_of_record="external:hotline12345",
    )  # fmt: skip
    found = rows(staff.client("command"), "/layouts/mirror_check/mirrors/file/")
    assert [row[:2] for row in found[1:]] == [["RX-9", mirror.number]]
    assert "/layouts/mirror_check/mirrors/file/" in html(staff.client("command"), "/cases/", NOW)


def test_nothing_in_a_file_is_a_formula(staff: Staff) -> None:
    staff.open("2026-09-24 09:00", title="=HYPERLINK(1)")
    staff.open("2026-09-24 09:00", title="@SUM(A1)")
    add_layout(staff.small.town, "titles", columns=[{"heading": "=名称", "value": "title"}])
    browser = staff.client("command")
    assert {row[0] for row in rows(browser, "/layouts/titles/cases/file/")} == {
        "'=名称", "'=HYPERLINK(1)", "'@SUM(A1)",
    }  # fmt: skip
    sheet = book(browser, "/layouts/titles/cases/file/?as=xlsx")
    assert {cell.data_type for row in sheet.rows for cell in row} == {"s"}


def test_personal_columns_are_covered_and_the_list_has_a_page_before_it(staff: Staff) -> None:
    staff.filed("2026-09-24 17:50")
    for who in ("command", "grid", "auditor"):
        browser = staff.client(who)
        [row] = rows(browser, f"{CALLBACKS}file/")[1:]
        assert row[2:5] == ["梁**", "138****0426", "东围村****"]
        shown = html(browser, "/cases/", NOW)
        assert f'href="{CALLBACKS}"' in shown
        assert f"{CALLBACKS}file/" not in shown
    assert not AccessEntry.objects.exists()
    assert "报告人" in html(staff.client("command"), CALLBACKS, NOW)


def test_a_list_is_taken_out_whole_with_a_reason_that_is_logged_before(staff: Staff) -> None:
    staff.filed("2026-09-24 17:50")
    staff.filed("2026-09-24 17:55", title="别的")
    browser = staff.client("command")
    assert browser.post(f"{CALLBACKS}?phase=open", {"reason": " ", "as": "csv"}).status_code == 422
    assert not AccessEntry.objects.exists()
    found = rows(browser, f"{CALLBACKS}?phase=open", **{"reason": "逐个回访", "as": "csv"})
    assert [row[2:5] for row in found[1:]] == [[REPORTER["name"], REPORTER["telephone"], REPORTER["address"]]] * 2
    entry = AccessEntry.objects.get()
    assert (entry.reason, entry.person) == ("逐个回访", staff.small.people["command"])
    assert entry.what == "导出回访名单（样本），2 行"
    assert book(browser, CALLBACKS, reason="再来一次").title == "回访"


@pytest.mark.parametrize(("who", "why"), [("grid", "只有指挥中心和镇领导"), ("water", "只有指挥中心和镇领导")])
def test_who_does_not_read_all_of_the_town_takes_no_list_out_whole(staff: Staff, who: str, why: str) -> None:
    staff.filed("2026-09-24 17:50")
    browser = staff.client(who)
    assert why in html(browser, CALLBACKS, NOW)
    answer = browser.post(CALLBACKS, {"reason": "要看"})
    assert answer.status_code == 422
    assert not AccessEntry.objects.exists()


def test_an_auditor_takes_nothing_out_whole(staff: Staff) -> None:
    assert "审计不看" in html(staff.client("auditor"), CALLBACKS, NOW)
    assert staff.client("auditor").post(CALLBACKS, {"reason": "审计"}).status_code == 403


def test_a_layout_is_there_for_its_own_lists_only(staff: Staff) -> None:
    browser = staff.client("command")
    for url in ("/layouts/event_ledger/whistles/", "/layouts/no-such/cases/", "/layouts/event_ledger/people/file/"):
        assert browser.get(url).status_code == 404


def test_a_code_they_do_not_have_is_said_in_its_cell(staff: Staff) -> None:
    columns = [{"heading": "状态", "value": "phase", "codes": {"closed": "2"}}]
    add_layout(staff.small.town, "coded", columns=columns)
    staff.filed("2026-09-24 17:50")
    assert rows(staff.client("command"), "/layouts/coded/cases/file/")[1] == ["没有对应代码（在办）"]


def test_a_file_costs_the_same_with_5_and_with_50_cases(staff: Staff) -> None:
    urls = ("/layouts/event_ledger/cases/file/?as=xlsx", "/layouts/due_list/queue/file/", f"{CALLBACKS}file/")

    def cost() -> list[int]:
        counted = []
        for url in urls:
            browser = staff.client("command")
            browser.get(url).getvalue()
            with CaptureQueriesContext(connection) as caught:
                browser.get(url).getvalue()
            counted.append(len(caught.captured_queries))
        return counted

    for _ in range(5):
        staff.filed("2026-09-24 17:50", "command")
    few = cost()
    for _ in range(45):
        staff.filed("2026-09-24 17:50", "command")
    assert cost() == few
    assert Case.objects.count() == 50
