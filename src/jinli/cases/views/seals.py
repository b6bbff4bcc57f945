"""The public page of seals: what detects that somebody rewrote the books."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jinli.cases.selectors.seals import seal_page
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division


@access(PUBLIC)
@require_safe
def seals(request: Any, town_code: str) -> HttpResponse:
    """List the daily seals of a town, with what they prove and what they do not."""
    town = get_object_or_404(Division, level=Division.Level.TOWN, code=town_code)
    acting = getattr(request, "acting", None)
    page = {
        "town": town,
        "page": seal_page(town, request.GET.get("before", "")),
        "staff": acting is not None and acting.town == town.pk,
    }
    return render(request, "cases/seals.html", page)
