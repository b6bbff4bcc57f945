"""The pages of the whistle, as the people who use them see them."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.utils.html import escape

from jinli.cases.models import AccessLink, Case
from jinli.lines.grid.services import whistles
from jinli.town.models import AccessEntry
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.grid.whistling import Whistling, due, journal, lines, whistling
from tests.shared import shared

WHEN = "2026-09-18 11:40"
WHY = {"reason": "不归我", "legal_basis": "第九条"}


@shared
def town() -> Whistling:
    return whistling()


def page(client: Client, url: str, when: str = WHEN) -> str:
    with frozen_at(at(when)):
        answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, name
    return found[1]


def send(client: Client, url: str, when: str = WHEN, expect: int = 302, **said: Any) -> Any:
    """Open a page, fill its form and send it."""
    html = page(client, url, when)
    said = {"version": hidden(html, "version"), "key": hidden(html, "key"), **said}
    with frozen_at(at(when)):
        answer = client.post(url, said)
    assert answer.status_code == expect, (answer.status_code, answer.content.decode()[-1500:])
    return answer


def filed(town: Whistling) -> Case:
    report = town.report("2026-09-18 08:40")
    town.file("2026-09-18 08:50", report)
    return report


def test_from_asking_to_links_on_four_pages(town: Whistling) -> None:
    report = filed(town)
    centre, head = town.client("command"), town.client("head")
    url = f"/whistles/blow/{report.pk}/"
    html = page(centre, url, "2026-09-18 09:20")
    assert "常规哨（样本）" in html
    assert "第 47 项　涉水污染查处（配合，主办：ecology）" in html
    assert "村容保洁" not in html  # the town's own duty
    assert "9月18日 周五 10:20" in html  # one working hour from now, for the ordinary kind
    said = {"kind": "ordinary", "duty_line": "47", "lead": "", "assisting": ["water"], "reason": "镇无权进厂取样"}
    send(centre, url, "2026-09-18 09:20", **said)
    whistle = Case.objects.get(type_code="whistle")
    assert journal(whistle)[0]["facts"]["lead"] == "ecology"  # the lead of the line
    assert "镇无权进厂取样" in page(head, f"/whistles/{whistle.pk}/approve/", "2026-09-18 09:30")
    send(head, f"/whistles/{whistle.pk}/approve/", "2026-09-18 09:30", do="approve")
    centre = town.client("command")  # the morning's session has ended
    html = page(centre, f"/whistles/{whistle.pk}/dispatch/", WHEN)
    for text in ("9月18日 周五 15:10", "9月20日 周日（调休上班）09:10", "9月24日 周四 24:00"):
        assert text in html
    sent = {"lead": "ecology", "assisting": ["water"]}
    answer = send(centre, f"/whistles/{whistle.pk}/dispatch/", WHEN, expect=200, **sent).content.decode()
    assert len(re.findall(r"http://testserver/t/990101001/reply/[\w-]{43}/</p>", answer)) == 2
    assert whistle.assignments.count() == 2


def test_the_picker_narrows_and_keeps_what_was_typed(town: Whistling) -> None:
    report, centre = filed(town), town.client("command")
    url = f"/whistles/blow/{report.pk}/"
    said = {"look": "1", "find": "河道", "kind": "joint", "assisting": ["ecology"], "reason": "写了一半"}
    html = send(centre, url, expect=200, **said).content.decode()
    assert "第 52 项" in html
    assert "第 47 项" not in html
    assert "写了一半" in html
    assert re.search(r'value="joint"[^>]*checked', html)
    assert re.search(r'value="ecology"[^>]*checked', html)
    assert "form-errors" not in html
    assert not Case.objects.filter(type_code="whistle").exists()


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(town: Whistling) -> None:
    report, centre = filed(town), town.client("command")
    said = {"kind": "ordinary", "duty_line": "47", "lead": "water", "reason": "镇无权"}
    html = send(centre, f"/whistles/blow/{report.pk}/", expect=422, **said).content.decode()
    assert "主办选ecology" in html
    assert "镇无权" in html


def test_declining_needs_its_reason(town: Whistling) -> None:
    whistle = town.blow("2026-09-18 09:20", filed(town))
    head = town.client("head")
    url = f"/whistles/{whistle.pk}/approve/"
    assert "还差" in send(head, url, "2026-09-18 09:30", expect=422, do="decline").content.decode()
    send(head, url, "2026-09-18 09:31", do="decline", reason="镇里能办")
    whistle.refresh_from_db()
    assert whistle.stage == "declined"


def test_an_emergency_leads_straight_to_its_dispatch(town: Whistling) -> None:
    report, centre = filed(town), town.client("command")
    said = {"kind": "emergency", "duty_line": "47", "reason": "泄漏"}
    answer = send(centre, f"/whistles/blow/{report.pk}/", "2026-09-18 09:20", **said)
    whistle = Case.objects.get(type_code="whistle")
    assert answer["Location"] == f"/whistles/{whistle.pk}/dispatch/"
    send(centre, answer["Location"], "2026-09-18 09:21", expect=200, lead="ecology")
    assert due(whistle, "arrival", "a1") == "2026-09-18 09:51"
    grid = town.client("grid")
    send(grid, f"/whistles/{whistle.pk}/arrival/?track=a1", "2026-09-18 09:45", note="看到 2 人")
    assert lines(whistle)[-1] == ("09-18 09:45", "a1", "confirm_arrival")


def test_refusal_and_arbitration_show_both_sides_and_that_time_counts(town: Whistling) -> None:
    whistle = town.sent()
    water, office = town.client("water"), town.client("arbiter")
    url = f"/whistles/{whistle.pk}/refuse/?track=a2"
    html = page(water, url, "2026-09-18 11:50")
    assert "裁定期间照计时，不补时" in html
    send(water, url, "2026-09-18 11:50", expect=422, reason="不归我")
    send(water, url, "2026-09-18 11:58", **WHY)
    url = f"/whistles/{whistle.pk}/arbitrate/?track=a2"
    html = page(office, url, "2026-09-20 10:00")
    for text in ("镇无权进厂取样", "不归我", "第九条", "裁定期间照计时，不补时", "9月18日 周五 11:58"):
        assert text in html
    send(office, url, "2026-09-20 10:20", ruling="overrule", reason="归你", legal_basis="第二十四条")
    assert due(whistle, "sign_in", "a2") == "2026-09-20 11:20"
    assert lines(whistle)[-1] == ("09-20 10:20", "a2", "overrule")


def test_neither_ruling_is_suggested_to_the_office_that_decides(town: Whistling) -> None:
    whistle = town.sent()
    send(town.client("water"), f"/whistles/{whistle.pk}/refuse/?track=a2", "2026-09-18 11:58", **WHY)
    html = page(town.client("arbiter"), f"/cases/{whistle.pk}/", "2026-09-20 10:00")
    assert html.count(f"/whistles/{whistle.pk}/arbitrate/?track=a2") == 2
    assert "button-primary" not in html


def test_verification_passes_or_sends_back_and_never_by_who_reported(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    said = {"said_by": "郑工", "said_at": "2026-09-18T15:00"}
    centre, other = town.client("command"), town.client("command2")
    url = f"/whistles/{whistle.pk}/telephone/?track=a1"
    send(centre, url, "2026-09-18 15:10", move="sign_in", **said)
    told = page(centre, f"/cases/{whistle.pk}/", "2026-09-18 15:10")
    for mark in ("电话代录", "command代录", "郑工"):
        assert mark in told
    assert send(centre, url, "2026-09-18 15:11", expect=422, move="report", **said)
    send(centre, url, "2026-09-18 15:12", move="report", said="已封堵", **said)
    url = f"/whistles/{whistle.pk}/verify/"
    assert "要换人（单位）办" in page(centre, url, "2026-09-18 16:00")
    html = page(other, url, "2026-09-18 16:00")
    assert "已封堵" in html
    send(other, url, "2026-09-18 16:00", text="还有水", do="return")
    assert lines(whistle)[-1][2] == "verify_returned"
    assert whistle.assignments.filter(round=2).count() == 1


def test_who_was_slower_gets_409_with_what_changed_and_keeps_what_was_typed(town: Whistling) -> None:
    whistle = town.sent()
    water = town.client("water")
    url = f"/whistles/{whistle.pk}/refuse/?track=a2"
    html = page(water, url, "2026-09-18 11:50")
    town.act("2026-09-18 11:51", whistle, "a2", whistles.sign_in, town.small.water)
    said = {"version": hidden(html, "version"), "key": hidden(html, "key"), **WHY}
    with frozen_at(at("2026-09-18 11:52")):
        answer = water.post(url, said)
        told = answer.content.decode()
        assert answer.status_code == 409
        assert "签收" in told
        assert "不归我" in told
        again = {"version": hidden(told, "version"), "key": hidden(told, "key"), **WHY}
        assert water.post(url, again).status_code == 302
    assert lines(whistle)[-1][2] == "refuse"


def test_a_department_rates_and_is_rated(town: Whistling) -> None:
    whistle = town.sent(lead="ecology", assisting=[])
    centre = town.client("command")
    send(centre, f"/whistles/{whistle.pk}/rate/", "2026-09-18 15:00", rated="ecology", rating="4")
    assert lines(whistle)[-1][2] == "rate_department"


# the link


def link_for(town: Whistling, whistle: Case, track: str = "a1", when: str = WHEN) -> str:
    centre = town.client("command")
    url = f"/whistles/{whistle.pk}/links/"
    html = page(centre, url, when)
    with frozen_at(at(when)):
        answer = centre.post(url, {"key": hidden(html, "key"), "assignment": track, "do": "link"})
    found = re.search(r"http://testserver(/t/990101001/reply/[\w-]{43}/)", answer.content.decode())
    assert found is not None
    return found[1]


def answer_at(client: Client, url: str, move: str, when: str = WHEN, **said: Any) -> Any:
    html = page(client, url, when)
    said = {"do": move, "name": "郑工", "version": hidden(html, "version"), "key": hidden(html, "key"), **said}
    with frozen_at(at(when)):
        return client.post(url, said)


def test_a_department_without_account_answers_in_full(town: Whistling) -> None:
    whistle = town.sent()
    officer = Client()
    first = link_for(town, whistle)
    html = page(officer, first)
    assert "13800000426" not in html
    assert "签收以后才能看报告人的电话" in html
    assert page(officer, first)  # opening spends nothing
    second = answer_at(officer, first, "sign_in")["Location"]
    assert second != first
    assert "这一页是你的新链接" in page(officer, second)
    with frozen_at(at(WHEN)):
        assert officer.get(first).status_code == 410
    told = answer_at(officer, second, "telephone")
    assert "13800000426" in told.content.decode()
    assert AccessEntry.objects.get().reason == "郑工"
    third = answer_at(officer, second, "contact", answer="已约周一")["Location"]
    fourth = answer_at(officer, third, "ask_extension", answer="等检测")["Location"]
    fifth = answer_at(officer, fourth, "interim", answer="在查")["Location"]
    over = answer_at(officer, fifth, "report", answer="已封堵", rating="5")
    assert over.status_code == 200
    assert "办完了" in over.content.decode()
    with frozen_at(at(WHEN)):
        assert officer.get(fifth).status_code == 410
    moves = [(one["move"], one["channel"]) for one in journal(whistle)]
    assert moves[-6:] == [
        ("sign_in", "link"), ("contact", "link"), ("ask_extension", "link"), ("interim", "link"), ("report", "link"),
        ("rate_town", "link"),
    ]  # fmt: skip


def test_a_link_refuses_with_basis_and_waits_for_the_district(town: Whistling) -> None:
    whistle = town.sent()
    officer = Client()
    first = link_for(town, whistle, "a2")
    bad = answer_at(officer, first, "refuse", answer="不归我")
    assert bad.status_code == 422
    assert "不归我" in bad.content.decode()
    following = answer_at(officer, first, "refuse", answer="不归我", legal_basis="第九条")["Location"]
    assert "等区里裁定" in page(officer, following)


def test_the_same_answer_sent_twice_acts_once_and_leads_on(town: Whistling) -> None:
    whistle = town.sent()
    officer = Client()
    first = link_for(town, whistle)
    html = page(officer, first)
    said = {"do": "sign_in", "name": "郑工", "version": hidden(html, "version"), "key": hidden(html, "key")}
    with frozen_at(at(WHEN)):
        answers = [officer.post(first, said), officer.post(first, said)]
        assert [one["Location"] for one in answers] == [answers[0]["Location"]] * 2
        assert officer.post(first, {**said, "key": "another"}).status_code == 410
    assert [move for _, _, move in lines(whistle)].count("sign_in") == 1


def test_forged_links_and_links_of_another_town_are_not_there(town: Whistling) -> None:
    whistle = town.sent()
    first = link_for(town, whistle)
    for url in (f"/t/990101001/reply/{'x' * 43}/", first.replace("990101001", "990101002")):
        assert Client().get(url).status_code == 404


def test_a_slip_shows_its_code_once_off_paper_and_dies_after_five_wrong_ones(town: Whistling) -> None:
    whistle = town.sent()
    centre = town.client("command")
    url = f"/whistles/{whistle.pk}/links/"
    with frozen_at(at(WHEN)):
        html = centre.post(url, {"assignment": "a1", "do": "slip"}).content.decode()
        slip = re.search(r"http://testserver(/t/990101001/reply/[\w-]+/)", html)
        code = re.search(r'class="code big-value">(\d{3}) (\d{3})<', html)
        assert slip is not None
        assert code is not None
        drawn = re.search(r'<svg[^>]*viewBox="0 0 (\d+) (\d+)"[^>]*class="segno"', html)
        assert drawn is not None  # without a view box a browser would cut the code off
        assert drawn[1] == drawn[2]
        printed = html[html.index('class="card slip"') :]
        assert f"{code[1]} {code[2]}" not in printed
        officer = Client()
        asked = officer.get(slip[1]).content.decode()
        assert "输入校验码" in asked
        assert whistle.title not in asked
        assert officer.post(slip[1], {"code": f"{code[1]} {code[2]}"}).status_code == 302
        assert escape(whistle.title) in officer.get(slip[1]).content.decode()
        thief = Client()
        wrong = "000000" if code[1] + code[2] != "000000" else "111111"
        statuses = [thief.post(slip[1], {"code": wrong}).status_code for _ in range(5)]
        assert statuses == [422, 422, 422, 422, 410]
        assert officer.get(slip[1]).status_code == 410
    assert AccessLink.objects.get(code_hash__gt="").failures == 5


def test_answers_by_link_need_a_name(town: Whistling) -> None:
    whistle = town.sent()
    first = link_for(town, whistle)
    assert answer_at(Client(), first, "sign_in", name="").status_code == 422
    assert "sign_in" not in {move for _, _, move in lines(whistle)}
