"""Edits of the register of powers on screen, each journaled beside the loads of the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from jinli.domain.competence import IN_FLIGHT, MODES, OWN
from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.town.acting import Acting
from jinli.town.loading import Change, digest_of, journal_change
from jinli.town.models import Delegation, DelegationWave, Organisation, Person, PowerReview, Status
from jinli.town.moment import now
from jinli.town.pack_powers import delegation_content
from jinli.town.selectors import organisations_by_code
from jinli.town.stamps import renew_time_stamps

_KEEPERS = frozenset({"administrator"})
_RECALLERS = frozenset({"administrator", "town_head"})
_HEAD = frozenset({"town_head"})
#: What came with a power: entered by the town, unknown until then.
_SUPPORT = ("trained_staff", "posts", "money_yuan", "came_with_source")


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was found out of a power of which nobody knew how it came."""

    mode: str
    authority: str
    to_body: str
    instrument: str
    number: str
    valid_from: date | None
    source: str
    scope: str = ""
    scope_en: str = ""
    bound_fact: str = ""
    bound_most: Decimal | None = None
    bound_unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Recall:
    """A recall: the first day without the power, why, by which paper, and what happens to cases in flight."""

    on: date
    reason: str
    instrument: str
    in_flight: str


def power_version(row: Delegation) -> str:
    """Return what a page carries to show which state of the row it was opened on."""
    return digest_of(_content(row))


@transaction.atomic
def fill_power(
    row: Delegation, *, acting: Acting, known: Known, version: str, at: datetime | None = None
) -> Delegation:
    """Fill in how a power came to the town; from then on it counts.

    Raises
    ------
    RefusedError `town.power.not_yours`; InvalidInputError `town.power.missing`, `town.power.authority_in_town`
    (Licensing Law art. 24), `town.power.holder_above_town`, `town.power.another_holds`; ConflictError.
    """
    found, before = _taken(row, acting, _KEEPERS, version)
    bodies = organisations_by_code(found.town)
    _require(known.source, "source")
    if known.mode not in MODES:
        raise InvalidInputError("town.power.missing", field="mode")
    authority = _above(bodies, known.authority, found) if known.mode != OWN else None
    holder = bodies.get(known.to_body)
    if holder is None or holder.division_id != found.town_id:
        raise InvalidInputError("town.power.holder_above_town", field="to_body")
    if known.mode != OWN:
        _require(known.instrument, "instrument")
        _require(known.valid_from, "valid_from")
    if bool(known.bound_fact) != (known.bound_most is not None):
        raise InvalidInputError("town.power.missing", field="bound_most" if known.bound_fact else "bound_fact")
    _alone(found, known.valid_from)
    for name in ("mode", "instrument", "number", "valid_from", "source", "scope", "scope_en"):
        setattr(found, name, getattr(known, name))
    found.bound_fact, found.bound_most, found.bound_unit = known.bound_fact, known.bound_most, known.bound_unit
    found.authority, found.to_body = authority, holder
    if found.status == Status.UNKNOWN:
        found.status = Status.CONFIRMED
    found.save()
    return _journaled(found, before, acting, at)


@transaction.atomic
def name_power(
    wave: DelegationWave, *, acting: Acting, item: str, title: str, source: str, at: datetime | None = None
) -> Delegation:
    """Name one matter of a wave of which only the number was known; how it came is filled in afterwards.

    Raises
    ------
    RefusedError `town.power.not_yours`; InvalidInputError `town.power.missing`, `town.power.named_already`.
    """
    if wave.town_id != acting.town or not acting.roles & _KEEPERS:
        raise RefusedError("town.power.not_yours")
    for field, text in (("item", item), ("title", title), ("source", source)):
        _require(text, field)
    if Delegation.objects.filter(town=wave.town, item=item).exists() or (
        Delegation.objects.filter(town=wave.town, code=item).exists()
    ):
        raise InvalidInputError("town.power.named_already", field="item", found=item)
    row = Delegation.objects.create(
        town=wave.town, code=item, item=item, title=title, wave=wave, source=source, status=Status.UNKNOWN
    )
    return _journaled(row, {}, acting, at)


@transaction.atomic
def order_recall(
    row: Delegation, *, acting: Acting, recall: Recall, version: str, at: datetime | None = None
) -> Delegation:
    """Enter that a power is taken back as of a day: today, later, or a day that has passed.

    What was sealed before stays as it is; the hand-overs of open cases follow when the day has come.

    Raises
    ------
    RefusedError `town.power.not_yours`, `town.power.recalled_already`, `town.power.gives_nothing`;
    InvalidInputError `town.power.missing`, `town.power.recall_before_begin`; ConflictError.
    """
    found, before = _taken(row, acting, _RECALLERS, version)
    if not found.mode:
        raise RefusedError("town.power.gives_nothing", name=found.title)
    if found.recalled_on is not None:
        raise RefusedError("town.power.recalled_already", name=found.title, day=found.recalled_on)
    _require(recall.reason, "reason")
    _require(recall.instrument, "instrument")
    if recall.in_flight not in IN_FLIGHT:
        raise InvalidInputError("town.power.missing", field="in_flight")
    if found.valid_from is not None and recall.on <= found.valid_from:
        raise InvalidInputError("town.power.recall_before_begin", field="on", day=found.valid_from)
    found.recalled_on, found.in_flight = recall.on, recall.in_flight
    found.recall_reason, found.recall_instrument = recall.reason.strip(), recall.instrument.strip()
    found.recall_ordered_at = at or now()
    found.effect = Delegation.Effect.WAITING
    found.save()
    return _journaled(found, before, acting, at)


@transaction.atomic
def note_support(
    row: Delegation, *, acting: Acting, said: Mapping[str, Any], version: str, at: datetime | None = None
) -> Delegation:
    """Note what came with a power: trained staff, posts, money, and where that is written; empty stays unknown.

    Raises RefusedError `town.power.not_yours`, InvalidInputError `town.power.missing`, ConflictError.
    """
    found, before = _taken(row, acting, _RECALLERS, version)
    for name in _SUPPORT[:-1]:
        setattr(found, name, said.get(name))
    found.came_with_source = str(said.get("came_with_source") or "").strip()
    if any(getattr(found, name) is not None for name in _SUPPORT[:-1]):
        _require(found.came_with_source, "came_with_source")
    found.save()
    return _journaled(found, before, acting, at)


@transaction.atomic
def review_power(
    row: Delegation, *, acting: Acting, answer: str, reason: str, at: datetime | None = None
) -> PowerReview:
    """Record the town head's answer to the health of a power: keep, ask for more, give back; with the reason.

    Nothing follows by itself: a power goes back by a recall. Raises RefusedError `town.power.not_yours`,
    InvalidInputError `town.power.missing`.
    """
    if row.town_id != acting.town or not acting.roles & _HEAD:
        raise RefusedError("town.power.not_yours")
    if answer not in PowerReview.Answer.values:
        raise InvalidInputError("town.power.missing", field="answer")
    _require(reason, "reason")
    by = Person.objects.get(pk=acting.person) if acting.person else None
    return PowerReview.objects.create(delegation=row, answer=answer, reason=reason.strip(), by=by, at=at or now())


def _taken(row: Delegation, acting: Acting, roles: frozenset[str], version: str) -> tuple[Delegation, dict[str, Any]]:
    if row.town_id != acting.town or not acting.roles & roles:
        raise RefusedError("town.power.not_yours")
    found = Delegation.objects.select_for_update(of=("self",)).select_related("town").get(pk=row.pk)
    before = _content(found)
    if digest_of(before) != version:
        raise ConflictError("town.power.changed_meanwhile", name=found.title)
    return found, before


def _content(row: Delegation) -> dict[str, Any]:
    money = row.money_yuan
    return delegation_content(row) | {
        "trained_staff": row.trained_staff,
        "posts": row.posts,
        "money_yuan": None if money is None else format(money.normalize(), "f"),
        "came_with_source": row.came_with_source,
    }


def _require(value: object, field: str) -> None:
    if value is None or not str(value).strip():
        raise InvalidInputError("town.power.missing", field=field)


def _above(bodies: Mapping[str, Organisation], code: str, row: Delegation) -> Organisation:
    body = bodies.get(code)
    if body is None:
        raise InvalidInputError("town.power.missing", field="authority")
    if body.division_id == row.town_id:
        raise InvalidInputError("town.power.authority_in_town", field="authority")
    return body


def _alone(row: Delegation, since: date | None) -> None:
    """No two powers over one matter at a time."""
    others = Delegation.objects.filter(town=row.town, item=row.item).exclude(pk=row.pk).exclude(mode="")
    for other in others:
        begin = max(since or date.min, other.valid_from or date.min)
        if begin < min(row.recalled_on or date.max, other.recalled_on or date.max):
            raise InvalidInputError("town.power.another_holds", field="valid_from", other=other.code)


def _journaled(row: Delegation, before: Mapping[str, Any], acting: Acting, at: datetime | None) -> Delegation:
    after = _content(row)
    fields = {name: (before.get(name), after[name]) for name in after if before.get(name) != after[name]}
    if fields:
        kind = "edited" if before else "new"
        change = Change(section="delegations", key=row.code, kind=kind, fields=fields, written=True)
        by = Person.objects.get(pk=acting.person) if acting.person else None
        journal_change(
            town=row.town, pack="screen", version="", digest=digest_of(after), changes=(change,), at=at or now(), by=by
        )
        renew_time_stamps(row.town)
    return row
