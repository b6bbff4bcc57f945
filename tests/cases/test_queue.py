"""The queue: what my body owes, by due moment, at a cost that does not follow what is kept."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.town.moment import frozen_at
from tests.cases.staff import COVER, Staff, at, staffed

NOW = "2026-09-28 10:05"


@pytest.fixture
def staff(db: None) -> Staff:
    return staffed()


def page(browser: Client, url: str = "/queue/", now: str = NOW) -> str:
    with frozen_at(at(now)):
        answer = browser.get(url)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def statements(browser: Client, url: str, now: str = NOW) -> int:
    """Return SELECT, INSERT, UPDATE and DELETE of a page, without session and sign-in."""
    page(browser, url, now)
    with CaptureQueriesContext(connection) as caught:
        page(browser, url, now)
    own = [one["sql"] for one in caught.captured_queries]
    apart = ("django_session", '"town_person"."password"', '"town_appointment"."deputy_for_id"')
    words = ("SELECT", "INSERT", "UPDATE", "DELETE")
    return sum(sql.lstrip().upper().startswith(words) and not any(one in sql for one in apart) for sql in own)


def test_promises_stand_in_groups_by_due_moment_with_what_is_left(staff: Staff) -> None:
    staff.filed("2026-09-23 09:00", terms=COVER, title="垃圾围堆")
    staff.filed("2026-09-28 09:30", title="沟槽盖板")
    shown = page(staff.client("grid"))
    assert "已逾期 1 件" in shown
    assert "9月23日 周三 11:00" in shown
    assert "以后 1 件" in shown
    assert shown.index("垃圾围堆") < shown.index("沟槽盖板")
