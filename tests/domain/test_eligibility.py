"""The table of conditions explains itself and never refuses by itself."""

from __future__ import annotations

from datetime import date

import pytest

from jinli.domain.eligibility import Condition, Outcome, Unknown, Verdict, eligibility, values_with, whole_months


def condition(code: str, compare: str, threshold: str = "", value: str = "") -> Condition:
    return Condition(code=code, label=code, value=value or code, compare=compare, threshold=threshold)


REGISTERED = condition("registered", "at_least", "6", "months_since.registered_on")
INSURED = condition("insured", "at_least", "3")
FIRST = condition("first", "yes")
HERE = condition("here", "one_of", "金利;Jinli")


def test_all_lines_met_propose_yes() -> None:
    table = eligibility([INSURED, FIRST, HERE], {"insured": "3", "first": "yes", "here": "金利"})
    assert table.outcome is Outcome.YES
    assert table.met == 3


def test_three_of_four_names_the_line_that_is_not_met() -> None:
    table = eligibility(
        [REGISTERED, INSURED, FIRST, HERE],
        {"months_since.registered_on": "7", "insured": "2", "first": "是", "here": "Jinli"},
    )
    assert (table.met, len(table.lines), table.outcome) == (3, 4, Outcome.NO)
    (open_line,) = table.open_lines
    assert (open_line.value, open_line.condition.threshold) == ("2", "3")


def test_a_threshold_the_office_has_not_set_leaves_the_table_to_a_person() -> None:
    table = eligibility([condition("area", "at_most"), FIRST], {"area": "80", "first": "no"})
    assert table.lines[0].verdict is Verdict.UNKNOWN
    assert table.lines[0].why is Unknown.NO_THRESHOLD
    assert table.outcome is Outcome.PERSON, "one unknown line is enough, even beside one that is not met"


def test_a_value_nobody_knows_is_unknown_and_not_refused() -> None:
    table = eligibility([INSURED], {})
    assert (table.lines[0].verdict, table.lines[0].why) == (Verdict.UNKNOWN, Unknown.NO_VALUE)
    assert table.outcome is Outcome.PERSON


def test_without_conditions_a_person_decides() -> None:
    assert eligibility([], {"insured": "3"}).outcome is Outcome.PERSON


@pytest.mark.parametrize(
    ("compare", "threshold", "value", "verdict"),
    [
        pytest.param("at_least", "3", "3", Verdict.MET, id="the threshold itself is enough"),
        pytest.param("at_most", "1,000", "999.99", Verdict.MET, id="separators are read over"),
        pytest.param("at_most", "2026-01-01", "2026-01-02", Verdict.NOT_MET, id="days compare as days"),
        pytest.param("equals", "3.0", "3", Verdict.MET, id="numbers equal as numbers"),
        pytest.param("no", "", "yes", Verdict.NOT_MET, id="a no is wanted"),
        pytest.param("at_least", "3", "three", Verdict.UNKNOWN, id="what cannot be read is unknown"),
        pytest.param("yes", "", "perhaps", Verdict.UNKNOWN, id="neither yes nor no is unknown"),
    ],
)
def test_comparisons(compare: str, threshold: str, value: str, verdict: Verdict) -> None:
    assert eligibility([condition("x", compare, threshold)], {"x": value}).lines[0].verdict is verdict


def test_months_are_counted_from_the_form_to_the_day_of_the_application() -> None:
    values = values_with({"registered_on": "2026-03-25", "first": True}, [REGISTERED], date(2026, 9, 24))
    assert (values["months_since.registered_on"], values["first"]) == ("5", "yes")
    assert whole_months(date(2026, 3, 25), date(2026, 9, 25)) == 6


def test_a_day_in_the_future_gives_no_months() -> None:
    assert "months_since.registered_on" not in values_with(
        {"registered_on": "2027-01-01"}, [REGISTERED], date(2026, 9, 1)
    )
