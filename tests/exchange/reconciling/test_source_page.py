"""The page of a source: who watches it, how it is read, and the town's own limits, changed by the body that watches."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from jinli.cases.models import Clock
from jinli.domain.errors import ConflictError, RefusedError
from jinli.exchange.models import Layout, NameLink, Source, SourceChange
from jinli.exchange.selectors.samples import sample_rules
from jinli.exchange.services.sources import adopt_sample, show_titles
from jinli.town.moment import frozen_at
from tests.cases.pages import html
from tests.cases.staff import Staff, at, staffed
from tests.exchange.imports.town import hotline, taken, ticket

NOW = "2026-09-29 10:05"
RULE = {
    "clock": "legal", "field": "class_there", "text": "路灯", "amount": "5", "unit": "working_day",
    "end_rule": "roll", "article": "样本条例第一条", "source": "样本",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen_at(at(NOW)):
        yield


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


@pytest.fixture
def source(staff: Staff) -> Source:
    return hotline(staff.small)


def url(source: Source, more: str = "") -> str:
    return f"/imports/sources/{source.pk}/{more}"


def sent(source: Source, *rules: dict[str, str], initial: int = 0, version: int | None = None) -> dict[str, str]:
    """Return what the form of the table sends."""
    found = {"version": str(source.version if version is None else version)}
    found |= {"rule-TOTAL_FORMS": str(len(rules)), "rule-INITIAL_FORMS": str(initial)}
    for place, rule in enumerate(rules):
        found |= {f"rule-{place}-{name}": value for name, value in rule.items()}
    return found


def save(staff: Staff, source: Source, *rules: dict[str, str], **more: int) -> tuple[int, str]:
    answer = staff.client("command").post(url(source, "rules/"), sent(source, *rules, **more), follow=True)
    source.refresh_from_db()
    return answer.status_code, answer.content.decode()


def test_the_page_says_who_watches_and_why_titles_are_hidden(staff: Staff, source: Source) -> None:
    page = html(staff.client("command"), url(source), NOW)
    for text in ("12345 热线", "hotline", "command", "标题不列出来", "只对以后导入的新办件起作用", "不猜"):
        assert text in page, text


def test_rules_are_saved_in_their_order_and_the_change_is_kept_with_who_and_when(staff: Staff, source: Source) -> None:
    second = {**RULE, "text": "井盖", "amount": "2"}
    status, page = save(staff, source, {**RULE, "ORDER": "2"}, {**second, "ORDER": "1"}, {"clock": ""})
    assert status == 200
    assert [rule["text"] for rule in source.rules] == ["井盖", "路灯"]
    assert "改时限规则" in page
    assert "没有" in page
    change = SourceChange.objects.get()
    assert (change.before, len(change.after), change.changed_by) == ([], 2, staff.small.people["command"])
    save(staff, source, {**second, "ORDER": "1", "DELETE": "on"}, {**RULE, "ORDER": "2"}, initial=2)
    assert [rule["text"] for rule in source.rules] == ["路灯"]
    save(staff, source, {**RULE, "ORDER": "1"}, initial=1)
    assert SourceChange.objects.count() == 2, "saving the same again is no change"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"article": ""}, "法定时限要写出哪一部法第几条"),
        ({"text": ""}, "写出看哪一项、含什么字"),
        ({"amount": "0"}, "0"),
        ({"amount": "三"}, "整数"),
        ({"unit": ""}, "请选一项"),
        ({"clock": "promise", "article": "", "source": ""}, "承诺时限要写出处"),
    ],
)
def test_a_wrong_rule_is_refused_at_its_field_and_what_was_typed_stays(
    staff: Staff, source: Source, wrong: dict[str, str], told: str
) -> None:
    status, page = save(staff, source, {**RULE, "text": "路灯坏了", **wrong})
    assert status == 422
    assert told in page
    assert ("路灯坏了" in page) is ("text" not in wrong)
    assert source.rules == []


def test_a_rule_holds_for_what_is_taken_in_afterwards(staff: Staff, source: Source) -> None:
    taken(staff.small, source, [ticket("GZ-1")])
    save(staff, source, RULE)
    taken(staff.small, source, [ticket("GZ-1"), ticket("GZ-2")], when="2026-09-29 09:30")
    assert list(Clock.objects.filter(code="legal").values_list("case__foreign_number", flat=True)) == ["GZ-2"]


def test_of_two_who_save_one_wins_and_the_other_keeps_what_was_typed(staff: Staff, source: Source) -> None:
    save(staff, source, RULE)
    status, page = save(staff, source, {**RULE, "text": "井盖松动"}, version=0)
    assert status == 409
    assert "别人刚才改过" in page
    assert "井盖松动" in page
    assert [rule["text"] for rule in source.rules] == ["路灯"]


def test_a_row_is_tried_and_each_limit_says_by_which_rule(staff: Staff, source: Source) -> None:
    save(staff, source, {**RULE, "text": "井盖", "ORDER": "1"}, {**RULE, "ORDER": "2"})
    page = html(staff.client("head"), url(source, "?try=1&class_there=路灯&opened=2026-09-24"), NOW)
    assert "按第 2 条：类别含“路灯”（样本条例第一条 样本）" in page
    assert "10月9日 周五 24:00" in page
    assert "没有一条规则符合" in page
    assert SourceChange.objects.count() == 1, "trying records nothing"


def test_a_sample_is_labelled_and_applies_only_when_it_is_adopted(staff: Staff, source: Source) -> None:
    taken(staff.small, source, [ticket("GZ-1", 问题类别="行政许可")])
    assert not Clock.objects.filter(code="legal").exists()
    page = html(staff.client("command"), url(source), NOW)
    assert "样本不会自己生效" in page
    assert "行政许可法第四十二条" in page
    answer = staff.client("command").post(url(source, "adopt/"), {"version": "0", "code": "licence-decision"})
    assert answer.status_code == 302
    source.refresh_from_db()
    assert source.rules[0]["limit"]["article"] == "行政许可法第四十二条"
    assert "行政许可：20 个工作日" not in html(staff.client("command"), url(source), NOW).split("样本不会自己生效")[1]
    assert staff.client("command").post(url(source, "adopt/"), {"version": "1", "code": "x"}).status_code == 422


def test_every_sample_names_law_and_article_and_says_that_it_is_to_be_checked() -> None:
    assert len(sample_rules()) == 5
    for one in sample_rules():
        assert one.rule.limit.article
        assert "样本" in one.rule.limit.source
        assert all((*one.title, *one.note))


def test_titles_columns_and_names_are_changed_with_a_trace(staff: Staff, source: Source) -> None:
    taken(staff.small, source, [ticket("GZ-1")])
    NameLink.objects.create(source=source, kind="body", text="某某委", code="water", made_at=at(NOW))
    browser = staff.client("command")
    page = html(browser, url(source), NOW)
    assert "单位“某某委”" in page
    assert "工单编号是对方编号" in page
    for more in (f"layouts/{Layout.objects.get().pk}/forget/", f"names/{NameLink.objects.get().pk}/forget/"):
        assert browser.post(url(source, more)).status_code == 302
    assert browser.post(url(source, "titles/"), {"version": "0", "shown": "1"}).status_code == 302
    assert not Layout.objects.exists()
    assert not NameLink.objects.exists()
    assert set(SourceChange.objects.values_list("what", flat=True)) == {"layout", "name", "titles"}
    assert "忘掉一个名称" in html(browser, url(source), NOW)


@pytest.mark.parametrize("who", ["head", "auditor", "administrator"])
def test_others_read_the_rules_and_change_nothing(staff: Staff, source: Source, who: str) -> None:
    save(staff, source, RULE)
    page = html(staff.client(who), url(source), NOW)
    assert "类别含“路灯”" in page
    assert 'name="rule-0-text"' not in page
    for more in ("rules/", "adopt/", "titles/"):
        assert staff.client(who).post(url(source, more), sent(source)).status_code == 403


def test_a_source_that_another_body_watches_is_read_only(staff: Staff, source: Source) -> None:
    source.watched_by = staff.small.organisations["government"]
    source.save()
    assert "由government的指挥中心人员来改" in html(staff.client("command"), url(source), NOW)
    status, page = save(staff, source, RULE)
    assert status == 422
    assert re.search(r"由\s*government\s*看管", page)
    with pytest.raises(RefusedError):
        show_titles(acting=staff.small.command, source=source.pk, version=0, shown=True)


def test_an_old_page_changes_nothing(staff: Staff, source: Source) -> None:
    adopt_sample(acting=staff.small.command, source=source.pk, version=0, code="licence-decision")
    with pytest.raises(ConflictError):
        show_titles(acting=staff.small.command_2, source=source.pk, version=0, shown=True)


def test_without_a_session_one_signs_in_first(staff: Staff, source: Source) -> None:
    assert Client().get(url(source)).status_code == 302
