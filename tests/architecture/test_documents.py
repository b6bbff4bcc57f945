"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, tracked_files

_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _documents() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".md"]


@pytest.mark.parametrize("document", _documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    targets = [one for one in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in one]
    assert [one for one in targets if not (document.parent / one).exists()] == []


def test_every_decision_is_listed_and_numbered_once() -> None:
    folder = ROOT / "docs" / "adr"
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))
    listed = _LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert sorted(one for one in listed if one[0].isdigit()) == decisions
    numbers = [name[:4] for name in decisions]
    assert len(set(numbers)) == len(numbers)


def test_every_guide_is_listed() -> None:
    folder = ROOT / "docs" / "guide"
    guides = {path.name for path in folder.glob("*.md")} - {"README.md"}
    assert guides <= set(_LINK.findall((folder / "README.md").read_text(encoding="utf-8")))


def test_the_readme_names_the_commands_the_makefile_has() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("README.md", "README.zh.md", "CONTRIBUTING.md"):
        for target in set(re.findall(r"`make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8"))):
            assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), f"{name}: make {target}"
