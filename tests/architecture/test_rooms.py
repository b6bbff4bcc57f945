"""Every room has the same anatomy, and names nothing beside or above it, not even in a string."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, SOURCE, floor_of, may_name, name_of, nodes_of, python_files, rooms, where

ANATOMY = {
    "apps", "models", "selectors", "services", "forms", "views", "api", "pack", "urls", "words", "access",
    "middleware", "export", "templates", "static", "migrations", "management", "templatetags", "py.typed",
}  # fmt: skip
# Nouns that a room keeps beside the anatomy. A new one is a decision: add it here with the change that brings it.
OWN: dict[str, set[str]] = {
    "cases": {
        "above", "answers", "book", "editions", "figures", "identity", "lines", "pages", "papers", "queue", "rows",
        "search", "work",
    },
    "grid": {
        "answers", "figures", "whistle_urls",
    },
    "services": {
        "apply_urls", "catalogue_urls", "desk_urls", "figures", "linked", "money_urls", "pages", "power_urls",
        "rating_urls", "season_urls", "together_urls", "workbook",
    },
    "exchange": {
        "catalogue", "difference_urls", "import_urls", "pages", "reading", "rows", "shapes", "sheet_urls",
        "source_urls", "task_urls", "tickets",
    },
    "town": {
        "acting", "competence", "hats", "ids", "loading", "locating", "masking", "moment", "pack_facts", "pack_places",
        "pack_powers", "people", "rate", "stamps", "encoding", "inserts", "tokens",
    },
}  # fmt: skip
FREE = {"domain", "ui", "packs", "site"}  # plain Python, parts of pages, readers, assembly: no models, no anatomy
HIDING = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "info", "process", "common", "misc"}
EDGES = {"urls", "api", "views", "forms"}
ALLOWED_BELOW = {"models": set(), "selectors": {"models"}, "services": {"models", "selectors"}}

_STATIC = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"'/]+)/""")
_ADDRESS = re.compile(r"""\{%\s*url\s+["']([a-z_]+):""")
_REVERSED = re.compile(r"^([a-z_]+):[a-z-]+$")


def _anatomic() -> list[Path]:
    return [room for room in rooms() if name_of(room) not in FREE]


@pytest.mark.parametrize("room", _anatomic(), ids=name_of)
def test_a_room_has_only_the_files_of_the_anatomy(room: Path) -> None:
    named = {one.stem if one.suffix == ".py" else one.name for one in room.iterdir() if not one.name.startswith("__")}
    named = {one for one in named if not one.startswith("words_")}
    assert named - ANATOMY - OWN.get(name_of(room), set()) == set()


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_no_file_has_a_name_that_hides_what_it_holds(room: Path) -> None:
    assert {one.stem for one in python_files(room)} & HIDING == set()


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_templates_and_static_files_lie_under_the_name_of_their_room(room: Path) -> None:
    for kind in ("templates", "static"):
        folder = room / kind
        found = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
        elsewhere = {one for one in found if not re.fullmatch(r"[45]\d\d\.html", one)} - {name_of(room)}
        assert elsewhere == set(), f"{room.name}/{kind}"


def _imports(path: Path) -> Iterator[tuple[ast.AST, str]]:
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name


@pytest.mark.parametrize("room", _anatomic(), ids=name_of)
def test_inside_a_room_edges_call_services_and_services_call_selectors_and_models(room: Path) -> None:
    prefix = ".".join(room.relative_to(SOURCE.parent).parts) + "."
    for layer, below in ALLOWED_BELOW.items():
        upward = (set(ALLOWED_BELOW) | EDGES) - below - {layer}
        files = [room / f"{layer}.py", *(room / layer).rglob("*.py")]
        climbing = [
            f"{where(path, node)} {module}"
            for path in files
            if path.exists()
            for node, module in _imports(path)
            if module.startswith(prefix) and module.removeprefix(prefix).split(".")[0] in upward
        ]
        assert climbing == []


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_templates_name_only_their_own_room_and_rooms_below(room: Path) -> None:
    climbing = []
    for path in sorted(room.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for other in _STATIC.findall(text) + _ADDRESS.findall(text):
            if not may_name(name_of(room), other):
                climbing.append(f"{path.relative_to(ROOT)} names {other}")
    assert climbing == []


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_no_address_of_a_room_beside_or_above_is_reversed_in_code(room: Path) -> None:
    climbing = []
    for path in python_files(room):
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"reverse", "redirect", "resolve_url"}:
                for one in node.args[:1]:
                    match = _REVERSED.match(str(getattr(one, "value", "")))
                    if match and not may_name(name_of(room), match[1]):
                        climbing.append(f"{where(path, node)} names {match[1]}")
    assert climbing == []


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_models_are_imported_and_never_looked_up_by_name(room: Path) -> None:
    found = [
        where(path, node)
        for path in python_files(room)
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute) and node.attr in {"get_model", "get_registered_model"}
    ]
    assert found == []


@pytest.mark.parametrize("room", rooms(), ids=name_of)
def test_no_foreign_key_names_a_room_beside_or_above_in_a_string(room: Path) -> None:
    climbing = []
    for path in python_files(room, migrations=True):
        for node in nodes_of(path):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called not in {"ForeignKey", "OneToOneField", "ManyToManyField"}:
                continue
            targets = [*node.args[:1], *(one.value for one in node.keywords if one.arg in {"to", "through"})]
            for target in targets:
                label = str(getattr(target, "value", "")).partition(".")
                if isinstance(target, ast.Constant) and label[1] and not may_name(name_of(room), label[0]):
                    climbing.append(f"{where(path, node)} names {label[0]}")
    assert climbing == []


def test_the_order_of_the_rooms_is_the_one_that_import_linter_keeps() -> None:
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    layers = re.search(r"^layers = \[(.*)\]$", contract, flags=re.MULTILINE)
    assert layers is not None
    names = [part.strip("()") for part in re.findall(r"[a-z()]+", layers[1])]
    heights = [floor_of(name) for name in names]
    assert heights == sorted(heights, key=lambda height: -(height or 0))
    assert set(names) == {one.name for one in SOURCE.iterdir() if (one / "__init__.py").exists()}
