"""Pages of the register of powers: the register, the waves, a day, one power, and what fills it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.selectors.names import named
from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.services.forms.powers import AnswerForm, FillForm, NameForm, PowerForm, SupportForm
from jinli.lines.services.pages import powers as pages
from jinli.lines.services.pages.power_page import cases_page, crumbs_of, power_page
from jinli.lines.services.selectors.health import LISTS
from jinli.town import moment
from jinli.town.access import PUBLIC, SIGNED_IN, access
from jinli.town.models import Delegation, DelegationWave, Division, Duty, Organisation
from jinli.town.selectors import local_day, organisations_at
from jinli.town.services import fill_power, name_power, note_support, power_version, review_power
from jinli.ui.words import say

READS_ALL = (Duty.Role.TOWN_HEAD, Duty.Role.COMMAND_CENTRE, Duty.Role.AUDITOR)
both = require_http_methods(["GET", "HEAD", "POST"])


def power_in(request: Any, power_id: int) -> Delegation:
    """Return a power of the reader's town. Raises Http404."""
    rows = Delegation.objects.select_related("town", "authority__division", "to_body", "wave")
    found: Delegation = get_object_or_404(rows, pk=power_id, town=request.acting.town)
    return found


def today_of(request: Any) -> Any:
    """Return the day it is in the reader's town."""
    return local_day(town_of(request), moment.now())


@access(SIGNED_IN)
@require_safe
def powers(request: Any) -> HttpResponse:
    """Show the register with its filters; rows of which nobody knows how they came stand among the others."""
    keeper = Duty.Role.ADMINISTRATOR in request.acting.roles
    page = pages.register(town_of(request), today_of(request), request.GET.dict(), may_fill=keeper)
    if request.GET.get("as") in ("csv", "xlsx"):
        return spreadsheet(pages.register_table(page), excel=request.GET["as"] == "xlsx")
    return render(request, "services/powers.html", {"page": page})


@access(SIGNED_IN)
@require_safe
def wave_list(request: Any) -> HttpResponse:
    """Show in which waves matters came, those that no source names too."""
    keeper = Duty.Role.ADMINISTRATOR in request.acting.roles
    rows = pages.wave_rows(town_of(request), may_fill=keeper)
    page = {"rows": rows, "sum_text": pages.sum_of(rows), "crumbs": crumbs_of(None, say("services.waves.title"))}
    return render(request, "services/waves.html", page)


@access(SIGNED_IN)
@require_safe
def on_day(request: Any) -> HttpResponse:
    """Show what the town may decide on a day."""
    day, wrong = pages.asked_day(request.GET.get("day", ""), today_of(request))
    page = pages.day_page(town_of(request), day, wrong=wrong)
    found = {"page": page, "crumbs": crumbs_of(None, say("services.day.title"))}
    return render(request, "services/on_day.html", found, status=422 if wrong else 200)


@access(PUBLIC)
@require_safe
def public(request: HttpRequest, town_code: str) -> HttpResponse:
    """Tell everybody what the town may decide on a day, in whose name, who reviews it and who is sued."""
    town = get_object_or_404(Division, level=Division.Level.TOWN, code=town_code)
    day, wrong = pages.asked_day(request.GET.get("day", ""), local_day(town, moment.now()))
    page = pages.day_page(town, day, wrong=wrong, public=True)
    return render(request, "services/public_powers.html", {"page": page}, status=422 if wrong else 200)


@access(SIGNED_IN)
@require_safe
def power(request: Any, power_id: int) -> HttpResponse:
    """Show one power: what follows from it, its health, its history."""
    return _shown(request, power_id, None)


def _shown(request: Any, power_id: int, form: AnswerForm | None) -> HttpResponse:
    page = power_page(power_in(request, power_id), request.acting, moment.now())
    shown = {"page": page, "form": form or AnswerForm(), "power_id": power_id}
    return render(request, "services/power.html", shown, status=422 if form is not None else 200)


@access(Duty.Role.TOWN_HEAD)
@require_POST
def answer(request: Any, power_id: int) -> HttpResponse:
    """Record the answer of the town head to the health of a power."""
    row, form = power_in(request, power_id), AnswerForm(request.POST)
    if form.is_valid():
        try:
            review_power(row, acting=request.acting, **form.cleaned_data)
        except DomainError as error:
            form.put(error)
        else:
            messages.success(request, say("services.answer.noted"))
            return redirect("services:power", power_id)
    return _shown(request, power_id, form)


@access(*READS_ALL)
@require_safe
def cases(request: Any, power_id: int, which: str) -> HttpResponse:
    """List the cases behind a number."""
    if which not in LISTS:
        raise Http404
    page = cases_page(power_in(request, power_id), which, moment.now(), request.GET.get("after", ""))
    return render(request, "services/power_cases.html", {"page": page})


@access(Duty.Role.ADMINISTRATOR)
@both
def fill(request: Any, power_id: int) -> HttpResponse:
    """Fill in how a power came to the town; from then on it counts."""
    row, town = power_in(request, power_id), town_of(request)
    bodies = list(organisations_at(town, today_of(request)))
    above = [(one.code, named(one)) for one in bodies if one.division_id != town.pk]
    kinds = (Organisation.Kind.GOVERNMENT, Organisation.Kind.OFFICE)
    ours = [(one.code, named(one)) for one in bodies if one.division_id == town.pk and one.kind in kinds]
    form = FillForm(request.POST or None, initial={"version": power_version(row)}, above=above, ours=ours)

    def write() -> None:
        fill_power(row, acting=request.acting, known=form.known(), version=form.cleaned_data["version"])

    return edited(request, row, form, "origin", write)


@access(Duty.Role.ADMINISTRATOR, Duty.Role.TOWN_HEAD)
@both
def support(request: Any, power_id: int) -> HttpResponse:
    """Note what came with a power: trained staff, posts, money."""
    row = power_in(request, power_id)
    names = ("trained_staff", "posts", "money_yuan", "came_with_source")
    first = {"version": power_version(row), **{name: getattr(row, name) for name in names}}
    form = SupportForm(request.POST or None, initial=first)

    def write() -> None:
        said = dict(form.cleaned_data)
        note_support(row, acting=request.acting, version=said.pop("version"), said=said)

    return edited(request, row, form, "support", write)


@access(Duty.Role.ADMINISTRATOR)
@both
def wave_name(request: Any, wave_id: int) -> HttpResponse:
    """Name one matter of a wave of which only the number was known."""
    wave = get_object_or_404(DelegationWave, pk=wave_id, town=request.acting.town)
    form = NameForm(request.POST or None)

    def write() -> None:
        name_power(wave, acting=request.acting, **form.cleaned_data)

    return edited(request, None, form, "name", write)


def edited(request: Any, row: Delegation | None, form: PowerForm, act: str, write: Any) -> HttpResponse:
    """Show a form of the register, or write what it says and lead back; a refused form keeps what was typed."""
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                write()
            except DomainError as error:
                form.put(error)
                status = 409 if isinstance(error, ConflictError) else 422
            else:
                messages.success(request, say(f"services.{act}.done"))
                return redirect("services:power", row.pk) if row is not None else redirect("services:waves")
    title = say(f"services.{act}.title")
    page = {"form": form, "title": title, "lead": say(f"services.{act}.lead"), "do": say(f"services.{act}.do")}
    return render(request, "services/power_form.html", {**page, "crumbs": crumbs_of(row, title)}, status=status)
