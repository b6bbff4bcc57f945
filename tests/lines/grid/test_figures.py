"""What the grid line counts: contacts, call-backs, ratings, whistles, and what it leaves out."""

from __future__ import annotations

import pytest
from django.apps import apps

from jinli.cases.figures import Asked, counts, listed, month_of
from jinli.cases.models import Case
from jinli.cases.services import OpenCase, open_case
from jinli.lines.grid.figures import FIGURES, PARTS
from jinli.lines.grid.services import whistles
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.grid.whistling import Whistling, whistling
from tests.shared import shared


@shared
def town() -> Whistling:
    return whistling()


def figure(town: Whistling, code: str, when: str) -> dict[str, int]:
    """Return the counts of a figure for the month of a moment; each is as long as its list."""
    as_of = at(when)
    start, end = month_of(town.small.town, as_of)
    asked = {
        name.removeprefix(f"{code}."): Asked(part=name, as_of=as_of, start=start, end=end)
        for name in PARTS
        if name.startswith(f"{code}.") or name == code
    }
    found = counts(asked, town.small.town, PARTS)
    assert found == {name: len(listed(one, town.small.town, PARTS)) for name, one in asked.items()}
    return found


def anonymous(town: Whistling, when: str) -> Case:
    spec = OpenCase(
        type_code="grid_report", title="没留电话", channel="public", facts={"anonymous": True},
        bodies={"owner": "command", "handler": "command", "leader": "government"}, private={"text": "河边白水"},
    )  # fmt: skip
    with frozen_at(at(when)):
        made = open_case(acting=town.reporter, town=town.small.town, spec=spec)
    return Case.objects.select_related("town", "place").get(pk=made.id)


def called_back(town: Whistling, answer: str, *, rating: int = 0) -> Case:
    report = town.report("2026-09-07 09:00")
    town.file("2026-09-07 09:10", report)
    town.move("2026-09-07 11:00", report, "solve", town.small.command, given={"result": "清理"})
    town.move("2026-09-07 14:45", report, "verify_passed", town.small.grid)
    town.move("2026-09-07 15:30", report, "call_back", town.small.command, given={"answer": answer})
    if rating:
        town.move("2026-09-07 16:00", report, "rate", town.reporter, given={"rating": rating})
    return report


def test_a_contact_that_is_overdue_counts_against_the_response_before_anybody_looked(town: Whistling) -> None:
    town.sent("2026-09-18 11:40")  # two departments, 24 hours each, day and night
    assert figure(town, "response", "2026-09-19 11:39")["total"] == 0
    found = figure(town, "response", "2026-09-19 11:40")
    assert (found["contacted"], found["total"]) == (0, 2)


def test_a_department_that_contacted_in_time_responded(town: Whistling) -> None:
    whistle = town.sent("2026-09-18 11:40")
    town.act("2026-09-18 14:50", whistle, "a1", whistles.sign_in, town.small.ecology)
    town.act("2026-09-18 16:05", whistle, "a1", whistles.contact, town.small.ecology, note="已联系")
    found = figure(town, "response", "2026-09-19 12:00")
    assert (found["contacted"], found["total"]) == (1, 2)


def test_nobody_is_blamed_for_not_calling_a_report_without_a_telephone(town: Whistling) -> None:
    report = anonymous(town, "2026-09-07 09:00")
    town.file("2026-09-07 09:10", report)
    whistle = town.blow("2026-09-07 09:20", report, assisting=())
    town.approve("2026-09-07 09:30", whistle)
    town.dispatch("2026-09-07 09:40", whistle, assisting=[])
    found = figure(town, "response", "2026-09-08 12:00")
    assert (found["total"], found["no_telephone"]) == (0, 1)  # the contact of the department, overdue
    town.act("2026-09-08 14:40", whistle, "a1", whistles.sign_in, town.small.ecology)
    town.act("2026-09-08 15:00", whistle, "a1", whistles.report, town.small.ecology, result="已封堵")
    town.move("2026-09-08 16:00", whistle, "verify_passed", town.small.grid, given={"result": "水清"})
    assert figure(town, "response", "2026-09-09 09:00") == {
        "contacted": 0, "total": 0, "no_telephone": 2, "exited": 0,
    }  # fmt: skip
    assert figure(town, "resolution", "2026-09-09 09:00")["no_telephone"] == 1


@pytest.mark.parametrize(
    ("answer", "solved", "total", "unreached"),
    [
        ("solved", 1, 1, 0), ("satisfied", 1, 1, 0), ("unsolved", 0, 1, 0), ("unreachable", 0, 0, 1),
        ("unreached", 0, 0, 1),
    ],
)  # fmt: skip
def test_resolution_is_what_the_reporter_says_among_those_that_were_reached(
    town: Whistling, answer: str, solved: int, total: int, unreached: int
) -> None:
    called_back(town, answer)
    found = figure(town, "resolution", "2026-09-30 12:00")
    assert (found["solved"], found["total"], found["unreached"]) == (solved, total, unreached)


@pytest.mark.parametrize(("rating", "satisfied"), [(5, 1), (3, 1), (2, 0)])
def test_three_of_five_is_satisfied(town: Whistling, rating: int, satisfied: int) -> None:
    called_back(town, "solved", rating=rating)
    found = figure(town, "satisfaction", "2026-09-30 12:00")
    assert (found["satisfied"], found["total"], found["not_rated"]) == (satisfied, 1, 0)


def test_a_town_may_ask_for_more_than_three(town: Whistling) -> None:
    called_back(town, "solved", rating=3)
    town.small.town.settings = {**town.small.town.settings, "satisfied_from": 4}
    assert figure(town, "satisfaction", "2026-09-30 12:00")["satisfied"] == 0


def test_reached_and_not_rated_is_counted_as_left_out(town: Whistling) -> None:
    called_back(town, "solved")
    called_back(town, "unreachable")
    assert figure(town, "satisfaction", "2026-09-30 12:00") == {"satisfied": 0, "total": 0, "not_rated": 1}


def test_two_whistles_for_one_report_count_once(town: Whistling) -> None:
    report = town.report("2026-09-18 08:40")
    town.file("2026-09-18 08:50", report)
    whistle = town.blow("2026-09-18 09:20", report)
    town.move("2026-09-18 09:30", whistle, "withdraw", town.small.command, given={"reason": "先自己看"})
    town.blow("2026-09-18 10:00", report)
    found = figure(town, "whistle", "2026-09-30 12:00")
    assert (found["whistled"], found["total"]) == (1, 1)
    assert figure(town, "whistle", "2026-10-01 00:00") == {"whistled": 0, "total": 0, "exited": 0}


def test_an_exit_counts_as_not_ours_only_when_it_says_so(town: Whistling) -> None:
    for kind in ("outside_duties", "emergency"):
        report = town.report("2026-09-07 09:00")
        given = {"exit": kind, "reason": "不属于镇的职责", "reply": "请找主管部门"}
        town.move("2026-09-07 09:10", report, "exit", town.small.command, given=given)
    assert figure(town, "outside", "2026-09-30 12:00") == {"outside": 1}
    assert figure(town, "response", "2026-09-30 12:00")["exited"] == 2


def test_a_whistle_is_in_the_air_from_the_asking_until_it_is_verified_or_withdrawn(town: Whistling) -> None:
    whistle = town.sent("2026-09-18 11:40")
    assert figure(town, "whistles", "2026-09-18 09:19")["whistles"] == 0
    assert figure(town, "whistles", "2026-09-18 09:20") == {"whistles": 1, "unsigned": 0, "refused": 0}
    assert figure(town, "whistles", "2026-09-18 11:40")["unsigned"] == 1
    town.move("2026-09-18 15:00", whistle, "withdraw", town.small.command, given={"reason": "已解决"})
    assert figure(town, "whistles", "2026-09-18 15:00")["whistles"] == 0
    assert figure(town, "whistles", "2026-09-18 14:59")["whistles"] == 1  # a look back


def test_the_line_names_the_figures_it_publishes() -> None:
    assert apps.get_app_config("grid").figure_names == FIGURES  # type: ignore[attr-defined]
