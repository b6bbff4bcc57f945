"""What follows a grant on a promise: the check, mending, revocation; each on its own page, each by its article."""

from __future__ import annotations

from typing import Any

import pytest

from jinli.cases.models import Case, Grant, Paper
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.models import Publication
from jinli.lines.services.services import acts
from jinli.packs.items import MaterialRow
from jinli.town.moment import frozen_at
from tests.lines.services.desk import ITEM, Hall, at, hall, replace
from tests.shared import shared

PLACE = replace(
    ITEM,
    code="hotel",
    procedure="promised_licence",
    materials=(
        MaterialRow(code="promise_letter", name="承诺书", kind="declaration"),
        MaterialRow(code="plan", name="平面图", secondary=True, later_days=20),
    ),
)
CHOSEN = {"promise_letter": "given", "plan": "later"}
GRANT = {"promise": "符合消防技术标准", "reason": "承诺书、材料齐全"}
REVOKE = {"reason": "疏散通道仍被占用", "legal_basis": "行政许可法第六十九条", "heard": "已告知，没有陈述"}


@shared
def desk() -> Hall:
    return hall()


def granted(desk: Hall) -> Case:
    case = desk.apply("2026-09-24 10:00", PLACE, materials=CHOSEN)
    return desk.do("2026-09-24 11:00", acts.grant_on_promise, case, "officer", **GRANT)


def to_check(desk: Hall) -> Case:
    case = granted(desk)
    desk.do("2026-09-24 15:00", acts.publish, case, "officer")
    return desk.do("2026-09-25 09:00", acts.deliver, case, "clerk", way="counter", receiver="梁", delivered="许可证")


def two(desk: Hall) -> list[str]:
    return [str(desk.staff.small.people[name].pk) for name in ("officer", "officer2")]


def broken(desk: Hall) -> Case:
    return desk.do(
        "2026-10-12 10:00", acts.check_broken, to_check(desk), "officer", people=two(desk), reason="通道堵了"
    )


def test_what_was_promised_is_granted_at_once_and_may_bring_secondary_papers_to_the_check(desk: Hall) -> None:
    """Fire Protection Law art. 15: complete and promised is granted; Guangdong regulation 2022 art. 36."""
    case = granted(desk)
    assert case.stage == "promised"
    assert set(Paper.objects.filter(case=case).values_list("kind", flat=True)) >= {"decision_grant", "certificate"}
    assert Grant.objects.get(case=case).state == "valid"


@pytest.mark.parametrize("state", ["missing", "later"])
def test_nothing_is_granted_on_a_promise_nobody_made(desk: Hall, state: str) -> None:
    """Guangdong regulation 2022 art. 36: the applicant chooses."""
    case = desk.apply("2026-09-24 10:00", PLACE, materials={"promise_letter": state, "plan": "given"})
    with pytest.raises(RefusedError, match=r"services\.promise\.not_chosen"):
        desk.do("2026-09-24 11:00", acts.grant_on_promise, case, "officer", **GRANT)
    assert not Grant.objects.filter(case=case).exists()


def test_a_main_document_is_there_before_the_grant(desk: Hall) -> None:
    item = replace(PLACE, materials=(*PLACE.materials, MaterialRow(code="card", name="执照")))
    case = desk.apply("2026-09-24 10:00", item, materials={**CHOSEN, "card": "missing"})
    with pytest.raises(RefusedError, match="incomplete"):
        desk.do("2026-09-24 11:00", acts.grant_on_promise, case, "officer", **GRANT)


def test_it_is_delivered_and_published_on_the_pages_of_every_licence(desk: Hall) -> None:
    case = to_check(desk)
    assert case.stage == "to_check"
    assert desk.moves(case)[-2:] == ["publish_promised", "deliver_promised"]
    assert Publication.objects.get(case=case).content["document_number"]


def test_the_check_takes_two_persons_and_sees_what_was_still_to_come(desk: Hall) -> None:
    """Licensing Law art. 34(3)."""
    case, known = to_check(desk), {"people": two(desk), "result": "相符"}
    with pytest.raises(InvalidInputError, match="two_persons"):
        desk.do(
            "2026-10-12 10:00", acts.check_kept, case, "officer", people=two(desk)[:1], result="相符", seen=["plan"]
        )
    with pytest.raises(RefusedError, match="incomplete"):
        desk.do("2026-10-12 10:00", acts.check_kept, case, "officer", **known)
    assert desk.do("2026-10-12 11:00", acts.check_kept, case, "officer", **known, seen=["plan"]).stage == "done"


def test_what_does_not_fit_is_mended_and_then_done(desk: Hall) -> None:
    case = broken(desk)
    assert case.stage == "rectifying"
    known = {"people": two(desk), "result": "通道清了", "seen": ["plan"]}
    case = desk.do("2026-10-20 10:00", acts.rectified, case, "officer", **known)
    assert (case.stage, Grant.objects.get(case=case).state) == ("done", "valid")


def test_nothing_is_revoked_while_the_time_to_mend_runs(desk: Hall) -> None:
    case = broken(desk)
    with pytest.raises(RefusedError, match="still_mending"):
        desk.do("2026-10-20 10:00", acts.revoke_promised, case, "officer", **REVOKE)
    assert Grant.objects.get(case=case).state == "valid"


def test_what_was_not_mended_in_time_is_revoked_in_the_register_and_on_its_papers(desk: Hall) -> None:
    """Licensing Law art. 69."""
    case = desk.do("2026-11-16 10:00", acts.revoke_promised, broken(desk), "officer", **REVOKE)
    assert (case.stage, Grant.objects.get(case=case).state) == ("revoked", "revoked")
    states = dict(Paper.objects.filter(case=case).values_list("kind", "state"))
    assert [states[kind] for kind in ("decision_grant", "certificate", "decision_revoke")] == [
        "revoked",
        "revoked",
        "valid",
    ]


def page(desk: Hall, person: str, case: Case, name: str, when: str, **said: Any) -> Any:
    case.refresh_from_db()
    with frozen_at(at(when)):
        known = {"version": case.version, "key": f"{name}-{when}", "do": "act", **said}
        return desk.client(person).post(f"/matters/{case.pk}/{name}/", known)


def test_each_of_these_acts_has_a_page_and_no_general_one(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00", PLACE, materials=CHOSEN)
    look = page(desk, "officer", case, "grant-on-promise", "2026-09-24 11:00", **GRANT, do="look").content.decode()
    assert "准予行政许可决定书" in look
    assert not Grant.objects.filter(case=case).exists()
    assert page(desk, "officer", case, "grant-on-promise", "2026-09-24 11:10", **GRANT).status_code == 302
    desk.do("2026-09-24 15:00", acts.publish, case, "officer")
    desk.do("2026-09-25 09:00", acts.deliver, case, "clerk", way="counter", receiver="梁", delivered="许可证")
    with frozen_at(at("2026-10-12 09:30")):
        desk.client("officer").post(f"/cases/{case.pk}/moves/check_kept/", {"result": "x", "version": case.version})
    case.refresh_from_db()
    assert case.stage == "to_check"
    found = {"people": two(desk), "found": "broken", "result": "通道堵了"}
    alone = page(desk, "officer", case, "check", "2026-10-12 10:00", **{**found, "people": two(desk)[:1]})
    assert alone.status_code == 422
    assert "通道堵了" in alone.content.decode(), "what was typed is kept"
    assert page(desk, "officer", case, "check", "2026-10-12 10:10", **found).status_code == 302
    early = page(desk, "officer", case, "revoke", "2026-10-20 10:00", **REVOKE)
    assert early.status_code == 422
    assert "不能撤销" in early.content.decode()
    look = page(desk, "officer", case, "revoke", "2026-11-16 10:00", **REVOKE, do="look").content.decode()
    assert "撤销行政许可决定书" in look
    assert page(desk, "officer", case, "revoke", "2026-11-16 10:05", **REVOKE).status_code == 302
    case.refresh_from_db()
    assert case.stage == "revoked"


def test_what_another_system_decided_is_told_on_pages_of_its_own(desk: Hall) -> None:
    item = replace(ITEM, code="there", procedure="assisted", system_of_record="external:market", materials=())
    case = desk.apply("2026-09-24 10:00", item, materials={})
    desk.do("2026-09-24 11:00", acts.submit_there, case, "clerk", foreign_number="A-1", note="已交")
    assert page(desk, "clerk", case, "looked", "2026-09-25 09:00", note="还在审").status_code == 302
    assert page(desk, "clerk", case, "done-there", "2026-09-28 09:00", result="已登记 A-1").status_code == 302
    case.refresh_from_db()
    assert case.stage == "done_there"
