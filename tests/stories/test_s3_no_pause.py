"""S3 of government matters: after acceptance nobody stops the clock of a licence to have papers supplied.

Licensing Law art. 45 lists what stops it; 补正 belongs before acceptance (DOMAIN.md J6).
"""

from __future__ import annotations

import pytest

from jinli.cases.models import Clock
from jinli.domain.errors import RefusedError
from jinli.lines.services.services import acts
from jinli.ui.words import say_error
from tests.lines.services.desk import at, hall

pytestmark = pytest.mark.django_db


def test_a_pause_for_missing_papers_is_refused_with_the_article_and_writes_nothing() -> None:
    desk = hall()
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    before = desk.moves(case)
    with pytest.raises(RefusedError) as refused:
        desk.do(
            "2026-10-12 10:00", acts.begin_special, case, "officer", kind="supplement", reason="补正材料",
            until=at("2026-10-20 18:00"),
        )  # fmt: skip
    assert "行政许可法第四十五条" in say_error(refused.value)
    assert desk.moves(case) == before
    assert Clock.objects.get(case=case, code="decide").state == "running"


def test_after_acceptance_the_notice_of_missing_papers_is_closed() -> None:
    desk = hall()
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    with pytest.raises(RefusedError, match="not_from_here"):
        desk.do("2026-10-12 10:00", acts.one_time_notice, case, "clerk", materials={"form": "missing"})


def test_supplying_after_acceptance_moves_no_due_day() -> None:
    desk = hall()
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    before = Clock.objects.get(case=case, code="decide").due_at
    desk.do("2026-10-12 10:00", acts.supply, case, "clerk", codes=["lease"])
    assert Clock.objects.get(case=case, code="decide").due_at == before


def test_expert_review_stops_it_and_the_clock_runs_on_by_itself_at_the_told_time() -> None:
    desk = hall()
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    words = {"kind": "expert_review", "reason": "需要专家评审", "until": at("2026-10-16 00:00")}
    desk.do("2026-10-12 10:00", acts.begin_special, case, "officer", **words)
    assert Clock.objects.get(case=case, code="decide").state == "paused"
    desk.do("2026-10-19 10:00", acts.grant, case, "officer", reason="专家评审通过")
    assert desk.moves(case)[-3:] == ["begin_special", "special_over", "grant"]
