"""Who sees which cases: one's own part, and never another town's."""

from __future__ import annotations

from jinli.cases.selectors import visible_cases
from jinli.town.acting import Acting
from tests.cases.staff import Staff, staffed
from tests.shared import shared


@shared
def staff() -> Staff:
    return staffed()


def seen(acting: Acting) -> set[str]:
    return set(visible_cases(acting).values_list("number", flat=True))


def test_command_centre_town_head_and_auditor_see_all_of_the_town(staff: Staff) -> None:
    report, whistle = staff.whistle()
    auditor = staff.small.acting("auditor", "government", "auditor")
    for acting in (staff.small.command, staff.small.head, auditor):
        assert seen(acting) == {report.number, whistle.number}


def test_a_department_sees_what_it_was_given_a_part_of(staff: Staff) -> None:
    _, whistle = staff.whistle()
    assert seen(staff.small.water) == {whistle.number}
    staff.open("2026-09-18 12:00")
    assert seen(staff.small.water) == {whistle.number}


def test_arbitration_sees_a_case_from_the_refusal_on_and_after_the_decision(staff: Staff) -> None:
    _, whistle = staff.whistle()
    assert seen(staff.small.arbiter) == set()
    given = {"reason": "不归水利", "legal_basis": "水污染防治法第九条"}
    staff.move("2026-09-18 11:58", whistle, "refuse", staff.small.water, track="a2", given=given)
    assert seen(staff.small.arbiter) == {whistle.number}
    staff.move("2026-09-18 15:00", whistle, "overrule", staff.small.arbiter, track="a2", given=given)
    assert seen(staff.small.arbiter) == {whistle.number}


def test_a_grid_worker_sees_what_the_village_handles_its_places_and_what_waits_to_be_verified(staff: Staff) -> None:
    here = staff.open("2026-09-24 09:00")
    elsewhere = staff.filed("2026-09-24 09:00", "command", place=None)
    handled = staff.filed("2026-09-24 09:00", "village", place=None)
    assert seen(staff.small.grid) == {here.number, handled.number}
    staff.move("2026-09-24 10:00", elsewhere, "solve", staff.small.command, given={"result": "已补"})
    assert seen(staff.small.grid) == {here.number, handled.number, elsewhere.number}


def test_an_administrator_sees_no_case(staff: Staff) -> None:
    staff.open("2026-09-24 09:00")
    assert seen(staff.small.acting("administrator", "government", "administrator")) == set()


def test_nobody_sees_a_case_of_another_town(staff: Staff) -> None:
    other = staffed("990202001")
    report, whistle = other.whistle()
    mine, _ = staff.whistle()
    for acting in (staff.small.command, staff.small.head, staff.small.water, staff.small.grid, staff.small.arbiter):
        assert not visible_cases(acting).filter(pk__in=[report.pk, whistle.pk]).exists()
    assert mine.number in seen(staff.small.command)
