"""When the turn of an item of a bundle comes."""

from __future__ import annotations

from datetime import date

import pytest

from jinli.domain.bundles import Result, Standing, months_later, turn_of

DAY = date(2026, 3, 12)


def test_an_item_waits_until_everything_before_it_came_to_a_good_end() -> None:
    turn = turn_of(("a", "b"), None, {"a": Result(good=True, on=DAY)}, DAY)
    assert (turn.standing, turn.waits_for) == (Standing.WAITS, ("b",))


def test_one_bad_end_blocks_it_whatever_the_others_do() -> None:
    results = {"a": Result(good=False), "b": Result(good=True, on=DAY)}
    assert turn_of(("a", "b"), None, results, DAY).standing is Standing.BLOCKED


def test_its_turn_has_come_with_the_last_result() -> None:
    assert turn_of(("a",), None, {"a": Result(good=True, on=DAY)}, DAY).standing is Standing.READY


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        pytest.param(date(2026, 9, 11), Standing.TOO_EARLY, id="the day before is too early"),
        pytest.param(date(2026, 9, 12), Standing.READY, id="the corresponding day is in time"),
    ],
)
def test_months_count_from_the_last_result(today: date, standing: Standing) -> None:
    turn = turn_of(("a",), 6, {"a": Result(good=True, on=DAY)}, today)
    assert (turn.standing, turn.first_day) == (standing, date(2026, 9, 12))


def test_a_month_without_that_day_ends_the_span_on_its_last_day() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)
