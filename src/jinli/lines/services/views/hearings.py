"""The pages of a hearing: tell of the right, take the request, give notice, keep the record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from jinli.cases.selectors.names import staff_of
from jinli.lines.services.forms import acts as forms
from jinli.lines.services.services import acts
from jinli.lines.services.services.acts import OnCase
from jinli.lines.services.views.acts import DESK, OFFICE, both
from jinli.lines.services.views.sheets import Page, answer, matter_view, start
from jinli.town.access import access


@access(*OFFICE)
@both
def tell(request: Any, matter_id: UUID) -> HttpResponse:
    """Tell the applicant of the right to a hearing."""
    view = matter_view(request, matter_id)
    form = forms.TellHearingForm(request.POST or None, initial=start(view))
    page = Page(name="tell_hearing", moves=("tell_hearing",), papers=True)
    return answer(request, view, page, form, lambda on: acts.tell_hearing(on, reason=form.cleaned_data["reason"]))


@access(*DESK)
@both
def ask(request: Any, matter_id: UUID) -> HttpResponse:
    """Keep that the applicant asks for a hearing."""
    view = matter_view(request, matter_id)
    form = forms.BareForm(request.POST or None, initial=start(view))
    return answer(request, view, Page(name="ask_hearing", moves=("ask_hearing",)), form, acts.ask_hearing)


@access(*OFFICE)
@both
def summon(request: Any, matter_id: UUID) -> HttpResponse:
    """Give notice of time and place of the hearing."""
    view = matter_view(request, matter_id)
    staff = [(str(pk), name) for pk, name in staff_of(request.acting).items()]
    form = forms.SummonForm(request.POST or None, initial=start(view), staff=staff)
    page = Page(name="summon_hearing", moves=("summon_hearing",), papers=True)

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        acts.summon_hearing(
            on, held_at=said["held_at"], place=said["place"], chair=said["chair"], reason=said["reason"]
        )

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def hold(request: Any, matter_id: UUID) -> HttpResponse:
    """Keep the record of the hearing."""
    view = matter_view(request, matter_id)
    form = forms.RecordForm(request.POST or None, initial=start(view))
    page = Page(name="hold_hearing", moves=("hold_hearing",), papers=True)

    def act(on: OnCase) -> None:
        present, refused = form.lines("present"), form.lines("refused")
        acts.hold_hearing(on, record=form.cleaned_data["record"], present=present, refused=refused)

    return answer(request, view, page, form, act)
