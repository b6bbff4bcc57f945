"""What an erasure would take from a case, counted and never shown."""

from __future__ import annotations

from dataclasses import dataclass

from jinli.cases.models import Attachment, Case, Entry, EntryPayload, Paper
from jinli.town.models import PartyFact


@dataclass(frozen=True, kw_only=True)
class Erasable:
    """How much personal there is in a case, and how much was erased before.

    Attributes
    ----------
    entries : entries that still have their personal part; `stay` are all entries, which stay with their hashes.
    facts : name, telephone and address of the reporter as learnt in this case.
    """

    entries: int
    stay: int
    facts: int
    files: int
    papers: int
    erased: int

    @property
    def anything(self) -> bool:
        """Whether there is anything left to erase."""
        return bool(self.entries or self.files or self.papers)


def erasable(case: Case) -> Erasable:
    """Return what there is to erase in a case. Six queries."""
    payloads = EntryPayload.objects.filter(entry__case=case).count()
    committed = Entry.objects.filter(case=case).exclude(commitment="").count()
    facts = PartyFact.objects.filter(party=case.reporter_id, source_case=case.pk).count() if case.reporter_id else 0
    return Erasable(
        entries=payloads,
        stay=Entry.objects.filter(case=case).count(),
        facts=facts,
        files=Attachment.objects.filter(case=case, erased_at=None).count(),
        papers=Paper.objects.filter(case=case, content__isnull=False).count(),
        erased=committed - payloads,
    )
