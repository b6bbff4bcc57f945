"""Published licence decisions: the act, the public list with its export, correction and taking down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from jinli.cases.export import spreadsheet
from jinli.domain.errors import DomainError
from jinli.lines.services.forms import acts as forms
from jinli.lines.services.models import Publication
from jinli.lines.services.pages.panel import matter_from
from jinli.lines.services.selectors.publications import published_page, published_table
from jinli.lines.services.services import acts
from jinli.lines.services.services.acts.publishing import publish_move, published
from jinli.lines.services.views.acts import DESK, OFFICE, both
from jinli.lines.services.views.sheets import Page, answer, matter_view, start
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.ui.parts import Fact
from jinli.ui.words import say, say_error


@access(*DESK)
@both
def publish(request: Any, matter_id: UUID) -> HttpResponse:
    """Publish a granted licence, what the public will read in view."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    form = forms.BareForm(request.POST or None, initial=start(view))
    moves = (publish_move(view.work.state.stage),)
    page = Page(name="publish", moves=moves, template="services/publish.html")
    columns = published(matter)
    shown = tuple(
        Fact(label=say(f"services.published.column.{name}"), value=value) for name, value in columns.items() if value
    )
    return answer(request, view, page, form, acts.publish, {"columns": shown})


@access(PUBLIC)
@require_safe
def listed(request: HttpRequest, town_code: str) -> HttpResponse:
    """Show the published decisions of a town to anybody."""
    town = get_object_or_404(Division, level=Division.Level.TOWN, code=town_code)
    page = published_page(town, before=request.GET.get("before", ""))
    return render(request, "services/published.html", {"page": page, "town": town})


@access(PUBLIC)
@require_safe
def exported(request: HttpRequest, town_code: str) -> HttpResponse:
    """Give the published decisions of a town as a spreadsheet."""
    town = get_object_or_404(Division, level=Division.Level.TOWN, code=town_code)
    return spreadsheet(published_table(town), excel=request.GET.get("as") == "xlsx")


@access(*OFFICE)
@both
def settle(request: Any, publication_id: UUID) -> HttpResponse:
    """Correct what was published, or take it down, because the decision changed."""
    row = Publication.objects.select_related("case__owner", "town").filter(pk=publication_id).first()
    if row is None or row.town_id != request.acting.town or row.case.owner_id != request.acting.body_id:
        raise Http404
    seen = (row.settled_at or row.published_at).isoformat()
    form = forms.SettleForm(request.POST or None, initial={"seen": seen, **row.content})
    if request.method == "POST" and form.is_valid():
        refused = _settled(request, form, row)
        if refused is None:
            messages.info(request, say("services.publication.settled", number=row.case.number))
            return redirect("services:published", row.town.code)
        field = str(refused.facts.get("field", ""))
        form.add_error(field if field in form.fields else None, say_error(refused))
    status = 422 if form.is_bound else 200
    return render(request, "services/settle.html", {"row": row, "form": form}, status=status)


def _settled(request: Any, form: forms.SettleForm, row: Publication) -> DomainError | None:
    said = form.cleaned_data
    known = {
        "acting": request.acting, "publication": row.pk, "seen": said["seen"],
        "changed_on": said["changed_on"], "reason": said["reason"],
    }  # fmt: skip
    try:
        if request.POST.get("do") == "withdraw":
            acts.withdraw_publication(**known)
        else:
            names = ("content", "document_number", "valid_from", "valid_to", "note")
            acts.correct_publication(**known, changes={name: said[name] for name in names})
    except DomainError as error:
        return error
    return None
