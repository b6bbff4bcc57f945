"""What people of several stories do in a browser."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.eyes import Person

TOWN = "441204115"


@dataclass
class Told:
    """What the resident notes from the receipt."""

    number: str
    code: str


def report(resident: Person, text: str, address: str) -> Told:
    """Report by village and address, with a telephone number, and note number and code."""
    resident.go(f"/t/{TOWN}/report/").write("用自己的话说，几句就够", text)
    return send(resident, address)


def send(resident: Person, address: str) -> Told:
    """Fill in what is left of the report, send it, and note number and code."""
    resident.choose("村（社区）", "东围村").write("地址或附近的标志", address).write("手机号", "138 0000 0426")
    resident.press("提交").reads("收到了")
    number, code = (resident.page.locator("dd.big-value").nth(place).inner_text() for place in (0, 1))
    return Told(number=number, code=code)


def follow(resident: Person, told: Told) -> Person:
    """Look up the progress with number and code."""
    resident.go(f"/t/{TOWN}/track/").write("编号", told.number).write("查询码", told.code).press("查")
    return resident.reads(told.number)


def open_row(clerk: Person, number: str) -> Person:
    """Open a case from the queue."""
    clerk.go("/queue/").page.get_by_role("row").filter(has_text=number).get_by_role("link").first.click()
    return clerk
