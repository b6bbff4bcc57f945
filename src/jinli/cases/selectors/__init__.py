"""What people may see of the cases of a town. Reads only."""

from jinli.cases.selectors.notices import notices_of, unread
from jinli.cases.selectors.visible import visible_cases

__all__ = ["notices_of", "unread", "visible_cases"]
