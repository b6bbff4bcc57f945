"""Signing in: five failures and the name rests, nobody learns who has an account, and sessions end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from jinli.site.views.account import FAILURES
from jinli.town.middleware import IDLE_LIMIT
from jinli.town.moment import frozen_at
from tests.town.small_town import PASSWORD, SmallTown

MORNING = datetime(2026, 9, 28, 0, 30, tzinfo=UTC)


def sign_in(client: Client, username: str, password: str, **more: str) -> object:
    return client.post("/sign-in/", {"username": username, "password": password, **more})


def test_the_right_password_opens_the_page_asked_for(town: SmallTown) -> None:
    client = Client()
    asked = client.get("/registers/places/")
    assert asked.status_code == 302
    page = client.get(asked["Location"])
    assert page.context["next"] == "/registers/places/"
    answer = sign_in(client, "a-command_centre", PASSWORD, next="/registers/places/")
    assert (answer.status_code, answer["Location"]) == (302, "/registers/places/")
    assert client.get("/registers/places/").status_code == 200


def test_without_a_page_asked_for_one_arrives_at_work(town: SmallTown) -> None:
    client = Client()
    assert sign_in(client, "a-command_centre", PASSWORD)["Location"] == "/"
    assert client.get("/")["Location"] in {"/queue/", "/registers/"}


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_a_strange_host(town: SmallTown, elsewhere: str) -> None:
    assert sign_in(Client(), "a-command_centre", PASSWORD, next=elsewhere)["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_are_told_in_the_same_words(town: SmallTown) -> None:
    known = sign_in(Client(), "a-command_centre", "wrong").content.decode()
    unknown = sign_in(Client(), "nobody-at-all", "wrong").content.decode()
    assert "登录名或密码不对" in known
    for name in ("a-command_centre", "nobody-at-all"):
        known, unknown = known.replace(name, ""), unknown.replace(name, "")
    assert _blank_tokens(known) == _blank_tokens(unknown)


def _blank_tokens(page: str) -> str:
    import re

    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", page)


@pytest.mark.parametrize("name", ["a-command_centre", "nobody-at-all"])
def test_the_fifth_failure_locks_the_name_and_says_when_to_try_again(town: SmallTown, name: str) -> None:
    client = Client()
    with frozen_at(MORNING):
        codes = [sign_in(client, name, "wrong").status_code for _ in range(4)]
        fifth = sign_in(client, name, "wrong")
    assert codes == [422] * 4
    assert (fifth.status_code, fifth["Retry-After"]) == (429, "900")
    assert "9月28日 周一 08:45" in fifth.content.decode()


def test_a_locked_name_does_not_open_with_the_right_password_either(town: SmallTown) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, "a-command_centre", "wrong")
    assert sign_in(client, "a-command_centre", PASSWORD).status_code == 429
    assert client.get("/registers/").status_code == 302


def test_success_forgets_the_failures_before_it(town: SmallTown) -> None:
    for _ in range(3):
        for _ in range(4):
            sign_in(Client(), "a-command_centre", "wrong")
        assert sign_in(Client(), "a-command_centre", PASSWORD).status_code == 302


def test_guessing_under_many_names_is_slowed_too(town: SmallTown) -> None:
    for number in range(FAILURES):
        assert sign_in(Client(), f"guess-{number}", "wrong").status_code == 422
    assert sign_in(Client(), "a-command_centre", PASSWORD).status_code == 429


@pytest.mark.parametrize(
    ("behind", "locked"),
    [
        pytest.param(True, False, id="behind our web server each caller counts for itself"),
        pytest.param(False, True, id="without one nobody can claim another address"),
    ],
)
def test_one_callers_failures_do_not_lock_out_others(
    town: SmallTown, settings: pytest.FixtureRequest, behind: bool, locked: bool
) -> None:
    settings.BEHIND_PROXY = behind  # type: ignore[attr-defined]
    for number in range(FAILURES):
        thief = Client(headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"})
        sign_in(thief, f"guess-{number}", "wrong")
    clerk = Client(headers={"X-Forwarded-For": "203.0.113.10"})
    assert (sign_in(clerk, "a-command_centre", PASSWORD).status_code == 429) == locked
    assert sign_in(thief, "a-command_centre", PASSWORD).status_code == 429


def test_a_closed_account_does_not_open(town: SmallTown) -> None:
    person = town.person("command_centre")
    person.is_active = False
    person.save()
    assert sign_in(Client(), "a-command_centre", PASSWORD).status_code == 422


def test_a_session_ends_after_two_hours_without_use(town: SmallTown, desk: Client) -> None:
    with frozen_at(MORNING):
        assert desk.get("/registers/").status_code == 200
    with frozen_at(MORNING + IDLE_LIMIT):
        answer = desk.get("/registers/")
    assert answer["Location"] == "/sign-in/?next=%2Fregisters%2F&ended=1"
    assert "已自动退出" in desk.get(answer["Location"]).content.decode()


def test_use_keeps_a_session_but_not_beyond_eight_hours(town: SmallTown, desk: Client) -> None:
    moment = MORNING
    while moment < MORNING + timedelta(hours=8):
        with frozen_at(moment):
            assert desk.get("/registers/").status_code == 200
        moment += timedelta(minutes=90)
    with frozen_at(MORNING + timedelta(hours=8)):
        assert desk.get("/registers/").status_code == 302


def test_signing_out_needs_a_button_not_a_link(town: SmallTown, desk: Client) -> None:
    assert desk.get("/sign-out/").status_code == 405
    assert desk.post("/sign-out/")["Location"] == "/sign-in/"
    assert desk.get("/registers/").status_code == 302


def test_pages_of_the_signed_in_are_not_kept_by_the_browser(town: SmallTown, desk: Client) -> None:
    assert desk.get("/registers/")["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in Client().get("/t/990101001/")


def test_a_form_without_token_writes_nothing(town: SmallTown) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = sign_in(client, "a-command_centre", PASSWORD)
    assert answer.status_code == 403
    assert "没有写入" in answer.content.decode()
    client.force_login(town.person("administrator"))
    assert client.post("/registers/people/new/", {"name": "某"}).status_code == 403


def test_the_session_cookie_is_out_of_reach_of_scripts(town: SmallTown) -> None:
    client = Client()
    sign_in(client, "a-command_centre", PASSWORD)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("url", ["/sign-in/", "/", "/t/990101001/", "/healthz"])
def test_no_page_allows_inline_scripts_or_styles(town: SmallTown, url: str) -> None:
    policy = Client().get(url)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_the_own_password_is_changed_by_who_knows_the_present_one(town: SmallTown, desk: Client) -> None:
    elsewhere = Client()
    elsewhere.force_login(town.person("command_centre"))
    given = {"present": "wrong", "password": "another long one", "again": "another long one"}
    assert "现在的密码不对" in desk.post("/account/password/", given).content.decode()
    given["present"], given["again"] = PASSWORD, "something else"
    assert "不一样" in desk.post("/account/password/", given).content.decode()
    given["again"] = given["password"]
    assert desk.post("/account/password/", given).status_code == 302
    assert desk.get("/registers/").status_code == 200
    assert elsewhere.get("/registers/").status_code == 302
    assert sign_in(Client(), "a-command_centre", "another long one").status_code == 302


def test_a_weak_new_password_is_refused_at_its_field(town: SmallTown, desk: Client) -> None:
    answer = desk.post("/account/password/", {"present": PASSWORD, "password": "short", "again": "short"})
    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors
