"""Fill the frame of every page: the town, who acts under which hat, and the ways that are open to them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject

from jinli.cases.selectors import unread
from jinli.site.demonstration import loading_text
from jinli.town.access import PUBLIC, open_to
from jinli.town.acting import Acting
from jinli.town.hats import Hat
from jinli.town.models import Division
from jinli.ui.shell import HatChoice, NavItem, Shell
from jinli.ui.words import say, tongue

# What the head of a staff page offers, in this order; a way that no room has opened yet is left out, and so is
# one that the view itself does not open to the reader.
NAVIGATION: Final = (
    ("site.nav.queue", "/queue/"),
    ("services.nav.counter", "/counter/"),
    ("services.nav.ratings", "/ratings/"),
    ("grid.nav.intake", "/intake/"),
    ("grid.nav.find", "/find/"),
    ("site.nav.cases", "/cases/"),
    ("site.nav.whistles", "/whistles/"),
    ("exchange.nav.imports", "/imports/"),
    ("exchange.nav.tasks", "/tasks/"),
    ("site.nav.board", "/board/"),
    ("site.nav.registers", "/registers/"),
    ("services.nav.catalogue", "/catalogue/"),
    ("services.nav.powers", "/powers/"),
    ("services.nav.seasons", "/seasons/"),
    ("services.nav.subsidies", "/subsidies/"),
    ("cases.nav.grants", "/grants/"),
    ("services.nav.buildings", "/buildings/"),
    ("site.nav.calculator", "/calculator/"),
)
_TOWN_ADDRESS: Final = re.compile(r"^/t/([^/]+)/")


def shell(request: HttpRequest) -> dict[str, object]:
    """Give templates `shell`; nothing is looked up until a template asks."""
    return {"shell": SimpleLazyObject(lambda: frame(request))}


def frame(request: Any) -> Shell:
    """Return the frame of one page for one reader."""
    acting: Acting | None = getattr(request, "acting", None)
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    town = _town(request, acting)
    notices_url = _first_open(("/notices/",), acting) if acting else ""
    code = town.code if town else ""
    return Shell(
        town_name=local_name(town) if town else "",
        town_code=code,
        simulated=bool(town and town.simulated),
        loading=loading_text() if town and town.simulated else "",
        nav=_navigation(request.path, acting),
        search_url=_first_open(("/search/", "/cases/"), acting) if acting else "",
        search_text=request.GET.get("q", "") if request.path in {"/search/", "/cases/"} else "",
        hats=hat_choices(request.hats, acting) if acting else (),
        hat_url=reverse("site:hat"),
        person_label=user.name if user is not None and signed_in else "",
        account_url=reverse("site:password") if signed_in else "",
        language_url=reverse("site:language"),
        signed_in=signed_in,
        sign_in_url=reverse("site:sign-in"),
        sign_out_url=reverse("site:sign-out"),
        unread=unread(acting) if acting and notices_url else 0,
        notices_url=notices_url,
        home_url=reverse("site:home"),
        report_url=_first_open((f"/t/{code}/report/",), None) if town else "",
        track_url=_first_open((f"/t/{code}/track/",), None) if town else "",
    )


def local_name(row: Any) -> str:
    """Return the name of a row in the reader's language, the Chinese one where there is no other."""
    return (tongue() == "en" and row.name_en) or str(row.name)


def hat_choices(hats: tuple[Hat, ...], acting: Acting) -> tuple[HatChoice, ...]:
    """Return one choice for each hat and town; labels say as much as is needed to tell them apart."""
    bare = [_body_label(hat) for hat in hats]
    found = []
    for hat, label in zip(hats, bare, strict=True):
        if bare.count(label) > 1:
            title = (tongue() == "en" and hat.duty.title_en) or hat.duty.title
            label = say("town.hat.with_duty", label=label, duty=title)
        for town in hat.towns:
            found.append(
                HatChoice(
                    id=f"{hat.appointment}-{town.pk}",
                    label=say("town.hat.with_town", label=label, town=local_name(town)) if hat.towns[1:] else label,
                    current=(hat.appointment, town.pk) == (acting.appointment, acting.town),
                )
            )
    return tuple(found)


def _body_label(hat: Hat) -> str:
    kind = say("town.hat.deputy") if hat.deputy else say(f"town.hat.{hat.kind}")
    return say("town.hat.label", body=local_name(hat.body), kind=kind)


def _town(request: Any, acting: Acting | None) -> Division | None:
    """Return the town of the address, else that of the hat, else the only town there is."""
    in_address = _TOWN_ADDRESS.match(request.path)
    if in_address:
        return Division.objects.filter(level=Division.Level.TOWN, code=in_address.group(1)).first()
    if acting is not None:
        return next((town for hat in request.hats for town in hat.towns if town.pk == acting.town), None)
    towns = Division.objects.filter(level=Division.Level.TOWN)[:2]
    return towns[0] if len(towns) == 1 else None


def _navigation(path: str, acting: Acting | None) -> tuple[NavItem, ...]:
    if acting is None:
        return ()
    return tuple(
        NavItem(label=say(key), url=url, current=path.startswith(url))
        for key, url in NAVIGATION
        if opened(url) is not None and open_to(opened(url) or frozenset(), acting)
    )


def _first_open(urls: tuple[str, ...], acting: Acting | None) -> str:
    """Return the first of these addresses that exists and is open to the reader, else nothing."""
    for url in urls:
        allowed = opened(url)
        if allowed is not None and (PUBLIC in allowed or open_to(allowed, acting)):
            return url
    return ""


@cache
def opened(url: str) -> frozenset[str] | None:
    """Return to whom an address is open, or None while no room has it. Addresses do not change while running."""
    try:
        view = resolve(url).func
    except Resolver404:
        return None
    return getattr(view, "access", None)
