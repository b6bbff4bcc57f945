"""The papers of an application for whom they concern, under the same proof as the page that names them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jinli.cases.services.printing import pdf_of
from jinli.domain.errors import RefusedError
from jinli.lines.services.selectors.own_papers import Proof, own_paper
from jinli.lines.services.views.kept import RECEIPT, kept, party_of, tracked
from jinli.lines.services.views.online import town_of
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.ui.words import say_error, tongue


@access(PUBLIC)
@never_cache
@require_safe
def one(request: Any, town_code: str) -> HttpResponse:
    """Send a paper as PDF to whom it concerns; for everybody else it is not there."""
    town, asked = town_of(town_code), request.GET.get("paper", "")
    if not asked:
        return redirect("services:applications", town_code=town.code)
    found = own_paper(town, asked, _proof(request, town))
    if found is None:
        raise Http404
    try:
        made = pdf_of(found, language=request.GET.get("lang", tongue()), address=_address(request))
    except RefusedError as refused:
        return render(request, "services/paper_gone.html", {"town": town, "why": say_error(refused)}, status=410)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.number)}.pdf"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _proof(request: Any, town: Division) -> Proof:
    """Return what this browser can show: who signed in, the receipt just given, the case of a number and code."""
    party, followed, receipt = party_of(request, town), tracked(request, town), kept(request, town, RECEIPT)
    cases = [followed.pk] if followed is not None else []
    cases += [UUID(receipt["case"])] if receipt else []
    return Proof(party=party.pk if party is not None else None, cases=tuple(cases))


def _address(request: Any) -> str:
    return settings.PUBLIC_ADDRESS or str(request.build_absolute_uri("/"))
