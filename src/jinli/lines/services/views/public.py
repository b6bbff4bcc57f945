"""Public pages of the catalogue: the question in one's own words, and one item for one situation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinli.lines.services.linked import Thing, json_ld, things_of, turtle
from jinli.lines.services.pages.front import front_page
from jinli.lines.services.pages.item import Reader, answers_in, item_page
from jinli.lines.services.pages.powers import power_behind
from jinli.lines.services.pages.together import bundle_lines
from jinli.lines.services.selectors.asked import most_asked
from jinli.lines.services.selectors.finding import found_items
from jinli.lines.services.selectors.held import held_of
from jinli.lines.services.selectors.items import Item, offered_item, offered_items
from jinli.lines.services.views.kept import party_of
from jinli.lines.services.views.online import identity_url
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.town.selectors import local_day, organisations_by_code


def town_of(code: str) -> Division:
    """Return the town of an address; 404 when there is none."""
    return get_object_or_404(Division, level=Division.Level.TOWN, code=code)


@access(PUBLIC)
@require_safe
def front(request: HttpRequest, town_code: str) -> HttpResponse:
    """Show the search, what is asked most and the themes, or what a question found."""
    town, at = town_of(town_code), now()
    day, query = local_day(town, at), request.GET.get("q", "").strip()[:200]
    items = offered_items(town, day)
    hits = found_items(town, day, query) if query else ()
    page = front_page(query, hits, most_asked(town, items, at), items, bundle_lines(town, at))
    return render(request, "services/front.html", {"town": town, "page": page})


@access(PUBLIC)
@never_cache
@require_safe
def item(request: HttpRequest, town_code: str, item_code: str) -> HttpResponse:
    """Show one item for the answers in the address."""
    town, at = town_of(town_code), now()
    found = offered_item(town, item_code, local_day(town, at))
    if found is None:
        raise Http404(item_code)
    power = power_behind(town, found.code, local_day(town, at)) if found.done_here else None
    page = item_page(
        town, found, answers_in(request.GET.dict()), reader=_reader(request, town, found), power=power, now=at
    )
    return render(request, "services/item.html", {"town": town, "page": page})


def _reader(request: HttpRequest, town: Division, item: Item) -> Reader:
    """Return who reads: an applicant who signed in, with what the town holds of them, or nobody."""
    party = party_of(request, town)
    if party is None:
        online = item.done_here and item.row.offered == "online"
        return Reader(sign_in_url=identity_url(town, request.get_full_path()) if online else "")
    return Reader(held=held_of(town, party.pk, item), signed_in=True)


def _things(request: HttpRequest, town_code: str) -> list[Thing]:
    town, at = town_of(town_code), now()
    items = offered_items(town, local_day(town, at))
    root = request.build_absolute_uri(reverse("services:front", args=[town.code]))
    return things_of(town, items, organisations_by_code(town), root)


@access(PUBLIC)
@require_safe
def linked_json(request: HttpRequest, town_code: str) -> HttpResponse:
    """Send the catalogue for machines as JSON-LD."""
    return HttpResponse(json_ld(_things(request, town_code)), content_type="application/ld+json; charset=utf-8")


@access(PUBLIC)
@require_safe
def linked_turtle(request: HttpRequest, town_code: str) -> HttpResponse:
    """Send the catalogue for machines as Turtle."""
    return HttpResponse(turtle(_things(request, town_code)), content_type="text/turtle; charset=utf-8")
