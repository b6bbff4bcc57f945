"""The sections of a pack that the exchange reads: forms of other systems and layouts of lists."""

from __future__ import annotations

from jinli.cases.pack import PrescribedSection
from jinli.exchange.models import ListLayout, Sheet
from jinli.town.loading import Section

SECTIONS: tuple[Section, ...] = (
    PrescribedSection("sheets", Sheet, lambda pack: pack.sheets),
    PrescribedSection("layouts", ListLayout, lambda pack: pack.layouts),
)
