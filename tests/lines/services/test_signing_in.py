"""Applicants sign in by OpenID Connect; the demonstration's own provider goes the same way as a real one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from jinli.cases.models import Case, EntryPayload
from jinli.domain.errors import InvalidInputError
from jinli.lines.services.models import ApplicantLink
from jinli.lines.services.selectors.forms import CHECKS
from jinli.lines.services.services.signing_in import Network, Provider, challenge_of, come_back, leave, party_for
from jinli.lines.services.services.simulated_identity import PEOPLE, address_back, simulated_provider
from jinli.town.models import Division, PartyFact
from jinli.town.moment import frozen_at
from jinli.town.services import facts_of
from tests.cases.small import Small, at
from tests.lines.services.town import build_services, hidden
from tests.shared import shared

BASE = "https://town.example/t/990101001/identity"
BACK = "https://town.example/t/990101001/applicant/back/"


@shared
def small() -> Small:
    made = build_services()
    Division.objects.filter(pk=made.town.pk).update(simulated=True)
    made.town.refresh_from_db()
    return made


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    cache.clear()
    with frozen_at(at("2026-09-28 10:05")):
        yield


def provider(small: Small) -> Provider:
    found = simulated_provider(small.town, BASE)
    assert found is not None
    return found


def asked(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def answer_of(url: str, person: str = "newcomer") -> dict[str, str]:
    return asked(address_back(asked(url), person))


def test_the_code_comes_back_and_becomes_who_somebody_is(small: Small) -> None:
    one = provider(small)
    url, pending = leave(one, back=BACK)
    claims = come_back(one, pending, answer_of(url), back=BACK)
    assert (claims.name, claims.number, claims.firm) == ("安新来（演示）", "990101199003070015", False)
    assert asked(url)["code_challenge"] == challenge_of(pending.verifier)
    assert pending.verifier not in url


def test_an_answer_this_browser_did_not_ask_for_is_refused(small: Small) -> None:
    one = provider(small)
    url, pending = leave(one, back=BACK)
    _, other = leave(one, back=BACK)
    with pytest.raises(InvalidInputError, match="not_ours"):
        come_back(one, other, answer_of(url), back=BACK)
    for changed in ({"verifier": "x" * 60}, {"nonce": "another"}):
        with pytest.raises(InvalidInputError, match="token"):
            come_back(one, replace(pending, **changed), answer_of(url), back=BACK)
    with pytest.raises(InvalidInputError, match="token"):
        come_back(one, pending, answer_of(url), back="https://elsewhere.example/")
    with pytest.raises(InvalidInputError, match="refused"):
        come_back(one, pending, {"state": pending.state, "error": "access_denied"}, back=BACK)


def test_a_token_of_another_key_another_client_or_another_time_is_refused(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = provider(small)
    url, pending = leave(one, back=BACK)
    answer = answer_of(url)
    with pytest.raises(InvalidInputError, match="token"):
        come_back(replace(one, client_id="somebody-else"), pending, answer, back=BACK)
    token = one.transport.post(
        "token",
        {"code": answer["code"], "redirect_uri": BACK, "code_verifier": pending.verifier, "client_secret": one.secret},
    )

    class Other:
        def __init__(self, keys: Any = None) -> None:
            self.keys = keys

        def get(self, address: str) -> Any:
            return self.keys if self.keys and address.endswith("/keys") else one.transport.get(address)

        def post(self, address: str, form: Any) -> Any:
            return token

    from joserfc.jwk import ECKey

    foreign = {"keys": [ECKey.generate_key("P-256").as_dict(private=False)]}
    assert come_back(replace(one, transport=Other()), pending, answer, back=BACK).name == "安新来（演示）"
    with pytest.raises(InvalidInputError, match="token"):
        come_back(replace(one, transport=Other(foreign)), pending, answer, back=BACK)
    with frozen_at(at("2026-09-28 10:12")), pytest.raises(InvalidInputError, match="token"):
        come_back(replace(one, transport=Other()), pending, answer, back=BACK)


def test_only_the_secure_network_is_spoken_over() -> None:
    with pytest.raises(InvalidInputError, match="not_reached"):
        Network().get("http://provider.example/.well-known/openid-configuration")


def test_the_same_account_is_the_same_party_again_and_only_a_hash_of_it_is_kept(small: Small) -> None:
    one = provider(small)
    parties = []
    for _ in range(2):
        url, pending = leave(one, back=BACK)
        parties.append(party_for(small.town, come_back(one, pending, answer_of(url), back=BACK)))
    assert parties[0] == parties[1]
    link = ApplicantLink.objects.get()
    assert "simulated-newcomer" not in link.subject_hash
    assert facts_of(parties[0])["id_number"] == "990101199003070015"
    assert PartyFact.objects.count() == 3


def test_a_real_town_has_no_simulated_provider(small: Small) -> None:
    Division.objects.filter(pk=small.town.pk).update(simulated=False)
    small.town.refresh_from_db()
    assert simulated_provider(small.town, BASE) is None
    assert Client().get(f"/t/{small.town.code}/identity/").status_code == 404
    assert Client().get(f"/t/{small.town.code}/applicant/").status_code == 404


def test_the_invented_persons_have_numbers_with_right_check_digits_and_carry_the_mark() -> None:
    for one in PEOPLE:
        assert one.name.endswith("（演示）")
        kind, number = ("id_number", one.id_number) if one.id_number else ("credit_code", one.credit_code)
        assert CHECKS[kind](number), one


def signed_in(small: Small, person: str = "newcomer", then: str = "") -> Client:
    """Go the whole way of a browser."""
    client = Client()
    leaving = client.get(f"/t/{small.town.code}/applicant/", {"next": then})
    page = client.get(leaving["Location"])
    assert "这不是真的身份核验" in page.content.decode()
    coming = client.post(f"/t/{small.town.code}/identity/", {**asked(leaving["Location"]), "person": person})
    answer = client.get(coming["Location"])
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_signed_in_the_name_is_not_asked_and_the_second_time_nothing_the_town_holds(small: Small) -> None:
    start = f"/t/{small.town.code}/services/rent-subsidy/apply/"
    client = signed_in(small, then=start)
    page = client.get(start).content.decode()
    assert "安新来（演示）" in page
    assert 'name="name"' not in page
    client.post(start, {"kind": "person", "telephone": "13800000101", "situation-home": "rented"})
    page = client.get(f"{start}fill/")
    assert "9901**********0015" in page.content.decode()
    assert "990101199003070015" not in page.content.decode()
    typed = {"moved_on": "2026-03-01", "rent": "900", "account": "6222021234567890128"}
    client.post(f"{start}fill/", {"version": hidden(page, "version"), "do": "next", **typed})
    answer = client.post(f"{start}check/")
    assert answer.status_code == 302
    case = Case.objects.get()
    private = json.loads(EntryPayload.objects.get().text)
    assert private["sources"] == {"id_number": "record:2026-09-28"}
    mine = client.get(f"/t/{small.town.code}/applications/").content.decode()
    assert case.number in mine
    client.post(start, {"kind": "person", "telephone": "13800000101", "situation-home": "rented"})
    page = client.get(f"{start}fill/").content.decode()
    assert f"办理《新来人员租房补助（样本）》时填写（{case.number}）" in page
    assert "6222***********0128" in page


def test_the_page_of_a_matter_shows_who_signed_in_what_the_town_holds(small: Small) -> None:
    page = f"/t/{small.town.code}/services/rent-subsidy/"
    before = Client().get(page).content.decode()
    assert "applicant/?next=" in before
    assert "9901**********0015" not in before
    shown = signed_in(small, then=page).get(page).content.decode()
    assert "表里已经有的" in shown
    assert "9901**********0015" in shown
    assert "990101199003070015" not in shown
    assert "身份证" in shown.split("镇里已经有")[1], "the identity card is held, not asked for"
    assert "applicant/?next=" not in shown


def test_somebody_else_who_signs_in_sees_nothing_of_it(small: Small) -> None:
    start = f"/t/{small.town.code}/services/rent-subsidy/apply/"
    client = signed_in(small)
    client.post(start, {"kind": "person", "telephone": "13800000101", "situation-home": "rented"})
    page = client.get(f"{start}fill/")
    typed = {"moved_on": "2026-03-01", "rent": "900", "account": "6222021234567890128"}
    client.post(f"{start}fill/", {"version": hidden(page, "version"), "do": "next", **typed})
    client.post(f"{start}check/")
    number = Case.objects.get().number
    other = signed_in(small, "elder")
    assert number not in other.get(f"/t/{small.town.code}/applications/").content.decode()
    assert other.get(f"/t/{small.town.code}/applications/one/", {"number": number}).status_code == 302
    client.post(f"/t/{small.town.code}/applicant/sign-out/")
    assert number not in client.get(f"/t/{small.town.code}/applications/").content.decode()


def test_a_draft_saved_after_sign_in_does_not_open_by_its_code_alone(small: Small) -> None:
    from jinli.lines.services.models import Draft
    from jinli.lines.services.services.drafting import code_of

    start = f"/t/{small.town.code}/services/rent-subsidy/apply/"
    client = signed_in(small)
    client.post(start, {"kind": "person", "telephone": "13800000101", "situation-home": "rented"})
    code = code_of(Draft.objects.get().pk)
    stranger = Client()
    answer = stranger.post(f"/t/{small.town.code}/applications/resume/", {"resume-draft": code})
    assert answer["Location"].endswith("/applications/")
    assert "请先登录" in stranger.get(answer["Location"]).content.decode()
