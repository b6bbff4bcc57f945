"""A case is retyped into another system from a copy sheet, by keyboard alone, and a list goes out in a layout.

Wednesday 2026-09-30, 09:20, in a town with a year behind it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.acts import report
from tests.browser.eyes import DESK, WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
LONG = "东围村村口路边的污水井盖不见了，晚上没有路灯，昨天有人骑车差点掉下去。" * 6


@pytest.fixture
def town(busy_town: Town) -> Town:
    busy_town.set_clock("2026-09-30 09:20")
    return busy_town


@pytest.mark.parametrize("width", WIDTHS)
def test_a_clerk_copies_field_by_field_and_notes_the_number(visit: Visit, town: Town, width: int) -> None:
    told = report(visit(width), f"{LONG}{width}", f"村口 {width}")
    clerk = visit(width, "command").go(town.case(told.number))
    clerk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=town.address)
    clerk.page.get_by_role("link", name="粤平安 • 事件上报（样本）").click()
    clerk.look("sheet").reads("最后").reads("未知（无来源）")
    assert "13800000426" not in clerk.page.content(), "a covered value is not on the page at all"

    buttons = clerk.page.locator(".copy-list .sheet-copy")
    first, second = buttons.nth(0), buttons.nth(1)
    first.focus()
    clerk.page.keyboard.press("Enter")
    expect(first).to_have_text("已复制")
    expect(second).to_be_focused()
    copied = clerk.page.evaluate("navigator.clipboard.readText()")
    assert copied == clerk.page.locator("#field-1").input_value()
    clerk.page.keyboard.press("Enter")
    expect(second).to_have_text("已复制")
    expect(buttons.nth(2)).to_be_focused()
    clerk.page.keyboard.press("Tab")
    expect(buttons.nth(3)).to_be_focused()
    expect(clerk.page.locator("#sheet-status")).to_contain_text("下一项")
    clerk.page.reload()
    expect(buttons.nth(0)).to_have_text("已复制")
    expect(buttons.nth(2)).to_have_text("复制")
    clerk.look("sheet-copied")
    clerk.press("整行复制")
    row = clerk.page.evaluate("navigator.clipboard.readText()")
    assert row.count("\t") == 14
    assert "13800000426" not in row

    clerk.page.locator("#reveal-reason").evaluate("(one) => one.removeAttribute('required')")
    clerk.press("显示并可复制").look("sheet-refused", status=422)
    clerk.write("为什么要看", "录入粤平安").press("显示并可复制").look("sheet-whole")
    telephone = clerk.page.locator(".copy-list li").filter(has_text="联系电话").locator("input")
    assert telephone.input_value() == "13800000426"

    clerk.write("粤平安的编号", "没有编号").press("记下编号").look("sheet-number-refused", status=422)
    clerk.write("粤平安的编号", f"YPA-2026-{width}").press("记下编号").look("case-noted")
    clerk.reads("已录入其他系统").reads(f"YPA-2026-{width}")
    assert town.journal(told.number)[-1] == "noted_there"
    town_rows = town.rows("select system from exchange_foreignrecord where foreign_number = ?", f"YPA-2026-{width}")
    assert town_rows == [("yuepingan",)]


def test_without_script_each_value_is_a_field_to_select(visit: Visit, town: Town) -> None:
    told = report(visit(DESK), "路灯不亮。", "村道北段")
    clerk = visit(DESK, "command", scripts=False).go(town.case(told.number))
    clerk.page.get_by_role("link", name="粤平安 • 事件上报（样本）").click()
    expect(clerk.page.locator(".sheet-copy").first).to_be_hidden()
    value = clerk.page.locator("#field-4")
    assert value.get_attribute("readonly") is not None
    assert value.input_value()
    clerk.reads("点进一项，全选，复制")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_list_goes_out_in_the_layout_that_others_ask_for(visit: Visit, town: Town, width: int) -> None:
    clerk = visit(width, "command").go("/cases/?phase=open")
    if width == DESK:
        clerk.page.get_by_text("导出为……").click()
        clerk.look("ways-out")
        with clerk.page.expect_download() as taken:
            clerk.page.get_by_role("link", name="网格事件台账（样本） Excel").click()
        assert taken.value.suggested_filename.endswith(".xlsx")
    clerk.go("/layouts/callback_list/cases/?phase=open").look("layout")
    clerk.page.locator("#whole-reason").evaluate("(one) => one.removeAttribute('required')")
    clerk.press("完整导出 Excel").look("layout-refused", status=422)
    clerk.write("为什么要看", "逐个回访")
    with clerk.page.expect_download() as taken:
        clerk.page.get_by_role("button", name="完整导出 Excel").click()
    assert taken.value.suggested_filename.startswith("callback_list-20260930")
    log = town.rows("select what, reason from town_accessentry order by at desc limit 1")
    assert log[0][1] == "逐个回访"
