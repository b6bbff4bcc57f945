"""The daily seal: one root over the heads of every case that changed since the last one.

A root that has been published (the public page of seals) is what detects a rewrite by somebody who holds the database;
the chain alone only detects a change by somebody who does not recompute it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection, transaction

from jinli.cases.models import Seal
from jinli.domain.journal import seal_root
from jinli.town.models import Division


@transaction.atomic
def seal_town(town: Division, now: datetime) -> Seal | None:
    """Seal what changed in the town; return the seal, or `None` when nothing changed since the last one.

    The listed heads and the mark on each case come from one statement: an entry committed later falls into the next
    seal.
    """
    last = Seal.objects.filter(town=town).order_by("-number").first()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET sealed_seq = seq WHERE town_id = %s AND seq > sealed_seq"
            " RETURNING number, seq, head",
            [town.pk],
        )
        heads = [(str(number), int(seq), str(head)) for number, seq, head in cursor.fetchall()]
    if not heads:
        return None
    previous = last.root if last else ""
    text, root = seal_root(previous, now.astimezone(UTC).isoformat(), heads)
    return Seal.objects.create(
        town=town, number=last.number + 1 if last else 1, sealed_at=now, previous_root=previous, heads=text, root=root
    )
