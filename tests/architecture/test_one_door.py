"""Cases, assignments, clocks and entries are written in the engine and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest

from tests.architecture.source import SOURCE, nodes_of, python_files, where

WRITES = {
    "save", "asave", "update", "aupdate", "create", "acreate", "delete", "adelete", "bulk_create", "bulk_update",
    "get_or_create", "update_or_create", "abulk_create", "abulk_update",
}  # fmt: skip
GUARDED = {
    "case", "cases", "assignment", "assignments", "clock", "clocks", "entry", "entries", "entrypayload", "payload",
}  # fmt: skip


def _chain(node: ast.expr) -> list[str]:
    """Return the names a call hangs on: `case.clocks.filter(...).update` gives case, clocks, filter."""
    names = []
    while True:
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        else:
            return [node.id, *reversed(names)] if isinstance(node, ast.Name) else list(reversed(names))


def _writes(nodes: Iterable[ast.AST]) -> list[ast.Call]:
    return [
        node
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and {name.lower() for name in _chain(node.func.value)} & GUARDED
    ]


def test_only_the_engine_writes_cases_assignments_clocks_and_entries() -> None:
    engine = SOURCE / "cases"
    found = [
        where(path, node)
        for path in python_files(SOURCE)
        if not path.is_relative_to(engine)
        for node in _writes(nodes_of(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "Case.objects.create(number='1')",
        "Case.objects.filter(pk=1).update(stage='done')",
        "case.save()",
        "case.clocks.filter(state='running').update(state='stopped')",
        "models.Entry.objects.all().delete()",
        "Clock.objects.bulk_create(rows)",
        "assignments[0].delete()",
    ],
)
def test_the_guard_sees_a_write_however_it_is_dressed(line: str) -> None:
    assert len(_writes(ast.walk(ast.parse(line)))) == 1


@pytest.mark.parametrize("line", ["Case.objects.filter(pk=1)", "Person.objects.create(name='a')", "facts.update(a=1)"])
def test_the_guard_leaves_reads_and_other_rows_alone(line: str) -> None:
    assert _writes(ast.walk(ast.parse(line))) == []
