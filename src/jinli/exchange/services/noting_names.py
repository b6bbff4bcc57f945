"""Count over a whole file the names that none of ours fits for certain, so that a person decides each of them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinli.exchange.rows.records import SURE, Names

#: What makes a row doubtful comes first.
_KINDS: Final = ("body", "class", "place")
_FIELDS: Final = tuple((kind, f"{kind}_there", f"{kind}_code") for kind in _KINDS)
MOST: Final = 200


@dataclass
class NameTally:
    """How many rows hold each name that was not matched: (kind, text) -> rows."""

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, values: Mapping[str, Any]) -> None:
        """Count the names of one row that have no code of ours. Runs for every row of a file."""
        for kind, there, code in _FIELDS:
            if there in values and code not in values:
                self.rows[kind, values[there]] += 1


def told_names(tally: NameTally, names: Names) -> dict[str, Any]:
    """Return `names`, at most 200 with their candidates, and how many more there are; nothing when all were matched.

    A name of which a person said that it is none of ours is decided and left out.
    """
    open_ones = []
    for (kind, name, code), match in names.seen.items():
        rows = tally.rows.get((kind, (name or code)[:120]), 0)
        if rows and match is not None and match.certainty not in SURE:
            others = [match.code] if match.code else []
            others += [one for one in match.others if one not in others]
            open_ones.append((kind, (name or code)[:160], match.certainty, others, rows))
    first: dict[tuple[str, str], tuple[str, str, str, list[str], int]] = {}
    for one in open_ones:
        first.setdefault(one[:2], one)
    found = sorted(first.values(), key=lambda one: (_KINDS.index(one[0]), -one[4], one[1]))
    if not found:
        return {}
    listed = [
        {"kind": kind, "text": text, "certainty": certainty, "others": others[:5], "rows": rows}
        for kind, text, certainty, others, rows in found[:MOST]
    ]
    return {"names": listed, "more_names": len(found) - len(listed)}
