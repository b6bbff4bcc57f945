"""The parts of pages: what they say, to eyes and to screen readers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils.translation import override

from jinli.ui.forms import SampleForm
from jinli.ui.parts import Conflict, Crumb, Fact, Meanwhile, PageKeys, Scope
from jinli.ui.rates import percent_text
from tests.ui.rendering import render, render_page


class ReportForm(forms.Form):
    what = forms.CharField(label="发生了什么", widget=forms.Textarea)
    telephone = forms.CharField(label="手机号", required=False, help_text="不填也照办")
    way = forms.ChoiceField(label="地点", widget=forms.RadioSelect, choices=[("a", "写地址"), ("m", "在图上点")])
    consent = forms.BooleanField(label="同意回访", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def field(name: str, form: forms.Form) -> str:
    return render("{% field bound %}", bound=form[name])


def test_a_field_is_labelled_and_an_optional_one_says_so() -> None:
    form = ReportForm()
    assert '<label for="id_what">发生了什么</label>' in field("what", form)
    assert "（可不填）" in field("telephone", form)
    assert "（可不填）" not in field("what", form)


def test_a_hint_is_tied_to_its_field() -> None:
    html = field("telephone", ReportForm())
    assert 'aria-describedby="id_telephone-hint"' in html
    assert '<p class="hint" id="id_telephone-hint">不填也照办</p>' in html


def test_a_refused_field_keeps_what_was_typed_and_says_at_the_field_what_to_do() -> None:
    form = ReportForm({"telephone": "138"})
    form.add_error("telephone", "写 11 位")
    html = field("telephone", form)
    assert 'value="138"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_telephone-hint id_telephone-error"' in html
    assert 'id="id_telephone-error"' in html
    assert "写 11 位" in html


def test_a_missing_answer_says_whether_to_fill_in_or_to_choose() -> None:
    form = SampleForm({})
    assert form.errors["what"] == ["请填写这一项。"]
    assert form.errors["village"] == ["请选一项。"]
    assert form.errors["way"] == ["请选一项。"]
    with override("en"):
        assert SampleForm({}).errors["what"] == ["Fill this in."]


def test_a_choice_is_a_group_with_its_question() -> None:
    html = field("way", ReportForm())
    assert "<fieldset" in html
    assert "<legend>地点</legend>" in html
    assert '<label class="choice" for="id_way_0">' in html
    assert 'for="id_consent"' in field("consent", ReportForm())


def test_a_hidden_field_shows_nothing() -> None:
    assert "<label" not in field("secret", ReportForm())


def test_above_a_refused_form_each_fault_leads_to_its_field() -> None:
    form = ReportForm({})
    form.add_error(None, "整张表不成立")
    html = render("{% form_errors form %}", form=form)
    assert "有 3 处要改" in html
    assert '<a href="#id_what">发生了什么</a>' in html
    assert "整张表不成立" in html
    assert 'role="alert"' in html
    assert render("{% form_errors form %}", form=ReportForm({"what": "x", "way": "a"})).strip() == ""


def test_unknown_stands_where_the_value_would_stand() -> None:
    html = render("{% keyvalues rows %}", rows=[Fact(label="产值", value=None), Fact(label="零", value=0)])
    assert '<span class="unknown">未知（无来源）</span>' in html
    assert "<dd>0</dd>" in html.replace("\n", "").replace("  ", "")


def test_facts_are_a_named_list() -> None:
    html = render("{% facts rows %}", rows=[Fact(label="到期", value="9月29日", note="还剩 1 个工作日", icon="clock")])
    assert "<dt>到期</dt>" in html
    assert "还剩 1 个工作日" in html


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("running", "计时中"),
        ("late", "逾期"),
        ("paused", "已暂停"),
        ("kept", "按期"),
        ("lapsed", "期满（权利未用）"),
        ("void", "作废"),
    ],
)
def test_a_clock_says_how_it_stands_in_words_beside_a_drawing(state: str, words: str) -> None:
    html = render("{% clock_line state %}", state=state)
    assert words in html
    assert 'aria-hidden="true"' in html


def test_only_what_is_overdue_is_red_and_only_what_is_near_is_warned_of() -> None:
    red = [state for state in _states() if "danger" in render("{% clock_line state %}", state=state)]
    brown = [state for state in _states() if "warning" in render("{% clock_line state %}", state=state)]
    assert red == ["late", "broken_open"]
    assert brown == ["near", "provisional"]


def _states() -> list[str]:
    return [
        *("running", "week", "later", "near", "late", "paused", "kept", "used", "broken"),
        *("broken_done", "broken_open", "lapsed", "void", "provisional"),
    ]


def test_every_state_of_a_clock_has_a_look() -> None:
    for state in _states():
        assert "clock-line" in render('{% clock_line state "9月29日" %}', state=state)


def test_a_closed_move_stays_with_a_lock_and_its_reason() -> None:
    html = render('{% locked "核查" "归核查人办" %}')
    assert "核查" in html
    assert "归核查人办" in html
    assert "不能办：" in html


def test_an_open_move_says_what_it_does() -> None:
    html = render('{% move "增派" "新单位的时限从派单起算" value="add" %}')
    assert '<button class="button" type="submit" name="move" value="add">增派</button>' in html
    assert "新单位的时限从派单起算" in html
    assert 'class="button button-primary" href="/x/"' in render('{% move "告知" primary=True href="/x/" %}')


def test_a_rate_never_stands_without_its_two_counts() -> None:
    html = render('{% rate 412 462 "/kept/" "/all/" %}')
    assert "89.2%" in html
    assert '<a href="/kept/">412</a> ÷ <a href="/all/">462</a>' in html


def test_below_the_minimum_there_are_counts_and_no_rate() -> None:
    html = render("{% rate 3 4 minimum=10 %}")
    assert "%" not in html
    assert "3 ÷ 4" in html
    assert "分母不到 10" in html
    assert "还没有可算的" in render("{% rate 0 0 %}")


@pytest.mark.parametrize(
    ("kept", "total", "text"),
    [
        (412, 462, "89.2%"),
        (1, 2, "50.0%"),
        (1, 8, "12.5%"),
        (462, 462, "100.0%"),
        (9999, 10000, "99.9%"),
        (1, 10000, "0.1%"),
        (0, 5, "0.0%"),
        (1, 16, "6.3%"),
    ],
)
def test_percentages_round_half_up_and_never_claim_all_or_nothing(kept: int, total: int, text: str) -> None:
    assert percent_text(kept, total) == text


@pytest.mark.parametrize(("kept", "total"), [(1, 0), (3, 2), (-1, 2)])
def test_there_is_no_rate_of_nothing(kept: int, total: int) -> None:
    with pytest.raises(ValueError, match="no rate"):
        percent_text(kept, total)


def test_a_count_opens_the_list_behind_it_and_unknown_is_not_zero() -> None:
    assert '<a href="/late/">4</a>' in render('{% stat "逾期" 4 "/late/" %}')
    assert "未知（无来源）" in render('{% stat "产值" nothing %}', nothing=None)
    assert "<b>0</b>" in render('{% stat "逾期" 0 %}')


def test_a_masked_value_is_shown_whole_only_by_a_recorded_act() -> None:
    html = render('{% masked "138****0426" "/reveal/" %}')
    assert '<form method="post" action="/reveal/">' in html
    assert "每次查看都有记录" in html
    assert "<form" not in render('{% masked "138****0426" %}')


def test_a_due_moment_at_midnight_is_twenty_four_hundred_of_the_day_before() -> None:
    at = datetime(2026, 9, 29, 16, 0, tzinfo=UTC)
    assert "9月29日 周二 24:00</time>" in render("{% due at today %}", at=at, today=date(2026, 9, 28))
    assert "2026年9月29日 周二 24:00" in render("{% due at %}", at=at)
    make_up = datetime(2026, 10, 10, 16, 0, tzinfo=UTC)
    assert "10月10日 周六（调休上班）24:00" in render(
        '{% due at today "调休上班" %}', at=make_up, today=date(2026, 9, 28)
    )
    with override("en"):
        assert "Tue 29 Sep 24:00" in render("{% due at today %}", at=at, today=date(2026, 9, 28))
        assert "Sat 10 Oct (make-up) 24:00" in render('{% due at today "make-up" %}', at=make_up, today=at)


def test_days_and_moments_are_those_of_the_town() -> None:
    at = datetime(2026, 9, 28, 16, 5, tzinfo=UTC)
    assert render("{{ at|moment }}", at=at) == "2026年9月29日 周二 00:05"
    assert render("{{ at|day:at }}", at=at) == "9月29日 周二"
    assert render("{{ at|moment:at }}", at=at) == "9月29日 周二 00:05"


def test_long_lists_go_on_by_key() -> None:
    html = render("{% pages keys %}", keys=PageKeys(shown=3, total=12, next_url="?after=x", next_count=9))
    assert "共 12 件，已列 3 件" in html
    assert '<a href="?after=x" rel="next">再列 9 件</a>' in html
    assert "下一页" in render("{% pages keys %}", keys=PageKeys(shown=3, first_url="?", next_url="?after=x"))


def test_the_chosen_list_and_the_page_itself_are_marked() -> None:
    html = render(
        '{% scopes rows "范围" %}',
        rows=[Scope(label="我的", url="?", count=0, current=True), Scope(label="别人", url="?x")],
    )
    assert 'aria-current="true">我的 0</a>' in html
    way = render("{% crumbs rows %}", rows=[Crumb(label="待办", url="/queue/"), Crumb(label="样2026-1")])
    assert '<span aria-current="page">样2026-1</span>' in way


def test_an_empty_page_says_what_would_be_here_and_how_it_gets_here() -> None:
    html = render('{% empty "没有到期的" "派给本单位的件列在这里" "/week/" "看本周的" %}')
    assert "派给本单位的件列在这里" in html
    assert '<a href="/week/">看本周的</a>' in html


def test_a_wide_table_scrolls_by_itself_and_can_be_reached_by_keyboard() -> None:
    html = render('{% table "在途的哨" %}<tbody></tbody>{% endtable %}')
    assert 'role="region" aria-label="在途的哨" tabindex="0"' in html
    assert "<tbody></tbody></table></div>" in html


def test_what_people_type_is_never_taken_for_markup() -> None:
    nasty = "<script>alert(1)</script>"
    for source in ("{% badge x %}", "{% notice 'info' x x %}", "{% unknown x %}", "{% clock_line 'kept' x %}"):
        assert nasty not in render(source, x=nasty)
    assert nasty not in render("{% table x %}{{ x }}{% endtable %}", x=nasty)


def test_a_conflict_shows_what_changed_by_whom_and_what_was_typed() -> None:
    what = Conflict(
        title="样2026-1",
        changes=(Meanwhile(when="9月28日 10:05", who="甲局（演示）", what="签收", note="联系报告人"),),
        typed=(Fact(label="理由", value="不归我管"),),
        reload_url="/cases/1/",
    )
    page = render_page("ui/conflict.html", conflict=what)
    for text in ("签收", "甲局（演示）", "不归我管", "没有写入"):
        assert text in page
    assert 'href="/cases/1/"' in page
    assert "没有可列的变化" in render_page("ui/conflict.html", conflict=Conflict())
