"""The page of differences: what differs, whose truth it is, and one press to accept or to dispute."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from jinli.cases.models import Case, Entry
from jinli.exchange.models import Difference, Source
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.staff import Staff, at, staffed
from tests.exchange.imports.town import taken, ticket
from tests.exchange.reconciling.town import EDGES, FIRST, ROWS, SECOND, decide, differing, next_export, with_rule

NOW = "2026-09-29 10:05"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen_at(at(NOW)):
        yield


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def source(staff: Staff) -> Source:
    return with_rule(staff.small)


def field(page: str, one: Difference, name: str, do: str) -> str:
    form = page.split(f"/differences/{one.pk}/{do}/")[1].split("</form>")[0]
    found = re.search(rf'name="{name}" value="([^"]*)"', form)
    assert found is not None
    return found[1]


def press(staff: Staff, one: Difference, do: str, who: str = "command", page: str = "", **more: str) -> tuple[int, str]:
    browser = staff.client(who)
    page = page or html(browser, "/differences/", NOW)
    sent = {name: field(page, one, name, do) for name in ("version", "key", "next")}
    answer = browser.post(f"/differences/{one.pk}/{do}/", {**sent, **more}, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "here", "there"),
    [
        ("vanished", "还有这一件", "新导出里没有了"),
        ("start_changed", "9月24日 周四 09:00", "9月23日 周三 09:00"),
        ("reopened", "9月27日 周日 11:00 办结", "又在办，没有办结时间"),
        ("closed_moved", "9月27日 周日 11:00 办结", "9月28日 周一 18:30 办结"),
    ],
)
def test_a_row_says_what_stands_here_and_there_whose_truth_it_is_and_what_accepting_does(
    staff: Staff, source: Source, kind: str, here: str, there: str
) -> None:
    one = differing(staff.small, source, kind)
    page = html(staff.client("command"), "/differences/", NOW)
    for text in (here, there, "GZ-1", "以对方为准", "按对方改：", "12345 热线", "导出.csv", one.mirror.case.number):
        assert text in page, text
    assert html(staff.client("head"), "/differences/", NOW).count("<button") < page.count("<button")


def test_one_press_accepts_and_the_row_is_among_the_settled(staff: Staff, source: Source) -> None:
    one = differing(staff.small, source, "vanished")
    status, page = press(staff, one, "accept")
    assert status == 200
    assert "已按对方改" in page
    assert "没有要核对的" in page
    assert "已按对方改 • command 9月29日 周二 10:05" in html(staff.client("head"), "/differences/?which=settled", NOW)


def test_a_dispute_without_a_reason_is_refused_at_its_field_and_what_was_typed_stays(
    staff: Staff, source: Source
) -> None:
    one = differing(staff.small, source, "vanished")
    status, page = press(staff, one, "dispute", reason=" ")
    assert status == 422
    assert "写一句为什么有异议" in page
    status, page = press(staff, one, "dispute", reason="长" * 201)
    assert (status, "长" * 201 in page) == (422, True)
    status, page = press(staff, one, "dispute", reason="我方有签收单")
    assert status == 200
    shown = html(staff.client("command"), "/differences/?which=disputed", NOW)
    assert "我方理由：我方有签收单" in shown
    assert f"/differences/{one.pk}/accept/" in shown, "it may be accepted later"
    assert f"/differences/{one.pk}/dispute/" not in shown


def test_who_comes_second_is_told_what_the_first_did_and_nothing_typed_is_lost(staff: Staff, source: Source) -> None:
    one = differing(staff.small, source, "start_changed")
    page = html(staff.client("command2"), "/differences/", NOW)
    press(staff, one, "accept")
    before = Entry.objects.count()
    status, told = press(staff, one, "dispute", who="command2", page=page, reason="我方有签收单")
    assert status == 409
    assert "已按对方改" in told
    assert "我方有签收单" in told
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["head", "auditor", "water", "grid", "administrator"])
def test_only_the_command_centre_decides(staff: Staff, source: Source, who: str) -> None:
    one = differing(staff.small, source, "vanished")
    answer = staff.client(who).post(f"/differences/{one.pk}/accept/", {"version": "0", "key": "k"})
    assert answer.status_code == 403
    assert Difference.objects.get().state == "open"


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("auditor", 200), ("water", 403), ("grid", 403)])
def test_town_head_and_auditor_read(staff: Staff, source: Source, who: str, status: int) -> None:
    html(staff.client(who), "/differences/", NOW, status)
    html(staff.client(who), "/differences/export/", NOW, status)


def test_a_source_that_another_body_watches_is_shown_without_a_button(staff: Staff, source: Source) -> None:
    one = differing(staff.small, source, "vanished")
    source.watched_by = staff.small.organisations["government"]
    source.save()
    page = html(staff.client("command"), "/differences/", NOW)
    assert "GZ-1" in page
    assert f"/differences/{one.pk}/accept/" not in page
    assert "12345 热线（government）" in page
    answer = staff.client("command").post(f"/differences/{one.pk}/accept/", {"version": "0", "key": "k"})
    assert answer.status_code == 422


def test_many_of_one_kind_are_accepted_after_reading_what_that_does(staff: Staff, source: Source) -> None:
    rows = [ticket(f"GZ-{number}") for number in range(10, 30)]
    taken(staff.small, source, [*EDGES, *rows], when=FIRST)
    taken(staff.small, source, EDGES, when=SECOND)
    browser = staff.client("command")
    page = html(browser, "/differences/", NOW)
    assert "再列 10 项" in page
    url = page.split('class="d-many" href="')[1].split('"')[0].replace("&amp;", "&")
    asked = html(browser, url, NOW)
    assert "这 20 项都按对方改" in asked
    sent = {name: re.search(rf'name="{name}" value="([^"]*)"', asked)[1] for name in ("source", "kind", "upto", "key")}  # type: ignore[index]
    done = browser.post("/differences/accepted-many/", sent, follow=True).content.decode()
    assert "20 项已按对方改；同类还有 0 项" in done
    assert Case.objects.filter(stage="withdrawn").count() == 20
    assert browser.get(url).status_code == 302


def test_one_group_pages_by_key_and_shows_every_row_once(staff: Staff, source: Source) -> None:
    numbers = {f"GZ-{number}" for number in range(100, 153)}
    taken(staff.small, source, [*EDGES, *(ticket(number) for number in numbers)], when=FIRST)
    taken(staff.small, source, EDGES, when=SECOND)
    browser = staff.client("command")
    first = html(browser, f"/differences/?source={source.pk}&kind=vanished", NOW)
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = html(browser, link, NOW)
    shown = [{number for number in numbers if f">{number}<" in page} for page in (first, second)]
    assert [len(one) for one in shown] == [50, 3]
    assert shown[0] | shown[1] == numbers


def test_the_page_costs_the_same_with_few_and_with_many(staff: Staff, source: Source) -> None:
    rows = [ticket(f"GZ-{number}") for number in range(10, 60)]
    taken(staff.small, source, [*EDGES, *rows], when=FIRST)
    urls = ("/differences/", f"/differences/?source={source.pk}&kind=vanished", "/differences/?which=disputed&q=GZ")
    taken(staff.small, source, [*EDGES, *rows[3:]], when=SECOND)
    few = [statements(staff.client("command"), url, NOW) for url in urls]
    taken(staff.small, source, EDGES, when="2026-09-29 09:30")
    many = [statements(staff.client("command"), url, NOW) for url in urls]
    assert few == many
    assert max(many) <= 7


def test_filters_and_search_stand_in_the_address(staff: Staff, source: Source) -> None:
    differing(staff.small, source, "vanished")
    browser = staff.client("command")
    for query in ("kind=start_changed", "q=XX-77", "source=999"):
        assert "没有符合的" in html(browser, f"/differences/?{query}", NOW)
    for query in ("kind=vanished", "q=GZ-1", f"source={source.pk}", "which=strange&source=x&after=y"):
        assert "GZ-1" in html(browser, f"/differences/?{query}", NOW)


def test_the_objections_are_exported_to_be_sent_without_formulas(staff: Staff, source: Source) -> None:
    one = differing(staff.small, source, "start_changed")
    decide(staff.small.command, one, "dispute", reason="=我方有签收单")
    browser = staff.client("command")
    text = browser.get("/differences/export/?which=disputed").content.decode("utf-8-sig")
    for cell in ("GZ-1", "受理时间变了", "9月24日 周四 09:00", "9月23日 周三 09:00", "'=我方有签收单", "有异议"):
        assert cell in text, cell
    excel = browser.get("/differences/export/?which=disputed&as=xlsx")
    assert excel.content[:2] == b"PK"


def test_an_import_in_between_is_a_conflict_too(staff: Staff, source: Source) -> None:
    one = differing(staff.small, source, "start_changed")
    page = html(staff.client("command"), "/differences/", NOW)
    next_export(staff.small, source, ROWS["start_changed"][0], when="2026-09-29 10:00")
    status, told = press(staff, one, "accept", page=page)
    assert status == 409
    assert "双方已一致" in told
