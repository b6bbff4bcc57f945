"""Pages of the desk: what they show, what they refuse, and that nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinli.cases.models import Case, Paper
from jinli.cases.services import tick
from jinli.lines.services.models import Publication
from jinli.lines.services.services import acts
from jinli.packs.items import FieldRow, MaterialRow
from jinli.town.models import AccessEntry, Place
from jinli.town.moment import frozen_at
from tests.counting import statements_of
from tests.lines.services.desk import ALL_GIVEN, ITEM, PRIVATE, Hall, at, hall, replace

pytestmark = pytest.mark.django_db
PAGES = (
    "accept", "not-accepted", "correct", "supply", "ask", "special", "verify", "decide", "deliver", "publish", "end",
    "submit", "hearing/tell", "hearing/ask", "hearing/summon", "hearing/hold", "form",
)  # fmt: skip
WITH_FORM = replace(
    ITEM,
    form=(
        FieldRow(code="area", label="面积", kind="area", unit="平方米"),
        FieldRow(code="mobile", label="联系电话", kind="telephone"),
    ),
)
SAID = {**PRIVATE, "form": {"area": "120", "mobile": "13800000426"}}


@pytest.fixture
def desk() -> Hall:
    return hall()


def page(desk: Hall, person: str, case: Case, name: str, when: str, query: str = "") -> Any:
    with frozen_at(at(when)):
        return desk.client(person).get(f"/matters/{case.pk}/{name}/{query}")


def send(desk: Hall, person: str, case: Case, name: str, when: str, **said: Any) -> Any:
    case.refresh_from_db()
    query = said.pop("query", "")
    known = {"version": case.version, "key": f"k-{name}-{when}", **said}
    with frozen_at(at(when)):
        return desk.client(person).post(f"/matters/{case.pk}/{name}/{query}", known)


TICKED = {"m_form": "given", "m_lease": "given", "m_pledge": "given", "what": "accept", "do": "act"}


def test_the_clerk_ticks_materials_and_accepts_on_one_page(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    shown = page(desk, "clerk", case, "accept", "2026-09-24 10:30").content.decode()
    assert "申请表" in shown
    assert "容缺，承诺后补" in shown
    answer = send(desk, "clerk", case, "accept", "2026-09-24 11:00", **TICKED)
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.stage == "accepted"
    assert set(Paper.objects.filter(case=case).values_list("kind", flat=True)) == {"receipt", "acceptance"}


@pytest.mark.parametrize(("lang", "said", "unsaid"), [("zh", "申请人", "报告人"), ("en", "applicant", "reporter")])
def test_the_page_of_an_application_speaks_of_an_applicant(desk: Hall, lang: str, said: str, unsaid: str) -> None:
    case = desk.apply("2026-09-24 10:00")
    browser = desk.client("clerk")
    browser.cookies["django_language"] = "zh-hans" if lang == "zh" else "en"
    with frozen_at(at("2026-09-24 10:30")):
        shown = browser.get(f"/cases/{case.pk}/").content.decode()
    text = re.sub(r"<[^>]+>", "", shown)
    assert said in text
    assert unsaid not in text


def test_a_reviewing_body_reads_no_applicant_and_is_told_who_does(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    desk.do("2026-09-24 10:30", acts.accept, case, "clerk", materials=ALL_GIVEN)
    desk.do("2026-09-24 11:00", acts.ask_opinions, case, "officer", lead="ecology")
    with frozen_at(at("2026-09-24 11:30")):
        shown = desk.client("ecology").get(f"/cases/{case.pk}/").content.decode()
    assert "窗口和作决定的单位才看申请人" in shown
    assert "签收以后" not in shown


def test_a_place_in_the_form_is_shown_by_its_name(desk: Hall) -> None:
    place = Place.objects.filter(town=desk.staff.small.town).exclude(name="").first()
    assert place is not None
    item = replace(ITEM, form=(FieldRow(code="where", label="所在村居", kind="place"),))
    case = desk.apply("2026-09-24 10:00", item, private={**PRIVATE, "form": {"where": place.code}})
    with frozen_at(at("2026-09-24 10:30")):
        shown = desk.client("clerk").get(f"/cases/{case.pk}/").content.decode()
    assert re.search(rf"所在村居</dt>\s*<dd>\s*{place.name}", shown)


def test_a_promised_material_makes_it_an_acceptance_against_a_promise(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    send(desk, "clerk", case, "accept", "2026-09-24 11:00", **{**TICKED, "m_lease": "later"})
    assert desk.moves(case)[-1] == "accept_with_promise"


def test_what_is_missing_becomes_the_notice_from_the_same_page_after_a_look(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    ticked = {**TICKED, "m_form": "missing", "what": "notice"}
    looked = send(desk, "clerk", case, "accept", "2026-09-24 11:00", **{**ticked, "do": "look"})
    assert looked.status_code == 200
    text = looked.content.decode()
    assert "文书预览" in text
    assert "一次性告知" in text
    assert desk.moves(case) == ["receive"]
    send(desk, "clerk", case, "accept", "2026-09-24 11:01", **ticked)
    assert desk.moves(case)[-1] == "one_time_notice"
    assert Paper.objects.filter(case=case, kind="one_time_notice").exists()
    again = page(desk, "clerk", case, "accept", "2026-09-25 09:00").content.decode()
    assert "已经告知过，不能再告知" in again


def test_accepting_what_is_incomplete_says_why_and_keeps_the_ticks(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    refused = send(desk, "clerk", case, "accept", "2026-09-24 11:00", **{**TICKED, "m_form": "missing"})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "还缺：申请表" in text
    assert 'name="m_form" value="missing"' in text.replace("  ", " ")


def test_who_is_second_is_told_what_happened_meanwhile(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    with frozen_at(at("2026-09-24 11:00")):
        first = {**TICKED, "version": case.version, "key": "one"}
        assert desk.client("clerk").post(f"/matters/{case.pk}/accept/", first).status_code == 302
        second = desk.client("officer").post(f"/matters/{case.pk}/accept/", {**first, "key": "two"})
    assert second.status_code == 409
    assert "受理" in second.content.decode()


def test_the_general_page_leads_to_the_own_page_of_an_act(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    with frozen_at(at("2026-09-24 11:00")):
        answer = desk.client("clerk").get(f"/cases/{case.pk}/moves/accept/")
    assert answer.status_code == 302
    assert answer["Location"].endswith("/accept/")


def test_the_case_page_shows_item_materials_form_and_both_clocks_with_personal_values_masked(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00", WITH_FORM, private=SAID, materials={**ALL_GIVEN, "lease": "missing"})
    with frozen_at(at("2026-09-24 11:00")):
        text = desk.client("clerk").get(f"/cases/{case.pk}/").content.decode()
    assert "120 平方米" in text
    assert "138****0426" in text
    assert "13800000426" not in text
    assert "还缺：租赁合同" in text


def test_reading_the_form_in_full_needs_a_reason_and_is_recorded(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00", WITH_FORM, private=SAID)
    with frozen_at(at("2026-09-24 11:00")):
        clerk = desk.client("clerk")
        assert clerk.post(f"/matters/{case.pk}/form/", {"reason": " "}).status_code == 422
        assert not AccessEntry.objects.exists()
        text = clerk.post(f"/matters/{case.pk}/form/", {"reason": "打电话核对面积"}).content.decode()
    assert "13800000426" in text
    assert AccessEntry.objects.get().reason == "打电话核对面积"


def test_a_department_sees_an_application_only_when_it_was_asked(desk: Hall) -> None:
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    assert page(desk, "water", case, "opinion", "2026-09-25 09:00").status_code == 404
    send(desk, "officer", case, "ask", "2026-09-25 09:00", lead="water", assisting=["ecology"])
    assert desk.track(case, "water") == "a1"
    text = page(desk, "water", case, "opinion", "2026-09-28 09:00").content.decode()
    assert "按职责清单退回" in text
    said = {"version": 1, "answer": "agree_with_conditions", "reply": "离河岸十米以外"}
    answered = send(desk, "water", case, "opinion", "2026-09-28 10:00", **said)
    assert answered.status_code == 302
    shown = page(desk, "officer", case, "decide", "2026-09-28 11:00").content.decode()
    assert "附条件同意" in shown
    assert "离河岸十米以外" in shown


def test_a_decision_can_be_looked_at_before_it_is_issued(desk: Hall) -> None:
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    said = {"decision": "refuse", "reason": "面积超出", "legal_basis": "样本条例第三条"}
    looked = send(desk, "officer", case, "decide", "2026-09-28 10:00", **said, do="look").content.decode()
    assert "不予行政许可决定书" in looked
    assert "行政复议" in looked
    assert "某区人民政府" in looked
    assert "government" in looked
    bare = send(desk, "officer", case, "decide", "2026-09-28 10:00", decision="refuse", reason="面积超出", do="act")
    assert bare.status_code == 422
    assert "面积超出" in bare.content.decode()
    assert send(desk, "officer", case, "decide", "2026-09-28 10:01", **said, do="act").status_code == 302
    assert Paper.objects.filter(case=case, kind="decision_refuse").exists()


def test_a_pause_for_papers_is_not_on_offer_and_refused_when_forged(desk: Hall) -> None:
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    text = page(desk, "officer", case, "special", "2026-09-28 10:00").content.decode()
    assert text.count('name="kind"') == 8
    said = {"kind": "supplement", "reason": "补正", "until": "2026-10-20T18:00", "do": "act"}
    assert send(desk, "officer", case, "special", "2026-09-28 10:00", **said).status_code == 422


def test_a_late_case_says_that_silence_decides_nothing_and_names_the_remedies(desk: Hall) -> None:
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    tick(now=at("2026-11-02 08:00"))
    text = page(desk, "officer", case, "decide", "2026-11-02 09:00").content.decode()
    assert "逾期没有决定" in text
    assert "沉默不等于准予" in text


def test_a_closed_act_says_why(desk: Hall) -> None:
    case = desk.apply("2026-09-24 10:00")
    text = page(desk, "officer", case, "decide", "2026-09-24 10:30").content.decode()
    assert "现在不能办" not in text  # on the spot it may be decided
    text = page(desk, "officer", case, "special", "2026-09-24 10:30").content.decode()
    assert "现在不能办" in text
    assert "已受理" in text


def _granted(desk: Hall) -> Case:
    case = desk.do("2026-09-24 11:00", acts.accept, desk.apply("2026-09-24 10:00"), "clerk")
    return desk.do("2026-09-28 11:00", acts.grant, case, "officer", reason="符合条件")


def test_the_public_reads_what_is_published_with_masked_names_and_takes_it_as_a_table(desk: Hall) -> None:
    case = _granted(desk)
    preview = page(desk, "officer", case, "publish", "2026-09-29 10:00").content.decode()
    assert "梁**" in preview
    send(desk, "officer", case, "publish", "2026-09-29 10:00", do="act")
    town = desk.staff.small.town.code
    text = Client().get(f"/t/{town}/published/").content.decode()
    assert "准予设置户外招牌" in text
    assert "梁小明" not in text
    table = Client().get(f"/t/{town}/published/export/")
    assert "样例" in text
    assert "梁**" in table.content.decode("utf-8-sig")
    number = Paper.objects.get(case=case, kind="decision_grant").number
    assert number in table.content.decode("utf-8-sig")
    assert Client().get(f"/t/{town}/published/export/?as=xlsx").content[:2] == b"PK"


def test_a_publication_is_corrected_on_its_page_and_what_was_typed_stays(desk: Hall) -> None:
    case = _granted(desk)
    desk.do("2026-09-29 10:00", acts.publish, case, "officer")
    row = Publication.objects.get(case=case)
    known = {"key": "k", "seen": row.published_at.isoformat(), "changed_on": "2026-09-29", "reason": "内容变更"}
    with frozen_at(at("2026-09-30 10:00")):
        officer = desk.client("officer")
        names = ("content", "document_number", "valid_from", "valid_to", "note")
        held = {name: row.content[name] for name in names}
        same = officer.post(f"/publications/{row.pk}/", {**known, **held, "do": "correct"})
        assert same.status_code == 422
        assert "内容变更" in same.content.decode()
        answer = officer.post(
            f"/publications/{row.pk}/", {**known, **held, "content": "准予设置一处招牌", "do": "correct"}
        )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.content["content"]) == ("corrected", "准予设置一处招牌")


@pytest.mark.parametrize("count", [1, 30])
def test_the_case_page_takes_the_same_statements_however_many_materials(desk: Hall, count: int) -> None:
    rows = tuple(MaterialRow(code=f"m{number}", name=f"材料{number}") for number in range(count))
    case = desk.apply("2026-09-24 10:00", replace(ITEM, materials=rows))
    clerk = desk.client("clerk")
    with frozen_at(at("2026-09-24 11:00")):
        clerk.get(f"/cases/{case.pk}/")
        with CaptureQueriesContext(connection) as caught:
            assert clerk.get(f"/cases/{case.pk}/").status_code == 200
    assert len(statements_of(caught)) <= 16, statements_of(caught)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(desk: Hall, name: str, language: str) -> None:
    case = desk.apply("2026-09-24 10:00", WITH_FORM, private=SAID)
    with frozen_at(at("2026-09-24 10:30")):
        for person in ("clerk", "officer"):
            found = desk.client(person).get(f"/matters/{case.pk}/{name}/", headers={"Accept-Language": language})
            assert found.status_code in (200, 403)
