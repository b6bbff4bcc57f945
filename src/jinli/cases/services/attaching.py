"""Keep files with a case: judged by content, stripped of position, stored outside the web root under their hash.

A line that opens a case with files calls `store`, puts `payload_of` into the private part of its entry and calls
`keep` in the same transaction; `attach` does all three for a move.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import filetype
from django.conf import settings
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from jinli.cases.models import Attachment, Case, Entry
from jinli.cases.services.moving import MakeMove, make_move
from jinli.domain.errors import DomainError, InvalidInputError
from jinli.town import moment
from jinli.town.acting import Acting
from jinli.town.ids import new_id

LARGEST: Final = 10 * 1024 * 1024
MOST: Final = 5
_PIXELS: Final = 60_000_000
_PICTURES: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_OFFICE: Final = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was sent; nothing its sender says of its type is believed."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A file on the disk that no row names yet."""

    id: UUID
    name: str
    sha256: str
    content_type: str
    size: int


def store(uploads: Sequence[Upload]) -> tuple[Stored, ...]:
    """Judge the files, strip pictures and write them; without a row afterwards they are nobody's.

    Raises
    ------
    InvalidInputError : too many, too large, empty, or of a kind that is not kept; nothing was written.
    """
    if len(uploads) > MOST:
        raise InvalidInputError("cases.file.too_many", field="files", most=MOST)
    judged = [_judged(one) for one in uploads]
    for _, content in judged:
        _write(content)
    return tuple(stored for stored, _ in judged)


def payload_of(stored: Sequence[Stored]) -> dict[str, Any]:
    """Return what the erasable part of the entry keeps: the names by id."""
    return {"files": {str(one.id): one.name for one in stored}} if stored else {}


def keep(*, case: Case, entry_seq: int, stored: Sequence[Stored], at: datetime) -> None:
    """Write the rows of stored files; call it in the transaction of the entry that names them."""
    Attachment.objects.bulk_create(
        [
            Attachment(
                id=one.id, case=case, town_id=case.town_id, entry_seq=entry_seq, sha256=one.sha256,
                content_type=one.content_type, size=one.size, added_at=at,
            )
            for one in stored
        ]
    )  # fmt: skip


def attach(*, acting: Acting, act: MakeMove, uploads: Sequence[Upload]) -> str:
    """Make a move with files and return the number as `make_move` does; both or neither are kept.

    Raises
    ------
    As `store` and `make_move`.
    """
    stored = store(uploads)
    if not stored:
        return make_move(acting=acting, act=act)
    answer, refused = "", None
    with transaction.atomic():
        before = Case.objects.select_for_update().get(pk=act.case, town=acting.town).seq
        try:
            answer = make_move(acting=acting, act=replace(act, private={**act.private, **payload_of(stored)}))
        except DomainError as error:  # what was due before the refused act stays written
            refused = error
        made = Entry.objects.filter(case=act.case, seq__gt=before, move=act.move, track=act.track).order_by("seq")
        entry = None if refused else made.first()
        if entry is not None:  # the same request sent again makes no entry and keeps no second row
            case = Case.objects.get(pk=act.case)
            keep(case=case, entry_seq=entry.seq, stored=stored, at=moment.now())
    if refused is not None:
        raise refused
    return answer


def path_of(attachment: Attachment) -> Path:
    """Return where a file lies."""
    return _path(attachment.sha256)


def _path(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def _judged(upload: Upload) -> tuple[Stored, bytes]:
    name = Path(upload.name.replace("\\", "/")).name.replace("\x00", "").strip()[:120] or "file"
    if not upload.content:
        raise InvalidInputError("cases.file.empty", field="files", name=name)
    if len(upload.content) > LARGEST:
        raise InvalidInputError("cases.file.too_large", field="files", name=name, megabytes=LARGEST // 1024 // 1024)
    kind = _kind(upload.content)
    if kind is None:
        raise InvalidInputError("cases.file.kind", field="files", name=name)
    content = _stripped(upload.content, kind, name) if kind in _PICTURES else upload.content
    digest = sha256(content).hexdigest()
    return Stored(id=new_id(), name=name, sha256=digest, content_type=kind, size=len(content)), content


def _kind(content: bytes) -> str | None:
    """Return the type that the content itself shows, None for any that is not kept."""
    guessed = filetype.guess_mime(content)
    if guessed in _PICTURES or guessed == "application/pdf":
        return str(guessed)
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
    except zipfile.BadZipFile:
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for name, kind in _OFFICE.items() if name in names), None)


def _stripped(content: bytes, kind: str, name: str) -> bytes:
    """Return the picture alone: turned upright, without position, camera, comments or thumbnails."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > _PIXELS:
                raise InvalidInputError("cases.file.kind", field="files", name=name)
            upright = ImageOps.exif_transpose(picture)
            bare = Image.new(upright.mode, upright.size)
            if upright.mode == "P" and upright.palette is not None:
                bare.putpalette(upright.palette)
            bare.paste(upright)
            held = io.BytesIO()
            more = {"quality": 88} if kind != "image/png" else {}
            bare.save(held, _PICTURES[kind], **more)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidInputError("cases.file.kind", field="files", name=name) from error
    return held.getvalue()


def _write(content: bytes) -> None:
    """Write once under the hash; the file is whole or not there."""
    target = _path(sha256(content).hexdigest())
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, held = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(held).replace(target)
