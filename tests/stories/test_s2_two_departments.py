"""S2: a whistle to two departments around a make-up Sunday, a refusal, an answer by link, work sent back, a contest.

The due moments below are counted by hand. Office hours 08:30-12:00 and 14:30-17:30; Sunday 2026-09-20 is worked,
25 to 27 September (mid-autumn) and 1 to 7 October (National Day) are not, Saturday 2026-10-10 is worked.
"""

from __future__ import annotations

import pytest

from jinli.cases.models import Case, Notice
from jinli.cases.services.linking import answer_by_link, link_of, make_link
from jinli.cases.services.verifying import verify_town
from jinli.domain.errors import DomainError
from jinli.lines.grid.services import reports, whistles
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.grid.whistling import Whistling, due, journal, lines, verdict, whistling
from tests.shared import shared

BASIS = {"reason": "岸边排口不在河道管理范围", "legal_basis": "水污染防治法第九条（演示）"}
RULING = {"reason": "弃渣在河道管理范围内", "legal_basis": "河道管理条例第二十四条（演示）"}


@shared
def town() -> Whistling:
    return whistling()


def by_link(town: Whistling, when: str, whistle: Case, key: str, act: object) -> str:
    """Let the command centre make a link and the department use it, and return what follows."""
    held = town.assignment(whistle, key)
    with frozen_at(at(when)):
        token = make_link(acting=town.small.command, assignment=held, seed=f"form-{when}")
        link = link_of(token, town.small.town.code)
        assert link is not None
        return answer_by_link(link=link, token=token, name="郑工", seed="form", act=act)  # type: ignore[arg-type]


def reported_by_link(town: Whistling, when: str, whistle: Case, key: str, result: str) -> str:
    held = town.assignment(whistle, key)
    return by_link(
        town,
        when,
        whistle,
        key,
        lambda acting: whistles.report(
            acting=acting, assignment=held, version=held.version, result=result, channel="link"
        ),
    )


def test_s2_two_departments(town: Whistling) -> None:
    small = town.small
    report = town.report("2026-09-17 15:20")
    town.file("2026-09-17 15:40", report)
    # Ten working days from Thursday the 17th: 18, 20, 21, 22, 23, 24 are six, 28, 29, 30 nine, 8 October the tenth.
    assert due(report, "handle") == "2026-10-09 00:00"
    whistle = town.blow("2026-09-18 09:20", report)
    # Four working hours from 09:20: 2 h 40 before lunch, 1 h 20 from 14:30.
    assert due(whistle, "approve") == "2026-09-18 15:50"
    assert whistle.title == report.title
    town.approve("2026-09-18 11:05", whistle)
    # Four working hours from 11:05: 55 minutes, three hours in the afternoon, five minutes on the make-up Sunday.
    assert due(whistle, "dispatch") == "2026-09-20 08:35"

    town.dispatch("2026-09-18 11:40", whistle)
    for key in ("a1", "a2"):
        # One working hour: 20 minutes before lunch, 40 after it.
        assert due(whistle, "sign_in", key) == "2026-09-18 15:10"
        # 24 urgent hours run day and night.
        assert due(whistle, "contact", key) == "2026-09-19 11:40"
        # Four working hours: 20 minutes, 3 hours on Friday afternoon, 40 minutes on Sunday morning.
        assert due(whistle, "refuse", key) == "2026-09-20 09:10"
        # Five working days: Sunday 20, 21, 22, 23, 24.
        assert due(whistle, "report", key) == "2026-09-25 00:00"

    town.act("2026-09-18 11:58", whistle, "a2", whistles.refuse, small.water, **BASIS)
    assert verdict(whistle, "refuse", "a2") == "kept"
    # One working day after Friday is the make-up Sunday.
    assert due(whistle, "arbitrate", "a2") == "2026-09-21 00:00"
    town.act("2026-09-18 14:52", whistle, "a1", whistles.sign_in, small.ecology)
    town.act("2026-09-18 16:05", whistle, "a1", whistles.contact, small.ecology, note="已约周一取样")
    town.act("2026-09-20 10:20", whistle, "a2", whistles.arbitrate, small.arbiter, upheld=False, **RULING)
    assert verdict(whistle, "arbitrate", "a2") == "kept"
    # Sign-in anew: one working hour from 10:20 on the worked Sunday. The report clock runs on: arbitration counts.
    assert due(whistle, "sign_in", "a2") == "2026-09-20 11:20"
    assert due(whistle, "report", "a2") == "2026-09-25 00:00"
    # The contact clock ran out while the refusal lay with the district: that counts too, and is shown.
    assert verdict(whistle, "contact", "a2") == "broken"
    town.act("2026-09-20 10:46", whistle, "a2", whistles.sign_in, small.water)

    assert reported_by_link(town, "2026-09-22 16:40", whistle, "a1", "查封沉淀池旁接管 1 处") == ""
    town.act("2026-09-23 15:20", whistle, "a2", whistles.report, small.water, result="弃渣清走 3 车")
    whistle.refresh_from_db()
    assert whistle.stage == "verifying"
    # Two working days after Wednesday the 23rd: 24, then mid-autumn, 28.
    assert due(whistle, "verify") == "2026-09-29 00:00"
    with pytest.raises(DomainError, match="not_your_duty"), frozen_at(at("2026-09-24 09:00")):
        whistles.verify(acting=small.ecology, whistle=whistle, version=whistle.version, passed=True, text="好")
    with frozen_at(at("2026-09-24 10:15")):
        whistles.verify(
            acting=small.grid, whistle=whistle, version=whistle.version, passed=False, text="仍有乳白色水流"
        )
    # Round 2 of the lead. Rework is three working days: 28, 29, 30 September.
    assert due(whistle, "report", "a3") == "2026-10-01 00:00"
    assert due(whistle, "sign_in", "a3") == "2026-09-24 11:15"
    assert verdict(whistle, "report", "a1") == "kept"  # the first verdict stands
    town.act("2026-09-24 10:40", whistle, "a3", whistles.sign_in, small.ecology)
    assert reported_by_link(town, "2026-09-29 16:00", whistle, "a3", "接管已拆，排口封堵") == ""
    # Two working days: 30 September, 8 October.
    assert due(whistle, "verify") == "2026-10-09 00:00"
    whistle.refresh_from_db()
    with frozen_at(at("2026-09-30 09:30")):
        whistles.verify(acting=small.grid, whistle=whistle, version=whistle.version, passed=True, text="水清")
    whistle.refresh_from_db()
    report.refresh_from_db()
    assert (whistle.stage, whistle.phase, report.stage) == ("done", "closed", "callback")
    assert verdict(report, "handle") == "kept"
    # Two working days after 30 September: 8 and 9 October.
    assert due(report, "callback") == "2026-10-10 00:00"

    with frozen_at(at("2026-10-09 10:00")):
        reports.call_back(
            acting=small.command, case=report.pk, version=report.version, answer="unsolved",
            satisfaction=reports.SATISFACTION[-1],
            note="又有味",
        )  # fmt: skip
    # Five working days: the make-up Saturday 10, 12, 13, 14, 15.
    assert due(report, "contest") == "2026-10-16 00:00"
    town.move("2026-10-12 09:00", report, "contest", town.reporter, given={"reason": "下雨后又有白水"})
    # Ten working days after Monday the 12th: 13-16 are four, 19-23 nine, 26 the tenth.
    assert due(report, "handle") == "2026-10-27 00:00"
    town.move("2026-10-13 10:00", report, "solve", small.command, given={"result": "清理沉泥"})
    town.move("2026-10-13 15:00", report, "verify_passed", small.grid)
    with frozen_at(at("2026-10-14 10:00")):
        report.refresh_from_db()
        reports.call_back(
            acting=small.command, case=report.pk, version=report.version, answer="solved",
            satisfaction=reports.SATISFACTION[0],
        )  # fmt: skip
    with pytest.raises(DomainError, match="cap_reached"):
        town.move("2026-10-14 11:00", report, "contest", town.reporter, given={"reason": "再来一次"})
    # Five working days after the 14th: 15, 16, 19, 20, 21.
    town.tick("2026-10-22 00:00")
    report.refresh_from_db()
    assert (report.stage, report.phase) == ("closed", "closed")

    assert lines(whistle) == [
        ("09-18 09:20", "case", "request"),
        ("09-18 11:05", "case", "approve"),
        ("09-18 11:40", "case", "dispatch"),
        ("09-18 11:58", "a2", "refuse"),
        ("09-18 14:52", "a1", "sign_in"),
        ("09-18 16:05", "a1", "contact"),
        ("09-19 11:40", "a2", "supervise"),
        ("09-20 09:10", "a1", "clock_lapsed"),
        ("09-20 10:20", "a2", "overrule"),
        ("09-20 10:46", "a2", "sign_in"),
        ("09-22 16:40", "a1", "report"),
        ("09-23 15:20", "a2", "report"),
        ("09-23 15:20", "case", "all_reported"),
        ("09-24 10:15", "case", "verify_returned"),
        ("09-24 10:40", "a3", "sign_in"),
        ("09-29 16:00", "a3", "report"),
        ("09-29 16:00", "case", "all_reported"),
        ("09-30 09:30", "case", "verify_passed"),
    ]
    told = journal(whistle)
    refusal = next(one for one in told if one["move"] == "refuse")
    assert refusal["private"] == BASIS
    assert refusal["actor"] == {
        "body": "water",
        "duty": "department_officer",
        "hat": "own",
        "person": refusal["actor"]["person"],
    }
    by_link_told = next(one for one in told if one["move"] == "report")
    assert by_link_told["channel"] == "link"
    assert by_link_told["actor"] == {"body": "ecology", "duty": "department_officer", "hat": "link"}
    assert by_link_told["private"] == {"as_stated": "郑工", "result": "查封沉淀池旁接管 1 处"}
    assert [one["move"] for one in journal(report)] == [
        "report", "file", "blow", "whistle_done", "call_back", "contest", "solve", "verify_passed", "call_back",
        "close",
    ]  # fmt: skip
    assert (
        next(one for one in journal(report) if one["move"] == "whistle_done")["facts"]["linked_number"]
        == whistle.number
    )
    assert {one.to_body.code for one in Notice.objects.filter(case=whistle, move="refuse") if one.to_body} == {
        "whistle_office", "command",
    }  # fmt: skip
    assert [one for one in verify_town(small.town) if not isinstance(one, int)] == []
