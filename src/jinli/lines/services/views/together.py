"""A bundle in the applicant's browser: the steps of its one form, the page of its items, opening one that waited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jinli.domain.errors import DomainError
from jinli.lines.services.models import BundleRun, Draft, DraftPaper
from jinli.lines.services.pages.applying_page import materials_shown, told_of
from jinli.lines.services.pages.together import check_page, run_page
from jinli.lines.services.selectors.bundles import PREFIX, Bundle, as_item, offered_bundle, run_of_case
from jinli.lines.services.selectors.forms import materials_asked
from jinli.lines.services.services.applying import ONLINE, material_states
from jinli.lines.services.services.applying import fill as fill_of
from jinli.lines.services.services.drafting import application_of, content_of_draft, draft_of
from jinli.lines.services.services.together import key_of_part, open_part, send_bundle
from jinli.lines.services.views.applications import case_here
from jinli.lines.services.views.kept import RECEIPT, TRACKED, draft_id, keep, keep_draft, kept, party_of
from jinli.lines.services.views.online import identity_url, town_of
from jinli.lines.services.views.steps import Desk, begin_step, draft_at, fill_step, places_of, saved_step
from jinli.town.access import PUBLIC, access
from jinli.town.acting import resident
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.town.selectors import local_day
from jinli.ui.words import say, say_error


@dataclass(frozen=True, kw_only=True)
class TogetherDesk(Desk):
    """Where a bundle is filled in: the common form takes the place of an item."""

    bundle: Bundle

    def url(self, step: str) -> str:
        """Return the address of a step."""
        if self.at_counter:
            return reverse(f"services:counter-together-{step}", args=[self.bundle.code])
        name = "services:together" if step == "begin" else f"services:together-{step}"
        return reverse(name, args=[self.town.code, self.bundle.code])

    def page(self, **more: Any) -> dict[str, Any]:
        """Return what every step shows."""
        return super().page(bundle=self.bundle, **more)


def bundle_in(request: Any, town: Division, code: str) -> tuple[Bundle, Draft | None, Mapping[str, str]]:
    """Return the bundle, what this browser has filled in of it, and the answers given there; 404 where none is."""
    bundle = offered_bundle(town, code, local_day(town, now()))
    if bundle is None:
        raise Http404
    held = draft_id(request, town, f"{PREFIX}{bundle.code}")
    draft = draft_of(town, held) if held else None
    return bundle, draft, content_of_draft(draft).situation if draft else {}


def _desk(request: Any, town_code: str, bundle_code: str) -> TogetherDesk:
    town = town_of(town_code)
    bundle, _, answers = bundle_in(request, town, bundle_code)
    return TogetherDesk(
        town=town, acting=resident(town.pk), item=as_item(bundle, answers), channel=ONLINE, bundle=bundle,
        party=party_of(request, town), identity_url=identity_url(town, request.path),
    )  # fmt: skip


@access(PUBLIC)
@never_cache
def begin(request: Any, town_code: str, bundle_code: str) -> HttpResponse:
    """Ask who applies and what is needed."""
    return begin_step(request, _desk(request, town_code, bundle_code))


@access(PUBLIC)
@never_cache
def fill(request: Any, town_code: str, bundle_code: str) -> HttpResponse:
    """Fill in the one form and hand in each material once."""
    return fill_step(request, _desk(request, town_code, bundle_code))


@access(PUBLIC)
@never_cache
@require_safe
def saved(request: Any, town_code: str, bundle_code: str) -> HttpResponse:
    """Say how to go on later."""
    return saved_step(request, _desk(request, town_code, bundle_code))


@access(PUBLIC)
@never_cache
def check(request: Any, town_code: str, bundle_code: str) -> HttpResponse:
    """Look everything through, see which cases open and which wait, and send it."""
    return check_together(request, _desk(request, town_code, bundle_code))


def check_together(request: Any, desk: TogetherDesk) -> HttpResponse:
    """Show what a bundle opens before it is sent; send it."""
    draft = draft_at(request, desk)
    if draft is None:
        return redirect(desk.url("begin"))
    refused = ""
    if request.method == "POST":
        try:
            run = send_bundle(acting=desk.acting, draft=draft, bundle=desk.bundle, channel=desk.channel)
            return _sent(request, desk, run)
        except DomainError as error:
            refused = say_error(error)
    return _show_check(request, desk, draft, refused)


def _show_check(request: Any, desk: TogetherDesk, draft: Any, refused: str) -> HttpResponse:
    whole = application_of(draft, desk.item, channel=desk.channel)
    filled = fill_of(whole)
    if filled.reading.faults:
        return redirect(desk.url("fill"))
    content = content_of_draft(draft)
    states = material_states(whole)
    shown = materials_shown(
        list(materials_asked(desk.item.row, content.situation)), form=None, held=whole.held, offers=content.offers,
        papers=list(DraftPaper.objects.filter(draft=draft)), seen=content.shown, states=states,
    )  # fmt: skip
    page = desk.page(
        applicant=whole.applicant, agent=whole.agent, materials=shown, refused=refused,
        lacking=[one.name for one in shown if states[one.code] == "missing" and not one.offer],
        told=told_of(desk.item.row, filled, whole.held, dict(places_of(desk))),
        check=check_page(desk.town, desk.bundle, whole, filled, now()),
    )  # fmt: skip
    return render(request, "services/together_check.html", page, status=422 if refused else 200)


def _sent(request: Any, desk: TogetherDesk, run: BundleRun) -> HttpResponse:
    first = run.parts.exclude(case=None).order_by("position").first()
    assert first is not None
    assert first.case_id is not None
    answer = (
        redirect("services:counter-together-run")
        if desk.at_counter
        else redirect("services:together-run", town_code=desk.town.code)
    )
    held = {"case": first.case_id.hex, "key": key_of_part(run.pk, first.item), "run": run.pk.hex}
    keep(answer, request, desk.town, RECEIPT, held)
    if not desk.at_counter:
        keep(answer, request, desk.town, TRACKED, {"case": first.case_id.hex})
    return answer


@access(PUBLIC)
@never_cache
@require_safe
def run(request: Any, town_code: str) -> HttpResponse:
    """Show all items of a bundle that was sent: each with its clocks, what is owed by whom, the shared evidence."""
    return _show_run(request, town_code)


def _show_run(request: Any, town_code: str, *, refused: str = "", status: int = 200) -> HttpResponse:
    town = town_of(town_code)
    case = case_here(request, town)
    found = run_of_case(case.pk) if case is not None else None
    if found is None:
        return redirect("services:applications", town_code=town.code)
    fresh = kept(request, town, RECEIPT).get("run") == found.pk.hex
    base = "services/public_base.html"
    page = {"town": town, "page": run_page(found, now(), with_codes=fresh), "refused": refused, "base": base}
    return render(request, "services/together_run.html", page, status=status)


@access(PUBLIC)
@never_cache
@require_POST
def open_one(request: Any, town_code: str) -> HttpResponse:
    """Open an item that waited: at once when everything is told, else in its own form with what is known."""
    town = town_of(town_code)
    case = case_here(request, town)
    found = run_of_case(case.pk) if case is not None else None
    if found is None:
        return redirect("services:applications", town_code=town.code)
    item = request.POST.get("item", "")
    try:
        opened, draft = open_part(run=found, item=item)
    except DomainError as error:
        return _show_run(request, town_code, refused=say_error(error), status=422)
    if opened is not None:
        messages.success(request, say("services.together.open.done"))
        return redirect("services:together-run", town_code=town.code)
    answer = redirect("services:apply", town_code=town.code, item_code=item)
    keep_draft(answer, request, town, item, draft.pk)
    return answer
