"""Lists, search and notices: only what is for the reader's eyes, by key, at a fixed cost."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from jinli.cases.models import Case, Notice, SearchRow
from jinli.cases.search import matching
from jinli.cases.selectors import unread
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.staff import REPORTER, Staff, at, staffed
from tests.shared import shared

NOW = "2026-09-28 10:05"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Hold the clock, so that nobody's session ends between two pages."""
    with frozen_at(at(NOW)):
        yield


@shared
def staff() -> Staff:
    return staffed()


def test_the_list_shows_what_the_reader_sees_newest_first(staff: Staff) -> None:
    first = staff.open("2026-09-24 09:00", title="先来的")
    second = staff.filed("2026-09-25 09:00", title="后来的")
    shown = html(staff.client("command"), "/cases/", NOW)
    assert shown.index(second.number) < shown.index(first.number)
    assert "2 件" in shown
    for who in ("water", "arbiter"):
        shown = html(staff.client(who), "/cases/", NOW)
        assert "还没有办件" in shown
        assert first.number not in shown


def test_whistles_have_a_list_of_their_own(staff: Staff) -> None:
    report, whistle = staff.whistle()
    shown = html(staff.client("command"), "/whistles/", NOW)
    assert whistle.number in shown
    assert report.number not in shown
    assert "网格报告" not in shown.split('id="filter-line"')[1].split("</select>")[0]


def test_filters_narrow_the_list_and_stand_in_the_address(staff: Staff) -> None:
    report, whistle = staff.whistle()
    closed = staff.open("2026-09-24 09:00", title="不归镇里")
    given = {"exit": "not_ours", "reason": "不归", "reply": "请找城管"}
    staff.move("2026-09-24 09:10", closed, "exit", staff.small.command, given=given)
    browser = staff.client("command")
    assert closed.number in html(browser, "/cases/?phase=closed", NOW)
    assert whistle.number not in html(browser, "/cases/?phase=closed", NOW)
    assert report.number not in html(browser, "/cases/?line=whistle", NOW)


def test_search_finds_number_title_text_place_name_and_telephone_in_sight_only(staff: Staff) -> None:
    case = staff.filed("2026-09-28 09:00", title="路灯不亮")
    other = staffed("990202001").open("2026-09-28 09:00", title="路灯不亮")
    for query in (case.number, "路灯", "污水井盖", "东围", "梁小明", REPORTER["telephone"]):
        shown = html(staff.client("command"), f"/search/?q={query}", NOW)
        assert str(case.pk) in shown, query
        assert str(other.pk) not in shown
        assert str(case.pk) not in html(staff.client("water"), f"/search/?q={query}", NOW)
    assert "要找什么" in html(staff.client("command"), "/search/", NOW)
    assert "没有符合的" in html(staff.client("command"), "/search/?q=没有的词", NOW)


def test_the_search_index_laid_anew_finds_what_it_found_before(staff: Staff) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps its index itself
    case = staff.filed("2026-09-28 09:00", title="路灯不亮")
    lean = import_module("jinli.cases.migrations.0006_lean_search")
    with connection.cursor() as cursor:
        for lay in (lean.lay_before, lean.lay):
            lay(None, SimpleNamespace(connection=connection))
            found = matching(Case.objects.all(), f"路灯 污水井盖 {REPORTER['telephone'][:6]}")
            assert [one.pk for one in found] == [case.pk]
        cursor.execute("INSERT INTO cases_search_fts(cases_search_fts) VALUES ('integrity-check')")
        SearchRow.objects.filter(case=case).delete()
        assert not matching(Case.objects.all(), "路灯")
        cursor.execute("INSERT INTO cases_search_fts(cases_search_fts) VALUES ('integrity-check')")


def test_a_long_list_pages_by_key_and_shows_every_case_once(staff: Staff) -> None:
    numbers = {staff.open("2026-09-28 09:00").number for _ in range(53)}
    browser = staff.client("command")
    first = html(browser, "/cases/", NOW)
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = html(browser, link, NOW)
    shown = [{number for number in numbers if number in page} for page in (first, second)]
    assert [len(one) for one in shown] == [50, 3]
    assert shown[0] | shown[1] == numbers


def test_lists_cost_the_same_with_5_and_with_50_cases(staff: Staff) -> None:
    urls = ("/cases/", "/whistles/", "/search/?q=井盖", "/notices/")
    for _ in range(5):
        staff.filed("2026-09-28 09:00")
    staff.whistle("2026-09-25")
    few = [statements(staff.client(who), url, NOW) for who in ("command", "grid", "water") for url in urls]
    for _ in range(45):
        staff.filed("2026-09-28 09:00")
    many = [statements(staff.client(who), url, NOW) for who in ("command", "grid", "water") for url in urls]
    assert few == many
    assert max(many) <= 8


def test_a_list_exports_without_formulas(staff: Staff) -> None:
    staff.open("2026-09-28 09:00", title="=HYPERLINK(1)")
    with frozen_at(at(NOW)):
        text = staff.client("command").get("/cases/export/").content.decode("utf-8-sig")
        whistles = staff.client("command").get("/whistles/export/").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "HYPERLINK" not in whistles


def test_a_body_is_told_and_who_reads_first_reads_for_all(staff: Staff) -> None:
    _, whistle = staff.whistle()
    browser = staff.client("water")
    shown = html(browser, "/notices/", NOW)
    assert "吹哨派单" in shown
    assert whistle.number in shown
    assert unread(staff.small.water) == 1
    notice = Notice.objects.get(to_body=staff.small.organisations["water"])
    staff.client("ecology").post("/notices/read/", {"notice": str(notice.pk)})
    assert unread(staff.small.water) == 1, "nobody reads for another body"
    browser.post("/notices/read/", {"notice": [str(notice.pk), "x"]})
    assert unread(staff.small.water) == 0
    staff.client("command").post("/notices/read/", {"all": "1"})
    assert unread(staff.small.ecology) == 1
    assert staff.client("auditor").post("/notices/read/", {"all": "1"}).status_code == 403
