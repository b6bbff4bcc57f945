"""The record of a hearing is a paper that the participants sign; the decision is made on it (Licensing Law art. 48)."""

from __future__ import annotations

import pytest

from jinli.cases.models import Case, Paper
from jinli.domain.errors import DomainError
from jinli.lines.services.services import acts
from jinli.town.moment import frozen_at
from tests.cases.papers import text_of
from tests.lines.services.desk import Hall, at, hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def summoned() -> tuple[Hall, Case]:
    desk = hall()
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    desk.do("2026-09-25 10:00", acts.tell_hearing, case, "officer", reason="邻居反对，直接涉及重大利益")
    desk.do("2026-09-27 10:00", acts.ask_hearing, case, "clerk")
    chair = str(desk.staff.small.people["planning_head"].pk)
    desk.do(
        "2026-09-28 10:00", acts.summon_hearing, case, "officer", chair=chair, held_at=at("2026-10-20 09:00"),
        place="镇政府二楼会议室", reason="招牌是否影响采光",
    )  # fmt: skip
    return desk, case


SAID = {"version": 0, "key": "k1", "record": "申请人：招牌高三米。\n邻居：挡光。", "present": "王某，邻居\n李某，证人"}


def test_the_record_says_when_where_who_and_what_and_has_a_line_for_each_to_sign(
    summoned: tuple[Hall, Case],
) -> None:
    desk, case = summoned
    with frozen_at(at("2026-10-20 12:00")):
        case.refresh_from_db()
        client, address = desk.client("officer"), f"/matters/{case.pk}/hearing/hold/"
        said = {**SAID, "version": case.version, "refused": "李某，证人"}
        looked = client.post(address, {**said, "do": "look"}).content.decode()
        assert "听证笔录" in looked
        assert "拒绝签字" in looked
        assert not Paper.objects.filter(case=case, kind="hearing_record").exists()
        empty = client.post(address, {**said, "record": "", "do": "act"})
        assert empty.status_code == 422
        assert "王某，邻居" in empty.content.decode()  # what was typed stays
        assert client.post(address, {**said, "do": "act"}).status_code == 302
    paper = Paper.objects.get(case=case, kind="hearing_record")
    text = paper.content or ""
    for part in (
        "镇政府二楼会议室",
        "2026年10月20日",
        "主持人",
        "梁小明（演示）",
        "王某，邻居",
        "签字或者盖章",
        "邻居：挡光。",
    ):
        assert part in text
    assert paper.sealed_by.code == "government"
    assert "行政许可法第四十八条第一款第五项" in text


def test_the_decision_names_the_record_it_is_made_on(summoned: tuple[Hall, Case]) -> None:
    desk, case = summoned
    with pytest.raises(DomainError, match="hearing_not_held"):
        desk.do("2026-10-19 10:00", acts.refuse, case, "officer", reason="挡光", legal_basis="样本条例第三条")
    desk.do("2026-10-20 12:00", acts.hold_hearing, case, "officer", record="双方各陈述一次")
    record = Paper.objects.get(case=case, kind="hearing_record")
    desk.do("2026-10-21 10:00", acts.refuse, case, "officer", reason="挡光", legal_basis="样本条例第三条")
    decision = Paper.objects.get(case=case, kind="decision_refuse")
    assert f"听证笔录{record.number}" in (decision.content or "")
    with frozen_at(at("2026-10-22 10:00")):
        pdf = desk.client("officer").get(f"/papers/{record.pk}.pdf")
    assert "听证笔录" in text_of(pdf.content).replace("\n", "")
