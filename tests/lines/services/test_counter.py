"""The counter: numbers without names, and an application that is the same case as one made online."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Case, Entry, EntryPayload
from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.lines.services.models import Draft, Ticket
from jinli.lines.services.services.drafting import code_of
from jinli.lines.services.services.queueing import call_next, end_ticket, issue_ticket
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.counting import statements_of
from tests.lines.services.town import CARD, CREDIT, ID, TYPED, build_services, clerk, hidden, signed_in
from tests.shared import shared

NOW = at("2026-09-28 10:05")


@shared
def small() -> Small:
    return build_services()


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    cache.clear()
    with frozen_at(NOW):
        yield


def issue(small: Small, times: int = 1) -> None:
    for _ in range(times):
        issue_ticket(acting=clerk(small), town=small.town)


def test_numbers_follow_each_other_and_begin_anew_each_day(small: Small) -> None:
    issue(small, 2)
    with frozen_at(at("2026-09-29 08:30")):
        issue(small)
    assert list(Ticket.objects.order_by("issued_at").values_list("number", flat=True)) == [1, 2, 1]


def test_two_windows_call_two_numbers(small: Small) -> None:
    issue(small, 3)
    first = call_next(acting=clerk(small), town=small.town, window="1")
    second = call_next(acting=clerk(small, "clerk2"), town=small.town, window="2")
    assert first is not None
    assert second is not None
    assert (first.number, second.number) == (1, 2)


def test_nobody_waiting_is_nobody_called(small: Small) -> None:
    assert call_next(acting=clerk(small), town=small.town, window="1") is None
    with pytest.raises(InvalidInputError, match="window_missing"):
        call_next(acting=clerk(small), town=small.town, window=" ")


def test_what_was_noted_once_is_not_noted_again(small: Small) -> None:
    issue(small)
    call_next(acting=clerk(small), town=small.town, window="1")
    end_ticket(acting=clerk(small), town=small.town, number=1, state="no_show")
    with pytest.raises(ConflictError, match="not_called"):
        end_ticket(acting=clerk(small), town=small.town, number=1, state="done")


def test_only_a_window_clerk_of_the_town_gives_out_numbers(small: Small) -> None:
    with pytest.raises(RefusedError):
        issue_ticket(acting=small.command, town=small.town)
    assert signed_in(small, "command").get("/counter/").status_code in (302, 403)


def test_a_ticket_holds_nothing_of_a_person_and_nothing_of_a_clerk() -> None:
    assert {one.name for one in Ticket._meta.get_fields()} == {
        "id", "town", "day", "number", "matter", "state", "window", "issued_at", "called_at", "ended_at",
    }  # fmt: skip


def test_the_pages_of_the_queue_work_without_a_script(small: Small) -> None:
    client = signed_in(small)
    page = client.post("/counter/kiosk/", {"matter": ""}).content.decode()
    assert "你的号" in page
    client.post("/counter/call/", {"window": "3"})
    shown = Client().get(f"/t/{small.town.code}/counter/display/").content.decode()
    assert "请到 3 号窗口" in shown
    client.post("/counter/end/", {"number": "1", "state": "done"})
    assert Ticket.objects.get().state == "done"
    assert "请到 3 号窗口" not in Client().get(f"/t/{small.town.code}/counter/display/").content.decode()


@pytest.mark.parametrize("rows", [2, 30])
def test_the_display_costs_the_same_however_many_wait(small: Small, rows: int) -> None:
    issue(small, rows)
    client = Client()
    url = f"/t/{small.town.code}/counter/display/"
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    assert len(statements_of(caught)) <= 6


def start(code: str = "rent-subsidy") -> str:
    return f"/counter/start/{code}/"


def take_in(client: Client, who: dict[str, Any], typed: dict[str, Any], code: str = "rent-subsidy") -> str:
    answer = client.post(start(code), who)
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(f"{start(code)}fill/")
    answer = client.post(f"{start(code)}fill/", {"version": hidden(page, "version"), "do": "next", **typed})
    assert answer.status_code == 302, answer.content.decode()
    answer = client.post(f"{start(code)}check/")
    assert answer["Location"] == "/counter/receipt/", answer.content.decode()
    return client.get("/counter/receipt/").content.decode()


WHO = {
    "kind": "person",
    "name": "安某（演示）",
    "id_number": ID,
    "telephone": "13800000426",
    "situation-home": "rented",
}


def test_a_clerk_takes_in_what_is_only_taken_at_the_counter(small: Small) -> None:
    client = signed_in(small)
    firm = {"name": "某五金厂（演示）", "id_number": CREDIT, "telephone": "0758-1234567"}
    page = take_in(client, firm, {"credit_code": CREDIT, "area": "85.5", "shown-plan": "on"}, "shop-licence")
    case = Case.objects.get()
    assert case.number in page
    body = json.loads(Entry.objects.get(case=case, seq=1).body)
    assert (body["channel"], body["actor"]["body"], body["facts"]["materials"]) == (
        "counter", "hall", {"plan": "given"},
    )  # fmt: skip


def test_the_same_card_is_the_same_party_and_is_not_asked_again(small: Small) -> None:
    client = signed_in(small)
    take_in(client, WHO, TYPED)
    client.post(start(), WHO)
    page = client.get(f"{start()}fill/").content.decode()
    assert "6222***********0128" in page
    assert CARD not in page
    take_in(client, WHO, {"moved_on": "2026-03-01", "rent": "950"})
    assert Case.objects.values("reporter").distinct().count() == 1


def test_a_number_without_the_name_beside_it_recognises_nobody(small: Small) -> None:
    client = signed_in(small)
    take_in(client, WHO, TYPED)
    take_in(client, {**WHO, "name": "另一人"}, TYPED)
    assert Case.objects.values("reporter").distinct().count() == 2


def test_a_draft_begun_online_is_gone_on_with_at_the_counter(small: Small) -> None:
    online = Client()
    url = f"/t/{small.town.code}/services/rent-subsidy/apply/"
    online.post(url, {name: value for name, value in WHO.items() if name != "id_number"})
    page = online.get(f"{url}fill/")
    online.post(f"{url}fill/", {"version": hidden(page, "version"), "do": "later", **TYPED})
    client = signed_in(small)
    answer = client.post("/counter/resume/", {"resume-draft": code_of(Draft.objects.get().pk)})
    assert answer["Location"] == start()
    assert "安某（演示）" in client.get(start()).content.decode()
    take_in(client, WHO, TYPED)
    case = Case.objects.get()
    assert json.loads(EntryPayload.objects.get(entry__case=case).text)["form"]["rent"] == "900.00"


def test_an_application_made_online_stands_in_the_clerks_queue_and_is_not_typed_again(small: Small) -> None:
    online = Client()
    url = f"/t/{small.town.code}/services/rent-subsidy/apply/"
    online.post(url, {name: value for name, value in WHO.items() if name != "id_number"})
    page = online.get(f"{url}fill/")
    online.post(f"{url}fill/", {"version": hidden(page, "version"), "do": "next", **TYPED})
    online.post(f"{url}check/")
    assert Case.objects.get().number in signed_in(small).get("/queue/").content.decode()
