"""The ranking of an enrolment season."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.domain.errors import InvalidInputError
from jinli.domain.ranking import Applicant, Ranking, digest_of, lot_of, rank, row_of

LOT = "2026-样本"
SCHOOLS = ("a", "b", "c")


def one(number: str, points: int, *wishes: str, ties: tuple[int, ...] = ()) -> Applicant:
    return Applicant(number=number, points=Decimal(points), wishes=wishes, ties=tuple(Decimal(tie) for tie in ties))


@st.composite
def seasons(draw: Any) -> tuple[list[Applicant], dict[str, int]]:
    places = {school: draw(st.integers(0, 4)) for school in SCHOOLS}
    count = draw(st.integers(0, 20))
    applicants = [
        Applicant(
            number=f"n{number}",
            points=Decimal(draw(st.integers(0, 6))),
            ties=(Decimal(draw(st.integers(0, 2))),),
            wishes=tuple(draw(st.lists(st.sampled_from(SCHOOLS), max_size=3, unique=True))),
        )
        for number in range(count)
    ]
    return applicants, places


def held(found: Ranking) -> dict[str, str]:
    return {line.number: line.school for line in found.lines}


@given(seasons())
def test_nobody_with_fewer_points_takes_a_place_that_one_with_more_wished(
    season: tuple[list[Applicant], dict[str, int]],
) -> None:
    applicants, places = season
    found = held(rank(applicants, places, lot=LOT))
    for better in applicants:
        got = found[better.number]
        dearer = better.wishes[: better.wishes.index(got)] if got else better.wishes
        for other in applicants:
            if found[other.number] in dearer:
                assert other.points >= better.points


@given(seasons(), st.randoms())
def test_the_order_of_reading_never_matters(season: tuple[list[Applicant], dict[str, int]], chance: Any) -> None:
    applicants, places = season
    mixed = list(applicants)
    chance.shuffle(mixed)
    assert rank(applicants, places, lot=LOT) == rank(mixed, places, lot=LOT)


@given(seasons())
def test_no_school_takes_more_than_its_places_and_no_wish_stays_open_beside_a_free_place(
    season: tuple[list[Applicant], dict[str, int]],
) -> None:
    applicants, places = season
    result = rank(applicants, places, lot=LOT)
    found = held(result)
    for school, count in places.items():
        assert sum(got == school for got in found.values()) == count - result.left[school] <= count
    for applicant in applicants:
        if not found[applicant.number]:
            assert all(result.left[school] == 0 for school in applicant.wishes)


def test_equal_points_are_parted_by_the_published_tie_breakers_then_by_lot() -> None:
    rows = [one("1", 10, "a", ties=(2,)), one("2", 10, "a", ties=(5,)), one("3", 10, "a", ties=(2,))]
    found = [line.number for line in rank(rows, {"a": 1}, lot=LOT).lines]
    drawn = sorted(("1", "3"), key=lambda number: lot_of(LOT, number))
    assert found == ["2", *drawn]


def test_the_cut_off_is_the_points_of_the_last_who_got_a_place_in_a_full_school() -> None:
    found = rank([one("1", 30, "a"), one("2", 20, "a"), one("3", 10, "a", "b")], {"a": 2, "b": 5}, lot=LOT)
    assert found.cut_offs == {"a": Decimal(20)}
    assert found.left == {"a": 0, "b": 4}
    assert [line.wish for line in found.lines] == [1, 1, 2]


def test_a_school_nobody_knows_and_a_number_given_twice_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="unknown_school"):
        rank([one("1", 3, "z")], {"a": 1}, lot=LOT)
    with pytest.raises(InvalidInputError, match="twice"):
        rank([one("1", 3, "a"), one("1", 4, "a")], {"a": 1}, lot=LOT)


def test_a_changed_line_another_order_or_edition_makes_another_digest() -> None:
    rows = [row_of(line) for line in rank([one("1", 30, "a"), one("2", 20, "a")], {"a": 1}, lot=LOT).lines]
    digest = digest_of(rows, edition=1, lot=LOT)
    assert digest == digest_of([dict(row) for row in rows], edition=1, lot=LOT)
    assert digest != digest_of([{**rows[0], "points": "31"}, rows[1]], edition=1, lot=LOT)
    assert digest != digest_of(rows[::-1], edition=1, lot=LOT)
    assert digest != digest_of(rows, edition=2, lot=LOT)
