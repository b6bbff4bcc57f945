"""What a machine cannot run is said aloud; under CI it is a failure."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from tests import suite


class Done:
    """A pass of pytest that ended with a code."""

    def __init__(self, code: int) -> None:
        self.code = code

    def wait(self) -> int:
        return self.code


@pytest.fixture
def _bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "binaries", lambda: None)
    monkeypatch.setattr(suite, "chromium", lambda: None)


@pytest.mark.usefixtures("_bare_machine")
def test_without_postgresql_and_chromium_the_rest_runs_and_what_does_not_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen: list[str] = []
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(suite, "start", lambda marks, **_: chosen.append(marks) or Done(0))
    assert suite.main() == 0
    assert chosen == ["not postgres and not bench and not proof and not browser"]
    said = capsys.readouterr().out
    assert "NOT RUN: the database tests on PostgreSQL" in said
    assert "NOT RUN: journeys in Chromium" in said


@pytest.mark.usefixtures("_bare_machine")
def test_under_ci_a_missing_server_or_browser_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert suite.main() == 1


def test_a_desk_runs_two_passes_and_ci_also_the_journeys_and_the_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[str] = []
    monkeypatch.setattr(suite, "missing", list)
    monkeypatch.setattr(suite, "binaries", lambda: Path("/usr/bin"))
    monkeypatch.setattr(suite, "server", lambda: nullcontext("postgresql://"))
    monkeypatch.setattr(suite, "start", lambda marks, **_: chosen.append(marks) or Done(0))
    without = "not bench and not proof and not browser"
    both = [f"(database or postgres) and {without}", f"not postgres and {without}"]
    monkeypatch.delenv("CI", raising=False)
    assert (suite.main(), chosen) == (0, both)
    chosen.clear()
    monkeypatch.setenv("CI", "true")
    assert (suite.main(), chosen) == (0, ["browser or proof", *both])


def test_one_failing_pass_fails_the_run_and_the_others_run_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [0, 1, 0]
    monkeypatch.setattr(suite, "missing", list)
    monkeypatch.setattr(suite, "binaries", lambda: Path("/usr/bin"))
    monkeypatch.setattr(suite, "server", lambda: nullcontext("postgresql://"))
    monkeypatch.setattr(suite, "start", lambda marks, **_: Done(codes.pop(0)))
    monkeypatch.setenv("CI", "true")
    assert (suite.main(), codes) == (1, [])
