"""Every address, opened as everybody: what a view declares is what happens, and no town sees another.

A new address is walked by itself. One with parameters needs a sample for each of them below; without it the walk
fails, so that no address is ever left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch
from urllib.parse import quote
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, TestCase, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path

from jinli.cases.models import Paper
from jinli.lines.services.models import ItemEdition
from jinli.town import middleware
from jinli.town.access import OWN_ACCOUNT, PUBLIC, SIGNED_IN, access
from jinli.town.hats import Hat, hats_of
from jinli.town.models import AccessToken, Appointment, Person
from jinli.town.moment import now
from tests.architecture.walked_money import building_of, claim_of, grant_of, subsidy_of
from tests.architecture.walked_town import (
    application_of,
    build_at_work,
    difference_of,
    file_of,
    paper_of,
    power_of,
    publication_of,
    rated_of,
    report_of,
    run_of,
    source_of,
    task_of,
    whistle_of,
)
from tests.town.small_town import ROLES, SmallTown

ANONYMOUS = "anonymous"
NOT_OF_THE_TOWN = frozenset({"department_officer", "department_head", "arbiter"})
_PARAMETER = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


def _appointment(town: SmallTown, role: str) -> Appointment:
    return Appointment.objects.get(person=town.person(role))


# parameter -> an object of a town. The same, taken from the other town, must not be found by anybody here.
SAMPLES: dict[str, Callable[[SmallTown], object]] = {
    "town_code": lambda town: town.division.code,
    "person_id": lambda town: town.person("village_officer").pk,
    "appointment_id": lambda town: _appointment(town, "village_officer").pk,
    "place_id": lambda town: town.places[""].pk,
    "case_id": lambda town: whistle_of(town).pk,
    "file_id": lambda town: file_of(whistle_of(town)).pk,
    "move": lambda town: "comment",
    "catalogue_code": lambda town: f"road_{town.key}",
    "edition_id": lambda town: ItemEdition.objects.get(town=town.division, state="draft").pk,
    "together_code": lambda town: f"bundle_{town.key}",
    "bundle_code": lambda town: f"bundle_{town.key}",
    "announced_code": lambda town: f"season_{town.key}",
    "season_code": lambda town: f"season_{town.key}",
    "item_code": lambda town: f"road_{town.key}",
    "matter_code": lambda town: f"road_{town.key}",
    "number": lambda town: quote(whistle_of(town).number),
    "report_id": lambda town: report_of(town).pk,
    "whistle_id": lambda town: whistle_of(town).pk,
    "matter_id": lambda town: application_of(town).pk,
    "rated_id": lambda town: rated_of(town).pk,
    "publication_id": lambda town: publication_of(town).pk,
    "task_id": lambda town: task_of(town).pk,
    "ask_id": lambda town: task_of(town).asks.get().pk,
    "saved_id": lambda town: task_of(town).reports.get().pk,
    "difference_id": lambda town: difference_of(town).pk,
    "source_id": lambda town: source_of(town).pk,
    "layout_id": lambda town: source_of(town).layouts.get().pk,
    "link_id": lambda town: source_of(town).names.get().pk,
    "token": lambda town: town.tokens["reply"],
    "paper_id": lambda town: paper_of(town).pk,
    "paper_token": lambda town: paper_of(town).token,
    "sheet": lambda town: f"form-{town.key}",
    "layout": lambda town: f"list-{town.key}",
    "listing": lambda town: "cases",
    "power_id": lambda town: power_of(town).pk,
    "wave_id": lambda town: power_of(town).wave_id,
    "which": lambda town: "uses",
    "run_id": lambda town: run_of(town).pk,
    "grant_id": lambda town: grant_of(town).pk,
    "building_id": lambda town: building_of(town).pk,
    "claim_id": lambda town: claim_of(town).pk,
    "subsidy": subsidy_of,
    "year": lambda town: now().year,
    "token_id": lambda town: AccessToken.objects.get(town=town.division).pk,
}
# parameter -> an object in the reach of the same town, and the roles that have no part in it.
HIDDEN: dict[str, tuple[Callable[[SmallTown], object], frozenset[str]]] = {
    "person_id": (lambda town: town.person("department_officer").pk, frozenset(ROLES)),
    "appointment_id": (lambda town: _appointment(town, "arbiter").pk, frozenset(ROLES)),
    "place_id": (lambda town: town.places["东村"].pk, frozenset(ROLES)),
    "case_id": (lambda town: report_of(town).pk, NOT_OF_THE_TOWN),
    "file_id": (lambda town: file_of(report_of(town)).pk, NOT_OF_THE_TOWN),
    "number": (lambda town: quote(report_of(town).number), NOT_OF_THE_TOWN),
    "paper_id": (lambda town: Paper.objects.get(case=report_of(town)).pk, NOT_OF_THE_TOWN),
}
# Parameters by which the public chooses a town or an item, or that are the permission itself: nothing is hidden there.
OPEN_PARAMETERS = {"announced_code", "bundle_code", "item_code", "paper_token", "token", "town_code"}


@dataclass(frozen=True)
class Address:
    """One address and method with the view behind it."""

    route: str
    method: str
    view: Callable[..., Any]

    @property
    def allowed(self) -> frozenset[str]:
        """Return the declaration of the view."""
        return getattr(self.view, "access", frozenset())

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of the parameters in the address."""
        return tuple(_PARAMETER.findall(self.route))

    @property
    def is_api(self) -> bool:
        """Return whether machines read the answer."""
        return self.route.startswith("api/")

    def url(self, town: SmallTown, hidden: bool = False) -> str:
        """Return the address with samples of a town; KeyError names the parameter that has none."""

        def value(found: re.Match[str]) -> str:
            name = found.group(1)
            return str((HIDDEN[name][0] if hidden and name in HIDDEN else SAMPLES[name])(town))

        return "/" + _PARAMETER.sub(value, self.route)

    def __str__(self) -> str:
        return f"{self.method} /{self.route}"


def _patterns(found: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, route)
        else:
            yield route, one


def _operations(view: Callable[..., Any]) -> list[Any]:
    """Return the operations behind a view of the JSON interface; none for ordinary views."""
    if view.__module__ != "ninja.operation":
        return []
    held = [cell.cell_contents for cell in view.__closure__ or ()]
    return next(one.operations for one in held if hasattr(one, "operations"))


def _is_interface_root(view: Any) -> bool:
    """Return whether this is the empty root that the interface library adds by itself; it always answers 404."""
    return getattr(getattr(view, "func", None), "__name__", "") == "default_home"


def addresses(patterns: list[Any] | None = None) -> list[Address]:
    """Return every address of the site, or of these patterns, with every method that may matter."""
    found = []
    for route, pattern in _patterns(patterns or get_resolver().url_patterns):
        view = pattern.callback
        if _is_interface_root(view):
            continue
        operations = _operations(view) if hasattr(view, "__closure__") else []
        if operations:
            found += [Address(route, method, one.view_func) for one in operations for method in one.methods]
        else:
            found += [Address(route, method, view) for method in ("GET", "POST")]
    return found


@dataclass(frozen=True)
class Seen:
    """What somebody met behind an address."""

    outcome: str
    status: int
    names_neighbour: bool
    why: str


@dataclass
class Walk:
    """The two towns, a session for everybody in the first, and one client: making one reads all static files.

    Whatever a step changes is undone, so the same step twice is taken once, and the hats of a person are read once.
    """

    town: SmallTown
    sessions: dict[str, str]
    client: Client
    steps: dict[tuple[str, str, str], Seen] = field(default_factory=dict)
    hats: dict[UUID, tuple[Hat, ...]] = field(default_factory=dict)

    def open(self, address: Address, url: str, who: str) -> Seen:
        """Open an address as somebody and say what is there."""
        step = (address.method, url, who)
        if step not in self.steps:
            answer: Any = self._open(address, url, who)
            self.steps[step] = Seen(
                outcome=outcome(answer),
                status=answer.status_code,
                names_neighbour=self.town.neighbour.division.name in answer.getvalue().decode(errors="replace"),
                why=f" ({answer.exc_info[0].__name__}: {answer.exc_info[1]})" if answer.exc_info else "",
            )
        return self.steps[step]

    def _open(self, address: Address, url: str, who: str) -> HttpResponse:
        self.client.cookies = SimpleCookie()
        if who in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        with patch.object(middleware, "hats_of", self._hats_of), transaction.atomic():
            answer: Any = self.client.generic(
                address.method,
                url,
                data=json.dumps({}) if address.is_api else "",
                content_type="application/json" if address.is_api else "application/x-www-form-urlencoded",
            )
            transaction.set_rollback(True)
        return answer

    def _hats_of(self, person: Person) -> tuple[Hat, ...]:
        if person.pk not in self.hats:
            self.hats[person.pk] = hats_of(person)
        return self.hats[person.pk]


def lets_in(address: Address, who: str) -> bool:
    """Return whether the declaration lets somebody in: told here once more, in the words of the rule book."""
    if PUBLIC in address.allowed:
        return True
    if who == ANONYMOUS:
        return False
    if OWN_ACCOUNT in address.allowed:
        return True
    if who == "auditor":
        return address.method in {"GET", "HEAD"}
    return SIGNED_IN in address.allowed or who in address.allowed


def outcome(answer: HttpResponse) -> str:
    """Return what an answer amounts to."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/"):
        return "sign in"
    if answer.status_code == 401:
        return "sign in"
    return {403: "refused", 404: "not found"}.get(answer.status_code, "broken" if answer.status_code >= 500 else "open")


def misstatements(walk: Walk, found: list[Address], *, everybody: bool = True) -> list[str]:
    """Return where what happens is not what the view declares; only those let in walk unless `everybody` does."""
    wrong = []
    for address in found:
        url = address.url(walk.town)
        for who in (ANONYMOUS, *ROLES):
            if not everybody and not lets_in(address, who):
                continue
            step = walk.open(address, url, who)
            seen = step.outcome
            if lets_in(address, who):
                fits = seen in {"open", "not found"} or (seen == "sign in" and url == "/sign-out/")
            else:
                fits = seen == ("sign in" if who == ANONYMOUS else "refused")
            if not fits:
                wrong.append(f"{address} as {who}: {seen}{step.why}")
    return wrong


def leaks(walk: Walk, found: list[Address], *, hidden: bool) -> list[str]:
    """Return where an object of others is found, or named, by somebody who has no part in it."""
    seen = []
    for address in found:
        names = set(address.parameters) - OPEN_PARAMETERS
        if not names or (hidden and not names & HIDDEN.keys()):
            continue
        url = address.url(walk.town if hidden else walk.town.neighbour, hidden=hidden)
        without_part = frozenset(ROLES).intersection(*(HIDDEN[name][1] for name in names & HIDDEN.keys() if hidden))
        for who in sorted(without_part):
            step = walk.open(address, url, who)
            if lets_in(address, who) and step.status not in {404, 405}:
                seen.append(f"{address} as {who}: {step.status}")
            if step.names_neighbour and not hidden:
                seen.append(f"{address} as {who}: names the other town")
    return seen


def test_every_view_says_who_may_open_it() -> None:
    silent = [str(one) for one in addresses() if not one.allowed]
    assert not silent, f"no @access on: {silent}"


def test_every_parameter_has_a_sample() -> None:
    missing = [f"{one}: {name}" for one in addresses() for name in one.parameters if name not in SAMPLES]
    assert not missing, f"add a sample to SAMPLES for: {missing}"


def test_only_plain_parameters_stand_in_addresses() -> None:
    odd = [one.route for one in addresses() if re.search(r"[\^$\\(]", one.route)]
    assert not odd, f"the walk cannot fill in: {odd}"


def _says_leaders_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for anybody")


_says_leaders_only.access = frozenset({"town_head"})  # type: ignore[attr-defined]


@access(SIGNED_IN)
def _shows_any_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    return HttpResponse(Person.objects.get(pk=person_id).name)


@pytest.mark.xdist_group("walk")
class TheWalkTests(TestCase):
    """One town at work for all that walk through it, since none of them leaves anything behind."""

    walk: Walk

    @classmethod
    def setUpClass(cls) -> None:
        """Build the towns and sign everybody in, once."""
        super().setUpClass()
        town = build_at_work()
        sessions = {}
        for role in ROLES:
            client = Client()
            client.force_login(town.person(role))
            client.get("/")  # stamps the session: else every step would stamp and write it again
            sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
        cls.walk = Walk(town, sessions, Client(raise_request_exception=False))

    def test_what_happens_is_what_the_view_declares(self) -> None:
        # Whoever is kept out is so before the view asks the database anything, whichever engine that is. So on
        # PostgreSQL those let in walk again, to see that every page and call answers there too.
        wrong = misstatements(self.walk, addresses(), everybody=connection.vendor == "sqlite")
        assert not wrong, "\n".join(wrong)

    def test_every_sample_is_really_there_for_somebody(self) -> None:
        lost = []
        for address in addresses():
            if address.parameters and address.method == "GET":
                url = address.url(self.walk.town)
                let_in = [who for who in (ANONYMOUS, *ROLES) if lets_in(address, who)]
                seen = {self.walk.open(address, url, who).outcome for who in let_in}
                if seen and "open" not in seen:
                    lost.append(f"{address}: {seen}")
        assert not lost, "\n".join(lost)

    def test_the_objects_of_another_town_are_not_found(self) -> None:
        seen = leaks(self.walk, addresses(), hidden=False)
        assert not seen, "\n".join(seen)

    def test_the_objects_that_one_has_no_part_in_are_not_found(self) -> None:
        seen = leaks(self.walk, addresses(), hidden=True)
        assert not seen, "\n".join(seen)

    def test_the_walk_notices_a_view_that_lies_and_one_that_leaks(self) -> None:
        bad = [path("board/", _says_leaders_only), path("people/<uuid:person_id>/", _shows_any_person)]
        walk = replace(self.walk, steps={})
        with override_settings(
            ROOT_URLCONF=type("addresses", (), {"urlpatterns": [*bad, *get_resolver().url_patterns]})
        ):
            lies = misstatements(walk, addresses(bad))
            assert "GET /board/ as anonymous: open" in lies
            assert "GET /board/ as grid_worker: open" in lies
            assert "GET /people/<uuid:person_id>/ as grid_worker: 200" in leaks(walk, addresses(bad), hidden=False)
