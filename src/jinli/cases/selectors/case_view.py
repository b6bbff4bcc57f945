"""A case with all that its page needs, read in a fixed number of statements and settled in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from jinli.cases import lines
from jinli.cases.book import organisation_id
from jinli.cases.models import Attachment, Case, Entry, Seal
from jinli.cases.selectors.names import named
from jinli.cases.selectors.visible import HEADS, visible_cases
from jinli.cases.work import Work, in_hand
from jinli.domain.errors import InvalidInputError
from jinli.domain.journal import entry_hash, genesis
from jinli.town.acting import Acting
from jinli.town.models import Division, DutyLine, Organisation


@dataclass(frozen=True, kw_only=True)
class Told:
    """One entry of the journal with its erasable part.

    Attributes
    ----------
    private : the payload; None when there was one and it was erased.
    stored : False for what happened by itself and is not written yet; the next act or tick writes it.
    """

    body: Mapping[str, Any]
    private: Mapping[str, Any] | None
    happened_at: datetime
    recorded_at: datetime
    stored: bool = True


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """One case as somebody sees it at one moment.

    Attributes
    ----------
    work : the case settled in memory; nothing of it is written.
    version, versions : of the case and of its assignments as stored: what a page must carry.
    origin : the case this one came from, and its first entry.
    broken_at : the number of the first entry whose hash does not fit, None when all do.
    """

    acting: Acting
    now: datetime
    town: Division
    case: Case
    work: Work
    version: int
    versions: Mapping[str, int]
    told: tuple[Told, ...]
    origin: Case | None
    origin_seen: bool
    first: Told
    names: Mapping[str, str]
    attachments: tuple[Attachment, ...]
    linked: tuple[Case, ...]
    duty_lines: Mapping[str, DutyLine]
    sealed_at: datetime | None
    broken_at: int | None

    def name(self, code: str | None) -> str:
        """Return the name of a body by its code."""
        return self.names.get(code or "", code or "")


def case_view(acting: Acting, case_id: UUID, town: Division, now: datetime) -> CaseView:
    """Return the view of one case. At most seven statements.

    Raises
    ------
    Case.DoesNotExist : there is no such case, or it is not for these eyes.
    """
    sealed = Seal.objects.filter(town=OuterRef("town")).order_by("-number").values("sealed_at")[:1]
    family = visible_cases(acting).annotate(last_sealed_at=Subquery(sealed))
    case = family.select_related("place", "origin", "reporter").get(pk=case_id)
    case.town = town
    journals = _journals([case] if case.origin is None else [case, case.origin])
    rows = journals[case.pk]
    told = [_told(row) for row in rows]
    work = in_hand(case, [row.body for row in rows])
    version, versions = work.state.version, {key: item.version for key, item in work.state.assignments.items()}
    head = case.head
    work.settle(now)
    told += [
        Told(
            body=json.loads(entry.body),
            private={},
            happened_at=entry.happened_at,
            recorded_at=entry.recorded_at,
            stored=False,
        )
        for entry in work.entries
    ]
    case.head = head
    told = _without_quiet(told, work, acting)
    linked = list(_linked(case))
    visible = set(visible_cases(acting).filter(pk__in=[one.pk for one in linked]).values_list("pk", flat=True))
    return CaseView(
        acting=acting,
        now=now,
        town=town,
        case=case,
        work=work,
        version=version,
        versions=versions,
        told=tuple(told),
        origin=case.origin,
        origin_seen=case.origin_id in visible,
        first=_told(journals[case.origin.pk][0]) if case.origin else told[0],
        names=_names(work, town, told),
        attachments=tuple(Attachment.objects.filter(case=case).order_by("entry_seq", "added_at", "id")),
        linked=tuple(one for one in linked if one.pk in visible and one.pk != case.origin_id),
        duty_lines=_duty_lines(work, town),
        sealed_at=getattr(case, "last_sealed_at", None),
        broken_at=_broken_at(case, rows),
    )


def _journals(cases: list[Case]) -> dict[UUID, list[Entry]]:
    """Return the journals of some cases in order. One query."""
    found: dict[UUID, list[Entry]] = {case.pk: [] for case in cases}
    for row in Entry.objects.filter(case__in=cases).order_by("case", "seq").select_related("payload"):
        found[row.case_id].append(row)
    return found


def _told(row: Entry) -> Told:
    payload = getattr(row, "payload", None)
    private = json.loads(payload.text) if payload else None if row.commitment else {}
    return Told(body=json.loads(row.body), private=private, happened_at=row.happened_at, recorded_at=row.recorded_at)


def _without_quiet(told: list[Told], work: Work, acting: Acting) -> list[Told]:
    """Return the journal without the answers that are not for these eyes: a rating, for who handled the matter.

    What followed goes too: a case of a bad rating would tell how it was rated. Pages and the interface read this.
    """
    handled = {one.body["actor"].get("person") for one in told}
    if acting.roles & HEADS and str(acting.person) not in handled:
        return told
    return [
        replace(one, body={**one.body, "given": {}, "facts": {}}, private={})
        if lines.is_quiet(work.procedure.code, one.body["move"])
        else one
        for one in told
    ]


def _broken_at(case: Case, rows: list[Entry]) -> int | None:
    """Return the number of the first entry that does not chain to the one before it."""
    previous = genesis(case.town.code, case.number)
    for row in rows:
        if row.previous != previous or entry_hash(previous, row.body, row.commitment) != row.hash:
            return row.seq
        previous = row.hash
    return None


def _linked(case: Case) -> Any:
    """Return the cases this one names or is named by. One query."""
    near = Q(origin=case) | Q(links_to__case=case) | Q(links_from__other=case)
    if case.origin_id:
        near |= Q(pk=case.origin_id)
    return Case.objects.filter(near, town=case.town).distinct().order_by("opened_at", "id")


def _names(work: Work, town: Division, told: list[Told]) -> dict[str, str]:
    """Return the names of all bodies the case speaks of, by code. One query."""
    codes = {code for code in work.state.bodies.values() if code}
    codes |= {item.body for item in work.state.assignments.values()}
    if work.sealing is not None:
        powers = [one for one in work.sealing.powers if one.item == work.case.class_code]
        codes |= {code for one in powers for code in (one.authority, one.to_body)}
    for one in told:
        codes.add(one.body["actor"].get("body") or "")
        for key in ("handler", "lead", "rated", "assisting"):
            given = one.body.get("given", {}).get(key) or ""
            codes |= {given} if isinstance(given, str) else set(given)
    ids: dict[int, str] = {}
    for code in codes - {""}:
        try:
            ids[organisation_id(town, code)] = code
        except InvalidInputError:
            continue
    rows = Organisation.objects.filter(pk__in=ids)
    return {ids[row.pk]: named(row) for row in rows}


def _duty_lines(work: Work, town: Division) -> dict[str, DutyLine]:
    """Return the lines of the duty list that assignments rest on, by code. At most one query."""
    codes = {item.duty_line for item in work.state.assignments.values() if item.duty_line}
    if not codes:
        return {}
    up = [town.pk, town.parent_id]
    return {line.code: line for line in DutyLine.objects.filter(code__in=codes, division__in=up).order_by("id")}
