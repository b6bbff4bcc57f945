"""An import taken back takes its open differences along; what somebody accepted stands, or is opened again."""

from __future__ import annotations

import pytest

from jinli.cases.models import Case
from jinli.exchange.models import Difference, ImportRun, Mirror, Source
from jinli.exchange.services.dropping import ask_undo
from jinli.exchange.services.working import run_now
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at, build
from tests.exchange.reconciling.town import THIRD, clean, decide, differing, with_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    return build()


@pytest.fixture
def source(small: Small) -> Source:
    return with_rule(small)


def take_back(small: Small, run: ImportRun, when: str) -> None:
    run.refresh_from_db()
    with frozen_at(at(when)):
        ask_undo(acting=small.command, run_id=run.pk, version=run.version, reason="导错了文件")
        run_now(run.pk)
    run.refresh_from_db()
    assert run.state == "undone", run.error


def test_a_vanished_matter_that_was_accepted_is_open_again_when_the_file_is_taken_back(
    small: Small, source: Source
) -> None:
    one = differing(small, source, "vanished")
    decide(small.command, one)
    take_back(small, one.run, THIRD)
    mirror = Mirror.objects.get(foreign_number="GZ-1", current=True)
    assert (mirror.round, mirror.case.phase) == (2, "open")
    assert clean(small)


@pytest.mark.parametrize("kind", ["reopened", "closed_moved", "start_changed"])
def test_what_somebody_accepted_stands_when_the_file_is_taken_back(small: Small, source: Source, kind: str) -> None:
    one = differing(small, source, kind)
    decide(small.command, one)
    before = dict(Case.objects.values_list("number", "stage"))
    take_back(small, one.run, THIRD)
    assert dict(Case.objects.values_list("number", "stage")) == before
    assert Difference.objects.get().state == "accepted"
    assert clean(small)


@pytest.mark.parametrize("kind", ["reopened", "vanished"])
def test_taking_back_the_first_import_takes_back_every_round_of_its_matters(
    small: Small, source: Source, kind: str
) -> None:
    one = differing(small, source, kind)
    first = one.mirror.first_run
    decide(small.command, one)
    take_back(small, one.run, THIRD)
    take_back(small, first, "2026-09-30 10:00")
    assert set(Case.objects.values_list("stage", flat=True)) == {"undone"}
    assert not Mirror.objects.filter(current=True).exists()
    assert clean(small)
