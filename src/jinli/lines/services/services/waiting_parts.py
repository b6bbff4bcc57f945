"""Drafts that wait within a bundle: whose they are, and what is noted when one of them is sent."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from jinli.cases.models import Link
from jinli.lines.services.models import BundlePart, BundleRun
from jinli.town import moment

#: The kind of the link between the cases of one bundle.
LINK: Final = "bundle"


def run_of_waiting(draft: UUID) -> BundleRun | None:
    """Return the run of a bundle a draft waits in; by its party one person is not met twice."""
    part = BundlePart.objects.filter(draft=draft, case=None).select_related("run__party").first()
    return part.run if part else None


def note_opened(draft: UUID, case: UUID) -> None:
    """Note that the draft of an item that waited became a case, and link it with the first of its bundle."""
    part = BundlePart.objects.filter(draft=draft, case=None).first()
    if part is None:
        return
    first = BundlePart.objects.filter(run=part.run_id, case__isnull=False).order_by("position").first()
    BundlePart.objects.filter(pk=part.pk).update(case=case, opened_by="click")
    if first is not None and first.case is not None:
        Link.objects.create(case=first.case, other_id=case, kind=LINK, at=moment.now())
