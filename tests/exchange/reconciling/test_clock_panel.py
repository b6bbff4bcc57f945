"""On the page of a mirror their date stands beside the town's own limits, and a difference is explained or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from jinli.cases.models import Case
from jinli.exchange.models import Source
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.staff import Staff, at, staffed
from tests.exchange.imports.town import hotline, taken, ticket
from tests.exchange.reconciling.town import LEGAL, decide, differing, with_rule

NOW = "2026-09-29 10:05"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen_at(at(NOW)):
        yield


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


def panel(staff: Staff, source: Source, *, who: str = "command", rules: Any = (LEGAL,), **cells: str) -> str:
    source.rules = list(rules)
    source.save()
    taken(staff.small, source, [ticket("GZ-1", **cells)])
    return shown(staff, who)


def shown(staff: Staff, who: str = "command") -> str:
    case = Case.objects.get(foreign_number="GZ-1")
    page = (
        html(staff.client(who), f"/cases/{case.pk}/", NOW).split('aria-labelledby="compared"')[1].split("</section>")[0]
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_their_date_and_ours_stand_side_by_side_with_the_gap_in_working_days(staff: Staff) -> None:
    text = panel(staff, hotline(staff.small), 办理时限="2026-09-30 18:00")
    assert "对方给的是 9月30日 周三 18:00，法定时限（按本地规则）到 10月9日 周五 24:00：对方早 2 个工作日。" in text
    assert "样本条例第一条" in text
    assert text.count("怎么算的") >= 2


def test_a_count_that_gives_their_date_is_named_as_our_inference(staff: Staff) -> None:
    text = panel(staff, hotline(staff.small), 办理时限="2026-10-01 18:00")
    assert "可能的原因（平台推断，对方没有说明）" in text
    assert "只数周一至周五，没有扣除节假日，也不算调休上班" in text


def test_where_no_count_gives_their_date_the_cause_is_unknown(staff: Staff) -> None:
    text = panel(staff, hotline(staff.small), 办理时限="2026-11-20 18:00")
    assert "都得不出对方的日期，原因未知" in text
    assert "可能的原因" not in text


def test_the_same_last_day_needs_no_cause(staff: Staff) -> None:
    text = panel(staff, hotline(staff.small), 办理时限="2026-10-09 18:00")
    assert "同一天到期" in text
    assert "原因" not in text


@pytest.mark.parametrize(
    ("rules", "due", "told"),
    [
        ((), "2026-09-30 18:00", "本地没有这类事项的规则"),
        ((LEGAL,), "", "对方没有给日期，只按本地规则计时"),
        ((), "", "双方都没有时限"),
    ],
)
def test_what_is_missing_is_unknown_and_never_guessed(staff: Staff, rules: Any, due: str, told: str) -> None:
    text = panel(staff, hotline(staff.small), rules=rules, 办理时限=due)
    assert told in text
    assert "未知（无来源）" in text


def test_a_start_corrected_to_theirs_is_shown_with_the_first(staff: Staff) -> None:
    decide(staff.small.command, differing(staff.small, with_rule(staff.small), "start_changed"))
    assert "受理 9月23日 周三 09:00（原记 9月24日 周四 09:00，已按对方改）" in shown(staff)


def test_what_is_in_dispute_stands_there_for_those_who_compare(staff: Staff) -> None:
    differing(staff.small, with_rule(staff.small), "start_changed")
    assert "受理时间变了：9月24日 周四 09:00 → 9月23日 周三 09:00" in shown(staff)
    assert "去核对" in shown(staff, "head")
    assert "去核对" not in shown(staff, "water")


def test_a_case_of_our_own_has_no_such_panel(staff: Staff) -> None:
    case = staff.open("2026-09-28 09:00")
    assert 'id="compared"' not in html(staff.client("command"), f"/cases/{case.pk}/", NOW)


def test_the_panel_takes_two_statements(staff: Staff) -> None:
    own = staff.open("2026-09-28 09:00")
    taken(staff.small, with_rule(staff.small), [ticket("GZ-1")])
    mirror = Case.objects.get(foreign_number="GZ-1")
    browser = staff.client("command")
    alone, with_panel = (statements(browser, f"/cases/{case.pk}/", NOW) for case in (own, mirror))
    assert with_panel <= alone + 3  # two of the panel, and one for the name of the other system in the head of the page


def test_an_offered_move_of_a_mirror_is_a_comment_and_nothing_that_an_import_does(staff: Staff) -> None:
    taken(staff.small, with_rule(staff.small), [ticket("GZ-1")])
    case = Case.objects.get(foreign_number="GZ-1")
    page = html(staff.client("command"), f"/cases/{case.pk}/", NOW)
    assert "写备注" in page
    for title in ("撤回导入", "按对方改开始时间", "对方已撤销", "对方办结"):
        assert title not in page


def test_what_was_accepted_stays_there_with_who_and_when(staff: Staff) -> None:
    decide(staff.small.command, differing(staff.small, with_rule(staff.small), "closed_moved"))
    text = shown(staff)
    assert "办结时间变了：9月27日 周日 11:00 办结 → 9月28日 周一 18:30 办结" in text
    assert "已按对方改 • command" in text
