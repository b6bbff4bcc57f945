"""Errors that carry a code and facts; the ui room words them in the reader's language."""

from __future__ import annotations


class DomainError(Exception):
    """A rule was not met.

    Attributes
    ----------
    code : dotted name of the rule, for example `domain.move.not_from_here`; each has Chinese and English words.
    facts : what the words need to say what, where and how to mend it.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{key}={value}" for key, value in self.facts.items())
        return f"{self.code} ({facts})" if facts else self.code


class InvalidInputError(DomainError):
    """Something given is missing, malformed or out of range. `facts["field"]` names it."""


class RefusedError(DomainError):
    """The act is understood, but not open to this person at this stage or time."""


class ConflictError(DomainError):
    """Somebody else acted in the meantime; the caller's version is old."""
