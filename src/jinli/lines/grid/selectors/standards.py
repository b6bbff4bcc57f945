"""Filing standards: found by words, compared side by side, with the limit each one gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from jinli.cases.models import Case
from jinli.cases.search import terms_of
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.lines.grid.models import ClassStandard
from jinli.town.models import Division, Status
from jinli.town.selectors import chain_of
from jinli.town.stamps import under_stamp
from jinli.ui.words import tongue

REPEAT_DAYS = 30
FREQUENT = 8


def standards_at(town: Division, day: date) -> list[ClassStandard]:
    """Return the standards in force for a town on a day, its own before those of the divisions above.

    No query while the registers stand as they were: the town's stamp changes with them.
    """
    return list(_standards(town, day))


@under_stamp
def _standards(town: Division, day: date) -> tuple[ClassStandard, ...]:
    chain = [one.pk for one in chain_of(town)]
    rows = ClassStandard.objects.filter(division__in=chain, superseded_at=None).order_by("code")
    found: dict[str, ClassStandard] = {}
    for one in sorted(rows, key=lambda one: chain.index(one.division_id)):
        if one.holds_on(day):
            found.setdefault(one.code, one)
    return tuple(sorted(found.values(), key=lambda one: one.code))


def standard_at(town: Division, code: str, day: date) -> ClassStandard:
    """Return the standard with a code in force on a day. Raises InvalidInputError `grid.file.no_such_standard`."""
    found = next((one for one in standards_at(town, day) if one.code == code), None)
    if found is None:
        raise InvalidInputError("grid.file.no_such_standard", field="standard", found=code)
    return found


def limit_of(standard: ClassStandard) -> TimeLimit | None:
    """Return the limit a standard gives, `None` when no source gives one that can be used."""
    if standard.status == Status.UNKNOWN or not standard.limit_amount or not standard.limit_unit:
        return None
    return TimeLimit(
        amount=standard.limit_amount,
        unit=Unit(standard.limit_unit),
        end_rule=EndRule(standard.end_rule),
        source=standard.source,
    )


@dataclass(frozen=True, kw_only=True)
class MinorClass:
    """A minor class with its standards."""

    code: str
    name: str
    major: str
    standards: tuple[ClassStandard, ...]


def classes_of(standards: Iterable[ClassStandard]) -> list[MinorClass]:
    """Return the minor classes of these standards, in order of their codes."""
    by_class: dict[str, list[ClassStandard]] = {}
    for one in standards:
        by_class.setdefault(one.class_code, []).append(one)
    english = tongue() == "en"
    return [
        MinorClass(
            code=code,
            name=(english and rows[0].minor_en) or rows[0].minor,
            major=(english and rows[0].major_en) or rows[0].major,
            standards=tuple(rows),
        )
        for code, rows in sorted(by_class.items())
    ]


def find_classes(classes: Iterable[MinorClass], query: str, most: int = 12) -> list[MinorClass]:
    """Return the classes that share words with a text, the nearest first.

    Pairs of characters and whole words count; those of the name three times, and a pair that stands in few classes
    more than one of many.
    """
    asked = _terms(query)
    if not asked:
        return []
    held = [(one, _terms(" ".join(_texts(one)))) for one in classes]
    common = Counter(term for _, terms in held for term in terms & asked)
    scored = [
        (sum((3 if term in _terms(_name(one)) else 1) / common[term] ** 0.5 for term in terms & asked), one)
        for one, terms in held
    ]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].code))
    return [one for _, one in best[:most]]


def _terms(text: str) -> frozenset[str]:
    """Return words and pairs of characters; single characters say too little."""
    return frozenset(term for term in terms_of([text]).split() if len(term) > 1)


def _name(one: MinorClass) -> str:
    return f"{one.standards[0].minor} {one.standards[0].minor_en}"


def _texts(one: MinorClass) -> Iterable[str]:
    yield one.code
    for row in one.standards:
        yield from (row.major, row.major_en, row.minor, row.minor_en, row.condition, row.condition_en)


def frequent_classes(town: Division, classes: Iterable[MinorClass], since: datetime) -> list[MinorClass]:
    """Return the classes filed most since a moment, filled up with those the town solves itself. One query."""
    by_code = {one.code: one for one in classes}
    rows = Case.objects.filter(town=town, type_code="grid_report", opened_at__gte=since).exclude(class_code="")
    counted = rows.values("class_code").annotate(count=Count("id")).order_by("-count", "class_code")[:FREQUENT]
    first = [by_code[row["class_code"]] for row in counted if row["class_code"] in by_code]
    rest = [one for one in by_code.values() if one not in first]
    rest.sort(key=lambda one: not all(row.self_solved for row in one.standards))
    return (first + rest)[:FREQUENT]


def repeats_of(town: Division, place: int | None, class_code: str, at: datetime, but: Case | None = None) -> list[Case]:
    """Return the reports of the same place and class within 30 days before a moment, newest first. One query."""
    if place is None or not class_code:
        return []
    rows = Case.objects.filter(
        town=town, place=place, class_code=class_code, opened_at__gte=at - timedelta(days=REPEAT_DAYS)
    ).filter(type_code="grid_report")
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return list(rows.order_by("-opened_at")[:10])
