"""While the simulated history is recorded, every page of the demonstration says how far it has come."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jinli.site.demonstration import forget_progress, progress_path
from tests.town.small_town import SmallTown


@pytest.fixture
def home(settings: Any, tmp_path: Path, town: SmallTown) -> Iterator[Path]:
    """Return a data folder of its own for a simulated town."""
    settings.HOME = tmp_path
    town.division.simulated = True
    town.division.save()
    forget_progress()
    yield tmp_path
    forget_progress()


def tell(text: str) -> None:
    progress_path().write_text(text, encoding="utf-8")
    forget_progress()


def pages(town: SmallTown, desk: Client) -> list[str]:
    urls = ((desk, "/registers/"), (Client(), f"/t/{town.division.code}/"))
    return [client.get(url).content.decode() for client, url in urls]


def test_the_banner_says_how_far_the_history_has_come(home: Path, town: SmallTown, desk: Client) -> None:
    tell(json.dumps({"done": 2675, "total": 6000}))
    assert all("演示历史载入中：2,675 / 6,000 件</aside>" in page for page in pages(town, desk))
    desk.post("/language/", {"language": "en", "next": "/registers/"})
    assert "2,675 of 6,000 cases" in desk.get("/registers/").content.decode()


@pytest.mark.parametrize(
    "said", ["", '{"done": 60', "[]", '{"done": 6000, "total": 6000}', '{"done": null, "total": 1}']
)
def test_nothing_is_said_when_it_is_whole_or_unreadable(home: Path, town: SmallTown, desk: Client, said: str) -> None:
    tell(said)
    assert not any("载入中" in page for page in pages(town, desk))


def test_nothing_is_said_without_a_file_or_when_the_recording_was_given_up(
    home: Path, town: SmallTown, desk: Client
) -> None:
    assert not any("载入中" in page for page in pages(town, desk))
    tell(json.dumps({"done": 1, "total": 2}))
    os.utime(progress_path(), (1_600_000_000, 1_600_000_000))
    forget_progress()
    assert not any("载入中" in page for page in pages(town, desk))


def test_a_real_town_says_nothing(home: Path, town: SmallTown, desk: Client) -> None:
    tell(json.dumps({"done": 1, "total": 2}))
    town.division.simulated = False
    town.division.save()
    assert not any("载入中" in page for page in pages(town, desk))


def test_the_file_is_read_once_for_many_pages(home: Path, town: SmallTown, desk: Client) -> None:
    tell(json.dumps({"done": 1, "total": 2}))
    assert "1 / 2" in desk.get("/registers/").content.decode()
    progress_path().unlink()
    assert "1 / 2" in desk.get("/registers/").content.decode()
