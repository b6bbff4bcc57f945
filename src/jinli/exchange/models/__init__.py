"""What the exchange with other systems keeps: sources, imports, mirrors, tasks sent down, forms and numbers there."""

from jinli.exchange.models.imports import ImportRow, ImportRun, Layout, NameLink, Source, SourceChange
from jinli.exchange.models.mirrors import Difference, Mirror
from jinli.exchange.models.sheets import ForeignRecord, ListLayout, Sheet
from jinli.exchange.models.tasks import Ask, Report, Task

__all__ = [
    "Ask",
    "Difference",
    "ForeignRecord",
    "ImportRow",
    "ImportRun",
    "Layout",
    "ListLayout",
    "Mirror",
    "NameLink",
    "Report",
    "Sheet",
    "Source",
    "SourceChange",
    "Task",
]
