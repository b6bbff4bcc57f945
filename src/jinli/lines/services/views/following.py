"""Pages of acts after a grant on a promise, of temporary aid, and of what another system decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from jinli.cases.selectors.names import staff_of
from jinli.domain import licensing as rules
from jinli.lines.services.forms import steps as forms
from jinli.lines.services.pages.panel import matter_from
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import acts
from jinli.lines.services.services.acts import OnCase
from jinli.lines.services.services.acts.aiding import publicity_text
from jinli.lines.services.views.acts import DESK, OFFICE, both
from jinli.lines.services.views.sheets import Page, answer, matter_view, start
from jinli.town.access import access
from jinli.town.acting import Acting


def _staff(acting: Acting) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in staff_of(acting).items()]


def _waiting(matter: Matter) -> list[tuple[str, str]]:
    codes = rules.of_state(matter.materials, rules.MISSING, rules.LATER)
    return [(code, matter.names.get(code, code)) for code in codes]


@access(*OFFICE)
@both
def on_promise(request: Any, matter_id: UUID) -> HttpResponse:
    """Grant on a promise, with the paper to look at first."""
    view = matter_view(request, matter_id)
    form = forms.PromiseForm(request.POST or None, initial=start(view))
    page = Page(name="grant_on_promise", moves=("grant_on_promise",), papers=True)

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        names = ("reason", "promise", "conditions", "valid_from", "valid_to")
        acts.grant_on_promise(on, **{name: said[name] for name in names})

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def check(request: Any, matter_id: UUID) -> HttpResponse:
    """Say what two persons found when they checked what was promised, or whether it was mended."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    mending = view.work.state.stage == "rectifying"
    form = forms.CheckForm(
        request.POST or None, initial=start(view), waiting=_waiting(matter), staff=_staff(request.acting),
        found=("kept",) if mending else ("kept", "broken"),
    )  # fmt: skip
    moves = ("rectified",) if mending else ("check_kept", "check_broken")
    page = Page(name="check_mended" if mending else "check", moves=moves)

    def act(on: OnCase) -> None:
        said, known = form.cleaned_data, {"people": form.cleaned_data["people"], "seen": form.codes()}
        if said["found"] == "broken":
            acts.check_broken(on, reason=said["result"], **known)
        else:
            (acts.rectified if mending else acts.check_kept)(on, result=said["result"], **known)

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def revoke(request: Any, matter_id: UUID) -> HttpResponse:
    """Revoke what was granted on a promise that was not kept, with the paper to look at first."""
    view = matter_view(request, matter_id)
    form = forms.RevokeForm(request.POST or None, initial=start(view))
    page = Page(name="revoke_promised", moves=("revoke_promised",), papers=True)

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        acts.revoke_promised(on, reason=said["reason"], legal_basis=said["legal_basis"], heard=said["heard"])

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def visit(request: Any, matter_id: UUID) -> HttpResponse:
    """Say what two persons saw at the household."""
    view = matter_view(request, matter_id)
    form = forms.VisitForm(request.POST or None, initial=start(view), staff=_staff(request.acting))
    page = Page(name="visit_household", moves=("visit_household",))

    def act(on: OnCase) -> None:
        acts.visit_household(on, people=form.cleaned_data["people"], result=form.cleaned_data["result"])

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def publicity(request: Any, matter_id: UUID) -> HttpResponse:
    """Hang out what is proposed, with the name masked."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    form = forms.PublicityForm(request.POST or None, initial=start(view, note=publicity_text(matter)))
    page = Page(name="begin_publicity", moves=("begin_publicity",))

    def act(on: OnCase) -> None:
        acts.begin_publicity(on, place=form.cleaned_data["place"], note=form.cleaned_data["note"])

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def objection(request: Any, matter_id: UUID) -> HttpResponse:
    """Go back to the examination because somebody objected."""
    view = matter_view(request, matter_id)
    form = forms.ReasonForm(request.POST or None, initial=start(view))
    page = Page(name="objection", moves=("objection",))
    return answer(request, view, page, form, lambda on: acts.objection(on, reason=form.cleaned_data["reason"]))


@access(*OFFICE)
@both
def complete(request: Any, matter_id: UUID) -> HttpResponse:
    """Say that the papers of aid paid at once are complete."""
    view = matter_view(request, matter_id)
    matter, _ = matter_from(view.work, request.acting)
    form = forms.CompleteForm(request.POST or None, initial=start(view), waiting=_waiting(matter))
    page = Page(name="complete", moves=("complete",))

    def act(on: OnCase) -> None:
        acts.complete(on, result=form.cleaned_data["result"], seen=form.codes())

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def reclaim(request: Any, matter_id: UUID) -> HttpResponse:
    """Decide that aid paid at once is to be paid back, with the paper to look at first."""
    view = matter_view(request, matter_id)
    form = forms.ReclaimForm(request.POST or None, initial=start(view))
    page = Page(name="reclaim", moves=("reclaim",), papers=True)

    def act(on: OnCase) -> None:
        acts.reclaim(on, reason=form.cleaned_data["reason"], legal_basis=form.cleaned_data["legal_basis"])

    return answer(request, view, page, form, act)


@access(*DESK)
@both
def looked(request: Any, matter_id: UUID) -> HttpResponse:
    """Say how far it is in the system that decides."""
    view = matter_view(request, matter_id)
    form = forms.NoteForm(request.POST or None, initial=start(view))
    page = Page(name="looked", moves=("looked",))
    return answer(request, view, page, form, lambda on: acts.looked(on, note=form.cleaned_data["note"]))


@access(*DESK)
@both
def sent_back(request: Any, matter_id: UUID) -> HttpResponse:
    """Say what the system that decides sent back."""
    view = matter_view(request, matter_id)
    form = forms.ReasonForm(request.POST or None, initial=start(view))
    page = Page(name="sent_back_there", moves=("sent_back_there",))
    return answer(request, view, page, form, lambda on: acts.sent_back_there(on, reason=form.cleaned_data["reason"]))


@access(*DESK)
@both
def done_there(request: Any, matter_id: UUID) -> HttpResponse:
    """Say what the other system decided."""
    view = matter_view(request, matter_id)
    form = forms.ResultForm(request.POST or None, initial=start(view))
    page = Page(name="done_there", moves=("done_there",))
    return answer(request, view, page, form, lambda on: acts.done_there(on, result=form.cleaned_data["result"]))


@access(*DESK)
@both
def refused_there(request: Any, matter_id: UUID) -> HttpResponse:
    """Say that and why the other system refused."""
    view = matter_view(request, matter_id)
    form = forms.ReasonForm(request.POST or None, initial=start(view))
    page = Page(name="refused_there", moves=("refused_there",))
    return answer(request, view, page, form, lambda on: acts.refused_there(on, reason=form.cleaned_data["reason"]))


@access(*OFFICE)
@both
def stake_out(request: Any, matter_id: UUID) -> HttpResponse:
    """Say what two persons staked out."""
    view = matter_view(request, matter_id)
    form = forms.StakeForm(request.POST or None, initial=start(view), staff=_staff(request.acting))
    page = Page(name="stake_out", moves=("stake_out",))

    def act(on: OnCase) -> None:
        acts.stake_out(on, people=form.cleaned_data["people"], result=form.cleaned_data["result"])

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def built(request: Any, matter_id: UUID) -> HttpResponse:
    """Say what two persons found when they checked the finished house."""
    view = matter_view(request, matter_id)
    form = forms.BuiltForm(request.POST or None, initial=start(view), staff=_staff(request.acting))
    page = Page(name="built", moves=("built_as_approved", "built_differently"))

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        if said["found"] == "broken":
            acts.built_differently(on, people=said["people"], reason=said["result"])
        else:
            acts.built_as_approved(on, people=said["people"], result=said["result"])

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def enforce(request: Any, matter_id: UUID) -> HttpResponse:
    """Pass to enforcement what was not mended in time."""
    view = matter_view(request, matter_id)
    form = forms.ReclaimForm(request.POST or None, initial=start(view))
    page = Page(name="pass_to_enforcement", moves=("pass_to_enforcement",))

    def act(on: OnCase) -> None:
        acts.pass_to_enforcement(on, reason=form.cleaned_data["reason"], legal_basis=form.cleaned_data["legal_basis"])

    return answer(request, view, page, form, act)
