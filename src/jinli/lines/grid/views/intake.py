"""Staff pages on which a report begins: intake at the command centre, finding on patrol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinli.cases.models import Case
from jinli.domain.errors import DomainError
from jinli.lines.grid.forms.staff import FindForm, IntakeForm, in_zone
from jinli.lines.grid.selectors.places import named_places, own_place, reportable_places
from jinli.lines.grid.selectors.progress import private_of, where_words
from jinli.lines.grid.selectors.standards import classes_of, frequent_classes, standards_at
from jinli.lines.grid.selectors.steps import Step, steps_after
from jinli.lines.grid.services.intake import FINDING_ROLES, INTAKE_ROLES, enter_report, find
from jinli.lines.grid.views.shown import keep_receipt, receipt_of
from jinli.town.access import access, who_acts
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.town.selectors import local_day

_FREQUENT_SINCE = timedelta(days=90)


def _town(request: Any) -> Division:
    return Division.objects.get(pk=who_acts(request).town)


@dataclass(frozen=True, kw_only=True)
class StaffReceipt:
    """What is read out to the one who reported, and the way on."""

    case: UUID
    number: str
    code: str
    where: str
    steps: tuple[Step, ...]


@access(*INTAKE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: Any) -> HttpResponse:
    """Enter what somebody says by telephone, at the counter or through 12345."""
    town = _town(request)
    form = IntakeForm(request.POST or None, places=named_places(town, local_day(town, now())))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            opened = enter_report(
                acting=who_acts(request), town=town, told=form.told(), channel=said["channel"], key=said["key"],
                foreign_number=said["foreign_number"], received_at=in_zone(said["received_at"], town.zone),
            )  # fmt: skip
        except DomainError as error:
            form.put(error)
        else:
            answer = redirect("grid:intake-receipt")
            keep_receipt(answer, request, town, opened, said["key"])
            return answer
    return render(request, "grid/intake.html", {"form": form}, status=422 if form.is_bound else 200)


@access(*INTAKE_ROLES)
@never_cache
@require_safe
def intake_receipt(request: Any) -> HttpResponse:
    """Show number and code to be read out, for ten minutes."""
    town = _town(request)
    held = receipt_of(request, town)
    if held is None:
        return redirect("grid:intake")
    case, code = held
    private = private_of(case)
    found = StaffReceipt(
        case=case.pk,
        number=case.number,
        code=f"{code[:4]} {code[4:]}",
        where=where_words(case, private),
        steps=steps_after(town, case.opened_at, now(), telephone=bool(private.get("telephone"))),
    )
    return render(request, "grid/intake_receipt.html", {"receipt": found})


@access(*FINDING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: Any) -> HttpResponse:
    """Record what was found on patrol in three taps: class, place, send."""
    town = _town(request)
    form = _find_form(request, town, local_day(town, now()))
    if request.method == "POST" and form.is_valid():
        try:
            opened = find(acting=who_acts(request), town=town, key=form.cleaned_data["key"], **form.found())
        except DomainError as error:
            form.put(error)
        else:
            request.session["grid-place"] = form.cleaned_data["village"]
            return redirect(f"{request.path}?{urlencode({'sent': opened.number})}")
    sent = Case.objects.filter(town=town, number=request.GET.get("sent", "")).first()
    page = {"form": form, "sent": sent}
    return render(request, "grid/find.html", page, status=422 if form.is_bound else 200)


def _find_form(request: Any, town: Division, day: date) -> FindForm:
    """Return the form with the classes filed most, and the place of the own body or of the last finding."""
    classes = classes_of(standards_at(town, day))
    frequent = frequent_classes(town, classes, now() - _FREQUENT_SINCE)
    place = own_place(reportable_places(town, day), who_acts(request)) or request.session.get("grid-place", "")
    return FindForm(
        request.POST or None,
        places=named_places(town, day),
        frequent=[(one.code, one.name) for one in frequent],
        others=[(one.code, f"{one.name}（{one.major}）") for one in classes],
        initial={"village": place},
    )
