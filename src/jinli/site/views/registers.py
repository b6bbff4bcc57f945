"""Registers that staff read: bodies, duty list, places, and who looked at personal data."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jinli.cases.export import Table, spreadsheet
from jinli.domain.errors import DomainError
from jinli.site import registers as register
from jinli.site.facts import fact_groups
from jinli.site.forms import PlaceForm, put_error
from jinli.site.registers import RegisterLink
from jinli.site.shell import opened
from jinli.town.access import SIGNED_IN, access, open_to, who_acts
from jinli.town.models import Duty, DutyLine, Place, Status
from jinli.town.selectors import VILLAGE_KINDS, facts_of
from jinli.town.services import edit_place, place_version
from jinli.ui.parts import Scope
from jinli.ui.words import say

FILLERS = frozenset({Duty.Role.ADMINISTRATOR, Duty.Role.COMMAND_CENTRE})
_REGISTERS = ("organisations", "duty-lines", "places", "facts", "people", "tokens", "access-log")

_OF_LINES = (
    ("services.catalogue", "/catalogue/"),
    ("grid.standards", "/registers/standards/"),
    ("grid.routing", "/registers/routing/"),
    ("grid.kinds", "/registers/whistle-kinds/"),
    ("services.powers", "/powers/"),
    ("cases.grants", "/grants/"),
    ("services.budget", "/subsidies/"),
    ("services.buildings", "/buildings/"),
    ("exchange.differences", "/differences/"),
    ("cases.erase", "/registers/erasure/"),
)


def _sent(
    request: HttpRequest, name: str, heads: Sequence[str], cells: Sequence[Sequence[object]]
) -> HttpResponse | None:
    """Return the register as a spreadsheet when the address asks for one; what is unknown is an empty cell."""
    wanted = request.GET.get("as", "")
    if wanted not in {"csv", "xlsx"}:
        return None
    table = Table(name=name, heads=[say(f"site.column.{head}") for head in heads], rows=cells)
    return spreadsheet(table, excel=wanted == "xlsx")


@access(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the registers open to the reader."""
    acting = who_acts(request)
    links = tuple(
        RegisterLink(title=say(f"site.register.{name}"), about=say(f"site.register.{name}.about"), url=url)
        for name in _REGISTERS
        if open_to(opened(url := reverse(f"site:{name}")) or frozenset(), acting)
    ) + tuple(
        RegisterLink(title=say(f"{key}.title"), about=say(f"{key}.lead"), url=url)
        for key, url in _OF_LINES
        if open_to(opened(url) or frozenset(), acting)
    )
    return render(request, "site/registers.html", {"links": links})


@access(SIGNED_IN)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Show the bodies of the town and those that serve it, with their posts; no persons."""
    rows = register.organisation_rows(who_acts(request))
    heads = ("organisation", "kind", "division", "span", "duties", "state", "source")
    cells = [(row.name, *row.about, "、".join(row.duties), row.status, row.source) for row in rows]
    return _sent(request, "organisations", heads, cells) or render(request, "site/organisations.html", {"rows": rows})


@access(SIGNED_IN)
@require_safe
def duty_lines(request: HttpRequest) -> HttpResponse:
    """Show the duty list: what the town does, helps with, or no longer does."""
    kind = request.GET.get("kind", "")
    scopes = [Scope(label=say("site.duty_lines.all"), url="?", current=kind not in DutyLine.Kind.values)]
    scopes += [
        Scope(label=say(f"town.duty_line.{one}"), url=f"?kind={one}", current=kind == one)
        for one in DutyLine.Kind.values
    ]
    rows = register.duty_line_rows(who_acts(request), kind)
    heads = ("title", "number", "kind", "span", "lead", "legal_basis", "state", "source")
    cells = [(row.title, *row.about, row.lead, row.legal_basis, *row.origin) for row in rows]
    page = {"rows": rows, "scopes": scopes, "kept": f"&kind={kind}" if kind in DutyLine.Kind.values else ""}
    return _sent(request, "duty-list", heads, cells) or render(request, "site/duty_lines.html", page)


@access(SIGNED_IN)
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show villages, communities, grids and zones; rows that no source names stand there as unknown."""
    acting = who_acts(request)
    groups = register.place_groups(acting)
    page = {"groups": groups, "may_fill": bool(acting.roles & FILLERS)}
    heads = ("kind", "place", "code", "stand_in", "organisation", "reading", "state", "source")
    cells = [(one.title, row.name, *row.about, row.status, row.source) for one in groups for row in one.rows]
    return _sent(request, "places", heads, cells) or render(request, "site/places.html", page)


@access(SIGNED_IN)
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """Show the facts of the town with their sources; what no source gives stands there as unknown."""
    groups = fact_groups(facts_of(who_acts(request).town))
    heads = ("arrow", "fact", "value", "note", "as_of", "state", "source")
    cells = [
        (row.arrow, row.title, row.value, row.note, row.as_of, row.status, row.source)
        for one in groups
        for row in one.rows
    ]
    return _sent(request, "facts", heads, cells) or render(request, "site/facts.html", {"groups": groups})


@access(*FILLERS)
def place_fill(request: HttpRequest, place_id: int) -> HttpResponse:
    """Fill in a place that no source named; the pack will not overwrite it."""
    acting = who_acts(request)
    row = get_object_or_404(Place, pk=place_id, town=acting.town, status=Status.UNKNOWN)
    kinds = VILLAGE_KINDS if row.kind in VILLAGE_KINDS else (row.kind,)
    first = {"kind": row.kind, "version": place_version(row)}
    form = PlaceForm(request.POST or None, initial=first, kinds=tuple(str(one) for one in kinds))
    if form.is_valid():
        said = dict(form.cleaned_data)
        try:
            edit_place(row, acting=acting, version=said.pop("version"), said=said)
        except DomainError as error:
            put_error(form, error)
        else:
            messages.success(request, say("site.place.filled", name=said["name"]))
            return redirect("site:places")
    page = {"form": form, "place": register.place_row(row)}
    return render(request, "site/place_fill.html", page, status=422 if form.errors else 200)


@access(Duty.Role.AUDITOR, Duty.Role.ADMINISTRATOR)
@require_safe
def access_log(request: HttpRequest) -> HttpResponse:
    """Show who read which personal data in full, and why."""
    rows, keys = register.access_rows(who_acts(request), request.GET.get("before", ""))
    return render(request, "site/access_log.html", {"rows": rows, "keys": keys})
