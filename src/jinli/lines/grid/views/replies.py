"""The page behind a one-time link: a department without an account answers in full."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jinli.cases.models import AccessLink, Assignment
from jinli.cases.pages.case_moves import refusal_text
from jinli.cases.pages.move_page import version_of
from jinli.cases.selectors.case_view import CaseView, case_view
from jinli.cases.selectors.names import named, titled
from jinli.cases.services.linking import acting_by_link, answer_by_link, check_code, link_of, why_dead
from jinli.cases.services.opening import actor_of
from jinli.domain.errors import ConflictError, DomainError
from jinli.domain.guards import refusal
from jinli.lines.grid.forms.fields import put_error
from jinli.lines.grid.forms.whistles import CodeForm, LinkForm, LinkRefuseForm, LinkReportForm, LinkTextForm
from jinli.lines.grid.selectors import whistle_pages as pages
from jinli.lines.grid.services import links as service
from jinli.lines.grid.services import whistles
from jinli.town import moment
from jinli.town.access import PUBLIC, access
from jinli.ui.words import say, say_error

_FORMS: dict[str, type[LinkForm]] = {
    "sign_in": LinkForm,
    "contact": LinkTextForm,
    "interim": LinkTextForm,
    "report": LinkReportForm,
    "refuse": LinkRefuseForm,
    "ask_extension": LinkTextForm,
    "telephone": LinkForm,
}


@access(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: Any, town_code: str, token: str) -> HttpResponse:
    """Show what a link is for and what may be done by it; opening it spends nothing, an accepted answer does."""
    link = link_of(token, town_code)
    if link is None:
        raise Http404
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    if asked not in _FORMS and why_dead(link):
        return _dead(request, link)
    if link.code_hash and not request.session.get(f"slip-{link.pk}"):
        return _code(request, link, token)
    if asked == "telephone":
        return _contact(request, link, token)
    return _answer(request, link, token, asked) if asked in _FORMS else _show(request, link)


def _dead(request: Any, link: AccessLink) -> HttpResponse:
    told = say(why_dead(link) or "cases.link.spent")
    page = {"told": told, "number": link.case.number, "title": link.case.title}
    return render(request, "grid/whistle_reply_over.html", page, status=410)


def _code(request: Any, link: AccessLink, token: str) -> HttpResponse:
    """Ask for the code of a slip; the browser that knew it need not type it again."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_code(link, token, form.cleaned_data["code"].replace(" ", ""))
        except DomainError as error:
            if why_dead(link):
                return _dead(request, link)
            put_error(form, error)
        else:
            request.session[f"slip-{link.pk}"] = True
            return redirect(request.path)
    page = {"form": form, "number": link.case.number}
    return render(request, "grid/whistle_reply_code.html", page, status=422 if form.errors else 200)


def _view(link: AccessLink) -> CaseView:
    return case_view(acting_by_link(link, "-"), link.case_id, link.case.town, moment.now())


def _show(
    request: Any,
    link: AccessLink,
    *,
    failed: tuple[str, LinkForm] | None = None,
    contact: Any = None,
    status: int = 200,
) -> HttpResponse:
    view, track = _view(link), link.assignment.key
    item = view.work.state.assignments[track]
    assert view.work.procedure.assignment is not None
    start = {"version": version_of(view, track), "name": request.session.get("stated_name", "")}
    forms, closed = [], []
    for code in service.MOVES:
        move = view.work.procedure.assignment.moves[code]
        why = refusal(
            view.work.state, view.work.procedure, move, track, actor_of(view.acting), view.now, view.work.book
        )
        if why is None:
            form = failed[1] if failed and failed[0] == code else _FORMS[code](initial=start, auto_id=f"{code}_%s")
            hint = say(f"grid.whistle.reply.{code}.hint")
            forms.append(
                {"code": code, "label": titled(move.title), "hint": hint, "form": form, "failed": bool(form.errors)}
            )
        elif why.code != "domain.move.not_from_here":
            closed.append({"label": titled(move.title), "why": refusal_text(view, why)})
    page = {
        "number": view.case.number,
        "title": view.case.title,
        "place": pages.place_words(view),
        "reported": pages.report_words(view),
        "body": named(link.assignment.body),
        "role": say(f"grid.whistle.role.{item.role}"),
        "stage": titled(view.work.procedure.assignment.stages[item.stage].title),
        "asked": pages.asked_for(view),
        "clocks": pages.running_clocks(view, track),
        "forms": forms,
        "closed": closed,
        "signed": "signed_at" in item.moments,
        "contact": contact,
        "contact_form": failed[1] if failed and failed[0] == "telephone" else LinkForm(initial=start, auto_id="tel_%s"),
        "url": request.build_absolute_uri(request.path),
        "stage_code": item.stage,
    }
    return render(request, "grid/whistle_reply.html", page, status=status)


def _contact(request: Any, link: AccessLink, token: str) -> HttpResponse:
    """Show the reporter's telephone to a department that has signed in; it is logged and spends nothing."""
    form = LinkForm(request.POST, auto_id="tel_%s")
    if form.is_valid():
        request.session["stated_name"] = form.cleaned_data["name"]
        try:
            return _show(request, link, contact=service.read_contact(link, form.cleaned_data["name"]))
        except DomainError as error:
            put_error(form, error)
    return _show(request, link, failed=("telephone", form), status=422)


def _answer(request: Any, link: AccessLink, token: str, code: str) -> HttpResponse:
    form = _FORMS[code](request.POST, auto_id=f"{code}_%s")
    status = 422
    if form.is_valid():
        said = form.cleaned_data
        held = Assignment.objects.select_related("case__owner", "case__town", "body").get(pk=link.assignment_id)
        try:
            following = answer_by_link(
                link=link,
                token=token,
                name=said["name"],
                seed=said["key"],
                act=lambda acting: _act(acting, code, held, said, service.channel_of(link)),
            )
        except ConflictError as error:
            status = 409
            form.add_error(None, say_error(error, {error.facts.get("move", ""): say("grid.whistle.somebody")}))  # type: ignore[dict-item]
        except DomainError as error:
            if why_dead(link_of(token, link.case.town.code) or link):
                return _dead(request, link_of(token, link.case.town.code) or link)
            field = {"result": "answer", "reason": "answer", "note": "answer"}.get(str(error.facts.get("field")))
            form.add_error(field if field in form.fields else None, refusal_text(_view(link), error))
        else:
            request.session["stated_name"] = said["name"]
            return _next(request, link, following, code)
    elif why_dead(link):
        return _dead(request, link)
    return _show(request, link, failed=(code, form), status=status)


def _act(acting: Any, code: str, held: Assignment, said: dict[str, Any], channel: str) -> None:
    common = {"acting": acting, "assignment": held, "version": said["version"], "channel": channel}
    text = said.get("answer", "")
    if code == "sign_in":
        whistles.sign_in(**common)
    elif code == "report":
        whistles.report(**common, result=text, rating=said.get("rating"))
    elif code == "refuse":
        whistles.refuse(**common, reason=text, legal_basis=said["legal_basis"])
    elif code == "ask_extension":
        whistles.ask_extension(**common, reason=text)
    elif code == "contact":
        whistles.contact(**common, note=text)
    else:
        whistles.interim(**common, note=text)


def _next(request: Any, link: AccessLink, following: str, code: str) -> HttpResponse:
    """Lead on to the next link, or say that all is done."""
    told = say(f"grid.whistle.reply.{code}.done")
    if following:
        messages.info(request, told)
        return redirect(reverse("grid:reply", args=[link.case.town.code, following]))
    page = {"told": told, "number": link.case.number, "title": link.case.title, "finished": True}
    return render(request, "grid/whistle_reply_over.html", page)
