"""Count what was asked of the database, statement by statement, also where several went in one message."""

from __future__ import annotations

import re

from django.test.utils import CaptureQueriesContext

_WORDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_NEXT = re.compile(r";\n(?=(?:SELECT|INSERT|UPDATE|DELETE) )")


def statements_of(caught: CaptureQueriesContext) -> list[str]:
    """Return the statements that read or change rows, in order; transaction control is left out."""
    messages = [one["sql"].lstrip() for one in caught.captured_queries]
    found = [sql for message in messages for sql in _NEXT.split(message)]
    return [sql for sql in found if sql.upper().startswith(_WORDS)]


def messages_of(caught: CaptureQueriesContext) -> int:
    """Return how many messages these statements were sent in."""
    return sum(one["sql"].lstrip().upper().startswith(_WORDS) for one in caught.captured_queries)
