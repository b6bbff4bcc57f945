"""The page of a copy sheet: the other form's order, what may be copied, what may not, and what is noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.utils.translation import override

from jinli.cases.models import Case
from jinli.cases.services.erasing import erase_payload
from jinli.exchange.models import ForeignRecord
from jinli.exchange.pages.sheet_page import SheetField, SheetPage
from jinli.town.models import AccessEntry
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.staff import REPORTER, Staff, at, staffed
from tests.exchange.sheets.forms import EVENT, SYSTEM, add_sheet, prescribe

NOW = "2026-09-25 10:00"
NUMBER = "YPA-17"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen_at(at(NOW)):
        yield


@pytest.fixture
def staff(db: None) -> Staff:
    found = staffed()
    prescribe(found.small.town)
    return found


def url_of(case: Case, sheet: str = EVENT, tail: str = "") -> str:
    return f"/sheets/{case.pk}/{sheet}/{tail}"


def page_of(staff: Staff, url: str, who: str = "command", **post: str) -> SheetPage:
    browser = staff.client(who)
    answer: Any = browser.post(url, post) if post else browser.get(url)
    assert answer.status_code == 200
    found: SheetPage = answer.context["page"]
    return found


def field(page: SheetPage, label: str) -> SheetField:
    return next(one for one in page.fields if one.label == label)


def test_the_fields_stand_in_the_order_of_the_other_form_with_values_in_its_shape(staff: Staff) -> None:
    page = page_of(staff, url_of(staff.filed("2026-09-24 17:50")))
    assert [one.label for one in page.fields][:5] == [
        "事件名称",
        "事件类别",
        "事件来源",
        "所属镇街",
        "所属网格（村居）",
    ]
    shown = {one.label: one.text for one in page.fields}
    assert shown["事件名称"] == "井盖缺失"
    assert shown["事件来源"] == "群众上报"
    assert shown["所属镇街"] == "某镇"
    assert shown["所属网格（村居）"] == "东围村"
    assert shown["上报时间"] == "2026-09-24 17:50:00"
    # Ten working days after Thursday the 24th: 28, 29, 30 September are three, 8-10 October six, 12-15 ten.
    assert shown["办理时限"] == "2026-10-15"
    assert shown["事件描述"] == "污水井盖不见了"
    assert field(page, "事件名称").required
    assert not field(page, "经度").required


def test_what_no_source_gives_says_so_and_has_nothing_to_copy(staff: Staff) -> None:
    shown = html(staff.client("command"), url_of(staff.filed("2026-09-24 17:50")), NOW)
    part = shown.split("经度")[1].split("</li>")[0]
    assert "未知（无来源）" in part
    assert "sheet-copy" not in part


def test_values_are_chinese_for_a_reader_of_english_too(staff: Staff) -> None:
    with override("en"):
        page = page_of(staff, url_of(staff.filed("2026-09-24 17:50")))
    assert field(page, "处置单位").text == "village"
    assert field(page, "事件来源").text == "群众上报"


def test_personal_values_are_covered_and_cannot_be_copied_until_a_reason_is_logged(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    shown = html(staff.client("head"), url_of(case), NOW)
    for personal in (REPORTER["name"], REPORTER["telephone"], REPORTER["address"]):
        assert personal not in shown
    page = page_of(staff, url_of(case), "head")
    assert (field(page, "联系电话").text, field(page, "联系电话").shown) == ("", "138****0426")
    assert field(page, "报告人").shown == "梁**"
    assert page.covered == 3
    assert REPORTER["telephone"] not in page.row
    whole = page_of(staff, url_of(case, tail="reveal/"), "head", reason="录入粤平安")
    assert field(whole, "联系电话").text == REPORTER["telephone"]
    assert REPORTER["telephone"] in whole.row
    entry = AccessEntry.objects.get()
    assert (entry.case_number, entry.reason, entry.person) == (
        case.number, "录入粤平安", staff.small.people["head"],
    )  # fmt: skip
    assert entry.what == "抄录单：粤平安 • 事件上报（样本）"
    assert page_of(staff, url_of(case), "head").covered == 3, "covered again"


def test_without_reason_nothing_is_shown_and_nothing_logged(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    answer = staff.client("command").post(url_of(case, tail="reveal/"), {"reason": "  "})
    assert answer.status_code == 422
    assert REPORTER["telephone"] not in answer.content.decode()
    assert not AccessEntry.objects.exists()


def test_a_department_reads_the_reporter_on_the_sheet_after_signing_in_only(staff: Staff) -> None:
    _, whistle = staff.whistle()
    url = url_of(whistle, "yuezhifa_lead")
    page = page_of(staff, url, "ecology")
    assert (page.reveal_url, page.why_not) == ("", "签收以后才能看报告人电话。")
    assert staff.client("ecology").post(f"{url}reveal/", {"reason": "联系"}).status_code == 422
    assert not AccessEntry.objects.exists()
    staff.move("2026-09-18 11:50", whistle, "sign_in", staff.small.ecology, track="a1")
    whole = page_of(staff, f"{url}reveal/", "ecology", reason="联系报告人")
    assert field(whole, "举报人电话").text == REPORTER["telephone"]
    assert field(whole, "执法单位").text == "ecology"
    assert field(whole, "情况说明").text == "镇无权进厂取样"


def test_those_who_go_there_copy_the_address_without_asking(staff: Staff) -> None:
    page = page_of(staff, url_of(staff.filed("2026-09-24 17:50")))
    assert field(page, "发生地点").text == REPORTER["address"]
    assert page.covered == 2


def test_what_was_erased_says_so(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    erase_payload(acting=staff.small.command, case=case, basis="个人信息保护法第四十七条")
    page = page_of(staff, url_of(case))
    assert {field(page, label).shown for label in ("报告人", "联系电话", "发生地点", "事件描述")} == {"已依法删除"}
    assert (page.covered, page.reveal_url) == (0, "")


def test_a_value_too_long_says_how_many_characters_do_not_fit_and_which(staff: Staff) -> None:
    title = "排水口" * 11
    page = page_of(staff, url_of(staff.filed("2026-09-24 17:50", title=title)))
    long = field(page, "事件名称")
    assert long.text == title, "copied whole: who cuts it is a person"
    assert (long.over, long.tail) == ("对方只收 30 个字，最后 3 个放不下", "排水口")


def test_a_code_that_their_list_lacks_is_not_guessed(staff: Staff) -> None:
    fields = [{"label": "来源", "value": "channel", "codes": {"hotline": "02"}}]
    add_sheet(staff.small.town, "coded", fields=fields)
    page = page_of(staff, url_of(staff.filed("2026-09-24 17:50"), "coded"))
    assert (page.fields[0].text, page.fields[0].shown) == ("", "没有对应代码（居民网页）")


def test_the_whole_sheet_is_one_row_for_a_spreadsheet_without_formulas(staff: Staff) -> None:
    fields = [{"label": "名称", "value": "title"}, {"label": "描述", "value": "text"}, {"label": "无", "value": "lon"}]
    add_sheet(staff.small.town, "row", fields=fields)
    private = REPORTER | {"text": "第一行\n第二行\t完"}
    case = staff.filed("2026-09-24 17:50", title="=HYPERLINK(1)", private=private)
    assert page_of(staff, url_of(case, "row")).row == "'=HYPERLINK(1)\t第一行 第二行 完\t"


def test_a_sheet_that_does_not_serve_the_case_is_not_there(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    browser = staff.client("command")
    assert browser.get(url_of(case, "yuezhifa_lead")).status_code == 404
    assert browser.get(url_of(case, "no-such")).status_code == 404
    assert staff.client("water").get(url_of(case)).status_code == 404, "nor for a department without part in it"


def noted(staff: Staff, case: Case, text: str, who: str = "command", **more: str) -> Any:
    sent = {"version": "0", "key": "k1", "foreign_number": text} | more
    return staff.client(who).post(url_of(case, tail="note/"), sent)


def test_the_number_is_noted_and_stands_on_the_page_of_the_case(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    answer = noted(staff, case, NUMBER)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{case.pk}/")
    shown = html(staff.client("command"), f"/cases/{case.pk}/", NOW)
    beside = shown.split('id="elsewhere"')[1].split("</section>")[0]
    assert "粤平安" in beside
    assert NUMBER in beside
    assert url_of(case) in beside
    assert "已录入其他系统" in shown
    assert f"粤平安，编号 {NUMBER}" in shown
    assert "已录入其他系统：" not in shown
    page = page_of(staff, url_of(case))
    assert page.noted is not None
    assert page.noted.number == NUMBER


def test_a_refused_number_keeps_what_was_typed_and_says_at_the_field_what_to_do(staff: Staff) -> None:
    first, second = staff.filed("2026-09-24 17:50", title="井盖"), staff.filed("2026-09-24 18:00")
    noted(staff, first, NUMBER)
    answer = noted(staff, second, NUMBER, key="k2")
    assert answer.status_code == 422
    shown = unescape(answer.content.decode())
    assert f"{NUMBER} 已经记在 {first.number}（井盖）上" in shown
    assert f'value="{NUMBER}"' in shown
    assert "填对方系统给的编号" in unescape(noted(staff, second, " ", key="k3").content.decode())


def test_the_second_of_two_sees_what_was_noted_meanwhile_and_loses_nothing(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    noted(staff, case, NUMBER)
    answer = noted(staff, case, "YPA-18", "command2", key="k2")
    assert answer.status_code == 409
    shown = unescape(answer.content.decode())
    assert f"粤平安，编号 {NUMBER}" in shown.split('class="card conflict"')[1].split("</section>")[0]
    assert re.search(r'name="version" value="1"', shown)
    assert re.search(r'name="foreign_number" value="YPA-18"', shown)
    assert ForeignRecord.objects.get().foreign_number == NUMBER
    assert noted(staff, case, "YPA-18", "command2", key="k3", version="1").status_code == 302
    shown = html(staff.client("command"), f"/cases/{case.pk}/", NOW)
    assert f"编号更正为 YPA-18（原记 {NUMBER}）" in shown


def test_an_auditor_reads_the_sheet_covered_and_notes_nothing(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    page = page_of(staff, url_of(case), "auditor")
    assert (page.reveal_url, page.why_not) == ("", "审计不看报告人完整信息。")
    assert noted(staff, case, NUMBER, "auditor").status_code == 403


def test_the_mirror_of_that_very_system_has_nothing_to_note(staff: Staff) -> None:
    mirror = staff.open(
        "2026-09-25 08:00", type_code="mirror", channel="import", foreign_number="RX-9",
        system_of_record="external:hotline12345",
    )  # fmt: skip
    shown = html(staff.client("command"), url_of(mirror, "hotline_reply"), NOW)
    assert "RX-9" in shown
    assert 'name="foreign_number"' not in shown


def test_a_town_without_sheets_says_nothing_of_other_systems(db: None) -> None:
    staff = staffed()
    case = staff.filed("2026-09-24 17:50")
    assert "elsewhere" not in html(staff.client("command"), f"/cases/{case.pk}/", NOW)


def test_the_page_costs_the_same_whatever_the_sheet(staff: Staff) -> None:
    case = staff.filed("2026-09-24 17:50")
    add_sheet(staff.small.town, "short")
    browser = staff.client("command")
    assert statements(browser, url_of(case, "short"), NOW) == statements(browser, url_of(case), NOW) <= 13
    before = statements(browser, f"/cases/{case.pk}/", NOW)
    noted(staff, case, NUMBER)
    assert statements(browser, f"/cases/{case.pk}/", NOW) <= before + 1
    assert ForeignRecord.objects.get().system == SYSTEM
