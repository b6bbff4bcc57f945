"""Writing items: a draft, a look by somebody else, and then it is published; no edition that was in force changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from jinli.domain.errors import ConflictError, RefusedError
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.selectors.editions import OPEN
from jinli.lines.services.services.publishing import end_earlier, next_editions, validity_of
from jinli.town.acting import Acting
from jinli.town.loading import Change, digest_of, journal_change
from jinli.town.models import Division, Duty, Organisation, Person
from jinli.town.stamps import renew_time_stamps

#: Who writes items, for a body of the town itself.
EDITORS: Final = (Duty.Role.ADMINISTRATOR, Duty.Role.DEPARTMENT_HEAD, Duty.Role.WINDOW_CLERK)
State = ItemEdition.State


def may_edit(acting: Acting) -> bool:
    """Return whether somebody writes items of the town: by duty, and for a body of the town and not of the district."""
    if not acting.roles & {str(one) for one in EDITORS} or acting.person is None or acting.body_id is None:
        return False
    return Organisation.objects.filter(pk=acting.body_id, division=acting.town).exists()


def _editor(acting: Acting) -> Person:
    if acting.person is None or not may_edit(acting):
        raise RefusedError("services.edition.not_yours")
    return Person.objects.get(pk=acting.person)


@transaction.atomic
def keep_drafts(
    *, acting: Acting, town: Division, contents: Mapping[str, Mapping[str, Any]], bases: Mapping[str, str], at: datetime
) -> tuple[ItemEdition, ...]:
    """Keep items as drafts; an own draft still being written is replaced.

    `bases` is code -> digest of what the edit began from, "" for a new item. Raises RefusedError
    `services.edition.not_yours`, ConflictError `services.edition.changed` when somebody else wrote meanwhile.
    """
    person = _editor(acting)
    present = _present(town, tuple(contents))
    for code in contents:
        held = present.get(code)
        if (held.digest if held else "") != bases.get(code, ""):
            raise ConflictError("services.edition.changed", item=code, who=_writer(held))
        if held is not None and held.state in OPEN and (held.state == State.REVIEW or held.written_by_id != person.pk):
            raise ConflictError("services.edition.in_work", item=code, who=_writer(held))
    numbers = next_editions(town, tuple(contents))
    kept = []
    for code, content in contents.items():
        held = present.get(code)
        edition = held if held is not None and held.state == State.DRAFT else ItemEdition(
            town=town, code=code, edition=numbers[code], state=State.DRAFT, written_by=person
        )  # fmt: skip
        edition.content, edition.digest, edition.written_at = dict(content), digest_of(content), at
        for name, value in validity_of(content).items():
            setattr(edition, name, value)
        edition.save()
        kept.append(edition)
    return tuple(kept)


def _present(town: Division, codes: tuple[str, ...]) -> dict[str, ItemEdition]:
    """Return what stands now of each item: the open draft, else the edition in force; locked until the end."""
    rows = ItemEdition.objects.select_for_update(of=("self",)).select_related("written_by")
    rows = rows.filter(town=town, code__in=codes, state__in=(*OPEN, State.PUBLISHED), ended_at=None)
    found: dict[str, ItemEdition] = {}
    for one in sorted(rows, key=lambda one: (one.state in OPEN, one.edition)):
        found[one.code] = one
    return found


def _writer(edition: ItemEdition | None) -> str:
    return edition.written_by.name if edition is not None and edition.written_by is not None else "—"


def _held(town: Division, edition: int, digest: str, states: tuple[str, ...]) -> ItemEdition:
    """Return an edition locked, as its page showed it. Raises ConflictError `services.edition.moved_on`."""
    row = ItemEdition.objects.select_for_update(of=("self",)).select_related("town", "written_by")
    found = row.filter(town=town, pk=edition).first()
    if found is None or found.state not in states or found.digest != digest or found.ended_at is not None:
        raise ConflictError("services.edition.moved_on")
    return found


@transaction.atomic
def send_to_review(*, acting: Acting, town: Division, edition: int, digest: str) -> ItemEdition:
    """Hand a draft to somebody else's eyes. Raises RefusedError, ConflictError as `keep_drafts`."""
    _editor(acting)
    found = _held(town, edition, digest, (State.DRAFT,))
    found.state = State.REVIEW
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def return_to_writer(*, acting: Acting, town: Division, edition: int, digest: str) -> ItemEdition:
    """Give a draft under review back to be written further."""
    _editor(acting)
    found = _held(town, edition, digest, (State.REVIEW,))
    found.state = State.DRAFT
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def publish(*, acting: Acting, town: Division, edition: int, digest: str, at: datetime) -> ItemEdition:
    """Publish a reviewed draft; what it takes the place of ends when it begins.

    Four eyes: not by its writer. Raises RefusedError `services.edition.own_words`, ConflictError
    `services.edition.overtaken` when another edition was published after this one was written.
    """
    person = _editor(acting)
    found = _held(town, edition, digest, (State.REVIEW,))
    if found.written_by_id == person.pk:
        raise RefusedError("services.edition.own_words")
    others = ItemEdition.objects.filter(town=town, code=found.code, state=State.PUBLISHED)
    if others.filter(published_at__gt=found.written_at).exists():
        raise ConflictError("services.edition.overtaken", item=found.code)
    before = others.filter(ended_at=None).order_by("-edition").first()
    found.state, found.published_at, found.reviewed_by = State.PUBLISHED, at, person
    found.save()
    end_earlier(found, at)
    _journal(town, found, before.content if before else {}, person, at)
    renew_time_stamps(town)
    return found


@transaction.atomic
def withdraw(*, acting: Acting, town: Division, edition: int, digest: str, at: datetime) -> ItemEdition:
    """Drop a draft, or offer an item no more.

    Cases opened under an edition keep it, and a later load of the pack does not undo a withdrawal.
    """
    person = _editor(acting)
    found = _held(town, edition, digest, (*OPEN, State.PUBLISHED))
    was_offered = found.state == State.PUBLISHED
    found.state, found.ended_at = State.WITHDRAWN, at
    found.save(update_fields=["state", "ended_at"])
    if was_offered:
        _journal(town, found, found.content, person, at)
        renew_time_stamps(town)
    return found


def _journal(town: Division, edition: ItemEdition, before: Mapping[str, Any], by: Person, at: datetime) -> None:
    """Write beside the loads of packs what was changed on screen, and by whom."""
    after = edition.content if edition.state == State.PUBLISHED else {}
    names = dict.fromkeys((*before, *after))
    fields = {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}
    change = Change(section="items", key=edition.code, kind="edited", fields=fields, written=True)
    journal_change(town=town, pack="screen", version="", digest=edition.digest, changes=(change,), at=at, by=by)
