"""Two counters that issue papers of one series at the same moment: no number twice, and none left out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from jinli.cases.models import Case, Paper
from jinli.cases.services.moving import MakeMove, make_move
from jinli.town.moment import frozen_at
from tests.cases.papers import MISSING, TERMS, give_papers, officer, opened
from tests.cases.small import Small, at, build

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

AT_ONCE = 6


def issue(small: Small, case: Case, together: Barrier, *, undone: bool) -> None:
    """Issue a notice together with the others; one that is undone gives its number back."""
    act = MakeMove(
        case=case.pk, move="one_time_notice", version=case.version, given={"material": ["图"]}, terms=TERMS,
        papers=MISSING,
    )  # fmt: skip
    together.wait(timeout=20)
    try:
        with frozen_at(at("2026-09-21 10:00")), transaction.atomic():
            make_move(acting=officer(small), act=act)
            transaction.set_rollback(undone)
    finally:
        connection.close()


def test_papers_issued_at_once_have_following_numbers() -> None:
    small = build()
    give_papers(small.town)
    cases = [opened(small) for _ in range(AT_ONCE)]
    for case in cases:
        case.refresh_from_db()
    together = Barrier(AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as counters:
        done = [
            counters.submit(issue, small, case, together, undone=place % 3 == 2) for place, case in enumerate(cases)
        ]
        for one in done:
            one.result(timeout=30)
    serials = Paper.objects.filter(kind="one_time_notice").order_by("serial").values_list("serial", flat=True)
    assert list(serials) == [1, 2, 3, 4]
