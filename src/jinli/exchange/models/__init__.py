"""What the exchange with other systems keeps: sources, imports, and where a mirror stands beside its original."""

from jinli.exchange.models.imports import ImportRow, ImportRun, Layout, NameLink, Source, SourceChange
from jinli.exchange.models.mirrors import Difference, Mirror

__all__ = ["Difference", "ImportRow", "ImportRun", "Layout", "Mirror", "NameLink", "Source", "SourceChange"]
