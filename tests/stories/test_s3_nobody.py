"""S3: a whistle that nobody picks up before National Day 2026 (1 to 7 October; Saturday the 10th is worked).

Supervision arises by itself on the right working day and goes to the leader on the next, though nobody is assigned
in person; no comment resets anything. Office hours 08:30-12:00 and 14:30-17:30.
"""

from __future__ import annotations

import pytest

from jinli.cases.models import Notice
from jinli.domain.errors import DomainError
from jinli.lines.grid.services import whistles
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.grid.whistling import Whistling, due, journal, lines, verdict, whistling
from tests.shared import shared


@shared
def town() -> Whistling:
    return whistling()


def test_s3_nobody_picks_it_up(town: Whistling) -> None:
    small = town.small
    whistle = town.sent("2026-09-30 15:00", lead="ecology", assisting=[])
    assert town.assignment(whistle, "a1").handler is None
    # One working hour: 15:00 to 16:00 on Wednesday, the last working day.
    assert due(whistle, "sign_in", "a1") == "2026-09-30 16:00"
    before = {(clock.code, clock.track): clock.due_at for clock in whistle.clocks.all()}
    for when, who in (("2026-09-30 15:30", small.command), ("2026-09-30 15:50", small.ecology)):
        town.move(when, whistle, "comment", who, given={"note": "已电话提醒"})
    assert {(clock.code, clock.track): clock.due_at for clock in whistle.clocks.all()} == before

    town.tick("2026-09-30 15:59")
    assert [one["move"] for one in journal(whistle)][-1] == "comment"
    town.tick("2026-09-30 16:00")
    assert lines(whistle)[-1] == ("09-30 16:00", "a1", "supervise")
    assert {one.to_body.code for one in Notice.objects.filter(case=whistle, move="supervise") if one.to_body} == {
        "ecology", "command",
    }  # fmt: skip
    # Four working hours: 16:00 to 17:30 is one and a half; two and a half on 8 October, the next working day.
    assert due(whistle, "supervision", "a1") == "2026-10-08 11:00"
    town.move("2026-10-08 09:00", whistle, "comment", small.command, given={"note": "再次电话提醒"})
    assert due(whistle, "supervision", "a1") == "2026-10-08 11:00"

    town.tick("2026-10-08 11:00")
    assert lines(whistle)[-1] == ("10-08 11:00", "a1", "escalate")
    assert journal(whistle)[-1]["tell"] == ["government", "ecology"]
    assert lines(whistle)[5:] == [
        ("09-30 16:00", "a1", "supervise"),  # not signed in
        # 24 urgent hours run through the holiday; the department did not contact the reporter either.
        ("10-01 15:00", "a1", "supervise"),
        ("10-08 09:00", "case", "comment"),
        # Four working hours from 15:00: two and a half on Wednesday, one and a half on 8 October.
        ("10-08 10:00", "a1", "clock_lapsed"),
        ("10-08 11:00", "a1", "escalate"),
    ]
    assert (verdict(whistle, "sign_in", "a1"), verdict(whistle, "refuse", "a1")) == ("broken", "lapsed")
    # Five working days from Wednesday the 30th: 8, 9, the make-up Saturday 10, 12, 13.
    assert due(whistle, "report", "a1") == "2026-10-14 00:00"

    town.act("2026-10-08 14:40", whistle, "a1", whistles.sign_in, small.ecology)
    assert verdict(whistle, "sign_in", "a1") == "broken"
    assert whistle.clocks.get(code="supervision").state == "stopped"
    with pytest.raises(DomainError, match="clock_over"):
        town.act("2026-10-08 14:45", whistle, "a1", whistles.refuse, small.ecology, reason="晚", legal_basis="第九条")


def test_s3_a_whistle_that_was_approved_and_never_sent_out_goes_to_the_leader_too(town: Whistling) -> None:
    report = town.report("2026-09-30 09:00")
    town.file("2026-09-30 09:10", report)
    whistle = town.blow("2026-09-30 10:00", report)
    town.approve("2026-09-30 15:00", whistle)
    assert whistle.assignments.count() == 0
    # Four working hours from 15:00: two and a half on Wednesday, one and a half on 8 October.
    assert due(whistle, "dispatch") == "2026-10-08 10:00"
    town.tick("2026-10-07 23:59")
    assert lines(whistle)[-1] == ("09-30 15:00", "case", "approve")
    town.tick("2026-10-08 10:00")
    assert lines(whistle)[-1] == ("10-08 10:00", "case", "supervise_town")
    # Four working hours from 10:00 on the 8th: two before lunch, two from 14:30.
    assert due(whistle, "town_supervision") == "2026-10-08 16:30"
    whistle.refresh_from_db()
    with frozen_at(at("2026-10-08 16:00")):
        town.move("2026-10-08 16:00", whistle, "comment", town.small.command, given={"note": "人手不足"})
    town.tick("2026-10-08 16:30")
    assert lines(whistle)[-1] == ("10-08 16:30", "case", "escalate_town")
    assert journal(whistle)[-1]["tell"] == ["government"]
