"""Whose time a matter took: waiting for the applicant and art. 45 apart, all the rest the authority's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.domain.pace import median, taken

BEGUN = datetime(2026, 9, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_each_stretch_is_put_to_whom_it_waited_for() -> None:
    stages = [("received", 0), ("supplying", 1), ("accepted", 5), ("special", 7), ("accepted", 17), ("decided", 20)]
    found = taken(
        [(BEGUN + days * DAY, stage) for stage, days in stages],
        waiting=["supplying"], special=["special"], ended=BEGUN + 22 * DAY,
    )  # fmt: skip
    assert (found.applicant, found.special, found.authority) == (4 * DAY, 10 * DAY, 8 * DAY)
    assert found.whole == 22 * DAY


def test_moments_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="received"):
        taken([(BEGUN, "received")], waiting=[], special=[], ended=BEGUN - DAY)


@given(st.lists(st.tuples(st.integers(0, 500), st.sampled_from(["a", "b", "c"])), min_size=1, max_size=20))
def test_the_three_parts_are_the_whole_time(hours: list[tuple[int, str]]) -> None:
    moments = sorted(hours)
    stages = [(BEGUN + timedelta(hours=number), stage) for number, stage in moments]
    ended = stages[-1][0] + DAY
    found = taken(stages, waiting=["a"], special=["b"], ended=ended)
    assert found.whole == ended - stages[0][0]


def test_the_median_is_the_middle_and_of_none_there_is_none() -> None:
    assert median([]) is None
    assert median([3 * DAY, DAY, 2 * DAY]) == 2 * DAY
    assert median([DAY, 2 * DAY]) == 1.5 * DAY
