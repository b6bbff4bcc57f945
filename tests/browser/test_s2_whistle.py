"""S2 in the browser: a whistle to two departments around a worked Sunday, from the resident's report to the contest.

Friday 2026-09-18, 11:40 it goes out; Sunday the 20th is worked. Both widths live through the same weeks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.acts import Told, follow, report
from tests.browser.eyes import WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
TEXT = "工业大道河涌的排水口流出乳白色的水，岸边还堆了渣。"


class Whistle:
    """One whistle, lived through at one width."""

    def __init__(self, visit: Visit, town: Town, width: int) -> None:
        self.visit, self.town, self.width = visit, town, width
        self.told = Told(number="", code="")
        self.number = self.link = ""

    @property
    def page(self) -> str:
        return self.town.case(self.number)

    def reported(self) -> None:
        self.told = report(self.visit(self.width), TEXT, f"排水口 {self.width}")

    def filed(self) -> None:
        clerk = self.visit(self.width, "command").go(self.town.case(self.told.number)).press("立案")
        clerk.write("用几个字找类别", "河道").press("找")
        clerk.page.get_by_role("link", name=re.compile("^河道污染")).click()
        clerk.page.get_by_role("radio", name=re.compile("E0126-1")).check()
        clerk.press("立案并派出").look("s2-file-refused", status=422)
        clerk.write("承诺多久办完", "10").choose("单位", "工作日").press("立案并派出").reads("办好了这一步")

    def blown(self) -> None:
        clerk = self.visit(self.width, "command").go(self.town.case(self.told.number)).press("申请吹哨")
        clerk.look("s2-blow").press("申请吹哨").look("s2-blow-refused", status=422)
        clerk.page.get_by_role("radio", name=re.compile("常规哨")).check()
        clerk.page.get_by_role("radio", name=re.compile("涉水污染查处")).check()
        clerk.page.get_by_role("checkbox", name="区水利局（演示）").check()
        clerk.write("为什么要吹哨", "镇里没有进厂取样的权力，已派人看守排水口。").press("申请吹哨").reads("已申请吹哨")
        self.number = clerk.page.locator(".crumbs [aria-current=page]").inner_text()
        clerk.look("s2-requested")

    def approved(self) -> None:
        head = self.visit(self.width, "head").go(self.page).press("批准吹哨").look("s2-approve")
        head.press("批准").look()

    def dispatched(self) -> None:
        clerk = self.visit(self.width, "command").go(self.page).press("吹哨派单").look("s2-dispatch")
        clerk.press("派单").look("s2-links")
        card = clerk.page.locator("section.card").filter(has_text="区生态环境分局")
        self.link = card.locator(".link-text").inner_text().strip()
        clerk.go(self.page).look("s2-dispatched")

    def refused(self) -> None:
        officer = self.visit(self.width, "water").go(self.page).press("退单").look("s2-refuse")
        officer.write("退单理由", "岸边排口不在河道管理范围").press("退单，请区里裁定").look(status=422)
        assert officer.page.get_by_label("退单理由").input_value() == "岸边排口不在河道管理范围", "what was typed stays"
        officer.write("法律依据", "水污染防治法（演示）").press("退单，请区里裁定").look("s2-refused")

    def answered_by_link(self, name: str, *acts: tuple[str, str]) -> None:
        """Let the lead act through the link; each act is a label of a button and a text."""
        lead = self.visit(self.width).go(self.link).look(name)
        for label, text in acts:
            summary = lead.page.locator("details.answer > summary").filter(has_text=label)
            if summary.count():
                summary.click()
            form = lead.page.locator("form").filter(has=lead.page.get_by_role("button", name=label, exact=True))
            form.get_by_label("你的姓名或职务").fill("郑工")
            if text:
                form.get_by_label("说明", exact=True).fill(text)
            form.get_by_role("button", name=label, exact=True).click()
            lead.look(f"{name}-{label}")
            self.link = lead.page.url

    def arbitrated(self) -> None:
        office = self.visit(self.width, "arbiter").go("/queue/").look("s2-queue-arbiter")
        office.go(self.page).look("s2-case-arbiter").press("驳回退单", exact=False).look("s2-arbitrate")
        office.page.get_by_role("radio", name=re.compile("驳回退单")).check()
        office.write("裁定理由", "弃渣在河道管理范围内").write("法律依据", "河道管理条例（演示）").press(
            "作出裁定"
        ).look()

    def assisting(self, label: str, *, text: tuple[str, str] | None = None) -> None:
        officer = self.visit(self.width, "water").go(self.page).press(label).look(f"s2-{label}")
        if text:
            officer.write(*text)
        officer.page.locator("main").get_by_role("button", name=label, exact=True).click()
        officer.look()

    def verified(self, how: str, text: str) -> None:
        worker = self.visit(self.width, "grid01").go("/queue/").look("s2-queue-grid")
        worker.go(self.page).press("核查通过").look("s2-verify")
        worker.write("现场看到什么", text).press(how).look()

    def link_again(self) -> None:
        clerk = self.visit(self.width, "command").go(self.page).look("s2-round-two").press("一次性链接", exact=False)
        clerk.look("s2-links-again").press("开一个新链接")
        self.link = clerk.page.locator(".link-text").first.inner_text().strip()

    def called_back(self) -> None:
        clerk = self.visit(self.width, "command02").go(self.town.case(self.told.number)).press("回访")
        clerk.tick("没解决").tick("不满意").press("记下回访").look()

    def contested(self) -> None:
        resident = follow(self.visit(self.width), self.told).look("s2-progress-contest")
        resident.press("提异议").look(status=422)
        resident.write("哪里没办好", "下雨后又有白水").press("提异议").reads("异议收到了").look("s2-progress-contested")


def test_s2_a_whistle_to_two_departments(visit: Visit, town: Town) -> None:
    stories = [Whistle(visit, town, width) for width in WIDTHS]

    def at(moment: str, act: Callable[[Whistle], None]) -> None:
        town.set_clock(moment)
        for one in stories:
            act(one)

    at("2026-09-17 15:20", Whistle.reported)
    at("2026-09-17 15:40", Whistle.filed)
    at("2026-09-18 09:20", Whistle.blown)
    at("2026-09-18 11:05", Whistle.approved)
    at("2026-09-18 11:40", Whistle.dispatched)
    at("2026-09-18 11:58", Whistle.refused)
    at("2026-09-18 14:52", lambda one: one.answered_by_link("s2-link", ("签收", ""), ("已联系报告人", "已约周一取样")))
    at("2026-09-20 10:20", Whistle.arbitrated)
    at("2026-09-20 10:46", lambda one: one.assisting("签收"))
    at("2026-09-22 16:40", lambda one: one.answered_by_link("s2-link-report", ("反馈", "查封沉淀池旁接管 1 处")))
    at("2026-09-23 15:20", lambda one: one.assisting("反馈", text=("办理结果", "弃渣清走 3 车")))
    at("2026-09-24 10:15", lambda one: one.verified("退回主办再办", "仍有乳白色水流"))
    at("2026-09-28 09:00", Whistle.link_again)
    at("2026-09-29 16:00", lambda one: one.answered_by_link("s2-rework", ("签收", ""), ("反馈", "接管已拆，排口封堵")))
    at("2026-09-30 09:30", lambda one: one.verified("核查通过", "水清"))
    at("2026-10-09 10:00", Whistle.called_back)
    at("2026-10-12 09:00", Whistle.contested)

    for one in stories:
        assert town.journal(one.told.number) == [
            "report", "file", "blow", "whistle_done", "call_back", "contest",
        ]  # fmt: skip
        done = [move for move in town.journal(one.number) if move not in ("supervise", "clock_lapsed", "escalate")]
        assert done == [
            "request", "approve", "dispatch", "refuse", "sign_in", "contact", "overrule", "sign_in", "report", "report",
            "all_reported", "verify_returned", "sign_in", "report", "all_reported", "verify_passed",
        ]  # fmt: skip
