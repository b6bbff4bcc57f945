"""A long writer copies the log of SQLite back less often, and leaves the connection as it found it."""

from __future__ import annotations

import pytest
from django.db import connection

from jinli.town.inserts import rare_checkpoints


def _after() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_the_log_is_copied_back_rarely_while_many_rows_come_in_and_as_before_afterwards() -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps its log itself
    with rare_checkpoints(pages=4_000):
        assert _after() == 4_000
    assert _after() == 1_000
