"""The number of a paper as people type it."""

from __future__ import annotations

import pytest

from jinli.cases.selectors.papers import plain_number


@pytest.mark.parametrize(
    "typed",
    [
        "金府（演示）补告〔2026〕1号",
        "金府（演示）补告[2026]1号",
        "金府(演示)补告（2026）1 号",
        " 金府（演示）补告【2026】1号 ",
    ],
)
def test_any_brackets_around_the_year_do_and_those_of_a_name_stay_its_own(typed: str) -> None:
    assert plain_number(typed) == "金府（演示）补告〔2026〕1号"
