"""The one place that reads the clock.

`JINLI_CLOCK` may name a file holding an ISO moment (tests and demonstrations of a frozen day); the file is read at
every call, so that a story can move a running server through its days.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return the present moment in UTC, with whole microseconds."""
    held = _frozen.get()
    if held is not None:
        return held
    file = os.environ.get("JINLI_CLOCK")
    if file:
        return datetime.fromisoformat(Path(file).read_text(encoding="utf-8").strip()).astimezone(UTC)
    return datetime.now(UTC)


@contextmanager
def frozen_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` inside the block (demonstration history and tests)."""
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
