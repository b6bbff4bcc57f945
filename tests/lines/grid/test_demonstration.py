"""The simulated history: marked, sound, and the same again from the same seed and day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from jinli.cases.models import Case, Entry
from jinli.cases.services.bulk import record_many
from jinli.cases.services.verifying import Finding, verify_town
from jinli.lines.grid.services.demonstration import scripts_of
from jinli.site.demonstration import history_of
from jinli.site.packing import load_folder
from jinli.town.models import Division, Organisation
from tests.shared import shared

PACK = Path(__file__).parents[3] / "packs" / "jinli"
UNTIL = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Shanghai"))


@shared
def town() -> Division:
    return load_folder(PACK, [PACK / "demo"]).town


def played(town: Division, *, cases: int = 150) -> None:
    history = history_of(cases=cases)
    assert history is not None
    recorded = list(record_many(town=town, scripts=scripts_of(town, until=UNTIL, history=history), chunk=60))
    assert [item for chunk in recorded for item in chunk.refused] == []


def heads() -> dict[str, str]:
    return dict(Case.objects.order_by("number").values_list("number", "head"))


@shared
def history() -> Division:
    town = load_folder(PACK, [PACK / "demo"]).town
    played(town)
    return town


def test_the_history_is_marked_and_no_real_body_ever_owes_anything(history: Division) -> None:
    assert Case.objects.filter(simulated=False).count() == 0
    owing = Organisation.objects.filter(pk__in=Case.objects.values("owner")) | Organisation.objects.filter(
        pk__in=Case.objects.exclude(handler_body=None).values("handler_body")
    )
    assert owing.exists()
    assert all("（演示）" in body.name for body in owing)


def test_the_history_keeps_and_breaks_promises_and_verifies_clean(history: Division) -> None:
    moves = set(Entry.objects.values_list("move", flat=True))
    assert {"report", "file", "solve", "verify_passed", "call_back", "close", "exit", "supervise"} <= moves
    assert not [found for found in verify_town(history) if isinstance(found, Finding)]


def test_a_repeated_run_adds_nothing(history: Division) -> None:
    before = heads()
    played(history)
    assert heads() == before


def test_the_same_seed_and_day_give_the_same_journal(town: Division) -> None:
    with transaction.atomic():
        played(town, cases=40)
        first = heads()
        transaction.set_rollback(True)
    assert heads() == {}
    played(town, cases=40)
    assert heads() == first
