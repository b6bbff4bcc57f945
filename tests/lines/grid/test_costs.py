"""What the whistle costs the database: few statements, whatever is kept, once the process knows the registers."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.counting import statements_of
from tests.lines.grid.whistling import whistling


def statements(run: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        run()
    return statements_of(caught)


def test_sending_out_is_a_move_and_blowing_a_creation_and_a_move(db: None) -> None:
    town = whistling()
    town.sent("2026-09-17 11:40")  # the first fills what the process remembers
    report = town.report("2026-09-18 08:40")
    town.file("2026-09-18 08:50", report)
    blown = statements(lambda: town.blow("2026-09-18 09:20", report))
    whistle = report.linked.get()
    town.approve("2026-09-18 09:30", whistle)
    sent = statements(lambda: town.dispatch("2026-09-18 09:40", whistle))
    # One of each is the test's own reading of the case before it acts.
    assert len(blown) - 1 <= 12 + 10
    assert len(sent) - 1 <= 10
