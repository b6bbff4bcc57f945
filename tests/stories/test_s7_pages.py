"""S7 on pages. Queue, list of cases and board work over the tickets of another city in its own zone and time.

The counts are made here from the file alone, and the pages must say the same.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from jinli.exchange.tickets import Ticket, import_tickets, read_tickets
from jinli.town.models import Appointment, Division, Duty, Organisation, Person
from jinli.town.moment import frozen_at
from tests.stories.test_s7_tickets import AS_OF, MADE, ZONE, city  # noqa: F401

MARCH = (datetime(2015, 3, 1, tzinfo=ZONE), datetime(2015, 4, 1, tzinfo=ZONE))


@dataclass(frozen=True, kw_only=True)
class Told:
    """One row of the file as a reader would judge it by hand."""

    number: str
    body: str
    due: datetime
    closed: datetime | None
    has_target: bool

    @property
    def late(self) -> bool:
        return (self.closed or AS_OF) >= self.due


def by_hand() -> list[Told]:
    """Return the rows of the file; done within the second of the target is in time, no target means twelve months."""

    def at(text: str) -> datetime | None:
        return datetime.fromisoformat(text).replace(tzinfo=ZONE) if text else None

    found = []
    with MADE.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            opened, target = at(row["OPEN_DT"]), at(row["TARGET_DT"])
            assert opened is not None
            due = target + timedelta(seconds=1) if target else opened.replace(year=opened.year + 1)
            told = Told(
                number=row["CASE_ENQUIRY_ID"],
                body=row["Department"],
                due=due,
                closed=at(row["CLOSED_DT"]),
                has_target=target is not None,
            )
            found.append(told)
    return found


def appointed(organisation: Organisation, role: str) -> Client:
    """Return the browser of somebody appointed there, signed in."""
    duty = Duty.objects.create(organisation=organisation, code=role, title=role, role=role)
    person = Person.objects.create(username=f"{organisation.code}-{role}"[:60], name=role)
    Appointment.objects.create(person=person, duty=duty, hat="own", in_name_of=organisation)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def imported(city: Division) -> Division:  # noqa: F811
    tickets = [row for row in read_tickets(MADE, city.zone) if isinstance(row, Ticket)]
    assert not [
        one for part in import_tickets(city, iter(tickets), source="city311", until=AS_OF) for one in part.refused
    ]
    return city


@pytest.fixture
def readers(imported: Division) -> dict[str, Client]:
    """Return the browsers of the command centre and of an auditor of that city."""
    centre = Organisation.objects.create(division=imported, code="centre", name="Centre", kind="office")
    return {role: appointed(centre, role) for role in ("command_centre", "auditor")}


def get(client: Client, url: str) -> Any:
    with frozen_at(AS_OF):
        answer = client.get(url)
        assert answer.status_code == 200, url
        return answer


def total(client: Client, part: str, *, month: bool = False) -> int:
    """Return how long the list behind a number of the board is."""
    query = {"part": part, "as_of": AS_OF.isoformat()}
    if month:
        query |= {"from": MARCH[0].isoformat(), "to": MARCH[1].isoformat()}
    answer = get(client, f"/board/list/?{urlencode(query)}")
    page = answer.context["page"]
    assert answer.content.decode().count('class="list-row"') == page.total
    return int(page.total)


@pytest.mark.parametrize("body", ["WORKS", "PROP", "PARK", "LIGHT"])
def test_the_queue_of_a_body_holds_what_it_has_open_and_nothing_else(imported: Division, body: str) -> None:
    mine = [one for one in by_hand() if one.body == body and one.closed is None]
    organisation = Organisation.objects.get(division=imported, code=f"imported-{body.lower()}")
    answer = get(appointed(organisation, "department_officer"), "/queue/")
    groups = answer.context["page"].groups
    assert sum(len(group.rows) for group in groups) == len(mine)
    late = [row for group in groups if group.code == "late" for row in group.rows]
    assert len(late) == sum(one.late for one in mine)


def test_the_list_of_cases_shows_every_ticket_and_where_it_is_kept(readers: dict[str, Client]) -> None:
    for client in readers.values():
        page = get(client, "/cases/").context["page"]
        assert len(page.rows) == len(by_hand())
        assert all(row.mirror for row in page.rows)
        still = get(client, "/cases/?phase=open").context["page"]
        assert len(still.rows) == sum(one.closed is None for one in by_hand())


def test_the_board_counts_what_stands_open_as_one_counts_it_by_hand(readers: dict[str, Client]) -> None:
    still = [one for one in by_hand() if one.closed is None]
    for client in readers.values():
        page = get(client, "/board/").context["page"]
        assert page.villages.open.count == total(client, "open") == len(still)
        assert page.villages.late.count == total(client, "late") == sum(one.late for one in still)
        assert "1月12日" in page.now_text  # it is the 13th already in UTC
        assert "23:00" in page.now_text


@pytest.mark.parametrize(
    ("part", "counts"),
    [
        (
            "kept",
            lambda one: (
                one.has_target and not one.late and one.closed is not None and MARCH[0] <= one.closed < MARCH[1]
            ),
        ),
        ("done_late", lambda one: one.closed is not None and one.late and MARCH[0] < one.due <= MARCH[1]),
        ("open_late", lambda one: one.closed is None and one.late and MARCH[0] < one.due <= MARCH[1]),
    ],
)
def test_the_on_time_lists_of_a_month_are_as_long_as_counted_by_hand(
    readers: dict[str, Client], part: str, counts: Callable[[Told], bool]
) -> None:
    expected = sum(counts(one) for one in by_hand())
    for client in readers.values():
        assert total(client, f"on_time.{part}", month=True) == expected
    assert {"kept": 2, "done_late": 3, "open_late": 0}[part] == expected


def test_the_page_of_a_ticket_opens_and_names_the_other_system(readers: dict[str, Client]) -> None:
    rows = get(readers["command_centre"], "/cases/?phase=open").context["page"].rows
    for row in rows:
        assert "city311" in get(readers["command_centre"], row.url).content.decode()
