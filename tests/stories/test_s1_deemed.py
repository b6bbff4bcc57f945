"""S1 of government matters: nobody says anything for five working days, and the application is accepted.

Licensing Law art. 32(4): received Thursday 24 September 2026; without notice deemed accepted when 9 October ends, back
to receipt; twenty working days end on 29 October, not on 5 or 6 November (DOMAIN.md J4).
"""

from __future__ import annotations

import json

import pytest

from jinli.cases.models import Clock, Entry
from jinli.cases.services import tick
from jinli.domain.errors import DomainError
from jinli.lines.services.services import acts
from tests.lines.services.desk import ALL_GIVEN, at, hall

pytestmark = pytest.mark.django_db


def test_silence_for_five_working_days_is_acceptance_back_to_receipt() -> None:
    desk = hall()
    case = desk.apply("2026-09-24 10:00")
    tick(now=at("2026-10-09 23:59"))
    assert desk.moves(case) == ["receive"]
    tick(now=at("2026-10-10 00:05"))
    case.refresh_from_db()
    assert case.stage == "accepted"
    entry = Entry.objects.get(case=case, move="deemed_accept")
    assert entry.happened_at == at("2026-10-10 00:00")
    assert json.loads(entry.body)["actor"]["hat"] == "system"
    notice, decide = (Clock.objects.get(case=case, code=code) for code in ("notice", "decide"))
    assert notice.verdict == "broken"
    assert decide.started_at == at("2026-09-24 10:00")
    assert str(decide.last_day) == "2026-10-29"


def test_after_deemed_acceptance_no_notice_sends_the_application_back() -> None:
    desk = hall()
    case = desk.apply("2026-09-24 10:00")
    tick(now=at("2026-10-10 00:05"))
    with pytest.raises(DomainError, match="not_from_here"):
        desk.do("2026-10-10 09:00", acts.one_time_notice, case, "clerk", materials={**ALL_GIVEN, "form": "missing"})


def test_it_is_decided_in_time_on_the_last_day_and_late_one_day_later() -> None:
    desk = hall()
    first, second = desk.apply("2026-09-24 10:00"), desk.apply("2026-09-24 10:30")
    desk.do("2026-10-29 17:00", acts.grant, first, "officer", reason="符合条件")
    desk.do("2026-10-30 09:00", acts.grant, second, "officer", reason="符合条件")
    verdicts = [Clock.objects.get(case=one, code="decide").verdict for one in (first, second)]
    assert verdicts == ["kept", "broken"]
