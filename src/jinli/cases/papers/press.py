"""Our own thin face to the typesetter: a layout, what it says, and out comes a PDF/A.

The library is young and heavy, so nothing but this file knows it, and it is loaded when the first paper is printed.
What is said goes to the layout as JSON and is only ever text there: nothing that people write is run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Final

import segno

HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "fonts"
PAPER, CASE_FILE, BLOCKS = "paper.typ", "case_file.typ", "blocks.typ"
#: Archives keep PDF/A (ISO 19005-2, level B): fonts inside, nothing loaded from elsewhere.
_STANDARD: Final = "a-2b"
_lock = Lock()


@cache
def layout_digest(layout: str) -> str:
    """Return what tells one edition of a layout from another."""
    return sha256(source_of(layout) + source_of(BLOCKS)).hexdigest()


@cache
def source_of(layout: str) -> bytes:
    """Return the text of a layout."""
    return (HERE / layout).read_bytes()


@lru_cache(maxsize=1)
def compiler() -> Any:
    """Return the one compiler of this process; it remembers fonts and what it has laid out."""
    import typst

    return typst.Compiler(root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True)


def press(layout: str, said: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the PDF. `at` is the moment it bears inside, so that the same paper gives the same bytes."""
    inputs = {"said": json.dumps(said, ensure_ascii=False)}
    with _lock:  # the compiler keeps its inputs between calls
        made: bytes = compiler().compile(
            source_of(layout), format="pdf", sys_inputs=inputs, pdf_standards=[_STANDARD], timestamp=int(at.timestamp())
        )
    return made


def qr(text: str) -> str:
    """Return a QR code as SVG, with a quiet edge and enough repair for a creased paper."""
    svg: str = segno.make(text, error="m", micro=False).svg_inline(border=2, dark="#000", light="#fff")
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if "xmlns" not in svg else svg
