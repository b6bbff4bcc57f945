"""What personal data look like to those who do not need them whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.town.masking import mask_address, mask_name, mask_telephone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        pytest.param("梁某某", "梁**", id="the surname stays, a star for each further character"),
        pytest.param("陈敏", "陈*", id="of two characters one stays"),
        pytest.param("王", "王*", id="one character alone still has a star"),
        pytest.param("欧阳娜娜", "欧阳**", id="a compound surname stays whole"),
        pytest.param("欧阳", "欧*", id="two characters are never shown whole"),
        pytest.param("陈敏（演示）", "陈*（演示）", id="the mark of a simulated person stays"),
        pytest.param("John Smith", "J**", id="of Latin letters only the first stays"),
        pytest.param("", "", id="no name stays no name"),
    ],
)
def test_a_name_shows_its_surname_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        pytest.param("13800000426", "138****0426", id="a mobile number"),
        pytest.param("+86 138-0000-0426", "138****0426", id="with country code and separators"),
        pytest.param("0758-8512345", "075****2345", id="a fixed line with area code"),
        pytest.param("8512345", "****45", id="a short number shows its last two digits"),
        pytest.param("110", "****", id="a very short one shows nothing"),
        pytest.param("", "****", id="no number does not say that there is none"),
    ],
)
def test_a_telephone_shows_head_and_tail(number: str, masked: str) -> None:
    assert mask_telephone(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        pytest.param("东村三队祠堂前", "东村****", id="down to the village"),
        pytest.param("江滨堤路 22 号前", "江滨堤路****", id="down to the road"),
        pytest.param("甲镇东村新路5巷3号", "甲镇东村新路****", id="down to the last road before a number"),
        pytest.param("12号", "****", id="a bare number shows nothing"),
        pytest.param("祠堂旁边", "****", id="without village or road nothing shows"),
        pytest.param("", "", id="no address stays none"),
    ],
)
def test_an_address_shows_village_or_road_only(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@given(st.text(alphabet="0123456789", min_size=7, max_size=13))
def test_a_masked_telephone_hides_at_least_three_digits(number: str) -> None:
    shown = mask_telephone(number).replace("*", "")
    assert len(shown) <= max(len(number) - 3, 0)


@given(st.text(alphabet="东西南北村路街道镇0123456789号巷楼", max_size=30))
def test_a_masked_address_never_shows_a_number(address: str) -> None:
    assert not any(sign.isdigit() for sign in mask_address(address))
