"""A bundle at the counter: the clerk fills the one form in for the applicant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinli.lines.services.models import BundleRun
from jinli.lines.services.pages.together import run_page
from jinli.lines.services.selectors.bundles import as_item
from jinli.lines.services.services.applying import COUNTER
from jinli.lines.services.views.counter import CLERK, town_at
from jinli.lines.services.views.kept import RECEIPT, kept
from jinli.lines.services.views.steps import begin_step, fill_step, saved_step
from jinli.lines.services.views.together import TogetherDesk, bundle_in, check_together
from jinli.town.access import access, who_acts
from jinli.town.moment import now


def _desk(request: Any, together_code: str) -> TogetherDesk:
    town = town_at(request)
    bundle, draft, answers = bundle_in(request, town, together_code)
    return TogetherDesk(
        town=town, acting=who_acts(request), item=as_item(bundle, answers), channel=COUNTER, bundle=bundle,
        party=draft.party if draft else None,
    )  # fmt: skip


@access(CLERK)
@never_cache
def begin(request: Any, together_code: str) -> HttpResponse:
    """Ask who applies, look at the card, and ask what is needed."""
    return begin_step(request, _desk(request, together_code))


@access(CLERK)
@never_cache
def fill(request: Any, together_code: str) -> HttpResponse:
    """Fill in the one form for the applicant and tick the originals seen."""
    return fill_step(request, _desk(request, together_code))


@access(CLERK)
@never_cache
def check(request: Any, together_code: str) -> HttpResponse:
    """Read everything out, see which cases open and which wait, and take it in."""
    return check_together(request, _desk(request, together_code))


@access(CLERK)
@never_cache
@require_safe
def saved(request: Any, together_code: str) -> HttpResponse:
    """Say how the applicant goes on later."""
    return saved_step(request, _desk(request, together_code))


@access(CLERK)
@never_cache
@require_safe
def run(request: Any) -> HttpResponse:
    """Show the numbers and codes of the bundle just taken in, to be printed for the applicant."""
    town = town_at(request)
    held = kept(request, town, RECEIPT).get("run", "")
    found = BundleRun.objects.select_related("town").filter(town=town, pk=UUID(held)).first() if held else None
    if found is None:
        return redirect("services:counter")
    page = {"town": town, "page": run_page(found, now(), with_codes=True), "base": "ui/staff.html", "at_counter": True}
    return render(request, "services/together_run.html", page)
