"""The doctor looks at what a promise depends on, and says what is wrong and how to mend it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jinli.cases.models import TickRun
from jinli.site import cli
from jinli.site.commands import doctor
from jinli.town.moment import frozen_at

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    tmp_path.chmod(0o700)
    settings.HOME = tmp_path
    return tmp_path


def _found() -> dict[str, str]:
    with frozen_at(NOON):
        return {one.code.removeprefix("site.doctor."): one.state for one in doctor.examine()}


def test_a_commit_waits_for_the_disk_on_either_database() -> None:
    setting = next(doctor.durability()).facts["setting"]
    assert str(setting).startswith(("synchronous=FULL", "synchronous_commit=on"))


def test_an_empty_installation_is_told_what_it_lacks(home: Path) -> None:
    found = _found()
    assert found["database"] == found["migrated"] == found["home"] == "ok"
    assert found["no_pack"] == "wrong"
    assert found["no_calendar"] in {"wrong", "attention"}
    assert found["no_tick"] == found["no_seal"] == found["no_hours"] == "attention"


def test_a_folder_that_others_may_enter_is_wrong(home: Path) -> None:
    home.chmod(0o755)
    assert _found()["home_open"] == "wrong"


def test_a_key_that_others_may_read_is_wrong(home: Path) -> None:
    (home / "secret_key").touch(mode=0o644)
    (home / "secret_key").chmod(0o644)
    assert _found()["secret_open"] == "wrong"


@pytest.mark.parametrize(
    ("ago", "state"),
    [
        pytest.param(timedelta(seconds=10), "ok", id="seconds ago"),
        pytest.param(timedelta(minutes=6), "wrong", id="so long ago that nobody watches"),
    ],
)
def test_clocks_must_have_been_looked_at_lately(home: Path, ago: timedelta, state: str) -> None:
    TickRun.objects.create(last_at=NOON - ago)
    assert _found()["tick"] == state


def test_the_exit_code_is_one_when_something_is_wrong(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 1
    assert "[不对] 还没有装镇数据包" in capsys.readouterr().out
