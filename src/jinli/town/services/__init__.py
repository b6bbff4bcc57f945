"""What the town room writes: parties and what is known of them, places, the register of powers."""

from jinli.town.services.powers import fill_power, name_power, note_support, order_recall, power_version, review_power
from jinli.town.services.registers import (
    ADDRESS,
    NAME,
    TELEPHONE,
    Met,
    edit_place,
    facts_of,
    meet_party,
    new_party,
    place_version,
    record_fact,
    record_stated,
)

__all__ = [
    "ADDRESS",
    "NAME",
    "TELEPHONE",
    "Met",
    "edit_place",
    "facts_of",
    "fill_power",
    "meet_party",
    "name_power",
    "new_party",
    "note_support",
    "order_recall",
    "place_version",
    "power_version",
    "record_fact",
    "record_stated",
    "review_power",
]
