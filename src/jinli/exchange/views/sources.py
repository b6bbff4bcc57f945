"""The page of a source: how it is read, and the town's own limits for what it decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.views.frame import town_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.exchange.forms.sources import RuleFormSet, TryForm, initial_of
from jinli.exchange.models import Layout, NameLink, Source
from jinli.exchange.pages.source import source_page
from jinli.exchange.rows.limits import read_rules
from jinli.exchange.services import sources as service
from jinli.town import moment
from jinli.town.access import access
from jinli.town.models import Duty
from jinli.ui.words import say, say_error

CENTRE, HEAD, ADMIN = Duty.Role.COMMAND_CENTRE, Duty.Role.TOWN_HEAD, Duty.Role.ADMINISTRATOR


@access(CENTRE, HEAD, ADMIN)
@require_safe
def source(request: Any, source_id: int) -> HttpResponse:
    """Show a source; with a row in the address, which limits that would get."""
    return _shown(request, _source(request, source_id))


@access(CENTRE)
@require_POST
def rules(request: Any, source_id: int) -> HttpResponse:
    """Save the table of limit rules."""
    held = _source(request, source_id)
    form = RuleFormSet(request.POST, initial=initial_of(read_rules(held.rules)), prefix="rule")
    if not form.is_valid():
        return _shown(request, held, form=form, status=422)
    try:
        service.save_rules(acting=request.acting, source=held.pk, version=_version(request), rules=form.rules())
    except ConflictError as error:
        return _shown(request, _source(request, source_id), form=form, told=say_error(error), status=409)
    except DomainError as error:
        return _shown(request, held, form=form, told=say_error(error), status=422)
    messages.info(request, say("exchange.source.rules.saved"))
    return redirect("exchange:source", held.pk)


@access(CENTRE)
@require_POST
def adopt(request: Any, source_id: int) -> HttpResponse:
    """Adopt a sample rule."""
    code = request.POST.get("code", "")[:40]
    return _change(request, source_id, lambda: service.adopt_sample(
        acting=request.acting, source=source_id, version=_version(request), code=code))  # fmt: skip


@access(CENTRE)
@require_POST
def titles(request: Any, source_id: int) -> HttpResponse:
    """Say whether titles are shown in lists."""
    shown = request.POST.get("shown") == "1"
    return _change(request, source_id, lambda: service.show_titles(
        acting=request.acting, source=source_id, version=_version(request), shown=shown))  # fmt: skip


@access(CENTRE)
@require_POST
def forget_layout(request: Any, source_id: int, layout_id: int) -> HttpResponse:
    """Forget a shape of export."""
    return _change(request, source_id, lambda: service.forget_layout(
        acting=request.acting, source=source_id, layout=layout_id))  # fmt: skip


@access(CENTRE)
@require_POST
def forget_name(request: Any, source_id: int, link_id: int) -> HttpResponse:
    """Forget what a name means."""
    return _change(request, source_id, lambda: service.forget_name(
        acting=request.acting, source=source_id, link=link_id))  # fmt: skip


def _source(request: Any, source_id: int) -> Source:
    rows = Source.objects.select_related("watched_by")
    return get_object_or_404(rows, pk=source_id, town=request.acting.town)


def _version(request: Any) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else -1


def _change(request: Any, source_id: int, act: Callable[[], object]) -> HttpResponse:
    """Make one change and lead back; what was refused is said there, 409 when somebody else was first."""
    try:
        act()
    except (Source.DoesNotExist, Layout.DoesNotExist, NameLink.DoesNotExist):
        raise Http404 from None
    except DomainError as error:
        status = 409 if isinstance(error, ConflictError) else 422
        return _shown(request, _source(request, source_id), told=say_error(error), status=status)
    messages.info(request, say("exchange.source.saved"))
    return redirect("exchange:source", source_id)


def _shown(request: Any, held: Source, *, form: Any = None, told: str = "", status: int = 200) -> HttpResponse:
    trying = TryForm(request.GET if "try" in request.GET else None)
    asked = trying.cleaned_data if trying.is_valid() else {}
    page = source_page(request.acting, held, town_of(request), moment.now(), asked)
    form = form or RuleFormSet(initial=initial_of(read_rules(held.rules)), prefix="rule")
    context = {"page": page, "form": form, "trying": trying, "told": told}
    return render(request, "exchange/source.html", context, status=status)
