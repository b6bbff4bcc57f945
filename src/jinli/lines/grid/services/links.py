"""What a department without an account may do by its one-time link, and what it may read."""

from __future__ import annotations

from typing import Final

from jinli.cases.models import AccessLink
from jinli.cases.services.linking import acting_by_link, why_dead
from jinli.domain.errors import RefusedError
from jinli.lines.grid.selectors.whistles import Contact, at_hand, contact_of
from jinli.town import moment
from jinli.town.models import AccessEntry

#: Everything an officer of the department may do, in the order in which it is usually done.
MOVES: Final = ("sign_in", "contact", "report", "interim", "ask_extension", "refuse")


def channel_of(link: AccessLink) -> str:
    """Return whether a link came on paper or as a message."""
    return "slip" if link.code_hash else "link"


def read_contact(link: AccessLink, name: str) -> Contact:
    """Return the reporter's name and telephone to a department that has signed in; the access log keeps it.

    Raises RefusedError before the sign-in and for a dead link, InvalidInputError without a name.
    """
    acting = acting_by_link(link, name)
    dead = why_dead(link)
    if dead is not None:
        raise RefusedError(dead)
    signed = at_hand(link.case).state.assignments[link.assignment.key].moments
    if "signed_at" not in signed:
        raise RefusedError("grid.whistle.contact_after_sign_in")
    AccessEntry.objects.create(
        town_id=acting.town,
        acting_for_id=acting.body_id,
        what="telephone",
        case_number=link.case.number,
        reason=acting.name_as_stated[:300],
        at=moment.now(),
    )
    return contact_of(link.case.origin)
