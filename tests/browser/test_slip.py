"""An emergency whistle: out at once, a printed slip with a code, a telephone answer, an arrival, ratings, an end."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.acts import report
from tests.browser.eyes import DESK, PHONE, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]


@pytest.fixture
def town(busy_town: Town) -> Town:
    busy_town.set_clock("2026-09-29 10:05")
    return busy_town


def _whistled(clerk: Person, town: Town, number: str) -> str:
    """File a report, whistle for two departments at once, and return the number of the whistle."""
    clerk.go(town.case(number)).press("立案").write("用几个字找类别", "排水管道").press("找")
    clerk.page.get_by_role("link", name=re.compile("^排水管道破裂")).click()
    clerk.page.get_by_role("radio", name=re.compile("E0503-1")).check()
    clerk.press("立案并派出").reads("办好了这一步").press("申请吹哨")
    clerk.page.get_by_role("radio", name=re.compile("应急哨")).check()
    clerk.page.get_by_role("radio", name=re.compile("生产安全隐患")).check()
    clerk.page.get_by_role("checkbox", name="区消防救援（演示）").check()
    clerk.write("为什么要吹哨", "路面可能塌陷，要封路。").press("申请吹哨").look("slip-at-once").press("派单").look()
    found = clerk.page.locator(".crumbs a").last.inner_text()
    return found


def test_an_emergency_by_slip_and_telephone(visit: Visit, town: Town) -> None:
    told = report(visit(PHONE), "污水管爆了，路面在往下沉。", "市场后街")
    clerk = visit(DESK, "command")
    whistle = town.case(_whistled(clerk, town, told.number))
    clerk.page.locator("section.card").filter(has_text="区应急局").get_by_role("button", name="打印签收单").click()
    clerk.look("slip")
    code = re.sub(r"\D", "", clerk.page.locator(".code").inner_text())
    address = clerk.page.locator(".link-text").inner_text().strip()

    officer = visit(PHONE).go(address).look("slip-code").write("校验码", "000000").press("继续").look(status=422)
    officer.write("校验码", code).press("继续").look("slip-answer")
    form = officer.page.locator("form").filter(has=officer.page.get_by_role("button", name="签收", exact=True))
    form.get_by_label("你的姓名或职务").fill("安科长")
    form.get_by_role("button", name="签收", exact=True).click()
    officer.look("slip-signed").reads("已签收")
    officer.go(address).look("slip-dead", status=410)

    clerk.go(whistle).press("确认到场", exact=False).look("arrival").press("已到场").look("arrived")
    clerk.press("一次性链接", exact=False)
    clerk.page.locator("section.card").filter(has_text="区消防救援").get_by_role("link", name="代录电话答复").click()
    clerk.look("telephone").press("代录").look(status=422)
    clerk.page.get_by_role("radio", name="签收").check()
    clerk.write("谁说的", "霍队长").press("代录").look("telephoned")
    clerk.press("评价部门").look("rate").press("评价").look(status=422)
    clerk.page.get_by_role("radio", name="区应急局（演示）").check()
    clerk.page.get_by_role("radio", name="5 很好").check()
    clerk.page.get_by_role("button", name="评价", exact=True).click()
    clerk.look("rated")


def test_the_text_of_a_report_is_lawfully_erased(visit: Visit, town: Town) -> None:
    told = report(visit(PHONE), "邻居张某某总把车停我家门口。", "榕树头")
    admin = visit(PHONE, "admin").go("/registers/erasure/").look("erase-find")
    admin.write("编号", told.number).press("查看").look("erase").press("删除，不能恢复").look(status=422)
    admin.write("法律依据", "个人信息保护法第四十七条").write("再写一次编号", told.number).press("删除，不能恢复")
    admin.look("erased")
    visit(DESK, "command").go(town.case(told.number)).look("case-erased")
    visit(PHONE).go("/t/441204115/seals/").look("seals")
