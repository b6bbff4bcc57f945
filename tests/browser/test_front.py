"""The ways in: sign-in, refusals, lock-out, the calculator, both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.acts import TOWN, follow, report
from tests.browser.eyes import WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]


@pytest.fixture
def town(busy_town: Town) -> Town:
    busy_town.set_clock("2026-09-29 10:05")
    return busy_town


@pytest.mark.parametrize("width", WIDTHS)
def test_a_wrong_password_is_refused_and_the_name_stays(visit: Visit, width: int) -> None:
    clerk = visit(width)
    clerk.go("/sign-in/").look("sign-in")
    clerk.sign_in("command", "not the password").look("sign-in-refused", status=422)
    assert clerk.page.get_by_label("登录名").input_value() == "command"
    assert clerk.page.get_by_label("密码").input_value() == ""
    clerk.sign_in("command").look()
    assert clerk.path == "/queue/"


def test_five_wrong_passwords_lock_the_door(visit: Visit) -> None:
    thief = visit(WIDTHS[1])
    for _ in range(5):
        thief.sign_in("market-head", "guess")
    thief.look("locked-out", status=429)
    thief.sign_in("market-head")
    assert thief.status == 429


@pytest.mark.parametrize("width", WIDTHS)
def test_anybody_reckons_a_limit_and_sees_why(visit: Visit, width: int) -> None:
    reader = visit(width).go("/calculator/").look("calculator")
    reader.go("/calculator/?day=2026-09-24&clock=17:50&amount=10&unit=working_day").look("calculator-answer")
    reader.reads(re.compile("国庆")).reads("10月15日 周四 24:00")
    reader.go("/calculator/?day=2026-12-24&amount=10&unit=working_day").reads("暂定").look("calculator-provisional")
    reader.go("/calculator/?day=2026-99-99&amount=0&unit=working_day").look("calculator-refused")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_resident_reports_without_any_script(visit: Visit, width: int) -> None:
    told = report(visit(width, scripts=False), "小学东侧的雨水箅子塌了一块。", "小学东侧")
    follow(visit(width, scripts=False), told).reads("收到你的报告")
    stranger = visit(width).go(f"/t/{TOWN}/track/").look("track")
    stranger.write("编号", told.number).write("查询码", "2222 2222").press("查").look("track-wrong", status=422)
    assert stranger.page.get_by_label("编号").input_value() == told.number


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_not_there_or_not_yours_says_so(visit: Visit, width: int) -> None:
    visit(width).go("/no/such/page/").look("not-found", status=404)
    visit(width, "market").go("/board/").look("refused", status=403)
    visit(width).go("/").look("home")
    stale = visit(width).go("/sign-in/")
    stale.context.clear_cookies()
    stale.press("登录").look("token-refused", status=403)
