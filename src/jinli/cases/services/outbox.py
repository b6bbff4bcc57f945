"""The outbox: messages leave at least once, each under a unique key, through a sender that can be replaced."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from jinli.cases.models import Notice
from jinli.town.masking import mask_telephone
from jinli.town.models import PartyFact


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
    """Return the sender named by the setting JINLI_SENDER (dotted path), else the printing one."""
    made: Sender = import_string(getattr(settings, "JINLI_SENDER", f"{__name__}.PrintingSender"))()
    return made


def send_waiting(now: datetime, *, limit: int = 200) -> int:
    """Send waiting messages, oldest first, and return how many left. One failure does not stop the rest."""
    carrier, sent = sender(), 0
    for notice in (
        Notice.objects.filter(state=Notice.State.WAITING).select_related("case").order_by("created_at")[:limit]
    ):
        address = _address(notice)
        if not address:
            Notice.objects.filter(pk=notice.pk).update(state=Notice.State.FAILED)
            continue
        try:
            carrier.send(
                channel=notice.channel,
                address=address,
                text=f"{notice.case.number} {notice.move}",
                unique=notice.unique,
            )
        except OSError:
            continue
        Notice.objects.filter(pk=notice.pk, state=Notice.State.WAITING).update(state=Notice.State.SENT, sent_at=now)
        sent += 1
    return sent


def _address(notice: Notice) -> str:
    facts = PartyFact.objects.filter(party=notice.to_party_id, attribute="telephone", valid_to=None)
    return facts.order_by("-recorded_at").values_list("value", flat=True).first() or ""


def hold_outbox() -> int:
    """Put everything that waits on hold (after a restore, nobody is told the same thing twice)."""
    return Notice.objects.filter(state=Notice.State.WAITING).update(state=Notice.State.HELD)


def release_outbox() -> int:
    """Let what is on hold leave, when a person has looked at it."""
    return Notice.objects.filter(state=Notice.State.HELD).update(state=Notice.State.WAITING)
