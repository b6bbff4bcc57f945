"""Pages for residents: report a problem, the receipt, progress by number and code, contest and rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.models import Case
from jinli.domain.errors import DomainError
from jinli.lines.grid.forms.public import ContestForm, RateForm, ReportForm, TrackForm
from jinli.lines.grid.selectors.bodies import closed_to_reports
from jinli.lines.grid.selectors.places import named_places
from jinli.lines.grid.selectors.progress import (
    Progress,
    case_by_code,
    plain_number,
    private_of,
    progress_of,
    where_words,
)
from jinli.lines.grid.selectors.steps import Step, steps_after, steps_before
from jinli.lines.grid.services.intake import report_public
from jinli.lines.grid.services.reports import contest as contest_report
from jinli.lines.grid.services.reports import rate as rate_report
from jinli.lines.grid.views.shown import allow_tracking, keep_receipt, receipt_of, tracked
from jinli.town.access import PUBLIC, access
from jinli.town.masking import mask_telephone
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.town.rate import attempts, note_attempt
from jinli.town.selectors import local_day
from jinli.ui.words import say, say_error

WRONG_CODES: Final = 8  # tries for one number in a quarter of an hour, right or wrong numbers alike
REPORTS: Final = 40  # reports from one address of the network in ten minutes
_QUARTER, _TEN_MINUTES = timedelta(minutes=15), timedelta(minutes=10)


def _town(code: str) -> Division:
    return get_object_or_404(Division, level=Division.Level.TOWN, code=code)


def _caller(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the receipt shows."""

    number: str
    code: str
    reported_at: Any
    text: str
    where: str
    in_charge: str
    telephone: str
    steps: tuple[Step, ...]


@access(PUBLIC)
@never_cache
def report(request: HttpRequest, town_code: str) -> HttpResponse:
    """Take the report of a resident: four questions, and what happens then."""
    town = _town(town_code)
    closed = closed_to_reports(town, now())
    if closed is not None:
        return render(request, "grid/closed.html", {"why": say_error(closed)})
    form = ReportForm(request.POST or None, request.FILES or None, places=named_places(town, local_day(town, now())))
    status = 200
    if request.method == "POST":
        status = 422
        if attempts("report", _caller(request)) >= REPORTS:
            status = 429
            form.add_error(None, say("grid.report.too_many"))
        elif form.is_valid():
            try:
                opened = report_public(
                    town=town, told=form.told(), key=form.cleaned_data["key"], uploads=form.uploads()
                )
            except DomainError as error:
                form.put(error)
            else:
                note_attempt("report", _caller(request), span=_TEN_MINUTES)
                answer = redirect("grid:receipt", town_code=town.code)
                keep_receipt(answer, request, town, opened, form.cleaned_data["key"])
                return answer
    page = {"form": form, "steps": steps_before(town, now()), "now": now()}
    return render(request, "grid/report.html", page, status=status)


@access(PUBLIC)
@never_cache
@require_safe
def receipt(request: HttpRequest, town_code: str) -> HttpResponse:
    """Show number and code for ten minutes after the report, and what comes next."""
    town = _town(town_code)
    held = receipt_of(request, town)
    return render(request, "grid/receipt.html", {"receipt": _receipt(*held) if held else None, "town": town})


def _receipt(case: Case, code: str) -> Receipt:
    private = private_of(case)
    telephone = str(private.get("telephone", ""))
    return Receipt(
        number=case.number,
        code=f"{code[:4]} {code[4:]}",
        reported_at=case.opened_at,
        text=str(private.get("text", "")),
        where=where_words(case, private),
        in_charge=case.owner.name if case.owner else "",
        telephone=mask_telephone(telephone) if telephone else "",
        steps=steps_after(case.town, case.opened_at, now(), telephone=bool(telephone)),
    )


@access(PUBLIC)
@never_cache
def track(request: HttpRequest, town_code: str) -> HttpResponse:
    """Ask for number and code; what is wrong with them is never said."""
    town = _town(town_code)
    closed = closed_to_reports(town, now())
    if closed is not None:
        return render(request, "grid/closed.html", {"why": say_error(closed)})
    form = TrackForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            number, code = form.cleaned_data["number"], form.cleaned_data["code"]
            caller = f"{town.code}:{plain_number(town, number)}"
            found = case_by_code(town, number, code)
            if attempts("track", caller) >= WRONG_CODES:
                status = 429
                form.add_error(None, say("grid.track.too_many"))
            elif found is None:
                note_attempt("track", caller, span=_QUARTER)
                form.add_error(None, say("grid.track.wrong"))
            else:
                answer = redirect("grid:progress", town_code=town.code)
                allow_tracking(answer, request, town, found.pk)
                return answer
    return render(request, "grid/track.html", {"form": form, "town": town}, status=status)


@access(PUBLIC)
@never_cache
@require_safe
def progress(request: HttpRequest, town_code: str) -> HttpResponse:
    """Show how the report stands whose number and code were given in this browser."""
    town = _town(town_code)
    case = tracked(request, town)
    if case is None:
        return redirect("grid:track", town_code=town.code)
    return _show(request, town, progress_of(case, now()))


def _show(
    request: HttpRequest,
    town: Division,
    found: Progress,
    *,
    contest: ContestForm | None = None,
    rate: RateForm | None = None,
) -> HttpResponse:
    start = {"version": found.version}
    page = {
        "town": town,
        "progress": found,
        "contest": contest or (ContestForm(initial=start, prefix="contest") if found.may_contest else None),
        "rate": rate or (RateForm(initial=start, prefix="rate") if found.may_rate else None),
    }
    return render(request, "grid/progress.html", page, status=422 if contest or rate else 200)


@access(PUBLIC)
@require_POST
def contest(request: HttpRequest, town_code: str) -> HttpResponse:
    """Contest the result, once."""
    town = _town(town_code)
    case = tracked(request, town)
    if case is None:
        return redirect("grid:track", town_code=town.code)
    form = ContestForm(request.POST, prefix="contest")
    if form.is_valid():
        said = form.cleaned_data
        try:
            contest_report(town=town, case=case.pk, version=said["version"], reason=said["reason"], key=said["key"])
        except DomainError as error:
            form.put(error)
        else:
            messages.success(request, say("grid.track.contest.done"))
            return redirect("grid:progress", town_code=town.code)
    return _show(request, town, progress_of(case, now()), contest=form)


@access(PUBLIC)
@require_POST
def rate(request: HttpRequest, town_code: str) -> HttpResponse:
    """Rate how the report was handled, once."""
    town = _town(town_code)
    case = tracked(request, town)
    if case is None:
        return redirect("grid:track", town_code=town.code)
    form = RateForm(request.POST, prefix="rate")
    if form.is_valid():
        said = form.cleaned_data
        try:
            rate_report(
                town=town, case=case.pk, version=said["version"], score=said["score"], note=said["note"],
                key=said["key"],
            )  # fmt: skip
        except DomainError as error:
            form.put(error)
        else:
            messages.success(request, say("grid.track.rate.done"))
            return redirect("grid:progress", town_code=town.code)
    return _show(request, town, progress_of(case, now()), rate=form)
