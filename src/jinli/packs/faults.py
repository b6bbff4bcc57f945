"""What is wrong in a pack: every fault names file, row, field, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jinli.domain.errors import DomainError


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to mend in a pack.

    Attributes
    ----------
    code : key of the words, such as `packs.not_a_date`.
    file : path inside the pack folder.
    row : line of the file as an editor counts it; 0 when the file as a whole is meant.
    field : column or key.
    found, expected : what stands there, and what may stand there.
    """

    code: str
    file: str
    row: int = 0
    field: str = ""
    found: str = ""
    expected: str = ""

    @property
    def facts(self) -> dict[str, object]:
        """Return what the words of this fault need."""
        return {
            "file": self.file,
            "row": self.row,
            "field": self.field,
            "found": self.found,
            "expected": self.expected,
        }


class PackRefusedError(DomainError):
    """A pack cannot be read; `faults` lists everything that was found in one run."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("packs.refused", count=len(faults))
        self.faults = tuple(faults)


@dataclass
class Faults:
    """Collects faults while a pack is read, so that one run shows all of them."""

    found: list[Fault] = field(default_factory=list)

    def add(
        self, code: str, file: str, row: int = 0, field: str = "", found: object = "", expected: object = ""
    ) -> None:
        """Note one fault."""
        fault = Fault(code=code, file=file, row=row, field=field, found=str(found), expected=str(expected))
        if fault not in self.found:
            self.found.append(fault)

    def in_order(self) -> tuple[Fault, ...]:
        """Return the faults by file and row."""
        return tuple(sorted(self.found, key=lambda one: (one.file, one.row, one.field)))
