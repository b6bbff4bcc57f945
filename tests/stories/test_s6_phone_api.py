"""S6 by interface: a phone that lost its connection posts five findings twice, or twice at once: five cases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client

from jinli.cases.models import Case, Entry, RequestKey
from jinli.cases.services.verifying import verify_town
from jinli.town.moment import frozen_at
from tests.cases.machines import Machine, machine
from tests.cases.small import Small, at
from tests.lines.grid.town import build_grid

FOUND = [
    {"key": "phone-7-0001", "class_code": "P0102", "place": "east", "address": "三队祠堂前"},
    {"key": "phone-7-0002", "class_code": "P0102", "place": "east", "address": "机耕路口"},
    {"key": "phone-7-0003", "class_code": "E0110", "place": "east", "text": "一大堆"},
    {"key": "phone-7-0004", "class_code": "E0110", "place": "east", "address": "市场后门"},
    {"key": "phone-7-0005", "class_code": "E0110", "address": "国道边"},
]


def five_cases(small: Small, first: Any, second: Any) -> None:
    """See that both answers are the same five numbers, and read the journal back."""
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json(), "the second answer is the first"
    items = first.json()["items"]
    assert [one["key"] for one in items] == [one["key"] for one in FOUND]
    assert [one["status"] for one in items] == [201] * 5
    numbers = {one["number"] for one in items}
    assert numbers == set(Case.objects.values_list("number", flat=True))
    assert len(numbers) == Entry.objects.count() == RequestKey.objects.count() == 5
    for entry in Entry.objects.all():
        body = json.loads(entry.body)
        assert (body["move"], body["channel"], body["stage"]) == ("report", "finding", "intake")
        assert body["actor"]["person"] == str(small.people["grid"].pk)
    assert [found for found in verify_town(small.town) if not isinstance(found, int)] == []


@pytest.mark.django_db
def test_s6_five_findings_posted_twice_are_five_cases_and_the_second_answer_is_the_first() -> None:
    cache.clear()
    small = build_grid()
    phone = machine(small, "grid")
    with frozen_at(at("2026-09-24 10:00")):
        first = phone.post("/findings", FOUND)
    with frozen_at(at("2026-09-24 10:40")):
        second = phone.post("/findings", FOUND)
    five_cases(small, first, second)
    assert set(Case.objects.values_list("opened_at", flat=True)) == {at("2026-09-24 10:00")}


@pytest.mark.django_db
def test_s6_a_connection_lost_in_the_middle_leaves_no_gap_and_no_double() -> None:
    cache.clear()
    small = build_grid()
    phone = machine(small, "grid")
    with frozen_at(at("2026-09-24 10:00")):
        part = phone.post("/findings", FOUND[:2])
        whole = phone.post("/findings", FOUND)
        again = phone.post("/findings", FOUND)
    assert whole.json()["items"][:2] == part.json()["items"]
    five_cases(small, whole, again)


@pytest.fixture
def on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Keep the town in a file, as an installation does, where two threads can meet; PostgreSQL always can."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, known = connections["default"], connections.databases["default"]
    connections.databases["default"] = {**known, "NAME": str(tmp_path / "town.sqlite3")}
    connections["default"] = connections.create_connection("default")
    with closing(sqlite3.connect(tmp_path / "town.sqlite3")) as file:
        in_memory.connection.backup(file)  # its tables are made, and a transactional test finds them empty
    yield
    connections["default"].close()
    connections.databases["default"] = known
    connections["default"] = in_memory


def test_s6_a_twin_at_the_same_moment_gets_the_first_answer(on_disk: None) -> None:
    cache.clear()
    small = build_grid()
    token = machine(small, "grid").token
    ready = Barrier(2)

    def post() -> Any:
        phone = Machine(token, Client())
        ready.wait()
        try:
            return phone.post("/findings", FOUND)
        finally:
            connections["default"].close()

    with frozen_at(at("2026-09-24 10:00")), ThreadPoolExecutor(2) as threads:
        twins = [threads.submit(copy_context().run, post) for _ in range(2)]
        first, second = (one.result() for one in twins)
    five_cases(small, first, second)
