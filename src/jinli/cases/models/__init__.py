"""Cases, their promises, their journal and their papers.

Columns hold the present, for queues and figures; the journal holds how it came to be. Nothing but
`jinli.cases.services` writes here, and database triggers refuse any change to an entry.
"""

from jinli.cases.models.cases import Assignment, Case, Clock, ProcedureEdition, SearchRow
from jinli.cases.models.counters import NumberSeries, RequestKey, TickRun
from jinli.cases.models.figures import Figure, Rating
from jinli.cases.models.files import Attachment
from jinli.cases.models.grants import Grant, GrantChange
from jinli.cases.models.journal import Entry, EntryPayload, Seal
from jinli.cases.models.links import AccessLink, Link
from jinli.cases.models.notices import Notice
from jinli.cases.models.papers import Paper, PaperTemplate, Prescribed

__all__ = [
    "AccessLink",
    "Assignment",
    "Attachment",
    "Case",
    "Clock",
    "Entry",
    "EntryPayload",
    "Figure",
    "Grant",
    "GrantChange",
    "Link",
    "Notice",
    "NumberSeries",
    "Paper",
    "PaperTemplate",
    "Prescribed",
    "ProcedureEdition",
    "Rating",
    "RequestKey",
    "Seal",
    "SearchRow",
    "TickRun",
]
