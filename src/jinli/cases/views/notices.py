"""What my body was told."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.pages.notices_page import notices_page
from jinli.cases.selectors.visible import WORKERS
from jinli.cases.services.noticing import mark_read
from jinli.cases.views.frame import body_name, town_of
from jinli.town import moment
from jinli.town.access import access


@access(*WORKERS)
@require_safe
def notices(request: Any) -> HttpResponse:
    """List the notices of the body, newest first."""
    after = request.GET.get("after", "")
    page = notices_page(request.acting, town_of(request), body_name(request), moment.now(), after=after)
    return render(request, "cases/notices.html", {"page": page})


@access(*WORKERS)
@require_POST
def read(request: Any) -> HttpResponse:
    """Mark the chosen notices as read, or all of them."""
    everything = "all" in request.POST
    mark_read(acting=request.acting, notices=None if everything else request.POST.getlist("notice"))
    return redirect("cases:notices")
