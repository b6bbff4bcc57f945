"""A town whose last export disagrees with what stands here, in each of the ways that wait for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinli.cases.services.verifying import Finding, verify_town
from jinli.exchange.models import Difference, ImportRun, Source
from jinli.exchange.services.reconciling import accept, dispute
from jinli.town.acting import Acting
from jinli.town.moment import frozen_at
from tests.cases.small import Small, at
from tests.exchange.imports.town import hotline, taken, ticket

FIRST, SECOND, THIRD = "2026-09-28 10:05", "2026-09-29 09:00", "2026-09-30 09:00"
#: Kind of difference -> the row as it came first, and as it came next; None is a row that is missing.
ROWS: Mapping[str, tuple[dict[str, str], dict[str, str] | None]] = {
    "vanished": ({}, None),
    "start_changed": ({}, {"派单时间": "2026-09-23 09:00"}),
    "reopened": ({"办结时间": "2026-09-27 11:00"}, {"办结时间": "", "办理时限": "2026-10-12 18:00"}),
    "closed_moved": ({"办结时间": "2026-09-27 11:00"}, {"办结时间": "2026-09-28 18:30"}),
}
LEGAL = {
    "clock": "legal", "field": "any", "text": "",
    "limit": {"amount": 5, "unit": "working_day", "end_rule": "roll", "article": "样本条例第一条", "source": "样本"},
}  # fmt: skip
#: Two rows that stay as they are and show which days the file covers.
EDGES = [ticket("GZ-0", 派单时间="2026-09-22 08:00"), ticket("GZ-9", 派单时间="2026-09-26 20:00")]


def with_rule(small: Small) -> Source:
    """Return the hotline with one limit of the town's own: five working days."""
    source = hotline(small)
    source.rules = [LEGAL]
    source.save()
    return source


def differing(small: Small, source: Source, kind: str) -> Difference:
    """Take two exports that disagree in one way about GZ-1, and return the difference."""
    taken(small, source, [*EDGES, ticket("GZ-1", **ROWS[kind][0])], when=FIRST)
    next_export(small, source, ROWS[kind][1])
    return Difference.objects.get(mirror__foreign_number="GZ-1", kind=kind)


def next_export(small: Small, source: Source, cells: Mapping[str, str] | None, *, when: str = SECOND) -> ImportRun:
    """Take a further export with GZ-1 as these cells have it, or without it."""
    changed = [] if cells is None else [ticket("GZ-1", **cells)]
    return taken(small, source, [*EDGES, *changed], when=when)


def decide(acting: Acting, one: Difference, how: str = "accept", *, when: str = SECOND, **more: Any) -> str:
    """Accept or dispute as the page of this version would."""
    known: dict[str, Any] = {"difference": one.pk, "version": one.version, "key": f"{how}-{one.pk}-{one.version}"}
    with frozen_at(at(when)):
        if how == "accept":
            return accept(acting=acting, **{**known, **more})
        return dispute(acting=acting, **{**known, "reason": "我方核实过", **more})


def clean(small: Small) -> bool:
    """Return whether journal and columns agree everywhere."""
    return not [found for found in verify_town(small.town) if isinstance(found, Finding)]
