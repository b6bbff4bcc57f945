"""S7. Real tickets of another city, in another time zone, judged by the same rules as the city judged them.

The 5,000 tickets lie beside the project, not in it; where they are missing a small made file stands in, with the
same columns and every kind of row that the real one has. Every tenth of the real ones is judged each time, all of
them by `make proof`.
"""

from __future__ import annotations

import csv
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jinli.cases.editions import load_procedure
from jinli.cases.models import Case, Clock, Entry
from jinli.cases.services.verifying import Finding, verify_town
from jinli.exchange.tickets import RefusedRow, Ticket, import_tickets, read_tickets
from jinli.town.models import Division
from tests.cases.small import load_years
from tests.domain.procedures import source
from tests.shared import shared

ZONE = ZoneInfo("America/New_York")
AS_OF = datetime(2016, 1, 12, 23, tzinfo=ZONE)
MADE = Path(__file__).parent / "tickets_made.csv"
REAL = Path(os.environ.get("JINLI_TICKETS", Path(__file__).parents[3] / "shared/data/tickets_boston_2015.csv"))


@shared
def city() -> Division:
    nation = Division.objects.create(code="US", level="national", name="Other nation")
    load_years(nation)
    town = Division.objects.create(code="25025", level="town", name="Other city", parent=nation, zone=ZONE.key)
    load_procedure(nation, source("mirror"), datetime(2015, 1, 1, tzinfo=ZONE))
    town.refresh_from_db()
    return town


def replayed(city: Division, file: Path) -> dict[str, str]:
    """Import the file and return ticket number -> the city's own flag, where it has one."""
    tickets = list(read_tickets(file, city.zone))
    assert not [row for row in tickets if isinstance(row, RefusedRow)]
    good = (row for row in tickets if isinstance(row, Ticket))
    refused = [item for chunk in import_tickets(city, good, source="city311", until=AS_OF) for item in chunk.refused]
    assert refused == []
    with file.open(encoding="utf-8") as stream:
        return {row["CASE_ENQUIRY_ID"]: row["OnTime_Status"] for row in csv.DictReader(stream) if row["OnTime_Status"]}


def judged(city: Division) -> dict[str, str]:
    """Return ticket number -> our answer in the city's words: late is broken, or still open and overdue."""
    found = dict.fromkeys(Case.objects.filter(town=city).values_list("foreign_number", flat=True), "ONTIME")
    for number, verdict, due in Clock.objects.filter(town=city, code="target").values_list(
        "case__foreign_number", "verdict", "due_at"
    ):
        late = verdict == "broken" or (verdict == "open" and due <= AS_OF)
        found[number] = "OVERDUE" if late else "ONTIME"
    return found


def every_tenth(folder: Path) -> Path:
    """Write every tenth of the real tickets to a file of their own, or take the made ones where there are none."""
    if not REAL.exists():
        return MADE
    with REAL.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    file = folder / "tickets.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows[::10]])
    return file


def test_kept_and_broken_are_what_the_city_itself_said(city: Division) -> None:
    judges_as_the_city_did(city, MADE)


def test_every_tenth_of_the_real_tickets_is_judged_as_the_city_judged_it(city: Division, tmp_path: Path) -> None:
    file = every_tenth(tmp_path)
    judges_as_the_city_did(city, file)
    assert Case.objects.count() == (500 if REAL.exists() else len(MADE.read_text(encoding="utf-8").splitlines()) - 1)


@pytest.mark.proof
def test_all_real_tickets_are_judged_as_the_city_judged_them(city: Division) -> None:
    file = REAL if REAL.exists() else MADE
    flags = judges_as_the_city_did(city, file)
    if file == REAL:
        assert len(flags) == 4994
        assert Case.objects.count() == 5000


def judges_as_the_city_did(city: Division, file: Path) -> dict[str, str]:
    """Import the file, compare every verdict with the city's own flag, and return the flags."""
    flags = replayed(city, file)
    ours = judged(city)
    assert {number: ours[number] for number in flags} == flags
    assert not [found for found in verify_town(city) if isinstance(found, Finding)]
    still_open = set(Case.objects.filter(phase="open").values_list("foreign_number", flat=True))
    late_open = set(
        Case.objects.filter(phase="open", clocks__code="target", clocks__due_at__lte=AS_OF).values_list(
            "foreign_number", flat=True
        )
    )
    assert late_open & set(flags) == {number for number in still_open if flags.get(number) == "OVERDUE"}
    return flags


def test_importing_again_adds_nothing(city: Division) -> None:
    replayed(city, MADE)
    before = (Case.objects.count(), Entry.objects.count())
    replayed(city, MADE)
    assert (Case.objects.count(), Entry.objects.count()) == before


def test_a_bad_row_is_named_and_the_rest_is_read(tmp_path: Path, city: Division) -> None:
    text = MADE.read_text(encoding="utf-8").splitlines()
    cells = text[1].split(",")
    bad = ["x-1", "yesterday", *cells[2:]]
    file = tmp_path / "tickets.csv"
    file.write_text("\n".join([*text[:3], ",".join(bad)]), encoding="utf-8")
    rows = list(read_tickets(file, city.zone))
    assert [isinstance(row, RefusedRow) for row in rows] == [False, False, True]
    refused = rows[2]
    assert isinstance(refused, RefusedRow)
    assert (refused.line, refused.error.code, refused.error.facts["field"]) == (4, "exchange.not_a_moment", "OPEN_DT")


def test_the_journal_names_the_moments_of_the_other_system(city: Division) -> None:
    replayed(city, MADE)
    case = Case.objects.get(foreign_number="m-2")
    moves = list(case.entries.order_by("seq").values_list("move", "happened_at"))
    assert moves == [
        ("import", datetime(2015, 3, 1, 2, 0, tzinfo=ZONE)),
        ("closed_there", datetime(2015, 3, 9, 17, 6, 44, tzinfo=ZONE)),
    ]
    assert case.system_of_record == "external:city311"
