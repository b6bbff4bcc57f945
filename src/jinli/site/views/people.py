"""The register of people: accounts, appointments, passwords. Administrators change it, auditors read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinli.domain.errors import DomainError, RefusedError
from jinli.site import registers as register
from jinli.site.forms import AppointForm, EndForm, NewPersonForm, put_error
from jinli.town import people as service
from jinli.town.access import access, who_acts
from jinli.town.acting import Acting
from jinli.town.models import Duty, Person
from jinli.ui.words import say, say_error

ADMINISTRATOR = Duty.Role.ADMINISTRATOR


@access(ADMINISTRATOR)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people the administrator answers for, with their duties."""
    text = request.GET.get("q", "").strip()
    rows, keys = register.people_rows(who_acts(request), text, request.GET.get("after", ""))
    return render(request, "site/people.html", {"rows": rows, "keys": keys, "text": text})


@access(ADMINISTRATOR)
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Create an account with its first duty; the password is shown once, on the answer."""
    acting = who_acts(request)
    form = NewPersonForm(request.POST or None, bodies=service.organisations_administered(acting))
    if form.is_valid():
        given = dict(form.cleaned_data)
        password = service.new_password()
        try:
            with transaction.atomic():
                made = service.create_person(username=given.pop("username"), name=given.pop("name"), password=password)
                service.appoint(by=acting, person=made, **given)
        except DomainError as error:
            put_error(form, error)
        else:
            return render(request, "site/password_once.html", {"person": made, "password": password})
    return render(request, "site/person_new.html", {"form": form}, status=422 if form.errors else 200)


@access(ADMINISTRATOR)
@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show a person's duties and what may be changed."""
    acting = who_acts(request)
    form = AppointForm(bodies=service.organisations_administered(acting))
    return _person_page(request, acting, person_id, form)


def _person_page(
    request: HttpRequest, acting: Acting, person_id: UUID, form: AppointForm, ending: dict[int, EndForm] | None = None
) -> HttpResponse:
    row = get_object_or_404(register.person_for(acting, person_id))
    mine = set(service.organisations_administered(acting).values_list("pk", flat=True))
    shown = register.person_row(row, mine)
    ends = [
        (one, (ending or {}).get(one.pk) or EndForm(prefix=f"end-{one.pk}") if one.can_end else None)
        for one in shown.appointments
    ]
    wrong = bool(form.errors or ending)
    page: dict[str, Any] = {"person": shown, "appointments": ends, "form": form}
    return render(request, "site/person.html", page, status=422 if wrong else 200)


@access(ADMINISTRATOR)
def appoint(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give a person one duty more; the address alone leads back to the person."""
    acting = who_acts(request)
    row = get_object_or_404(register.person_for(acting, person_id))
    if request.method != "POST":
        return redirect("site:person", person_id)
    form = AppointForm(request.POST, bodies=service.organisations_administered(acting))
    if form.is_valid():
        try:
            service.appoint(by=acting, person=row, **form.cleaned_data)
        except DomainError as error:
            put_error(form, error)
        else:
            messages.success(request, say("site.person.appointed"))
            return redirect("site:person", person_id)
    return _person_page(request, acting, person_id, form)


@access(ADMINISTRATOR)
def end(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """End an appointment on a day; the address alone leads back to the person."""
    acting = who_acts(request)
    row = get_object_or_404(service.appointments_administered(acting), pk=appointment_id)
    if request.method != "POST":
        return redirect("site:person", row.person_id)
    form = EndForm(request.POST, prefix=f"end-{row.pk}")
    if form.is_valid():
        try:
            service.end_appointment(by=acting, appointment=row, on=form.cleaned_data["on"])
        except DomainError as error:
            put_error(form, error)
        else:
            messages.success(request, say("site.person.ended"))
            return redirect("site:person", row.person_id)
    blank = AppointForm(bodies=service.organisations_administered(acting))
    return _person_page(request, acting, row.person_id, blank, {row.pk: form})


@access(ADMINISTRATOR)
@never_cache
def reset(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Give a person a new random password, shown once; the address alone leads back to the person."""
    acting = who_acts(request)
    row: Person = get_object_or_404(register.person_for(acting, person_id))
    if request.method != "POST":
        return redirect("site:person", person_id)
    try:
        password = service.reset_password(by=acting, person=row)
    except RefusedError as error:
        messages.warning(request, say_error(error))
        return redirect("site:person", person_id)
    return render(request, "site/password_once.html", {"person": row, "password": password})
