"""What the page of a copy sheet shows: a case in the order of another system's form, to be copied field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from jinli.cases.export import harmless
from jinli.cases.pages.case_entries import given_text, who_acted
from jinli.cases.pages.reporter import may_not_read, reporter_of
from jinli.cases.selectors.case_view import CaseView
from jinli.cases.services.noting import NOTED_THERE
from jinli.exchange.models import ForeignRecord
from jinli.exchange.selectors.foreign import records_in, records_of
from jinli.exchange.selectors.listed import PERSONAL, Finder, listed
from jinli.exchange.selectors.prescribed import sheets_for
from jinli.exchange.shapes import ERASED, NO_CODE, Found, shaped
from jinli.packs.prescribed import FieldRow, SheetRow
from jinli.ui.parts import Conflict, Fact, Meanwhile
from jinli.ui.wording_time import word_moment
from jinli.ui.words import say, tongue

#: A value of more characters, or of several lines, stands in a field of several lines.
_LONG: Final = 28
_ROWS: Final = 12
#: Paths whose value was in an erasable payload.
_ERASABLE: Final = frozenset({*PERSONAL, "text"})


@dataclass(frozen=True, kw_only=True)
class SheetField:
    """One field of the other form.

    Attributes
    ----------
    required_there, required_tone : the mark that it must be filled there; what is not known here needs a person.
    text : what is copied, empty where there is nothing to copy.
    shown : what is read in its place: a covered value, or why there is none.
    over, tail : how many characters do not fit there, and which.
    """

    number: int
    label: str
    required: bool
    required_there: str
    required_tone: str
    note: str
    text: str = ""
    shown: str = ""
    covered: bool = False
    several: bool = False
    rows: int = 1
    most: int = 0
    over: str = ""
    tail: str = ""


@dataclass(frozen=True, kw_only=True)
class Noted:
    """Under which number the case stands in a system, since when."""

    system: str
    number: str
    when: str


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """The whole page.

    Attributes
    ----------
    row : all values in one row with tabulators, for a spreadsheet; covered ones are left empty.
    marks : names this state of the case, so that a browser marks what was copied only while that is still so.
    reveal_url, why_not : how to read covered values, or why they stay covered; both empty when none is covered.
    own_record : the case is itself the mirror of what stands in that system, so nothing can be noted.
    """

    case: UUID
    number: str
    heading: str
    system: str
    subtitle: tuple[str, ...]
    sample: str
    case_url: str
    fields: tuple[SheetField, ...]
    count: str
    row: str
    row_note: str
    marks: str
    covered: int
    covered_note: str
    reveal_url: str
    why_not: str
    revealed: str
    note_url: str
    noted: Noted | None
    own_record: bool
    simulated: bool


def sheet_page(view: CaseView, sheet: SheetRow, *, revealed: str = "") -> SheetPage:
    """Return the page of a sheet. `revealed` is the reason for which personal values are shown whole."""
    zone = ZoneInfo(view.town.zone)
    fields = tuple(_fields(view, sheet, zone, whole=bool(revealed)))
    covered = sum(1 for one in fields if one.covered)
    refused = may_not_read(view)
    address = [view.case.pk, sheet.code]
    record = next((one for one in records_of(view.case) if one.system == sheet.system), None)
    return SheetPage(
        case=view.case.pk,
        number=view.case.number,
        heading=_titled(sheet),
        system=_system(sheet),
        subtitle=(view.case.number, view.case.title),
        sample=say("exchange.sheet.sample", system=_system(sheet)) if sheet.status == "sample" else "",
        case_url=reverse("cases:case", args=[view.case.pk]),
        fields=fields,
        count=say("exchange.sheet.count", count=len(fields)),
        row="\t".join(_cell(one.text) for one in fields),
        row_note=say("exchange.sheet.row.covered", count=covered) if covered else say("exchange.sheet.row.note"),
        marks=f"{view.case.pk}/{sheet.code}/{view.case.seq}",
        covered=covered,
        covered_note=say("exchange.sheet.covered", count=covered),
        reveal_url=reverse("exchange:sheet-reveal", args=address) if covered and refused is None else "",
        why_not=say(refused.code) if covered and refused is not None else "",
        revealed=say("cases.reporter.logged", reason=revealed) if revealed else "",
        note_url=reverse("exchange:sheet-note", args=address),
        noted=_noted(view, record) if record else None,
        own_record=view.case.system_of_record in records_in(view.town, sheet.system, sheet.system_name),
        simulated=view.case.simulated,
    )


def _fields(view: CaseView, sheet: SheetRow, zone: ZoneInfo, *, whole: bool) -> Sequence[SheetField]:
    row = listed(view.case, {field.value for field in sheet.fields})
    finder = Finder(acting=view.acting, town=view.town, now=view.now, whole=whole)
    open_address = _open_address(view)
    found = []
    for number, field in enumerate(sheet.fields, start=1):
        value = finder.find(row, field.value)
        if field.value == "address" and open_address:
            value = Found(text=open_address)
        if field.value in _ERASABLE and view.first.private is None:
            value = Found(why=ERASED)
        found.append(_field(number, field, shaped(value, field, zone)))
    return found


def _open_address(view: CaseView) -> str:
    """Return the address where it is shown whole anyway: to those who go there (see the page of the case)."""
    reporter = reporter_of(view)
    told = str((view.first.private or {}).get("address") or "")
    return told if reporter is not None and reporter.address == told else ""


def _field(number: int, field: FieldRow, found: Found) -> SheetField:
    text = (found.text or "").strip()
    over = max(len(text) - field.most, 0) if field.most else 0
    several = len(text) > _LONG or "\n" in text
    covered = bool(found.covered) and not found.why
    lacking = not text and not covered
    return SheetField(
        number=number,
        label=(tongue() == "en" and field.label_en) or field.label,
        required=field.required,
        required_there=say("exchange.sheet.required.lacking" if lacking else "exchange.sheet.required"),
        required_tone="warning" if lacking else "",
        note=field.note,
        text=text,
        shown="" if text else _why(found),
        covered=covered,
        several=several,
        rows=min(sum(-(-max(len(line), 1) // _LONG) for line in text.split("\n")), _ROWS),
        most=field.most or 0,
        over=say("exchange.sheet.over", most=field.most, count=over) if over else "",
        tail=text[-over:] if over else "",
    )


def _why(found: Found) -> str:
    if found.why == NO_CODE:
        return say(NO_CODE, value=found.covered)
    if found.why:
        return say(found.why)
    return found.covered or say("ui.unknown")


def _cell(text: str) -> str:
    """Return a value as one cell of a row that is pasted into a spreadsheet: one line, and never a formula."""
    return harmless(" ".join(text.split()))


def _noted(view: CaseView, record: ForeignRecord) -> Noted:
    when = word_moment(record.noted_at, lang=tongue(), now=view.now)
    return Noted(system=record.system_name, number=record.foreign_number, when=when)


def _titled(sheet: SheetRow) -> str:
    return (tongue() == "en" and sheet.title_en) or sheet.title


def _system(sheet: SheetRow) -> str:
    return (tongue() == "en" and sheet.system_name_en) or sheet.system_name


def conflict_of(view: CaseView, sheet: SheetRow, carried: int, typed: str) -> Conflict:
    """Return which numbers were noted since the page was made, by whom, and what was typed."""
    noted = [one for one in view.told if one.body["move"] == NOTED_THERE]
    since = [one for one in noted if one.body["noted"]["system"] == sheet.system]
    return Conflict(
        changes=tuple(
            Meanwhile(
                when=word_moment(one.recorded_at, lang=tongue(), now=view.now),
                who=who_acted(view, one.body),
                what=given_text(view, one.body),
            )
            for one in since[carried:]
        ),
        typed=(Fact(label=say("exchange.foreign.number", system=_system(sheet)), value=typed),),
    )


@dataclass(frozen=True, kw_only=True)
class SheetLink:
    """The way to a sheet of a case."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What the page of a case says of other systems: where it stands there, and the sheets to retype it."""

    noted: tuple[Noted, ...]
    sheets: tuple[SheetLink, ...]


def elsewhere(view: CaseView) -> Elsewhere | None:
    """Return what stands beside a case, None when nothing does. At most one query."""
    sheets = sheets_for(view.town, view.case.type_code)
    noted = any(name.startswith("there.") for name in view.work.state.facts)
    if not sheets and not noted:
        return None
    return Elsewhere(
        noted=tuple(_noted(view, one) for one in records_of(view.case)) if noted else (),
        sheets=tuple(
            SheetLink(label=_titled(one), url=reverse("exchange:sheet", args=[view.case.pk, one.code]))
            for one in sheets
        ),
    )
