"""S4: a bureau asks in the chat on Friday at 16:30 for figures by Saturday.

Friday is 2026-09-11; Saturday the 12th is no working day. From 16:30 to the end of the day's office hours at 17:30 is
one working hour; there is no other before Saturday 24:00. The figures below are counted by hand from the cases made.
"""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from jinli.cases.models import Case, Clock, Entry
from jinli.cases.services.verifying import Finding, verify_town
from jinli.exchange.models import Ask, Task
from jinli.town.moment import frozen_at
from tests.cases.pages import html
from tests.cases.small import at
from tests.exchange.asking import CHAT, Asked, asked

ASKED_AT, DUE = "2026-09-11 16:30", "2026-09-12"
NEW = "/tasks/new/"


@pytest.fixture
def town(db: None) -> Asked:
    return asked()


def post(browser: Client, url: str, when: str, status: int, **fields: object) -> str:
    """Send a form at a moment and return what comes back, or where it leads."""
    with frozen_at(at(when)):
        answer = browser.post(url, fields)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.headers.get("Location", "")) or answer.content.decode()


def text(page: str) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name}"
    return found[1]


def three_cases(town: Asked) -> None:
    """Make two reports in the east village in September and one closed case; one report is of August."""
    town.staff.filed("2026-08-28 09:00")
    done = town.staff.open("2026-09-01 09:00")
    town.staff.filed("2026-09-02 10:00")
    given = {"exit": "outside_duties", "reason": "不属镇职责", "reply": "不属镇职责，已告知"}
    town.staff.move("2026-09-03 10:00", done, "exit", town.staff.small.command, given=given)
    done.refresh_from_db()
    assert done.phase == "closed"


def test_s4_figures_by_saturday(town: Asked) -> None:
    three_cases(town)
    clerk, head = town.client(), town.client("head")

    # The clerk pastes the chat; nothing that the town knows is asked. The first try forgets who asks.
    page = html(clerk, NEW, ASKED_AT)
    key = hidden(page, "key")
    sent = {"way": "chat", "text": CHAT, "due_on": DUE, "key": key}
    wrong = post(clerk, NEW, ASKED_AT, 422, **sent)
    assert "选一个单位；表里没有的，写上单位名称。" in wrong
    assert "排污行政处罚情况" in wrong, "what was typed stays"
    wrong = post(clerk, NEW, ASKED_AT, 422, **{**sent, "asker": "ecology", "due_on": "2026-09-10"})
    assert "期限早于收到的时间" in wrong
    wrong = post(clerk, NEW, ASKED_AT, 422, **{**sent, "asker": "ecology", "asks": "联系人13800000426"})
    assert "个人信息不写在这里" in wrong
    assert not Task.objects.exists()

    where = post(clerk, NEW, ASKED_AT, 302, **sent, asker="ecology")
    again = post(clerk, NEW, ASKED_AT, 302, **sent, asker="ecology")
    assert where == again, "the same form sent twice is one task"
    case = Case.objects.get(type_code="inbound_task")
    assert case.number == "交2026-00001"
    assert "排污行政处罚" not in case.title, "the pasted words are not in the title"
    # A numbered message is its own list: four questions, none typed again.
    assert [one.text for one in Ask.objects.order_by("ordinal")] == [
        "9月办结件数", "9月东围村网格事件数", "检查排污单位户数", "逾期未办件数",
    ]  # fmt: skip

    # Saturday 24:00 stays Saturday 24:00, and the page says what that is.
    clock = Clock.objects.get(case=case)
    assert (clock.code, f"{clock.due_at.astimezone(at(ASKED_AT).tzinfo):%m-%d %H:%M}") == ("deadline", "09-13 00:00")
    page = html(clerk, where, "2026-09-11 16:40")
    said = text(page)
    assert "期限 9月12日 周六 不是工作日，日期照写；从收到到期限只有 1 工作时。" in said
    assert "9月12日 周六 24:00" in said
    # The line of the duty list, its kind, and the figures that exist. Unknown is unknown, never nought.
    assert "履职清单第 13 条“排污行政处罚”（上级收回，牵头：ecology）" in said
    assert re.search(r"1\. 9月办结件数 2026年9月 1 平台的数 截至 9月11日 周五 16:40", said)
    assert re.search(r"2\. 9月东围村网格事件数 2026年9月 2 平台的数", said)
    assert re.search(r"3\. 检查排污单位户数 未知（无来源）", said)
    assert re.search(r"4\. 逾期未办件数 0 平台的数", said)
    # Every figure opens its list, which is as long.
    lists = re.findall(r'href="(/tasks/figure/[^"]*)"', page)
    counted = [html(clerk, url.replace("&amp;", "&"), "2026-09-11 16:45") for url in lists]
    assert [re.search(r"(\d+) 件 ", text(one))[1] for one in counted] == ["1", "2", "0"]  # type: ignore[index]
    # The objection is drafted, with the article as the list has it.
    draft = re.search(r'<textarea name="reply"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert draft is not None
    for words in (
        "ecology：", "9月11日 周五 16:30", "编号 交2026-00001", "要求 9月12日 周六 24:00 前",
        "这一项不由本镇承担。依据：收回决定（样本）。建议由ecology办理",
        "（1）9月办结件数：1（截至 9月11日 周五 16:40）",
        "（3）检查排污单位户数：未知（无来源），没有另行统计", "从收到到期限只有 1 工作时",
    ):  # fmt: skip
        assert words in draft[1], words

    # An objection without a basis is refused at its field and keeps what was typed.
    url = f"{where}object/"
    fields = {name: hidden(page, name) for name in ("key", "version", "act", "line", "as_of")}
    fields |= {"reason": "已由上级收回", "legal_basis": "", "reply": f"{draft[1]}（已改）"}
    wrong = post(clerk, url, "2026-09-11 16:50", 422, **fields)
    assert "（已改）" in wrong
    # To accept a line that was taken back is refused with the way out.
    taken = {**fields, "act": "accept"}
    assert "已由上级收回。提出异议" in post(clerk, f"{where}accept/", "2026-09-11 16:50", 422, **taken)
    # The town head reads, and cannot object for the command centre.
    assert "现在不能办" in html(head, where, "2026-09-11 16:51")
    assert "由" in post(head, url, "2026-09-11 16:51", 422, **{**fields, "legal_basis": "收回决定（样本）"})

    fields["legal_basis"] = "收回决定（样本）"
    assert post(clerk, url, "2026-09-11 16:52", 302, **fields) == where
    # Somebody who had the page open meanwhile is told what changed; nothing is lost.
    late = post(
        town.client("command2"), url, "2026-09-11 16:53", 409, **{**fields, "key": "other", "reason": "别的理由"}
    )
    assert "提出异议" in late
    assert "别的理由" in late

    case.refresh_from_db()
    task = Task.objects.get(pk=case.pk)
    assert (case.stage, task.fit, task.line.code if task.line else "") == ("objected", "taken_back", "T01")
    assert Clock.objects.get(case=case, code="deadline").verdict == "kept"
    # Three working days after Friday the 11th: 14, 15, 16 September.
    followed = Clock.objects.get(case=case, code="follow_up")
    assert f"{followed.due_at.astimezone(at(ASKED_AT).tzinfo):%m-%d %H:%M}" == "09-17 00:00"
    # What existed was given along; nobody typed a figure.
    assert [(one.source, one.value) for one in Ask.objects.order_by("ordinal")] == [
        ("generated", "1"), ("generated", "2"), ("unknown", ""), ("generated", "0"),
    ]  # fmt: skip

    # The paper is what was sent.
    paper = html(clerk, f"{where}print/", "2026-09-11 16:55")
    assert "（已改）" in paper
    assert "还没有送出" not in paper

    # On Monday the bureau insists; the town head settles it within a working day.
    town.staff.move(
        "2026-09-14 09:00", case, "asker_insists", town.staff.small.command, given={"reason": "群里要求必须报"}
    )
    assert Clock.objects.get(case=case, code="settle").owed_by.code == "government"  # type: ignore[union-attr]
    town.staff.move(
        "2026-09-14 10:00", case, "decline", town.staff.small.head,
        given={"reason": "已由上级收回", "legal_basis": "收回决定（样本）"},
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.stage, case.phase) == ("declined", "closed")

    # The journal says it all, and holds.
    entries = list(Entry.objects.filter(case=case).order_by("seq"))
    assert [one.move for one in entries] == ["receive", "object", "asker_insists", "decline"]
    first = json.loads(entries[0].body)
    assert first["happened_at"] == "2026-09-11T08:30:00+00:00"
    assert first["given"]["asks"][0] == "9月办结件数"
    assert CHAT[:8] not in entries[0].body, "the pasted words are erasable"
    assert [one for one in verify_town(town.staff.small.town) if isinstance(one, Finding)] == []
