"""The tables are what the models say, and every room has one last migration."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

OURS = sorted(one.label for one in apps.get_app_configs() if one.name.startswith("jinli."))


@pytest.mark.django_db
def test_no_model_differs_from_its_migrations(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "--check", "--dry-run")
    assert "No changes detected" in capsys.readouterr().out


@pytest.mark.parametrize("room", OURS)
def test_a_room_has_one_last_migration(room: str) -> None:
    leaves = MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes(room)
    assert len(leaves) <= 1


def test_the_loader_sees_no_conflict() -> None:
    assert MigrationLoader(None, ignore_no_migrations=True).detect_conflicts() == {}
