"""Reading the yearly files, and knowing which promises a new paper touches."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jinli.domain.calendar import CalendarEdition, changed_days, parse_calendar
from jinli.domain.deadlines import due_at, span_meets
from jinli.domain.errors import InvalidInputError
from tests.domain.time.calendars import at, calendar_with_2027, edition, limit, town_calendar

CALENDAR = town_calendar()


def test_a_file_with_papers_is_published_and_one_without_is_not() -> None:
    assert edition(2026).published
    assert edition(2026).off[date(2026, 10, 1)] == "国庆节"
    assert edition(2026).make_up[date(2026, 10, 10)] == "国庆节"
    assert not edition(2027).published


def test_an_unpublished_edition_counts_as_plain_weekdays_even_if_it_names_days() -> None:
    draft = CalendarEdition(year=2027, edition=2, published=False, paper="", off={date(2027, 1, 1): "元旦"}, make_up={})
    from jinli.domain.calendar import WorkCalendar

    assert WorkCalendar([draft]).is_working(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("found", "field"),
    [
        ({"papers": [], "days": []}, "year"),
        ({"year": True}, "year"),
        ({"year": 2026, "papers": "one"}, "papers"),
        ({"year": 2026, "days": {}}, "days"),
        ({"year": 2026, "days": [{"name": "元旦", "date": "2026-13-01", "isOffDay": True}]}, "days[0]"),
        ({"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01"}]}, "days[0]"),
        ({"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": "yes"}]}, "days[0]"),
        ({"year": 2026, "days": ["2026-01-01"]}, "days[0]"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_naming_the_field(found: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError, match=r"domain\.time\.calendar_file") as refused:
        parse_calendar(found)
    assert refused.value.facts["field"] == field


def test_a_day_named_twice_or_far_from_its_year_is_refused() -> None:
    twice = [{"name": "元旦", "date": "2026-01-01", "isOffDay": off} for off in (True, False)]
    with pytest.raises(InvalidInputError, match=r"domain\.time\.calendar_twice"):
        parse_calendar({"year": 2026, "days": twice})
    far = [{"name": "元旦", "date": "2024-01-01", "isOffDay": True}]
    with pytest.raises(InvalidInputError, match=r"domain\.time\.calendar_year"):
        parse_calendar({"year": 2026, "days": far})


def test_a_new_paper_touches_only_promises_whose_span_meets_a_changed_day() -> None:
    after = calendar_with_2027(off=("2027-01-01",), make_up=("2026-12-27",))
    changed = changed_days(CALENDAR, after, year=2027)
    assert changed == {date(2027, 1, 1), date(2026, 12, 27)}
    promise = limit(10, "working_day")
    for start, meets in (("2026-12-24 10:00", True), ("2026-12-01 10:00", False), ("2027-01-04 10:00", False)):
        due = due_at(at(start), promise, CALENDAR)
        assert span_meets(changed, at(start), due, CALENDAR) is meets
        assert (due_at(at(start), promise, after).at != due.at) <= meets
