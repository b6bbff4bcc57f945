"""The ways in: sign-in, refusals, lock-out, the calculator, both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.eyes import WIDTHS, Person
from tests.browser.town_process import Town

pytestmark = pytest.mark.browser
Visit = Callable[..., Person]


@pytest.fixture(autouse=True)
def _day(town: Town) -> None:
    town.set_clock("2026-09-01 09:00")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_wrong_password_is_refused_and_the_name_stays(visit: Visit, width: int) -> None:
    clerk = visit(width)
    clerk.go("/sign-in/").look("sign-in")
    clerk.sign_in("command", "not the password").look("sign-in-refused", status=422)
    assert clerk.page.get_by_label("登录名").input_value() == "command"
    assert clerk.page.get_by_label("密码").input_value() == ""
    clerk.sign_in("command").look()
    assert clerk.path == "/queue/"


def test_five_wrong_passwords_lock_the_door(visit: Visit) -> None:
    thief = visit(WIDTHS[1])
    for _ in range(5):
        thief.sign_in("market-head", "guess")
    thief.look("locked-out", status=429)
    thief.sign_in("market-head")
    assert thief.status == 429
