"""Public pages of the catalogue: the question in one's own words, and one item for one situation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jinli.lines.services.linked import Thing, json_ld, things_of, turtle
from jinli.lines.services.pages.front import front_page
from jinli.lines.services.pages.item import answers_in, item_page
from jinli.lines.services.pages.together import bundle_lines
from jinli.lines.services.selectors.asked import most_asked
from jinli.lines.services.selectors.finding import found_items
from jinli.lines.services.selectors.items import offered_item, offered_items
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
@require_safe
def item(request: HttpRequest, town_code: str, item_code: str) -> HttpResponse:
    """Show one item for the answers in the address."""
    town, at = town_of(town_code), now()
    found = offered_item(town, item_code, local_day(town, at))
    if found is None:
        raise Http404(item_code)
    page = item_page(town, found, answers_in(request.GET.dict()), held=(), now=at)
    return render(request, "services/item.html", {"town": town, "page": page})


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
