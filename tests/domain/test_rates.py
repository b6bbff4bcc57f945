"""Honest rates: what counts, what is left out, and what is never shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.domain.rates import (
    DEFINITIONS,
    Audience,
    Promise,
    Rate,
    Standing,
    Warned,
    fell_at,
    on_time,
    standing,
    warned,
)
from jinli.ui.words import has_words

START = datetime(2026, 9, 1, tzinfo=UTC)
END = datetime(2026, 10, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def promise(started: int, due: int, ended: int | None = None, verdict: str = "open", **more: object) -> Promise:
    """Return a promise by days after the first of September."""
    known = {"code": "handle", "right": False, **more}
    return Promise(
        started_at=START + started * DAY,
        due_at=START + due * DAY,
        ended_at=None if ended is None else START + ended * DAY,
        verdict=verdict,
        **known,  # type: ignore[arg-type]
    )


def seen(*promises: Promise, day: int) -> dict[str, int]:
    found = on_time(promises, start=START, end=END, as_of=START + day * DAY)
    counts = {"kept": found.kept, "done_late": found.done_late, "open_late": found.open_late, **found.excluded}
    return {name: count for name, count in counts.items() if count}


def test_open_and_overdue_counts_as_late_before_any_tick_has_said_so() -> None:
    assert seen(promise(0, 5, verdict="open"), day=5) == {"open_late": 1}
    assert seen(promise(0, 5, verdict="broken"), day=5) == {"open_late": 1}


def test_the_due_moment_itself_is_late_and_the_moment_before_is_not() -> None:
    one = promise(0, 5)
    assert standing(one, one.due_at) is Standing.OPEN_LATE
    assert standing(one, one.due_at - timedelta(microseconds=1)) is Standing.NOT_DUE


@pytest.mark.parametrize(
    ("one", "counted"),
    [
        pytest.param(promise(0, 5, 4, "kept"), "kept", id="kept"),
        pytest.param(promise(0, 5, 9, "broken"), "done_late", id="done late"),
        pytest.param(promise(0, 5, 4, "void"), "void", id="void is left out"),
        pytest.param(promise(0, 5, 5, "lapsed", right=True), "right", id="a right that lapsed is left out"),
        pytest.param(promise(0, 5, 4, "kept", right=True), "right", id="a right that was used is left out"),
        pytest.param(promise(0, 30), "not_due", id="not due yet is left out"),
        pytest.param(promise(0, 5, 4, "kept", code="supervision"), "supervision", id="supervision promises nothing"),
    ],
)
def test_each_promise_counts_once(one: Promise, counted: str) -> None:
    assert seen(one, day=20) == {counted: 1}


def test_the_honest_rate_and_the_flattering_one_differ_by_what_is_overdue_and_open() -> None:
    kept = [promise(0, 5, 4, "kept")] * 9
    found = on_time([*kept, promise(0, 5, 6, "broken"), promise(0, 5)], start=START, end=END, as_of=END)
    assert (found.rate.numerator, found.rate.denominator) == (9, 11)
    assert (found.flattering.numerator, found.flattering.denominator) == (9, 10)


def test_a_kept_promise_belongs_to_the_month_it_was_kept_in_a_broken_one_to_that_it_fell_due_in() -> None:
    early = promise(10, 35, 12, "kept")
    late = promise(10, 25, 40, "broken")
    assert fell_at(early, END) == early.ended_at
    assert fell_at(late, START + 50 * DAY) == late.due_at
    assert seen(early, late, day=50) == {"kept": 1, "done_late": 1}


def test_what_falls_due_at_the_end_of_the_last_day_belongs_to_that_month() -> None:
    due_at_midnight = promise(0, 30, verdict="broken")
    assert due_at_midnight.due_at == END
    assert seen(due_at_midnight, day=40) == {"open_late": 1}
    month_after = on_time([due_at_midnight], start=END, end=END + 31 * DAY, as_of=END + 10 * DAY)
    assert month_after.rate.denominator == 0


def test_a_look_back_sees_what_was_open_then() -> None:
    done = promise(0, 5, 9, "broken")
    assert seen(done, day=7) == {"open_late": 1}
    assert seen(done, day=9) == {"done_late": 1}
    assert seen(done, day=3) == {"not_due": 1}


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 30), st.integers(0, 40), st.sampled_from(["kept", "broken"])),
        max_size=20,
    ),
    st.integers(30, 90),
    st.integers(0, 90),
)
def test_a_month_that_is_over_never_changes_its_rate(
    drawn: list[tuple[int, int, int, str]], day: int, more: int
) -> None:
    promises = []
    for started, length, ended, verdict in drawn:
        due = started + length
        end = min(started + ended, due - 1) if verdict == "kept" and length else due + ended
        promises.append(promise(started, due, end, "kept" if end < due else "broken"))
    first = on_time(promises, start=START, end=END, as_of=START + day * DAY).rate
    later = on_time(promises, start=START, end=END, as_of=START + (day + more) * DAY).rate
    assert (first.numerator, first.denominator) == (later.numerator, later.denominator)


def test_no_percentage_below_the_minimum_and_none_of_nothing() -> None:
    assert Rate(code="x", numerator=9, denominator=9).share is None
    assert Rate(code="x", numerator=9, denominator=10).share == Fraction(9, 10)
    assert Rate(code="x", numerator=0, denominator=0, minimum=0).share is None


@pytest.mark.parametrize("counts", [(2, 1), (-1, 1)])
def test_a_rate_is_never_above_one_or_below_nought(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="of"):
        Rate(code="x", numerator=counts[0], denominator=counts[1])


@pytest.mark.parametrize(
    ("whistled", "side"), [(0, Warned.LOW), (1, Warned.LOW), (2, Warned.NOTHING), (15, Warned.NOTHING), (16, "high")]
)
def test_the_whistle_rate_is_suspect_when_too_low_and_when_too_high(whistled: int, side: str) -> None:
    one = DEFINITIONS["whistle"]
    assert one.low is not None
    assert one.high is not None
    assert warned(Rate(code="whistle", numerator=whistled, denominator=100), low=one.low, high=one.high) == side
    few = Rate(code="whistle", numerator=0, denominator=9)
    assert warned(few, low=one.low, high=one.high) is Warned.NOTHING


def test_audiences_nest_from_the_unit_to_the_public() -> None:
    circles = list(Audience)
    for number, one in enumerate(circles):
        assert [one.reaches(reader) for reader in circles] == [place <= number for place in range(len(circles))]


def test_the_public_gets_the_towns_own_services_only_and_ratings_stay_below_it() -> None:
    public = {code for code, one in DEFINITIONS.items() if one.widest is Audience.PUBLIC}
    matters = {"by_law", "by_promise", "told_once", "first_time", "decided_here", "prefilled", "asked_twice"}
    assert public == {"on_time_own", "response", "resolution"} | matters


@pytest.mark.parametrize("code", list(DEFINITIONS))
def test_every_definition_is_told_in_words_and_says_that_it_is_local(code: str) -> None:
    one = DEFINITIONS[code]
    names = [f"domain.rate.{code}.{part}" for part in ("name", "numerator", "denominator")]
    names += [f"domain.rate.left_out.{part}" for part in one.excluded]
    names += [f"domain.rate.{code}.{side}" for side in ("low", "high") if one.low is not None]
    assert [name for name in (*names, "domain.rate.source") if not has_words(name)] == []
