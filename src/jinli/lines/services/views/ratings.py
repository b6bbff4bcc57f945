"""Ratings for heads: the list, and one bad rating with its next step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinli.cases.models import Case
from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.services.forms.rating import RatedForm
from jinli.lines.services.pages.ratings import RatedPage, rated_page, ratings_page
from jinli.lines.services.services.rating import settle_rating
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.town.moment import now
from jinli.ui.words import say, say_error

HEADS = (Duty.Role.DEPARTMENT_HEAD, Duty.Role.TOWN_HEAD, Duty.Role.AUDITOR)


@access(*HEADS)
@require_safe
def ratings(request: Any) -> HttpResponse:
    """Show how matters were rated, and the bad ratings."""
    return render(request, "services/ratings.html", {"page": ratings_page(request.acting, town_of(request), now())})


@access(*HEADS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rated(request: Any, rated_id: UUID) -> HttpResponse:
    """Show one bad rating, and take a step on it."""
    page = _page(request, rated_id)
    form = RatedForm(request.POST or None, steps=list(page.steps), initial={"version": page.version})
    if request.method != "POST":
        return _show(request, page, form)
    if not form.is_valid():
        return _show(request, page, form, status=422)
    try:
        settle_rating(acting=request.acting, case=rated_id, **form.cleaned_data)
    except DomainError as error:
        status = 409 if isinstance(error, ConflictError) else 422
        return _show(request, _page(request, rated_id), form, refused=say_error(error), status=status)
    messages.success(request, say("services.rated.done"))
    return redirect("services:rated", rated_id)


def _page(request: Any, rated_id: UUID) -> RatedPage:
    try:
        return rated_page(request.acting, town_of(request), rated_id, now())
    except Case.DoesNotExist:
        raise Http404 from None


def _show(request: Any, page: RatedPage, form: RatedForm, *, refused: str = "", status: int = 200) -> HttpResponse:
    content = {"page": page, "form": form, "refused": refused}
    return render(request, "services/rated.html", content, status=status)
