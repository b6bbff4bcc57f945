"""The counter: the walk-in queue, its display, and an application that the clerk fills in for the applicant."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinli.domain.errors import DomainError
from jinli.lines.services.forms.filling import named
from jinli.lines.services.forms.following import ResumeForm
from jinli.lines.services.pages.together import bundle_lines
from jinli.lines.services.selectors.bundles import PREFIX
from jinli.lines.services.selectors.waiting import ahead_of, taken_at_counter, themes_of, waiting_at
from jinli.lines.services.services.applying import COUNTER
from jinli.lines.services.services.drafting import draft_by_code
from jinli.lines.services.services.queueing import call_next, end_ticket, issue_ticket
from jinli.lines.services.views.applications import receipt_at
from jinli.lines.services.views.kept import keep_draft
from jinli.lines.services.views.online import applied_for, town_of
from jinli.lines.services.views.steps import Desk, begin_step, check_step, draft_at, fill_step, saved_step
from jinli.town.access import PUBLIC, access, who_acts
from jinli.town.models import Division, Duty
from jinli.town.moment import now
from jinli.ui.words import say, say_error

CLERK: Final = Duty.Role.WINDOW_CLERK


def town_at(request: Any) -> Division:
    """Return the town in whose name the clerk acts."""
    return Division.objects.get(pk=who_acts(request).town)


def _desk(request: Any, matter_code: str) -> Desk:
    """Return the counter with an item; whom the clerk recognised by the card goes with the draft."""
    town = town_at(request)
    desk = Desk(
        town=town, acting=who_acts(request), item=applied_for(town, matter_code, ("online", "counter")), channel=COUNTER
    )
    draft = draft_at(request, desk)
    return Desk(**{**desk.__dict__, "party": draft.party if draft else None})


@access(CLERK)
@never_cache
@require_safe
def counter(request: Any) -> HttpResponse:
    """Show the queue, and begin an application."""
    town = town_at(request)
    page = {
        "town": town, "queue": waiting_at(town, now()),
        "items": [(one.code, named(one.row)) for one in taken_at_counter(town, now())],
        "bundles": bundle_lines(town, now()),
        "window": request.session.get("counter-window", ""), "resume": ResumeForm(prefix="resume"),
    }  # fmt: skip
    return render(request, "services/counter.html", page)


@access(CLERK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: Any) -> HttpResponse:
    """Give out numbers, at the desk or on a machine that is signed in as the counter."""
    town = town_at(request)
    themes, ticket, ahead = themes_of(taken_at_counter(town, now())), None, 0
    if request.method == "POST":
        matter = request.POST.get("matter", "")
        ticket = issue_ticket(acting=who_acts(request), town=town, matter=matter if matter in themes else "")
        ahead = ahead_of(ticket)
    page = {"town": town, "themes": themes.items(), "ticket": ticket, "ahead": ahead}
    return render(request, "services/kiosk.html", page)


@access(CLERK)
@require_POST
def call(request: Any) -> HttpResponse:
    """Call the next number to this window."""
    window = request.POST.get("window", "")
    try:
        ticket = call_next(acting=who_acts(request), town=town_at(request), window=window)
    except DomainError as error:
        messages.error(request, say_error(error))
    else:
        request.session["counter-window"] = window.strip()[:20]
        if ticket is None:
            messages.info(request, say("services.counter.nobody"))
    return redirect("services:counter")


@access(CLERK)
@require_POST
def end(request: Any) -> HttpResponse:
    """Note that a called number is done or did not come."""
    number = request.POST.get("number", "")
    try:
        end_ticket(
            acting=who_acts(request), town=town_at(request), number=int(number) if number.isdigit() else 0,
            state=request.POST.get("state", ""),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, say_error(error))
    return redirect("services:counter")


@access(CLERK)
@require_POST
def resume(request: Any) -> HttpResponse:
    """Go on at the counter with a draft that the applicant began online."""
    town = town_at(request)
    draft = draft_by_code(town, request.POST.get("resume-draft", ""))
    if draft is None:
        messages.error(request, say("services.follow.no_draft"))
        return redirect("services:counter")
    answer = redirect("services:counter-begin", matter_code=draft.item)
    if draft.item.startswith(PREFIX):
        answer = redirect("services:counter-together-begin", together_code=draft.item.removeprefix(PREFIX))
    keep_draft(answer, request, town, draft.item, draft.pk)
    return answer


@access(PUBLIC)
@never_cache
@require_safe
def display(request: Any, town_code: str) -> HttpResponse:
    """Show the numbers that are called, for the screen in the hall; no names, and it looks again by itself."""
    town = town_of(town_code)
    page = {"town": town, "queue": waiting_at(town, now()), "now": now()}
    return render(request, "services/display.html", page)


@access(CLERK)
@never_cache
def begin(request: Any, matter_code: str) -> HttpResponse:
    """Ask who applies, look at the card, and ask for the situation."""
    return begin_step(request, _desk(request, matter_code))


@access(CLERK)
@never_cache
def fill(request: Any, matter_code: str) -> HttpResponse:
    """Fill in the form for the applicant and tick the originals seen."""
    return fill_step(request, _desk(request, matter_code))


@access(CLERK)
@never_cache
def check(request: Any, matter_code: str) -> HttpResponse:
    """Read everything out and take it in."""
    return check_step(request, _desk(request, matter_code))


@access(CLERK)
@never_cache
@require_safe
def saved(request: Any, matter_code: str) -> HttpResponse:
    """Say how the applicant goes on later."""
    return saved_step(request, _desk(request, matter_code))


@access(CLERK)
@never_cache
@require_safe
def receipt(request: Any) -> HttpResponse:
    """Print the receipt."""
    town = town_at(request)
    page = {"receipt": receipt_at(request, town), "town": town, "base": "ui/staff.html", "at_counter": True}
    return render(request, "services/apply_receipt.html", page)
