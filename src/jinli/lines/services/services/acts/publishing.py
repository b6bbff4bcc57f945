"""Publish licence decisions within seven working days (双公示, DOMAIN.md J18), and correct what was published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from jinli.cases.models import Paper
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.services.models import Publication
from jinli.lines.services.selectors.authority import authority_of
from jinli.lines.services.selectors.matters import Matter
from jinli.lines.services.services import contents
from jinli.lines.services.services.acts.making import Act, OnCase, carry_out
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.masking import mask_name

#: What a correction may change; what was decided, when and about whom stays.
CORRECTABLE: Final = ("document_number", "content", "valid_from", "valid_to", "note")
_PROMISED: Final = ("promised", "to_check", "rectifying")
_NATURAL: Final = ("person", "household", "")


def publish_move(stage: str) -> str:
    """Return which of the publications fits the stage: after delivery, of a grant on a promise, else the first."""
    return "publish_last" if stage == "delivered" else "publish_promised" if stage in _PROMISED else "publish"


def publish(on: OnCase) -> str:
    """Publish a granted licence; of a natural person only the masked name, never a number."""

    def decide(matter: Matter) -> Act:
        return Act(move=publish_move(matter.work.state.stage))

    def after(matter: Matter) -> None:
        Publication.objects.create(
            town=matter.case.town,
            case=matter.case,
            decided_on=_decided_on(matter),
            published_at=matter.now,
            content=published(matter),
            simulated=matter.case.simulated,
        )

    return carry_out(on, decide, after=after)


def published(matter: Matter) -> dict[str, str]:
    """Return the columns of a licence as the public reads them."""
    kind = str(matter.private.get("applicant_kind") or "")
    said = contents.applicant_of(matter)
    name = said["applicant"] if isinstance(said["applicant"], str) else said["applicant"]["zh"]
    natural = kind in _NATURAL
    facts = matter.work.state.facts
    owner = authority_of(matter)
    names = matter.body_names(owner.body)
    scope = contents.scope_of(matter)
    return {
        "holder": mask_name(name) if natural else name,
        "holder_kind": kind,
        "holder_code": "" if natural else str(said["applicant_code"]),
        "document": contents.both("services.publication.document", title=matter.case.title)["zh"],
        "document_number": _decision_number(matter),
        "content": scope if isinstance(scope, str) else scope["zh"],
        "decided_on": _decided_on(matter).isoformat(),
        "valid_from": str(facts.get("valid_from", "")),
        "valid_to": str(facts.get("valid_to", "")),
        "authority": names.get(owner.body, owner.body),
        "case_number": matter.case.number,
        "note": "",
    }


def _decision_number(matter: Matter) -> str:
    rows = Paper.objects.filter(case=matter.case, kind="decision_grant").order_by("-entry_seq")
    return str(rows.values_list("number", flat=True).first() or "")


def _decided_on(matter: Matter) -> date:
    at: datetime = matter.work.state.moments.get("decided_at", matter.now)
    return at.astimezone(matter.work.book.calendar.zone).date()


def correct_publication(
    *, acting: Acting, publication: UUID, seen: datetime, changed_on: date, reason: str, changes: Mapping[str, str]
) -> Publication:
    """Correct what was published because the decision was altered; three working days count from that day.

    `seen` is when what the page showed was published or last changed. Raises InvalidInputError
    `services.publication.nothing_changed`, RefusedError `services.publication.gone`, `services.publication.meanwhile`.
    """
    wanted = {name: value.strip() for name, value in changes.items() if name in CORRECTABLE}
    return _settle(acting, publication, seen, changed_on, reason, wanted, Publication.State.CORRECTED)


def withdraw_publication(
    *, acting: Acting, publication: UUID, seen: datetime, changed_on: date, reason: str
) -> Publication:
    """Take a publication down because the decision was annulled; the row stays, marked, without its content."""
    return _settle(acting, publication, seen, changed_on, reason, {}, Publication.State.WITHDRAWN)


def _settle(
    acting: Acting,
    publication: UUID,
    seen: datetime,
    changed_on: date,
    reason: str,
    changes: Mapping[str, str],
    state: str,
) -> Publication:
    if not reason.strip():
        raise InvalidInputError("services.publication.reason_needed", field="reason")
    now = moment.now()
    with transaction.atomic():
        rows = Publication.objects.select_for_update(of=("self",)).select_related("case__owner")
        row = rows.get(pk=publication, town=acting.town)
        owner = row.case.owner
        if owner is None or owner.code != acting.body:
            raise RefusedError("services.publication.not_yours", owner=owner.name if owner else "")
        if row.state == Publication.State.WITHDRAWN:
            raise RefusedError("services.publication.gone")
        if (row.settled_at or row.published_at) != seen:
            raise RefusedError("services.publication.meanwhile")
        changed = {name: value for name, value in changes.items() if value != row.content.get(name, "")}
        if state == Publication.State.CORRECTED and not changed:
            raise InvalidInputError("services.publication.nothing_changed", field="content")
        if changed_on > now.date() or changed_on < row.decided_on:
            raise InvalidInputError("services.publication.changed_on_range", field="changed_on")
        before: dict[str, Any] = {
            "at": now.isoformat(), "by": str(acting.person or ""), "changed_on": changed_on.isoformat(),
            "reason": reason.strip(), "content": row.content,
        }  # fmt: skip
        row.history = [*row.history, before]
        row.content = {**row.content, **changed}
        row.state, row.changed_on, row.settled_at = state, changed_on, now
        row.save(update_fields=["history", "content", "state", "changed_on", "settled_at"])
    return row
