"""Government matters in a town with a year behind it: every list, register and single page of the line, at both widths.

Tuesday 2026-09-29, 10:05, after some hundreds of simulated applications.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.acts import TOWN
from tests.browser.eyes import DESK, PHONE, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]
APPLY = str(Path(__file__).with_name("apply_in_town.py"))


@pytest.fixture
def town(busy_town: Town) -> Town:
    busy_town.set_clock("2026-09-29 10:05")
    return busy_town


def _open(person: Person, linked: str) -> Person:
    """Follow the first link of the page whose address fits."""
    link = person.page.locator(f"main a[href*='{linked}']:not([href*='/export/'])").filter(visible=True).first
    person.page.goto(str(link.get_attribute("href")))
    return person


def _waiting(town: Town, item: str, stage: str) -> str:
    """Return the number of a case of the history that stands at a stage."""
    statement = "select number from cases_case where class_code = ? and stage = ? and phase = 'open' limit 1"
    [(number,)] = town.rows(statement, item, stage)
    return str(number)


def test_the_catalogue_is_asked_in_everyday_words_and_says_who_decides(visit: Visit) -> None:
    for width in (DESK, PHONE):
        owner = visit(width).go(f"/t/{TOWN}/services/").look("services").reads("办事")
        owner.go(f"/t/{TOWN}/services/?q=我想开个五金店").look("services-found").reads("个体工商户")
        owner.go(f"/t/{TOWN}/services/?q=量子火箭").look("services-nothing")
        owner.go(f"/t/{TOWN}/services/road_occupation/").look("service-item").reads("占用")
        owner.go(f"/t/{TOWN}/services/animal_clinic/").look("service-shell").reads(re.compile("不能在网上|窗口"))
        owner.go(f"/t/{TOWN}/powers/").look("public-powers")


def test_the_office_reads_and_refuses_a_faulty_workbook(visit: Visit) -> None:
    admin = visit(DESK, "admin").go("/catalogue/").look_twice("catalogue")
    _open(admin, "/catalogue/items/").look_twice("catalogue-item")
    admin.go("/catalogue/workbook/").look_twice("workbook").press("检查").look(status=422)
    admin.page.set_input_files(
        "input[type=file]", {"name": "a.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": b"not a workbook"}
    )
    admin.press("检查").look("workbook-refused", status=422)


def test_the_register_of_powers_from_waves_to_a_recall(visit: Visit, town: Town) -> None:
    head = visit(DESK, "head").go("/powers/").look_twice("powers")
    head.go("/powers/waves/").look_twice("power-waves").reads("87")
    head.go("/powers/on/?day=2022-07-01").look_twice("powers-on-a-day")
    [(power,)] = town.rows("select id from town_delegation where item = 'food_workshop' limit 1")
    head.go(f"/powers/{power}/").look_twice("power")
    _open(head, f"/powers/{power}/cases/").look_twice("power-cases")
    head.go(f"/powers/{power}/recall/").look_twice("recall").press("看会发生什么").look(status=422)
    head.page.locator("[name=on]").fill("2026-10-12")
    for name, text in (("reason", "区里收回（演示）"), ("instrument", "收回通知（演示）")):
        head.page.locator(f"[name={name}]").fill(text)
    head.press("看会发生什么").look_twice("recall-preview")
    head.press("确认收回").look_twice("recall-progress")
    head.go(f"/powers/{power}/support/").look_twice("power-support")


def test_grants_are_listed_and_each_tells_its_life(visit: Visit) -> None:
    head = visit(DESK, "head").go("/grants/").look_twice("grants")
    _open(head, "/grants/").look_twice("grant")


def test_money_has_a_ledger_and_a_claim_shows_its_conditions(visit: Visit, town: Town) -> None:
    chief = visit(DESK, "social-head").go("/subsidies/").look_twice("subsidies")
    _open(chief, "/subsidies/old_age_allowance/").look_twice("subsidy")
    officer = visit(DESK, "hr").go(town.case(_waiting(town, "startup_subsidy", "accepted")))
    _open(officer, "/claims/").look_twice("claim").press("同意并留下这笔钱").look("claim-refused", status=422)


def test_bad_ratings_wait_for_the_head(visit: Visit) -> None:
    head = visit(DESK, "head").go("/ratings/").look_twice("ratings")
    _open(head, "/ratings/").look_twice("rated")
    head.go("/board/matters/").look_twice("board-matters")


def test_a_bundle_is_filled_in_once_and_opens_what_is_ready(visit: Visit) -> None:
    for width, who in ((DESK, "安新来（演示）"), (PHONE, "柳店主（演示）")):
        owner = visit(width).go(f"/t/{TOWN}/services/").press("返乡创业").look("together-begin")
        owner.press("用电子身份登录").tick(who).press("当这个人登录").press("下一步：填表").look(status=422)
        for answer in ("个人", "一次性创业资助", "只在网络平台上", "一个人", "没有或者拿不准"):
            owner.tick(answer)
        owner.press("下一步：填表").look("together-fill").press("下一步：核对").look("together-refused", status=422)
        owner.write("想用的名称", "立新五金店（演示）").write("经营范围", "卖五金（演示）").write(
            "出资额（元）", "20000"
        )
        owner.write("网店网址", "https://example.com/shop").press("下一步：核对").look("together-check")
        owner.press("一起提交", exact=False).look("together-run").reads("一次性创业资助")
