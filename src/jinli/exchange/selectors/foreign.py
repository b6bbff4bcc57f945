"""Which of our own cases stand in another system under which number."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from jinli.cases.models import Case
from jinli.cases.selectors.listing import record_of
from jinli.cases.selectors.visible import visible_cases
from jinli.exchange.models import ForeignRecord, Mirror, Source
from jinli.town.acting import Acting
from jinli.town.models import Division


def case_by_foreign_number(town: Division, system: str) -> dict[str, UUID]:
    """Return foreign number -> our own case, of all that were entered in a system by hand. One query."""
    return dict(_of_source(town, system).values_list("foreign_number", "case_id"))


def linked_here(town: Division, system: str, numbers: Collection[str]) -> dict[str, UUID]:
    """Return foreign number -> our own case that was entered there by hand, of these numbers. One query."""
    rows = _of_source(town, system).filter(foreign_number__in=numbers)
    return dict(rows.values_list("foreign_number", "case_id"))


def _of_source(town: Division, system: str) -> QuerySet[ForeignRecord]:
    """Return what was noted for the system of a source: of the same code, or of the name that people gave the source.

    Whoever drops the first file names the source and is asked for no code.
    """
    name = Source.objects.filter(town=town, code=system).values("name")[:1]
    rows = ForeignRecord.objects.filter(town=town)
    return rows.filter(Q(system=system) | Q(system_name=Subquery(name)))


def records_in(town: Division | int, system: str, system_name: str) -> list[str]:
    """Return how cases name a system that decides them: by its code, or by a source of its name. One query."""
    codes = Source.objects.filter(town=town, name=system_name).values_list("code", flat=True)
    return [record_of(code) for code in dict.fromkeys((system, *codes))]


def withdrawn_before(source: Source, numbers: Collection[str]) -> dict[str, Mirror]:
    """Return foreign number -> the last mirror that was accepted as gone there, for numbers that come back."""
    rows = Mirror.objects.filter(source=source, foreign_number__in=numbers, current=False, case__stage="withdrawn")
    return {mirror.foreign_number: mirror for mirror in rows.order_by("round").only("foreign_number", "case", "round")}


def records_of(case: Case) -> tuple[ForeignRecord, ...]:
    """Return where a case stands elsewhere, the last noted first. One query."""
    return tuple(ForeignRecord.objects.filter(case=case).order_by("-noted_at", "-id"))


def mirrors_numbered(town: Division | int, records: Collection[str], foreign_number: str) -> list[UUID]:
    """Return the mirrors that an import brought under a number, of systems as cases name them. One query."""
    rows = Case.objects.filter(town=town, system_of_record__in=records, foreign_number=foreign_number)
    return list(rows.order_by("opened_at", "id").values_list("pk", flat=True))


def holder_of(town: Division | int, system: str, foreign_number: str, but: Case) -> Case | None:
    """Return the other case that stands in a system under a number, None when there is none. One query."""
    found = ForeignRecord.objects.filter(town=town, system=system, foreign_number=foreign_number)
    record = found.exclude(case=but).select_related("case").first()
    return record.case if record else None


def may_be_named(acting: Acting, case: Case) -> bool:
    """Return whether the number of a case may be told to somebody. One query."""
    return visible_cases(acting).filter(pk=case.pk).exists()
