"""Forms as data: what is asked, what it means, what is wrong and where."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from jinli.domain.forms import Field, Reading, entries_of, read_form, typed_of

CHECKS = {"id_number": ric.is_valid, "credit_code": uscc.is_valid, "bank_account": luhn.is_valid}
MEMBER = (
    Field(code="name", kind="person_name"),
    Field(code="relation", kind="choice", choices=("child", "spouse")),
    Field(code="school", when={"relation": ("child",)}),
    Field(code="id_number", kind="id_number", needed=False),
)
FORM = (
    Field(code="name", kind="person_name"),
    Field(code="moved_on", kind="date", lowest="1950-01-01"),
    Field(code="rents", kind="yes_no"),
    Field(code="rent", kind="money", when={"rents": ("yes",)}, lowest="0"),
    Field(code="landlord", when={"rents": ("yes",), "home": ("private",)}),
    Field(code="family", kind="group", needed=False, most=3, fields=MEMBER),
)
GOOD = {"name": "安某", "moved_on": "2026-03-01", "rents": "no"}


def read(typed: dict[str, Any], situation: dict[str, str] | None = None) -> Reading:
    return read_form(FORM, typed, situation=situation, checks=CHECKS)


def faults(typed: dict[str, Any], situation: dict[str, str] | None = None) -> dict[str, str]:
    return {one.path: one.code for one in read(typed, situation).faults}


def test_a_field_is_asked_under_the_answers_that_call_for_it() -> None:
    assert "rent" not in read(GOOD).asked
    assert "rent" in read({**GOOD, "rents": "yes"}).asked
    both = {**GOOD, "rents": "yes", "rent": "900"}
    assert "landlord" not in read(both).asked
    assert faults(both, {"home": "private"}) == {"landlord": "domain.form.missing"}


def test_what_stands_in_a_field_that_is_not_asked_is_not_kept() -> None:
    found = read({**GOOD, "rent": "no number at all"})
    assert "rent" not in found.values
    assert found.faults == ()


def test_every_fault_stands_at_its_field() -> None:
    typed = {"moved_on": "31.2.2026", "rents": "perhaps", "family[2].name": "小安", "family[2].id_number": "12"}
    assert faults(typed) == {
        "name": "domain.form.missing",
        "moved_on": "domain.form.not_date",
        "rents": "domain.form.no_such_choice",
        "family[1].relation": "domain.form.not_chosen",
        "family[1].id_number": "domain.form.not_id_number",
    }


def test_entries_of_a_group_close_their_gaps_and_ask_by_their_own_answers() -> None:
    typed = {
        **GOOD, "family[1].name": "", "family[2].name": "甲", "family[2].relation": "child",
        "family[2].school": "小学", "family[5].name": "乙", "family[5].relation": "spouse", "family[5].school": "无",
    }  # fmt: skip
    assert read(typed).values["family"] == [
        {"name": "甲", "relation": "child", "school": "小学"},
        {"name": "乙", "relation": "spouse"},
    ]
    assert entries_of("family", typed) == 5


def test_more_entries_than_the_form_takes_are_refused() -> None:
    typed = {**GOOD, **{f"family[{n}].name": "某" for n in range(1, 5)}}
    assert faults(typed)["family"] == "domain.form.too_many_entries"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        pytest.param("id_number", "11010519491231002x", "11010519491231002X", id="a small x is an X"),
        pytest.param("id_number", "110105 19491231 002X", "11010519491231002X", id="blanks do not count"),
        pytest.param("id_number", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", id="full width"),
        pytest.param("credit_code", "91110000600037341l", "91110000600037341L", id="a credit code"),
        pytest.param("bank_account", "6222 0212 3456 7890 129", None, id="a card with a wrong last digit"),
        pytest.param("id_number", "110105194912310021", None, id="an identity number with a wrong last digit"),
        pytest.param("money", "1,200.5", "1200.50", id="money has two decimals"),
        pytest.param("money", "1.005", None, id="no third decimal"),
        pytest.param("money", "NaN", None, id="no number"),
        pytest.param("whole", "３", 3, id="a whole number in full width"),
        pytest.param("date", "2026年9月28日", "2026-09-28", id="a day in Chinese"),
        pytest.param("month", "2026年9月", "2026-09", id="a month in Chinese"),
        pytest.param("month", "2026-13", None, id="no thirteenth month"),
        pytest.param("telephone", "138 0000-0426", "13800000426", id="a telephone"),
        pytest.param("telephone", "hello", None, id="no telephone"),
    ],
)
def test_a_value_has_one_plain_form(kind: str, text: str, value: object) -> None:
    found = read_form([Field(code="it", kind=kind)], {"it": text}, checks=CHECKS)
    assert found.values.get("it") == value
    assert bool(found.faults) == (value is None)


def test_what_the_office_holds_already_may_stay_empty() -> None:
    found = read_form(FORM, {"rents": "no"}, held=frozenset({"name", "moved_on"}))
    assert found.faults == ()


_ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=8),
        "moved_on": st.sampled_from(["2026-03-01", "never", "", "1900-01-01"]),
        "rents": st.sampled_from(["yes", "no", "", "x"]),
        "rent": st.sampled_from(["900", "-1", "much", ""]),
        "landlord": st.text(max_size=5),
        "family[1].name": st.text(max_size=4),
        "family[1].relation": st.sampled_from(["child", "spouse", ""]),
        "family[2].school": st.text(max_size=4),
        "family[3].id_number": st.sampled_from(["11010519491231002X", "1", ""]),
    },
)
_SITUATION = st.fixed_dictionaries({}, optional={"home": st.sampled_from(["private", "public"])})


@given(typed=_ANSWERS, situation=_SITUATION)
def test_a_hidden_field_is_never_needed_and_never_kept(typed: dict[str, str], situation: dict[str, str]) -> None:
    found = read(typed, situation)
    assert set(found.values) <= set(found.asked)
    assert {one.path for one in found.faults} <= set(found.asked)


@given(typed=_ANSWERS, situation=_SITUATION, order=st.randoms(use_true_random=False))
def test_the_order_of_typing_does_not_matter(typed: dict[str, str], situation: dict[str, str], order: Any) -> None:
    names = list(typed)
    order.shuffle(names)
    assert read({name: typed[name] for name in names}, situation) == read(typed, situation)


@given(typed=_ANSWERS, situation=_SITUATION)
def test_values_typed_again_are_the_same_values(typed: dict[str, str], situation: dict[str, str]) -> None:
    values = read(typed, situation).values
    assert read(dict(typed_of(FORM, values)), situation).values == values
