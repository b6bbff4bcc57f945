"""The frame of every page: language, skip link, banner, ways to go, hat."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from tests.ui.rendering import render, render_page
from tests.ui.samples import SHELL


def test_a_staff_page_names_its_language_and_offers_to_skip_to_the_content() -> None:
    page = render_page("ui/staff.html", shell=SHELL)
    assert '<html lang="zh-Hans">' in page
    assert page.index('href="#content"') < page.index("<header")
    with override("en"):
        assert '<html lang="en">' in render_page("ui/staff.html", shell=SHELL)


def test_simulated_work_says_so_at_the_top_of_every_page() -> None:
    assert "演示环境：单位、人员和办件均为模拟" in render_page("ui/staff.html", shell=SHELL)
    assert "不会有人上门" in render_page("ui/public.html", shell=SHELL)
    assert "演示环境" not in render_page("ui/staff.html", shell=replace(SHELL, simulated=False))


def test_the_current_way_is_marked_for_those_who_do_not_see_it() -> None:
    page = render_page("ui/staff.html", shell=SHELL)
    assert '<a href="/queue/" aria-current="page">待办</a>' in page
    assert '<a href="/cases/">办件</a>' in page


def test_the_hat_is_chosen_in_a_form_that_works_without_a_script() -> None:
    page = render_page("ui/staff.html", shell=SHELL)
    assert '<form class="hat" method="post" action="/hat/">' in page
    assert '<label for="hat">以谁的名义</label>' in page
    assert '<option value="1" selected>样镇（本单位）</option>' in page
    assert '<button type="submit">换</button>' in page


def test_a_person_with_one_hat_reads_it_and_has_nothing_to_choose() -> None:
    page = render_page("ui/staff.html", shell=replace(SHELL, hats=SHELL.hats[:1]))
    assert "样镇（本单位）" in page
    assert "<select" not in page
    assert SHELL.hat == SHELL.hats[0]


def test_the_other_language_is_one_button_and_written_in_itself() -> None:
    assert 'value="en" lang="en">English</button>' in render_page("ui/staff.html", shell=SHELL)
    with override("en"):
        assert 'value="zh-hans" lang="zh-Hans">中文</button>' in render_page("ui/staff.html", shell=SHELL)


def test_residents_see_a_plain_head_with_the_way_to_their_report() -> None:
    page = render_page("ui/public.html", shell=SHELL)
    assert "样镇 • 居民报告" in page
    assert 'href="/t/sample/track/"' in page
    assert "以谁的名义" not in page


def test_unread_notices_are_counted_in_words() -> None:
    assert "通知 3 条未读" in render_page("ui/staff.html", shell=SHELL)


def test_scripts_carry_the_nonce_of_the_response() -> None:
    tag = render('{% script "ui/app.js" %}', request=SimpleNamespace(csp_nonce="abc"))
    assert tag == '<script src="/static/ui/app.js" defer nonce="abc"></script>'
    assert "nonce" not in render('{% script "ui/app.js" %}')


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "429", "500"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_error_page_says_what_to_do_even_without_any_context(code: str, language: str) -> None:
    with override(language):
        page = render_page(f"{code}.html")
    assert "<h1>" in page
    assert 'href="/"' in page
    assert code in page
