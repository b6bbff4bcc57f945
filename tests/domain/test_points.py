"""The points table, line by line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.domain.points import How, Open, PointRule, line_of, point_lines, total_of
from jinli.domain.season import Days, require_order, require_within

INSURED = PointRule(code="insured", value="months", points=Decimal(1), most=Decimal(30))


@pytest.mark.parametrize(
    ("value", "reached", "counted", "capped"),
    [
        pytest.param("14", 14, 14, False, id="so many for each"),
        pytest.param("30", 30, 30, False, id="exactly the highest"),
        pytest.param("48", 48, 30, True, id="no more than the highest"),
        pytest.param("0", 0, 0, False, id="nothing"),
    ],
)
def test_a_line_is_value_times_points_up_to_its_highest(value: str, reached: int, counted: int, capped: bool) -> None:
    line = line_of(INSURED, value)
    assert (line.reached, line.counted, line.capped) == (reached, counted, capped)


@pytest.mark.parametrize(
    ("rule", "value", "why"),
    [
        pytest.param(PointRule(code="x", value="months"), "14", Open.NO_POINTS, id="the office has not entered it"),
        pytest.param(INSURED, " ", Open.NO_VALUE, id="nobody told"),
        pytest.param(INSURED, "很久", Open.UNREADABLE, id="no number"),
        pytest.param(INSURED, "-3", Open.UNREADABLE, id="less than nothing"),
    ],
)
def test_what_is_unknown_stays_unknown_and_counts_nothing(rule: PointRule, value: str, why: Open) -> None:
    line = line_of(rule, value)
    assert (line.why, line.counted) == (why, 0)


def test_an_answer_counts_once() -> None:
    own = PointRule(code="home", value="home", how=How.IS, answer="own", points=Decimal(20))
    lived = PointRule(code="lived", value="months_since.lived_since", points=Decimal("0.5"), most=Decimal(30))
    lines = point_lines([own, lived, INSURED], {"home": "own", "lived_since": "2024-09"}, date(2026, 6, 1))
    assert [line.counted for line in lines] == [20, Decimal("10.5"), 0]
    assert total_of(lines) == Decimal("30.5")


DAYS = Days(
    publish_on=date(2026, 4, 1), apply_from=date(2026, 5, 6), apply_to=date(2026, 5, 15), check_to=date(2026, 5, 29),
    ranking_on=date(2026, 6, 1), appeal_from=date(2026, 6, 2), appeal_to=date(2026, 6, 8), offers_on=date(2026, 6, 15),
)  # fmt: skip


def test_the_days_of_a_season_follow_each_other() -> None:
    require_order(DAYS)
    with pytest.raises(InvalidInputError) as refused:
        require_order(Days(**{**vars(DAYS), "apply_to": date(2026, 5, 5)}))
    assert refused.value.facts["field"] == "apply_to"
    with pytest.raises(InvalidInputError) as too_soon:
        require_order(Days(**{**vars(DAYS), "offers_on": DAYS.appeal_to}))
    assert too_soon.value.facts["field"] == "offers_on"


def test_too_early_says_from_when_and_too_late_says_until_when() -> None:
    require_within(DAYS.apply_from, DAYS.apply_from, DAYS.apply_to)
    require_within(DAYS.apply_to, DAYS.apply_from, DAYS.apply_to)
    with pytest.raises(RefusedError) as early:
        require_within(date(2026, 5, 5), DAYS.apply_from, DAYS.apply_to)
    with pytest.raises(RefusedError) as late:
        require_within(date(2026, 5, 16), DAYS.apply_from, DAYS.apply_to)
    assert (early.value.facts["first"], late.value.facts["last"]) == (DAYS.apply_from, DAYS.apply_to)
