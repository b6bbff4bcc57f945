"""What a file is, by its contents and never by its name, and whether it may be opened.

Everything that is no table is refused with what to do about it. An xlsx is a zip: what it unpacks to is looked at
before anything is unpacked.
"""

from __future__ import annotations

import codecs
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jinli.domain.errors import InvalidInputError

LARGEST = 64 * 2**20
"""Bytes of a file."""
LARGEST_UNPACKED = 768 * 2**20
"""Bytes that an xlsx of 200,000 wide rows may unpack to."""
LARGEST_PART = 512 * 2**20
LARGEST_TEXTS = 128 * 2**20
"""Bytes of the shared texts of an xlsx, which are held in memory."""
MOST_ROWS = 200_000
_BLOCK = 2**20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "SQLite"),
)
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Seen:
    """What a file turned out to be; `lines` counts line breaks and is 0 for an xlsx."""

    kind: Literal["csv", "xlsx"]
    encoding: str = ""
    lines: int = 0


def look_at(path: Path) -> Seen:
    """Return what a file is. Raises InvalidInputError `exchange.file.*` for what is no table or too large."""
    size = path.stat().st_size
    if size == 0:
        raise InvalidInputError("exchange.file.empty", field="file")
    if size > LARGEST:
        raise InvalidInputError("exchange.file.too_large", field="file", size=-(-size // 2**20), most=LARGEST // 2**20)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(_OLE):
        _refuse_ole(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_zip(path)
        return Seen("xlsx")
    for mark, name in _OTHERS:
        if head.startswith(mark):
            raise InvalidInputError("exchange.file.not_a_table", field="file", found=name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style")):
        raise InvalidInputError("exchange.file.web_page", field="file")
    return _as_text(path, head)


def _refuse_ole(path: Path) -> None:
    """Refuse the container of old Office files: names of its streams are UTF-16."""
    held = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in held:
        raise InvalidInputError("exchange.file.password", field="file")
    if any(name.encode("utf-16-le") in held for name in ("Workbook", "Book\0")):
        raise InvalidInputError("exchange.file.old_xls", field="file")
    raise InvalidInputError("exchange.file.not_a_table", field="file", found="DOC/PPT/MSI")


def _check_zip(path: Path) -> None:
    """Refuse a zip that is no xlsx, is broken, or unpacks to more than we are ready to hold."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = {one.filename.replace("\\", "/").lstrip("/"): one.file_size for one in package.infolist()}
            encrypted = any(one.flag_bits & 1 for one in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):  # the last for ways of packing it does not know
        raise InvalidInputError("exchange.file.broken", field="file") from None
    if encrypted:
        raise InvalidInputError("exchange.file.password", field="file")
    if "xl/workbook.xml" not in parts:
        if "xl/workbook.bin" in parts:
            raise InvalidInputError("exchange.file.other_table", field="file", found="xlsb")
        if "content.xml" in parts:
            raise InvalidInputError("exchange.file.other_table", field="file", found="ods")
        found = "DOCX" if "word/document.xml" in parts else "PPTX" if "ppt/presentation.xml" in parts else "ZIP"
        raise InvalidInputError("exchange.file.not_a_table", field="file", found=found)
    texts = sum(size for name, size in parts.items() if name.lower().endswith("sharedstrings.xml"))
    # A part cannot hold more than it declares: reading it stops there, and its checksum no longer fits.
    if sum(parts.values()) > LARGEST_UNPACKED or max(parts.values()) > LARGEST_PART or texts > LARGEST_TEXTS:
        size = sum(parts.values()) // 2**20
        raise InvalidInputError("exchange.file.unpacks_too_large", field="file", size=size)


def _as_text(path: Path, head: bytes) -> Seen:
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if not encoding and b"\0" in head:
        raise InvalidInputError("exchange.file.not_a_table", field="file", found="binary")
    names = [encoding] if encoding else ["utf-8", "gb18030"]
    broken = {}
    for name in names:
        wrong, lines, length = _decoded(path, name)
        broken[name] = wrong
        if not wrong:
            return Seen("csv", name, lines)
    # Neither is clean: a few bytes were lost on the way. The better one is taken, and the cells that lost them are
    # refused one by one; too many, and it is another encoding altogether.
    best = min(broken, key=lambda name: broken[name])
    if broken[best] > max(3, length // 500):
        raise InvalidInputError("exchange.file.encoding", field="file")
    return Seen("csv", best, lines)


def _decoded(path: Path, encoding: str) -> tuple[int, int, int]:
    """Return how many characters cannot be read in this encoding, how many line breaks and how many bytes there are."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    wrong = lines = length = 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            text = decoder.decode(block)
            wrong += text.count("\ufffd")
            lines += text.count("\n")
            length += len(block)
    return wrong + decoder.decode(b"", True).count("\ufffd"), lines, length
