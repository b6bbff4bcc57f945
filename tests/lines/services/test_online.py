"""Applying online: step by step, nothing typed is lost, nothing held is asked, and one case at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from jinli.cases.models import Attachment, Case, Entry, EntryPayload
from jinli.cases.services.erasing import erase_payload
from jinli.cases.services.rounds import engine_round
from jinli.lines.services.models import Draft, DraftPaper
from jinli.lines.services.services.drafting import code_of, erase_expired
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.lines.services.town import CARD, ID, TYPED, build_services, hidden, picture
from tests.shared import shared

NOW = at("2026-09-28 10:05")


@shared
def small() -> Small:
    return build_services()


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    cache.clear()
    with frozen_at(NOW):
        yield


WHO = {"kind": "person", "name": "安某（演示）", "telephone": "138 0000 0426", "situation-home": "rented"}


def url(small: Small, step: str = "") -> str:
    return f"/t/{small.town.code}/services/rent-subsidy/apply/{step}"


def begun(small: Small, client: Client | None = None, **more: str) -> Client:
    client = client or Client()
    answer = client.post(url(small), {**WHO, **more})
    assert answer.status_code == 302, answer.content.decode()
    return client


def fill(small: Small, client: Client, do: str = "next", **more: Any) -> Any:
    page = client.get(url(small, "fill/"))
    return client.post(url(small, "fill/"), {"version": hidden(page, "version"), "do": do, **more})


def upload() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("租约.png", picture().content)


def sent(small: Small, client: Client | None = None, **more: Any) -> Case:
    client = begun(small, client)
    assert fill(small, client, **{**TYPED, **more}).status_code == 302
    answer = client.post(url(small, "check/"))
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.order_by("-id")[0]


def test_three_steps_make_one_case_and_a_receipt_with_number_and_code(small: Small) -> None:
    client = begun(small)
    answer = fill(small, client, **TYPED, **{"material-lease": upload(), "offer-household": "promise"})
    assert answer["Location"] == url(small, "check/")
    check = client.get(url(small, "check/")).content.decode()
    assert "每月租金" in check
    assert "900.00" in check
    assert "最迟" in check
    assert "以书面承诺代替" in check
    assert "还没交：身份证" in check
    answer = client.post(url(small, "check/"))
    case = Case.objects.get()
    receipt = client.get(answer["Location"]).content.decode()
    assert case.number in receipt
    entry = Entry.objects.get(case=case, seq=1)
    assert json.loads(entry.body)["facts"]["materials"]["lease"] == "given"
    assert json.loads(EntryPayload.objects.get(entry=entry).text)["telephone"] == "13800000426"
    assert Attachment.objects.get().case == case
    assert not DraftPaper.objects.exists()
    assert Draft.objects.get().content == {}


def test_a_wrong_check_digit_is_said_at_its_field_and_all_that_was_typed_is_kept(small: Small) -> None:
    client = begun(small)
    answer = fill(small, client, **{**TYPED, "id_number": ID[:-1] + "1", "rent": "1234.50"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "校验位不对" in page
    assert ID[:-1] + "1" in page
    assert "1234.50" in page
    assert "1234.50" in client.get(url(small, "fill/")).content.decode()  # and saved, too


def test_who_applies_and_in_what_situation_is_asked_first_and_said_at_the_field(small: Small) -> None:
    client = Client()
    answer = client.post(url(small), {"kind": "person", "telephone": "12"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("请填写这一项。") >= 1
    assert "7 到 15 位数字" in page
    assert not Draft.objects.exists()


def test_questions_of_the_form_follow_the_situation(small: Small) -> None:
    client = begun(small, **{"situation-home": "dormitory"})
    page = client.get(url(small, "fill/")).content.decode()
    assert "每月租金" not in page
    assert "租约" not in page


def test_a_group_gets_one_entry_more_without_a_script(small: Small) -> None:
    client = begun(small)
    assert "family[1].name" not in client.get(url(small, "fill/")).content.decode()
    answer = fill(small, client, do="add:family", **TYPED)
    assert 'name="family[1].name"' in answer.content.decode()
    answer = fill(small, client, **TYPED, **{"family[1].name": "小安", "family[1].relation": "child"})
    assert answer.status_code == 302
    assert "小安、子女" in client.get(url(small, "check/")).content.decode()


def test_a_file_can_be_taken_out_again_and_one_of_a_wrong_kind_is_refused_at_its_material(small: Small) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = begun(small)
    fill(small, client, do="save", **{"material-lease": upload()})
    paper = DraftPaper.objects.get()
    fill(small, client, do=f"remove:{paper.pk}")
    assert not DraftPaper.objects.exists()
    answer = fill(small, client, **TYPED, **{"material-lease": SimpleUploadedFile("a.exe", b"MZ nothing")})
    assert answer.status_code == 422
    assert "field-wrong" in answer.content.decode()


def test_a_draft_is_gone_on_with_in_another_browser_by_its_code(small: Small) -> None:
    client = begun(small)
    answer = fill(small, client, do="later", rent="777")
    assert answer["Location"] == url(small, "saved/")
    saved = client.get(url(small, "saved/")).content.decode()
    code = code_of(Draft.objects.get().pk)
    assert f"{code[:4]} {code[4:]}" in saved
    other = Client()
    assert other.get(url(small, "fill/")).status_code == 302  # nothing is here without the code
    answer = other.post(
        f"/t/{small.town.code}/applications/resume/", {"resume-draft": f"{code[:4]} {code[4:]}".lower()}
    )
    assert answer["Location"] == url(small, "fill/")
    assert "777" in other.get(url(small, "fill/")).content.decode()


def test_a_draft_that_ran_out_cannot_be_gone_on_with_and_is_erased_with_its_files(small: Small) -> None:
    client = begun(small)
    fill(small, client, do="save", **{"material-lease": upload()})
    Draft.objects.update(expires_at=NOW - timedelta(seconds=1))
    assert client.get(url(small, "fill/"))["Location"] == url(small)
    assert erase_expired(small.town, NOW) == 1
    assert not Draft.objects.exists()
    assert not DraftPaper.objects.exists()


def test_erasing_a_case_leaves_a_file_that_a_saved_draft_still_holds(
    small: Small, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = sent(small, **{"material-lease": upload()})
    draft = begun(small)
    fill(small, draft, do="save", **{"material-lease": upload()})
    stored = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert len(stored) == 1, "the same file is kept once"
    with django_capture_on_commit_callbacks(execute=True):
        erase_payload(acting=small.command, case=case, basis="个人信息保护法第四十七条")
    assert stored[0].exists(), "the draft still holds it"
    Draft.objects.filter(case=None).update(expires_at=NOW - timedelta(seconds=1))
    erase_expired(small.town, NOW)
    assert not stored[0].exists(), "nobody holds it any more"


def test_a_round_of_the_engine_erases_what_ran_out_and_leaves_what_is_still_kept(small: Small) -> None:
    for client in (begun(small), begun(small)):
        fill(client=client, small=small, do="save", **{"material-lease": upload()})
    over, kept = Draft.objects.order_by("id")
    Draft.objects.filter(pk=over.pk).update(expires_at=NOW)
    Draft.objects.filter(pk=kept.pk).update(expires_at=NOW + timedelta(seconds=1))
    engine_round(NOW)
    assert list(Draft.objects.values_list("pk", flat=True)) == [kept.pk]
    assert DraftPaper.objects.get().draft_id == kept.pk


def test_two_windows_with_one_draft_the_second_is_told_and_keeps_what_it_typed(small: Small) -> None:
    client = begun(small)
    page = client.get(url(small, "fill/"))
    fill(small, client, do="save", rent="1")
    old = {"version": hidden(page, "version"), "do": "next", **TYPED, "rent": "555"}
    answer = client.post(url(small, "fill/"), old)
    assert answer.status_code == 409
    assert "刚在别处改过" in answer.content.decode()
    assert "555" in answer.content.decode()
    assert client.post(url(small, "fill/"), {**old, "version": hidden(answer, "version")}).status_code == 302


def test_sent_twice_it_is_one_case(small: Small) -> None:
    client = begun(small)
    fill(small, client, **TYPED)
    client.post(url(small, "check/"))
    again = client.post(url(small, "check/"))
    assert Case.objects.count() == 1
    assert again.status_code == 302


def test_an_agent_is_named_whole_or_not_at_all_and_hands_in_the_mandate(small: Small) -> None:
    client = Client()
    answer = client.post(url(small), {**WHO, "agent_name": "代某"})
    assert answer.status_code == 422
    agent = {"agent_name": "代某", "agent_id_number": ID, "agent_what": "提交申请", "agent_until": "2026-12-31"}
    client = begun(small, **agent)
    assert "委托书" in client.get(url(small, "fill/")).content.decode()
    fill(small, client, **TYPED, **{"material-mandate": upload()})
    client.post(url(small, "check/"))
    private = json.loads(EntryPayload.objects.get().text)
    assert private["agent"] == {"name": "代某", "id_number": ID, "what": "提交申请", "until": "2026-12-31"}
    assert set(private["for"].values()) == {"mandate"}


def test_the_item_of_another_town_and_one_for_the_counter_only_are_not_found(small: Small) -> None:
    assert Client().get("/t/990202001/services/rent-subsidy/apply/").status_code == 404
    assert Client().get(f"/t/{small.town.code}/services/shop-licence/apply/").status_code == 404
    assert Client().get(f"/t/{small.town.code}/services/nothing/apply/").status_code == 404


def test_an_application_is_followed_by_number_and_code_and_a_wrong_pair_says_nothing(small: Small) -> None:
    client = Client()
    case = sent(small, client)
    code = client.get(f"/t/{small.town.code}/applications/receipt/").content.decode()
    mine = f"/t/{small.town.code}/applications/"
    wrong = Client().post(mine, {"number": case.number, "code": "AAAA AAAA"})
    assert wrong.status_code == 422
    assert "对不上" in wrong.content.decode()
    import re

    found = re.search(r"([2-9A-Z]{4} [2-9A-Z]{4})", code)
    assert found
    other = Client()
    answer = other.post(mine, {"number": case.number, "code": found[1]})
    page = other.get(answer["Location"]).content.decode()
    assert "已收件" in page
    assert "受理或一次性告知" in page


def test_what_is_missing_is_handed_in_on_the_page_itself(small: Small) -> None:
    client = Client()
    case = sent(small, client)
    one = f"/t/{small.town.code}/applications/one/"
    page = client.get(one)
    assert "租约" in page.content.decode()
    act = {"version": hidden(page, "version"), "key": hidden(page, "key"), "number": case.number}
    empty = client.post(f"/t/{small.town.code}/applications/hand-in/", act)
    assert empty.status_code == 422
    answer = client.post(f"/t/{small.town.code}/applications/hand-in/", {**act, "material-lease": upload()})
    assert answer.status_code == 302, answer.content.decode()
    entry = Entry.objects.filter(case=case).order_by("-seq")[0]
    assert entry.move == "correct_on_spot"
    assert json.loads(entry.body)["facts"]["materials"]["lease"] == "given"
    assert json.loads(EntryPayload.objects.get(entry=entry).text)["for"]
    more = {**act, "key": "k2", "material-identity": upload()}
    assert client.post(f"/t/{small.town.code}/applications/hand-in/", more).status_code == 302
    last = Entry.objects.filter(case=case).order_by("-seq")[0]
    states = json.loads(last.body)["facts"]["materials"]
    assert states["lease"] == states["identity"] == "given"  # what came between is not lost


def test_an_application_is_withdrawn_once(small: Small) -> None:
    client = Client()
    case = sent(small, client)
    page = client.get(f"/t/{small.town.code}/applications/one/")
    act = {"version": hidden(page, "version"), "key": hidden(page, "key"), "number": case.number}
    client.post(f"/t/{small.town.code}/applications/withdraw/", act)
    case.refresh_from_db()
    assert case.stage == "withdrawn"
    assert "撤回申请" not in client.get(f"/t/{small.town.code}/applications/one/").content.decode().split("办理过程")[0]


def test_english_is_complete(small: Small) -> None:
    client = begun(small)
    client.cookies["django_language"] = "en"
    page = client.get(url(small, "fill/")).content.decode()
    assert "Rent a month" in page
    assert "Handed" not in page
    for chinese in ("每月租金", "材料", "下一步"):
        assert chinese not in page


def test_a_bank_card_is_taken_however_it_is_written(small: Small) -> None:
    case = sent(small, account=f"{CARD[:4]} {CARD[4:8]} {CARD[8:]}")
    assert json.loads(EntryPayload.objects.get(entry__case=case).text)["form"]["account"] == CARD
