"""Pages of acts on an application: each reads, calls one service, and shows. What may be done stands in the rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jinli.cases.selectors.names import staff_of
from jinli.domain import licensing as rules
from jinli.lines.services.forms import acts as forms
from jinli.lines.services.pages.elsewhere_page import handing_over_page, turning_away_page
from jinli.lines.services.pages.panel import correctable, matter_from
from jinli.lines.services.selectors.asking import bodies_to_ask, to_deliver
from jinli.lines.services.selectors.elsewhere import bodies_above
from jinli.lines.services.services import acts
from jinli.lines.services.services.acts import OnCase
from jinli.lines.services.services.acts.delivering import deliver_move
from jinli.lines.services.views.sheets import Page, answer, matter_view, start, track_of
from jinli.town.access import access
from jinli.town.models import Duty

CLERK, OFFICER, CHIEF, HEAD = (
    Duty.Role.WINDOW_CLERK, Duty.Role.DEPARTMENT_OFFICER, Duty.Role.DEPARTMENT_HEAD, Duty.Role.TOWN_HEAD,
)  # fmt: skip
DESK = (CLERK, OFFICER, CHIEF)
OFFICE = (OFFICER, CHIEF)
both = require_http_methods(["GET", "HEAD", "POST"])


@access(*DESK)
@both
def accept(request: Any, matter_id: UUID) -> HttpResponse:
    """Go through the materials, then accept, accept against a promise, or tell everything missing at once."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    rows = matter.item.materials if matter.item else ()
    form = forms.MaterialsForm(request.POST or None, initial=start(view), materials=rows, states=matter.materials)
    page = Page(name="accept", moves=("accept", "one_time_notice"), papers=True, template="services/accept.html")

    def act(on: OnCase) -> None:
        states, by_hand = form.states(), form.cleaned_data["by_hand"]
        wanted = request.POST.get("what") or "accept"
        if wanted == "notice":
            acts.one_time_notice(on, materials=states)
        elif rules.LATER in states.values() and rules.MISSING not in states.values():
            acts.accept_with_promise(on, materials=states, by_hand=by_hand)
        else:
            acts.accept(on, materials=states, by_hand=by_hand)

    promised = bool(matter.limits) or matter.procedure == "licence"
    told, what = matter.did("one_time_notice"), request.POST.get("what", "")
    return answer(request, view, page, form, act, {"told": told, "promised": promised, "what": what})


@access(*DESK)
@both
def refuse_acceptance(request: Any, matter_id: UUID) -> HttpResponse:
    """Refuse acceptance, and name the authority whose power it is."""
    view = matter_view(request, matter_id)
    found = turning_away_page(view, matter_from(view.work, request.acting)[0])
    form = forms.RefuseAcceptanceForm(request.POST or None, initial=start(view, **found.first))
    page = Page(name="refuse_acceptance", moves=("refuse_acceptance",), papers=True, template="services/elsewhere.html")

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        acts.refuse_acceptance(
            on, reason=said["reason"], legal_basis=said["legal_basis"], authority=said["authority"],
            not_ours=said["ground"] == "not_ours",
        )  # fmt: skip

    return answer(request, view, page, form, act, {"elsewhere": found})


@access(*DESK)
@both
def hand_over(request: Any, matter_id: UUID) -> HttpResponse:
    """Hand an application over to the authority whose power it is."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    found = handing_over_page(view, matter)
    form = forms.HandOverForm(request.POST or None, initial=start(view, **found.first), bodies=bodies_above(matter))
    page = Page(name="hand_over", moves=("hand_over",), papers=True, template="services/elsewhere.html")

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        acts.hand_over(on, to=said["to"], reason=said["reason"], legal_basis=said["legal_basis"])

    return answer(request, view, page, form, act, {"elsewhere": found})


@access(*DESK)
@both
def correct(request: Any, matter_id: UUID) -> HttpResponse:
    """Let the applicant correct the form on the spot."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    held = correctable(matter)
    form = forms.CorrectForm(request.POST or None, initial=start(view), held=held)
    page = Page(name="correct", moves=("correct_on_spot",))
    return answer(request, view, page, form, lambda on: acts.correct_on_spot(on, form=form.changes()))


@access(*DESK)
@both
def supply(request: Any, matter_id: UUID) -> HttpResponse:
    """Take materials that were missing or promised."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    codes = rules.of_state(matter.materials, rules.MISSING, rules.LATER) or tuple(matter.materials)
    waiting = [(code, matter.names.get(code, code)) for code in codes]
    form = forms.SupplyForm(request.POST or None, request.FILES or None, initial=start(view), waiting=waiting)
    page = Page(name="supply", moves=("supply", "supply_last"), template="services/supply.html")

    def act(on: OnCase) -> None:
        sent = [(code, one) for code, uploads in form.uploads().items() for one in uploads]
        acts.supply(on, codes=form.handed(), uploads=[one for _, one in sent], belongs=[code for code, _ in sent])

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def ask(request: Any, matter_id: UUID) -> HttpResponse:
    """Ask other bodies for their opinions."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    asked = bodies_to_ask(matter)
    first = start(view, lead=next(iter(asked.usual), ""), assisting=list(asked.usual[1:]))
    form = forms.AskForm(request.POST or None, initial=first, bodies=asked.offered)

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        acts.ask_opinions(on, lead=said["lead"], assisting=said["assisting"], days=said["days"])

    return answer(request, view, Page(name="ask", moves=("ask_opinions",)), form, act)


@access(*OFFICE)
@both
def opinion(request: Any, matter_id: UUID) -> HttpResponse:
    """Give the opinion of one's own body."""
    view = matter_view(request, matter_id)
    track = track_of(request, view)
    form = forms.OpinionForm(request.POST or None, initial=start(view, track))
    page = Page(name="opinion", moves=("give_opinion",), track=track, template="services/opinion.html")

    def act(on: OnCase) -> None:
        acts.give_opinion(on, answer=form.cleaned_data["answer"], reply=form.cleaned_data["reply"])

    elsewhere = f"{reverse('cases:move', args=[view.case.pk, 'not_ours'])}?track={track}"
    return answer(request, view, page, form, act, {"not_ours_url": elsewhere})


@access(*OFFICE)
@both
def special(request: Any, matter_id: UUID) -> HttpResponse:
    """Begin a procedure of article 45."""
    view = matter_view(request, matter_id)
    form = forms.SpecialForm(request.POST or None, initial=start(view))
    page = Page(name="special", moves=("begin_special",), papers=True)

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        acts.begin_special(on, kind=said["kind"], reason=said["reason"], until=said["until"])

    return answer(request, view, page, form, act)


@access(CHIEF, HEAD)
@both
def extend(request: Any, matter_id: UUID) -> HttpResponse:
    """Extend the limit, once."""
    view = matter_view(request, matter_id)
    form = forms.ExtendForm(request.POST or None, initial=start(view, amount=10))
    page = Page(name="extend", moves=("extend",), papers=True)

    def act(on: OnCase) -> None:
        acts.extend(on, amount=form.cleaned_data["amount"], reason=form.cleaned_data["reason"])

    return answer(request, view, page, form, act)


@access(*DESK)
@both
def decide(request: Any, matter_id: UUID) -> HttpResponse:
    """Grant or refuse, with the paper to look at first."""
    view = matter_view(request, matter_id)
    kind, stage = view.work.procedure.code, view.work.state.stage
    dated = kind in ("licence", "confirmation")
    form = forms.DecideForm(request.POST or None, initial=start(view), payment=kind == "payment", dated=dated)
    granting = ("grant_at_once",) if stage == "received" else ("grant", "refuse")
    page = Page(
        name="decide", moves=("refuse",) if kind == "payment" else granting, papers=True,
        template="services/decide.html",
    )  # fmt: skip

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        if said["decision"] == "refuse":
            acts.refuse(on, reason=said["reason"], legal_basis=said["legal_basis"])
            return
        term = {name: said.get(name) for name in ("valid_from", "valid_to")}
        if stage == "received":
            acts.grant_at_once(on, reason=said["reason"], conditions=said["conditions"], **term)
        else:
            acts.grant(on, reason=said["reason"], conditions=said["conditions"], **term)

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def verify(request: Any, matter_id: UUID) -> HttpResponse:
    """Keep what two persons found on site."""
    view = matter_view(request, matter_id)
    staff = [(str(pk), name) for pk, name in staff_of(request.acting).items()]
    form = forms.VerifyForm(request.POST or None, initial=start(view), staff=staff)

    def act(on: OnCase) -> None:
        acts.verify_on_site(on, people=form.cleaned_data["people"], result=form.cleaned_data["result"])

    return answer(request, view, Page(name="verify", moves=("verify_on_site",)), form, act)


@access(*DESK)
@both
def deliver(request: Any, matter_id: UUID) -> HttpResponse:
    """Deliver what was decided."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    form = forms.DeliverForm(request.POST or None, initial=start(view, way="counter", delivered=to_deliver(matter)))
    page = Page(name="deliver", moves=(deliver_move(matter),), papers=True)

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        acts.deliver(on, way=said["way"], receiver=said["receiver"], delivered=said["delivered"], place=said["place"])

    return answer(request, view, page, form, act)


@access(*DESK)
@both
def end(request: Any, matter_id: UUID) -> HttpResponse:
    """End the case because what was promised never came."""
    view = matter_view(request, matter_id)
    form = forms.EndForm(request.POST or None, initial=start(view))
    page = Page(name="end", moves=("end_missing",), papers=True)

    def act(on: OnCase) -> None:
        acts.end_missing(on, reason=form.cleaned_data["reason"], legal_basis=form.cleaned_data["legal_basis"])

    return answer(request, view, page, form, act)


@access(CLERK)
@both
def withdraw(request: Any, matter_id: UUID) -> HttpResponse:
    """Take an application back for the applicant at the counter."""
    view = matter_view(request, matter_id)
    form = forms.WithdrawForm(request.POST or None, initial=start(view))
    page = Page(name="withdraw", moves=("withdraw",), papers=view.work.procedure.code != "assisted")
    return answer(request, view, page, form, lambda on: acts.withdraw(on, reason=form.cleaned_data["reason"]))


@access(*DESK)
@both
def submit(request: Any, matter_id: UUID) -> HttpResponse:
    """Keep that it was submitted to the system that decides, with its number."""
    view = matter_view(request, matter_id)
    form = forms.SubmitForm(request.POST or None, initial=start(view))
    page = Page(name="submit", moves=("submit_there",), papers=True)

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        acts.submit_there(on, foreign_number=said["foreign_number"], note=said["note"])

    return answer(request, view, page, form, act)
