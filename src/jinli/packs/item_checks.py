"""What must hold within an item and between items: references, conditions, limits, who decides, what is held."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, Final

from jinli.domain.calendar import CalendarEdition, OfficeHoursPeriod, WorkCalendar
from jinli.domain.errors import DomainError
from jinli.domain.limits import EndRule, TimeLimit, Unit
from jinli.domain.promises import days_of_year, later_than_law
from jinli.packs.cells import Row
from jinli.packs.faults import Faults
from jinli.packs.items import FieldRow, ItemLimitRow, ItemRow
from jinli.packs.sections import AttributeRow, CalendarYearRow, OfficeHoursRow, OrganisationRow

if TYPE_CHECKING:
    from jinli.packs.pack import Pack

_HOLDERS: Final = ("fact", "grant", "material")
_CHOSEN: Final = ("choice", "many")
_YES_NO: Final = ("yes", "no")
#: Words before the name of a fact that do not make it another fact: the form is the applicant's own.
_OWN: Final = re.compile(r"^(申请人|申请单位|本人|企业|单位|经营者|办事人|您的)")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What items refer to, and by which calendar their limits are compared."""

    bodies: Collection[str]
    procedures: Collection[str]
    attributes: Collection[str]
    held: Mapping[str, str]
    items: Mapping[str, ItemRow]
    calendar: WorkCalendar
    days: tuple[date, ...]
    materials: frozenset[str] = field(default_factory=frozenset)


def surroundings(pack: Pack, held: Mapping[str, str]) -> Surroundings:
    """Return what the items of a pack refer to."""
    items = {one.code: one for one in pack.items}
    published = [one.year for one in pack.calendars if one.published]
    return Surroundings(
        bodies={one.code for one in pack.section("organisations", OrganisationRow)},
        procedures=pack.procedures.keys(),
        attributes={one.code for one in pack.section("attributes", AttributeRow)},
        held=held,
        items=items,
        calendar=calendar_of(pack.calendars, pack.office_hours),
        days=tuple(day for year in published[-2:] for day in days_of_year(year)),
        materials=frozenset(part.code for one in pack.items for part in one.materials),
    )


def calendar_of(years: Iterable[CalendarYearRow], hours: Iterable[OfficeHoursRow] = ()) -> WorkCalendar:
    """Return the calendar that published years make, with the office hours of the pack."""
    editions = [
        CalendarEdition(
            year=one.year,
            edition=1,
            published=one.published,
            paper=" ".join(one.papers),
            off={date.fromisoformat(day): name for day, name, off in one.days if off},
            make_up={date.fromisoformat(day): name for day, name, off in one.days if not off},
        )
        for one in years
    ]
    periods = [
        OfficeHoursPeriod(
            spans=tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in one.spans),
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for one in hours
        if one.spans
    ]
    return WorkCalendar(editions, periods)


def check_items(items: Iterable[ItemRow], around: Surroundings, faults: Faults) -> None:
    """Note what does not fit in these items."""
    for item in items:
        _who(item, around, faults)
        _limits(item, around, faults)
        _situations(item, faults)
        _materials(item, around, faults)
        _form(item, around, faults)
        for code in item.related:
            _known(item, "related", code, around.items, faults)
        if item.valid_from and item.valid_to and item.valid_to < item.valid_from:
            faults.add(
                "packs.ends_before_begin", item.file, item.row, "valid_to", item.valid_to, f">= {item.valid_from}"
            )


def _known(row: Row, where: str, value: str, known: Collection[str], faults: Faults) -> None:
    if value and value not in known:
        faults.add("packs.unknown_reference", row.file, row.row, where, value)


def _who(item: ItemRow, around: Surroundings, faults: Faults) -> None:
    """An item done here has a procedure; the licensing procedure is for licences alone; others decide elsewhere.

    What another system decides is only accompanied here: no decision, no certificate (DOMAIN.md J1, J5).
    """
    _known(item, "procedure", item.procedure, around.procedures, faults)
    for where, codes in (("window", (item.window,)), ("office", (item.office,)), ("reviewers", item.reviewers)):
        for code in codes:
            _known(item, where, code, around.bodies, faults)
    if (item.offered == "elsewhere") != (not item.procedure):
        expected = "procedure: —" if item.offered == "elsewhere" else "licence | payment | confirmation | filing | …"
        faults.add("packs.procedure_against_offer", item.file, item.row, "procedure", item.offered, expected)
        return
    external = item.system_of_record != "jinli"
    if external and not re.fullmatch(r"external:[A-Za-z0-9._-]+", item.system_of_record):
        expected = "jinli | external:<system>"
        faults.add("packs.not_this_shape", item.file, item.row, "system_of_record", item.system_of_record, expected)
    if item.procedure and external != (item.procedure == "assisted"):
        expected = "external:… + assisted"
        found = f"{item.system_of_record} + {item.procedure}"
        faults.add("packs.decided_elsewhere", item.file, item.row, "procedure", found, expected)
    elif item.procedure == "licence" and item.kind != "licence":
        faults.add("packs.licence_alone", item.file, item.row, "procedure", item.kind, "kind: licence")
    result = item.result
    if external and result is not None and (result.kind == "certificate" or result.paper):
        where = "result.paper" if result.paper else "result.kind"
        faults.add("packs.no_certificate", result.file, result.row, where, result.paper or result.kind)


def time_limit(limit: ItemLimitRow, *, end_rule: EndRule) -> TimeLimit | None:
    """Return a limit as the clock counts it, or None when it is unknown. Limits from law roll past rest days."""
    if limit.amount is None or not limit.unit:
        return None
    return TimeLimit(
        amount=limit.amount, unit=Unit(limit.unit), end_rule=end_rule, article=limit.article, source=limit.source
    )


def _limits(item: ItemRow, around: Surroundings, faults: Faults) -> None:
    """A limit has amount, unit and where it was read, or it is unknown; the promise falls due no later than the law.

    No default is filled in: the twenty days of the Licensing Law (art. 42) bind licences only and are cited there.
    """
    for name, limit in (("statutory", item.statutory), ("promised", item.promised)):
        file, row = limit.file or item.file, limit.row or item.row
        if (limit.amount is None) != (not limit.unit):
            found = f"{limit.amount or ''} {limit.unit}".strip()
            faults.add("packs.half_a_limit", file, row, f"{name}.amount + {name}.unit", found)
        elif (limit.amount is None) != (limit.status == "unknown"):
            faults.add("packs.limit_against_status", file, row, f"{name}.status", limit.status, "unknown")
        elif limit.amount is not None and not (limit.article or limit.source):
            found = f"{limit.amount} {limit.unit}"
            faults.add("packs.limit_without_source", file, row, f"{name}.source", found, "article | source")
    law = time_limit(item.statutory, end_rule=EndRule.ROLL)
    promise = time_limit(item.promised, end_rule=EndRule.STAY)
    if law is None or promise is None:
        return
    try:
        day = later_than_law(promise, law, around.calendar, around.days)
    except DomainError:  # hours cannot be counted where no source gives office hours; days always can
        return
    if day is not None:
        file, row = item.promised.file or item.file, item.promised.row or item.row
        expected = f"<= {law.amount} {law.unit.value} ({day})"
        faults.add("packs.promise_after_law", file, row, "promised", f"{promise.amount} {promise.unit.value}", expected)


def _situations(item: ItemRow, faults: Faults) -> None:
    """A question has two answers at least, and hangs on earlier questions only."""
    earlier: dict[str, tuple[str, ...]] = {}
    for one in item.situations:
        if one.code in earlier:
            faults.add("packs.duplicate", one.file, one.row, "situations.code", one.code)
        codes = [answer.code for answer in one.answers]
        if len(codes) < 2:
            faults.add("packs.missing", one.file, one.row, "situations.answers", "", ">= 2")
        for number, code in enumerate(codes):
            if code in codes[:number]:
                faults.add("packs.duplicate", one.file, one.answers[number].row, "situations.answers.code", code)
        _when(one, one.when, "situations.when", earlier, faults)
        earlier[one.code] = tuple(codes)


def _when(row: Row, when: Mapping[str, tuple[str, ...]], where: str, known: Mapping[str, tuple[str, ...]],
          faults: Faults) -> None:  # fmt: skip
    """A condition names a question asked before and answers that it offers."""
    for code, answers in when.items():
        if code not in known:
            expected = " | ".join(known) or "—"
            faults.add("packs.unknown_reference", row.file, row.row, where, code, expected)
            continue
        for answer in answers:
            if answer not in known[code]:
                faults.add("packs.not_a_choice", row.file, row.row, f"{where}.{code}", answer, " | ".join(known[code]))


def _answers(item: ItemRow) -> dict[str, tuple[str, ...]]:
    return {one.code: tuple(answer.code for answer in one.answers) for one in item.situations}


def _materials(item: ItemRow, around: Surroundings, faults: Faults) -> None:
    """A material is named once, hangs on questions of the item, and says what the town may hold it as."""
    seen: set[str] = set()
    for one in item.materials:
        if one.code in seen:
            faults.add("packs.duplicate", one.file, one.row, "materials.code", one.code)
        seen.add(one.code)
        _when(one, one.when, "materials.when", _answers(item), faults)
        holder, _, code = one.held_as.partition(":")
        known = {"fact": around.attributes, "grant": around.items, "material": around.materials}
        if one.held_as and holder not in known:
            expected = " | ".join(f"{name}:…" for name in _HOLDERS)
            faults.add("packs.not_this_shape", one.file, one.row, "materials.held_as", one.held_as, expected)
        elif one.held_as:
            _known(one, "materials.held_as", code, known[holder], faults)
        attribute = _fact_called(one.name, around)
        if attribute and not one.held_as:
            expected = f"held_as: fact:{attribute}"
            faults.add("packs.held_already", one.file, one.row, "materials.name", one.name, expected)


def _fact_called(label: str, around: Surroundings) -> str:
    """Return the attribute of a party that a label asks for, or nothing; only attributes the pack has count."""
    plain = re.sub(r"[（(].*?[）)]|[\s:：*]", "", label)
    attribute = around.held.get(plain) or around.held.get(_OWN.sub("", plain), "")
    return attribute if attribute in around.attributes else ""


def _form(item: ItemRow, around: Surroundings, faults: Faults) -> None:
    known = _answers(item)
    _fields(item.form, "form", known, around, faults, within_group=False)


def _fields(
    rows: Iterable[FieldRow],
    prefix: str,
    known: dict[str, tuple[str, ...]],
    around: Surroundings,
    faults: Faults,
    *,
    within_group: bool,
) -> None:
    """A field is named once; one that asks for a fact of the party names it, so that a held fact is not asked again.

    Fields of a group are about somebody else (an employee, a shop), so their labels are not compared.
    """
    for one in rows:
        if one.code in known:
            faults.add("packs.duplicate", one.file, one.row, f"{prefix}.code", one.code)
        _when(one, one.when, f"{prefix}.when", known, faults)
        _known(one, f"{prefix}.attribute", one.attribute, around.attributes, faults)
        choices = tuple(choice.code for choice in one.choices)
        if (one.kind in _CHOSEN) != bool(choices):
            expected = "choices: [ … ]" if one.kind in _CHOSEN else "kind: choice | many"
            faults.add("packs.missing", one.file, one.row, f"{prefix}.choices", one.kind, expected)
        if (one.kind == "group") != bool(one.fields):
            expected = "fields: [ … ]" if one.kind == "group" else "kind: group"
            faults.add("packs.missing", one.file, one.row, f"{prefix}.fields", one.kind, expected)
        attribute = "" if within_group else _fact_called(one.label, around)
        if attribute and not one.attribute:
            expected = f"attribute: {attribute}"
            faults.add("packs.held_already", one.file, one.row, f"{prefix}.label", one.label, expected)
        known[one.code] = _YES_NO if one.kind == "yes_no" else choices
        if one.fields:
            _fields(one.fields, f"{prefix}.fields", dict(known), around, faults, within_group=True)
