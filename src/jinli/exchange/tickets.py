"""Service tickets of another city's 311 system, replayed as mirror cases under their own targets.

The file is a CSV as city open-data portals publish it (columns below; others are ignored). Moments are local to the
town's zone. A ticket with a target gets it as a fixed-date clock; one without is looked at again as the procedure says.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from jinli.cases.services.bulk import Recorded, Script, ScriptedAct, record_many
from jinli.cases.services.opening import OpenCase
from jinli.domain.errors import InvalidInputError
from jinli.domain.limits import TimeLimit, Unit
from jinli.town.acting import Acting
from jinli.town.models import Division, Organisation

COLUMNS = {
    "number": "CASE_ENQUIRY_ID",
    "opened": "OPEN_DT",
    "target": "TARGET_DT",
    "closed": "CLOSED_DT",
    "title": "TYPE",
    "body": "Department",
    "lat": "LATITUDE",
    "lon": "LONGITUDE",
    "channel": "Source",
}
_REQUIRED = ("number", "opened", "title", "body")


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """One row of the file, read."""

    number: str
    opened: datetime
    target: datetime | None
    closed: datetime | None
    title: str
    body: str
    lat: float | None
    lon: float | None
    channel: str


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """A row that is not taken, and why. `line` counts the heading as 1."""

    line: int
    error: InvalidInputError


def read_tickets(file: Path, zone: str) -> Iterator[Ticket | RefusedRow]:
    """Yield every row as a ticket or as a refusal; nothing is guessed.

    Raises
    ------
    InvalidInputError : the file lacks a column that is needed.
    """
    local = ZoneInfo(zone)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        lacking = [COLUMNS[name] for name in _REQUIRED if COLUMNS[name] not in (reader.fieldnames or ())]
        if lacking:
            raise InvalidInputError("exchange.columns_missing", field="file", columns=", ".join(lacking))
        for row in reader:
            try:
                yield _ticket({name: (row.get(column) or "").strip() for name, column in COLUMNS.items()}, local)
            except InvalidInputError as error:
                yield RefusedRow(line=reader.line_num, error=error)


def _ticket(row: dict[str, str], zone: ZoneInfo) -> Ticket:
    for name in _REQUIRED:
        if not row[name]:
            raise InvalidInputError("exchange.cell_empty", field=COLUMNS[name])
    opened, target, closed = (_moment(row, name, zone) for name in ("opened", "target", "closed"))
    assert opened is not None
    if closed is not None and closed < opened:
        raise InvalidInputError("exchange.closed_before_opened", field=COLUMNS["closed"], value=row["closed"])
    return Ticket(
        number=row["number"],
        opened=opened,
        target=target,
        closed=closed,
        title=row["title"][:120],
        body=row["body"],
        lat=_number(row, "lat"),
        lon=_number(row, "lon"),
        channel=row["channel"],
    )


def _moment(row: dict[str, str], name: str, zone: ZoneInfo) -> datetime | None:
    if not row[name]:
        return None
    try:
        found = datetime.fromisoformat(row[name])
    except ValueError:
        why = "exchange.moment.unknown_spelling"
        raise InvalidInputError("exchange.not_a_moment", field=COLUMNS[name], value=row[name], why=why) from None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _number(row: dict[str, str], name: str) -> float | None:
    if not row[name]:
        return None
    try:
        return float(row[name])
    except ValueError:
        raise InvalidInputError("exchange.not_a_number", field=COLUMNS[name], value=row[name]) from None


def organisation_for(town: Division, name: str) -> Organisation:
    """Return the town's organisation of this name, made on first sight with the import as its source."""
    found, _ = Organisation.objects.get_or_create(
        division=town,
        code=f"imported-{name.lower().replace('_', '-')}",
        defaults={"name": name, "kind": Organisation.Kind.DEPARTMENT, "source": "import"},
    )
    return found


def scripts(town: Division, tickets: Iterator[Ticket], *, source: str, until: datetime) -> Iterator[Script]:
    """Yield the script of each ticket: opened, closed if it was, and time until `until`."""
    bodies: dict[str, Organisation] = {}
    for ticket in tickets:
        if ticket.body not in bodies:
            bodies[ticket.body] = organisation_for(town, ticket.body)
        body = bodies[ticket.body]
        acting = Acting(
            town=town.pk,
            body=body.code,
            body_id=body.pk,
            home_id=body.pk,
            hat="import",
            duty="import",
            roles=frozenset(),
        )
        acts = []
        if ticket.closed is not None and ticket.closed <= until:
            acts.append(ScriptedAct(at=ticket.closed, acting=acting, move="closed_there", channel="import"))
        yield Script(
            source=source,
            key=ticket.number,
            acting=acting,
            until=until,
            acts=acts,
            spec=OpenCase(
                type_code="mirror",
                title=ticket.title,
                channel="import",
                system_of_record=f"external:{source}",
                foreign_number=ticket.number,
                happened_at=ticket.opened,
                lat=ticket.lat,
                lon=ticket.lon,
                terms=_terms(ticket, source),
                bodies={"owner": body.code, "handler": body.code},
                facts={"channel_there": ticket.channel} if ticket.channel else {},
            ),
        )


def _terms(ticket: Ticket, source: str) -> dict[str, TimeLimit]:
    """Return the ticket's own target. Done within the target's second is in time; a due moment is exclusive."""
    if ticket.target is None:
        return {}
    until = ticket.target + timedelta(seconds=1)
    return {"target": TimeLimit(amount=1, unit=Unit.FIXED, fixed_at=until, source=source)}


def import_tickets(
    town: Division, tickets: Iterator[Ticket], *, source: str, until: datetime, chunk: int = 200
) -> Iterator[Recorded]:
    """Record tickets as mirror cases, chunk by chunk; a ticket imported before is left out."""
    yield from record_many(town=town, scripts=scripts(town, tickets, source=source, until=until), chunk=chunk)
