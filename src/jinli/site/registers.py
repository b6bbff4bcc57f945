"""What the registers show, read in a fixed number of statements however long they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.http import urlencode

from jinli.town.acting import Acting
from jinli.town.hats import in_force
from jinli.town.models import AccessEntry, Appointment, Division, DutyLine, Organisation, Person, Place, Status
from jinli.town.moment import now
from jinli.town.people import organisations_administered, people_administered
from jinli.ui.parts import PageKeys
from jinli.ui.words import say, tongue

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class RegisterLink:
    """One register and what it holds."""

    title: str
    about: str
    url: str


@dataclass(frozen=True, kw_only=True)
class AccessRow:
    """One look at personal data in full."""

    at: datetime
    who: str
    body: str
    what: str
    case_number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    """A body with its posts; no persons. `about` is kind, division and from when to when."""

    name: str
    about: tuple[str, ...]
    duties: tuple[str, ...]
    status: str
    source: str


@dataclass(frozen=True, kw_only=True)
class DutyLineRow:
    """A line of the duty list. `about` is its number and kind, `origin` where the line comes from."""

    title: str
    about: tuple[str, ...]
    lead: str
    legal_basis: str
    origin: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """A place; `name` is None while no source gives it. `about` is code, body, and what kind of grid it is."""

    pk: int
    name: str | None
    about: tuple[str, ...]
    status: str
    source: str
    unknown: bool


@dataclass(frozen=True, kw_only=True)
class PlaceGroup:
    """The places of one kind, with how many of them are unknown."""

    title: str
    rows: tuple[PlaceRow, ...]
    unknown: int


@dataclass(frozen=True, kw_only=True)
class AppointmentRow:
    """One duty of a person."""

    pk: int
    duty: str
    role: str
    label: str
    span: str
    state: str
    can_end: bool

    @property
    def shown(self) -> tuple[str, ...]:
        """Return in whose name, from when to when, and whether it counts today."""
        return self.label, self.span, self.state


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A person with all duties, past ones too."""

    pk: UUID
    name: str
    username: str
    active: bool
    appointments: tuple[AppointmentRow, ...]


def own_name(row: Any) -> str:
    """Return the name in the reader's language, the Chinese one where there is no other."""
    return (tongue() == "en" and row.name_en) or str(row.name)


def own_title(row: Any) -> str:
    """Return the title in the reader's language, the Chinese one where there is no other."""
    return (tongue() == "en" and row.title_en) or str(row.title)


def span_text(first: date | None, last: date | None) -> str:
    """Return from when to when something counts; empty when it always does."""
    if first and last:
        return say("site.span.both", first=first, last=last)
    if first:
        return say("site.span.from", first=first)
    return say("site.span.to", last=last) if last else ""


def divisions_above(town: int) -> tuple[int, ...]:
    """Return the town's division and those above it, whose bodies and duty lists serve the town."""
    found = Division.objects.filter(pk=town).values_list(
        "pk", "parent_id", "parent__parent_id", "parent__parent__parent_id", "parent__parent__parent__parent_id"
    )
    return tuple(pk for row in found for pk in row if pk is not None)


def organisation_rows(acting: Acting) -> tuple[OrganisationRow, ...]:
    """Return the bodies of the town and those above that serve it, the town's own first."""
    rows = (
        Organisation.objects.filter(division__in=divisions_above(acting.town))
        .select_related("division")
        .prefetch_related("duties")
        .order_by("-division__code", "kind", "code")
    )
    found = sorted(rows, key=lambda row: row.division_id != acting.town)
    return tuple(
        OrganisationRow(
            name=own_name(row),
            about=(
                say(f"town.kind.{row.kind}"),
                own_name(row.division),
                span_text(row.valid_from, row.valid_to),
            ),
            duties=tuple(own_title(duty) for duty in row.duties.all()),
            status=say(f"town.status.{row.status}"),
            source=row.source,
        )
        for row in found
    )


def duty_line_rows(acting: Acting, kind: str = "") -> tuple[DutyLineRow, ...]:
    """Return the duty list that holds for the town, all kinds or one."""
    rows = DutyLine.objects.filter(division__in=divisions_above(acting.town)).select_related("lead")
    if kind in DutyLine.Kind.values:
        rows = rows.filter(kind=kind)
    return tuple(
        DutyLineRow(
            title=row.title,
            about=(
                str(row.number or row.code),
                say(f"town.duty_line.{row.kind}"),
                span_text(row.valid_from, row.valid_to),
            ),
            lead=own_name(row.lead) if row.lead else "",
            legal_basis=row.legal_basis,
            origin=(say(f"town.status.{row.status}"), row.source),
        )
        for row in rows.order_by("kind", "number", "code")
    )


def place_groups(acting: Acting) -> tuple[PlaceGroup, ...]:
    """Return the places of the town by kind, unknown rows included: what is not known stays visible."""
    rows = list(
        Place.objects.filter(town=acting.town)
        .exclude(kind=Place.Kind.PARCEL)
        .select_related("organisation")
        .order_by("ordinal", "code")
    )
    groups = []
    for kind in Place.Kind.values:
        mine = tuple(place_row(row) for row in rows if row.kind == kind)
        if mine:
            unknown = sum(row.unknown for row in mine)
            groups.append(PlaceGroup(title=say(f"town.place.kind.{kind}"), rows=mine, unknown=unknown))
    return tuple(groups)


def place_row(row: Place) -> PlaceRow:
    """Return one place as the register shows it."""
    unknown = row.status == Status.UNKNOWN
    return PlaceRow(
        pk=row.pk,
        name=None if unknown else own_name(row),
        about=(
            row.code,
            row.name if unknown else "",
            own_name(row.organisation) if row.organisation else "",
            say(f"town.place.reading.{row.reading}") if row.kind == Place.Kind.GRID else "",
        ),
        status=say(f"town.status.{row.status}"),
        source=row.source,
        unknown=unknown,
    )


def access_rows(acting: Acting, before: str = "") -> tuple[tuple[AccessRow, ...], PageKeys]:
    """Return one page of the town's access log, newest first; ids grow with time, so they are the key."""
    rows = AccessEntry.objects.filter(town=acting.town).select_related("person", "acting_for").order_by("-id")
    try:
        page = list((rows.filter(id__lt=UUID(before)) if before else rows)[: PAGE + 1])
    except ValueError:
        page, before = list(rows[: PAGE + 1]), ""
    shown = page[:PAGE]
    found = tuple(
        AccessRow(
            at=row.at,
            who=row.person.name if row.person else "",
            body=own_name(row.acting_for) if row.acting_for else "",
            what=row.what,
            case_number=row.case_number,
            reason=row.reason,
        )
        for row in shown
    )
    return found, page_keys(len(shown), len(page), str(shown[-1].pk) if shown else "", first=not before)


def people_rows(acting: Acting, text: str = "", after: str = "") -> tuple[tuple[PersonRow, ...], PageKeys]:
    """Return one page of the people an administrator answers for, by sign-in name."""
    rows = people_administered(acting).order_by("username")
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(username__contains=text))
    if after:
        rows = rows.filter(username__gt=after)
    page = list(rows.prefetch_related(_with_appointments())[: PAGE + 1])
    shown = page[:PAGE]
    mine = set(organisations_administered(acting).values_list("pk", flat=True))
    found = tuple(person_row(row, mine) for row in shown)
    last = shown[-1].username if shown else ""
    return found, page_keys(len(shown), len(page), last, first=not after, name="after", q=text)


def person_for(acting: Acting, person_id: UUID) -> QuerySet[Person]:
    """Return the person of this id, if it is one the administrator answers for."""
    return people_administered(acting).filter(pk=person_id).prefetch_related(_with_appointments())


def person_row(row: Person, mine: set[int]) -> PersonRow:
    """Return one person with all duties; `mine` are the bodies whose appointments may be ended."""
    today = timezone.localtime(now()).date()
    return PersonRow(
        pk=row.pk,
        name=row.name,
        username=row.username,
        active=row.is_active,
        appointments=tuple(_appointment_row(one, today, mine) for one in row.appointments.all()),
    )


def _with_appointments() -> Prefetch[str]:
    rows = Appointment.objects.select_related("duty__organisation", "in_name_of").order_by("-id")
    return Prefetch("appointments", queryset=rows)


def _appointment_row(row: Appointment, today: date, mine: set[int]) -> AppointmentRow:
    over = row.valid_to is not None and row.valid_to < today
    state = "in_force" if in_force(row, today) else "over" if over else "to_come"
    own = row.in_name_of_id == row.duty.organisation_id
    kind = say("town.hat.deputy") if row.deputy_for_id else say(f"town.hat.{row.hat}")
    return AppointmentRow(
        pk=row.pk,
        duty=f"{own_name(row.duty.organisation)} • {own_title(row.duty)}",
        role=say(f"town.role.{row.duty.role}"),
        label=kind if own else say("town.hat.label", body=own_name(row.in_name_of), kind=kind),
        span=span_text(row.valid_from, row.valid_to),
        state=say(f"site.appointment.{state}"),
        can_end=not over and row.in_name_of_id in mine,
    )


def page_keys(shown: int, found: int, last: str, *, first: bool, name: str = "before", q: str = "") -> PageKeys:
    """Return where a list goes on when one row more was found than is shown."""
    kept = {"q": q} if q else {}
    return PageKeys(
        shown=shown,
        first_url="" if first else f"?{urlencode(kept)}",
        next_url=f"?{urlencode({**kept, name: last})}" if found > shown else "",
    )
