"""An applicant's applications: the receipt, the list, one of them, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jinli.cases.models import Case
from jinli.cases.services.opening import tracking_code
from jinli.domain.errors import ConflictError, DomainError
from jinli.lines.services.forms.filling import named, uploads_in
from jinli.lines.services.forms.following import ActForm, RateForm, ResumeForm, TrackForm
from jinli.lines.services.models import Draft
from jinli.lines.services.pages.my_grants import paper_lines
from jinli.lines.services.pages.season import parent_page
from jinli.lines.services.selectors.bundles import PREFIX, case_rows, offered_bundles, run_of_case
from jinli.lines.services.selectors.items import item_of, offered_items
from jinli.lines.services.selectors.own_papers import papers_for
from jinli.lines.services.selectors.procedures import PROCEDURES
from jinli.lines.services.selectors.progress import applications_of, case_by_code, progress_of
from jinli.lines.services.services.applying import ONLINE
from jinli.lines.services.services.drafting import alive, draft_by_code
from jinli.lines.services.services.rating import rate
from jinli.lines.services.services.supplying import Handed, applicant_of, withdraw
from jinli.lines.services.services.supplying import hand_in as hand_in_materials
from jinli.lines.services.views.kept import RECEIPT, TRACKED, keep, keep_draft, kept, party_of, tracked
from jinli.lines.services.views.online import identity_url, town_of
from jinli.lines.services.views.steps import belongs, receipt_page
from jinli.town.access import PUBLIC, access
from jinli.town.models import Division
from jinli.town.moment import now
from jinli.town.rate import attempts, note_attempt
from jinli.town.selectors import local_day
from jinli.ui.words import say, say_error

WRONG_CODES: Final = 8
_QUARTER: Final = timedelta(minutes=15)


@access(PUBLIC)
@never_cache
@require_safe
def receipt(request: Any, town_code: str) -> HttpResponse:
    """Show number and code for ten minutes after sending, and what comes next."""
    town = town_of(town_code)
    page = receipt_at(request, town)
    return render(
        request, "services/apply_receipt.html", {"receipt": page, "town": town, "base": "services/public_base.html"}
    )


def receipt_at(request: Any, town: Division) -> dict[str, Any] | None:
    """Return what the receipt in this browser shows, nothing when it is over."""
    held = kept(request, town, RECEIPT)
    case = (
        Case.objects.select_related("town", "owner").filter(town=town, pk=UUID(held["case"])).first() if held else None
    )
    if case is None:
        return None
    page = receipt_page(case, tracking_code(held["key"]), item_of(town, case.class_code))
    return {**page, "papers": paper_lines(town, papers_for(case))}


@access(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Any, town_code: str) -> HttpResponse:
    """List what the signed-in applicant applied for; without sign-in ask for number and code."""
    town = town_of(town_code)
    form = TrackForm(request.POST or None)
    if request.method == "POST":
        answer = _look_up(request, town, form)
        if answer is not None:
            return answer
    party = party_of(request, town)
    page = {
        "town": town, "party": party, "form": form, "identity_url": identity_url(town, request.path),
        "resume": ResumeForm(prefix="resume"),
        "rows": applications_of(town, party.pk, now()) if party else [], "drafts": _drafts(town, party),
    }  # fmt: skip
    return render(request, "services/applications.html", page, status=422 if form.errors else 200)


def _drafts(town: Division, party: Any) -> list[tuple[str, Draft]]:
    """Return the drafts of a party with the names of their matters."""
    if party is None:
        return []
    day = local_day(town, now())
    names = {one.code: named(one.row) for one in offered_items(town, day)}
    names |= {f"{PREFIX}{one.code}": named(one.row) for one in offered_bundles(town, day)}
    rows = alive(town).filter(party=party).order_by("-changed_at")[:20]
    return [(names[one.item], one) for one in rows if one.item in names]


def _look_up(request: Any, town: Division, form: TrackForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    caller = f"{town.code}:{request.META.get('REMOTE_ADDR', '')}"
    if attempts("application", caller) >= WRONG_CODES:
        form.add_error(None, say("services.follow.too_many"))
        return None
    found = case_by_code(town, form.cleaned_data["number"], form.cleaned_data["code"])
    if found is None:
        note_attempt("application", caller, span=_QUARTER)
        form.add_error(None, say("services.follow.wrong"))
        return None
    answer = redirect("services:application", town_code=town.code)
    keep(answer, request, town, TRACKED, {"case": found.pk.hex})
    return answer


@access(PUBLIC)
@never_cache
@require_POST
def resume(request: Any, town_code: str) -> HttpResponse:
    """Go on with a draft: by its code, or by sign-in when it is one's own."""
    town = town_of(town_code)
    caller = f"{town.code}:{request.META.get('REMOTE_ADDR', '')}"
    party = party_of(request, town)
    own = next((one for one in alive(town).filter(party=party) if str(one.pk) == request.POST.get("own")), None)
    own = own if party is not None else None
    too_many = attempts("draft", caller) >= WRONG_CODES
    draft = own or (None if too_many else draft_by_code(town, request.POST.get("resume-draft", "")))
    if draft is not None and not belongs(draft, party):
        messages.error(request, say("services.follow.sign_in_first"))
        return redirect("services:applications", town_code=town.code)
    if draft is None:
        note_attempt("draft", caller, span=_QUARTER)
        messages.error(request, say("services.follow.too_many" if too_many else "services.follow.no_draft"))
        return redirect("services:applications", town_code=town.code)
    answer = redirect("services:apply-fill", town_code=town.code, item_code=draft.item)
    if draft.item.startswith(PREFIX):
        bundle = draft.item.removeprefix(PREFIX)
        answer = redirect("services:together-fill", town_code=town.code, bundle_code=bundle)
    keep_draft(answer, request, town, draft.item, draft.pk)
    return answer


def case_here(request: Any, town: Division) -> Case | None:
    """Return the application this browser may see: one's own by its number, else the one looked up here."""
    number = request.GET.get("number") or request.POST.get("number") or ""
    party = party_of(request, town)
    if party is not None and number:
        rows = Case.objects.select_related("town", "owner")
        return rows.filter(town=town, reporter=party, number=number, type_code__in=PROCEDURES).first()
    found = tracked(request, town)
    if found is None or number in ("", found.number):
        return found
    together = run_of_case(found.pk)  # who has the code of one case of a bundle follows all of it
    return next((one for one in case_rows(together) if one.number == number), None) if together else None


@access(PUBLIC)
@never_cache
@require_safe
def one(request: Any, town_code: str) -> HttpResponse:
    """Show how one application stands."""
    town = town_of(town_code)
    case = case_here(request, town)
    if case is None:
        return redirect("services:applications", town_code=town.code)
    return _show(request, case)


def _show(
    request: Any, case: Case, *, form: RateForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    found = progress_of(case, now())
    start = {"version": found.version}
    page = {
        "town": case.town, "progress": found, "act": ActForm(initial=start, auto_id=False), "refused": refused,
        "rate": form or (RateForm(initial=start) if found.may_rate else None),
        "together": run_of_case(case.pk) is not None, "season": parent_page(case, now()),
        "papers": paper_lines(case.town, papers_for(case)),
    }  # fmt: skip
    return render(request, "services/application.html", page, status=status)


def act_on(request: Any, town_code: str, do: Callable[[Division, Case, Any], object], done: str) -> HttpResponse:
    """Do something with an application; a refusal is shown on its page."""
    town = town_of(town_code)
    case = case_here(request, town)
    if case is None:
        return redirect("services:applications", town_code=town.code)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _show(request, case, refused=say("services.follow.stale"), status=422)
    try:
        do(town, case, form.cleaned_data)
    except DomainError as error:
        return _show(request, case, refused=say_error(error), status=409 if isinstance(error, ConflictError) else 422)
    messages.success(request, say(done))
    answer = redirect("services:application", town_code=town.code)
    keep(answer, request, town, TRACKED, {"case": case.pk.hex})
    return answer


@access(PUBLIC)
@require_POST
def hand_in(request: Any, town_code: str) -> HttpResponse:
    """Hand in what is missing."""

    def do(town: Division, case: Case, said: Any) -> object:
        wanted = [one.code for one in progress_of(case, now()).wanting]
        handed = Handed(files={code: uploads_in(code, request.FILES) for code in wanted})
        return hand_in_materials(
            acting=applicant_of(town), case=case.pk, version=said["version"], handed=handed, channel=ONLINE,
            key=said["key"],
        )  # fmt: skip

    return act_on(request, town_code, do, "services.supply.done")


@access(PUBLIC)
@require_POST
def take_back(request: Any, town_code: str) -> HttpResponse:
    """Withdraw an application."""

    def do(town: Division, case: Case, said: Any) -> object:
        return withdraw(town=town, case=case.pk, version=said["version"], key=said["key"])

    return act_on(request, town_code, do, "services.withdraw.done")


@access(PUBLIC)
@require_POST
def rate_it(request: Any, town_code: str) -> HttpResponse:
    """Rate how it was handled."""
    score = request.POST.get("score", "")

    def do(town: Division, case: Case, said: Any) -> object:
        return rate(
            town=town, case=case.pk, version=said["version"], score=int(score) if score.isdigit() else 0,
            note=request.POST.get("note", "")[:500], key=said["key"],
        )  # fmt: skip

    return act_on(request, town_code, do, "services.rate.done")
