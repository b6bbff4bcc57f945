"""An applicant on a phone and at a desk, and at the counter with the clerk: in Chromium, with accessibility.

Thursday 2026-09-24, 10:00. A newcomer's child shall go to school: signed in, one paper missing, sent, followed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.acts import TOWN
from tests.browser.eyes import WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
START = f"/t/{TOWN}/services/newcomer_enrolment/apply/"
WHO = {1360: "柳店主（演示）", 390: "安新来（演示）"}
CHILD = "990101202001010013"


def _begin(person: Person) -> None:
    person.go(START).look("apply-begin").press("用电子身份登录").look("apply-identity")
    person.tick(WHO[person.width]).press("当这个人登录").reads("来自身份核验")
    for answer in ("小学一年级", "租的房", "在单位上班"):
        person.tick(answer)
    person.press("下一步：填表").look("apply-fill").reads("不对，改一下")


def _fill(person: Person) -> None:
    person.press("下一步：核对").look("apply-fill-refused", status=422)
    person.write("居住证号", "JZ-0001").write("孩子姓名", "小孩（演示）").write("孩子身份证号", CHILD[:-1] + "4")
    person.write("孩子哪天出生", "2020-01-01").choose_first("住在哪个村（居）").write("从哪个月起住在这里", "2026-01")
    person.write("学校", "第一小学").press("下一步：核对").reads(re.compile("校验位不对"))
    assert person.page.get_by_label("孩子姓名").input_value() == "小孩（演示）", "what was typed stays"
    person.write("孩子身份证号", CHILD).tick("先受理，受理后 10 个工作日内补交（容缺受理）")
    person.press("先存着，以后再填").look("apply-saved").press("接着填").press("下一步：核对")


def test_a_newcomer_applies_and_follows(visit: Visit, town: Town) -> None:
    town.set_clock("2026-09-24 10:00")
    for width in WIDTHS:
        person = visit(width)
        _begin(person)
        _fill(person)
        person.look("apply-check").reads("申请以后补交（容缺）").press("提交申请").look("apply-receipt")
        person.press("看进展").look("application").reads("要你交的")
        person.go(f"/t/{TOWN}/applications/").look("applications").reads("进城务工人员随迁子女入学申请")


def test_the_clerk_fills_in_at_the_counter_and_the_hall_sees_numbers_only(visit: Visit, town: Town) -> None:
    town.set_clock("2026-09-24 10:30")
    for width in WIDTHS:
        clerk = visit(width, "window01")
        clerk.go("/counter/kiosk/").look("counter-kiosk").press("其他，或者不清楚").reads("你的号")
        clerk.go("/counter/").look("counter").write("几号窗口", "3").press("叫下一个").look("counter-called")
        visit(width).go(f"/t/{TOWN}/counter/display/").look("counter-display").reads("请到 3 号窗口")
        clerk.press("办好了")
        clerk.go("/counter/start/old_age_allowance/").look("counter-begin")
