"""Papers: their PDF for the staff, their public verification, and the whole file of a case as PDF."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jinli.cases.forms import PaperStateForm, VerifyForm
from jinli.cases.models import Paper
from jinli.cases.pages.bound_file import bound_file
from jinli.cases.pages.paper_state_page import paper_state_page
from jinli.cases.pages.reporter import whole_reporter
from jinli.cases.pages.verify_page import verify_page
from jinli.cases.selectors.papers import paper_by_number, paper_by_token
from jinli.cases.selectors.visible import WORKERS, visible_cases
from jinli.cases.services.reading import read_pdf
from jinli.cases.services.restating import restate_paper
from jinli.cases.views.case import view_of
from jinli.domain.errors import ConflictError, DomainError, RefusedError
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.town.people import read_in_full
from jinli.town.rate import attempts, note_attempt
from jinli.ui.words import say, say_error

#: Wrong tries of one address of the network, and for one number, in a quarter of an hour.
WRONG_TRIES: Final = 20
_QUARTER: Final = timedelta(minutes=15)


@access(*WORKERS)
@require_safe
def paper(request: Any, paper_id: UUID) -> HttpResponse:
    """Send a paper as PDF, in the reader's language or the one asked for."""
    found = get_object_or_404(_seen(request), pk=paper_id)
    try:
        language = request.GET.get("lang", "zh")
        made = read_pdf(acting=request.acting, paper=found, language=language, address=_address(request))
    except RefusedError as refused:
        page = {"paper": found, "why": say_error(refused)}
        return render(request, "cases/paper_gone.html", page, status=410)
    return _pdf(made, f"{found.number}.pdf")


@access(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: Any, paper_id: UUID) -> HttpResponse:
    """Ask for the state that follows, and why; on POST change it."""
    found = get_object_or_404(_seen(request), pk=paper_id)
    form = PaperStateForm(found, request.POST or None)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        try:
            changed = restate_paper(acting=request.acting, act=form.act())
        except DomainError as error:
            form.refuse(error)
            status = 409 if isinstance(error, ConflictError) else 422
        else:
            words = say(f"cases.paper.state.{changed.state}")
            messages.success(request, say("cases.restating.done", number=changed.number, state=words))
            return redirect("cases:case", found.case_id)
    page = {"page": paper_state_page(found), "form": form}
    return render(request, "cases/paper_state.html", page, status=status)


def _seen(request: Any) -> Any:
    seen = Paper.objects.filter(case__in=visible_cases(request.acting), town=request.acting.town)
    return seen.select_related("town", "case", "replaced_by")


@access(*WORKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def bound(request: Any, case_id: UUID) -> HttpResponse:
    """Send the whole file of a case as PDF: masked, and on POST with a reason in full."""
    view = view_of(request, case_id)
    name = f"{say('cases.file.title')} {view.case.number}.pdf"
    if request.method != "POST":
        return _pdf(bound_file(view), name)
    reason = request.POST.get("reason", "")
    try:
        whole = whole_reporter(view)
        read_in_full(request.acting, say("cases.bound.access"), view.case.number, reason)
    except DomainError as error:
        page = {"case": view.case, "refused": say_error(error), "reason": reason}
        return render(request, "cases/bound_refused.html", page, status=422)
    return _pdf(bound_file(view, whole), name)


@access(PUBLIC)
@never_cache
@require_safe
def verify(request: Any, paper_token: str) -> HttpResponse:
    """Say whether a paper is real and still holds; what is behind it is never shown."""
    caller = str(request.META.get("REMOTE_ADDR", ""))
    if attempts("verify", caller) >= WRONG_TRIES:
        return render(request, "cases/verify_none.html", {"too_many": True}, status=429)
    found = paper_by_token(paper_token[:40])
    if found is None:
        note_attempt("verify", caller, span=_QUARTER)
        return render(request, "cases/verify_none.html", {"too_many": False}, status=404)
    return render(request, "cases/verify.html", {"page": verify_page(found), "paper": found})


@access(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_by_number(request: Any, town_code: str) -> HttpResponse:
    """Ask for the number of a paper and the end of its code; what is wrong with them is never said."""
    town = get_object_or_404(Division, level=Division.Level.TOWN, code=town_code)
    form = VerifyForm(request.POST or None)
    status = 200 if request.method != "POST" else 422
    if form.is_valid():
        number, caller = form.cleaned_data["number"], f"{town.code}:{form.cleaned_data['number']}"
        found = paper_by_number(town, number, form.cleaned_data["ending"])
        if attempts("verify-number", caller) >= WRONG_TRIES:
            status = 429
            form.add_error(None, say("cases.verifying.too_many"))
        elif found is None:
            note_attempt("verify-number", caller, span=_QUARTER)
            form.add_error(None, say("cases.verifying.wrong"))
        else:
            return redirect("cases:verify", found.token)
    return render(request, "cases/verify_form.html", {"form": form, "town": town}, status=status)


def _address(request: Any) -> str:
    """Return where the codes on papers lead: the address set for this server, else the one it was asked under."""
    return settings.PUBLIC_ADDRESS or str(request.build_absolute_uri("/"))


def _pdf(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
