"""Names as the reader's language has them: bodies, places, procedures, people of one's own body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from uuid import UUID

from jinli.cases import editions, lines
from jinli.cases.models import ProcedureEdition
from jinli.domain.procedure import Procedure, Title
from jinli.town.acting import Acting
from jinli.town.models import Division, Person
from jinli.town.selectors import chain_of
from jinli.town.stamps import under_stamp
from jinli.ui.words import has_words, say, tongue


class Named(Protocol):
    """A row with a Chinese and perhaps an English name."""

    name: str
    name_en: str


def named(row: Named | None) -> str:
    """Return the name of a row in the reader's language, the Chinese one where there is no other."""
    if row is None:
        return ""
    return (tongue() == "en" and row.name_en) or row.name


def titled(title: Title) -> str:
    """Return a title of a procedure in the reader's language."""
    return title.en if tongue() == "en" else title.zh


def worded(key: str, fallback: str) -> str:
    """Return the words of a key that data name, else what stands in the data."""
    return say(key) if has_words(key) else fallback


def asker(type_code: str) -> str:
    """Return what whoever stands behind a case is called: the applicant of an application, else the reporter."""
    return say("domain.duty.applicant" if lines.is_applied_for(type_code) else "domain.duty.reporter")


class Systems:
    """The names of the other systems whose matters a town mirrors; looked up when the first one is asked for."""

    def __init__(self, town: int) -> None:
        self._town = town

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Code -> name."""
        return lines.system_names(self._town)

    def name_of(self, system_of_record: str) -> str:
        """Return the name of the system that decides a case, empty for our own."""
        owner, _, code = system_of_record.partition(":")
        return self.names.get(code, code) if owner == "external" else ""


def staff_of(acting: Acting) -> dict[UUID, str]:
    """Return the people who may act in the name of one's own body: id and name. One query."""
    rows = Person.objects.filter(is_active=True, appointments__in_name_of=acting.body_id).order_by("name", "id")
    return dict(rows.distinct().values_list("id", "name"))


@dataclass(frozen=True, kw_only=True)
class Type:
    """A type of case: its code and the procedure new cases of it follow."""

    code: str
    procedure: Procedure


def types_of(town: Division) -> tuple[Type, ...]:
    """Return the types of case the town can have, held until a procedure is loaded above it."""
    return tuple(Type(code=code, procedure=editions.latest(town, code)) for code in _codes(town))


@under_stamp
def _codes(town: Division) -> tuple[str, ...]:
    chain = [division.pk for division in chain_of(town)]
    rows = ProcedureEdition.objects.filter(division__in=chain).order_by("code").values_list("code", flat=True)
    return tuple(dict.fromkeys(rows))


def stage_titles(procedures: Iterable[Procedure]) -> Mapping[str, str]:
    """Return the titles of all stages by code."""
    return {
        code: titled(stage.title)
        for procedure in procedures
        for track in (procedure.case, procedure.assignment)
        if track is not None
        for code, stage in track.stages.items()
    }
