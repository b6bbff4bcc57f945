"""What the line of government matters keeps."""

from jinli.lines.services.models.hearings import Hearing
from jinli.lines.services.models.items import ItemEdition
from jinli.lines.services.models.publications import Publication

__all__ = ["Hearing", "ItemEdition", "Publication"]
