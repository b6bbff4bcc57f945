"""What the line of government matters keeps."""

from jinli.lines.services.models.items import ItemEdition

__all__ = ["ItemEdition"]
