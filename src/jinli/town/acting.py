"""Who acts, in whose name, and how far they see."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Acting:
    """A person under exactly one hat, or nobody (a resident, the system), as every service receives it.

    Attributes
    ----------
    town : primary key of the town the act happens in.
    body : code of the organisation in whose name the act is done; `None` for residents and the system.
    body_id, home_id : primary keys of that organisation and of the person's own organisation.
    roles : the roles of the duties held for `body`, see `Duty.Role`.
    hat : `own`, `zone`, `town`, `entrusted`; `system` for the engine itself, `resident` for the public.
    duty : code of the duty the act is done under.
    name_as_stated : who said they were, when an answer came by one-time link or telephone.
    """

    town: int
    person: UUID | None = None
    appointment: int | None = None
    body: str | None = None
    body_id: int | None = None
    home_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    hat: str = "own"
    duty: str = ""
    name_as_stated: str = ""

    @property
    def reads_all(self) -> bool:
        """Town head, command centre and auditor read every case of the town; others those they have part in."""
        return bool(self.roles & {"auditor", "command_centre", "town_head"})


def resident(town: int) -> Acting:
    """Return the acting of a member of the public without account."""
    return Acting(town=town, hat="resident", roles=frozenset({"resident"}))


def system(town: int) -> Acting:
    """Return the named actor of entries the engine makes itself."""
    return Acting(town=town, hat="system", duty="system", roles=frozenset({"system"}))
