"""Routing: the most precise rule wins, and every rule says why it won or lost."""

from __future__ import annotations

from datetime import date

import pytest

from jinli.domain.calendar import WorkCalendar
from jinli.domain.routing import Matter, Route, Rule, hours_at, route
from jinli.ui.words import has_words
from tests.domain.time.calendars import at, town_calendar

DAY = date(2026, 9, 24)
ANYTHING = Rule(code="any", body="command")
PIPES = Rule(code="pipes", class_prefix="P01", body="municipal")
COVER = Rule(code="cover", class_prefix="P0102", body="cover-team")
NIGHT = Rule(code="night", class_prefix="P01", hours="night", body="nightwatch")
EAST = Rule(code="east", place="east", body="committee")
WIDE = Rule(code="wide", place="cluster", class_prefix="P0102", body="cluster-team")


def matter(**more: object) -> Matter:
    known: dict[str, object] = {"places": ("east", "cluster"), "class_code": "P0102", "hours": "office", "day": DAY}
    return Matter(**{**known, **more})  # type: ignore[arg-type]


def reasons(found: Route) -> dict[str, str]:
    return {one.rule.code: one.code.rpartition(".")[2] for one in found.weighed}


@pytest.mark.parametrize(
    ("rules", "hours", "body", "why"),
    [
        pytest.param([ANYTHING, PIPES], "office", "municipal", {"any": "wider_class"}, id="a class beats any class"),
        pytest.param([PIPES, COVER], "office", "cover-team", {"pipes": "wider_class"}, id="the longer class wins"),
        pytest.param([PIPES, NIGHT], "night", "nightwatch", {"pipes": "wider_hours"}, id="named hours win"),
        pytest.param([PIPES, NIGHT], "office", "municipal", {"night": "other_hours"}, id="by day the night rule loses"),
        pytest.param([EAST, COVER], "office", "committee", {"cover": "wider_place"}, id="the place comes first"),
        pytest.param([EAST, WIDE], "office", "committee", {"wide": "wider_place"}, id="the nearer place wins"),
        pytest.param([WIDE, COVER], "office", "cluster-team", {"cover": "wider_place"}, id="a wider place is a place"),
    ],
)
def test_the_most_precise_rule_wins(rules: list[Rule], hours: str, body: str, why: dict[str, str]) -> None:
    for order in (rules, rules[::-1]):
        found = route(order, matter(hours=hours))
        assert found.body == body
        assert {**reasons(found), **why} == reasons(found)
        assert reasons(found)[found.rule.code if found.rule else ""] == "won"


def test_of_two_equal_rules_the_newer_wins_and_the_other_says_so() -> None:
    newer = Rule(code="z", class_prefix="P01", body="new", valid_from=date(2026, 1, 1))
    found = route([PIPES, newer], matter())
    assert (found.body, reasons(found)) == ("new", {"z": "won", "pipes": "older"})


@pytest.mark.parametrize(
    ("rule", "given", "why"),
    [
        (Rule(code="r", body="b", valid_to=date(2026, 9, 23)), {}, "not_in_force"),
        (Rule(code="r", body="b", valid_from=date(2026, 9, 25)), {}, "not_in_force"),
        (Rule(code="r", body="b", place="west"), {}, "other_place"),
        (Rule(code="r", body="b", place="west"), {"places": ()}, "place_unknown"),
        (Rule(code="r", body="b", class_prefix="E"), {}, "other_class"),
        (Rule(code="r", body="b", hours="night"), {"hours": ""}, "hours_unknown"),
    ],
)
def test_a_rule_that_does_not_fit_says_why_and_nobody_is_guessed(
    rule: Rule, given: dict[str, object], why: str
) -> None:
    found = route([rule], matter(**given))
    assert found.body is None
    assert reasons(found) == {"r": why}


def test_the_first_and_the_last_day_of_a_rule_count() -> None:
    assert route([Rule(code="r", body="b", valid_from=DAY, valid_to=DAY)], matter()).body == "b"


def test_every_reason_has_words() -> None:
    rules = [ANYTHING, PIPES, COVER, NIGHT, EAST, WIDE]
    codes = {one.code for one in route(rules, matter()).weighed}
    assert all(has_words(code) for code in codes | {"domain.routing.none"})


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        pytest.param("2026-09-24 08:30", "office", id="the doors open"),
        pytest.param("2026-09-24 12:00", "night", id="the doors close"),
        pytest.param("2026-09-24 17:50", "night", id="after hours"),
        pytest.param("2026-09-25 10:00", "night", id="a holiday"),
        pytest.param("2026-09-20 10:00", "office", id="a make-up Sunday"),
        pytest.param("2026-09-19 10:00", "night", id="a Saturday"),
    ],
)
def test_office_hours_are_those_of_the_calendar_and_all_else_is_outside(moment: str, hours: str) -> None:
    assert hours_at(at(moment), town_calendar()) == hours


def test_without_office_hours_on_file_nobody_knows_which_it_is() -> None:
    assert hours_at(at("2026-09-24 10:00"), WorkCalendar([])) == ""
