"""Every text has two languages, every error and every line of a reckoning has words, no fact is missing."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation import override

from jinli.domain.errors import ConflictError, DomainError, InvalidInputError, RefusedError
from jinli.ui import words
from jinli.ui.words import all_words, given_twice, say, say_error, say_in
from tests.architecture.source import SOURCE, nodes_of, python_files

TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
CARRIERS = {"DomainError", "InvalidInputError", "RefusedError", "ConflictError"}
# These too name words; their facts come from elsewhere.
NAMERS = {"AccessRefusedError", "CellError", "ExplainedLine", "Fault", "Left"}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@dataclass(frozen=True)
class Said:
    """One place in the source that names a key of words."""

    where: str
    key: str
    facts: frozenset[str]
    more: bool


@cache
def _nodes() -> tuple[tuple[Path, tuple[ast.AST, ...]], ...]:
    """Return every file with its classes and calls; the rules below look at no other node."""
    return tuple(
        (file, tuple(one for one in nodes_of(file) if isinstance(one, ast.ClassDef | ast.Call)))
        for file in python_files(SOURCE, migrations=True)
    )


def _carriers() -> set[str]:
    """Return the classes that carry a code, with those that others derive from them."""
    known = set(CARRIERS)
    for _ in range(3):
        for _, nodes in _nodes():
            for node in nodes:
                if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") in known for base in node.bases):
                    known.add(node.name)
    return known


def _calls(names: set[str]) -> Iterator[Said]:
    for file, nodes in _nodes():
        for node in nodes:
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in names:
                continue
            given = [*node.args[:1], *(one.value for one in node.keywords if one.arg == "code")]
            for code in (one.value for one in given if isinstance(one, ast.Constant)):
                if isinstance(code, str) and "." in code:
                    yield Said(
                        f"{file.relative_to(SOURCE)}:{node.lineno}",
                        code,
                        frozenset(one.arg for one in node.keywords if one.arg),
                        any(one.arg is None for one in node.keywords),
                    )


def _faults_of_procedures() -> Iterator[Said]:
    """Yield what the reader of procedures finds; there the code is written without its beginning."""
    for file, nodes in _nodes():
        for node in nodes:
            if "domain" not in file.parts or not isinstance(node, ast.Call) or not node.args:
                continue
            code = node.args[0]
            if getattr(node.func, "id", getattr(node.func, "attr", "")).lstrip("_") != "fault":
                continue
            assert isinstance(code, ast.Constant), f"{file}:{node.lineno} is not a literal code"
            facts = frozenset(one.arg for one in node.keywords if one.arg)
            yield Said(f"{file.name}:{node.lineno}", f"domain.procedure.{code.value}", facts, False)


def _in_templates() -> Iterator[tuple[str, str]]:
    for file in TEMPLATES:
        for part in file.read_text(encoding="utf-8").split("{% t ")[1:]:
            key = part.split()[0]
            if key[0] in "\"'":
                yield str(file.relative_to(SOURCE)), key.strip("\"'")


def test_a_text_has_chinese_and_english_with_the_same_placeholders() -> None:
    one_sided = [
        key
        for key, (chinese, english) in all_words().items()
        if not chinese.strip() or not english.strip() or _placeholders(chinese) != _placeholders(english)
    ]
    assert len(all_words()) > 1000
    assert one_sided == []


def test_a_key_is_dotted_and_begins_with_the_name_of_a_room() -> None:
    rooms = {folder.name for folder in SOURCE.iterdir() if folder.is_dir()}
    rooms |= {folder.name for folder in (SOURCE / "lines").iterdir() if folder.is_dir()}
    homeless = [key for key in all_words() if key.count(".") < 1 or key.split(".")[0] not in rooms]
    assert homeless == []


def test_every_error_and_every_line_of_a_reckoning_has_words() -> None:
    said_somewhere = [*_calls(_carriers() | NAMERS), *_faults_of_procedures()]
    missing = [f"{said.where} {said.key}" for said in said_somewhere if said.key not in all_words()]
    assert missing == []


def test_every_error_gives_the_facts_that_its_words_name() -> None:
    lacking = [
        f"{said.where} {said.key} needs {sorted(needed)}"
        for said in [*_calls(_carriers()), *_faults_of_procedures()]
        if said.key in all_words() and not said.more
        for needed in [_placeholders(all_words()[said.key][0]) - said.facts]
        if needed
    ]
    assert lacking == []


def test_every_key_that_code_says_has_words_and_gets_its_facts() -> None:
    wrong = [
        f"{said.where} {said.key}"
        for said in _calls({"say"})
        if said.key not in all_words() or (not said.more and _placeholders(all_words()[said.key][0]) - said.facts)
    ]
    assert wrong == []


def test_every_key_that_a_template_says_has_words() -> None:
    missing = [f"{file} {key}" for file, key in _in_templates() if key not in all_words()]
    assert missing == []


def test_no_key_is_given_twice() -> None:
    assert given_twice() == []


def test_words_follow_the_language_of_the_reader() -> None:
    assert say("ui.skip") == "跳到正文"
    with override("en"):
        assert say("ui.skip") == "Skip to content"
    assert say_in("en", "ui.search") == "Search"


def test_a_missing_key_and_a_missing_fact_are_errors_of_the_program() -> None:
    with pytest.raises(KeyError):
        say("ui.no_such_words")
    with pytest.raises(KeyError):
        say("ui.staff.title")


def test_facts_that_are_days_and_moments_are_written_as_people_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = {**all_words(), "ui.sample": ("{when}前，{what}", "{what} before {when}")}
    monkeypatch.setattr(words, "all_words", lambda: extra)
    at = datetime(2026, 9, 28, 9, 50, tzinfo=UTC)
    assert say("ui.sample", when=at, what=("甲", "乙")) == "2026年9月28日 周一 17:50前，甲、乙"
    with override("en"):
        assert say("ui.sample", when=date(2026, 9, 28), what="A") == "A before Mon 28 Sep 2026"


@pytest.mark.parametrize("kind", [DomainError, InvalidInputError, RefusedError, ConflictError])
def test_an_error_is_worded_with_its_facts_and_facts_may_be_keys(
    kind: type[DomainError], monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = {**all_words(), "ui.sample": ("不能{what}：{why}", "No {what}: {why}")}
    monkeypatch.setattr(words, "all_words", lambda: extra)
    error = kind("ui.sample", what="ui.search", why="没有登录")
    assert say_error(error) == "不能查找：没有登录"


def test_a_closed_move_says_whose_it_is_and_in_which_stage_by_their_names() -> None:
    whose = RefusedError("domain.move.not_your_duty", move="verify", duty="owner.command_centre, reporter")
    assert say_error(whose) == "归指挥中心、报告人办。"
    when = RefusedError("domain.move.not_from_here", move="verify", stage="handling", sources="verifying")
    titles = {"handling": "主办办理", "verifying": "待核查"}
    assert say_error(when, titles) == "现在的环节是“主办办理”；到“待核查”才能办。"
    lacking = InvalidInputError("domain.move.needs", move="refuse", field="legal_basis")
    with override("en"):
        assert say_error(lacking) == "Missing: legal basis."
