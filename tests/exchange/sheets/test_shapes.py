"""Values in the shape that another system wants: moments by example, last days, codes that are never guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from jinli.exchange.shapes import NO_CODE, Found, date_text, shaped
from jinli.packs.prescribed import DATES, FieldRow
from tests.cases.small import at

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("style", DATES)
def test_a_date_style_is_written_as_its_own_example(style: str) -> None:
    assert date_text(at("2026-09-24 17:50"), style, ZONE) == style


def test_a_moment_is_written_in_the_time_of_the_town() -> None:
    assert date_text(datetime(2026, 9, 24, 17, 50, tzinfo=UTC), "2026-09-24 17:50", ZONE) == "2026-09-25 01:50"


@pytest.mark.parametrize(
    ("due", "style", "written"),
    [
        pytest.param("2026-10-09 00:00", "2026-09-24", "2026-10-08", id="a day ends on its own date"),
        pytest.param("2026-10-09 00:00", "2026-09-24 17:50", "2026-10-08 23:59", id="no 24:00 in other systems"),
        pytest.param("2026-10-09 00:00", "2026-09-24 17:50:00", "2026-10-08 23:59:59", id="the last second"),
        pytest.param("2026-10-08 15:10", "2026-09-24 17:50", "2026-10-08 15:10", id="hours stay as they are"),
    ],
)
def test_a_due_moment_shows_the_last_day(due: str, style: str, written: str) -> None:
    field = FieldRow(label="时限", value="due_at", date=style)
    assert shaped(Found(at=at(due)), field, ZONE).text == written


def test_midnight_is_a_moment_like_any_other_when_something_was_opened() -> None:
    field = FieldRow(label="时间", value="opened_at", date="2026-09-24 17:50")
    assert shaped(Found(at=at("2026-10-09 00:00")), field, ZONE).text == "2026-10-09 00:00"


def test_our_codes_become_theirs_and_what_is_not_named_has_no_value() -> None:
    field = FieldRow(label="来源", value="channel", codes={"public": "01"})
    assert shaped(Found(text="居民网页", code="public"), field, ZONE).text == "01"
    other = shaped(Found(text="电话", code="telephone"), field, ZONE)
    assert (other.text, other.why, other.covered) == (None, NO_CODE, "电话")
    rest = FieldRow(label="来源", value="channel", codes={"public": "01", "其余": "99"})
    assert shaped(Found(text="电话", code="telephone"), rest, ZONE).text == "99"


def test_what_no_source_gives_stays_without_value_whatever_the_codes() -> None:
    field = FieldRow(label="村", value="place_name", codes={"其余": "99"})
    assert shaped(Found(), field, ZONE).text is None
