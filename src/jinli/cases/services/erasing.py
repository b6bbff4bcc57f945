"""Lawful erasure: delete payload and salt, leave the chain whole, and remember outside the database what was erased."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from jinli.cases.lines import file_is_held
from jinli.cases.models import Attachment, Case, EntryPayload, Paper, RequestKey, SearchRow
from jinli.cases.services.opening import actor_of
from jinli.cases.services.printing import remove_printed
from jinli.cases.work import flush, take
from jinli.domain.errors import InvalidInputError
from jinli.domain.requests import SYSTEM, Actor, Decision
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.models import PartyFact

PAYLOAD_ERASED = "payload_erased"


def register_path() -> Path:
    """Return where erasures are remembered: beside the database, never inside it."""
    return Path(settings.HOME) / "erasures.jsonl"


def erase_payload(*, acting: Acting, case: Case, basis: str, seqs: Iterable[int] | None = None) -> int:
    """Erase the personal payload of a case (all of it, or of some entries) and return how many entries lost theirs.

    Covers names and texts in the journal, what papers say and their printed forms, the search row, idempotency records,
    facts of the reporter learnt in this case, and files nobody else holds. Numbers and states of papers stay. Backups
    keep what was erased until they are rotated out; a restore applies the register again.

    Raises
    ------
    InvalidInputError : no legal basis was given.
    """
    if not basis.strip():
        raise InvalidInputError("domain.move.needs", move=PAYLOAD_ERASED, field="legal_basis")
    erased = _erase(case, actor_of(acting), basis, seqs)
    if erased:
        line = {"town": case.town.code, "case": case.number, "seqs": erased, "basis": basis}
        with register_path().open("a", encoding="utf-8") as register:
            register.write(json.dumps(line, ensure_ascii=False) + "\n")
    return len(erased)


@transaction.atomic
def _erase(case: Case, actor: Actor, basis: str, seqs: Iterable[int] | None) -> list[int]:
    now = moment.now()
    work, _ = take(case.pk)
    work.settle(now)
    found = EntryPayload.objects.filter(entry__case=case)
    papers = Paper.objects.filter(case=case, content__isnull=False)
    if seqs is not None:
        wanted = list(seqs)
        found, papers = found.filter(entry__seq__in=wanted), papers.filter(entry_seq__in=wanted)
    written = list(papers.only("entry_seq", "number"))
    erased = sorted({*found.values_list("entry__seq", flat=True), *(one.entry_seq for one in written)})
    files = [
        row for row in Attachment.objects.filter(case=case, erased_at=None) if seqs is None or row.entry_seq in erased
    ]
    if not erased and not files:
        flush([work])
        return []
    recorded = max(now, work.state.recorded_at or now)
    work.add(_decision(actor, work.case.procedure, basis, erased, recorded))
    flush([work])
    found.delete()
    Paper.objects.filter(pk__in=[one.pk for one in written]).update(content=None, salt=None, erased_at=recorded)
    for paper in written:
        transaction.on_commit(lambda paper=paper: remove_printed(paper))  # type: ignore[misc]
    SearchRow.objects.filter(case=case).delete()
    RequestKey.objects.filter(town=case.town, answer=case.number).delete()
    if case.reporter_id is not None:
        PartyFact.objects.filter(party=case.reporter_id, source_case=case.pk).delete()
    for row in files:
        Attachment.objects.filter(pk=row.pk).update(erased_at=recorded)
        transaction.on_commit(lambda sha=row.sha256: _remove_file(sha))  # type: ignore[misc]
    return erased


def _decision(actor: Actor, procedure: str, basis: str, erased: list[int], at: datetime) -> Decision:
    return Decision(
        body={
            "actor": actor.to_json(),
            "channel": "page" if actor.person else "system",
            "erased": erased,
            "given": {"legal_basis": basis},
            "happened_at": at.isoformat(),
            "move": PAYLOAD_ERASED,
            "procedure": procedure,
            "recorded_at": at.isoformat(),
            "track": "case",
        },
        payload={},
    )


def _remove_file(sha: str) -> None:
    """Remove a stored file unless another case, or a line in what is not sent yet, still holds the same content."""
    if not Attachment.objects.filter(sha256=sha, erased_at=None).exists() and not file_is_held(sha):
        (Path(settings.MEDIA_ROOT) / sha[:2] / sha).unlink(missing_ok=True)


def apply_erasure_register(path: Path | None = None) -> int:
    """Apply every remembered erasure again after a restore; return how many payloads that removed."""
    file = path or register_path()
    if not file.exists():
        return 0
    count = 0
    for text in file.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        case = Case.objects.select_related("town").filter(town__code=line["town"], number=line["case"]).first()
        if case is not None and _holds_any(case, line["seqs"]):
            count += len(_erase(case, SYSTEM, line["basis"], line["seqs"]))
    return count


def _holds_any(case: Case, seqs: list[int]) -> bool:
    """Return whether anything is left of what was once erased."""
    if EntryPayload.objects.filter(entry__case=case, entry__seq__in=seqs).exists():
        return True
    return Paper.objects.filter(case=case, entry_seq__in=seqs, content__isnull=False).exists()
