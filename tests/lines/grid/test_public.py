"""A resident reports without account, keeps number and code, follows the report, contests once and rates once."""

from __future__ import annotations

import base64
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from django.test import Client
from django.utils.html import escape
from PIL import Image

from jinli.cases.models import Case, Rating
from jinli.lines.grid.services import reports
from jinli.town.models import Duty, Party
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.lines.grid.town import build_grid, hidden, last_case, report_url, send_report, signed_in
from tests.shared import shared

REPORTED = "2026-09-24 17:50"


@shared
def small() -> Small:
    return build_grid()


def code_on(page: str) -> str:
    found = re.search(r'class="big-value code">([^<]+)<', page)
    assert found
    return found[1]


def receipt(small: Small, client: Client, **fields: str) -> tuple[str, str]:
    """Send a report and return number and code as the receipt shows them."""
    with frozen_at(at(REPORTED)):
        answer = send_report(small, client, **fields)
        assert answer.status_code == 302, answer.content.decode()
        page = client.get(answer.url).content.decode()
    return last_case().number, code_on(page)


def test_the_form_says_by_when_and_that_the_limit_of_the_class_is_not_known_yet(small: Small) -> None:
    with frozen_at(at(REPORTED)):
        page = Client().get(report_url(small)).content.decode()
    assert "最迟今天 18:20" in page
    assert "定类别之前说不准" in page
    assert "110、119、120" in page


def test_a_report_gives_number_code_and_the_next_latest_moment(small: Small) -> None:
    client = Client()
    number, code = receipt(small, client)
    assert number == "网2026-00001"
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4} [2-9A-HJ-NP-Z]{4}", code)
    case = last_case()
    assert (case.title, case.channel, case.place.code if case.place else "") == ("居民报告（东围村）", "public", "east")
    assert case.due_at == at("2026-09-24 18:20")
    assert Party.objects.count() == 1
    with frozen_at(at(REPORTED)):
        page = client.get(f"{report_url(small)}receipt/").content.decode()
    assert "今天 18:20 前" in page
    assert "138****0426" in page
    assert "13800000426" not in page


def test_the_receipt_is_put_away_after_a_while_and_is_nobody_elses(small: Small) -> None:
    client = Client()
    _, code = receipt(small, client)
    with frozen_at(at("2026-09-24 18:01")):
        assert code not in client.get(f"{report_url(small)}receipt/").content.decode()
    with frozen_at(at(REPORTED)):
        assert code not in Client().get(f"{report_url(small)}receipt/").content.decode()


def test_a_receipt_is_for_the_browser_that_sent_the_report_and_holds_no_code(small: Small) -> None:
    client = Client()
    _, code = receipt(small, client)
    name = f"report-{small.town.code}"
    held = client.cookies[name]
    assert (held["httponly"], held["samesite"]) == (True, "Lax")
    value, _, _ = held.value.rpartition(":")
    assert code.replace(" ", "") not in base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    assert "sessionid" not in client.cookies
    stranger = Client()
    other = Signer(salt="something else").sign_object({"receipt": {}, "track": {"case": last_case().pk.hex}})
    for forged in ("", "no:cookie", held.value[:-1] + "x", other):
        stranger.cookies[name] = forged
        with frozen_at(at(REPORTED)):
            assert code not in stranger.get(f"{report_url(small)}receipt/").content.decode()
            assert stranger.get(f"/t/{small.town.code}/track/progress/").status_code == 302


def test_following_a_report_ends_after_two_hours(small: Small) -> None:
    client = Client()
    receipt(small, client)
    for when, status in (("2026-09-24 19:50", 200), ("2026-09-24 19:51", 302)):
        with frozen_at(at(when)):
            assert client.get(f"/t/{small.town.code}/track/progress/").status_code == status


def test_looking_up_another_report_leaves_the_receipt(small: Small) -> None:
    client = Client()
    number, code = receipt(small, Client())
    _, own = receipt(small, client)
    with frozen_at(at(REPORTED)):
        assert number in look(small, number, code, client)[1]
        assert own in client.get(f"{report_url(small)}receipt/").content.decode()


def test_a_receipt_given_to_a_clerk_is_gone_when_the_clerk_signs_out(small: Small) -> None:
    client = signed_in(small, "command")
    _, code = receipt(small, client)
    client.post("/sign-out/")
    with frozen_at(at(REPORTED)):
        assert code not in client.get(f"{report_url(small)}receipt/").content.decode()


def test_the_map_of_tiles_and_the_list_of_villages_give_the_same(small: Small) -> None:
    receipt(small, Client(), way="tiles", tile="east", landmark="祠堂", village="", address="")
    case = last_case()
    assert case.place is not None
    assert json.loads(case.entries.get(seq=1).payload.text)["address"] == "祠堂"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"text": " "}, "写几句发生了什么", id="nothing said"),
        pytest.param({"village": "", "address": ""}, "填一样就行", id="no place at all"),
        pytest.param({"telephone": "打我电话"}, "这个号码看不懂", id="no number"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(
    small: Small, fields: dict[str, str], said: str
) -> None:
    typed = {"text": "井盖不见了", "address": "祠堂前", **fields}
    answer = send_report(small, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert all(text.strip() in page for text in typed.values())
    assert Case.objects.count() == 0


@pytest.mark.parametrize("village", ["", "unknown"])
def test_an_address_without_village_is_enough(small: Small, village: str) -> None:
    receipt(small, Client(), village=village)
    assert last_case().place is None


def test_what_residents_write_is_never_markup(small: Small) -> None:
    evil = '<script>alert("1")</script>'
    client = Client()
    receipt(small, client, text=evil, address=evil)
    with frozen_at(at(REPORTED)):
        pages = [
            client.get(f"/t/{small.town.code}/{end}").content.decode() for end in ("report/receipt/", "track/progress/")
        ]
    pages.append(send_report(small, text=evil, address=evil, telephone="x").content.decode())
    for page in pages:
        assert evil not in page
        assert escape(evil) in page


def test_the_same_form_sent_twice_is_one_report_one_party_and_the_same_code(small: Small) -> None:
    client = Client()
    with frozen_at(at(REPORTED)):
        key = hidden(client.get(report_url(small)), "key")
        codes = set()
        for _ in range(2):
            answer = send_report(small, client, key=key)
            codes.add(code_on(client.get(answer.url).content.decode()))
    assert len(codes) == 1
    assert (Case.objects.count(), Party.objects.count()) == (1, 1)


def test_the_same_token_for_something_else_is_refused(small: Small) -> None:
    client = Client()
    key = hidden(client.get(report_url(small)), "key")
    send_report(small, client, key=key)
    answer = send_report(small, client, key=key, text="别的事")
    assert answer.status_code == 422
    assert Case.objects.count() == 1


def picture() -> SimpleUploadedFile:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "grey").save(held, "PNG")
    return SimpleUploadedFile("井盖.png", held.getvalue())


def test_files_come_with_the_report_once_and_their_names_are_not_in_what_is_hashed(small: Small) -> None:
    client = Client()
    with frozen_at(at(REPORTED)):
        key = hidden(client.get(report_url(small)), "key")
        for _ in range(2):
            assert send_report(small, client, key=key, files=picture()).status_code == 302
    case = last_case()
    assert [(one.content_type, one.entry_seq) for one in case.attachments.all()] == [("image/png", 1)]
    entry = case.entries.get()
    assert "井盖.png" not in entry.body
    assert "井盖.png" in entry.payload.text


def test_a_file_that_is_not_what_it_says_is_refused_and_the_text_is_kept(small: Small) -> None:
    answer = send_report(small, files=SimpleUploadedFile("照片.png", b"MZ nothing of the kind"))
    assert answer.status_code == 422
    assert "三队祠堂前的污水井盖不见了" in answer.content.decode()
    assert Case.objects.count() == 0


def test_a_town_without_command_centre_says_so(small: Small) -> None:
    Duty.objects.filter(role="command_centre").update(role="auditor")
    page = Client().get(report_url(small)).content.decode()
    assert "还没有填指挥中心" in page
    assert "<form" not in page.partition('id="content"')[2]


def look(small: Small, number: str, code: str, client: Client | None = None) -> tuple[int, str]:
    client = client or Client()
    answer = client.post(f"/t/{small.town.code}/track/", {"number": number, "code": code}, follow=True)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("typed", ["{n}", "2026-00001", " 网 2026-00001 ", "网２０２６-00001"])
def test_number_and_code_open_the_progress_however_they_are_typed(small: Small, typed: str) -> None:
    number, code = receipt(small, Client())
    with frozen_at(at(REPORTED)):
        for written in (code, code.lower(), code.replace(" ", "")):
            status, page = look(small, typed.format(n=number), written)
            assert status == 200
            assert "待定类别" in page
            assert "怎么算的" in page


def test_a_wrong_code_and_a_number_that_does_not_exist_get_the_same_answer(small: Small) -> None:
    number, code = receipt(small, Client())
    pages = {
        re.sub(r'(name="csrfmiddlewaretoken" value|nonce|name="number" value)="[^"]*"', "", look(small, *pair)[1])
        for pair in ((number, "AAAA BBBB"), ("网2026-09999", "AAAA BBBB"))
    }
    assert len(pages) == 1
    assert "对不上" in pages.pop()
    assert code not in str(pages)


def test_guessing_is_slow_for_numbers_that_exist_and_for_others(small: Small) -> None:
    number, code = receipt(small, Client())
    for tried in (number, "网2026-09999"):
        assert {look(small, tried, "AAAA BBBB")[0] for _ in range(8)} == {422}
        assert look(small, tried, "AAAA BBBB")[0] == 429
    assert look(small, number, code)[0] == 429


def test_without_number_and_code_there_is_no_progress(small: Small) -> None:
    receipt(small, Client())
    base, client = f"/t/{small.town.code}/track/", Client()
    for answer in (client.get(f"{base}progress/"), client.post(f"{base}contest/"), client.post(f"{base}rate/")):
        assert answer.status_code == 302
        assert answer.url == base


def done(small: Small, client: Client) -> Case:
    """Bring a report of a self-solved class to the window in which it may be contested."""
    receipt(small, client, telephone="")
    case = last_case()
    small.town.settings = {"sample_share": 0}
    small.town.save()
    with frozen_at(at("2026-09-24 18:05")):
        reports.file_report(acting=small.command, case=case.pk, version=1, standard="E0110-1")
    case.refresh_from_db()
    with frozen_at(at("2026-09-24 18:06")):
        reports.solve(acting=small.command, case=case.pk, version=case.version, result="清走了，拍了照")
    case.refresh_from_db()
    return case


def test_the_reporter_reads_what_was_done_contests_once_and_rates_once(small: Small) -> None:
    client = Client()
    case = done(small, client)
    assert case.stage == "contest_window"
    base = f"/t/{small.town.code}/track/"
    with frozen_at(at("2026-09-24 18:10")):
        page = client.get(f"{base}progress/")
        assert "清走了，拍了照" in page.content.decode()
        given = {"rate-key": hidden(page, "rate-key"), "rate-version": hidden(page, "rate-version"), "rate-score": "4"}
        for _ in range(2):
            assert client.post(f"{base}rate/", given).status_code == 302
        assert [(one.by_kind, one.score) for one in Rating.objects.all()] == [("reporter", 4)]
        page = client.get(f"{base}progress/")
        assert "rate-key" not in page.content.decode()
        given = {"contest-key": hidden(page, "contest-key"), "contest-version": hidden(page, "contest-version")}
        refused = client.post(f"{base}contest/", {**given, "contest-reason": ""})
        assert refused.status_code == 422
        for _ in range(2):
            assert client.post(f"{base}contest/", {**given, "contest-reason": "还剩一半"}).status_code == 302
    case.refresh_from_db()
    assert (case.stage, [entry.move for entry in case.entries.filter(move="contest")]) == ("handling", ["contest"])
    with frozen_at(at("2026-09-24 18:20")):
        page = client.get(f"{base}progress/").content.decode()
    assert "你提出异议" in page
    assert "contest-key" not in page


def test_the_window_to_contest_ends_and_the_page_closes_with_it(small: Small) -> None:
    client = Client()
    case = done(small, client)
    # 28, 29, 30 September, then 8 and 9 October.
    assert case.clocks.get(code="contest").due_at == at("2026-10-10 00:00")
    with frozen_at(at("2026-10-10 00:00")):
        look(small, case.number, "AAAA BBBB", client)
        found = reports.contest
        with pytest.raises(Exception, match="not_from_here"):
            found(town=small.town, case=case.pk, version=case.version, reason="晚了", key="late")


def test_the_pages_speak_english_too(small: Small) -> None:
    client = Client(headers={"accept-language": "en"})
    page = client.get(report_url(small)).content.decode()
    assert "Report a problem" in page
    assert '<html lang="en">' in page
