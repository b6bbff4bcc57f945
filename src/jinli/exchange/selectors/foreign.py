"""Which of our own cases stand in another system under which number."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from jinli.exchange.models import Mirror, Source
from jinli.town.models import Division


def linked_here(town: Division, system: str, numbers: Collection[str]) -> dict[str, UUID]:
    """Return foreign number -> our own case that was entered there by hand."""
    return {}


def withdrawn_before(source: Source, numbers: Collection[str]) -> dict[str, Mirror]:
    """Return foreign number -> the last mirror that was accepted as gone there, for numbers that come back."""
    rows = Mirror.objects.filter(source=source, foreign_number__in=numbers, current=False, case__stage="withdrawn")
    return {mirror.foreign_number: mirror for mirror in rows.order_by("round").only("foreign_number", "case", "round")}
