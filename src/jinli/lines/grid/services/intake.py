"""How a report comes in: from a resident, over the telephone or counter, from a ticket of 12345, from a patrol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from jinli.cases.identity import secret_hash
from jinli.cases.models import Attachment, Case
from jinli.cases.search import matching
from jinli.cases.services import OpenCase, Opened, open_case
from jinli.cases.services.attaching import Stored, Upload, keep, payload_of, store
from jinli.cases.services.opening import tracking_code
from jinli.domain.errors import InvalidInputError, RefusedError
from jinli.lines.grid.selectors.bodies import bodies_of
from jinli.lines.grid.selectors.places import reportable_place
from jinli.lines.grid.selectors.standards import classes_of, standards_at
from jinli.town import moment
from jinli.town.acting import Acting, resident
from jinli.town.models import Division, Duty, Place
from jinli.town.selectors import local_day
from jinli.ui.words import say_in

PUBLIC, TELEPHONE, HOTLINE, WALK_IN, FINDING = "public", "telephone", "hotline", "walk_in", "finding"
STAFF_CHANNELS = (TELEPHONE, HOTLINE, WALK_IN)
INTAKE_ROLES = frozenset({Duty.Role.COMMAND_CENTRE, Duty.Role.VILLAGE_OFFICER})
FINDING_ROLES = frozenset({Duty.Role.GRID_WORKER, Duty.Role.VILLAGE_OFFICER})
MOST_CHARACTERS = 2000
_TELEPHONE = re.compile(r"\+?[0-9]{7,15}")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody tells: what, where, and how to be reached. A place or an address is enough; the rest may be empty.

    `place` is the code of a village, community or zone.
    """

    text: str
    place: str = ""
    address: str = ""
    name: str = ""
    telephone: str = ""


def report_public(*, town: Division, told: Told, key: str, uploads: Sequence[Upload] = ()) -> Opened:
    """Open the report of a resident without account and return its number and code; files come with it or not at all.

    The same form sent twice gives the first answer. Raises InvalidInputError naming the field, RefusedError
    `grid.report.no_command_centre`.
    """
    if not uploads:
        return _open(acting=resident(town.pk), town=town, told=told, channel=PUBLIC, key=key)
    stored = tuple(replace(one, id=_file_id(key, number, one)) for number, one in enumerate(store(uploads)))
    with transaction.atomic():
        opened = _open(acting=resident(town.pk), town=town, told=told, channel=PUBLIC, key=key, files=stored)
        if not Attachment.objects.filter(case=opened.id).exists():
            case = Case.objects.get(pk=opened.id)
            keep(case=case, entry_seq=1, stored=stored, at=case.opened_at)
    return opened


def _file_id(key: str, number: int, stored: Stored) -> UUID:
    """Return the same id for the same file of the same form, so that a form sent twice is seen to be the same."""
    return UUID(bytes=sha256(f"{key}/{number}/{stored.sha256}".encode()).digest()[:16])


def enter_report(
    *,
    acting: Acting,
    town: Division,
    told: Told,
    channel: str,
    key: str,
    foreign_number: str = "",
    received_at: datetime | None = None,
) -> Opened:
    """Enter what somebody said by telephone, at the counter or through 12345; clocks run from `received_at`.

    Raises InvalidInputError naming the field: a channel that is not one of `STAFF_CHANNELS`, a ticket without number
    or with one that is entered already, a moment that lies ahead; RefusedError for other duties.
    """
    if not acting.roles & INTAKE_ROLES or acting.town != town.pk:
        raise RefusedError("grid.intake.not_yours")
    if channel not in STAFF_CHANNELS:
        raise InvalidInputError("grid.intake.channel", field="channel")
    number = foreign_number.strip()
    if channel == HOTLINE and not number:
        raise InvalidInputError("grid.intake.foreign_missing", field="foreign_number")
    if received_at is not None and received_at > moment.now():
        raise InvalidInputError("domain.move.in_the_future", field="received_at")
    if number:
        _refuse_known(town, number, key)
    return _open(
        acting=acting, town=town, told=told, channel=channel, key=key, foreign_number=number, happened_at=received_at
    )


def find(
    *, acting: Acting, town: Division, class_code: str, place: str, key: str, text: str = "", address: str = ""
) -> Opened:
    """Record what a grid worker found; class and place are enough, no picture is asked for.

    A telephone that lost its connection may send the same again: one case, the first answer. Raises
    InvalidInputError naming the field, RefusedError for other duties.
    """
    if not acting.roles & FINDING_ROLES or acting.town != town.pk:
        raise RefusedError("grid.find.not_yours")
    day = local_day(town, moment.now())
    known = {one.class_code: one for one in standards_at(town, day)}
    if class_code not in known:
        raise InvalidInputError("grid.find.class_missing", field="class_code")
    told = Told(text=text or known[class_code].minor, place=place, address=address)
    return _open(
        acting=acting, town=town, told=told, channel=FINDING, key=key, class_code=class_code,
        title=known[class_code].minor,
    )  # fmt: skip


def class_names(town: Division) -> dict[str, str]:
    """Return the minor classes in force, code -> name in the reader's language."""
    return {one.code: one.name for one in classes_of(standards_at(town, local_day(town, moment.now())))}


def _open(
    *,
    acting: Acting,
    town: Division,
    told: Told,
    channel: str,
    key: str,
    class_code: str = "",
    title: str = "",
    foreign_number: str = "",
    happened_at: datetime | None = None,
    files: Sequence[Stored] = (),
) -> Opened:
    now = moment.now()
    day = local_day(town, now)
    said = _checked(told)
    place = reportable_place(town, said.place, day) if said.place else None
    met = {name: value for name, value in (("name", said.name), ("telephone", said.telephone)) if value}
    private: dict[str, Any] = {"text": said.text, "address": said.address, **met, "foreign_number": foreign_number}
    spec = OpenCase(
        type_code="grid_report",
        title=_title(title or say_in("zh-hans", f"grid.title.{channel}"), place),
        channel=channel,
        class_code=class_code,
        place=place,
        facts={} if said.telephone else {"anonymous": True},
        bodies=bodies_of(town, day),
        private={**{name: value for name, value in private.items() if value}, **payload_of(files)},
        met=met,
        happened_at=happened_at,
        foreign_number=foreign_number,
        key=key,
    )
    return open_case(acting=acting, town=town, spec=spec)


def _checked(told: Told) -> Told:
    """Return what was told without the blanks around it and with a plain number, or refuse it at its field."""
    text = told.text.strip()
    telephone = re.sub(r"[\s()（）\-—]", "", told.telephone)
    if not text:
        raise InvalidInputError("grid.report.text_missing", field="text")
    if len(text) > MOST_CHARACTERS:
        raise InvalidInputError("grid.report.text_long", field="text", most=MOST_CHARACTERS)
    if not told.place and not told.address.strip():
        raise InvalidInputError("grid.report.where_missing", field="village")
    if telephone and not _TELEPHONE.fullmatch(telephone):
        raise InvalidInputError("grid.report.telephone", field="telephone")
    return Told(
        text=text,
        place=told.place,
        address=told.address.strip()[:200],
        name=told.name.strip()[:60],
        telephone=telephone,
    )


def _title(what: str, place: Place | None) -> str:
    """Return what lists show before anybody has sorted the report; nothing personal."""
    return f"{what}（{place.name}）" if place else what


def _refuse_known(town: Division, number: str, key: str) -> None:
    """Refuse a foreign number that is entered already, unless it is the same form again."""
    known = matching(Case.objects.filter(town=town, foreign_number=number), number).first()
    if known is not None and known.track_code != secret_hash(tracking_code(key)):
        raise InvalidInputError(
            "grid.intake.foreign_known", field="foreign_number", foreign=number, number=known.number
        )
