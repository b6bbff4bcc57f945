"""The steps of an application, the same online and at the counter: begin, fill in, check, send, go on later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jinli.cases.models import Case
from jinli.cases.services import Opened
from jinli.domain.errors import ConflictError, DomainError, InvalidInputError
from jinli.lines.services.forms.beginning import BeginForm
from jinli.lines.services.forms.filling import FillForm, named, offers_in, typed_in, uploads_in
from jinli.lines.services.forms.typed import put_faults
from jinli.lines.services.models import Draft, DraftPaper
from jinli.lines.services.pages.applying_page import materials_shown, parts_of, told_of
from jinli.lines.services.pages.item import ANSWER
from jinli.lines.services.pages.season import explained
from jinli.lines.services.selectors.forms import materials_asked
from jinli.lines.services.selectors.held import held_of
from jinli.lines.services.selectors.items import Item
from jinli.lines.services.selectors.recognising import recognised
from jinli.lines.services.selectors.seasons import season_in_force
from jinli.lines.services.selectors.steps import steps_after_sending
from jinli.lines.services.services.applying import COUNTER, MANDATE, fill, material_states
from jinli.lines.services.services.drafting import (
    Content,
    add_papers,
    application_of,
    begin,
    code_of,
    content_of_draft,
    draft_of,
    remove_paper,
    save,
    send,
)
from jinli.lines.services.views.kept import RECEIPT, TRACKED, draft_id, keep, keep_draft
from jinli.packs.items import MaterialRow
from jinli.town.acting import Acting
from jinli.town.models import Division, Party
from jinli.town.moment import now
from jinli.town.selectors import local_day, places_at
from jinli.town.services import facts_of
from jinli.ui.words import say, say_error


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where an application is made: in an applicant's browser or at the counter, and for which item."""

    town: Division
    acting: Acting
    item: Item
    channel: str
    party: Party | None = None
    identity_url: str = ""

    @property
    def at_counter(self) -> bool:
        """Return whether a clerk fills in for the applicant."""
        return self.channel == COUNTER

    def url(self, step: str) -> str:
        """Return the address of a step."""
        if self.at_counter:
            return reverse(f"services:counter-{step}", args=[self.item.code])
        name = "services:apply" if step == "begin" else f"services:apply-{step}"
        return reverse(name, args=[self.town.code, self.item.code])

    def page(self, **more: Any) -> dict[str, Any]:
        """Return what every step shows."""
        base = "ui/staff.html" if self.at_counter else "services/public_base.html"
        urls = {step: self.url(step) for step in ("begin", "fill", "check", "saved")}
        return {
            "base": base, "town": self.town, "item": self.item.row, "title": named(self.item.row), "urls": urls,
            "at_counter": self.at_counter, "party": self.party, "identity_url": self.identity_url, **more,
        }  # fmt: skip


def draft_at(request: Any, desk: Desk) -> Draft | None:
    """Return the draft that this browser goes on with; one of a known party only for that party, or at the counter."""
    found = draft_id(request, desk.town, desk.item.code)
    draft = draft_of(desk.town, found) if found else None
    return draft if draft is None or desk.at_counter or belongs(draft, desk.party) else None


def belongs(draft: Draft, party: Party | None) -> bool:
    """Return whether a draft may be gone on with by this party: it is theirs, or nobody's yet.

    The code alone does not open a draft that shows what the town holds of somebody.
    """
    return draft.party_id is None or (party is not None and party.pk == draft.party_id)


def begin_step(request: Any, desk: Desk) -> HttpResponse:
    """Ask who applies and in what situation; answers make the draft."""
    draft = draft_at(request, desk)
    said = content_of_draft(draft) if draft else Content()
    known = facts_of(desk.party) if desk.party and not desk.at_counter else {}
    if not draft and known:
        said = Content(applicant={name: known.get(name, "") for name in ("name", "telephone", "address")})
    if not draft and not request.POST:
        said = replace(said, situation=_answered_before(request, desk.item))
    typed = request.POST if request.method == "POST" else None
    form = BeginForm(typed, row=desk.item.row, known_name=known.get("name", ""), at_counter=desk.at_counter, said=said)
    if request.method == "POST":
        content = form.content(content_of_draft(draft) if draft else Content())
        if content is not None:
            try:
                return _begun(request, desk, draft, content)
            except DomainError as error:
                form.add_error(None, say_error(error))
    page = desk.page(form=form, draft=draft, known=known)
    return render(request, "services/apply_begin.html", page, status=422 if form.errors else 200)


def _answered_before(request: Any, item: Item) -> dict[str, str]:
    """Return the answers given on the page of the item, as they stand in the address."""
    return {one.code: request.GET.get(f"{ANSWER}{one.code}", "") for one in item.row.situations}


def _begun(request: Any, desk: Desk, draft: Draft | None, content: Content) -> HttpResponse:
    party = recognised(desk.town, content.applicant) if desk.at_counter else desk.party
    if draft is None:
        draft = begin(town=desk.town, item=desk.item, content=content, party=party)
    else:
        draft = save(draft=draft, content=content, version=draft.version, whose=party, known=True)
    answer = redirect(desk.url("fill"))
    keep_draft(answer, request, desk.town, desk.item.code, draft.pk)
    return answer


def fill_step(request: Any, desk: Desk) -> HttpResponse:
    """Fill in the form and hand in the materials; everything sent is saved before it is judged."""
    draft = draft_at(request, desk)
    if draft is None:
        return redirect(desk.url("begin"))
    if request.method == "POST":
        return _filled(request, desk, draft)
    return _show_fill(request, desk, draft)


def _filled(request: Any, desk: Desk, draft: Draft) -> HttpResponse:
    content, do = content_of_draft(draft), request.POST.get("do", "save")
    materials = _materials(desk, content)
    posted = Content(
        applicant=content.applicant, situation=content.situation, agent=content.agent,
        typed=typed_in(desk.item.row, request.POST), offers=offers_in(materials, request.POST),
        shown=tuple(one.code for one in materials if desk.at_counter and f"shown-{one.code}" in request.POST),
    )  # fmt: skip
    try:
        draft = save(draft=draft, content=posted, version=int(request.POST.get("version") or 0))
    except (ConflictError, InvalidInputError, ValueError) as error:
        conflict = error if isinstance(error, DomainError) else ConflictError("services.draft.changed_meanwhile")
        return _show_fill(request, desk, draft, content=posted, refused=conflict, status=409)
    refused = _take_files(request, draft, materials)
    if refused is not None:
        return _show_fill(request, desk, draft, refused=refused, status=422)
    if do.startswith("remove:"):
        _remove(draft, do)
    if do.startswith("add:"):
        return _show_fill(request, desk, draft, more={do.removeprefix("add:"): 1})
    if do == "later":
        return redirect(desk.url("saved"))
    if do != "next":
        return redirect(desk.url("fill"))
    if fill(application_of(draft, desk.item, channel=desk.channel)).reading.faults:
        return _show_fill(request, desk, draft, judged=True, status=422)
    return redirect(desk.url("check"))


def _remove(draft: Draft, do: str) -> None:
    for paper in DraftPaper.objects.filter(draft=draft):
        if str(paper.pk) == do.removeprefix("remove:"):
            remove_paper(draft=draft, paper=paper.pk)


def _take_files(request: Any, draft: Draft, materials: list[MaterialRow]) -> InvalidInputError | None:
    """Keep the files sent with the form; return the first refusal, at the field of its material."""
    for one in materials:
        uploads = uploads_in(one.code, request.FILES)
        if uploads:
            try:
                add_papers(draft=draft, material=one.code, uploads=uploads)
            except InvalidInputError as error:
                return InvalidInputError(error.code, **{**error.facts, "field": f"material-{one.code}"})
    return None


def _materials(desk: Desk, content: Content) -> list[MaterialRow]:
    """Return what is handed in: the materials of the situation, and the mandate of who acts for the applicant."""
    found = list(materials_asked(desk.item.row, content.situation))
    if content.agent and all(one.code != MANDATE for one in found):
        found.append(MaterialRow(code=MANDATE, name=say("services.fill.mandate"), kind="original"))
    return found


def _show_fill(
    request: Any, desk: Desk, draft: Draft, *, content: Content | None = None, refused: DomainError | None = None,
    judged: bool = False, more: dict[str, int] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    content = content or content_of_draft(draft)
    materials = _materials(desk, content)
    held = held_of(desk.town, draft.party_id, desk.item)
    form = FillForm(
        row=desk.item.row, situation=content.situation, held=held, typed=content.typed, materials=materials,
        places=places_of(desk),
        more=more,
    )  # fmt: skip
    form.is_valid()
    if judged:
        put_faults(form, fill(application_of(draft, desk.item, channel=desk.channel)).reading.faults)
    if refused is not None:
        field = str(refused.facts.get("field", ""))
        form.add_error(field if field in form.fields else None, say_error(refused))
    papers = list(DraftPaper.objects.filter(draft=draft).order_by("added_at", "id"))
    shown = materials_shown(
        materials, form=form, papers=papers, held=held, offers=content.offers, seen=content.shown, states={}
    )
    page = desk.page(
        form=form, draft=draft, parts=parts_of(form, held, content.typed), materials=shown,
        version=Draft.objects.values_list("version", flat=True).get(pk=draft.pk),
    )  # fmt: skip
    return render(request, "services/apply_fill.html", page, status=status)


def places_of(desk: Desk) -> list[tuple[str, str]]:
    """Return the places of the town by code and name, if the form asks for one."""
    if not any(one.kind == "place" for one in desk.item.row.form):
        return []
    return [(one.code, one.name) for one in places_at(desk.town, local_day(desk.town, now())) if one.name]


def check_step(request: Any, desk: Desk) -> HttpResponse:
    """Show everything before it is sent, and what happens then; send it."""
    draft = draft_at(request, desk)
    if draft is None:
        return redirect(desk.url("begin"))
    application = application_of(draft, desk.item, channel=desk.channel)
    filled = fill(application)
    if filled.reading.faults:
        return redirect(desk.url("fill"))
    refused = ""
    if request.method == "POST":
        try:
            return _sent(request, desk, *send(acting=desk.acting, draft=draft, item=desk.item, channel=desk.channel))
        except DomainError as error:
            refused = say_error(error)
    content = content_of_draft(draft)
    materials = list(materials_asked(desk.item.row, content.situation))
    states = material_states(application)
    later = [one for one in materials if content.offers.get(one.code) == "later" and states[one.code] == "missing"]
    shown = materials_shown(
        materials, form=None, papers=list(DraftPaper.objects.filter(draft=draft)), held=application.held,
        offers=content.offers, seen=content.shown, states=states,
    )  # fmt: skip
    page = desk.page(
        draft=draft, applicant=application.applicant, agent=application.agent, materials=shown, refused=refused,
        told=told_of(desk.item.row, filled, application.held, dict(places_of(desk))),
        lacking=[one.name for one in shown if states[one.code] == "missing" and not one.offer],
        steps=steps_after_sending(desk.town, desk.item, now(), now(), later=later), now=now(),
        points=_points(desk, content.situation, filled.values),
    )  # fmt: skip
    return render(request, "services/apply_check.html", page, status=422 if refused else 200)


def _points(desk: Desk, situation: Mapping[str, str], values: Mapping[str, Any]) -> Any:
    """Return the points table for these answers, line by line, where the item is in a season."""
    view = season_in_force(desk.town, desk.item.code)
    if view is None or not view.belongs(situation):
        return None
    lines, total = explained(view, {**situation, **values})
    return {"lines": lines, "total": total, "name": named(view.row), "code": view.row.code}


def _sent(request: Any, desk: Desk, opened: Opened, key: str) -> HttpResponse:
    answer = redirect(
        reverse("services:counter-receipt")
        if desk.at_counter
        else reverse("services:apply-receipt", args=[desk.town.code])
    )
    keep(answer, request, desk.town, RECEIPT, {"case": opened.id.hex, "key": key})
    if not desk.at_counter:
        keep(answer, request, desk.town, TRACKED, {"case": opened.id.hex})
    return answer


def saved_step(request: Any, desk: Desk) -> HttpResponse:
    """Say that the draft is saved, until when, and by which code it is resumed elsewhere."""
    draft = draft_at(request, desk)
    if draft is None:
        return redirect(desk.url("begin"))
    code = code_of(draft.pk)
    page = desk.page(draft=draft, code=f"{code[:4]} {code[4:]}")
    return render(request, "services/apply_saved.html", page)


def receipt_page(case: Case, code: str, item: Item) -> dict[str, Any]:
    """Return what a receipt shows."""
    return {
        "number": case.number,
        "code": f"{code[:4]} {code[4:]}",
        "case": case,
        "title": named(item.row),
        "steps": steps_after_sending(case.town, item, case.opened_at, now()),
    }
