"""The outbox: messages leave at least once, each under a unique key, through a sender that can be replaced."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from jinli.cases.identity import part_id
from jinli.cases.lines import holder_url
from jinli.cases.models import EntryPayload, Grant, Notice
from jinli.cases.selectors.grants import GRANT_ENDS
from jinli.town.masking import mask_telephone
from jinli.town.models import PartyFact
from jinli.ui.dates import day_text
from jinli.ui.words import say_in


class Sender(Protocol):
    """Carries one message to an address. `unique` lets the carrier drop a repeat."""

    def send(self, *, channel: str, address: str, text: str, unique: str) -> None:
        """Send, or raise; what raises stays in the outbox and is tried again."""


class PrintingSender:
    """The default: writes masked messages to a log file in the home folder and sends nothing."""

    def send(self, *, channel: str, address: str, text: str, unique: str) -> None:
        """Write one line."""
        with (settings.HOME / "outbox.log").open("a", encoding="utf-8") as log:
            log.write(f"{channel} {mask_telephone(address)} {unique} {text}\n")


def sender() -> Sender:
    """Return the sender that the environment variable JINLI_SENDER names (dotted path of its class)."""
    made: Sender = import_string(settings.JINLI_SENDER)()
    return made


def send_waiting(now: datetime, *, limit: int = 200) -> int:
    """Send waiting messages, oldest first, and return how many left. One failure does not stop the rest."""
    carrier, sent = sender(), 0
    waiting = Notice.objects.filter(state=Notice.State.WAITING).select_related("case__town").order_by("created_at")
    for notice in waiting[:limit]:
        address = _address(notice)
        if not address:
            Notice.objects.filter(pk=notice.pk).update(state=Notice.State.FAILED)
            continue
        try:
            carrier.send(
                channel=notice.channel,
                address=address,
                text=_text(notice),
                unique=notice.unique,
            )
        except OSError:
            continue
        Notice.objects.filter(pk=notice.pk, state=Notice.State.WAITING).update(state=Notice.State.SENT, sent_at=now)
        sent += 1
    return sent


def _text(notice: Notice) -> str:
    """Return the message: the reply as it was written, else that there is news on the progress page."""
    if notice.move == GRANT_ENDS:
        return _ending(notice)
    entry_id = part_id(notice.case_id, "entry", notice.entry_seq)
    held = EntryPayload.objects.filter(entry=entry_id).values_list("text", flat=True).first()
    reply = json.loads(held).get("reply") if held else None
    said = reply or say_in("zh-hans", "cases.message.news")
    return say_in("zh-hans", "cases.message", town=notice.case.town.name, number=notice.case.number, said=said)


def _ending(notice: Notice) -> str:
    """Return the reminder that a grant ends: which, when, and the address at which its holder asks for renewal."""
    grant = Grant.objects.select_related("town").get(pk=UUID(notice.unique.partition("/")[0]))
    last = day_text(grant.valid_to, tongue="zh", weekday=False) if grant.valid_to else ""
    path = holder_url(grant.town.code, grant.number)
    said = say_in(
        "zh-hans", "cases.message.grant_ends", title=grant.title, grant=grant.number, day=last,
        address=f"{settings.PUBLIC_ADDRESS.rstrip('/')}{path}",
    )  # fmt: skip
    return say_in("zh-hans", "cases.message", town=grant.town.name, number=notice.case.number, said=said)


def _address(notice: Notice) -> str:
    facts = PartyFact.objects.filter(party=notice.to_party_id, attribute="telephone", valid_to=None)
    return facts.order_by("-recorded_at").values_list("value", flat=True).first() or ""


def hold_outbox() -> int:
    """Put everything that waits on hold (after a restore, nobody is told the same thing twice)."""
    return Notice.objects.filter(state=Notice.State.WAITING).update(state=Notice.State.HELD)


def release_outbox() -> int:
    """Let what is on hold leave, when a person has looked at it."""
    return Notice.objects.filter(state=Notice.State.HELD).update(state=Notice.State.WAITING)
