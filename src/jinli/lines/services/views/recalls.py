"""The recall of a power: the form with what would happen, and how far the hand-overs are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinli.cases.services.handing_over import hand_over_cases, stop_hand_over
from jinli.domain.competence import HAND_OVER
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.services.forms.powers import RecallForm
from jinli.lines.services.pages.power_page import progress_page, recall_page
from jinli.lines.services.services.recalling import recall as recall_power
from jinli.lines.services.views.powers import both, power_in
from jinli.town import moment
from jinli.town.access import SIGNED_IN, access
from jinli.town.models import Duty
from jinli.town.services import power_version
from jinli.ui.words import say


@access(Duty.Role.ADMINISTRATOR, Duty.Role.TOWN_HEAD)
@never_cache
@both
def recall(request: Any, power_id: int) -> HttpResponse:
    """Ask for day, reason and paper, show what would happen, and recall the power when that is confirmed."""
    row, status = power_in(request, power_id), 200
    form = RecallForm(request.POST or None, initial={"version": power_version(row)})
    sure = request.POST.get("step") == "recall"
    if form.is_bound and not form.is_valid():
        status = 422
    elif form.is_bound and sure:
        try:
            recall_power(power=row, acting=request.acting, recall=form.recall(), version=form.cleaned_data["version"])
        except DomainError as error:
            form.put(error)
            status = 409 if isinstance(error, ConflictError) else 422
        else:
            messages.success(request, say("services.recall.done"))
            return redirect("services:power-progress", power_id)
    shown = status == 200 and form.is_bound
    said = form.cleaned_data if shown else {}
    page = recall_page(row, moment.now(), on=said.get("on"), in_flight=said.get("in_flight", HAND_OVER))
    return render(request, "services/recall.html", {"page": page, "form": form, "shown": shown}, status=status)


@access(SIGNED_IN)
@never_cache
@require_safe
def progress(request: Any, power_id: int) -> HttpResponse:
    """Show how far the hand-overs of a recall are."""
    page = progress_page(power_in(request, power_id), request.acting, moment.now())
    return render(request, "services/recall_progress.html", {"page": page, "power_id": power_id})


@access(Duty.Role.ADMINISTRATOR, Duty.Role.TOWN_HEAD)
@never_cache
@both
def steer(request: Any, power_id: int) -> HttpResponse:
    """Stop the hand-overs, or let them go on; those made stay made."""
    row = power_in(request, power_id)
    if request.method == "POST":
        stop = request.POST.get("do") == "stop"
        stop_hand_over(row, acting=request.acting, stop=stop)
        if not stop:
            hand_over_cases(row, moment.now())
    return redirect("services:power-progress", power_id)
