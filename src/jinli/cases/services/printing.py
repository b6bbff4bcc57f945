"""Print a paper as PDF: made when somebody first asks for it, kept beside the database, gone with its content."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from jinli.cases.models import Paper
from jinli.cases.papers.press import PAPER, layout_digest, press, qr
from jinli.cases.selectors.papers import ENDING
from jinli.domain import journal
from jinli.domain.errors import RefusedError
from jinli.ui.dates import day_text
from jinli.ui.words import say_in

#: Raised when the same content and layout come out otherwise, so that no stale PDF is served.
_EDITION: Final = 1


def pdf_of(paper: Paper, *, language: str = "zh", address: str = "") -> bytes:
    """Return the PDF of a paper in a language, `zh` or `en`; `address` is where its QR code leads (this server).

    The English one is a reading version and says so. A paper no longer valid says so on its face, a simulated one
    bears a watermark.

    Raises
    ------
    RefusedError : its content was lawfully erased, or is not what was issued.
    """
    return printed(paper, document_of(paper), language=language, address=address)


def printed(
    paper: Paper, document: Mapping[str, Any], *, language: str = "zh", address: str = "", note: str = ""
) -> bytes:
    """Return the PDF of what a paper says, perhaps masked; `note` stands above it."""
    lang = "en" if language.lower().startswith("en") else "zh"
    said = said_of(paper, document, lang, address or settings.PUBLIC_ADDRESS, note)
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    digest = sha256(f"{_EDITION}/{layout_digest(PAPER)}/{text}".encode()).hexdigest()
    path = folder_of(paper) / f"{digest}.pdf"
    if path.is_file():
        return path.read_bytes()
    made = press(PAPER, {**said, "qr": qr(said["address"])}, at=paper.issued_at)
    _keep(path, made)
    return made


def document_of(paper: Paper) -> dict[str, Any]:
    """Return what a paper says.

    Raises
    ------
    RefusedError : it was erased, or it is not what its commitment says.
    """
    if paper.content is None or paper.salt is None:
        raise RefusedError("cases.paper.erased", number=paper.number)
    if journal.commitment(bytes(paper.salt), paper.content) != paper.commitment:
        raise RefusedError("cases.paper.altered", number=paper.number)
    found: dict[str, Any] = json.loads(paper.content)
    return found


def verify_path(paper: Paper) -> str:
    """Return the path of the page that verifies a paper."""
    return reverse("cases:verify", args=[paper.token])


def folder_of(paper: Paper) -> Path:
    """Return where the printed forms of a paper are kept."""
    return Path(settings.MEDIA_ROOT) / "papers" / str(paper.pk)


def remove_printed(paper: Paper) -> None:
    """Remove every printed form of a paper whose content was erased."""
    shutil.rmtree(folder_of(paper), ignore_errors=True)


def _keep(path: Path, made: bytes) -> None:
    """Write a file whole or not at all: two who ask at once write the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(made)
    Path(name).replace(path)


def said_of(paper: Paper, document: Mapping[str, Any], lang: str, address: str, note: str = "") -> dict[str, Any]:
    """Return what the layout sets, in one language; its QR code leads to `address`."""
    zone = ZoneInfo(paper.town.zone)
    here = address.rstrip("/") + verify_path(paper)
    body = document["body"][lang]
    day = _day(paper.issued_at, zone)
    verify = [
        say_in(lang, "cases.paper.verify.scan", address=here),
        say_in(lang, "cases.paper.verify.type", ending=paper.token[-ENDING:]),
        say_in(lang, "cases.paper.simulated.line" if paper.simulated else "cases.paper.verify.seal"),
    ]
    return {
        "address": here,
        "banner": _banner(paper, lang, zone),
        "blocks": [in_language(one, lang) for one in document["blocks"]],
        "body": body,
        "colon": say_in(lang, "ui.colon").rstrip(),
        "date": [day.year, day.month, day.day],
        "day": document["day"][lang],
        "footer": say_in(lang, "cases.paper.footer", number=paper.number, case=document["case"]),
        "lang": lang,
        "number": paper.number,
        "ordinal": say_in(lang, "cases.paper.ordinal"),
        "reading": " ".join(one for one in (note, say_in(lang, "cases.paper.reading") if lang == "en" else "") if one),
        "seal": say_in(lang, "cases.paper.seal"),
        "sort": document["sort"],
        "title": document["title"][lang],
        "verify": verify,
        "watermark": say_in(lang, "cases.paper.simulated.mark") if paper.simulated else "",
    }


def _banner(paper: Paper, lang: str, zone: ZoneInfo) -> str:
    """Return what a paper that is no longer valid says on its face."""
    if paper.state == Paper.State.VALID:
        return ""
    at = day_text(_day(paper.state_at or paper.issued_at, zone), tongue=lang, weekday=False)
    number = paper.replaced_by.number if paper.replaced_by else ""
    return say_in(lang, f"cases.paper.banner.{paper.state}", at=at, number=number)


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def in_language(value: Any, lang: str) -> Any:
    """Return a part of a document with every pair of words in one language."""
    if isinstance(value, Mapping):
        if set(value) == {"zh", "en"}:
            return value[lang]
        return {name: in_language(one, lang) for name, one in value.items()}
    if isinstance(value, list):
        return [in_language(one, lang) for one in value]
    return value
