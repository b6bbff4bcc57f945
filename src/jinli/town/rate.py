"""Count attempts of one caller, so that guessing and flooding stay slow."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache


def attempts(scope: str, caller: str) -> int:
    """Return how often a caller tried within the span that is running."""
    return int(cache.get(_key(scope, caller), 0))


def note_attempt(scope: str, caller: str, *, span: timedelta) -> int:
    """Count one attempt more and return the number; the span runs from the first attempt.

    Each server process counts for itself, so the real limit is at most the limit times the number of processes.
    """
    key = _key(scope, caller)
    if cache.add(key, 1, timeout=span.total_seconds()):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # ran out between the two calls
        cache.set(key, 1, timeout=span.total_seconds())
        return 1


def _key(scope: str, caller: str) -> str:
    return f"rate:{scope}:{caller}"
