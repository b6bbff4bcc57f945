"""One-time links: an answer in full without an account."""

from __future__ import annotations

import pytest

from jinli.cases.models import AccessLink
from jinli.cases.services.linking import answer_by_link, check_code, link_of, make_link, make_slip, why_dead
from jinli.domain.errors import DomainError
from jinli.lines.grid.services import links, whistles
from jinli.town.models import AccessEntry
from jinli.town.moment import frozen_at
from tests.cases.small import at
from tests.lines.grid.whistling import Whistling, journal, lines, whistling
from tests.shared import shared

WHEN = "2026-09-18 14:40"


@shared
def town() -> Whistling:
    return whistling()


def refused(code: str) -> object:
    return pytest.raises(DomainError, match=code)


class Desk:
    """A whistle that went out, and the department's officer with a link in hand."""

    def __init__(self, town: Whistling) -> None:
        self.town = town
        self.whistle = town.sent(lead="ecology", assisting=[])
        with frozen_at(at("2026-09-18 11:41")):
            self.token = make_link(acting=town.small.command, assignment=self.held, seed="form-1")

    @property
    def held(self) -> object:
        return self.town.assignment(self.whistle, "a1")

    def link(self, token: str = "") -> AccessLink:
        found = link_of(token or self.token, self.town.small.town.code)
        assert found is not None
        return found

    def answer(
        self, service: object, *, token: str = "", seed: str = "form", name: str = "郑工", **more: object
    ) -> str:
        token = token or self.token
        link = self.link(token)
        held = self.town.assignment(self.whistle, "a1")

        def act(acting: object) -> None:
            service(acting=acting, assignment=held, version=held.version, channel="link", **more)  # type: ignore[operator]

        with frozen_at(at(WHEN)):
            return answer_by_link(link=link, token=token, name=name, seed=seed, act=act)


@pytest.fixture
def desk(town: Whistling) -> Desk:
    return Desk(town)


def test_only_the_hash_of_a_token_is_kept(desk: Desk) -> None:
    assert desk.token not in str(list(AccessLink.objects.values()))
    assert link_of("forged", desk.town.small.town.code) is None
    assert link_of(desk.token, "990202001") is None


def test_each_accepted_act_spends_the_link_and_gives_the_next(desk: Desk) -> None:
    second = desk.answer(whistles.sign_in)
    assert second not in ("", desk.token)
    assert why_dead(desk.link()) == "cases.link.spent"
    with refused("cases.link.spent"):
        desk.answer(whistles.sign_in, seed="another form")
    third = desk.answer(whistles.interim, token=second, note="正在查")
    last = desk.answer(whistles.report, token=third, result="已封堵")
    assert last == ""  # the assignment is over, and its links with it
    assert why_dead(desk.link(third)) == "cases.link.assignment_over"
    assert [move for _, track, move in lines(desk.whistle) if track == "a1"] == ["sign_in", "interim", "report"]
    assert journal(desk.whistle)[-3]["private"] == {"as_stated": "郑工", "note": "正在查"}


def test_the_same_form_sent_twice_acts_once_and_leads_to_the_same_next_link(desk: Desk) -> None:
    first = desk.answer(whistles.sign_in)
    assert desk.answer(whistles.sign_in) == first
    assert [move for _, _, move in lines(desk.whistle)].count("sign_in") == 1


def test_a_refused_act_spends_nothing_and_what_was_due_stays(desk: Desk) -> None:
    with refused("not_from_here"):
        desk.answer(whistles.report, result="还没签收")
    assert why_dead(desk.link()) is None
    with refused("name_needed"):
        desk.answer(whistles.sign_in, name=" ")
    assert desk.answer(whistles.sign_in)


def test_a_link_dies_with_its_assignment(desk: Desk) -> None:
    desk.town.act(WHEN, desk.whistle, "a1", whistles.withdraw_one, desk.town.small.command, reason="派错")
    with refused("assignment_over"):
        desk.answer(whistles.sign_in)
    with refused("assignment_over"):
        make_link(acting=desk.town.small.command, assignment=desk.held, seed="x")  # type: ignore[arg-type]


def test_a_new_link_ends_the_old_one_and_only_the_town_makes_it(desk: Desk) -> None:
    with refused("not_yours"):
        make_link(acting=desk.town.small.ecology, assignment=desk.held, seed="x")  # type: ignore[arg-type]
    again = make_link(acting=desk.town.small.command, assignment=desk.held, seed="form-1")  # type: ignore[arg-type]
    assert again == desk.token  # the same form
    make_link(acting=desk.town.small.command, assignment=desk.held, seed="form-2")  # type: ignore[arg-type]
    assert why_dead(desk.link()) == "cases.link.spent"


def test_a_slip_needs_its_code_and_five_wrong_ones_kill_it(desk: Desk) -> None:
    token, code = make_slip(acting=desk.town.small.command, assignment=desk.held)  # type: ignore[arg-type]
    slip = desk.link(token)
    assert (len(code), code in str(AccessLink.objects.values().get(pk=slip.pk))) == (6, False)
    wrong = "000000" if code != "000000" else "111111"
    check_code(slip, token, code)
    for left in (4, 3, 2, 1):
        with pytest.raises(DomainError, match="wrong_code") as told:
            check_code(slip, token, wrong)
        assert told.value.facts["left"] == left
    with refused("too_many_codes"):
        check_code(slip, token, wrong)
    with refused("too_many_codes"):
        check_code(desk.link(token), token, code)
    assert why_dead(desk.link(token)) == "cases.link.too_many_codes"


def test_the_telephone_of_the_reporter_is_read_after_sign_in_only_and_logged(desk: Desk) -> None:
    with refused("contact_after_sign_in"), frozen_at(at(WHEN)):
        links.read_contact(desk.link(), "郑工")
    second = desk.link(desk.answer(whistles.sign_in))
    with frozen_at(at(WHEN)):
        assert links.read_contact(second, "郑工").telephone == "13800000426"
    logged = AccessEntry.objects.get()
    assert (logged.what, logged.case_number, logged.reason) == ("telephone", desk.whistle.number, "郑工")
    assert logged.acting_for is not None
    assert (logged.person, logged.acting_for.code) == (None, "ecology")
    assert why_dead(second) is None  # reading spends nothing
