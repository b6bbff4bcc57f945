"""Show the page of a run: what its state needs is read, and a form that was refused stands in its place again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jinli.cases.views.frame import town_of
from jinli.domain.errors import InvalidInputError
from jinli.exchange.forms.dropping import ColumnsForm, NamesForm, RefusableForm, UndoForm
from jinli.exchange.models import ImportRun
from jinli.exchange.pages.mapping_page import mapping_page, start_of
from jinli.exchange.pages.names_page import names_of, names_page, titles_of
from jinli.exchange.pages.rows_page import RowsPage, rows_page
from jinli.exchange.pages.run_page import RunPage, first_outcome, run_page
from jinli.exchange.selectors import runs as reads
from jinli.exchange.selectors.names import candidates_of
from jinli.exchange.selectors.sources import Owed, owed_by, own_sources
from jinli.exchange.services.dropping import sample_of, table_of
from jinli.town import moment
from jinli.ui.words import say_error

Forms = Mapping[str, RefusableForm]
State = ImportRun.State


def shown(
    request: Any, run: ImportRun, *, forms: Forms | None = None, conflict: str = "", status: int = 200
) -> HttpResponse:
    """Render the page of a run."""
    forms, now, town = forms or {}, moment.now(), town_of(request)
    outcome = first_outcome(run, request.GET.get("outcome", ""))
    owed = None
    if run.state == State.DONE and run.source is not None:
        owed = owed_by(town, [run.source.code], now).get(run.source.code, Owed())
    taken = reads.taken_count(run) if run.state == State.STOPPED else 0
    remap = request.GET.get("columns") == "1" or "columns" in forms
    duties = reads.duty_titles([run])
    page = run_page(request.acting, run, now, outcome=outcome, duties=duties, owed=owed, taken=taken, remap=remap)
    told: dict[str, Any] = {"page": page, "conflict": conflict, "refused": _above(page, forms)}
    if page.part == "mapping":
        told |= _mapping(request, run, forms)
    if page.part in ("ready", "done", "undone"):
        told |= _rows(request, run, outcome, forms)
    told["undo"] = forms.get("undo") or UndoForm(initial={"version": run.version})
    return render(request, "exchange/run.html", told, status=status)


def _above(page: RunPage, forms: Forms) -> tuple[str, ...]:
    """Return what was refused about a form that the page does not show at its place."""
    inside = {"mapping": "columns", "ready": "names", "done": "undo", "stopped": "undo"}.get(page.part)
    return tuple(
        str(text) for name, form in forms.items() if name != inside for texts in form.errors.values() for text in texts
    )


def _mapping(request: Any, run: ImportRun, forms: Forms) -> dict[str, Any]:
    """Return the mapping, or why the file cannot be read any more."""
    sources = own_sources(request.acting)
    try:
        table = table_of(run)
    except InvalidInputError as error:
        return {"unreadable": say_error(error)}
    sample = sample_of(table)
    form = forms.get("columns") or ColumnsForm(sources=sources, initial=start_of(run, table, sources))
    assert isinstance(form, ColumnsForm)
    return {"mapping": mapping_page(run, table, sample, form)}


def _rows(request: Any, run: ImportRun, outcome: str, forms: Forms) -> dict[str, Any]:
    now, after = moment.now(), request.GET.get("after", "")[:40]
    candidates = candidates_of(town_of(request), now)
    rows: RowsPage | None = None
    if outcome:
        found = list(reads.rows_of(run, [outcome], after))
        cases = reads.cases_here(run, found)
        rows = rows_page(run, outcome, found, cases, titles_of(candidates), now=now, after=after)
    if run.state != State.READY:
        return {"rows": rows}
    form = forms.get("names") or NamesForm(names=names_of(run), initial={"version": run.version})
    assert isinstance(form, NamesForm)
    return {"rows": rows, "names": names_page(run, form, candidates)}
