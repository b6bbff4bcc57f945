"""The pages of an enrolment season."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jinli.cases.views.frame import town_of as own_town
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.services.forms.following import ActForm, new_token
from jinli.lines.services.forms.season import WISHES, AnswerForm, PointsForm
from jinli.lines.services.models import Season
from jinli.lines.services.pages.season import season_page, work_page
from jinli.lines.services.selectors.seasons import (
    application_in_season,
    lines_as_told,
    season_of,
    season_view,
    seasons_of,
    told_in,
    wishes_of,
)
from jinli.lines.services.services.acts import OnCase
from jinli.lines.services.services.season.opening import announce, enter_places
from jinli.lines.services.services.season.ranking import answer_appeal, appeal, check_points, seal_ranking, send_offers
from jinli.lines.services.views.acts import OFFICE, both
from jinli.lines.services.views.applications import act_on
from jinli.lines.services.views.online import town_of
from jinli.lines.services.views.sheets import Page, answer, matter_view, start
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.ui.words import say, say_error


@access(PUBLIC)
@require_safe
def published(request: Any, town_code: str, announced_code: str) -> HttpResponse:
    """Show days, places, points table and the digests of the sealed rankings."""
    town = town_of(town_code)
    season = season_of(town, announced_code)
    if season is None or season.announced_at is None:
        raise Http404
    return render(request, "services/season.html", {"town": town, "page": season_page(season_view(season), now())})


@access(PUBLIC)
@never_cache
@require_POST
def appeal_it(request: Any, town_code: str) -> HttpResponse:
    """Appeal against one's own points or rank."""

    def do(town: Division, case: Any, said: Any) -> object:
        reason = request.POST.get("reason", "")[:2000]
        return appeal(town=town, case=case, version=said["version"], reason=reason, key=said["key"])

    return act_on(request, town_code, do, "services.season.appeal.done")


@access(*OFFICE)
@require_safe
def seasons(request: Any) -> HttpResponse:
    """List the seasons of the town."""
    rows = [season_view(one) for one in seasons_of(own_town(request))]
    return render(request, "services/seasons.html", {"rows": rows})


def _season(request: Any, code: str) -> Season:
    found = season_of(own_town(request), code)
    if found is None:
        raise Http404
    return found


@access(*OFFICE)
@require_safe
def work(request: Any, season_code: str) -> HttpResponse:
    """Show a season to its office: what is next, the places, the applications."""
    return _show(request, _season(request, season_code))


def _show(request: Any, season: Season, *, refused: str = "", status: int = 200, **more: Any) -> HttpResponse:
    page = work_page(season, request.acting, now())
    return render(
        request,
        "services/season_work.html",
        {"work": page, "refused": refused, "key": new_token(), **more},
        status=status,
    )


def _act(request: Any, code: str, do: Callable[[Season, ActForm], object], done: str) -> HttpResponse:
    """Do something with a season; a refusal is shown on its page with what was typed."""
    season = _season(request, code)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _show(request, season, refused=say("services.follow.stale"), status=422)
    try:
        do(season, form)
    except DomainError as error:
        status = 409 if isinstance(error, ConflictError) else 422
        return _show(request, _season(request, code), refused=say_error(error), status=status, typed=request.POST)
    messages.success(request, say(done))
    return redirect("services:season-work", season_code=code)


@access(*OFFICE)
@require_POST
def announce_it(request: Any, season_code: str) -> HttpResponse:
    """Announce a season."""

    def do(season: Season, form: ActForm) -> object:
        return announce(acting=request.acting, season=season, key=form.cleaned_data["key"])

    return _act(request, season_code, do, "services.season.announce.done")


@access(*OFFICE)
@require_POST
def places(request: Any, season_code: str) -> HttpResponse:
    """Enter the places of a school."""

    def do(season: Season, form: ActForm) -> None:
        said = request.POST.get("places", "").strip()
        enter_places(
            acting=request.acting, season=season, school=request.POST.get("school", ""),
            places=int(said) if said.isdecimal() and len(said) < 6 else -1, source=request.POST.get("source", "")[:200],
        )  # fmt: skip

    return _act(request, season_code, do, "services.season.places.done")


@access(*OFFICE)
@require_POST
def seal(request: Any, season_code: str) -> HttpResponse:
    """Rank and seal."""

    def do(season: Season, form: ActForm) -> object:
        said = form.cleaned_data
        return seal_ranking(acting=request.acting, season=season, version=said["version"], key=said["key"])

    return _act(request, season_code, do, "services.season.seal.done")


@access(*OFFICE)
@require_POST
def offers(request: Any, season_code: str) -> HttpResponse:
    """Send the offers."""

    def do(season: Season, form: ActForm) -> object:
        said = form.cleaned_data
        return send_offers(acting=request.acting, season=season, version=said["version"], key=said["key"])

    return _act(request, season_code, do, "services.season.offers.done")


def _begin(view: Any) -> tuple[Any, dict[str, Any]]:
    """Return the season of an application and what a form of its points begins with; no season outside any."""
    application = application_in_season(view.case.pk)
    if application is None:
        return None, start(view)
    season = season_view(application.season)
    told = told_in(view.case.pk)
    values = {code: value for code, (value, _) in application.lines.items()}
    values = values or {one.rule.code: one.value for one in lines_as_told(season, told)}
    wishes = [*(application.wishes or wishes_of(season, told)), *[""] * WISHES][:WISHES]
    begin = {f"line-{code}": value for code, value in values.items()}
    return season, start(view, **begin, **{f"wish-{number}": one for number, one in enumerate(wishes, 1)})


@access(*OFFICE)
@both
def points(request: Any, matter_id: UUID) -> HttpResponse:
    """Check the points of an application line by line."""
    view = matter_view(request, matter_id)
    begun = _begin(view)
    form = PointsForm(request.POST or None, view=begun[0], initial=begun[1])
    page = Page(name="check_points", moves=("check_points",))

    def act(on: OnCase) -> None:
        check_points(on, values=form.values(), wishes=form.wishes())

    return answer(request, view, page, form, act)


@access(*OFFICE)
@both
def answer_it(request: Any, matter_id: UUID) -> HttpResponse:
    """Answer an appeal; one that is upheld seals a new edition of the ranking."""
    view = matter_view(request, matter_id)
    begun = _begin(view)
    form = AnswerForm(request.POST or None, view=begun[0], initial=begun[1])
    page = Page(name="answer_appeal", moves=("answer_appeal",))

    def act(on: OnCase) -> None:
        said = form.cleaned_data
        upheld = said["outcome"] == "upheld"
        answer_appeal(on, upheld=upheld, reason=said["reason"], values=form.values(), wishes=form.wishes())

    return answer(request, view, page, form, act)
