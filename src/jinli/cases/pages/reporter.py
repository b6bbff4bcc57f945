"""The reporter of a case: masked for everybody, whole for those whose work needs it, and every look recorded."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from jinli.cases.lines import is_applied_for
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.selectors.visible import DEPARTMENT, FIELD
from jinli.domain.errors import RefusedError
from jinli.town.masking import mask_address, mask_name, mask_telephone
from jinli.ui.words import say


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Who reported, masked; without an address to see the whole the reason why not."""

    shown: str
    address: str
    reveal_url: str
    why_not: str


@dataclass(frozen=True, kw_only=True)
class WholeReporter:
    """Who reported, in full; shown once, after the look was recorded."""

    name: str
    telephone: str
    address: str


def heading(view: CaseView) -> str:
    """Return what stands over whoever is behind the case: the applicant of an application, else the reporter."""
    return say("cases.applicant.title" if is_applied_for(view.case.type_code) else "cases.reporter.title")


def _told(view: CaseView) -> dict[str, str]:
    private = view.first.private or {}
    return {key: str(private.get(key) or "") for key in ("name", "telephone", "address")}


def reporter_of(view: CaseView) -> Reporter | None:
    """Return the reporter masked; None when nobody is named or the data were erased."""
    told = _told(view)
    if not any(told.values()):
        return None
    parts = [
        mask_name(told["name"]) if told["name"] else "",
        mask_telephone(told["telephone"]) if told["telephone"] else "",
    ]
    refused = may_not_read(view)
    return Reporter(
        shown=" • ".join(part for part in parts if part) or say("cases.reporter.unnamed"),
        address=told["address"] if _goes_there(view) else mask_address(told["address"]),
        reveal_url="" if refused else reverse("cases:reporter", args=[view.case.pk]),
        why_not=say(refused.code) if refused else "",
    )


def whole_reporter(view: CaseView) -> WholeReporter:
    """Return the reporter in full.

    Raises
    ------
    RefusedError : the work of the reader does not need it, or not yet.
    """
    refused = may_not_read(view)
    if refused is not None:
        raise refused
    told = _told(view)
    return WholeReporter(name=told["name"], telephone=told["telephone"], address=told["address"])


def _goes_there(view: CaseView) -> bool:
    """Whoever sorts or handles the matter must find the place; it is where the problem is, not where somebody lives."""
    bodies = view.work.state.bodies
    return view.acting.body is not None and view.acting.body in (bodies.get("owner"), bodies.get("handler"))


def may_not_read(view: CaseView) -> RefusedError | None:
    """Return why the reporter stays masked: a department reads it once it has signed in, nobody else beside it.

    An applicant is read by the window and by the body that decides.
    """
    acting, applied = view.acting, is_applied_for(view.case.type_code)
    if "auditor" in acting.roles:
        return RefusedError("cases.applicant.auditor" if applied else "cases.reporter.auditor")
    if acting.reads_all or acting.roles & FIELD:
        return None
    bodies = view.work.state.bodies
    if acting.body is not None and acting.body in (bodies.get("handler"), bodies.get("window")):
        return None  # an office of the town that handles the report goes there and may have to call
    if acting.body is not None and "window" in bodies and acting.body == bodies.get("owner"):
        return None  # who decides on an application knows who applied
    if applied:
        return RefusedError("cases.applicant.not_needed")
    if acting.roles & DEPARTMENT:
        mine = [item for item in view.work.state.assignments.values() if item.body == acting.body]
        if any("signed_at" in item.moments for item in mine):
            return None
        return RefusedError("cases.reporter.sign_in_first")
    return RefusedError("cases.reporter.not_needed")
