"""Open a page at a moment, and count what it asks of the database."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.counting import statements_of

#: Session and sign-in are counted apart.
_APART = ("django_session", '"town_person"."password"', '"town_appointment"."deputy_for_id"')


def html(browser: Client, url: str, when: str, status: int = 200) -> str:
    """Return a page as text."""
    with frozen_at(at(when)):
        answer = browser.get(url)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def statements(browser: Client, url: str, when: str) -> int:
    """Return how many statements a page takes, warm, without session and sign-in."""
    html(browser, url, when)
    with CaptureQueriesContext(connection) as caught:
        html(browser, url, when)
    return sum(not any(one in sql for one in _APART) for sql in statements_of(caught))
