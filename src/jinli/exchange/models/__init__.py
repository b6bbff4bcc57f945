"""What the exchange with other systems keeps: sources, imports, mirrors beside their originals, tasks sent down."""

from jinli.exchange.models.imports import ImportRow, ImportRun, Layout, NameLink, Source, SourceChange
from jinli.exchange.models.mirrors import Difference, Mirror
from jinli.exchange.models.tasks import Ask, Report, Task

__all__ = [
    "Ask",
    "Difference",
    "ImportRow",
    "ImportRun",
    "Layout",
    "Mirror",
    "NameLink",
    "Report",
    "Source",
    "SourceChange",
    "Task",
]
