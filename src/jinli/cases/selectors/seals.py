"""The seals of a town, for the public and for those who verify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jinli.cases.models import Seal
from jinli.town.models import Division

ON_A_PAGE = 60


@dataclass(frozen=True, kw_only=True)
class SealPage:
    """Some seals, the newest first, and the number before which the next page begins (0 on the last)."""

    rows: tuple[Seal, ...]
    last_at: datetime | None
    next: int


def seal_page(town: Division, before: str = "") -> SealPage:
    """Return a page of seals without the lists they were made from. Two queries."""
    seals = Seal.objects.filter(town=town).order_by("-number").defer("heads")
    newest = seals.first()
    rows = seals.filter(number__lt=int(before)) if before.isdecimal() and len(before) < 10 else seals
    found = list(rows[: ON_A_PAGE + 1])
    shown = tuple(found[:ON_A_PAGE])
    return SealPage(
        rows=shown,
        last_at=newest.sealed_at if newest else None,
        next=shown[-1].number if len(found) > ON_A_PAGE else 0,
    )
