"""After a homestead was approved: staked out, built, checked by two, mended in time or passed to enforcement."""

from __future__ import annotations

from typing import Any

import pytest

from jinli.cases.models import Case
from jinli.cases.services import make_move
from jinli.cases.services.moving import MakeMove
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.services import acts
from jinli.town.moment import frozen_at
from tests.lines.services.desk import ALL_GIVEN, ITEM, Hall, at, hall, replace
from tests.shared import shared

HOME = replace(ITEM, code="home", procedure="homestead")
ENFORCE = {"reason": "超建一层没有拆", "legal_basis": "土地管理法第七十八条"}


@shared
def desk() -> Hall:
    return hall()


def two(desk: Hall) -> list[str]:
    return [str(desk.staff.small.people[name].pk) for name in ("officer", "officer2")]


def plain(desk: Hall, case: Case, move: str, when: str) -> None:
    case.refresh_from_db()
    with frozen_at(at(when)):
        make_move(acting=desk.acting("officer"), act=MakeMove(case=case.pk, move=move, version=case.version))
    case.refresh_from_db()


def staking(desk: Hall) -> Case:
    case = desk.apply("2026-03-02 10:00", HOME)
    desk.do("2026-03-02 11:00", acts.accept, case, "clerk", materials=ALL_GIVEN)
    desk.do("2026-03-03 10:00", acts.verify_on_site, case, "officer", people=two(desk), result="相符")
    desk.do("2026-03-04 10:00", acts.grant, case, "officer", reason="符合规划")
    desk.do("2026-03-04 15:00", acts.publish, case, "officer")
    desk.do("2026-03-05 10:00", acts.deliver, case, "clerk", way="counter", receiver="梁", delivered="批准书")
    plain(desk, case, "report_start", "2026-03-09 10:00")
    return case


def checking(desk: Hall) -> Case:
    case = desk.do("2026-03-10 10:00", acts.stake_out, staking(desk), "officer", people=two(desk), result="120 平方米")
    plain(desk, case, "report_built", "2026-06-01 10:00")
    return case


def mending(desk: Hall) -> Case:
    found = {"people": two(desk), "reason": "多建一层"}
    return desk.do("2026-06-02 10:00", acts.built_differently, checking(desk), "officer", **found)


def test_staking_out_and_the_check_take_two_persons(desk: Hall) -> None:
    """Licensing Law art. 34(3)."""
    case = staking(desk)
    with pytest.raises(InvalidInputError, match="two_persons"):
        desk.do("2026-03-10 10:00", acts.stake_out, case, "officer", people=two(desk)[:1], result="120 平方米")
    assert (
        desk.do("2026-03-10 10:00", acts.stake_out, case, "officer", people=two(desk), result="x").stage == "building"
    )


def test_a_house_built_as_approved_is_done(desk: Hall) -> None:
    case = desk.do(
        "2026-06-02 10:00", acts.built_as_approved, checking(desk), "officer", people=two(desk), result="相符"
    )
    assert case.stage == "done"


def test_nothing_is_passed_to_enforcement_while_the_time_to_mend_runs(desk: Hall) -> None:
    case = mending(desk)
    with pytest.raises(RefusedError, match="still_mending"):
        desk.do("2026-06-20 10:00", acts.pass_to_enforcement, case, "officer", **ENFORCE)
    assert desk.do("2026-07-06 10:00", acts.pass_to_enforcement, case, "officer", **ENFORCE).stage == "enforced"


def test_each_of_these_steps_has_a_page_of_its_own(desk: Hall) -> None:
    def send(case: Case, name: str, when: str, **said: Any) -> Any:
        case.refresh_from_db()
        with frozen_at(at(when)):
            known = {"version": case.version, "key": f"{name}-{when}", "do": "act", **said}
            return desk.client("officer").post(f"/matters/{case.pk}/{name}/", known)

    case = checking(desk)
    found = {"people": two(desk), "found": "broken", "result": "多建一层"}
    alone = send(case, "built", "2026-06-02 09:00", **{**found, "people": two(desk)[:1]})
    assert alone.status_code == 422
    assert "多建一层" in alone.content.decode(), "what was typed is kept"
    assert send(case, "built", "2026-06-02 10:00", **found).status_code == 302
    early = send(case, "enforce", "2026-06-20 10:00", **ENFORCE)
    assert early.status_code == 422
    assert "不能转执法" in early.content.decode()
    assert send(case, "enforce", "2026-07-06 10:00", **ENFORCE).status_code == 302
