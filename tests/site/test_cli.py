"""The command line finds its commands, words their errors and answers with an exit code."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from jinli.domain.errors import DomainError, InvalidInputError
from jinli.site import cli


def _command(outcome: Any) -> Any:
    def run(args: object) -> int:
        if isinstance(outcome, BaseException):
            raise outcome
        return int(outcome)

    return SimpleNamespace(HELP="试 / try", add_arguments=lambda parser: None, run=run)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Any:
    def use(outcome: Any) -> None:
        monkeypatch.setattr(cli, "find_commands", lambda: {"try": _command(outcome)})

    return use


def test_every_command_has_a_help_text_in_both_languages() -> None:
    for name, command in cli.find_commands().items():
        assert isinstance(command, ModuleType)
        chinese, english = command.HELP.split(" / ")
        assert not chinese.isascii(), name
        assert english.isascii(), name


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--help"])
    shown = capsys.readouterr().out
    for name in cli.find_commands():
        assert f"\n    {name}" in shown


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out.startswith("jinli ")


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        pytest.param(0, 0, id="done"),
        pytest.param(1, 1, id="something is wrong"),
        pytest.param(DomainError("ui.unknown"), 1, id="refused by a rule"),
        pytest.param(InvalidInputError("ui.unknown"), 2, id="not understood"),
        pytest.param(KeyboardInterrupt(), 130, id="interrupted"),
    ],
)
def test_the_exit_code_says_how_it_went(only: Any, outcome: Any, code: int) -> None:
    only(outcome)
    assert cli.main(["try"]) == code


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        pytest.param("zh_CN.UTF-8", "没有办成：未知（无来源）", id="Chinese"),
        pytest.param("en_GB.UTF-8", "Not done: Unknown (no source)", id="English"),
        pytest.param("C.UTF-8", "没有办成：未知（无来源）", id="Chinese where the terminal names no language"),
    ],
)
def test_an_error_is_worded_in_the_language_of_the_terminal(
    only: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    only(DomainError("ui.unknown"))
    cli.main(["try"])
    assert capsys.readouterr().err.strip() == said


def test_an_unknown_command_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["no-such-command"])
    assert "invalid choice" in capsys.readouterr().err
