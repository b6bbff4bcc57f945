"""The register of access tokens: issue one, shown once, and end one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jinli.domain.errors import DomainError
from jinli.site.forms import TokenForm, put_error
from jinli.site.token_register import appointment_label, appointments_for_tokens, token_rows
from jinli.town import tokens as service
from jinli.town.access import access, who_acts
from jinli.town.models import AccessToken, Appointment, Duty
from jinli.ui.words import say


@access(Duty.Role.ADMINISTRATOR)
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """List the tokens of machines and make another; it is shown once, on the answer."""
    acting = who_acts(request)
    form = TokenForm(request.POST or None, appointments=appointments_for_tokens(acting))
    if form.is_valid():
        said = form.cleaned_data
        row = Appointment.objects.select_related("person", "duty__organisation", "in_name_of").get(
            pk=said["appointment"]
        )
        try:
            secret = service.issue_token(by=acting, appointment=row, name=said["name"], days=said["days"])
        except DomainError as error:
            put_error(form, error)
        else:
            page = {"secret": secret, "name": said["name"], "hat": appointment_label(row)}
            return render(request, "site/token_once.html", page)
    page = {"form": form, "rows": token_rows(acting)}
    return render(request, "site/tokens.html", page, status=422 if form.errors else 200)


@access(Duty.Role.ADMINISTRATOR)
@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """End a token now."""
    acting = who_acts(request)
    try:
        row = service.token_by_id(acting, token_id)
    except AccessToken.DoesNotExist:
        raise Http404 from None
    service.revoke_token(by=acting, token=row)
    messages.success(request, say("site.token.ended", name=row.name))
    return redirect("site:tokens")
