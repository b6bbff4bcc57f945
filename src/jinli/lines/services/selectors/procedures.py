"""Which procedures the matters of this line run under, and of which kind those with steps of their own are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: A homestead and a licence on a promise are licences with more steps; temporary aid is a payment that can be urgent;
#: a school place is a confirmation after a ranking.
LIKE: Final[Mapping[str, str]] = {
    "homestead": "licence",
    "promised_licence": "licence",
    "aid": "payment",
    "enrolment": "confirmation",
}
PROCEDURES: Final = ("licence", "payment", "confirmation", "filing", "assisted", *LIKE)


def kind_of(procedure: str) -> str:
    """Return the kind whose law a procedure follows: `licence`, `payment`, `confirmation`, `filing` or `assisted`."""
    return LIKE.get(procedure, procedure)
