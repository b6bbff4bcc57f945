"""What the staff and the public see of papers."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from jinli.cases.models import Paper
from jinli.cases.services.erasing import erase_payload
from jinli.cases.services.restating import Restate, restate_paper
from jinli.town.models import AccessEntry
from jinli.town.moment import frozen_at
from tests.cases.pages import html, statements
from tests.cases.papers import APPLICANT, give_papers, moved, noticed, officer, opened, text_of
from tests.cases.staff import Staff, at, staffed

pytestmark = pytest.mark.django_db
NOW = "2026-10-12 09:00"


@pytest.fixture
def staff() -> Staff:
    cache.clear()
    found = staffed()
    give_papers(found.small.town)
    return found


def restated(staff: Staff, paper: Paper, state: str, reason: str, other: Paper | None = None) -> None:
    with frozen_at(at(NOW)):
        act = Restate(
            paper=paper.pk, was=paper.state, state=state, reason=reason, replaced_by=other.pk if other else None
        )
        restate_paper(acting=officer(staff.small), act=act)


# ---- the staff -----------------------------------------------------------------------------------------------


def test_the_page_of_a_case_lists_its_papers(staff: Staff) -> None:
    paper = noticed(staff.small)
    page = html(staff.client("head"), f"/cases/{paper.case_id}/", NOW)
    assert "某府补告〔2026〕1号" in page
    assert f"/papers/{paper.pk}.pdf" in page
    assert "有效" in page


def test_a_case_without_papers_has_no_empty_list_of_them(staff: Staff) -> None:
    case = staff.open("2026-09-18 09:00")
    assert 'id="papers"' not in html(staff.client("command"), f"/cases/{case.pk}/", NOW)


def test_the_page_costs_the_same_however_many_papers_there_are(staff: Staff) -> None:
    case = opened(staff.small)
    url = f"/cases/{case.pk}/"
    few = statements(staff.client("head"), url, NOW)
    noticed(staff.small, case)
    accepted = {"acceptance": {"applicant": APPLICANT}}
    moved(staff.small, case, "accept", "2026-09-22 10:00", papers=accepted)
    assert statements(staff.client("head"), url, NOW) == few


def pdf(client: Client, url: str, when: str = NOW, **data: str) -> bytes:
    with frozen_at(at(when)):
        answer = client.post(url, data) if data else client.get(url)
    assert answer.status_code == 200, answer.content[:2000]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    return bytes(answer.content)


def test_the_body_that_sealed_a_paper_reads_it_whole_and_the_look_is_recorded(staff: Staff) -> None:
    paper = noticed(staff.small)
    said = text_of(pdf(staff.client("head"), f"/papers/{paper.pk}.pdf"))
    assert APPLICANT in said
    entry = AccessEntry.objects.get()
    assert (entry.case_number, entry.what) == (paper.case.number, f"文书 {paper.number}")


def test_an_auditor_reads_a_paper_masked_and_no_look_is_recorded(staff: Staff) -> None:
    paper = noticed(staff.small)
    said = text_of(pdf(staff.client("auditor"), f"/papers/{paper.pk}.pdf"))
    assert APPLICANT not in said
    assert "梁**" in said
    assert "遮住个人信息的副本" in said
    assert not AccessEntry.objects.exists()


def test_a_department_without_a_part_in_the_case_finds_no_paper(staff: Staff) -> None:
    paper = noticed(staff.small)
    assert staff.client("water").get(f"/papers/{paper.pk}.pdf").status_code == 404


def test_an_erased_paper_says_why_it_cannot_be_opened(staff: Staff) -> None:
    paper = noticed(staff.small)
    erase_payload(acting=officer(staff.small), case=paper.case, basis="依法")
    page = html(staff.client("head"), f"/papers/{paper.pk}.pdf", NOW, status=410)
    assert "内容已依法删除" in page


def test_the_file_of_a_case_is_one_pdf_with_personal_data_masked(staff: Staff) -> None:
    paper = noticed(staff.small)
    said = text_of(pdf(staff.client("head"), f"/cases/{paper.case_id}/file.pdf"))
    for part in (
        "案卷",
        paper.case.number,
        "临时占用道路",
        "某府补告〔2026〕1号",
        "办理过程",
        "附件目录",
        "占道平面图",
    ):
        assert part in said, part
    assert APPLICANT not in said
    assert "13800000426" not in said


def test_the_file_in_full_takes_a_reason_which_is_recorded(staff: Staff) -> None:
    paper = noticed(staff.small)
    url = f"/cases/{paper.case_id}/file.pdf"
    refused = staff.client("head").post(url, {"reason": " "})
    assert refused.status_code == 422
    assert not AccessEntry.objects.exists()
    said = text_of(pdf(staff.client("head"), url, reason="归档移交"))
    assert APPLICANT in said
    assert "13800000426" in said
    assert AccessEntry.objects.get().reason == "归档移交"


def test_an_auditor_never_gets_the_file_in_full(staff: Staff) -> None:
    paper = noticed(staff.small)
    answer = staff.client("auditor").post(f"/cases/{paper.case_id}/file.pdf", {"reason": "检查"})
    assert answer.status_code == 403


def test_the_body_that_sealed_a_paper_changes_its_state_on_a_page(staff: Staff) -> None:
    paper = noticed(staff.small)
    url, head = f"/papers/{paper.pk}/state/", staff.client("head")
    assert url in html(head, f"/cases/{paper.case_id}/", NOW)
    asked = {"was": "valid", "state": "replaced", "reason": "error", "number": "某府补告[2026]9号"}
    with frozen_at(at(NOW)):
        refused = head.post(url, asked)
        assert refused.status_code == 422
        assert "没有说清由哪一份有效的文书替代" in refused.content.decode()
        assert "某府补告[2026]9号" in refused.content.decode()
        assert head.post(url, {**asked, "state": "suspended"}).status_code == 302
    paper.refresh_from_db()
    assert paper.state == "suspended"


def test_of_two_pages_that_change_a_paper_the_second_is_told(staff: Staff) -> None:
    paper = noticed(staff.small)
    asked = {"was": "valid", "state": "suspended", "reason": "breach"}
    with frozen_at(at(NOW)):
        staff.client("head").post(f"/papers/{paper.pk}/state/", asked)
        told = staff.client("head").post(f"/papers/{paper.pk}/state/", {**asked, "state": "revoked"})
    assert told.status_code == 409
    assert "刚才有人改过，现在是：已暂停" in told.content.decode()
    assert 'name="was" value="suspended"' in told.content.decode()


def test_somebody_else_has_no_way_to_change_a_paper(staff: Staff) -> None:
    paper = noticed(staff.small)
    url = f"/papers/{paper.pk}/state/"
    assert url not in html(staff.client("command"), f"/cases/{paper.case_id}/", NOW)
    with frozen_at(at(NOW)):
        answer = staff.client("command").post(url, {"was": "valid", "state": "revoked", "reason": "error"})
    assert answer.status_code == 422
    paper.refresh_from_db()
    assert paper.state == "valid"


# ---- the public ----------------------------------------------------------------------------------------------


def test_anybody_sees_that_a_paper_is_real_and_nothing_of_what_it_says(staff: Staff) -> None:
    paper = noticed(staff.small)
    page = html(Client(), f"/v/{paper.token}/", NOW)
    for part in ("补正告知书", paper.number, "现在有效", "梁**", "2026年9月21日"):
        assert part in page, part
    for hidden in (APPLICANT, "占道平面图", "13800000426", paper.case.number):
        assert hidden not in page


def test_the_page_says_when_a_paper_was_replaced_suspended_or_revoked(staff: Staff) -> None:
    one, two, three, new = (noticed(staff.small) for _ in range(4))
    restated(staff, one, "replaced", "error", new)
    restated(staff, two, "suspended", "breach")
    restated(staff, three, "revoked", "unlawful")
    assert f"已被 {new.number} 替代" in html(Client(), f"/v/{one.token}/", NOW)
    assert "暂停效力" in html(Client(), f"/v/{two.token}/", NOW)
    page = html(Client(), f"/v/{three.token}/", NOW)
    assert "自2026年10月12日起已被撤销" in page
    assert "现在有效" not in page


def test_a_simulated_paper_says_so_loudly(staff: Staff) -> None:
    paper = noticed(staff.small, opened(staff.small, simulated=True))
    assert "这是演示环境的模拟文书" in html(Client(), f"/v/{paper.token}/", NOW)


def test_a_paper_whose_content_was_erased_can_still_be_verified(staff: Staff) -> None:
    paper = noticed(staff.small)
    with frozen_at(at(NOW)):
        erase_payload(acting=officer(staff.small), case=paper.case, basis="依法")
    page = html(Client(), f"/v/{paper.token}/", NOW)
    assert "内容已于2026年10月12日依法删除" in page
    assert paper.number in page


def test_a_paper_that_was_changed_is_not_called_good(staff: Staff) -> None:
    paper = noticed(staff.small)
    assert paper.content is not None
    Paper.objects.filter(pk=paper.pk).update(content=paper.content.replace("大明", "小明"))
    page = html(Client(), f"/v/{paper.token}/", NOW)
    assert "存着的内容和签发时不一样" in page
    assert "现在有效" not in page


def test_a_code_that_belongs_to_no_paper_warns_of_a_forgery(staff: Staff) -> None:
    assert "可能是假的" in html(Client(), "/v/ABCDEFGHJKLMNPQRSTUV/", NOW, status=404)


def test_guessing_codes_is_stopped(staff: Staff) -> None:
    paper = noticed(staff.small)
    for _ in range(20):
        Client().get("/v/ABCDEFGHJKLMNPQRSTUV/")
    assert Client().get(f"/v/{paper.token}/").status_code == 429


def test_a_paper_is_found_by_its_number_and_the_end_of_its_code(staff: Staff) -> None:
    paper = noticed(staff.small)
    url = f"/t/{staff.small.town.code}/verify/"
    typed = paper.number.replace("〔", "[").replace("〕", "] ")
    found = Client().post(url, {"number": typed, "ending": paper.token[-6:].lower()})
    assert found["Location"] == f"/v/{paper.token}/"


def test_neither_number_nor_code_alone_finds_a_paper_and_what_was_typed_stays(staff: Staff) -> None:
    paper = noticed(staff.small)
    url = f"/t/{staff.small.town.code}/verify/"
    for number, ending in ((paper.number, "AAAAAA"), ("某府补告〔2026〕9号", paper.token[-6:]), (paper.number, "")):
        answer = Client().post(url, {"number": number, "ending": ending})
        assert answer.status_code == 422
        assert number in answer.content.decode()


def test_the_numbers_of_one_town_are_not_found_in_another(staff: Staff) -> None:
    from tests.cases.small import build

    paper = noticed(staff.small)
    other = build("990102001")
    answer = Client().post(f"/t/{other.town.code}/verify/", {"number": paper.number, "ending": paper.token[-6:]})
    assert answer.status_code == 422
