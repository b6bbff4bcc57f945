"""Two matters that reach beyond their case: a lease says who is under a roof, a season is read by every parent."""

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
APPLY, ERASE = (str(Path(__file__).with_name(f"{act}_in_town.py")) for act in ("apply", "erase"))


def _lease(town: Town, visit: Visit, *answers: str) -> str:
    """File a lease: applied, accepted at the window, registered by the office."""
    number = town.command(APPLY, "sublease_registration", *answers).strip().splitlines()[-1]
    clerk = visit(DESK, "window01").go(town.case(number)).press("受理").press("办理").reads("已办")
    clerk.close()
    officer = visit(DESK, "planning").go(town.case(number)).look("lease")
    officer.press("予以备案").tick("准予").write("理由", "材料齐全（演示）").press("签发决定").reads("已办")
    officer.close()
    return number


def test_a_second_producing_firm_under_one_roof_is_looked_at(visit: Visit, town: Town) -> None:
    town.set_clock("2026-09-28 09:00")
    _lease(town, visit)
    _lease(town, visit, "tenant_name=某电镀厂（演示）", "floors=3 层")
    head = visit(DESK, "head").go("/buildings/").look_twice("buildings")
    head.page.locator("main table a").first.click()
    head.look_twice("building").page.locator("main a[href*='/cases/']").last.click()
    head.look("roof-check").reads(re.compile("同一屋檐|第二家|生产单位"))


def test_the_holder_finds_the_grant_and_asks_for_a_change(visit: Visit, town: Town) -> None:
    town.set_clock("2026-09-28 15:00")
    holder = visit(PHONE).go(f"/t/{TOWN}/my-grants/").look("my-grants-signed-out").press("用电子身份登录")
    holder.tick("柳店主（演示）").press("当这个人登录").go(f"/t/{TOWN}/my-grants/").look("my-grants-none")
    number = _lease(town, visit, "floors=5 层")
    holder.go(f"/t/{TOWN}/my-grants/").look_twice("my-grants")
    holder.page.locator("main .promises a").first.click()
    holder.look_twice("my-grant").press("变更", exact=False).look("my-grant-refused", status=422)
    paper = str(holder.page.locator("main a[href*='paper=']").first.get_attribute("href"))
    assert holder.context.request.get(paper).body().startswith(b"%PDF-")
    assert visit(PHONE).context.request.get(paper).status == 404, "to others it is not there"
    town.command(ERASE, number)
    holder.go(paper).look("my-paper-gone", status=410)


def test_a_season_is_announced_and_read_by_parents(visit: Visit, town: Town) -> None:
    town.set_clock("2027-04-01 09:00")
    visit(PHONE).go(f"/t/{TOWN}/seasons/enrolment-2027/").look(status=404)
    chief = visit(DESK, "education-head").go("/seasons/").look_twice("seasons")
    chief.page.locator("main .item-list a").first.click()
    chief.look_twice("season-work").press("公布", exact=False).look_twice("season-announced")
    parent = visit(PHONE).go(f"/t/{TOWN}/seasons/enrolment-2027/").look_twice("season")
    parent.reads(re.compile("社保")).reads("未知")
