"""A paper from its case to the resident who doubts it: opened, verified, suspended, and the file of the case."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.eyes import DESK, PHONE, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]


@pytest.fixture(scope="module")
def issued(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, list[list[str]]]]:
    home = tmp_path_factory.mktemp("papers") / "home"
    shutil.copytree(bare_home, home)
    town = Town(home)
    town.set_clock("2026-09-21 10:00")
    lines = [line.split() for line in town.command("-m", "tests.browser.issue_papers").splitlines()]
    with town.running() as running:
        yield running, lines


@pytest.fixture
def town(issued: tuple[Town, list[list[str]]]) -> Town:
    return issued[0]


def test_a_paper_is_opened_doubted_suspended_and_verified(visit: Visit, issued: tuple[Town, list[list[str]]]) -> None:
    (case, paper, token, number), (_, erased, *_) = issued[1]
    head = visit(DESK, "head").go(f"/cases/{case}/").reads("补正告知书（一次性告知）").look_twice("papers-of-a-case")
    pdf = head.context.request.get(f"/papers/{paper}.pdf")
    assert (pdf.status, pdf.headers["content-type"]) == (200, "application/pdf")
    assert pdf.body().startswith(b"%PDF-")

    resident = visit(PHONE).go(f"/v/{token}/").reads("现在有效").reads("这是演示环境的模拟文书").look("verified")
    resident.press("核验文书").look("verify-form").press("核验").look(status=422)
    resident.write("字号", number).write("核验码后六位", "AAAAAA").press("核验").look("verify-wrong", status=422)
    resident.write("核验码后六位", token[-6:]).press("核验").reads(number)
    visit(PHONE).go("/v/AAAAAAAAAAAAAAAAAAAA/").look("verify-none", status=404)

    head.press("改状态").go(f"/papers/{paper}/state/").look_twice("paper-state").press("改变状态").look(status=422)
    head.tick("已暂停").choose("原因", "持有人违反条件").press("改变状态").reads("现在是：已暂停")
    head.look("paper-suspended")
    resident.go(f"/v/{token}/").reads("暂停效力").look("verified-suspended")
    head.go(f"/papers/{erased}.pdf").reads("内容已依法删除").look("paper-gone", status=410)


def test_the_file_of_a_case_in_full_needs_a_reason(visit: Visit, issued: tuple[Town, list[list[str]]]) -> None:
    case = issued[1][0][0]
    head = visit(DESK, "head").go(f"/cases/{case}/file/").look_twice("file-with-papers")
    masked = head.context.request.get(f"/cases/{case}/file.pdf")
    assert masked.body().startswith(b"%PDF-")
    head.page.locator("#bound-reason").evaluate("one => one.removeAttribute('required')")
    head.press("下载完整的案卷").look("bound-refused", status=422)
