"""S7 of government matters: the officer's head extends on the nineteenth day, and tries again on the twenty-ninth.

Licensing Law art. 42(1): ten days, once, approved by the head of the authority, with the reasons told.
"""

from __future__ import annotations

import pytest

from jinli.cases.models import Clock, Entry
from jinli.domain.errors import RefusedError
from jinli.lines.services.services import acts
from tests.lines.services.desk import hall

pytestmark = pytest.mark.django_db


def test_the_first_extension_counts_and_the_second_is_refused() -> None:
    desk = hall()
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    clock = Clock.objects.get(case=case, code="decide")
    assert str(clock.last_day) == "2026-10-29"
    desk.do("2026-10-28 10:00", acts.extend, case, "head", amount=10, reason="需要核实相邻关系")
    clock.refresh_from_db()
    assert str(clock.last_day) == "2026-11-12"
    with pytest.raises(RefusedError, match="cap_reached"):
        desk.do("2026-11-11 10:00", acts.extend, case, "head", amount=10, reason="还要再核实")
    clock.refresh_from_db()
    assert str(clock.last_day) == "2026-11-12"
    assert desk.moves(case).count("extend") == 1


def test_an_officer_does_not_extend_and_nobody_does_after_the_last_day() -> None:
    desk = hall()
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    with pytest.raises(RefusedError, match="not_your_duty"):
        desk.do("2026-10-28 10:00", acts.extend, case, "officer", amount=10, reason="来不及")
    with pytest.raises(RefusedError, match="clock_over"):
        desk.do("2026-10-30 10:00", acts.extend, case, "head", amount=10, reason="来不及")


def test_the_reason_is_told_to_the_applicant_and_kept_apart() -> None:
    desk = hall()
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    desk.do("2026-10-28 10:00", acts.extend, case, "head", amount=5, reason="需要核实相邻关系")
    entry = Entry.objects.get(case=case, move="extend")
    assert '"reporter"' in entry.body
    assert "需要核实" not in entry.body
    assert "需要核实" in entry.payload.text
