"""Every difference between here and another system: listed, accepted, disputed, sent away as a table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.export import spreadsheet
from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.exchange.models import Difference, Source
from jinli.exchange.pages.differences import (
    Refused,
    conflict_about,
    differences_page,
    differences_table,
    many_page,
)
from jinli.exchange.selectors.differences import read
from jinli.exchange.services import reconciling
from jinli.town import moment
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.ui.words import say, say_error

CENTRE, HEAD = Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD


@access(CENTRE, HEAD)
@require_safe
def differences(request: Any) -> HttpResponse:
    """List what here and there disagree about."""
    return _listed(request)


@access(CENTRE, HEAD)
@require_safe
def export(request: Any) -> HttpResponse:
    """Send the present list as a spreadsheet."""
    table = differences_table(request.acting, town_of(request), read(request.GET), moment.now())
    return spreadsheet(table, excel=request.GET.get("as") == "xlsx")


@access(CENTRE)
@require_POST
def accept(request: Any, difference_id: int) -> HttpResponse:
    """Accept what the other system says."""
    return _decided(request, difference_id, "accept", note=request.POST.get("note", ""))


@access(CENTRE)
@require_POST
def dispute(request: Any, difference_id: int) -> HttpResponse:
    """Note why the town disputes what the other system says."""
    return _decided(request, difference_id, "dispute", reason=request.POST.get("reason", ""))


@access(CENTRE, HEAD)
@require_safe
def accept_many(request: Any) -> HttpResponse:
    """Say what accepting all differences of one kind would do."""
    upto = _number(request.GET.get("upto", ""))
    page = many_page(request.acting, town_of(request), read(request.GET), upto, moment.now())
    if page is None:
        return redirect("exchange:differences")
    return render(request, "exchange/differences_many.html", {"page": page})


@access(CENTRE)
@require_POST
def accepted_many(request: Any) -> HttpResponse:
    """Accept all differences of one kind that the page before had counted."""
    sent = request.POST
    try:
        done = reconciling.accept_many(
            acting=request.acting, source=_number(sent.get("source", "")), kind=sent.get("kind", "")[:20],
            upto=_number(sent.get("upto", "")), key=sent.get("key", ""),
        )  # fmt: skip
    except Source.DoesNotExist:
        raise Http404 from None
    except DomainError as error:
        messages.warning(request, say_error(error))
    else:
        messages.info(request, say("exchange.differences.accepted_many", count=done.accepted, left=done.left))
    return redirect("exchange:differences")


def _number(text: str) -> int:
    """Return a number from an address or a form, 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _decided(request: Any, difference: int, do: str, **said: str) -> HttpResponse:
    """Decide, and lead back; 409 with what somebody else did, 422 with what is wrong at its field."""
    sent, act = request.POST, getattr(reconciling, do)
    version, text = _number(sent.get("version", "")), said.get("reason", "")
    try:
        number = act(acting=request.acting, difference=difference, version=version, key=sent.get("key") or None, **said)
    except Difference.DoesNotExist:
        raise Http404 from None
    except ConflictError:
        about = conflict_about(request.acting, town_of(request), difference, text, moment.now())
        return _listed(request, status=409, conflict=about)
    except DomainError as error:
        return _listed(request, status=422, refused=Refused(difference=difference, typed=text, wrong=say_error(error)))
    messages.info(request, say(f"exchange.differences.done.{do}", number=number))
    here = sent.get("next", "")
    safe = url_has_allowed_host_and_scheme(here, {request.get_host()}, require_https=request.is_secure())
    return redirect(here if safe else "exchange:differences")


def _listed(request: Any, *, status: int = 200, refused: Refused | None = None, conflict: Any = None) -> HttpResponse:
    page = differences_page(request.acting, town_of(request), read(request.GET), moment.now(), refused)
    context = {"page": page, "refused": refused, "conflict": conflict}
    return render(request, "exchange/differences.html", context, status=status)
