"""Names of files, kept where personal text is kept."""

from __future__ import annotations

import json

from jinli.cases.models import Attachment, EntryPayload


def file_name(row: Attachment) -> str | None:
    """Return the name its sender gave the file, None when it was erased."""
    payload = EntryPayload.objects.filter(entry__case=row.case_id, entry__seq=row.entry_seq).first()
    name = json.loads(payload.text).get("files", {}).get(str(row.pk)) if payload else None
    return str(name) if name else None
