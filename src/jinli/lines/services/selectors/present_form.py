"""What the form of an application says now: the first one with every later correction laid over it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinli.cases.selectors.case_view import Told


def present_form(told: Iterable[Told]) -> dict[str, Any]:
    """Return the fields of the form as they stand; empty once the personal data were erased."""
    found: dict[str, Any] = {}
    for one in told:
        found.update((one.private or {}).get("form") or {})
    return found
