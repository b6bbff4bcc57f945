"""Many writers on the embedded database: each waits its turn, none is refused, and every commit is on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jinli.site.sqlite.base import DatabaseWrapper
from tests.bench.bench_writers import connect, measure

WRITERS, EACH = 16, 12


@pytest.fixture
def connection(tmp_path: Path, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """Return a connection to a file of its own, with the settings of the installation."""
    with django_db_blocker.unblock():
        one = connect(tmp_path / "town.sqlite3")
        yield one
        one.close()


def test_sixteen_processes_write_at_once_and_none_is_refused(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        shown = measure(writers=WRITERS, count=EACH)
    assert shown.refused == 0
    assert shown.rows == WRITERS * EACH
    assert shown.synchronous == {2}, "every connection waits for the disk"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("synchronous", 2, id="a commit is on the disk when it is acknowledged"),
        pytest.param("journal_mode", "wal", id="readers do not wait for the writer"),
        pytest.param("foreign_keys", 1, id="no row points nowhere"),
        pytest.param("secure_delete", 1, id="what is erased is overwritten"),
    ],
)
def test_every_connection_is_set_up_to_keep_what_it_promises(
    connection: DatabaseWrapper, pragma: str, value: object
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone()[0] == value


def test_the_queue_is_left_after_a_commit_a_rollback_and_a_lost_connection(connection: DatabaseWrapper) -> None:
    for leave in (connection.commit, connection.rollback, connection.close):
        connection.connect()
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        assert connection._queue is not None
        leave()
        assert connection._queue is None
        if connection.connection is not None:
            connection.set_autocommit(True)
