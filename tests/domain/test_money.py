"""Money is counted in fen; what is no amount is refused at its field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.domain.errors import InvalidInputError
from jinli.domain.money import MOST_FEN, fen_of, yuan_of


@given(st.integers(min_value=1, max_value=MOST_FEN))
def test_what_is_shown_reads_back_as_the_same_amount(fen: int) -> None:
    assert fen_of(yuan_of(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"), [("10000", 1_000_000), ("10,000.5元", 1_000_050), ("¥0.01", 1), (" 3.10 ", 310)]
)
def test_people_write_amounts_in_several_ways(text: str, fen: int) -> None:
    assert fen_of(text) == fen


@pytest.mark.parametrize("text", ["", "0", "-5", "1.234", "1e9", "一万", "9999999999999"])
def test_what_is_no_amount_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        fen_of(text, field="total")
    assert (refused.value.code, refused.value.facts["field"]) == ("domain.money.amount", "total")


def test_nothing_is_an_amount_only_where_it_is_allowed() -> None:
    assert fen_of("0", zero=True) == 0
