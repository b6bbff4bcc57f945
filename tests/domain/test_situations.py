"""Which questions are asked, which materials one situation needs, and what the town does not ask for again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinli.domain.situations import (
    Need,
    all_answered,
    asked,
    kept_answers,
    lacking,
    may_come_later,
    need_under,
    wanted,
)


@dataclass(frozen=True)
class Answer:
    code: str


@dataclass(frozen=True)
class Question:
    code: str
    answers: tuple[Answer, ...]
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Material:
    code: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held_as: str = ""
    secondary: bool = False
    by_promise: bool = False


YES_NO = (Answer("yes"), Answer("no"))
WHAT = Question("what", (Answer("occupy"), Answer("dig")))
PIPES = Question("pipes", YES_NO, {"what": ("dig",)})
WHOSE = Question("whose", YES_NO, {"pipes": ("yes",)})
ROAD = (WHAT, PIPES, WHOSE)
PLAN = Material("plan")
DESIGN = Material("design", {"what": ("dig",)}, secondary=True)
AGREED = Material("agreed", {"pipes": ("yes",)})
LICENCE = Material("licence", held_as="fact:credit_code")
PAPERS = (PLAN, DESIGN, AGREED, LICENCE)


def codes(found: tuple[Question, ...]) -> list[str]:
    return [one.code for one in found]


def needs(answers: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {one.material.code: one.need.value for one in wanted(ROAD, PAPERS, answers)}


def test_a_question_is_asked_once_the_earlier_answer_makes_it_matter() -> None:
    assert codes(asked(ROAD, {})) == ["what"]
    assert codes(asked(ROAD, {"what": ("occupy",)})) == ["what"]
    assert codes(asked(ROAD, {"what": ("dig",)})) == ["what", "pipes"]
    assert codes(asked(ROAD, {"what": ("dig",), "pipes": ("yes",)})) == ["what", "pipes", "whose"]


def test_an_answer_falls_away_when_an_earlier_one_changes_and_takes_with_it_what_hung_on_it() -> None:
    said = {"what": ("occupy",), "pipes": ("yes",), "whose": ("no",)}
    assert kept_answers(ROAD, said) == {"what": ("occupy",)}
    assert needs(said)["agreed"] == "not_needed"


def test_an_answer_that_is_not_offered_does_not_count() -> None:
    assert kept_answers(ROAD, {"what": ("fly",)}) == {}
    assert not all_answered(ROAD, {"what": ("fly",)})


def test_all_is_answered_when_every_question_asked_has_an_answer() -> None:
    assert all_answered(ROAD, {"what": ("occupy",)})
    assert not all_answered(ROAD, {"what": ("dig",)})
    assert all_answered((), {})


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({}, {"plan": "needed", "design": "open", "agreed": "open"}, id="nothing answered yet"),
        pytest.param(
            {"what": ("occupy",)},
            {"plan": "needed", "design": "not_needed", "agreed": "not_needed"},
            id="a question never asked needs nothing",
        ),
        pytest.param({"what": ("dig",)}, {"plan": "needed", "design": "needed", "agreed": "open"}, id="half answered"),
        pytest.param(
            {"what": ("dig",), "pipes": ("yes",)},
            {"plan": "needed", "design": "needed", "agreed": "needed"},
            id="everything",
        ),
    ],
)
def test_each_situation_needs_its_own_materials(
    answers: Mapping[str, tuple[str, ...]], expected: dict[str, str]
) -> None:
    assert {code: need for code, need in needs(answers).items() if code in expected} == expected


def test_several_conditions_hold_together_and_one_answer_of_several_suffices() -> None:
    assert need_under({"a": ("x", "y"), "b": ("z",)}, {"a": ("y",), "b": ("z",)}) is Need.NEEDED
    assert need_under({"a": ("x", "y"), "b": ("z",)}, {"a": ("y",), "b": ("q",)}) is Need.NOT_NEEDED
    assert need_under({"a": ("x",), "b": ("z",)}, {"b": ("z",)}) is Need.OPEN
    assert need_under({}, {}) is Need.NEEDED


def test_what_the_town_holds_is_not_asked_for_again() -> None:
    found = wanted(ROAD, PAPERS, {"what": ("occupy",)}, held={"fact:credit_code"})
    assert [one.material.code for one in found if one.to_bring] == ["plan"]
    assert [one.material.code for one in found if one.held] == ["licence"]


def test_a_one_time_notice_names_everything_that_is_lacking() -> None:
    found = wanted(ROAD, PAPERS, {"what": ("dig",), "pipes": ("yes",)}, held={"fact:credit_code"})
    assert [one.code for one in lacking(found, given={"plan"})] == ["design", "agreed"]
    assert lacking(found, given={"plan", "design", "agreed"}) == ()


def test_only_secondary_materials_may_come_later_and_only_against_a_promise() -> None:
    assert may_come_later([DESIGN], promised={"design"})
    assert not may_come_later([DESIGN], promised=set())
    assert not may_come_later([DESIGN, AGREED], promised={"design", "agreed"})
    assert may_come_later([Material("declared", by_promise=True)], promised={"declared"})
    assert may_come_later([], promised=set())


_ANSWER = st.sampled_from(["yes", "no", "occupy", "dig", "nonsense"])
_ANSWERS = st.dictionaries(st.sampled_from(["what", "pipes", "whose"]), st.tuples(_ANSWER))


@given(_ANSWERS)
def test_what_counts_counts_again(answers: dict[str, tuple[str, ...]]) -> None:
    kept = kept_answers(ROAD, answers)
    assert kept_answers(ROAD, kept) == kept
    assert set(kept) <= set(codes(asked(ROAD, answers)))
    assert wanted(ROAD, PAPERS, kept) == wanted(ROAD, PAPERS, answers)


@given(_ANSWERS)
def test_once_all_is_answered_nothing_is_open(answers: dict[str, tuple[str, ...]]) -> None:
    if all_answered(ROAD, answers):
        assert Need.OPEN not in {one.need for one in wanted(ROAD, PAPERS, answers)}


@given(_ANSWERS, st.sets(st.sampled_from(["fact:credit_code", "material:plan"])))
def test_holding_more_never_asks_for_more(answers: dict[str, tuple[str, ...]], held: set[str]) -> None:
    without = {one.material.code for one in wanted(ROAD, PAPERS, answers) if one.to_bring}
    with_held = {one.material.code for one in wanted(ROAD, PAPERS, answers, held) if one.to_bring}
    assert with_held <= without


@given(_ANSWERS, _ANSWER)
def test_a_further_answer_settles_and_never_reopens(answers: dict[str, tuple[str, ...]], more: str) -> None:
    said = kept_answers(ROAD, answers)
    for one in asked(ROAD, said):
        if one.code not in said:
            later = {one.code: (more,), **said}
            before = {each.material.code: each.need for each in wanted(ROAD, PAPERS, said)}
            after = {each.material.code: each.need for each in wanted(ROAD, PAPERS, later)}
            assert all(need is Need.OPEN or after[code] is need for code, need in before.items())
