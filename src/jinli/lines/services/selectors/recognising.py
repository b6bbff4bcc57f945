"""Whom the town knows already, by the number of a card that somebody checked."""

from __future__ import annotations

from collections.abc import Mapping

from jinli.lines.services.selectors.forms import CHECKS
from jinli.town.models import Division, Party, PartyFact


def recognised(town: Division, said: Mapping[str, str]) -> Party | None:
    """Return the party of a checked number and the name beside it; both must be what the town holds.

    Nobody is recognised by a name or a telephone alone, nor by a number that was only typed: this is asked where a
    card was looked at or an identity provider vouches. Two parties with the same number are left for a person.
    """
    number, name = said.get("id_number", "").strip().upper(), said.get("name", "").strip()
    if not number or not name:
        return None
    kind = "id_number" if _is_card(number) else "credit_code"
    rows = PartyFact.objects.filter(
        party__town=town, party__merged_into=None, attribute=kind, value=number, valid_to=None
    )
    parties = set(rows.values_list("party", flat=True)[:2])
    if len(parties) != 1:
        return None
    named = PartyFact.objects.filter(party__in=parties, attribute="name", value=name, valid_to=None)
    return Party.objects.get(pk=parties.pop()) if named.exists() else None


def _is_card(number: str) -> bool:
    """Return whether this is an identity number; else it is the code of a firm."""
    return len(number) == 18 and number[:17].isdigit() and CHECKS["id_number"](number)
