"""The simulated history: marked, sound, and the same again from the same seed and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jinli.cases import book, editions
from jinli.cases.models import Case, Entry
from jinli.cases.services.bulk import record_many
from jinli.cases.services.verifying import Finding, verify_town
from jinli.lines.grid.services.demonstration import scripts_of
from jinli.site.demonstration import history_of
from jinli.site.packing import load_folder
from jinli.town.models import Division, Organisation

PACK = Path(__file__).parents[3] / "packs" / "jinli"
UNTIL = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def town(db: None) -> Iterator[Division]:
    book.forget()
    editions.forget()
    yield load_folder(PACK, [PACK / "demo"]).town
    book.forget()
    editions.forget()


def played(town: Division, *, cases: int = 150) -> None:
    history = history_of(cases=cases)
    assert history is not None
    recorded = list(record_many(town=town, scripts=scripts_of(town, until=UNTIL, history=history), chunk=60))
    assert [item for chunk in recorded for item in chunk.refused] == []


def heads() -> dict[str, str]:
    return dict(Case.objects.order_by("number").values_list("number", "head"))


def test_the_history_is_marked_and_no_real_body_ever_owes_anything(town: Division) -> None:
    played(town)
    assert Case.objects.filter(simulated=False).count() == 0
    owing = Organisation.objects.filter(pk__in=Case.objects.values("owner")) | Organisation.objects.filter(
        pk__in=Case.objects.exclude(handler_body=None).values("handler_body")
    )
    assert owing.exists()
    assert all("（演示）" in body.name for body in owing)


def test_the_history_keeps_and_breaks_promises_and_verifies_clean(town: Division) -> None:
    played(town)
    moves = set(Entry.objects.values_list("move", flat=True))
    assert {"report", "file", "solve", "verify_passed", "call_back", "close", "exit", "supervise"} <= moves
    assert not [found for found in verify_town(town) if isinstance(found, Finding)]


def test_a_repeated_run_adds_nothing(town: Division) -> None:
    played(town)
    before = heads()
    played(town)
    assert heads() == before


def test_the_same_seed_and_day_give_the_same_journal(town: Division) -> None:
    played(town, cases=40)
    first = heads()
    second = _again_in_another_database(town)
    assert second == first


def _again_in_another_database(town: Division) -> dict[str, str]:
    """Play the history once more without writing, and return the heads it would have."""
    from jinli.cases.services.bulk import _Numbers, _play

    history = history_of(cases=40)
    assert history is not None
    scripts = list(scripts_of(town, until=UNTIL, history=history))
    numbers = _Numbers.__new__(_Numbers)
    numbers.town, numbers.zone, numbers.next = town, ZoneInfo(town.zone), {}
    numbers.next = {(prefix, year): 1 for prefix in ("网", "哨") for year in (2025, 2026)}
    played_again = [_play(town, script, numbers, script.salt or (lambda: b""), []) for script in scripts]
    return {work.case.number: work.case.head for works in played_again for work, _ in works}
