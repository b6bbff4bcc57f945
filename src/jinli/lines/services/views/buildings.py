"""The pages of buildings and their occupants."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jinli.cases.views.frame import town_of
from jinli.lines.services.pages.buildings import building_page, buildings_page
from jinli.town import moment
from jinli.town.access import access
from jinli.town.models import Building, Duty

READERS = (
    Duty.Role.WINDOW_CLERK, Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD, Duty.Role.GRID_WORKER,
    Duty.Role.VILLAGE_OFFICER,
)  # fmt: skip


@access(*READERS)
@require_safe
def buildings(request: Any) -> HttpResponse:
    """List the buildings of the town with how many are in them."""
    text, after = request.GET.get("q", "").strip()[:80], request.GET.get("after", "")[:200]
    page = buildings_page(request.acting, town_of(request), moment.now(), text=text, after=after)
    return render(request, "services/buildings.html", {"page": page})


@access(*READERS)
@require_safe
def building(request: Any, building_id: UUID) -> HttpResponse:
    """Show one building with its occupants over time."""
    rows = Building.objects.filter(town=request.acting.town).select_related("place")
    held = get_object_or_404(rows, pk=building_id)
    return render(
        request, "services/building.html",
        {"page": building_page(request.acting, town_of(request), held, moment.now())},
    )  # fmt: skip
